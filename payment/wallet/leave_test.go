package wallet

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
)

// fakeHub answers a payer's questions as a test tells it to.
type fakeHub struct {
	account channel.Account
	closed  channel.Closed
	orders  func(seqs []uint64) channel.Orders
	err     error
	asked   func()
}

func (h *fakeHub) Account(context.Context, *identity.Key, channel.Chain) (channel.Account, error) {
	return h.account, h.err
}

func (h *fakeHub) Orders(_ context.Context, _ *identity.Key, _ channel.Chain, seqs []uint64) (channel.Orders, error) {
	return h.orders(seqs), h.err
}

func (h *fakeHub) Close(context.Context, *identity.Key, channel.Chain) (channel.Closed, error) {
	if h.asked != nil {
		h.asked()
	}
	return h.closed, h.err
}

// spend pays and acknowledges.
func (w *world) spend(wal *Wallet, x uint64, tick byte) {
	w.t.Helper()
	w.pay(wal, x, tick, tick)
	r, _ := lock(tick)
	if err := wal.Acknowledge(w.t.Context(), r); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tokens() wherry.Amount {
	w.t.Helper()
	a, err := w.chain.Account(w.t.Context(), w.payer.Address(), chain.Latest)
	if err != nil {
		w.t.Fatal(err)
	}
	return a.Tokens
}

func TestLeavingBringsTheRestBack(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(100)
	w.spend(wal, 30, 1)
	last := w.pay(wal, 5, 2, 2) // in flight, and never revealed
	if _, err := wal.Leave(t.Context(), w.id()); err != nil {
		t.Fatal(err)
	}
	_, h := lock(3)
	_, err := wal.Pay(t.Context(), w.id(), order(1, 3), h, all)
	wantCode(t, err, wherry.Conflict)
	wal = w.reopen(wal)
	_, err = wal.Pay(t.Context(), w.id(), order(1, 3), h, all)
	wantCode(t, err, wherry.Conflict)
	w.settle(wal)
	_, err = wal.Pay(t.Context(), w.id(), order(1, 3), h, all)
	wantCode(t, err, wherry.Conflict)

	// The hub collects what it was promised and has the preimage of.
	r, _ := lock(1)
	orders, err := wal.Orders(t.Context(), wherry.SessionID{1})
	if err != nil {
		t.Fatal(err)
	}
	p := orders[0].Promise
	_, err = w.chain.Send(t.Context(), w.hub, chain.Collect{Hub: w.hub.Address(), Claims: []chain.Claim{{Consumer: w.payer.Address(), Promise: p.Promise(), Signature: p.Sig, Preimage: r}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.chain.Advance(7 * 24 * time.Hour)
	w.settle(wal)
	if got := w.tokens(); got != wherry.Base(970) {
		t.Errorf("%d tokens: want the 70 back", got)
	}
	b := w.balance(wal)
	if b.Spent != wherry.Base(30) || b.Deposit != wherry.Base(30) || !b.Left.IsZero() || !b.Pending.IsZero() || b.Leaving {
		t.Errorf("%+v", b)
	}

	// R5: nothing is signed below what was signed before.
	if _, err := wal.TopUp(t.Context(), w.id(), wherry.Base(20)); err != nil {
		t.Fatal(err)
	}
	w.settle(wal)
	if next := w.pay(wal, 4, 4, 4); next.Total != last.Total {
		t.Errorf("total %d after %d", next.Total, last.Total)
	}
	if next := w.pay(wal, 4, 5, 5); next.Total != wherry.Base(38) {
		t.Errorf("total %d", next.Total)
	}
	if b = w.balance(wal); b.Left != wherry.Base(20) || b.Pending != wherry.Base(8) {
		t.Errorf("%+v", b)
	}
}

// Between the wish to leave and its block, the chain does not show it yet.
func TestLeavingHoldsBeforeTheChainShowsIt(t *testing.T) {
	w := newWorldOn(t, chaintest.Config{Manual: true})
	wal := w.funded(100)
	if _, err := wal.Leave(t.Context(), w.id()); err != nil {
		t.Fatal(err)
	}
	_, h := lock(1)
	for range 3 {
		if err := wal.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, err := wal.Pay(t.Context(), w.id(), order(1, 1), h, all)
		wantCode(t, err, wherry.Conflict)
	}
}

func TestLeavingIsMadeOnceWhereverTheProcessDies(t *testing.T) {
	for at := 1; ; at++ {
		w := newWorld(t)
		wal := w.funded(100)
		n := 0
		wal.db.Cut = func() error {
			if n++; n >= at {
				return errCut
			}
			return nil
		}
		_, err := wal.Leave(t.Context(), w.id())
		if err != nil && !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		for i := range 12 {
			_ = wal.Refresh(t.Context())
			w.chain.Mine(1)
			if i == 6 {
				w.chain.Advance(8 * 24 * time.Hour)
			}
		}
		done := n < at
		wal = w.reopen(wal)
		w.settle(wal)
		w.chain.Advance(8 * 24 * time.Hour)
		w.settle(wal)
		if got := w.tokens(); got != wherry.Base(1000) {
			t.Fatalf("cut at commit %d: %d tokens", at, got)
		}
		if b := w.balance(wal); !b.Deposit.IsZero() || b.Leaving {
			t.Fatalf("cut at commit %d: %+v", at, b)
		}
		if err := wal.Close(); err != nil {
			t.Fatal(err)
		}
		if done {
			if at < 6 {
				t.Errorf("only %d commits were cut", at-1)
			}
			break
		}
	}
}

func TestClosingByConsent(t *testing.T) {
	w := newWorld(t)
	hub := &fakeHub{}
	w.client = hub
	wal := w.funded(100)
	w.spend(wal, 30, 1)
	_, h := lock(2)
	hub.asked = func() { // nothing is signed while the hub makes up its mind
		if err := wal.Refresh(t.Context()); err != nil {
			t.Error(err)
		}
		_, err := wal.Pay(t.Context(), w.id(), order(1, 2), h, all)
		wantCode(t, err, wherry.Conflict)
	}

	hub.closed = channel.Closed{Pending: 1_800_000_000}
	_, err := wal.CloseNow(t.Context(), w.id())
	wantCode(t, err, wherry.Pending)
	w.settle(wal)
	w.pay(wal, 1, 2, 2) // and the payer goes on
	r, _ := lock(2)
	if err := wal.Acknowledge(t.Context(), r); err != nil {
		t.Fatal(err)
	}

	hub.asked = nil
	head, err := w.chain.Head(t.Context(), chain.Latest)
	if err != nil {
		t.Fatal(err)
	}
	consent := func(settled uint64, by *identity.Key) channel.Closed {
		c := channel.Closed{
			Version: 1, Consumer: w.payer.Address(), Deposited: wherry.Base(100), Settled: wherry.Base(settled), Expiry: uint64(head.Time.Add(10 * time.Minute).Unix()),
		}
		c.Sig = by.Sign(c.Close().Digest(w.id().A))
		return c
	}
	hub.closed = consent(32, w.hub) // R11: one more than is revealed
	_, err = wal.CloseNow(t.Context(), w.id())
	wantCode(t, err, wherry.Refused)
	hub.closed = consent(31, key(9))
	_, err = wal.CloseNow(t.Context(), w.id())
	wantCode(t, err, wherry.Forbidden)
	if a, err := wal.Actions(t.Context(), 1); err != nil || a[0].Kind == actClose {
		t.Fatal("a bad consent was planned", a, err)
	}

	hub.closed = consent(31, w.hub)
	id, err := wal.CloseNow(t.Context(), w.id())
	if err != nil {
		t.Fatal(err)
	}
	w.settle(wal)
	if a, err := wal.Action(t.Context(), id); err != nil || a.State != onchain.Final {
		t.Fatal(a, err)
	}
	if got := w.tokens(); got != wherry.Base(969) {
		t.Errorf("%d tokens", got)
	}
	if b := w.balance(wal); b.Spent != wherry.Base(31) || b.Deposit != wherry.Base(31) || b.Leaving {
		t.Errorf("%+v", b)
	}
}

func TestHubThatCannotBeAsked(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(100)
	_, err := wal.CloseNow(t.Context(), w.id())
	wantCode(t, err, wherry.Unreachable)
	wantCode(t, wal.Recover(t.Context(), w.id()), wherry.Unreachable)
	_, err = wal.Channel(key(9).Address())
	wantCode(t, err, wherry.NotFound)
	_, err = wal.Leave(t.Context(), channel.ID{})
	wantCode(t, err, wherry.NotFound)
	w.spend(wal, 1, 1) // neither has stopped the wallet
}

func TestRestoredWalletGoesOnFromTheHubsCopy(t *testing.T) {
	w := newWorld(t)
	hub := &fakeHub{}
	w.client = hub
	wal := w.funded(100)
	var newest channel.SignedPromise
	for i := byte(1); i <= 4; i++ {
		newest = w.pay(wal, 10, i, i)
	}
	hub.account.Newest = channel.Held{
		Provider: newest.Order.Provider, B: channel.Chain{ID: newest.Order.ChainB, Contract: newest.Order.ContractB},
		Hashlock: newest.Hashlock, Item: newest.Item(), ContractA: newest.A.Contract,
	}
	hub.account.NextSeq = 9
	hub.err = wherry.Errorf(wherry.Unreachable, "down")
	if err := wal.Close(); err != nil {
		t.Fatal(err)
	}
	w.path += ".old" // an empty file in place of the lost one
	wal = w.open()
	w.settle(wal)
	hub.err = nil
	if err := wal.Refresh(t.Context()); err != nil { // asks until it is told
		t.Fatal(err)
	}
	if p := w.pay(wal, 1, 9, 9); p.Total != wherry.Base(41) || p.Order.Seq != 9 {
		t.Errorf("total %d, number %d", p.Total, p.Order.Seq)
	}
	hub.account.Newest.Item.Total = wherry.Base(99) // what nobody signed
	wantCode(t, wal.Recover(t.Context(), w.id()), wherry.Forbidden)
	hub.account.Newest.ContractA[0]++
	wantCode(t, wal.Recover(t.Context(), w.id()), wherry.Invalid)
}

// A book from an old copy goes on above what the chain has settled.
func TestChainAheadOfTheBook(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(100)
	p := w.pay(wal, 30, 1, 1)
	r, _ := lock(1)
	_, err := w.chain.Send(t.Context(), w.hub, chain.Collect{Hub: w.hub.Address(), Claims: []chain.Claim{{Consumer: w.payer.Address(), Promise: p.Promise(), Signature: p.Sig, Preimage: r}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := wal.Close(); err != nil {
		t.Fatal(err)
	}
	w.path += ".old"
	wal = w.open()
	w.settle(wal)
	if p := w.pay(wal, 1, 9, 9); p.Total != wherry.Base(31) {
		t.Errorf("total %d", p.Total)
	}
	if b := w.balance(wal); b.Other != wherry.Base(30) || b.Left != wherry.Base(70) {
		t.Errorf("%+v", b)
	}
}

// A hub that did not collect what it was owed before its payer left can do so
// from the next deposit, and the payer's book says so.
func TestOwedAfterLeaving(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(100)
	w.spend(wal, 30, 1)
	if _, err := wal.Leave(t.Context(), w.id()); err != nil {
		t.Fatal(err)
	}
	w.settle(wal)
	w.chain.Advance(8 * 24 * time.Hour)
	w.settle(wal)
	if b := w.balance(wal); b.Owed != wherry.Base(30) || !b.Deposit.IsZero() || w.tokens() != wherry.Base(1000) {
		t.Errorf("%+v", b)
	}
	if _, err := wal.TopUp(t.Context(), w.id(), wherry.Base(50)); err != nil {
		t.Fatal(err)
	}
	w.settle(wal)
	if b := w.balance(wal); !b.Owed.IsZero() || b.Left != wherry.Base(20) {
		t.Errorf("%+v", b)
	}
}

// Two commands at once leave once.
func TestLeavingTwiceIsLeavingOnce(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(100)
	var g sync.WaitGroup
	var ids [8]int64
	for i := range ids {
		g.Go(func() { ids[i], _ = wal.Leave(t.Context(), w.id()) })
	}
	g.Wait()
	for _, id := range ids {
		if id == 0 || id != ids[0] {
			t.Fatalf("actions %v", ids)
		}
	}
	w.settle(wal)
	all, err := wal.Actions(t.Context(), 20)
	leaves := 0
	for _, a := range all {
		if a.Kind == actLeave {
			leaves++
		}
		if a.State == onchain.Failed {
			t.Errorf("%+v", a)
		}
	}
	if err != nil || leaves != 1 {
		t.Errorf("%d of %+v, %v", leaves, all, err)
	}
}
