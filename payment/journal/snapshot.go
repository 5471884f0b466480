package journal

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/wherrynet/wherry"
)

// load reads a snapshot, which has to be whole.
func (j *Journal) load(number uint64, load func([]byte) error) error {
	name := j.snapshot(number)
	f, err := j.fs.Open(name)
	if err != nil {
		return wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	defer f.Close()
	r := newStream(name, f)
	head, err := r.take(headerBytes)
	if err != nil || !checkHeader(head, magicSnapshot, number) {
		return damaged(name, 0, "not the beginning of this snapshot")
	}
	if _, err := r.groups(1, func(n uint64, record []byte) error {
		if err := load(record); err != nil {
			return wherry.Errorf(wherry.CodeOf(err), "%s: record %d: %w", name, n, err)
		}
		return nil
	}); err != nil {
		return err
	}
	return r.end()
}

// Snapshot replaces the records up to number upTo by what save puts: the state
// that they make. Records may be appended and committed meanwhile. A second
// snapshot waits for the first. An error of save or of writing the snapshot
// leaves everything as it was.
//
// The present segment is ended first, so that what is appended from then on
// stands in another one, and the files that the snapshot replaces are gone
// after it, but for the one in which upTo has a successor.
func (j *Journal) Snapshot(upTo uint64, save func(put func(record []byte) error) error) error {
	j.snapping.Lock()
	defer j.snapping.Unlock()
	if upTo == 0 {
		return nil
	}
	if err := j.Commit(upTo); err != nil {
		return err
	}
	_, snapshots, _, err := j.list()
	if err != nil {
		return err
	}
	if n := len(snapshots); n > 0 && snapshots[n-1] > upTo {
		return wherry.Errorf(wherry.Internal, "journal: snapshot of %d records: there is one of %d", upTo, snapshots[n-1])
	}
	before, err := j.endSegment()
	if err != nil {
		return err
	}
	if err := j.writeSnapshot(upTo, save); err != nil {
		return wherry.Errorf(wherry.Internal, "journal: snapshot: %w", err)
	}
	j.mu.Lock()
	j.since -= before
	j.mu.Unlock()
	return j.forget(upTo)
}

// endSegment begins a new segment behind what is durable, unless the present
// one is empty. It returns how many bytes were written since the newest snapshot.
func (j *Journal) endSegment() (int64, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for j.writing {
		j.cond.Wait()
	}
	if j.err != nil {
		return 0, j.err
	}
	before := j.since
	if j.size == headerBytes {
		return before, nil
	}
	j.writing = true
	next := j.taken + 1
	j.mu.Unlock()
	f, err := j.newSegment(next)
	final := false
	switch {
	case err == nil:
		err = j.follow(f, next)
		final = err != nil
	default: // a full disk, say: the present segment goes on, if the new one is gone for sure
		gone := j.fs.Remove(j.segment(next))
		if errors.Is(gone, fs.ErrNotExist) {
			gone = nil
		}
		final = first(gone, j.fs.SyncDir(j.cfg.Dir)) != nil
	}
	j.mu.Lock()
	j.writing = false
	j.wake()
	if final {
		j.fail(err)
		return 0, j.err
	}
	if err != nil {
		return 0, wherry.Errorf(wherry.Internal, "journal: snapshot: %w", err)
	}
	return before, nil
}

func (j *Journal) writeSnapshot(number uint64, save func(put func([]byte) error) error) (err error) {
	name := j.snapshot(number)
	f, err := j.fs.Create(name + ".tmp")
	if err != nil {
		return err
	}
	closed := false
	defer func() {
		if err != nil {
			if !closed {
				_ = f.Close()
			}
			_ = j.fs.Remove(name + ".tmp") // Open removes it too
		}
	}()
	w := snapshotWriter{f: f, next: 1}
	if _, err = f.Write(header(magicSnapshot, number)); err != nil {
		return err
	}
	if err = save(w.put); err != nil {
		return err
	}
	if err = w.end(); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	closed = true
	if err = f.Close(); err != nil {
		return err
	}
	if err = j.fs.Rename(name+".tmp", name); err != nil {
		return err
	}
	return j.fs.SyncDir(j.cfg.Dir)
}

// forget removes the segments and snapshots that a snapshot replaces.
func (j *Journal) forget(number uint64) error {
	segments, snapshots, _, err := j.list()
	for i, s := range segments {
		if i+1 < len(segments) && segments[i+1] <= number+1 && err == nil {
			err = j.fs.Remove(j.segment(s))
		}
	}
	for _, s := range snapshots {
		if s < number && err == nil {
			err = j.fs.Remove(j.snapshot(s))
		}
	}
	if err != nil {
		return fmt.Errorf("journal: remove what the snapshot replaces: %w", err)
	}
	return nil
}

// snapshotWriter packs records into groups of about 64 KiB.
type snapshotWriter struct {
	f    io.Writer
	buf  []byte
	next uint64 // number of the first record in buf
	n    uint64 // records in buf
}

func (w *snapshotWriter) put(record []byte) error {
	if len(record) == 0 {
		return wherry.Errorf(wherry.Internal, "empty record")
	}
	if len(w.buf) == 0 {
		w.buf = make([]byte, groupBytes, 80<<10)
	}
	w.buf = appendRecord(w.buf, record)
	if w.n++; len(w.buf) < 64<<10 {
		return nil
	}
	return w.flush()
}

func (w *snapshotWriter) flush() error {
	if w.n == 0 {
		return nil
	}
	sealGroup(w.buf, w.next)
	_, err := w.f.Write(w.buf)
	w.buf, w.next, w.n = w.buf[:groupBytes], w.next+w.n, 0
	return err
}

func (w *snapshotWriter) end() error {
	if err := w.flush(); err != nil {
		return err
	}
	_, err := w.f.Write(seal(w.next))
	return err
}
