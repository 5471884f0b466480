package hub

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
)

func TestMoneyLeavesWithTheHubsConsent(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	k, err := w.client.Close(context.Background(), c.key, w.chainA())
	if err != nil || k.Pending == 0 {
		t.Fatalf("while an order is pending: %+v, %v", k, err)
	}
	p.pay(p.batch(0, []uint64{1}))
	if k, err = w.client.Close(context.Background(), c.key, w.chainA()); err != nil || k.Settled != tokens("0.1") {
		t.Fatalf("%+v, %v", k, err)
	}
	w.restart() // the stop is in the journal
	again, err := w.client.Close(context.Background(), c.key, w.chainA())
	if err != nil || again != k {
		t.Fatalf("again %+v, %v", again, err)
	}
	a, err := w.client.Pay(context.Background(), p.batch(2, nil, c.order(p, 2, "0.1")))
	if err != nil || len(a.Refused) != 1 {
		t.Fatalf("an order after consent: %+v, %v", a, err)
	}
	w.send(w.a, c.key, chain.CoopExit{Hub: w.key.Address(), Close: k.Close(), Signature: k.Sig})
	if got := w.tokensOf(w.a, c.key.Address()); got != tokens("4.9") {
		t.Fatalf("the consumer has %s back", got)
	}
	w.settle()
	if s := w.hub.Totals(); s.In != tokens("0.1") || s.Out != tokens("0.099") || s.Fee != tokens("0.001") {
		t.Fatalf("totals %+v", s)
	}
	w.a.Advance(11 * time.Minute)
	w.until("the stop is lifted", func() bool { return w.account(c).StopUntil == 0 })
}

func TestLeavingConsumerIsCollectedFromAtOnce(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	p.pay(p.batch(0, []uint64{1}))
	w.send(w.a, c.key, chain.RequestExit{Hub: w.key.Address()})
	w.until("the promise is collected", func() bool { return w.hub.Totals().In == tokens("0.1") })
	a, err := w.client.Pay(context.Background(), p.batch(2, nil, c.order(p, 2, "0.1")))
	if err != nil || len(a.Refused) != 1 || a.Refused[0].Code != wherry.Conflict {
		t.Fatalf("an order while leaving: %+v, %v", a, err)
	}
}

func TestLeavingCountsFromTheNewestBlockAndDepositsFromTheFinal(t *testing.T) {
	w := newWorld(t, 3, nil)
	c := w.consumer("c", "5")
	w.a.Give(c.key.Address(), tokens("5"))
	w.send(w.a, c.key, chain.Approve{Amount: tokens("5")})
	w.send(w.a, c.key, chain.TopUp{Hub: w.key.Address(), Consumer: c.key.Address(), Amount: tokens("2")})
	w.look()
	if got := w.account(c).Deposited; got != tokens("5") {
		t.Fatalf("deposit %s counts before it is final", got)
	}
	w.send(w.a, c.key, chain.RequestExit{Hub: w.key.Address()})
	w.look()
	if !w.account(c).Leaving {
		t.Fatal("leaving does not count at once")
	}
	if got := w.account(c).Deposited; got != tokens("5") {
		t.Fatalf("deposit %s counts before it is final", got)
	}
	w.a.Reorg(1, true)
	w.look()
	if w.account(c).Leaving {
		t.Fatal("leaving still counts after the block is gone")
	}
	w.a.Mine(3)
	w.look()
	if got := w.account(c).Deposited; got != tokens("7") {
		t.Fatalf("deposit %s, want 7", got)
	}
}

// look waits until the hub has looked at both chains once more.
func (w *world) look() {
	w.t.Helper()
	seen := func() map[uint64]time.Time {
		w.hub.mu.Lock()
		defer w.hub.mu.Unlock()
		return map[uint64]time.Time{11: w.hub.heard[11], 22: w.hub.heard[22]}
	}
	for range 2 { // the first may have begun before
		before := seen()
		deadline := time.Now().Add(10 * time.Second)
		for {
			if now := seen(); now[11].After(before[11]) && now[22].After(before[22]) {
				break
			}
			if time.Now().After(deadline) {
				w.t.Fatalf("the hub does not look at its chains:\n%s", w.logs.String())
			}
			time.Sleep(time.Millisecond)
		}
	}
}

func TestProviderThatSettlesItselfRevealsOnChain(t *testing.T) {
	w := newWorld(t, 2, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	a := p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	w.send(w.b, p.payee, chain.Settle{Hub: w.key.Address(), Payouts: []chain.SignedPayout{{
		Payout: a.Locked.Payout(), Signature: a.Locked.Sig, Preimage: p.secret(1),
	}}})
	w.look()
	if got := w.account(c); got.Spent != tokens("0.1") {
		t.Fatalf("account %+v", got)
	}
	w.settle()
	if s := w.hub.Totals(); s.In != tokens("0.1") || s.Out != tokens("0.099") || w.tokensOf(w.b, p.payee.Address()) != tokens("0.099") {
		t.Fatalf("totals %+v", s)
	}
}

func TestSettlementWhileTheHubWasAwayCountsAfterExpiry(t *testing.T) {
	w := newWorld(t, 2, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	a := p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	w.halt()
	w.send(w.b, p.payee, chain.Settle{Hub: w.key.Address(), Payouts: []chain.SignedPayout{{
		Payout: a.Locked.Payout(), Signature: a.Locked.Sig, Preimage: p.secret(1),
	}}})
	w.b.Advance(13 * time.Hour)
	w.b.Mine(3)
	w.start()
	w.look()
	if got := w.account(c); got.Spent != tokens("0.1") || !got.Pending.IsZero() {
		t.Fatalf("account %+v", got)
	}
}

func TestOrderIsVoidOnceAFinalBlockIsPastExpiry(t *testing.T) {
	w := newWorld(t, 2, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	w.b.Advance(13 * time.Hour) // newest, not final
	w.look()
	if a := w.account(c); a.Pending != tokens("0.1") {
		t.Fatalf("void too early: %+v", a)
	}
	if a := p.pay(p.batch(0, []uint64{1})); !a.Unlocked.IsZero() {
		t.Fatal("a preimage off chain counts after expiry")
	}
	w.b.Mine(2)
	w.look()
	if a := w.account(c); !a.Pending.IsZero() || !a.Spent.IsZero() {
		t.Fatalf("not void: %+v", a)
	}
}

func TestDelayHasToLeaveTimeToCollect(t *testing.T) {
	w := newWorld(t, 0, nil)
	w.halt()
	cfg := w.cfg
	cfg.Chains = []chain.Chain{w.a, chaintest.New(chaintest.Config{ChainID: 33, Delay: 23 * time.Hour})}
	_, err := Open(cfg)
	if wherry.CodeOf(err) != wherry.Invalid || !strings.Contains(err.Error(), "24h") {
		t.Fatalf("open: %v", err)
	}
	cfg.Chains[1] = w.a
	if _, err := Open(cfg); wherry.CodeOf(err) != wherry.Invalid {
		t.Fatalf("one chain twice: %v", err)
	}
	cfg = w.cfg
	cfg.Terms.FeePPM = 1_000_000
	if _, err := Open(cfg); wherry.CodeOf(err) != wherry.Invalid {
		t.Fatalf("a fee of everything: %v", err)
	}
}
