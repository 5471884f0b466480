package journal

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"hash"
	"io"
)

// stream reads groups one after another, as a snapshot or a backup has them:
// without holding all of it in memory.
type stream struct {
	name string
	r    *bufio.Reader
	at   int64
	buf  bytes.Buffer
	sum  hash.Hash // of all that was taken; nil when nobody asks
}

func newStream(name string, r io.Reader) *stream {
	return &stream{name: name, r: bufio.NewReaderSize(r, 256<<10)}
}

// take returns the next n bytes, which are good until the next call.
func (s *stream) take(n int) ([]byte, error) {
	s.buf.Reset()
	err := s.more(n)
	return s.buf.Bytes(), err
}

// more adds n bytes to what was taken. Memory grows with what there really is.
func (s *stream) more(n int) error {
	had := s.buf.Len()
	got, err := io.CopyN(&s.buf, s.r, int64(n))
	s.at += got
	if s.sum != nil {
		s.sum.Write(s.buf.Bytes()[had:])
	}
	return err
}

// groups hands the records of groups numbered from first to each, up to the
// seal, and returns the number that follows. Anything but good groups is damage.
func (s *stream) groups(first uint64, each func(number uint64, record []byte) error) (uint64, error) {
	next := first
	for {
		at := s.at
		head, err := s.take(groupBytes)
		if err != nil {
			return next, s.short(at, err)
		}
		n := binary.LittleEndian.Uint32(head)
		if n > 1<<30 {
			return next, damaged(s.name, int(at), "a group of %d bytes", n)
		}
		if err := s.more(int(n)); err != nil {
			return next, s.short(at, err)
		}
		g, ok := readGroup(s.buf.Bytes(), 0)
		if !ok {
			return next, damaged(s.name, int(at), "no good group")
		}
		if g.first != next {
			return next, damaged(s.name, int(at), "record %d where %d belongs", g.first, next)
		}
		if len(g.records) == 0 {
			return next, nil
		}
		m, err := splitRecords(g.records, func(record []byte) error {
			err := each(next, record)
			next++
			return err
		})
		if err != nil {
			return next, err
		}
		if m < len(g.records) {
			return next, damaged(s.name, int(at)+groupBytes+m, "a record's length does not fit its group")
		}
	}
}

func (s *stream) short(at int64, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged(s.name, int(at), "it is not whole")
	}
	return err
}

// end returns an error when anything follows.
func (s *stream) end() error {
	if _, err := s.r.ReadByte(); !errors.Is(err, io.EOF) {
		return damaged(s.name, int(s.at), "bytes behind the seal")
	}
	return nil
}
