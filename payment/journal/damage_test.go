package journal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/wherrynet/wherry"
)

// life is a journal as it was written, with what was acknowledged when.
type life struct {
	fs   *faulty
	want []string
}

// lives returns a journal with allocated segments and one without, as older
// versions and other disks have it.
func lives(t *testing.T) map[string]life {
	t.Helper()
	sparse := newFaulty(0)
	sparse.sparse = true
	return map[string]life{"allocated": liveOn(t, newFaulty(0)), "as long as written": liveOn(t, sparse)}
}

func live(t *testing.T) life {
	t.Helper()
	return liveOn(t, newFaulty(0))
}

// liveOn writes records, one group each, over several segments and a snapshot.
func liveOn(t *testing.T, fs *faulty) life {
	t.Helper()
	l := life{fs: fs, want: numbered(1, 40)}
	cfg := Config{Dir: "/j", FS: l.fs, SegmentBytes: 700}
	j, s, _ := open(t, cfg)
	for i, r := range l.want {
		write(t, j, r)
		if i == 12 {
			s.records = l.want[:13]
			if err := j.Snapshot(j.Last(), s.save); err != nil {
				t.Fatal(err)
			}
		}
	}
	closeJournal(t, j)
	return l
}

// with returns a disk on which one file has other bytes, or none when nil.
func (l life) with(name string, data []byte) *faulty {
	out := l.fs.after(func(_, data []byte) []byte { return data }, true)
	if data == nil {
		delete(out.names, name)
		return out
	}
	out.names[name] = &node{data: data, synced: data}
	return out
}

func (l life) files() []string {
	var out []string
	for n := range l.fs.names {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

func (l life) last() string {
	var logs []string
	for _, n := range l.files() {
		if filepath.Ext(n) == ".log" {
			logs = append(logs, n)
		}
	}
	return logs[len(logs)-1]
}

// reopen opens a disk and returns the records, or the error.
func reopen(fs *faulty) ([]string, Recovery, error) {
	s := &state{}
	j, rec, err := Open(Config{Dir: "/j", FS: fs, SegmentBytes: 700}, s.add, s.add)
	if err != nil {
		return nil, rec, err
	}
	// What was recovered can be gone on with, and opened again.
	n, err := j.Append([]byte("one more"))
	if err == nil {
		err = j.Commit(n)
	}
	if err == nil {
		err = j.Close()
	}
	if err != nil {
		return nil, rec, fmt.Errorf("go on: %w", err)
	}
	again := &state{}
	j, _, err = Open(Config{Dir: "/j", FS: fs, SegmentBytes: 700}, again.add, again.add)
	if err != nil {
		return nil, rec, fmt.Errorf("second open: %w", err)
	}
	_ = j.Close()
	if !slices.Equal(again.records, append(slices.Clone(s.records), "one more")) {
		return nil, rec, errors.New("the second open finds something else")
	}
	return s.records, rec, nil
}

func isPrefix(got, want []string) bool {
	return len(got) <= len(want) && slices.Equal(got, want[:len(got)])
}

func TestCutAtEveryByteLeavesAPrefix(t *testing.T) {
	for name, l := range lives(t) {
		t.Run(name, func(t *testing.T) { cutAtEveryByteLeavesAPrefix(t, l) })
	}
}

func cutAtEveryByteLeavesAPrefix(t *testing.T, l life) {
	t.Helper()
	name := l.last()
	data := l.fs.names[name].data
	longest := -1
	for cut := len(data); cut > headerBytes; cut-- {
		got, rec, err := reopen(l.with(name, data[:cut]))
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if !isPrefix(got, l.want) {
			t.Fatalf("cut at %d: no prefix", cut)
		}
		if longest >= 0 && len(got) > longest {
			t.Fatalf("cut at %d: more records than with more bytes", cut)
		}
		longest = len(got)
		if c, _ := readGroups(name, data[:cut], 0, nil2); int(rec.Torn) != max(used(data[:cut])-c.good, 0) && c.groups > 0 {
			t.Fatalf("cut at %d: %d bytes reported as torn", cut, rec.Torn)
		}
	}
	if longest >= len(l.want) {
		t.Fatal("cutting loses nothing")
	}
}

func nil2(uint64, []byte) error { return nil }

func TestTornTailIsReported(t *testing.T) {
	for name, l := range lives(t) {
		t.Run(name, func(t *testing.T) { tornTailIsReported(t, l) })
	}
}

func tornTailIsReported(t *testing.T, l life) {
	t.Helper()
	name := l.last()
	data := l.fs.names[name].data
	got, rec, err := reopen(l.with(name, data[:used(data)-3]))
	if err != nil || len(got) != len(l.want)-1 || rec.Torn == 0 || rec.TornFile != name {
		t.Fatalf("%d records, %+v, %v", len(got), rec, err)
	}
}

func TestSegmentsThatAreCutShortAreRefused(t *testing.T) {
	for name, l := range lives(t) {
		t.Run(name, func(t *testing.T) { segmentsThatAreCutShortAreRefused(t, l) })
	}
}

func segmentsThatAreCutShortAreRefused(t *testing.T, l life) {
	t.Helper()
	for _, name := range l.files() {
		if name == l.last() {
			continue
		}
		data := l.fs.names[name].data
		for cut := range data {
			_, _, err := reopen(l.with(name, data[:cut]))
			wantDamage(t, fmt.Sprintf("%s cut at %d", name, cut), name, err)
		}
	}
}

// wantDamage checks that an error names a place.
func wantDamage(t *testing.T, what, file string, err error) {
	t.Helper()
	var d *Damage
	if !errors.As(err, &d) || wherry.CodeOf(err) != wherry.Internal {
		t.Fatalf("%s: %v, want damage", what, err)
	}
	if file != "" && d.File != file {
		t.Fatalf("%s: the damage is said to be in %s", what, d.File)
	}
}

func TestFlippedBitsAreRefused(t *testing.T) {
	for name, l := range lives(t) {
		t.Run(name, func(t *testing.T) { flippedBitsAreRefused(t, l) })
	}
}

func flippedBitsAreRefused(t *testing.T, l life) {
	t.Helper()
	last := l.last()
	for _, name := range l.files() {
		data := l.fs.names[name].data
		for i := range data {
			flipped := bytes.Clone(data)
			flipped[i] ^= 1 << (i % 8)
			got, rec, err := reopen(l.with(name, flipped))
			if err != nil {
				wantDamage(t, fmt.Sprintf("%s byte %d", name, i), "", err)
				continue
			}
			// Only in the very last group a flipped bit looks like a crash: then it is
			// reported, and everything before is there.
			// Behind it, in what was allocated, it is one byte of garbage.
			want := l.want
			if i < used(data) {
				want = want[:len(want)-1]
			}
			if name != last || rec.Torn == 0 || !slices.Equal(got, want) {
				t.Fatalf("%s byte %d: accepted with %d of %d records, %+v", name, i, len(got), len(l.want), rec)
			}
		}
	}
}

func TestMissingFilesAreRefused(t *testing.T) {
	l := live(t)
	for _, name := range l.files() {
		if _, _, err := reopen(l.with(name, nil)); err == nil {
			t.Errorf("without %s the journal opens", name)
		}
	}
}

func TestForeignSegmentIsRefused(t *testing.T) {
	l := live(t)
	files := l.files()
	for _, name := range files {
		for _, other := range files {
			if name == other {
				continue
			}
			if _, _, err := reopen(l.with(name, l.fs.names[other].data)); err == nil {
				t.Errorf("%s with the bytes of %s is accepted", name, other)
			}
		}
	}
}

// TestCrashAtEveryEffect runs a life until each of its effects in turn, with
// three ideas of what a disk keeps of what was not synced, and opens the rest.
func TestCrashAtEveryEffect(t *testing.T) {
	run := func(fs *faulty) (acknowledged, appended []string) {
		s := &state{}
		j, _, err := Open(Config{Dir: "/j", FS: fs, SegmentBytes: 400}, s.add, s.add)
		if err != nil {
			return nil, nil
		}
		for i, r := range numbered(1, 30) {
			n, err := j.Append([]byte(r))
			if err != nil {
				break
			}
			appended = append(appended, r)
			if i%3 == 1 {
				continue // two in a group now and then
			}
			if j.Commit(n) != nil {
				break
			}
			acknowledged = slices.Clone(appended)
			if i == 9 || i == 21 {
				kept := &state{records: slices.Clone(appended)}
				upTo := j.Last()
				if err := j.Snapshot(upTo, func(put func([]byte) error) error {
					// Others go on writing meanwhile.
					r := fmt.Sprintf("meanwhile %d", i)
					n, err := j.Append([]byte(r))
					if err != nil {
						return err
					}
					appended = append(appended, r)
					if err := j.Commit(n); err != nil {
						return err
					}
					acknowledged = slices.Clone(appended)
					return kept.save(put)
				}); err != nil && !errors.Is(err, errCrash) {
					t.Fatal(err)
				}
			}
		}
		return acknowledged, appended
	}
	clean := newFaulty(0)
	run(clean)
	disks := map[string]func(synced, data []byte) []byte{
		"nothing unsynced": func(synced, _ []byte) []byte { return synced },
		"everything":       func(_, data []byte) []byte { return data },
		"half": func(synced, data []byte) []byte {
			if len(data) < len(synced) {
				return synced
			}
			return data[:len(synced)+(len(data)-len(synced))/2]
		},
		"holes": func(synced, data []byte) []byte {
			out := bytes.Clone(data)
			for i := len(synced); i < len(out); i++ {
				if i%16 < 8 {
					out[i] = 0
				}
			}
			return out
		},
	}
	for at := 1; at <= clean.effects; at++ {
		fs := newFaulty(at)
		acknowledged, appended := run(fs)
		for what, keep := range disks {
			for _, names := range []bool{false, true} {
				got, _, err := reopen(fs.after(keep, names))
				if err != nil {
					t.Fatalf("crash at effect %d (%s), %s, new names %v: %v", at, clean.log[at-1], what, names, err)
				}
				if !isPrefix(got, appended) || !isPrefix(acknowledged, got) {
					t.Fatalf("crash at effect %d (%s), %s: %d records, %d were acknowledged, %d appended",
						at, clean.log[at-1], what, len(got), len(acknowledged), len(appended))
				}
			}
		}
	}
}

func FuzzOpen(f *testing.F) {
	fs := newFaulty(0)
	s := &state{}
	j, _, err := Open(Config{Dir: "/j", FS: fs, SegmentBytes: 200}, s.add, s.add)
	if err != nil {
		f.Fatal(err)
	}
	for _, r := range numbered(1, 6) {
		n, _ := j.Append([]byte(r))
		if err := j.Commit(n); err != nil {
			f.Fatal(err)
		}
	}
	for _, n := range fs.names {
		f.Add(n.data, uint64(1))
	}
	f.Fuzz(func(t *testing.T, data []byte, number uint64) {
		fs := newFaulty(0)
		name := fmt.Sprintf("/j/%020d.log", number)
		fs.names[name] = &node{data: data, synced: data}
		s := &state{}
		j, rec, err := Open(Config{Dir: "/j", FS: fs, SegmentBytes: 4096}, s.add, s.add)
		if err != nil {
			return
		}
		_ = j.Close()
		if rec.Records != uint64(len(s.records)) {
			t.Fatalf("%d records, %d reported", len(s.records), rec.Records)
		}
		again := &state{}
		if _, rec, err = Open(Config{Dir: "/j", FS: fs, SegmentBytes: 4096}, again.add, again.add); err != nil || rec.Torn != 0 {
			t.Fatalf("what was recovered does not open again: %+v, %v", rec, err)
		}
		if !slices.Equal(s.records, again.records) {
			t.Fatal("the second open finds something else")
		}
	})
}

func TestUnreadableDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := &state{}
	if _, _, err := Open(Config{Dir: dir}, s.add, s.add); err == nil {
		t.Fatal("a file opens as a journal")
	}
}

func TestRepeatedGroupIsRefused(t *testing.T) {
	l := live(t)
	name := l.last()
	data := l.fs.names[name].data
	g, ok := readGroup(data, headerBytes)
	if !ok {
		t.Fatal("no group")
	}
	for _, end := range []int{len(data), used(data)} {
		_, _, err := reopen(l.with(name, append(bytes.Clone(data[:end]), data[headerBytes:g.end]...)))
		wantDamage(t, "an old group behind the last", name, err)
	}
}

func TestGapBetweenSegmentsIsRefused(t *testing.T) {
	fs := newFaulty(0)
	j, _, _ := open(t, Config{Dir: "/j", FS: fs, SegmentBytes: 60})
	write(t, j, numbered(1, 5)...)
	closeJournal(t, j)
	if len(fs.names) < 5 {
		t.Fatalf("%d segments", len(fs.names))
	}
	l := life{fs: fs}
	files := l.files()
	for _, name := range files[1 : len(files)-1] {
		_, _, err := reopen(l.with(name, nil))
		wantDamage(t, "without "+name, "", err)
	}
}

func TestSegmentBehindASnapshotNeedsItsHeader(t *testing.T) {
	fs := newFaulty(0)
	j, s, _ := open(t, Config{Dir: "/j", FS: fs})
	write(t, j, "a", "b")
	s.records = []string{"a", "b"}
	if err := j.Snapshot(j.Last(), s.save); err != nil {
		t.Fatal(err)
	}
	closeJournal(t, j)
	l := life{fs: fs}
	for _, cut := range []int{0, headerBytes - 1} {
		_, _, err := reopen(l.with(l.last(), fs.names[l.last()].data[:cut]))
		wantDamage(t, fmt.Sprintf("cut at %d", cut), l.last(), err)
	}
}
