package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"path/filepath"
	"time"

	"github.com/wherrynet/wherry"
)

// Backup says what a backup holds.
type Backup struct {
	Time     time.Time // when it was begun, to the second
	Snapshot uint64    // number of the last record in its snapshot; zero without one
	Last     uint64    // number of its last record
	Note     []byte    // what whoever made it wrote into it
}

var magicBackup = [8]byte([]byte("WHERRYB1"))

const (
	backupHead = 32
	maxNote    = 64 << 10
)

// Backup writes a copy of the journal up to its newest durable record to w,
// while others append. note is kept in it; at most 64 KiB. A snapshot waits
// until it is done. When w fails, what was written is no backup: it lacks the
// checksum at its end.
func (j *Journal) Backup(w io.Writer, note []byte, now time.Time) (Backup, error) {
	j.snapping.Lock()
	defer j.snapping.Unlock()
	j.mu.Lock()
	upTo, err := j.durable, j.err
	j.mu.Unlock()
	if err != nil {
		return Backup{}, err
	}
	return j.backup(w, note, now, upTo)
}

// BackupDir writes a copy of a journal that nobody has open. It takes its lock
// meanwhile: Busy when somebody has it.
func BackupDir(cfg Config, w io.Writer, note []byte, now time.Time) (Backup, error) {
	nothing := func([]byte) error { return nil }
	if _, err := Read(cfg, func() {}, nothing, func(uint64, []byte) error { return nil }); err != nil {
		return Backup{}, err // before anything is touched
	}
	j, _, err := Open(cfg, nothing, nothing)
	if err != nil {
		return Backup{}, err
	}
	b, err := j.Backup(w, note, now)
	return b, errors.Join(err, j.Close())
}

func (j *Journal) backup(to io.Writer, note []byte, now time.Time, upTo uint64) (Backup, error) {
	b := Backup{Time: now.Truncate(time.Second).UTC(), Last: upTo, Note: note}
	if len(note) > maxNote || now.Unix() < 0 {
		return b, wherry.Errorf(wherry.Invalid, "journal: a note of %d bytes, at %s", len(note), now)
	}
	segments, snapshots, _, err := j.list()
	if err != nil {
		return b, err
	}
	if n := len(snapshots); n > 0 {
		b.Snapshot = snapshots[n-1]
	}
	sum := sha256.New()
	w := io.MultiWriter(to, sum)
	if err := b.writeHead(w); err != nil {
		return b, err
	}
	if b.Snapshot > 0 {
		pack := snapshotWriter{f: w, next: 1}
		if err := j.load(b.Snapshot, pack.put); err != nil {
			return b, err
		}
		if err := pack.end(); err != nil {
			return b, err
		}
	}
	pack := snapshotWriter{f: w, next: b.Snapshot + 1}
	for i, s := range segments {
		if i+1 < len(segments) && segments[i+1] <= b.Snapshot+1 || s > upTo {
			continue
		}
		data, err := j.fs.ReadFile(j.segment(s))
		if err != nil {
			return b, wherry.Errorf(wherry.Internal, "journal: %w", err)
		}
		if !checkHeader(data, magicSegment, s) {
			return b, damaged(j.segment(s), 0, "not the beginning of this segment")
		}
		if _, err := readGroups(j.segment(s), data, s, func(n uint64, record []byte) error {
			if n != pack.next+pack.n || n > upTo {
				return nil // in the snapshot, or not durable yet
			}
			return pack.put(record)
		}); err != nil {
			return b, err
		}
	}
	if got := pack.next + pack.n - 1; got != upTo {
		return b, wherry.Errorf(wherry.Internal, "journal: the disk holds records up to %d, and %d were written", got, upTo)
	}
	if err := pack.end(); err != nil {
		return b, err
	}
	_, err = to.Write(sum.Sum(nil))
	return b, err
}

// WriteBackup writes a backup that is nothing but a snapshot: what save puts is
// the state that the records up to number upTo make. It is how a journal that
// keeps its records elsewhere is copied.
func WriteBackup(to io.Writer, note []byte, now time.Time, upTo uint64, save func(put func(record []byte) error) error) (Backup, error) {
	b := Backup{Time: now.Truncate(time.Second).UTC(), Snapshot: upTo, Last: upTo, Note: note}
	if len(note) > maxNote || now.Unix() < 0 || upTo == 0 {
		return b, wherry.Errorf(wherry.Invalid, "journal: a note of %d bytes, at %s, of %d records", len(note), now, upTo)
	}
	sum := sha256.New()
	w := io.MultiWriter(to, sum)
	if err := b.writeHead(w); err != nil {
		return b, err
	}
	pack := snapshotWriter{f: w, next: 1}
	if err := save(pack.put); err != nil {
		return b, err
	}
	if err := pack.end(); err != nil {
		return b, err
	}
	if _, err := w.Write(seal(upTo + 1)); err != nil {
		return b, err
	}
	_, err := to.Write(sum.Sum(nil))
	return b, err
}

func (b Backup) writeHead(w io.Writer) error {
	h := append(make([]byte, 0, backupHead+len(b.Note)), magicBackup[:]...)
	h = binary.LittleEndian.AppendUint64(h, uint64(b.Time.Unix()))
	h = binary.LittleEndian.AppendUint64(h, b.Snapshot)
	h = binary.LittleEndian.AppendUint32(h, uint32(len(b.Note)))
	h = append(h, b.Note...)
	h = binary.LittleEndian.AppendUint32(h, crc32.Checksum(h, castagnoli))
	_, err := w.Write(h)
	return err
}

// ReadBackup reads a whole backup and checks every byte of it. head is told what
// it is before its records; its Last is not known by then. The records of the
// snapshot go to load and those behind it to replay. Damage is a Damage; nothing
// that was handed out counts then.
func ReadBackup(name string, r io.Reader, head func(Backup) error, load, replay func(record []byte) error) (Backup, error) {
	return readBackup(name, r, head, load, func(Backup) error { return nil }, replay)
}

// readBackup is ReadBackup; turn is called between the snapshot and what is
// behind it.
func readBackup(name string, r io.Reader, head func(Backup) error, load func([]byte) error, turn func(Backup) error, replay func([]byte) error) (Backup, error) {
	s := newStream(name, r)
	s.sum = sha256.New()
	b, err := s.backupHead()
	if err != nil {
		return b, err
	}
	if err := head(b); err != nil {
		return b, err
	}
	if b.Snapshot > 0 {
		if _, err := s.groups(1, func(_ uint64, record []byte) error { return load(record) }); err != nil {
			return b, err
		}
	}
	if err := turn(b); err != nil {
		return b, err
	}
	next, err := s.groups(b.Snapshot+1, func(_ uint64, record []byte) error { return replay(record) })
	if err != nil {
		return b, err
	}
	b.Last = next - 1
	want := s.sum.Sum(nil)
	at := s.at
	got, err := s.take(len(want))
	if err != nil {
		return b, s.short(at, err)
	}
	if !bytes.Equal(got, want) {
		return b, damaged(name, int(at), "the checksum of the whole does not fit")
	}
	return b, s.end()
}

func (s *stream) backupHead() (Backup, error) {
	head, err := s.take(backupHead - 4)
	if err != nil || [8]byte(head) != magicBackup {
		return Backup{}, damaged(s.name, 0, "not a backup of a journal")
	}
	head = bytes.Clone(head)
	b := Backup{Snapshot: binary.LittleEndian.Uint64(head[16:])}
	at, n := binary.LittleEndian.Uint64(head[8:]), binary.LittleEndian.Uint32(head[24:])
	if n > maxNote || at > 1<<40 || b.Snapshot == 1<<64-1 {
		return Backup{}, damaged(s.name, 8, "not the beginning of a backup")
	}
	b.Time = time.Unix(int64(at), 0).UTC()
	rest, err := s.take(int(n) + 4)
	if err != nil {
		return Backup{}, s.short(0, err)
	}
	all := append(head, rest...)
	b.Note = bytes.Clone(rest[:n])
	if binary.LittleEndian.Uint32(all[len(all)-4:]) != crc32.Checksum(all[:len(all)-4], castagnoli) {
		return Backup{}, damaged(s.name, 0, "the head of the backup is damaged")
	}
	return b, nil
}

// Restore makes a journal out of a backup, in a directory that must not exist or
// be empty, and appends records to it. It appears at once or not at all: it is
// written beside, under the name with .restoring behind it. head may refuse.
func Restore(cfg Config, name string, r io.Reader, head func(Backup) error, behind func(Backup) ([][]byte, error)) (Backup, error) {
	cfg.defaults()
	final := filepath.Clean(cfg.Dir)
	if names, err := cfg.FS.List(final); err == nil && len(names) > 0 {
		return Backup{}, wherry.Errorf(wherry.Conflict, "journal: %s is not empty: a journal is restored into an empty directory", final)
	}
	cfg.Dir = final + ".restoring"
	if names, err := cfg.FS.List(cfg.Dir); err == nil {
		for _, n := range names { // of a restore that was interrupted
			if err := cfg.FS.Remove(filepath.Join(cfg.Dir, n)); err != nil {
				return Backup{}, wherry.Errorf(wherry.Internal, "journal: %w", err)
			}
		}
	}
	if err := cfg.FS.MkdirAll(cfg.Dir); err != nil {
		return Backup{}, wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	j := &Journal{cfg: cfg, fs: cfg.FS}
	b, err := j.unpack(name, r, head)
	if err != nil {
		return b, err
	}
	nothing := func([]byte) error { return nil }
	opened, _, err := Open(cfg, nothing, nothing)
	if err != nil {
		return b, err
	}
	more, err := behind(b)
	for _, record := range more {
		if err == nil {
			_, err = opened.Append(record)
		}
	}
	if err = errors.Join(err, opened.Close()); err != nil {
		return b, err
	}
	_ = cfg.FS.Remove(final) // an empty directory would be in the way, on some systems
	if err := cfg.FS.Rename(cfg.Dir, final); err != nil {
		return b, wherry.Errorf(wherry.Internal, "journal: %w", err)
	}
	return b, cfg.FS.SyncDir(filepath.Dir(final))
}

// unpack writes a backup's snapshot and records as files of a journal. Where it
// fails nothing of use is left.
func (j *Journal) unpack(name string, r io.Reader, head func(Backup) error) (Backup, error) {
	var f File
	var pack snapshotWriter
	begin := func(file string, magic [8]byte, number, first uint64) error {
		var err error
		if f, err = j.fs.Create(file); err != nil {
			return err
		}
		pack = snapshotWriter{f: f, next: first}
		_, err = f.Write(header(magic, number))
		return err
	}
	end := func(finish func() error) error {
		err := first(finish(), f.Sync())
		err = first(err, f.Close())
		f = nil
		return err
	}
	b, err := readBackup(name, r,
		func(b Backup) error {
			if err := head(b); err != nil || b.Snapshot == 0 {
				return err
			}
			return begin(j.snapshot(b.Snapshot), magicSnapshot, b.Snapshot, 1)
		},
		func(record []byte) error { return pack.put(record) },
		func(b Backup) error {
			if b.Snapshot > 0 {
				if err := end(pack.end); err != nil {
					return err
				}
			}
			return begin(j.segment(b.Snapshot+1), magicSegment, b.Snapshot+1, b.Snapshot+1)
		},
		func(record []byte) error { return pack.put(record) },
	)
	if err == nil {
		err = end(pack.flush)
	}
	if f != nil {
		_ = f.Close() // the first error counts
	}
	if err == nil {
		err = j.fs.SyncDir(j.cfg.Dir)
	}
	return b, err
}
