package journal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/wherrynet/wherry"
)

// state is what a journal is opened into: the records, one after another.
type state struct{ records []string }

func (s *state) add(b []byte) error {
	s.records = append(s.records, string(b))
	return nil
}

func (s *state) save(put func([]byte) error) error {
	for _, r := range s.records {
		if err := put([]byte(r)); err != nil {
			return err
		}
	}
	return nil
}

func open(t *testing.T, cfg Config) (*Journal, *state, Recovery) {
	t.Helper()
	if _, memory := cfg.FS.(*faulty); memory && cfg.SegmentBytes == 0 {
		cfg.SegmentBytes = 4096 // what is allocated is copied often
	}
	s := &state{}
	j, rec, err := Open(cfg, s.add, s.add)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return j, s, rec
}

func write(t *testing.T, j *Journal, records ...string) {
	t.Helper()
	for _, r := range records {
		n, err := j.Append([]byte(r))
		if err == nil {
			err = j.Commit(n)
		}
		if err != nil {
			t.Fatalf("write %q: %v", r, err)
		}
	}
}

func closeJournal(t *testing.T, j *Journal) {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
}

func numbered(from, to int) []string {
	var out []string
	for i := from; i <= to; i++ {
		out = append(out, fmt.Sprintf("record %d %s", i, bytes.Repeat([]byte{byte('a' + i%26)}, i%37)))
	}
	return out
}

func equal(t *testing.T, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("record %d is %q, want %q", i+1, got[i], want[i])
		}
	}
}

func TestReopenedJournalHoldsEverything(t *testing.T) {
	cfg := Config{Dir: filepath.Join(t.TempDir(), "j"), SegmentBytes: 300}
	want := numbered(1, 60)
	for i := 0; i < len(want); i += 7 {
		j, s, rec := open(t, cfg)
		equal(t, s.records, want[:i])
		if rec.Torn != 0 {
			t.Errorf("torn %d bytes after a clean close", rec.Torn)
		}
		write(t, j, want[i:min(i+7, len(want))]...)
		closeJournal(t, j)
	}
	_, s, _ := open(t, cfg)
	equal(t, s.records, want)
	names, err := os.ReadDir(cfg.Dir)
	if err != nil || len(names) < 5 {
		t.Errorf("%d files, %v: segments were not rolled", len(names), err)
	}
}

func TestSnapshotReplacesWhatWasBefore(t *testing.T) {
	cfg := Config{Dir: t.TempDir(), SegmentBytes: 300}
	want := numbered(1, 90)
	j, s, _ := open(t, cfg)
	write(t, j, want[:50]...)
	s.records = want[:50]
	if err := j.Snapshot(j.Last(), s.save); err != nil {
		t.Fatal(err)
	}
	if err := j.Snapshot(j.Last(), s.save); err != nil {
		t.Fatalf("the same snapshot again: %v", err)
	}
	write(t, j, want[50:]...)
	closeJournal(t, j)
	_, got, rec := open(t, cfg)
	equal(t, got.records, want)
	if rec.Snapshot != 50 || rec.Records != 40 {
		t.Errorf("snapshot up to %d and %d records behind it, want 50 and 40", rec.Snapshot, rec.Records)
	}
	if _, err := os.Stat(filepath.Join(cfg.Dir, fmt.Sprintf("%020d.log", 1))); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the first segment is still there: %v", err)
	}
}

func TestSnapshotOfALargeState(t *testing.T) {
	cfg := Config{Dir: t.TempDir()}
	j, _, _ := open(t, cfg)
	write(t, j, "x")
	s := &state{records: numbered(1, 20_000)}
	if err := j.Snapshot(j.Last(), s.save); err != nil {
		t.Fatal(err)
	}
	closeJournal(t, j)
	_, got, _ := open(t, cfg)
	equal(t, got.records, s.records)
}

func TestSecondProcessIsRefused(t *testing.T) {
	cfg := Config{Dir: t.TempDir()}
	j, _, _ := open(t, cfg)
	s := &state{}
	if _, _, err := Open(cfg, s.add, s.add); wherry.CodeOf(err) != wherry.Busy {
		t.Fatalf("second open: %v, want busy", err)
	}
	closeJournal(t, j)
	j, _, _ = open(t, cfg)
	closeJournal(t, j)
}

func TestManyWritersShareSyncs(t *testing.T) {
	fs := newFaulty(0)
	j, _, _ := open(t, Config{Dir: "/j", FS: fs})
	var wg sync.WaitGroup
	const writers, each = 32, 50
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				n, err := j.Append(fmt.Appendf(nil, "%d/%d", w, i))
				if err == nil {
					err = j.Commit(n)
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	closeJournal(t, j)
	_, s, _ := open(t, Config{Dir: "/j", FS: fs})
	if len(s.records) != writers*each {
		t.Errorf("%d records, want %d", len(s.records), writers*each)
	}
}

func TestOneSyncForAllThatWaits(t *testing.T) {
	fs := newFaulty(0)
	j, _, _ := open(t, Config{Dir: "/j", FS: fs})
	var last uint64
	for i := range 100 {
		last, _ = j.Append([]byte{byte(i + 1)})
	}
	before := fs.syncs
	if err := j.Commit(last); err != nil {
		t.Fatal(err)
	}
	if got := fs.syncs - before; got != 1 {
		t.Errorf("%d syncs for 100 records, want 1", got)
	}
}

func TestRecordBounds(t *testing.T) {
	j, _, _ := open(t, Config{Dir: t.TempDir(), MaxRecord: 10})
	for _, b := range [][]byte{nil, make([]byte, 11)} {
		if _, err := j.Append(b); err == nil {
			t.Errorf("record of %d bytes accepted", len(b))
		}
	}
	if err := j.Commit(1); err == nil {
		t.Error("a record that was never appended is committed")
	}
	closeJournal(t, j)
	if _, err := j.Append([]byte("x")); err == nil {
		t.Error("closed journal accepts a record")
	}
}

func TestReplayErrorEndsOpen(t *testing.T) {
	cfg := Config{Dir: t.TempDir()}
	j, _, _ := open(t, cfg)
	write(t, j, "a", "b")
	closeJournal(t, j)
	no := wherry.Errorf(wherry.Conflict, "not mine")
	_, _, err := Open(cfg, nil, func([]byte) error { return no })
	if !errors.Is(err, no) || wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("open: %v", err)
	}
	j, _, _ = open(t, cfg) // the lock is free
	closeJournal(t, j)
}
