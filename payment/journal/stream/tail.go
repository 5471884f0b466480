package stream

import (
	"encoding/binary"
	"fmt"
)

// tail is how far a stream was read or written, and what must follow. Reader and
// writer both move it with step, so that a writer sends only what a reader takes.
type tail struct {
	seq    uint64 // sequence of the last message
	sum    uint32 // its checksum
	next   uint64 // number of the next record
	epoch  uint64
	writer writerID
	closed bool // the last writer has ended
}

// start is the tail of an empty stream.
func start() tail { return tail{next: 1} }

// follow returns the message of a kind that may follow, by the present writer.
func (t tail) follow(k kind, body []byte) message {
	return message{kind: k, writer: t.writer, epoch: t.epoch, place: t.seq + 1, prev: t.sum, first: t.next, body: body}
}

// open returns the message with which a writer begins.
func (t tail) open(w writerID, owner string) message {
	m := t.follow(kindOpen, []byte(owner))
	m.writer, m.epoch = w, t.epoch+1
	return m
}

// step returns the tail behind a message that was found at a sequence. Records
// go to each with their numbers; an error that is not each's says what is wrong
// with the message.
func (t tail) step(seq uint64, m message, sum uint32, owner string, each func(number uint64, record []byte) error) (tail, error) {
	switch {
	case seq != t.seq+1:
		return t, fmt.Errorf("messages %d to %d are missing", t.seq+1, seq-1)
	case m.place != seq:
		return t, fmt.Errorf("a message for place %d", m.place)
	case m.prev != t.sum:
		return t, fmt.Errorf("not the message behind the one before: a fork")
	case m.first != t.next:
		return t, fmt.Errorf("record %d where %d belongs", m.first, t.next)
	case m.kind == kindOpen && string(m.body) != owner:
		return t, fmt.Errorf("the journal of %q", clip(m.body))
	case m.kind == kindOpen && (m.epoch != t.epoch+1 || m.writer == t.writer):
		return t, fmt.Errorf("epoch %d behind %d", m.epoch, t.epoch)
	case m.kind != kindOpen && (m.epoch != t.epoch || m.writer != t.writer || t.closed):
		return t, fmt.Errorf("a message of epoch %d whose writer has no turn", m.epoch)
	}
	n := t
	n.seq, n.sum, n.epoch, n.writer, n.closed = seq, sum, m.epoch, m.writer, m.kind == kindClose
	if m.kind == kindRecords {
		err := split(m.body, func(record []byte) error {
			n.next++
			return each(n.next-1, record)
		})
		if err != nil {
			return t, err
		}
	}
	return n, nil
}

func clip(b []byte) []byte { return b[:min(len(b), 64)] }

// manifest is the body of a kindSnapshot: which snapshot is complete, and where
// reading goes on behind it.
type manifest struct {
	id     writerID // of the snapshot: its chunks' subject
	upTo   uint64   // the last record that is in it
	chunks uint32
	bytes  uint64
	sum    [32]byte // SHA-256 of all chunks
	from   tail     // before the first message that has to be read
}

const manifestBytes = 16 + 8 + 4 + 8 + 32 + 8 + 4 + 8 + 8 + 16 + 1

func (m manifest) encode() []byte {
	b := make([]byte, 0, manifestBytes)
	b = append(b, m.id[:]...)
	b = binary.LittleEndian.AppendUint64(b, m.upTo)
	b = binary.LittleEndian.AppendUint32(b, m.chunks)
	b = binary.LittleEndian.AppendUint64(b, m.bytes)
	b = append(b, m.sum[:]...)
	b = binary.LittleEndian.AppendUint64(b, m.from.seq)
	b = binary.LittleEndian.AppendUint32(b, m.from.sum)
	b = binary.LittleEndian.AppendUint64(b, m.from.next)
	b = binary.LittleEndian.AppendUint64(b, m.from.epoch)
	b = append(b, m.from.writer[:]...)
	if m.from.closed {
		return append(b, 1)
	}
	return append(b, 0)
}

func decodeManifest(b []byte) (manifest, error) {
	if len(b) != manifestBytes || b[manifestBytes-1] > 1 {
		return manifest{}, fmt.Errorf("no manifest of a snapshot")
	}
	m := manifest{
		id: writerID(b), upTo: binary.LittleEndian.Uint64(b[16:]), chunks: binary.LittleEndian.Uint32(b[24:]),
		bytes: binary.LittleEndian.Uint64(b[28:]), sum: [32]byte(b[36:]),
		from: tail{
			seq: binary.LittleEndian.Uint64(b[68:]), sum: binary.LittleEndian.Uint32(b[76:]),
			next: binary.LittleEndian.Uint64(b[80:]), epoch: binary.LittleEndian.Uint64(b[88:]),
			writer: writerID(b[96:]), closed: b[112] == 1,
		},
	}
	if m.upTo == 0 || m.from.next == 0 || m.from.next > m.upTo+1 {
		return manifest{}, fmt.Errorf("a manifest that does not fit itself")
	}
	return m, nil
}
