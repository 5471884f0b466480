package relayer

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
)

// collect lets the hub collect a promise of the consumer's.
func (w *world) collect(total wherry.Amount) {
	w.t.Helper()
	preimage := wherry.Hash{7}
	p := typed.Promise{Hub: w.hub.Address(), Total: total, Hashlock: channel.Lock(preimage), Order: wherry.Hash{8}}
	w.send(w.hub, chain.Collect{Hub: w.hub.Address(), Claims: []chain.Claim{{
		Consumer: w.consumer.Address(), Promise: p, Signature: w.consumer.Sign(p.Digest(w.chain.Params().Domain())), Preimage: preimage,
	}}})
}

var errCut = errors.New("the process dies here")

// Wherever the process dies, each message counts once and every fee is paid: a
// consumer that repeats its requests after each restart gets through.
func TestDiesAtEveryWrite(t *testing.T) {
	for _, lost := range []bool{false, true} {
		for at := 1; ; at++ {
			w := newWorld(t)
			r := w.open()
			n := 0
			r.db.Cut = func() error {
				if n++; n >= at {
					return errCut
				}
				return nil
			}
			w.chain.LoseAnswers(lost)
			up := w.sign(w.topUp(w.quote(r), wherry.Tokens(10)))
			_, _ = r.Submit(t.Context(), up)
			w.carryOn(r)
			if w.in().Deposited.IsZero() {
				r = w.restart(r)
				w.submit(r, up)
				w.settle(r)
			}
			leave := w.sign(w.leave(w.quote(r)))
			_, _ = r.Submit(t.Context(), leave)
			w.carryOn(r)
			done := n < at
			r = w.restart(r)
			w.submit(r, leave)
			w.settle(r)
			w.chain.Advance(week)
			w.settle(r)
			want := sub(t, wherry.Tokens(100), up.Fee, leave.Fee)
			if got := w.tokens(w.consumer.Address()); got != want {
				t.Fatalf("cut at write %d: the consumer has %s: want %s", at, got, want)
			}
			sums, err := r.Totals(t.Context())
			if err != nil || sums.Open != 0 || sums.Failed != 0 || sums.Earned != w.tokens(w.relayer.Address()) {
				t.Fatalf("cut at write %d: %+v, %v", at, sums, err)
			}
			if done {
				if at < 10 {
					t.Errorf("only %d writes were cut", at-1)
				}
				break
			}
		}
	}
}

// carryOn lets a process that may be dying do what it can.
func (w *world) carryOn(r *Relayer) {
	for range 8 {
		_ = r.Step(w.t.Context())
		w.chain.Mine(1)
	}
}

func (w *world) restart(r *Relayer) *Relayer {
	w.t.Helper()
	w.chain.LoseAnswers(false)
	if err := r.Close(); err != nil {
		w.t.Fatal(err)
	}
	return w.open()
}

// What is owed for exits is found on chain, by a relayer that has lost its disk.
func TestLostDisk(t *testing.T) {
	w := newWorld(t)
	r := w.deposited(wherry.Tokens(10))
	leave := w.sign(w.leave(w.quote(r)))
	w.submit(r, leave)
	w.settle(r)
	other := key(30) // leaves by itself: nobody is owed a fee
	w.chain.Give(other.Address(), wherry.Tokens(5))
	w.send(other, chain.Approve{Amount: wherry.Tokens(5)})
	w.send(other, chain.TopUp{Hub: w.hub.Address(), Consumer: other.Address(), Amount: wherry.Tokens(5)})
	w.send(other, chain.RequestExit{Hub: w.hub.Address()})
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	before := w.tokens(w.relayer.Address())
	w.path += ".new"
	r = w.open()
	w.settle(r)
	sums, err := r.Totals(t.Context())
	if err != nil || sums.Owed != leave.Fee || sums.Open+sums.Waiting != 1 {
		t.Fatalf("%+v, %v", sums, err)
	}
	w.chain.Advance(week)
	w.settle(r)
	if got := sub(t, w.tokens(w.relayer.Address()), before); got != leave.Fee {
		t.Errorf("the fee is %s: want %s", got, leave.Fee)
	}
	in, err := w.chain.In(t.Context(), w.hub.Address(), other.Address(), chain.Latest)
	if err != nil || !in.Leaving() {
		t.Errorf("it has finalized what owes it nothing: %+v, %v", in, err)
	}
}

func TestSomebodyElseFinalizes(t *testing.T) {
	w := newWorld(t)
	r := w.deposited(wherry.Tokens(10))
	leave := w.sign(w.leave(w.quote(r)))
	w.submit(r, leave)
	w.settle(r)
	w.chain.Advance(week)
	w.send(key(9), chain.FinalizeExit{Hub: w.hub.Address(), Consumer: w.consumer.Address()})
	w.settle(r)
	next := w.status(r, w.status(r, leave.ID()).Next)
	if next.State != "final" || !next.Tx.IsZero() || !next.Cost.IsZero() {
		t.Errorf("%+v", next)
	}
}

// A reorg that loses the transaction does not lose the request.
func TestReorg(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	s := w.sign(w.topUp(w.quote(r), wherry.Tokens(10)))
	w.submit(r, s)
	if err := r.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.chain.Reorg(1, true)
	if got := w.in().Deposited; !got.IsZero() {
		t.Fatal("the reorg has lost nothing")
	}
	w.settle(r)
	if st := w.status(r, s.ID()); st.State != "final" || w.in().Deposited != wherry.Tokens(10) {
		t.Errorf("%+v", st)
	}
}

func TestRunDoesItByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		r := w.open()
		s := w.sign(w.topUp(w.quote(r), wherry.Tokens(10)))
		w.submit(r, s)
		done := make(chan error, 1)
		ctx, cancel := context.WithCancel(t.Context())
		go func() { done <- r.Run(ctx) }()
		for range 5 {
			time.Sleep(2 * time.Second)
			w.chain.Mine(1)
		}
		if st := w.status(r, s.ID()); st.State != "final" {
			t.Errorf("%+v", st)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
