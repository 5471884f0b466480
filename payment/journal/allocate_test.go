package journal

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
)

// TestZerosAtTheEndAreNothing: what was allocated and never written is no
// unfinished record, however much of it there is.
func TestZerosAtTheEndAreNothing(t *testing.T) {
	for what, l := range lives(t) {
		name := l.last()
		data := l.fs.names[name].data
		for _, zeros := range []int{0, 1, groupBytes, 4096, 10_000} {
			got, rec, err := reopen(l.with(name, append(bytes.Clone(data[:used(data)]), make([]byte, zeros)...)))
			if err != nil || rec.Torn != 0 || len(got) != len(l.want) {
				t.Errorf("%s, %d zeros: %d records, %+v, %v", what, zeros, len(got), rec, err)
			}
		}
	}
}

// TestGarbageBehindTheEndIsRefused: a crash leaves at most one group unfinished.
func TestGarbageBehindTheEndIsRefused(t *testing.T) {
	l := live(t)
	name := l.last()
	data := l.fs.names[name].data
	end := used(data)
	half := sealed([]byte("\x09half done"), uint64(len(l.want)+1))
	half[len(half)-1] ^= 1
	far := maxGroup + 4<<20 + 64
	for what, c := range map[string]struct {
		tail []byte
		ok   bool
	}{
		"a group that does not fit":        {half, true},
		"the same, and one byte behind it": {append(bytes.Clone(half), 1), false},
		"the same, and a byte far behind":  {append(append(bytes.Clone(half), make([]byte, 9000)...), 1), false},
		"a byte without a head":            {append(make([]byte, 2*groupBytes), 7), true},
		"a byte beyond every group":        {append(make([]byte, far), 7), false},
		"a good group behind zeros":        {append(make([]byte, 600), sealed([]byte("\x01x"), uint64(len(l.want)+1))...), false},
		"a good group behind a bad one":    {append(bytes.Clone(half), sealed([]byte("\x01x"), uint64(len(l.want)+2))...), false},
		"an old group behind zeros":        {append(make([]byte, 600), sealed([]byte("\x01x"), 30)...), false},
	} {
		got, rec, err := reopen(l.with(name, append(bytes.Clone(data[:end]), c.tail...)))
		if !c.ok {
			wantDamage(t, what, name, err)
			continue
		}
		if err != nil || rec.Torn == 0 || rec.TornFile != name || len(got) != len(l.want) {
			t.Errorf("%s: %d records, %+v, %v", what, len(got), rec, err)
		}
	}
}

func sealed(records []byte, first uint64) []byte {
	g := append(make([]byte, groupBytes), records...)
	sealGroup(g, first)
	return g
}

// TestDiskFullWhenASegmentBegins: there is no room for the next segment, so that
// nothing of the group is written, and nothing acknowledged.
func TestDiskFullWhenASegmentBegins(t *testing.T) {
	full := errors.New("no space left on device")
	fs := newFaulty(0)
	j, _, _ := open(t, Config{Dir: "/j", FS: fs, SegmentBytes: 100})
	write(t, j, "a", string(make([]byte, 50)))
	fs.fault[fs.effects+2] = full // create, allocate
	n, err := j.Append(make([]byte, 60))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := j.Commit(n); !errors.Is(err, full) || wherry.CodeOf(err) != wherry.Internal {
			t.Fatalf("commit: %v", err)
		}
	}
	if fs.log[fs.effects-1] != "allocate" {
		t.Fatalf("something was written: %q", fs.log[fs.effects-1])
	}
	_, s, _ := open(t, Config{Dir: "/j", FS: fs.after(func(_, data []byte) []byte { return data }, true), SegmentBytes: 100})
	equal(t, s.records, []string{"a", string(make([]byte, 50))})
}

func TestDiskFullAtOpen(t *testing.T) {
	full := errors.New("no space left on device")
	fs := newFaulty(0)
	cfg := Config{Dir: "/j", FS: fs, SegmentBytes: 1000}
	j, _, _ := open(t, cfg)
	write(t, j, "a")
	closeJournal(t, j)
	fs.fault[fs.effects+2] = full // cut off what is unused, allocate
	s := &state{}
	if _, _, err := Open(cfg, s.add, s.add); !errors.Is(err, full) {
		t.Fatalf("open: %v", err)
	}
	j, s, _ = open(t, cfg)
	equal(t, s.records, []string{"a"})
	closeJournal(t, j)
}

// TestGroupsAreBounded: whoever appends much waits for the disk, so that no
// write is larger than what Open allows a crash to leave.
func TestGroupsAreBounded(t *testing.T) {
	fs := newFaulty(0)
	j, _, _ := open(t, Config{Dir: "/j", FS: fs, SegmentBytes: 64 << 20})
	record := make([]byte, 1<<20)
	for i := range 20 {
		record[0] = byte(i + 1)
		if _, err := j.Append(record); err != nil {
			t.Fatal(err)
		}
		if len(j.pending) > maxGroup {
			t.Fatalf("%d bytes wait to be written as one", len(j.pending))
		}
	}
	closeJournal(t, j)
	_, s, _ := open(t, Config{Dir: "/j", FS: fs, SegmentBytes: 64 << 20})
	if len(s.records) != 20 {
		t.Fatalf("%d records", len(s.records))
	}
}

// unallocated is a disk that takes room only as it is written to.
type unallocated struct{ Disk }

type unallocatedFile struct{ File }

func (unallocatedFile) Allocate(int64) error { return nil }

func (d unallocated) Create(name string) (File, error) {
	f, err := d.Disk.Create(name)
	return unallocatedFile{f}, err
}

func (d unallocated) Append(name string) (File, error) {
	f, err := d.Disk.Append(name)
	return unallocatedFile{f}, err
}

// BenchmarkCommit is what one record of a batch's size costs when nobody shares
// its sync: half of them in a journal with allocated segments, half in one whose
// files grow, in turns, so that both meet the same noise.
func BenchmarkCommit(b *testing.B) {
	record := bytes.Repeat([]byte("r"), 700)
	open := func(fs FS) *Journal {
		dir, err := os.MkdirTemp(".", "bench-") //nolint:usetesting // on a disk, and not in memory
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = os.RemoveAll(dir) })
		s := &state{}
		j, _, err := Open(Config{Dir: dir, FS: fs}, s.add, s.add)
		if err != nil {
			b.Fatal(err)
		}
		return j
	}
	journals := []*Journal{open(Disk{}), open(unallocated{})}
	took := make([][]time.Duration, len(journals))
	for i := 0; b.Loop(); i++ {
		j := journals[i%2]
		begin := time.Now()
		n, err := j.Append(record)
		if err == nil {
			err = j.Commit(n)
		}
		if err != nil {
			b.Fatal(err)
		}
		took[i%2] = append(took[i%2], time.Since(begin))
	}
	for i, name := range []string{"allocated", "growing"} {
		if err := journals[i].Close(); err != nil {
			b.Fatal(err)
		}
		t := took[i]
		slices.Sort(t)
		if len(t) > 0 {
			b.ReportMetric(float64(t[len(t)/2].Nanoseconds()), name+"-p50-ns")
			b.ReportMetric(float64(t[len(t)*99/100].Nanoseconds()), name+"-p99-ns")
		}
	}
}

// TestSegmentThatCouldNotBeginIsGone: a snapshot ends the present segment, and the
// next one cannot be made. The present one goes on, and nothing of the other is
// left to be taken for its successor.
func TestSegmentThatCouldNotBeginIsGone(t *testing.T) {
	full := errors.New("no space left on device")
	for k := 1; k <= 5; k++ { // create, allocate, header, sync, directory
		fs := newFaulty(0)
		j, s, _ := open(t, Config{Dir: "/j", FS: fs})
		write(t, j, "a", "b")
		s.records = []string{"a", "b"}
		fs.fault[fs.effects+k] = full
		if err := j.Snapshot(2, s.save); !errors.Is(err, full) {
			t.Fatalf("effect %d: %v", k, err)
		}
		write(t, j, "c", "d")
		for _, names := range []bool{false, true} {
			_, got, _ := open(t, Config{Dir: "/j", FS: fs.after(func(synced, _ []byte) []byte { return synced }, names)})
			equal(t, got.records, []string{"a", "b", "c", "d"})
		}
		closeJournal(t, j)
	}
}
