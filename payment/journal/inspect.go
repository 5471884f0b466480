package journal

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/wherrynet/wherry"
)

// Piece is one file of a journal, as Read found it.
type Piece struct {
	File     string // its name in the directory
	Snapshot bool
	First    uint64 // number of the first record; of a snapshot, that of the newest record it replaces
	Records  uint64
	Groups   int
	Bytes    int64 // that mean something
	Size     int64 // in the directory
	Sealed   bool
}

// Contents is what Read found.
type Contents struct {
	Recovery
	Last   uint64 // number of the newest record
	Pieces []Piece
}

// errMoving says that a journal changed while it was read.
var errMoving = errors.New("the journal changes too fast to be read")

// Read reads a journal without opening it: it takes no lock and changes nothing,
// so that it may look at one in which another process writes. Then it ends
// with some group that was whole at that time, which need not be durable yet.
// It hands the records of the newest snapshot to load and those behind it to
// replay, each checked; damage is as Open reports it. fresh is called before the
// first record, and again when the files changed underfoot and all is read anew.
func Read(cfg Config, fresh func(), load func([]byte) error, replay func(number uint64, record []byte) error) (Contents, error) {
	cfg.defaults()
	j := &Journal{cfg: cfg, fs: cfg.FS}
	for range 20 {
		fresh()
		c, err := j.inspect(load, replay)
		if !errors.Is(err, errMoving) && !errors.Is(err, fs.ErrNotExist) {
			return c, err
		}
		if _, derr := j.fs.List(cfg.Dir); derr != nil {
			return c, wherry.Errorf(wherry.NotFound, "journal: %w", derr)
		}
	}
	return Contents{}, wherry.Errorf(wherry.Busy, "journal: %w", errMoving)
}

func (j *Journal) inspect(load func([]byte) error, replay func(uint64, []byte) error) (Contents, error) {
	var c Contents
	segments, snapshots, _, err := j.list()
	if err != nil {
		return c, err
	}
	if n := len(snapshots); n > 0 {
		p := Piece{File: filepath.Base(j.snapshot(snapshots[n-1])), Snapshot: true, First: snapshots[n-1], Sealed: true}
		data, err := j.fs.Open(j.snapshot(p.First))
		if err != nil {
			return c, err
		}
		_ = data.Close() // it is there; load says what is wrong with it
		if err := j.load(p.First, func(b []byte) error { p.Records++; p.Bytes += int64(len(b)); return load(b) }); err != nil {
			return c, err
		}
		p.Size = p.Bytes
		c.Snapshot, c.Last = p.First, p.First
		c.Pieces = append(c.Pieces, p)
	}
	if len(segments) == 0 {
		if c.Snapshot == 0 {
			return c, wherry.Errorf(wherry.NotFound, "journal: there is none in %s", j.cfg.Dir)
		}
		return c, damaged(j.segment(c.Snapshot+1), 0, "the segment behind the snapshot is missing")
	}
	if segments[0] > c.Snapshot+1 {
		return c, damaged(j.segment(segments[0]), 0, "records %d to %d are missing", c.Snapshot+1, segments[0]-1)
	}
	next := segments[0]
	for i, number := range segments {
		if number != next {
			return c, j.stillThere(damaged(j.segment(number), 0, "records %d to %d are missing", next, number-1), segments)
		}
		if next, err = j.inspectSegment(number, segments[i+1:], &c, replay); err != nil {
			return c, err
		}
		c.Last = max(c.Last, next-1)
	}
	return c, nil
}

// inspectSegment reads one segment and returns the number that follows.
func (j *Journal) inspectSegment(number uint64, behind []uint64, c *Contents, replay func(uint64, []byte) error) (uint64, error) {
	name, last := j.segment(number), len(behind) == 0
	data, err := j.fs.ReadFile(name)
	if err != nil {
		return 0, err
	}
	p := Piece{File: filepath.Base(name), First: number, Size: int64(len(data)), Bytes: headerBytes}
	if last && used(data) <= headerBytes && !checkHeader(data, magicSegment, number) {
		c.Pieces = append(c.Pieces, p) // begun, no more
		return number, nil
	}
	if !checkHeader(data, magicSegment, number) {
		return 0, damaged(name, 0, "not the beginning of this segment")
	}
	got, err := readGroups(name, data, number, func(n uint64, record []byte) error {
		p.Records++
		if n <= c.Snapshot {
			return nil
		}
		c.Records++
		return replay(n, record)
	})
	if err != nil {
		return 0, err
	}
	p.Groups, p.Bytes, p.Sealed = got.groups, int64(got.good), got.sealed
	if got.sealed && last && j.exists(got.next) {
		return 0, errMoving // the next one was begun since
	}
	if _, err := j.judge(name, data, got, last, behind, &c.Recovery); err != nil {
		if now, rerr := j.fs.ReadFile(name); rerr != nil || !bytes.Equal(now, data) {
			return 0, errMoving // somebody was writing
		}
		return 0, err
	}
	c.Pieces = append(c.Pieces, p)
	return got.next, nil
}

func (j *Journal) exists(segment uint64) bool {
	f, err := j.fs.Open(j.segment(segment))
	if err != nil {
		return false
	}
	_ = f.Close()
	return true
}

// stillThere returns err when the segments are still these, else errMoving.
func (j *Journal) stillThere(err error, segments []uint64) error {
	for _, s := range segments {
		if !j.exists(s) {
			return errMoving
		}
	}
	return err
}
