package journal

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/wherrynet/wherry"
)

// Recovery says what Open found.
type Recovery struct {
	Snapshot uint64 // number of the last record in the snapshot; zero without one
	Records  uint64 // replayed behind it
	Torn     int64  // bytes of a group that a crash left unfinished, and that were cut off
	TornFile string
}

// Open opens the journal in a directory, or begins one. It hands the records of
// the newest snapshot to load and those behind it to replay, in order; the bytes
// are only good during the call. An error of either ends it. A directory that
// another process has open is Busy; damage is Internal, with a Damage inside.
func Open(cfg Config, load, replay func(record []byte) error) (*Journal, Recovery, error) {
	if cfg.SegmentBytes == 0 {
		cfg.SegmentBytes = 64 << 20
	}
	if cfg.MaxRecord == 0 {
		cfg.MaxRecord = 4 << 20
	}
	if cfg.FS == nil {
		cfg.FS = Disk{}
	}
	j := &Journal{cfg: cfg, fs: cfg.FS}
	j.cond = sync.NewCond(&j.mu)
	if err := j.fs.MkdirAll(cfg.Dir); err != nil {
		return nil, Recovery{}, wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	lock, err := j.fs.Lock(filepath.Join(cfg.Dir, "lock"))
	if err != nil {
		return nil, Recovery{}, wherry.Errorf(wherry.Busy, "journal %s: another process has it open: %w", cfg.Dir, err)
	}
	j.lock = lock
	rec, err := j.restore(load, replay)
	if err != nil {
		if j.file != nil {
			_ = j.file.Close()
		}
		_ = lock.Close()
		return nil, Recovery{}, err
	}
	return j, rec, nil
}

func (j *Journal) restore(load, replay func([]byte) error) (Recovery, error) {
	var rec Recovery
	segments, snapshots, temporary, err := j.list()
	if err != nil {
		return rec, err
	}
	if n := len(snapshots); n > 0 {
		rec.Snapshot = snapshots[n-1]
		if err := j.load(rec.Snapshot, load); err != nil {
			return rec, err
		}
	}
	if len(segments) == 0 {
		if rec.Snapshot != 0 {
			return rec, damaged(j.segment(rec.Snapshot+1), 0, "the segment behind the snapshot is missing")
		}
		if err := j.fs.SyncDir(filepath.Dir(filepath.Clean(j.cfg.Dir))); err != nil {
			return rec, wherry.Errorf(wherry.Internal, "journal: %w", err)
		}
		return rec, j.begin(1)
	}
	begun, err := j.begun(segments[len(segments)-1])
	if err != nil {
		return rec, err
	}
	old := 0 // segments that the snapshot holds entirely
	for old+1 < len(segments) && segments[old+1] <= rec.Snapshot+1 && (begun || old+2 < len(segments)) {
		old++
	}
	if err := j.readAll(segments[old:], &rec, replay); err != nil {
		return rec, err
	}
	// From here on the journal is sound; what is left over is removed.
	for _, t := range temporary {
		err = first(err, j.fs.Remove(t))
	}
	for _, s := range segments[:old] {
		err = first(err, j.fs.Remove(j.segment(s)))
	}
	for _, s := range snapshots[:max(len(snapshots), 1)-1] {
		err = first(err, j.fs.Remove(j.snapshot(s)))
	}
	if err != nil {
		return rec, wherry.Errorf(wherry.Internal, "journal: remove what is left over: %w", err)
	}
	return rec, nil
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// list returns the numbers of segments and snapshots, in order, and the names of
// files that were being written.
func (j *Journal) list() (segments, snapshots []uint64, temporary []string, err error) {
	names, err := j.fs.List(j.cfg.Dir)
	if err != nil {
		return nil, nil, nil, wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	for _, name := range names {
		stem, ext, _ := strings.Cut(name, ".")
		n, perr := strconv.ParseUint(stem, 10, 64)
		switch {
		case strings.HasSuffix(name, ".tmp"):
			temporary = append(temporary, filepath.Join(j.cfg.Dir, name))
		case perr != nil || len(stem) != 20:
		case ext == "log":
			segments = append(segments, n)
		case ext == "snap":
			snapshots = append(snapshots, n)
		}
	}
	slices.Sort(segments)
	slices.Sort(snapshots)
	return segments, snapshots, temporary, nil
}

// begin makes the first segment of a new journal, or one that a crash left
// without a header.
func (j *Journal) begin(number uint64) error {
	f, err := j.newSegment(number)
	if err != nil {
		return wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	j.file, j.first, j.size = f, number, headerBytes
	j.last, j.taken, j.durable = number-1, number-1, number-1
	return nil
}

// readAll replays segments that follow each other, and opens the last to go on.
func (j *Journal) readAll(segments []uint64, rec *Recovery, replay func([]byte) error) error {
	if segments[0] > rec.Snapshot+1 {
		return damaged(j.segment(segments[0]), 0, "records %d to %d are missing", rec.Snapshot+1, segments[0]-1)
	}
	each := func(number uint64, record []byte) error {
		if number <= rec.Snapshot {
			return nil
		}
		rec.Records++
		if err := replay(record); err != nil {
			return wherry.Errorf(wherry.CodeOf(err), "journal: record %d: %w", number, err)
		}
		return nil
	}
	next, unsealed := segments[0], false
	for i, number := range segments {
		name := j.segment(number)
		if number != next {
			return damaged(name, 0, "records %d to %d are missing", next, number-1)
		}
		data, err := j.fs.ReadFile(name)
		if err != nil {
			return wherry.Errorf(wherry.Internal, "journal: %w", err)
		}
		last := i == len(segments)-1
		if last && len(data) <= headerBytes && !checkHeader(data, magicSegment, number) {
			return j.restart(number, rec, i > 0 && unsealed)
		}
		if !checkHeader(data, magicSegment, number) {
			return damaged(name, 0, "not the beginning of this segment")
		}
		c, err := readGroups(name, data, number, each)
		if err != nil {
			return err
		}
		j.since += int64(c.good)
		open, err := j.judge(name, data, c, last, segments[i+1:], rec)
		if err != nil {
			return err
		}
		unsealed = open
		if open {
			if next = c.next; !last {
				if err := j.sealOld(number, c); err != nil {
					return err
				}
				continue
			}
			return j.resume(number, c)
		}
		next = c.next
	}
	return nil
}

// judge says what the end of a segment means: whether it is still open.
func (j *Journal) judge(name string, data []byte, c contents, last bool, behind []uint64, rec *Recovery) (bool, error) {
	torn := len(data) - c.good
	if torn > 0 {
		if at, found := goodBehind(data, c.good, c.next); found {
			return false, damaged(name, c.good, "no good group, but there is one at byte %d", at)
		}
	}
	if c.sealed {
		if torn > 0 {
			return false, damaged(name, c.good, "bytes behind the seal")
		}
		if last {
			return false, damaged(j.segment(c.next), 0, "the segment is missing")
		}
		return false, nil
	}
	if !last {
		// Its successor was begun, and the crash came before the seal: then there is
		// nothing in the successor yet.
		ok, err := j.emptyLast(behind)
		if err != nil {
			return false, err
		}
		if !ok {
			return false, damaged(name, c.good, "the segment ends too early")
		}
	}
	if torn > 0 {
		rec.Torn, rec.TornFile = int64(torn), name
	}
	return true, nil
}

// emptyLast reports whether behind is one segment without records.
func (j *Journal) emptyLast(behind []uint64) (bool, error) {
	if len(behind) != 1 {
		return false, nil
	}
	data, err := j.fs.ReadFile(j.segment(behind[0]))
	if err != nil {
		return false, wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	return len(data) <= headerBytes, nil
}

// sealOld ends a segment whose successor exists.
func (j *Journal) sealOld(number uint64, c contents) error {
	if err := j.resume(number, c); err != nil {
		return err
	}
	err := first(writeSync(j.file, seal(c.next)), j.file.Close())
	j.file = nil
	if err != nil {
		return wherry.Errorf(wherry.Internal, "journal: seal %s: %w", j.segment(number), err)
	}
	return nil
}

// resume opens the last segment to write behind its last good group.
func (j *Journal) resume(number uint64, c contents) error {
	f, err := j.fs.Append(j.segment(number))
	if err != nil {
		return wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	j.file, j.first, j.size = f, number, int64(c.good)
	j.last, j.taken, j.durable = c.next-1, c.next-1, c.next-1
	if err = f.Truncate(int64(c.good)); err == nil {
		err = f.Sync()
	}
	if err != nil {
		return wherry.Errorf(wherry.Internal, "journal: cut %s: %w", j.segment(number), err)
	}
	return nil
}

// begun reports whether a segment has a good header. Without one it may have been
// in the making, and what is before it still counts.
func (j *Journal) begun(number uint64) (bool, error) {
	data, err := j.fs.ReadFile(j.segment(number))
	if err != nil {
		return false, wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	return checkHeader(data, magicSegment, number), nil
}

// restart makes a segment anew that a crash left without a whole header: the
// very first one, or one whose predecessor does not say yet that it exists.
func (j *Journal) restart(number uint64, rec *Recovery, unsealed bool) error {
	if !unsealed && (number != 1 || rec.Snapshot != 0) {
		return damaged(j.segment(number), 0, "not the beginning of this segment")
	}
	if err := j.fs.Remove(j.segment(number)); err != nil {
		return wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	return j.begin(number)
}

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
