package journal

import (
	"fmt"

	"github.com/wherrynet/wherry"
)

// load reads a snapshot, which has to be whole.
func (j *Journal) load(number uint64, load func([]byte) error) error {
	name := j.snapshot(number)
	data, err := j.fs.ReadFile(name)
	if err != nil {
		return wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	if !checkHeader(data, magicSnapshot, number) {
		return damaged(name, 0, "not the beginning of this snapshot")
	}
	c, err := readGroups(name, data, 1, func(n uint64, record []byte) error {
		if err := load(record); err != nil {
			return wherry.Errorf(wherry.CodeOf(err), "%s: record %d: %w", name, n, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !c.sealed || c.good != len(data) {
		return damaged(name, c.good, "the snapshot is not whole")
	}
	return nil
}

// Snapshot replaces all that was recorded by what save puts: the state that the
// records make. The caller sees to it that no record is appended meanwhile. An
// error of save or of writing the snapshot leaves everything as it was.
func (j *Journal) Snapshot(save func(put func(record []byte) error) error) error {
	j.mu.Lock()
	number := j.last
	j.mu.Unlock()
	if number == 0 {
		return nil
	}
	if err := j.Commit(number); err != nil {
		return err
	}
	if err := j.writeSnapshot(number, save); err != nil {
		return wherry.Errorf(wherry.Internal, "journal: snapshot: %w", err)
	}
	return j.forget(number)
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

// forget begins a new segment behind a snapshot, and removes what is older.
func (j *Journal) forget(number uint64) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for j.writing {
		j.cond.Wait()
	}
	if j.err != nil {
		return j.err
	}
	if j.last != number {
		return wherry.Errorf(wherry.Internal, "journal: records were appended during a snapshot")
	}
	if j.first != number+1 {
		if err := j.roll(number + 1); err != nil {
			j.fail(err)
			return j.err
		}
	}
	j.since = 0
	segments, snapshots, _, err := j.list()
	for _, s := range segments {
		if s <= number && err == nil {
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
	f    File
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
