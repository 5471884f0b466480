package earnings

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
)

// R9: with the hub silent and little of a payout's life left, the tick goes on
// chain, from the reserve or not at all.
func TestR9SettlesBeforeAPayoutExpires(t *testing.T) {
	for name, reserved := range map[string]uint64{"covered": 990, "one unit short": 989} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.reserve(reserved)
			b := w.open()
			w.mustTick(b, 1000)
			w.hub.fail = func() error { return wherry.Errorf(wherry.Unreachable, "silent") }
			w.chain.Advance(5 * time.Hour)
			if err := b.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			if all, err := b.Settlements(t.Context(), 5); err != nil || len(all) != 0 {
				t.Fatal("settled too early", all, err)
			}
			w.chain.Advance(90 * time.Minute)
			for range 8 {
				if err := b.Refresh(t.Context()); err != nil {
					t.Fatal(err)
				}
				w.chain.Mine(1)
			}
			covered := reserved == 990
			if all, err := b.Settlements(t.Context(), 5); err != nil || (len(all) == 1) != covered {
				t.Fatal(all, err)
			}
			if b.Unrevealed() {
				t.Error("its preimage would still go out off chain")
			}
			if covered {
				if s := w.totals(b); s.Settled != wherry.Base(990) || s.Earned != wherry.Base(990) {
					t.Errorf("%+v", s)
				}
				return
			}
			w.chain.Advance(7 * time.Hour)
			if err := b.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			if s := w.totals(b); !s.Earned.IsZero() || !s.Settled.IsZero() {
				t.Errorf("expired: %+v", s)
			}
		})
	}
}

// The hub counts a tick that was settled on chain in its own time.
func TestSettledTickIsCountedOnce(t *testing.T) {
	w := newWorld(t)
	w.reserve(5000)
	b := w.open()
	w.mustTick(b, 1000)
	w.chain.Advance(7 * time.Hour)
	for range 8 {
		if err := b.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.chain.Mine(1)
	}
	if s := w.totals(b); s.Settled != wherry.Base(990) || s.Earned != wherry.Base(990) {
		t.Fatalf("%+v", s)
	}
	w.mustTick(b, 100) // the hub has not seen it yet
	for l, net := range w.hub.open {
		if net == wherry.Base(990) {
			w.hub.base, _ = w.hub.base.Add(net)
			delete(w.hub.open, l)
		}
	}
	w.flush(b)
	if s := w.totals(b); s.Earned != wherry.Base(990+99) || s.Waiting != wherry.Base(99) {
		t.Errorf("%+v", s)
	}
}

// R13: what is not reserved on chain is not served for, beyond the trust.
func TestR13ServesWithinReserveAndTrust(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	wantCode(t, b.Serve(t.Context()), wherry.Pending)
	if err := b.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Serve(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.mustTick(b, 1000)
	wantCode(t, b.Serve(t.Context()), wherry.NotFunded)
	w.reserve(990)
	if err := b.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Serve(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := w.totals(b); !s.AtRisk.IsZero() || s.Reserved != wherry.Base(990) {
		t.Errorf("%+v", s)
	}
	// The owner announces a cut.
	w.byHub(chain.AnnounceCut{Hub: w.hub.key.Address(), Payee: w.hub.payee})
	if err := b.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantCode(t, b.Serve(t.Context()), wherry.NotFunded)
	b.view.read = time.Now().Add(-w.chain.Params().Delay / 3)
	wantCode(t, b.Serve(t.Context()), wherry.Pending)
}

// R14: both keys sign, numbers grow by one, and another book's binding is no end.
func TestR14BindsWithBothKeys(t *testing.T) {
	w := newWorld(t)
	payee := key(8)
	w.hub.payee = payee.Address()
	b := w.open()
	wantCode(t, b.Bind(t.Context(), w.provider), wherry.Invalid)
	for range 2 {
		if err := b.Bind(t.Context(), payee); err != nil {
			t.Fatal(err)
		}
	}
	if w.hub.bound.Seq != 1 || w.hub.bound.Payee != payee.Address() {
		t.Fatalf("%+v", w.hub.bound)
	}
	w.hub.bound = channel.Bound{Payee: wherry.Address{9}, Seq: 5}
	if err := b.Bind(t.Context(), payee); err != nil {
		t.Fatal(err)
	}
	b = w.reopen(b)
	if err := b.Bind(t.Context(), payee); err != nil || w.hub.bound.Seq != 6 {
		t.Fatalf("%+v %v", w.hub.bound, err)
	}
}

// A settlement that goes through and pays nothing, since the hub has nothing, is
// no end of it: nothing is earned by that.
func TestSettlementThatPaysNothingIsNotFinal(t *testing.T) {
	w := newWorld(t)
	w.byHub(chain.Withdraw{Hub: w.hub.key.Address(), Amount: wherry.Base(1_000_000)})
	cfg := w.config()
	cfg.Trust = wherry.Base(5000)
	b, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	w.mustTick(b, 1000)
	w.chain.Advance(7 * time.Hour)
	for range 8 {
		if err := b.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.chain.Mine(1)
	}
	all, err := b.Settlements(t.Context(), 5)
	if err != nil || len(all) != 1 || all[0].State != onchain.Failed || all[0].Tx.IsZero() || all[0].Error == "" {
		t.Fatal(all, err)
	}
	if got := len(b.book.Ticks(channel.Shown)); got != 1 {
		t.Errorf("%d ticks wait for their money", got)
	}
}

// A settlement that could not be sent in time is not sent at all: the contract
// would skip it, and the preimage would be public.
func TestExpiredSettlementIsNotSent(t *testing.T) {
	w := newWorld(t)
	w.reserve(990)
	b := w.open()
	w.mustTick(b, 1000)
	w.chain.Advance(7 * time.Hour)
	head := w.now()
	b.setTime(head)
	b.mu.Lock()
	err := b.planTick(t.Context(), b.book, b.book.Ticks(channel.Shown)[0])
	b.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	w.chain.Advance(5*time.Hour - channel.SettleUntil + time.Minute) // out of reach meanwhile
	for range 8 {
		if err := b.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.chain.Mine(1)
	}
	all, err := b.Settlements(t.Context(), 5)
	if err != nil || len(all) != 1 || all[0].State != onchain.Failed || !all[0].Tx.IsZero() {
		t.Fatal(all, err)
	}
}

// A settlement came into a block when its payout had expired, and paid nothing.
// What was paid for a later tick, here in the same block, reached its total all the
// same: the tick counted as settled, and as still to come, for good.
func TestLateSettlementIsNotFinalByWhatAnotherTickWasPaid(t *testing.T) {
	for name, late := range map[string]bool{"too late": true, "in time": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.reserve(1000)
			b := w.open()
			first, _ := w.mustTick(b, 100)
			w.chain.Advance(w.hub.life - channel.SettleUntil - time.Minute)
			if err := b.Refresh(t.Context()); err != nil { // it is sent, and mined
				t.Fatal(err)
			}
			usual, err := w.chain.GasPrice(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			wei := usual.Big().Uint64()
			if late { // that block goes back, and in a dearer one there is no room
				w.chain.SetGasPrice(10 * wei)
				w.chain.Reorg(1, false)
			}
			_, second := w.mustTick(b, 100)
			other := w.hub.locked[channel.Lock(second)]
			w.flush(b) // the hub has seen the second preimage, and not the first
			w.chain.Advance(channel.SettleUntil + 2*time.Minute)
			w.chain.SetGasPrice(wei)
			w.byHub(chain.Settle{Hub: w.hub.key.Address(), Payouts: []chain.SignedPayout{{Payout: other.Payout(), Signature: other.Sig, Preimage: second}}})
			for range 8 {
				w.chain.Mine(1)
				if err := b.Refresh(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			want, state := wherry.Base(99), onchain.Failed
			if !late { // its preimage stands on chain, and the hub counts it in its own time
				want, state = wherry.Base(2*99), onchain.Final
			}
			all, err := b.Settlements(t.Context(), 5)
			if err != nil || len(all) != 1 || all[0].State != state {
				t.Fatalf("%+v %v: want it to be %s", all, err, state)
			}
			if s := w.totals(b); s.Settled != wherry.Base(99) || s.Earned != want {
				t.Errorf("%+v: want %s earned", s, want.BaseString())
			}
			if _, err := b.Preimage(t.Context(), first); (err != nil) != late {
				t.Errorf("the tick is in the book: %v", err)
			}
		})
	}
}

// A hub forgets whom it has never paid: the next batch says again who is paid.
func TestForgottenBindingIsSaidAgain(t *testing.T) {
	w := newWorld(t)
	b := w.open()
	if err := b.Bind(t.Context(), w.provider); err != nil {
		t.Fatal(err)
	}
	bindings := 0
	w.hub.bind = func(r channel.Binding) error { bindings++; return r.Verify() }
	w.hub.fail = func() error {
		if bindings == 0 {
			return wherry.Errorf(wherry.NotFound, "not bound")
		}
		return nil
	}
	w.mustTick(b, 1000)
	if w.flush(b); bindings != 1 {
		t.Errorf("bound %d times", bindings)
	}
	if s := w.totals(b); s.Earned != wherry.Base(990) {
		t.Errorf("%+v", s)
	}
}
