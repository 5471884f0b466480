package earnings

import (
	"context"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
)

// keep returns the file of a closed book as it is, for a backup.
func (w *world) keep() []byte {
	w.t.Helper()
	raw, err := os.ReadFile(w.path)
	if err != nil {
		w.t.Fatal(err)
	}
	return raw
}

// A copy from before a preimage reached the hub counted its tick twice, asked for
// more than the hub owed with every batch, and so earned nothing for hours.
func TestR15OldCopyGoesOnAfterTicksThatTheHubHasCounted(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	w.mustTick(b, 100)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	old := w.keep()
	b = w.open()
	w.mustTick(b, 200)
	w.flush(b)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	b = w.open()
	if err := b.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := w.totals(b); s.Earned != w.hub.base {
		t.Errorf("earned %s in the copy, and the hub counts %s", s.Earned, w.hub.base)
	}
	w.mustTick(b, 50)
	w.flush(b)
	if s := w.totals(b); s.Earned != w.hub.base || s.Earned != wherry.Base(99+198+49) {
		t.Errorf("earned %s, and the hub counts %s", s.Earned, w.hub.base)
	}
}

// A start between a tick's settlement and the hub's next answer counted the tick
// twice, for good.
func TestSettledTickIsNotCountedTwiceAfterAStart(t *testing.T) {
	w := newWorld(t)
	w.reserve(1000)
	b := w.open()
	id, _ := w.mustTick(b, 100)
	w.chain.Advance(w.hub.life - channel.RevealUntil + time.Minute)
	for range 6 {
		if err := b.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.chain.Mine(1)
	}
	// The hub has seen the preimage on chain.
	lock := channel.Lock(b.preimage(id))
	w.hub.base, _ = w.hub.base.Add(w.hub.open[lock])
	delete(w.hub.open, lock)
	b = w.reopen(b)
	if err := b.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := w.totals(b); s.Earned != wherry.Base(99) || s.Settled != wherry.Base(99) {
		t.Errorf("%+v: one tick of 99 was earned and settled", s)
	}
}

// The hub counted a settlement as soon as it stood in a block, and its next
// payout came before that block was final: the tick was counted twice, for good.
func TestSettlementThatTheHubCountsFirstIsCountedOnce(t *testing.T) {
	for _, reopen := range []bool{false, true} {
		w := newWorld(t)
		w.reserve(1000)
		b := w.open()
		id, _ := w.mustTick(b, 100)
		w.chain.Advance(w.hub.life - channel.RevealUntil + time.Minute)
		if err := b.Refresh(t.Context()); err != nil { // it is sent, and mined
			t.Fatal(err)
		}
		lock := channel.Lock(b.preimage(id))
		w.hub.base, _ = w.hub.base.Add(w.hub.open[lock])
		delete(w.hub.open, lock)
		if reopen {
			b = w.reopen(b)
		}
		w.mustTick(b, 100)
		w.flush(b)
		for range 6 {
			w.chain.Mine(1)
			if err := b.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if s := w.totals(b); s.Earned != wherry.Base(198) || s.Settled != wherry.Base(99) {
			t.Errorf("opened again %v: %+v: two ticks of 99 were earned, and one is settled", reopen, s)
		}
	}
}

// A batch that nobody answered was sent again hours later, with the preimages
// that it had carried.
func TestR9OldBatchShowsNothingTooLate(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	_, first := w.mustTick(b, 100)
	w.hub.fail = func() error { return wherry.Errorf(wherry.Unreachable, "the hub is away") }
	if _, _, err := w.tick(b, 100); wherry.CodeOf(err) != wherry.Unreachable {
		t.Fatal(err)
	}
	w.hub.fail = nil
	w.chain.Advance(w.hub.life - channel.RevealUntil + time.Minute)
	if err := b.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if w.hub.shown[first] {
		t.Error("the preimage went to the hub with less than RevealUntil left")
	}
	w.mustTick(b, 100) // and business goes on
}

// A settlement stood in a block, where the hub saw its preimage and counted the
// tick; then the block was gone, the payout expired, and the book never asked.
func TestTickThatExpiredIsAskedAbout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		b := w.open()
		id, _ := w.mustTick(b, 100)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- b.Run(ctx) }()
		time.Sleep(time.Second)
		synctest.Wait()
		lock := channel.Lock(b.preimage(id))
		w.hub.base, _ = w.hub.base.Add(w.hub.open[lock])
		delete(w.hub.open, lock)
		w.chain.Advance(w.hub.life + time.Minute)
		time.Sleep(time.Second)
		synctest.Wait()
		if s := w.totals(b); s.Earned != wherry.Base(99) {
			t.Errorf("earned %s: the hub has counted a tick of 99", s.Earned.BaseString())
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		_ = b.Close()
	})
}
