package wallet

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// A relayer that takes a message and does nothing, or says that it did, costs
// time: the chain is believed, and the wallet goes on after the deadline.
func TestRelayerThatDoesNothing(t *testing.T) {
	g := newGasless(t)
	wal := g.funded(100)
	g.client.submit = func(s wire.Submission) (wire.Status, error) {
		return wire.Status{ID: s.ID(), State: "final", Tx: wherry.Hash{1}}, nil
	}
	if _, err := wal.RelayLeave(t.Context(), g.id(), g.quote(), wherry.Base(3)); err != nil {
		t.Fatal(err)
	}
	g.settle(wal)
	if r := g.last(wal); r.State != onchain.Sent {
		t.Errorf("%+v", r)
	}
	if b := g.balance(wal); !b.Leaving {
		t.Error("it might still be done, and the wallet pays on")
	}
	g.chain.Advance(11 * time.Minute)
	g.settle(wal)
	if r := g.last(wal); r.State != onchain.Failed || r.Error == "" {
		t.Errorf("%+v", r)
	}
	if b := g.balance(wal); b.Leaving || b.Left != wherry.Base(100) {
		t.Errorf("%+v", b)
	}
	g.spend(wal, 1, 1)
}

// A relayer that says no is noted. It could still do it, so that the same is
// signed for another one only for the same result: one of them is paid.
func TestRelayerThatSaysNo(t *testing.T) {
	g := newGasless(t)
	wal := g.open()
	g.client.err = wherry.Errorf(wherry.Refused, "not for you")
	if _, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(50), g.quote(), wherry.Base(3)); err != nil {
		t.Fatal(err)
	}
	_, err := wal.WaitRelay(t.Context(), g.last(wal).ID, false)
	wantCode(t, err, wherry.Refused)
	first := g.last(wal)
	asked := g.client.asked
	g.settle(wal)
	if g.client.asked != asked {
		t.Error("it was asked again")
	}
	g.client.err = nil
	if _, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(60), g.quote(), wherry.Base(3)); err != nil {
		t.Fatal(err)
	}
	second := g.last(wal)
	if _, err := g.chain.Send(t.Context(), key(7), first.ask.Call(), nil); err != nil { // it has changed its mind
		t.Fatal(err)
	}
	g.settle(wal)
	if b := g.balance(wal); b.Deposit != wherry.Base(50) || g.tokens() != wherry.Base(947) {
		t.Errorf("%+v, %d tokens", b, g.tokens())
	}
	g.chain.Advance(11 * time.Minute)
	g.settle(wal)
	if r, err := wal.Relay(t.Context(), second.ID); err != nil || r.State != onchain.Failed {
		t.Errorf("%+v %v", r, err)
	}
}

func TestAskingAgainContinues(t *testing.T) {
	g := newGasless(t)
	wal := g.open()
	g.client.err = wherry.Errorf(wherry.Unreachable, "down")
	first, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(50), g.quote(), wherry.Base(3))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	_, err = wal.WaitRelay(ctx, first.ID, false)
	wantCode(t, err, wherry.Pending)
	_, err = wal.RelayTopUp(t.Context(), g.id(), wherry.Base(51), g.quote(), wherry.Base(3))
	wantCode(t, err, wherry.Conflict)
	if err := wal.Close(); err != nil {
		t.Fatal(err)
	}
	wal = g.open()
	again, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(50), g.quote(), wherry.Base(3))
	if err != nil || again.ID != first.ID || again.Name != first.Name {
		t.Fatalf("%+v %v", again, err)
	}
	g.client.err = nil
	g.settle(wal)
	if b := g.balance(wal); b.Deposit != wherry.Base(50) || g.tokens() != wherry.Base(947) {
		t.Errorf("%+v", b)
	}
}

func TestRelayedOnceWhereverTheProcessDies(t *testing.T) {
	for at := 1; ; at++ {
		g := newGasless(t)
		wal := g.open()
		n := 0
		wal.db.Cut = func() error {
			if n++; n >= at {
				return errCut
			}
			return nil
		}
		_, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(50), g.quote(), wherry.Base(3))
		if err != nil && !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		for range 8 {
			_ = wal.Refresh(t.Context())
			_ = g.relayer.Step(t.Context())
			g.chain.Mine(1)
		}
		done := n < at
		if err := wal.Close(); err != nil {
			t.Fatal(err)
		}
		wal = g.open()
		g.settle(wal)
		if g.balance(wal).Deposit.IsZero() {
			if _, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(50), g.quote(), wherry.Base(3)); err != nil {
				t.Fatal(err)
			}
			g.settle(wal)
		}
		if b := g.balance(wal); b.Deposit != wherry.Base(50) || g.tokens() != wherry.Base(947) {
			t.Fatalf("cut at commit %d: %+v, %d tokens", at, b, g.tokens())
		}
		if _, err := wal.RelayLeave(t.Context(), g.id(), g.quote(), wherry.Base(3)); err != nil {
			t.Fatal(err)
		}
		g.settle(wal)
		g.chain.Advance(8 * 24 * time.Hour)
		g.settle(wal)
		if b := g.balance(wal); !b.Deposit.IsZero() || b.Leaving || g.tokens() != wherry.Base(994) {
			t.Fatalf("cut at commit %d: %+v, %d tokens", at, b, g.tokens())
		}
		if err := wal.Close(); err != nil {
			t.Fatal(err)
		}
		if done {
			if at < 3 {
				t.Errorf("only %d commits were cut", at-1)
			}
			break
		}
	}
}

// What waits at a deposit address comes back without gas, also while the wallet
// is leaving, and while it pays.
func TestTakingBackFromADepositAddress(t *testing.T) {
	g := newGasless(t)
	wal := g.funded(60)
	limit := wherry.Base(1)
	at := g.chain.Params().DepositAddress(typed.Deposit{Hub: g.hub.Address(), Consumer: g.payer.Address(), Cap: limit})
	g.chain.Give(at, wherry.Base(20))
	if _, err := wal.RelayLeave(t.Context(), g.id(), g.quote(), wherry.Base(3)); err != nil {
		t.Fatal(err)
	}
	_, err := wal.RelayTakeBack(t.Context(), g.id(), limit, wherry.Base(20), g.quote(), wherry.Base(2))
	wantCode(t, err, wherry.PriceTooHigh)
	_, err = wal.RelayTakeBack(t.Context(), g.id(), limit, wherry.Base(3), g.quote(), wherry.Base(3))
	wantCode(t, err, wherry.NotFunded)
	g.settle(wal)
	before := g.tokens()
	r, err := wal.RelayTakeBack(t.Context(), g.id(), limit, wherry.Base(20), g.quote(), wherry.Base(3))
	if err != nil {
		t.Fatal(err)
	}
	g.settle(wal)
	if r, err = wal.Relay(t.Context(), r.ID); err != nil || r.State != onchain.Final {
		t.Errorf("%+v %v", r, err)
	}
	if want, err := before.Add(wherry.Base(17)); err != nil || g.tokens() != want {
		t.Errorf("%d tokens: want %d", g.tokens(), want)
	}
	if b := g.balance(wal); !b.Leaving {
		t.Error("taking money back has called off leaving")
	}
}

// A relayer that says no once it has done it must not get a second fee for a
// second deposit: the wallet is about to sign again, by a new quote.
func TestRelayerThatSaysNoAndHasDoneIt(t *testing.T) {
	g := newGasless(t)
	wal := g.open()
	g.client.submit = func(s wire.Submission) (wire.Status, error) {
		if _, err := g.chain.Send(t.Context(), key(7), s.Call(), nil); err != nil {
			t.Error(err)
		}
		return wire.Status{}, wherry.Errorf(wherry.PriceTooHigh, "gas has become dearer")
	}
	r, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(50), g.quote(), wherry.Base(3))
	if err != nil {
		t.Fatal(err)
	}
	_, err = wal.WaitRelay(t.Context(), r.ID, false)
	wantCode(t, err, wherry.Refused)
	_, err = wal.RelayTopUp(t.Context(), g.id(), wherry.Base(50), g.quote(), wherry.Base(3))
	wantCode(t, err, wherry.Conflict)
	g.client.submit = nil
	g.settle(wal)
	if b := g.balance(wal); b.Deposit != wherry.Base(50) || g.tokens() != wherry.Base(947) {
		t.Errorf("%+v, %d tokens", b, g.tokens())
	}
	if _, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(50), g.quote(), wherry.Base(3)); err != nil {
		t.Errorf("another one, later: %v", err)
	}
}

// What is taken back from one deposit address is not taken for done at another,
// because it is as much.
func TestTakingBackFromTwoAddresses(t *testing.T) {
	g := newGasless(t)
	wal := g.funded(60)
	g.client.err = wherry.Errorf(wherry.Unreachable, "down")
	if _, err := wal.RelayTakeBack(t.Context(), g.id(), wherry.Base(1), wherry.Base(20), g.quote(), wherry.Base(3)); err != nil {
		t.Fatal(err)
	}
	_, err := wal.RelayTakeBack(t.Context(), g.id(), wherry.Base(2), wherry.Base(20), g.quote(), wherry.Base(3))
	wantCode(t, err, wherry.Conflict)
}

// What a relayer has refused a moment ago is handed over once more: a second
// signature would be one more that it could use. One that is about to be over is not.
func TestRefusedIsHandedOverAgain(t *testing.T) {
	g := newGasless(t)
	wal := g.funded(100)
	at := g.chain.Params().DepositAddress(typed.Deposit{Hub: g.hub.Address(), Consumer: g.payer.Address()})
	g.chain.Give(at, wherry.Base(40))
	for what, sign := range map[string]func() (Relay, error){
		"taking back": func() (Relay, error) {
			return wal.RelayTakeBack(t.Context(), g.id(), wherry.Amount{}, wherry.Base(40), g.quote(), wherry.Base(3))
		},
		"leaving": func() (Relay, error) { return wal.RelayLeave(t.Context(), g.id(), g.quote(), wherry.Base(3)) },
	} {
		g.client.err = wherry.Errorf(wherry.Refused, "not now")
		first, err := sign()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		_, err = wal.WaitRelay(t.Context(), first.ID, false)
		wantCode(t, err, wherry.Refused)
		g.chain.Advance(time.Minute)
		asked := g.client.asked
		again, err := sign()
		if err != nil || again.ID != first.ID || again.Name != first.Name || again.Refused {
			t.Errorf("%s: %+v, %v", what, again, err)
		}
		_, err = wal.WaitRelay(t.Context(), again.ID, false)
		wantCode(t, err, wherry.Refused)
		if g.client.asked == asked {
			t.Errorf("%s: the relayer was not asked again", what)
		}
		g.chain.Advance(5 * time.Minute)
		late, err := sign()
		if err != nil || late.ID == first.ID {
			t.Errorf("%s, six minutes later: %+v, %v", what, late, err)
		}
		g.chain.Advance(11 * time.Minute)
		g.settle(wal)
	}
}
