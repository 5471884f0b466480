package journaltest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
)

func testSnapshot(t *testing.T, p Place) {
	log, _ := open(t, p)
	write(t, log, numbered(1, 30)...)
	long := log.SinceSnapshot()
	state := []string{"the first thirty", "and more of them"}
	for range 2 { // the same again does no harm
		if err := log.Snapshot(30, saving(state)); err != nil {
			t.Fatalf("snapshot: %v", err)
		}
	}
	if log.SinceSnapshot() >= long {
		t.Errorf("%d bytes behind the snapshot, and %d before", log.SinceSnapshot(), long)
	}
	if log.Last() != 30 {
		t.Errorf("a snapshot changes the last number to %d", log.Last())
	}
	tail := numbered(31, 45)
	write(t, log, tail...)
	shut(t, log)
	for range 2 {
		log, k := open(t, p)
		same(t, k.snapshot, state)
		same(t, k.records, tail)
		if k.found.Snapshot != 30 || log.Last() != 45 {
			t.Fatalf("snapshot up to %d, last record %d", k.found.Snapshot, log.Last())
		}
		p.Crash()
	}
	log, _ = open(t, p)
	if err := log.Snapshot(46, saving(nil)); err == nil {
		t.Error("a snapshot of records that do not exist is taken")
	}
	if err := log.Snapshot(20, saving(nil)); err == nil {
		t.Error("a snapshot older than the newest is taken")
	}
	if err := log.Snapshot(40, saving([]string{"forty"})); err != nil {
		t.Fatalf("a snapshot of less than everything: %v", err)
	}
	shut(t, log)
	log, k := open(t, p)
	same(t, k.snapshot, []string{"forty"})
	same(t, k.records, tail[10:])
	shut(t, log)
}

func testLargeSnapshot(t *testing.T, p Place) {
	log, _ := open(t, p)
	write(t, log, "x")
	n := 20_000
	if p.Small {
		n = 2_000
	}
	state := make([]string, n)
	for i := range state {
		state[i] = fmt.Sprintf("%d %s", i, strings.Repeat("s", i%300))
	}
	state[7] = strings.Repeat("a large one ", 512<<10/12)
	if err := log.Snapshot(1, saving(state)); err != nil {
		t.Fatal(err)
	}
	shut(t, log)
	log, k := open(t, p)
	same(t, k.all(), state)
	shut(t, log)
}

// testBusySnapshot writes while a snapshot is saved, and crashes: the snapshot
// and what was written meanwhile are both there.
func testBusySnapshot(t *testing.T, p Place) {
	log, _ := open(t, p)
	first := numbered(1, 10)
	write(t, log, first...)
	if _, err := log.Append([]byte("not durable yet")); err != nil {
		t.Fatal(err)
	}
	meanwhile := numbered(12, 20)
	err := log.Snapshot(11, func(put func([]byte) error) error {
		write(t, log, meanwhile[:5]...)
		if err := put([]byte("eleven")); err != nil {
			return err
		}
		var wg sync.WaitGroup
		wg.Go(func() { write(t, log, meanwhile[5:]...) })
		wg.Wait()
		return put([]byte("more of them"))
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, log, "behind")
	p.Crash()
	log, k := open(t, p)
	same(t, k.snapshot, []string{"eleven", "more of them"})
	same(t, k.records, append(meanwhile, "behind"))
	if k.found.Snapshot != 11 || log.Last() != 21 {
		t.Errorf("snapshot up to %d, last record %d", k.found.Snapshot, log.Last())
	}
	shut(t, log)
}

func testFailedSnapshot(t *testing.T, p Place) {
	log, _ := open(t, p)
	want := numbered(1, 10)
	write(t, log, want...)
	no := errors.New("no")
	if err := log.Snapshot(10, func(put func([]byte) error) error {
		if err := put([]byte("half")); err != nil {
			return err
		}
		return no
	}); !errors.Is(err, no) {
		t.Fatalf("snapshot: %v", err)
	}
	if err := log.Snapshot(10, func(put func([]byte) error) error { return put(nil) }); err == nil {
		t.Fatal("an empty record is put")
	}
	write(t, log, "eleven")
	p.Crash()
	log, k := open(t, p)
	same(t, k.snapshot, nil)
	same(t, k.records, append(want, "eleven"))
	shut(t, log)
}
