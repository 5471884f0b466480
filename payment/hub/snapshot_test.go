package hub

import (
	"strings"
	"sync"
	"testing"

	"github.com/wherrynet/wherry/payment/journal"
)

// gatedDisk holds up whoever writes a snapshot.
type gatedDisk struct {
	journal.Disk
	writing, free chan struct{}
	once          sync.Once
}

type gatedFile struct {
	journal.File
	d *gatedDisk
}

func (d *gatedDisk) Create(name string) (journal.File, error) {
	f, err := d.Disk.Create(name)
	if err != nil || !strings.Contains(name, ".snap") {
		return f, err
	}
	return gatedFile{f, d}, nil
}

func (f gatedFile) Write(b []byte) (int, error) {
	f.d.once.Do(func() {
		close(f.d.writing)
		<-f.d.free
	})
	return f.File.Write(b)
}

// TestHubServesWhileASnapshotIsWritten holds a snapshot up in the middle: orders
// are taken, revealed and answered meanwhile, and what is found after a restart is
// the book with all of it.
func TestHubServesWhileASnapshotIsWritten(t *testing.T) {
	d := &gatedDisk{writing: make(chan struct{}), free: make(chan struct{})}
	w := newWorld(t, 0, func(c *Config) { c.FS = d })
	p, c, other := w.provider("p"), w.consumer("c", "5"), w.consumer("other", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1"), other.order(p, 1, "0.1")))
	p.pay(p.batch(2, []uint64{1}, c.order(p, 2, "0.1")))
	done := make(chan error, 1)
	go func() { done <- w.hub.takeSnapshot() }()
	<-d.writing
	p.pay(p.batch(3, []uint64{2}, other.order(p, 3, "0.1"))) // other was at rest
	w.consumer("new", "3")
	p.pay(p.batch(0, []uint64{3}))
	if s := w.hub.Status(); !s.Serving {
		t.Fatalf("%+v", s)
	}
	close(d.free)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if err := w.hub.takeSnapshot(); err != nil { // the next one can be taken
		t.Fatal(err)
	}
	p.pay(p.batch(4, nil, c.order(p, 4, "0.1")))
	want := w.hub.Totals()
	w.restart()
	if got := w.hub.Totals(); got.Spent != want.Spent || got.Pending != want.Pending || got.Earned != want.Earned || got.Spent != tokens("0.4") {
		t.Fatalf("%+v, want %+v", got, want)
	}
}

// TestSnapshotThatCannotBeWrittenHoldsNobodyUp: the disk is full for snapshots
// alone. The next one is taken when there is room.
func TestSnapshotThatCannotBeWrittenHoldsNobodyUp(t *testing.T) {
	disk := &fullDisk{}
	w := newWorld(t, 0, func(c *Config) { c.FS = disk })
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	disk.snapshots.Store(true)
	for range 2 {
		if err := w.hub.takeSnapshot(); err == nil {
			t.Fatal("a snapshot is written on a full disk")
		}
	}
	p.pay(p.batch(2, []uint64{1}, c.order(p, 2, "0.1")))
	disk.snapshots.Store(false)
	if err := w.hub.takeSnapshot(); err != nil {
		t.Fatal(err)
	}
	p.pay(p.batch(0, []uint64{2}))
	w.restart()
	if got := w.hub.Totals(); got.Spent != tokens("0.2") {
		t.Fatalf("%+v", got)
	}
}
