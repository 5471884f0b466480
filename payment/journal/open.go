package journal

import (
	"encoding/binary"
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
	cfg.defaults()
	j := &Journal{cfg: cfg, fs: cfg.FS}
	j.cond = sync.NewCond(&j.mu)
	for i := range j.groups {
		j.groups[i] = sync.NewCond(&j.mu)
	}
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

func (c *Config) defaults() {
	if c.SegmentBytes == 0 {
		c.SegmentBytes = 64 << 20
	}
	if c.MaxRecord == 0 {
		c.MaxRecord = 4 << 20
	}
	if c.FS == nil {
		c.FS = Disk{}
	}
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
		if last && used(data) <= headerBytes && !checkHeader(data, magicSegment, number) {
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
			return j.resume(number, c, true)
		}
		next = c.next
	}
	return nil
}

// judge says what the end of a segment means: whether it is still open.
func (j *Journal) judge(name string, data []byte, c contents, last bool, behind []uint64, rec *Recovery) (bool, error) {
	end := max(used(data), c.good)
	torn := end - c.good
	if torn > 0 {
		if at, found := goodBehind(data[:end], c.good, c.next); found {
			return false, damaged(name, c.good, "no good group, but there is one at byte %d", at)
		}
		if most := c.good + j.unfinished(data[c.good:], c.next); end > most {
			return false, damaged(name, most, "bytes where nothing was ever written")
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

// unfinished returns how many bytes a crash may have left of the group that was
// being written: what its head says, if that was written, else the most that is
// written at once.
func (j *Journal) unfinished(data []byte, next uint64) int {
	if len(data) >= groupBytes && binary.LittleEndian.Uint64(data[8:]) == next {
		return groupBytes + int(binary.LittleEndian.Uint32(data))
	}
	return j.cfg.groupLimit()
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
	return used(data) <= headerBytes, nil
}

// sealOld ends a segment whose successor exists.
func (j *Journal) sealOld(number uint64, c contents) error {
	if err := j.resume(number, c, false); err != nil {
		return err
	}
	err := first(writeSync(j.file, seal(c.next)), j.file.Close())
	j.file = nil
	if err != nil {
		return wherry.Errorf(wherry.Internal, "journal: seal %s: %w", j.segment(number), err)
	}
	return nil
}

// resume opens a segment to write behind its last good group. What else is in it
// is cut off; with allocate its room is taken again.
func (j *Journal) resume(number uint64, c contents, allocate bool) error {
	f, err := j.fs.Append(j.segment(number))
	if err != nil {
		return wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	j.file, j.first, j.size = f, number, int64(c.good)
	j.last, j.taken, j.durable = c.next-1, c.next-1, c.next-1
	err = f.Truncate(int64(c.good))
	if err == nil && allocate && int64(c.good) < j.cfg.SegmentBytes {
		err = f.Allocate(j.cfg.SegmentBytes + groupBytes)
	}
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		return wherry.Errorf(wherry.Internal, "journal: go on in %s: %w", j.segment(number), err)
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
