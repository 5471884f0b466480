package journal

import (
	"errors"
	"testing"
)

func TestFailureIsFinal(t *testing.T) {
	full := errors.New("no space left on device")
	for name, inject := range map[string]func(*faulty){
		"write": func(f *faulty) { f.fault[f.effects+1] = full },
		"short": func(f *faulty) { f.short[f.effects+1] = 5 },
		"sync":  func(f *faulty) { f.fault[f.effects+2] = full },
	} {
		fs := newFaulty(0)
		j, _, _ := open(t, Config{Dir: "/j", FS: fs})
		write(t, j, "a", "b")
		inject(fs)
		n, err := j.Append([]byte("c"))
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := j.Commit(n); err == nil {
				t.Fatalf("%s: a record that was not written is acknowledged", name)
			}
		}
		if err := j.Commit(2); err != nil {
			t.Errorf("%s: what was durable before is not any more: %v", name, err)
		}
		if _, err := j.Append([]byte("d")); err == nil {
			t.Errorf("%s: a broken journal takes records", name)
		}
		if err := j.Snapshot(j.Last(), (&state{}).save); err == nil {
			t.Errorf("%s: a broken journal takes snapshots", name)
		}
		if j.Err() == nil {
			t.Errorf("%s: nobody is told", name)
		}
		_, s, _ := open(t, Config{Dir: "/j", FS: fs.after(func(_, data []byte) []byte { return data }, true)})
		if !isPrefix([]string{"a", "b"}, s.records) {
			t.Errorf("%s: reopened with %q", name, s.records)
		}
	}
}

func TestSnapshotThatFailsChangesNothing(t *testing.T) {
	full := errors.New("no space left on device")
	fs := newFaulty(0)
	j, s, _ := open(t, Config{Dir: "/j", FS: fs})
	write(t, j, "a", "b")
	s.records = []string{"a", "b"}
	atEffects := func(what string) {
		for k := 1; k <= 4; k++ {
			fs.fault[fs.effects+k] = full
			if err := j.Snapshot(j.Last(), s.save); !errors.Is(err, full) {
				t.Fatalf("%s, effect %d: %v", what, k, err)
			}
		}
	}
	atEffects("the next segment") // create, write, sync, directory
	if err := j.Snapshot(j.Last(), func(func([]byte) error) error { return full }); !errors.Is(err, full) {
		t.Fatal(err)
	}
	if err := j.Snapshot(j.Last(), func(put func([]byte) error) error { return put(nil) }); err == nil {
		t.Fatal("an empty record is put")
	}
	atEffects("the snapshot") // create, header, group, seal
	write(t, j, "c")
	closeJournal(t, j)
	_, got, rec := open(t, Config{Dir: "/j", FS: fs})
	equal(t, got.records, []string{"a", "b", "c"})
	if rec.Snapshot != 0 {
		t.Errorf("snapshot %d", rec.Snapshot)
	}
}
