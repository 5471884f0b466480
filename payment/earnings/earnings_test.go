package earnings

import (
	"bytes"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
)

func TestTicksAreEarnedAndSettled(t *testing.T) {
	w := newWorld(t)
	w.reserve(5000)
	b := w.open()
	if err := b.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		id, r := w.mustTick(b, 1000, 199) // net 990 + 197
		if again, err := b.Preimage(t.Context(), id); err != nil || again != r || !w.locks[channel.Lock(r)] {
			t.Fatal(again, err)
		}
	}
	if s := w.totals(b); s.Earned != wherry.Base(3*1187) || s.Fees != wherry.Base(3*12) || !s.Unrevealed.IsZero() || !s.Other.IsZero() {
		t.Errorf("%+v", s)
	}
	w.flush(b)
	if b.Unrevealed() {
		t.Error("something is left to show")
	}
	if s := w.totals(b); s.Earned != w.hub.base || s.Waiting != wherry.Base(3561) || s.Fees != wherry.Base(36) {
		t.Errorf("%+v, the hub counts %d", s, w.hub.base)
	}
	look, err := b.Settle(t.Context(), true)
	if err != nil || look.Due != wherry.Base(3561) || look.Reserved != wherry.Base(5000) || look.ID != 0 || look.Cost.Gas == 0 {
		t.Fatalf("%+v %v", look, err)
	}
	s, err := b.Settle(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	for range 6 {
		w.chain.Mine(1)
		if err := b.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if s, err = b.Wait(t.Context(), s.ID); err != nil || s.State != onchain.Final {
		t.Fatal(s, err)
	}
	if s := w.totals(b); s.Settled != wherry.Base(3561) || !s.Waiting.IsZero() || s.Reserved != wherry.Base(1439) {
		t.Errorf("%+v", s)
	}
	_, err = b.Settle(t.Context(), false)
	wantCode(t, err, wherry.Conflict)
	all, err := b.Settlements(t.Context(), 5)
	if err != nil || len(all) != 1 {
		t.Error(all, err)
	}
}

// R7: a preimage is in no file, and none is handed out before its payout is kept.
func TestR7PreimageIsNotShownBeforeItsPayoutIsKept(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	id, lock, err := w.draw(b)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Preimage(t.Context(), id)
	wantCode(t, err, wherry.Conflict)
	batch, err := b.Batch(t.Context(), id, w.promises(lock, 1000))
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Preimage(t.Context(), id)
	wantCode(t, err, wherry.Conflict)
	if b.Unrevealed() {
		t.Error("there is something to show")
	}
	open, ok, err := b.openBatch(t.Context())
	if err != nil || !ok {
		t.Fatal(err)
	}
	a, err := w.hub.Pay(t.Context(), open.raw)
	if err != nil {
		t.Fatal(err)
	}
	b.db.Cut = func() error { return errCut }
	if r, err := b.Answer(t.Context(), batch, a); !errors.Is(err, errCut) || !r.IsZero() {
		t.Fatal(r, err)
	}
	b = w.reopen(b)
	r, err := b.Preimage(t.Context(), id) // the commit was made
	if err != nil || channel.Lock(r) != lock {
		t.Fatal(r, err)
	}
	for _, p := range []string{w.path, w.path + "-wal"} {
		raw, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		secret := secretOf(w.provider)
		if bytes.Contains(raw, r[:]) || bytes.Contains(raw, secret[:]) {
			t.Errorf("%s holds a preimage or the secret", p)
		}
	}
}

// Cutting the process after each of its commits in turn, with answers lost or
// not: no preimage that was handed out is lost, no lock is drawn twice, no tick
// is asked for with other bytes, and what the hub counts is what was earned.
func TestNothingIsLostWhereverTheProcessDies(t *testing.T) {
	for _, lost := range []bool{false, true} {
		for at := 1; ; at++ {
			w := newWorld(t)
			b := w.open()
			n := 0
			b.db.Cut = func() error {
				if n++; n >= at {
					return errCut
				}
				return nil
			}
			handed := map[wherry.Hash]bool{}
			w.hub.lose = lost
			for range 3 {
				_, r, err := w.tick(b, 1000, 500)
				if err == nil {
					handed[r] = true
				}
			}
			w.hub.lose = false
			done := n < at
			b = w.reopen(b)
			if err := b.Restore(t.Context()); err != nil {
				t.Fatalf("cut at commit %d, answers lost %v: %v", at, lost, err)
			}
			_, r := w.mustTick(b, 100)
			handed[r] = true
			w.flush(b)
			for r := range handed {
				if !w.hub.shown[r] {
					t.Fatalf("cut at commit %d, answers lost %v: a preimage that was handed out never reached the hub", at, lost)
				}
			}
			if len(w.hub.open) != 0 {
				t.Fatalf("cut at commit %d, answers lost %v: %d accepted ticks were never revealed", at, lost, len(w.hub.open))
			}
			if s := w.totals(b); s.Earned != w.hub.base || !s.Unrevealed.IsZero() || !s.Other.IsZero() {
				t.Fatalf("cut at commit %d, answers lost %v: %+v, the hub counts %d", at, lost, s, w.hub.base)
			}
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			if done {
				if at < 8 {
					t.Errorf("only %d commits were cut", at-1)
				}
				break
			}
		}
	}
}

func TestHubThatDoesNotAnswerGetsTheSameBytes(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	down := true
	calls := 0
	w.hub.fail = func() error {
		calls++
		if down {
			return wherry.Errorf(wherry.Unreachable, "no")
		}
		return nil
	}
	first, _, err := w.tick(b, 1000)
	wantCode(t, err, wherry.Unreachable)
	_, _, err = w.tick(b, 500)
	wantCode(t, err, wherry.Unreachable)
	if len(w.hub.batches) != 0 || calls != 2 {
		t.Fatal("a batch overtook another")
	}
	down = false
	w.mustTick(b, 300)
	if _, err := b.Preimage(t.Context(), first); wherry.CodeOf(err) != wherry.Conflict {
		t.Error("the first tick is not done: ", err)
	}
	w.flush(b)
	if s := w.totals(b); s.Earned != wherry.Base(990+297) || s.Earned != w.hub.base {
		t.Errorf("%+v", s)
	}
}

// R9: an answer that falls short is not taken, its preimage stays here, and what
// was revealed with it is revealed again.
func TestR9PayoutForLessThanAskedIsRefused(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	w.mustTick(b, 1000)
	w.hub.spoil = func(a *channel.Answer) { a.Locked.Total = a.Locked.Total.SubFloor(wherry.Base(1)) }
	id, r, err := w.tick(b, 500)
	wantCode(t, err, wherry.Refused)
	if !r.IsZero() {
		t.Error("its preimage was handed out")
	}
	_, err = b.Preimage(t.Context(), id)
	wantCode(t, err, wherry.Conflict)
	w.mustTick(b, 100)
	w.flush(b)
	if s := w.totals(b); s.Earned != wherry.Base(990+99) || s.Earned != w.hub.base {
		t.Errorf("%+v, the hub counts %d", s, w.hub.base)
	}
	if len(w.hub.open) != 1 {
		t.Errorf("%d ticks unrevealed at the hub", len(w.hub.open))
	}
}

// Resume may take an answer while the batch's own caller still waits for it.
func TestAnswerThatWasTakenBefore(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	id, lock, err := w.draw(b)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := b.Batch(t.Context(), id, w.promises(lock, 1000))
	if err != nil {
		t.Fatal(err)
	}
	open, _, err := b.openBatch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.hub.Pay(t.Context(), open.raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r, err := b.Answer(t.Context(), batch, a); err != nil || channel.Lock(r) != lock {
		t.Fatal(r, err)
	}
	forged := a
	forged.Locked.Total = wherry.Base(5)
	_, err = b.Answer(t.Context(), batch, forged)
	wantCode(t, err, wherry.Conflict)
	wantCode(t, b.Abandon(t.Context(), batch), wherry.Conflict)
	if s := w.totals(b); s.Earned != wherry.Base(990) {
		t.Errorf("%+v", s)
	}
	if batch, err = b.Batch(t.Context(), channel.TickID{}, nil); err != nil {
		t.Fatal(err)
	}
	if open, _, err = b.openBatch(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a, err = w.hub.Pay(t.Context(), open.raw); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if r, err := b.Answer(t.Context(), batch, a); err != nil || !r.IsZero() {
			t.Fatal(r, err)
		}
	}
}

func TestRefusedItemsAreNotEarned(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	w.hub.refuse = map[int]bool{0: true}
	id, lock, err := w.draw(b)
	if err != nil {
		t.Fatal(err)
	}
	ps := w.promises(lock, 1000, 500)
	c, err := b.Clear(t.Context(), id, ps)
	if err != nil || len(c.Answer.Refused) != 1 || c.Answer.Refused[0].Order != ps[0].ID() || c.Preimage.IsZero() {
		t.Fatal(c, err)
	}
	w.hub.refuse = map[int]bool{0: true}
	if _, r := w.mustTick(b, 700); !r.IsZero() {
		t.Error("a preimage for nothing")
	}
	w.flush(b)
	if s := w.totals(b); s.Earned != wherry.Base(495) || s.Fees != wherry.Base(5) {
		t.Errorf("%+v", s)
	}
}

func TestWholeBatchRefused(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	w.mustTick(b, 1000)
	w.hub.fail = func() error { return wherry.Errorf(wherry.Conflict, "no") }
	_, _, err := w.tick(b, 500)
	wantCode(t, err, wherry.Conflict)
	w.hub.fail = func() error { return wherry.Errorf(wherry.NotFound, "not bound") }
	waits, _, err := w.tick(b, 300)
	wantCode(t, err, wherry.NotFound)
	w.hub.fail = nil
	if err := b.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Preimage(t.Context(), waits); err != nil {
		t.Error("a batch that came before the binding was given up: ", err)
	}
	w.flush(b)
	if s := w.totals(b); s.Earned != wherry.Base(990+297) {
		t.Errorf("%+v", s)
	}
}

// A file that is lost costs nothing that the hub still shows.
func TestLostFileIsRestoredFromTheHub(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	w.mustTick(b, 1000)
	_, last := w.mustTick(b, 500)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	w.path += ".new"
	b = w.open()
	forged := func(p *channel.Payouts) { p.Unlocked.Total = wherry.Base(1 << 60) }
	w.hub.payout = forged
	wantCode(t, b.Restore(t.Context()), wherry.Forbidden)
	w.hub.payout = nil
	if err := b.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.mustTick(b, 100)
	w.flush(b)
	if !w.hub.shown[last] {
		t.Error("the last tick was not revealed")
	}
	if s := w.totals(b); s.Earned != wherry.Base(990+495+99) || s.Earned != w.hub.base {
		t.Errorf("%+v", s)
	}
}

func TestFileOfAnotherBookIsRefused(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	w.hub.payee = wherry.Address{4}
	_, err := w.openErr()
	wantCode(t, err, wherry.Conflict)
	w.hub.payee = w.provider.Address()
	w.provider = key(7)
	_, err = w.openErr()
	wantCode(t, err, wherry.Conflict)
	w.provider = key(1)
	b = w.open()
	_, err = w.openErr()
	wantCode(t, err, wherry.Conflict) // one writer
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestPromiseOfAnotherTickOrChain(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	id, lock, err := w.draw(b)
	if err != nil {
		t.Fatal(err)
	}
	p := w.promises(lock, 10)[0]
	if err := b.CheckPromise(id, p); err != nil {
		t.Fatal(err)
	}
	other, _, err := w.draw(b)
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, b.CheckPromise(other, p), wherry.Invalid)
	q := p
	q.A = typed.Domain{ChainID: chainA.ChainID, Contract: wherry.Address{1}}
	q.Sig = key(3).Sign(q.Digest())
	wantCode(t, b.CheckPromise(id, q), wherry.Invalid)
	q = p
	q.Sig = key(4).Sign(p.Digest())
	wantCode(t, b.CheckPromise(id, q), wherry.Forbidden)
}

func TestUnusedTicksDoNotPileUp(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	for range 3 * drawnKept {
		if _, _, err := w.draw(b); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(b.book.Ticks(channel.Drawn)); n != drawnKept {
		t.Errorf("%d ticks are kept", n)
	}
	b = w.reopen(b)
	if n := len(b.book.Ticks(channel.Drawn)); n != 0 {
		t.Errorf("%d ticks of the run before", n)
	}
	w.mustTick(b, 10)
}

// A hub lets the provider alone use all that it may have open.
func TestBatchesAreSignedByTheProvider(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	n := 0
	w.hub.seen = func(q channel.Batch) {
		n++
		if err := q.Verify(); err != nil {
			t.Error(err)
		}
	}
	w.mustTick(b, 100)
	w.flush(b)
	if n != 2 {
		t.Errorf("%d batches", n)
	}
}

// A payout that fell short is worth nothing to the hub as long as the preimage
// stays here: also when the hub shows it again, to the next run.
func TestTickThatWasGivenUpIsNotRestored(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	w.hub.spoil = func(a *channel.Answer) { a.Locked.Total = wherry.Base(1) }
	_, lock, err := w.tick(b, 1000)
	wantCode(t, err, wherry.Refused)
	if w.hub.locked[lock].IsZero() {
		w.hub.locked[lock] = w.sign(channel.SignedPayout{
			Payee: w.hub.payee, Total: wherry.Base(1), Expiry: uint64(w.now().Add(12 * time.Hour).Unix()), Hashlock: lock,
		})
	}
	for range 2 {
		b = w.reopen(b)
		if err := b.Restore(t.Context()); err != nil {
			t.Fatal(err)
		}
		if b.Unrevealed() || len(b.book.Ticks(channel.Shown)) != 0 {
			t.Fatal("its preimage would go out")
		}
	}
}

func (w *world) sign(p channel.SignedPayout) channel.SignedPayout {
	p.Sig = w.hub.key.Sign(p.Payout().Digest(w.hub.b))
	return p
}
