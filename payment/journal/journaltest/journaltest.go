// Package journaltest is what every journal.Log has to pass: records come back
// in order, what was acknowledged survives a crash, a failure is final, and two
// writers never both succeed. Implementations call Run from their tests.
package journaltest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/wherrynet/wherry/payment/journal"
)

// Place is where one log lives.
type Place struct {
	// Open opens the log. It is called again after Close and after Crash.
	Open journal.Opener
	// Crash ends the log opened last as SIGKILL would end its process: nothing
	// more is written, and others may open it.
	Crash func()
	// Break makes the storage fail from now on, Mend makes it work again. Without
	// them the finality of errors is not tested.
	Break, Mend func()
	// Small is true where a sync costs so much that the suite should write less.
	Small bool
}

// Run runs the suite. place returns a new and empty place each time.
func Run(t *testing.T, place func(*testing.T) Place) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Place)
	}{
		{"Empty", testEmpty},
		{"Order", testOrder},
		{"Bounds", testBounds},
		{"CloseKeepsEverything", testClose},
		{"CrashKeepsWhatWasCommitted", testCrash},
		{"ManyCallers", testManyCallers},
		{"Snapshot", testSnapshot},
		{"SnapshotOfALargeState", testLargeSnapshot},
		{"SnapshotWhileOthersWrite", testBusySnapshot},
		{"SnapshotThatFails", testFailedSnapshot},
		{"ReplayErrorEndsOpen", testReplayError},
		{"SecondOpener", testSecondOpener},
		{"ErrorIsFinal", testErrorIsFinal},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, place(t)) })
	}
}

// kept is what a log is opened into.
type kept struct {
	snapshot, records []string
	found             journal.Recovery
}

func (k *kept) all() []string { return append(slices.Clone(k.snapshot), k.records...) }

func open(t *testing.T, p Place) (journal.Log, *kept) {
	t.Helper()
	k := &kept{}
	log, found, err := p.Open(
		func(b []byte) error { k.snapshot = append(k.snapshot, string(b)); return nil },
		func(b []byte) error { k.records = append(k.records, string(b)); return nil },
	)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	k.found = found
	if found.Records != uint64(len(k.records)) {
		t.Fatalf("%d records are replayed, and %d reported", len(k.records), found.Records)
	}
	return log, k
}

func write(t *testing.T, log journal.Log, records ...string) uint64 {
	t.Helper()
	var last uint64
	for _, r := range records {
		n, err := log.Append([]byte(r))
		if err == nil {
			err = log.Commit(n)
		}
		if err != nil {
			t.Fatalf("write: %v", err)
		}
		last = n
	}
	return last
}

func shut(t *testing.T, log journal.Log) {
	t.Helper()
	if err := log.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("record %d is %.60q, want %.60q", i+1, got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
}

// numbered returns records of different lengths.
func numbered(from, to int) []string {
	out := make([]string, 0, to-from+1)
	for i := from; i <= to; i++ {
		out = append(out, fmt.Sprintf("record %d %0*d", i, i%41, 0))
	}
	return out
}

func saving(records []string) func(func([]byte) error) error {
	return func(put func([]byte) error) error {
		for _, r := range records {
			if err := put([]byte(r)); err != nil {
				return err
			}
		}
		return nil
	}
}
