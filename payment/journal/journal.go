package journal

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/wherrynet/wherry"
)

// Config says where a journal is and how it grows. Zero values mean defaults.
type Config struct {
	Dir          string // made when missing
	SegmentBytes int64  // size at which a new segment begins, and that it takes on the disk from its beginning; 64 MiB
	MaxRecord    int    // most bytes of one record; 4 MiB
	FS           FS     // nil means the computer's
}

// Journal is an open log. It is safe for concurrent use.
type Journal struct {
	cfg  Config
	fs   FS
	lock io.Closer

	snapping sync.Mutex // one snapshot at a time

	// mu guards what follows; cond is signalled when writing or err change, for
	// those who need the file, or room for a record. Who waits until a record is
	// durable waits for its group, so that nobody is woken for another's.
	mu      sync.Mutex
	cond    *sync.Cond
	groups  [2]*sync.Cond // of the group that is written and the one that is pending, by number
	group   uint64        // number of the pending group, in this run
	pending []byte        // records behind their lengths, not handed to the disk yet
	spare   []byte        // the buffer that was written last
	last    uint64        // number of the newest record
	taken   uint64        // number of the newest record that was handed to the disk
	durable uint64
	writing bool // somebody writes; then file, first and size are theirs
	err     error

	file  File
	first uint64 // of the present segment
	size  int64
	since int64 // bytes since the newest snapshot
}

const (
	headerBytes = 20
	groupBytes  = 16
	maxGroup    = 8 << 20
)

var (
	magicSegment  = [8]byte([]byte("WHERRYJ1"))
	magicSnapshot = [8]byte([]byte("WHERRYS1"))
	castagnoli    = crc32.MakeTable(crc32.Castagnoli)
)

// groupLimit is the most bytes that are written at once, so that nobody waits
// for a group without end, and that a crash can leave unfinished.
func (c Config) groupLimit() int { return max(maxGroup, c.MaxRecord+64) }

// Append takes a record and returns its number, from 1. It is not durable before
// Commit says so. The bytes are copied.
func (j *Journal) Append(record []byte) (uint64, error) {
	if len(record) == 0 || len(record) > j.cfg.MaxRecord {
		return 0, wherry.Errorf(wherry.Internal, "journal: record of %d bytes: 1 to %d", len(record), j.cfg.MaxRecord)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for len(j.pending) > 0 && len(j.pending)+len(record) > j.cfg.groupLimit() && j.err == nil {
		if j.writing {
			j.cond.Wait()
		} else {
			j.flush()
		}
	}
	if j.err != nil {
		return 0, j.err
	}
	if len(j.pending) == 0 {
		j.pending = append(j.spare[:0], make([]byte, groupBytes)...)
		j.spare = nil
	}
	j.pending = appendRecord(j.pending, record)
	j.last++
	return j.last, nil
}

// Commit waits until the record with the given number, and all before it, are
// durable. It writes itself when nobody else does.
func (j *Journal) Commit(number uint64) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for {
		switch {
		case j.durable >= number:
			return nil
		case j.err != nil:
			return j.err
		case number > j.last:
			return wherry.Errorf(wherry.Internal, "journal: record %d was never appended", number)
		case j.writing && number <= j.taken:
			j.groups[(j.group+1)%2].Wait()
		case j.writing:
			j.groups[j.group%2].Wait()
		default:
			j.flush()
		}
	}
}

// Last returns the number of the newest record, durable or not.
func (j *Journal) Last() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.last
}

// Err returns why the journal takes no more records, or nil.
func (j *Journal) Err() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.err
}

// SinceSnapshot returns how many bytes Open would have to read behind the newest
// snapshot.
func (j *Journal) SinceSnapshot() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.since
}

// flush makes everything pending durable as one group. It is called with mu
// held, and holds it again when it returns. It lets whoever could run just now go
// first: on a busy machine their records come into the same group, which costs one
// sync; on an idle one that is nobody.
func (j *Journal) flush() {
	j.writing = true
	j.mu.Unlock()
	runtime.Gosched()
	j.mu.Lock()
	group, first, last := j.pending, j.taken+1, j.last
	j.pending, j.taken = nil, last
	j.group++
	j.mu.Unlock()

	sealGroup(group, first)
	err := j.write(group, first)

	j.mu.Lock()
	j.writing = false
	if err != nil {
		j.fail(err)
	} else {
		j.durable = last
		j.since += int64(len(group))
		if cap(group) <= 1<<20 {
			j.spare = group
		}
	}
	j.groups[(j.group+1)%2].Broadcast()
	j.groups[j.group%2].Signal() // one of the next group writes it
	j.cond.Broadcast()
}

// wake lets everybody look again.
func (j *Journal) wake() {
	j.cond.Broadcast()
	for _, c := range j.groups {
		c.Broadcast()
	}
}

func (j *Journal) fail(err error) {
	if j.err == nil {
		j.err = wherry.Errorf(wherry.Internal, "journal: nothing more is accepted: %w", err)
	}
	j.wake()
}

// write puts a group behind the present segment, or into a new one. Only whoever
// has set writing calls it.
func (j *Journal) write(group []byte, first uint64) error {
	if j.size > headerBytes && j.size+int64(len(group)) > j.cfg.SegmentBytes {
		if err := j.roll(first); err != nil {
			return err
		}
	}
	if err := writeSync(j.file, group); err != nil {
		return fmt.Errorf("write %s: %w", j.segment(j.first), err)
	}
	j.size += int64(len(group))
	return nil
}

// roll begins the segment of record first, and seals the present one. The new
// one is durable before the seal says that it exists.
func (j *Journal) roll(first uint64) error {
	f, err := j.newSegment(first)
	if err != nil {
		return err
	}
	return j.follow(f, first)
}

// follow seals the present segment and goes on in its successor.
func (j *Journal) follow(f File, next uint64) error {
	if err := writeSync(j.file, seal(next)); err != nil {
		_ = f.Close() // the first error counts
		return fmt.Errorf("seal %s: %w", j.segment(j.first), err)
	}
	// What was allocated and is not used is given back; zeros there do no harm.
	if err := first(j.file.Truncate(j.size+groupBytes), j.file.Close()); err != nil {
		_ = f.Close()
		return fmt.Errorf("close %s: %w", j.segment(j.first), err)
	}
	j.file, j.first, j.size = f, next, headerBytes
	return nil
}

func (j *Journal) newSegment(first uint64) (File, error) {
	name := j.segment(first)
	f, err := j.fs.Create(name)
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", name, err)
	}
	// A full disk says so here, before anything is in the segment.
	if err = f.Allocate(j.cfg.SegmentBytes + groupBytes); err == nil {
		err = writeSync(f, header(magicSegment, first))
	}
	if err == nil {
		err = j.fs.SyncDir(j.cfg.Dir)
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("begin %s: %w", name, err)
	}
	return f, nil
}

// Close makes what was appended durable and gives the directory free.
func (j *Journal) Close() error {
	j.mu.Lock()
	last, broken := j.last, j.err != nil
	j.mu.Unlock()
	var err error
	if !broken {
		err = j.Commit(last)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for j.writing {
		j.cond.Wait()
	}
	if j.file == nil {
		return nil
	}
	if cerr := j.file.Close(); err == nil {
		err = cerr
	}
	if cerr := j.lock.Close(); err == nil {
		err = cerr
	}
	j.file = nil
	j.fail(wherry.Errorf(wherry.Interrupted, "closed"))
	return err
}

func (j *Journal) segment(first uint64) string {
	return filepath.Join(j.cfg.Dir, fmt.Sprintf("%020d.log", first))
}

func (j *Journal) snapshot(last uint64) string {
	return filepath.Join(j.cfg.Dir, fmt.Sprintf("%020d.snap", last))
}

func header(magic [8]byte, number uint64) []byte {
	b := append(make([]byte, 0, headerBytes), magic[:]...)
	b = binary.LittleEndian.AppendUint64(b, number)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

func appendRecord(b, record []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(record)))
	return append(b, record...)
}

// sealGroup fills in the first bytes of a group.
func sealGroup(g []byte, first uint64) {
	binary.LittleEndian.PutUint32(g, uint32(len(g)-groupBytes))
	binary.LittleEndian.PutUint64(g[8:], first)
	binary.LittleEndian.PutUint32(g[4:], groupSum(g))
}

func groupSum(g []byte) uint32 {
	return crc32.Update(crc32.Checksum(g[:4], castagnoli), castagnoli, g[8:])
}

// seal returns the group without records that ends a segment.
func seal(next uint64) []byte {
	g := make([]byte, groupBytes)
	sealGroup(g, next)
	return g
}

func writeSync(f File, b []byte) error {
	n, err := f.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return err
	}
	return f.Sync()
}
