package stream

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"github.com/wherrynet/wherry"
)

// kind says what a message is.
type kind uint8

const (
	kindNone     kind = iota
	kindOpen          // a writer begins; the body is whose journal it is
	kindRecords       // the body is records
	kindBeat          // a writer is there
	kindClose         // a writer has ended
	kindSnapshot      // a snapshot is complete; the body is a manifest
)

// writerID is drawn by every writer.
type writerID [16]byte

// message is one message of the stream.
type message struct {
	kind   kind
	writer writerID
	epoch  uint64
	place  uint64 // its sequence
	prev   uint32 // checksum of the message before
	first  uint64 // number of its first record, or of the next one where it has none
	body   []byte
}

const (
	magic     = "WHN1"
	headBytes = 4 + 4 + 1 + 16 + 8 + 8 + 4 + 8
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal fills in the head of b, which begins with headBytes of room before the
// body, and returns its checksum.
func (m message) seal(b []byte) uint32 {
	copy(b, magic)
	b[8] = byte(m.kind)
	copy(b[9:], m.writer[:])
	binary.LittleEndian.PutUint64(b[25:], m.epoch)
	binary.LittleEndian.PutUint64(b[33:], m.place)
	binary.LittleEndian.PutUint32(b[41:], m.prev)
	binary.LittleEndian.PutUint64(b[45:], m.first)
	sum := crc32.Checksum(b[8:], castagnoli)
	binary.LittleEndian.PutUint32(b[4:], sum)
	return sum
}

func (m message) encode() []byte {
	b := make([]byte, headBytes, headBytes+len(m.body))
	b = append(b, m.body...)
	m.seal(b)
	return b
}

// decode returns the message that b is, and its checksum. The body shares b.
func decode(b []byte) (message, uint32, error) {
	if len(b) < headBytes || string(b[:4]) != magic {
		return message{}, 0, fmt.Errorf("no message of a journal")
	}
	sum := binary.LittleEndian.Uint32(b[4:])
	if sum != crc32.Checksum(b[8:], castagnoli) {
		return message{}, 0, fmt.Errorf("the checksum does not fit")
	}
	m := message{
		kind: kind(b[8]), writer: writerID(b[9:25]),
		epoch: binary.LittleEndian.Uint64(b[25:]), place: binary.LittleEndian.Uint64(b[33:]),
		prev: binary.LittleEndian.Uint32(b[41:]), first: binary.LittleEndian.Uint64(b[45:]),
		body: b[headBytes:],
	}
	if m.kind == kindNone || m.kind > kindSnapshot {
		return message{}, 0, fmt.Errorf("a message of kind %d", m.kind)
	}
	return m, sum, nil
}

func appendRecord(b, record []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(record)))
	return append(b, record...)
}

// split hands the records of a body to each. Its own error means that the body
// is not records.
func split(b []byte, each func([]byte) error) error {
	for len(b) > 0 {
		n, k := binary.Uvarint(b)
		if k <= 0 || n == 0 || n > uint64(len(b)-k) {
			return fmt.Errorf("a record's length does not fit its message")
		}
		if err := each(b[k : k+int(n)]); err != nil {
			return err
		}
		b = b[k+int(n):]
	}
	return nil
}

// Damage is what is wrong with a journal in a stream, and where. It is found in
// an error with errors.As; the error's code is Internal.
type Damage struct {
	Stream   string
	Sequence uint64
	What     string
}

// Error names the stream, the sequence and what is wrong there.
func (d *Damage) Error() string {
	return fmt.Sprintf("stream %s at sequence %d: %s", d.Stream, d.Sequence, d.What)
}

func damaged(stream string, sequence uint64, what string, args ...any) error {
	return wherry.Errorf(wherry.Internal, "journal is damaged: %w", &Damage{stream, sequence, fmt.Sprintf(what, args...)})
}
