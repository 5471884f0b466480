package hub

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/journal/stream/streamtest"
)

// TestJournalMovesToServersAndBack hands a hub's journal over from its disk to
// three servers and back. It gives the same answers everywhere, both journals
// that it left are not opened any more, and who looks finds all of it.
func TestJournalMovesToServersAndBack(t *testing.T) {
	c := streamtest.New(t, 3)
	cfg := onStream(t, c.URL("moved"), 3)
	ctx := context.Background()
	w := newWorld(t, 0, nil)
	cfg.Owner = w.key.Address().String()
	p, con := w.provider("p"), w.consumer("c", "5")
	first := p.batch(1, nil, con.order(p, 1, "0.1"))
	before := p.pay(first)

	w.halt()
	disk := w.cfg.Dir
	var moved bytes.Buffer
	if _, err := BackupDir(disk, &moved, true, time.Now()); err != nil {
		t.Fatal(err)
	}
	from := func(b *bytes.Buffer) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b.Bytes())), nil }
	}
	put := func(ctx context.Context, hub wherry.Address, upTo uint64, save func(func([]byte) error) error) error {
		if hub != w.key.Address() {
			t.Errorf("the backup is of %s", hub)
		}
		return cfg.Import(ctx, upTo, save)
	}
	got, err := RestoreInto(ctx, "it", from(&moved), RestoreOptions{Hub: w.key.Address(), Chains: w.cfg.Chains}, time.Now(), put)
	if err != nil || got.Whole != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	if _, err := RestoreInto(ctx, "it", from(&moved), RestoreOptions{}, time.Now(), put); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("over a journal that is there: %v", err)
	}
	w.cfg.Journal = cfg.Opener(ctx)
	w.start()
	if a := p.pay(first); a.Locked != before.Locked {
		t.Fatal("the same batch gets another answer from the servers")
	}
	second := p.batch(2, []uint64{1}, con.order(p, 2, "0.1"))
	middle := p.pay(second)
	sums := w.hub.Totals()

	// Looking at it, and copying it, while it serves.
	kinds := map[string]int{}
	found, err := ReadFrom(ctx, cfg.Read, func(_ uint64, kind string, _ []byte) { kinds[kind]++ })
	if err != nil || found.Hub != w.key.Address() || found.Records != w.hub.Status().Records || kinds["pay"] == 0 || kinds["end"] != 1 {
		t.Fatalf("%+v %v, %v", found, kinds, err)
	}
	var copied bytes.Buffer
	if _, err := BackupFrom(ctx, cfg.Read, &copied, time.Now()); err != nil {
		t.Fatal(err)
	}
	if c, err := ReadBackup("it", &copied); err != nil || c.Records != found.Records || c.Moved || c.Totals[0] != found.Totals[0] {
		t.Fatalf("%+v, %v", c, err)
	}
	if err := HandOver(cfg.Opener(ctx), time.Now()); wherry.CodeOf(err) != wherry.Busy {
		t.Fatalf("handed over while it serves: %v", err)
	}

	w.halt()
	for range 2 { // the copy was lost on the way
		if err := HandOver(cfg.Opener(ctx), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	moved.Reset()
	if c, err := BackupFrom(ctx, cfg.Read, &moved, time.Now()); err != nil || !c.Moved {
		t.Fatalf("%+v, %v", c, err)
	}
	if _, err := Open(w.cfg); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("the journal that was handed over opens: %v", err)
	}
	w.cfg.Journal, w.cfg.Dir = nil, filepath.Join(t.TempDir(), "back")
	if c, err := Restore(ctx, w.cfg.Dir, "it", from(&moved), RestoreOptions{Chains: w.cfg.Chains}, time.Now()); err != nil || c.Whole != nil {
		t.Fatalf("%+v, %v", c, err)
	}
	w.start()
	if a := p.pay(second); a.Locked != middle.Locked {
		t.Fatal("the same batch gets another answer from the disk")
	}
	if now := w.hub.Totals(); now.Spent != sums.Spent || now.Pending != sums.Pending {
		t.Fatalf("%+v, want %+v", now, sums)
	}
	p.pay(p.batch(0, []uint64{2}))
	w.settle()
	if got := w.tokensOf(w.b, p.payee.Address()); got != tokens("0.198") {
		t.Fatalf("the payee has %s", got)
	}
}
