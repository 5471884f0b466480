package stream

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
)

// mark is a place where reading may begin.
type mark struct {
	t  tail
	at int64 // bytes before it
}

const (
	markEvery = 256 << 10 // bytes between marks
	maxChunk  = 512 << 10
)

// addMark remembers a place once enough has come since the one before.
func addMark(marks []mark, m mark) []mark {
	if n := len(marks); n == 0 || m.at-marks[n-1].at >= markEvery {
		return append(marks, m)
	}
	return marks
}

// cut forgets the places that a snapshot has replaced: from there nobody can read
// any more, whoever took it.
func cut(marks []mark, from tail) []mark {
	first := mark{t: from}
	for _, m := range marks {
		if m.t.seq <= from.seq {
			first.at = m.at
		}
	}
	return slices.Insert(slices.DeleteFunc(marks, func(m mark) bool { return m.t.seq <= from.seq }), 0, first)
}

// Snapshot replaces the records up to a number by what save puts: the state that
// they make. Records may be appended and committed meanwhile; they are read
// behind the snapshot. An error leaves everything as it was.
func (l *Log) Snapshot(upTo uint64, save func(put func(record []byte) error) error) error {
	l.snap.Lock()
	defer l.snap.Unlock()
	if upTo == 0 || upTo < l.snapshotted {
		return wherry.Errorf(wherry.Internal, "journal %s: a snapshot of record %d, and there is one of %d", l.cfg.Name, upTo, l.snapshotted)
	}
	if err := l.Commit(upTo); err != nil {
		return err
	}
	from := l.markFor(upTo)
	w := chunkWriter{ctx: l.ctx, cfg: l.cfg, s: l.s, man: manifest{upTo: upTo, from: from.t}, hash: sha256.New()}
	_, _ = rand.Read(w.man.id[:]) // never fails
	w.t = chunkStart(w.man)
	if err := w.write(save); err != nil {
		return wherry.Errorf(wherry.CodeOf(err), "journal %s: snapshot: %w", l.cfg.Name, err)
	}
	// What the servers hold is what counts: read it before it replaces anything.
	if err := loadChunks(l.ctx, l.cfg, l.s, w.man, func([]byte) error { return nil }); err != nil {
		return wherry.Errorf(wherry.Internal, "journal %s: the snapshot cannot be read back: %w", l.cfg.Name, err)
	}
	if err := l.say(kindSnapshot, w.man.encode()); err != nil {
		return err
	}
	l.snapshotted = upTo
	l.forget(from, w.first)
	return nil
}

// markFor returns the last place from which all records behind upTo are read.
func (l *Log) markFor(upTo uint64) mark {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.t.next == upTo+1 {
		return mark{l.t, l.since}
	}
	best := l.marks[0]
	for _, m := range l.marks {
		if m.t.next <= upTo+1 {
			best = m
		}
	}
	return best
}

// forget removes what a snapshot has replaced. The snapshot counts already, so
// that an error costs room and nothing else: the next one removes it all.
func (l *Log) forget(from mark, firstChunk uint64) {
	l.mu.Lock()
	l.marks = cut(append(l.marks, from), from.t)
	l.mu.Unlock()
	err := l.s.purge(l.ctx, l.cfg.Name, from.t.seq+1)
	if err == nil {
		err = l.s.purge(l.ctx, l.cfg.snapshots(), firstChunk)
	}
	if err != nil {
		l.cfg.Log.Warn("what a snapshot has replaced is still there", "err", err)
	}
}

// chunkStart is the tail before the first chunk: a snapshot's chunks follow each
// other as messages do, under its own name.
func chunkStart(m manifest) tail { return tail{next: 1, writer: m.id, epoch: m.upTo} }

func (c *Config) chunksOf(m manifest) string { return c.chunkSubject() + hex.EncodeToString(m.id[:]) }

// chunkWriter packs records into chunks and stores them.
type chunkWriter struct {
	ctx   context.Context
	cfg   Config
	s     servers
	man   manifest
	hash  hash.Hash
	t     tail
	first uint64 // sequence of the first chunk
	buf   []byte
	n     uint64
}

func (w *chunkWriter) write(save func(put func([]byte) error) error) error {
	if err := save(w.put); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	w.man.chunks = uint32(w.t.seq)
	w.hash.Sum(w.man.sum[:0])
	return nil
}

func (w *chunkWriter) put(record []byte) error {
	most := min(maxChunk, w.s.room())
	if len(record) == 0 || len(record) > w.s.room()-headBytes-8 {
		return wherry.Errorf(wherry.Internal, "record of %d bytes", len(record))
	}
	if len(w.buf) > headBytes && len(w.buf)+len(record)+8 > most {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if len(w.buf) == 0 {
		w.buf = make([]byte, headBytes, most)
	}
	w.buf = appendRecord(w.buf, record)
	w.n++
	return nil
}

func (w *chunkWriter) flush() error {
	if len(w.buf) <= headBytes {
		return nil
	}
	m := w.t.follow(kindRecords, w.buf[headBytes:])
	sum := m.seal(w.buf)
	seq, err := w.s.chunk(w.ctx, w.cfg.chunksOf(w.man), w.buf)
	if err != nil {
		return err
	}
	if w.first == 0 {
		w.first = seq
	}
	_, _ = w.hash.Write(w.buf) // never fails
	w.man.bytes += uint64(len(w.buf))
	w.t.seq, w.t.sum, w.t.next = m.place, sum, w.t.next+w.n
	w.buf, w.n = w.buf[:headBytes], 0
	return nil
}

// loadChunks hands the records of a snapshot to load, once all of a chunk is
// known to be right. The servers may need a moment until each has them.
func loadChunks(ctx context.Context, c Config, s servers, m manifest, load func([]byte) error) error {
	t, h := chunkStart(m), sha256.New()
	var size uint64
	from := uint64(1)
	for until := time.Now().Add(c.Patience); t.seq < uint64(m.chunks); {
		msgs, err := s.fetch(ctx, c.snapshots(), from, c.chunksOf(m))
		if err == nil && len(msgs) == 0 {
			err = damaged(c.snapshots(), from, "chunk %d of %d of the snapshot of record %d is missing", t.seq+1, m.chunks, m.upTo)
		}
		for _, at := range msgs {
			var d message
			var sum uint32
			if d, sum, err = decode(at.data); err != nil {
				return damaged(c.snapshots(), at.seq, "%v", err)
			}
			from = at.seq + 1
			if d.place <= t.seq {
				continue // stored twice
			}
			var own error
			t, err = t.step(d.place, d, sum, c.Owner, func(_ uint64, record []byte) error {
				own = load(record)
				return own
			})
			if own != nil {
				return wherry.Errorf(wherry.CodeOf(own), "journal %s: snapshot: %w", c.Name, own)
			}
			if err != nil {
				return damaged(c.snapshots(), at.seq, "%v", err)
			}
			_, _ = h.Write(at.data) // never fails
			size += uint64(len(at.data))
		}
		if err == nil {
			continue
		}
		if ctx.Err() != nil || time.Now().After(until) {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(c.poll()):
		}
	}
	if size != m.bytes || [32]byte(h.Sum(nil)) != m.sum {
		return damaged(c.snapshots(), from-1, "the snapshot of record %d is not what its manifest says", m.upTo)
	}
	return nil
}
