package hub

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/wallet"
)

// TestDepositsOnTwoChains: one consumer has deposits with one hub on two chains, and
// pays a provider on one of them out of both, also in the same tick. Each is a channel
// of its own: numbers, sums, collecting and leaving of one do not touch the other.
func TestDepositsOnTwoChains(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, key := w.provider("p"), testKey("c")
	client := w.client
	var ways []wallet.Channel
	for _, c := range []*chaintest.Chain{w.a, w.b} {
		c.Give(key.Address(), tokens("5"))
		ways = append(ways, wallet.Channel{Hub: w.key.Address(), Chain: c, Client: &client})
	}
	wal, err := wallet.Open(t.Context(), wallet.Config{Path: filepath.Join(t.TempDir(), "w.db"), Key: key, Channels: ways, Every: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer wal.Close()
	limits := channel.Limits{Unacknowledged: wherry.MaxOnChain, Budget: wherry.MaxOnChain}
	session := byte(0)
	order := func(way int, tick uint64, amount string) channel.SignedPromise {
		t.Helper()
		session++
		o := typed.Order{
			Provider: p.key.Address(), ChainB: w.b.Params().ID, ContractB: w.b.Params().Contract, Amount: tokens(amount), Session: wherry.SessionID{session},
		}
		sp, err := wal.Pay(t.Context(), ways[way].ID(), o, p.lock(tick), limits)
		if err != nil {
			t.Fatal(err)
		}
		return sp
	}
	receipt := func(tick uint64) {
		t.Helper()
		if err := wal.Acknowledge(t.Context(), p.secret(tick)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range ways {
		if _, err := wal.TopUp(t.Context(), c.ID(), tokens("2")); err != nil {
			t.Fatal(err)
		}
	}
	account := func(way int) channel.Account {
		id := ways[way].ID()
		a, err := client.Account(t.Context(), key, channel.Chain{ID: id.A.ChainID, Contract: id.A.Contract})
		if err != nil && wherry.CodeOf(err) != wherry.NotFound {
			t.Fatal(err)
		}
		return a
	}
	w.until("both deposits are known to both", func() bool {
		if err := wal.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		all, err := wal.Balances(t.Context())
		return err == nil && len(all) == 2 && all[0].Deposit == tokens("2") && all[1].Deposit == tokens("2") &&
			account(0).Deposited == tokens("2") && account(1).Deposited == tokens("2")
	})

	p.pay(p.batch(1, nil, order(0, 1, "0.1"), order(1, 1, "0.2"))) // one tick, one lock, two chains
	receipt(1)
	p.pay(p.batch(2, []uint64{1}, order(1, 2, "0.3")))
	receipt(2)
	p.pay(p.batch(0, []uint64{2}))
	for way, want := range []string{"0.1", "0.5"} {
		if a := account(way); a.Spent != tokens(want) || !a.Pending.IsZero() || a.Newest.Item.Total != tokens(want) {
			t.Errorf("channel %d: spent %s, promised %s, want %s", way, a.Spent, a.Newest.Item.Total, want)
		}
	}
	w.settle()
	if got := w.tokensOf(w.b, p.payee.Address()); got != tokens("0.594") {
		t.Errorf("the payee has %s", got)
	}
	for _, c := range w.hub.Totals().Chains {
		if want := map[uint64]string{w.a.Params().ID: "0.1", w.b.Params().ID: "0.5"}[c.Chain]; c.In != tokens(want) || !c.Uncollected.IsZero() {
			t.Errorf("chain %d: collected %s, want %s", c.Chain, c.In, want)
		}
	}

	// It leaves on the one chain, and goes on paying out of the other.
	if _, err := wal.CloseNow(t.Context(), ways[0].ID()); err != nil {
		t.Fatal(err)
	}
	w.until("the first deposit is back", func() bool {
		if err := wal.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		return w.tokensOf(w.a, key.Address()) == tokens("4.9")
	})
	p.pay(p.batch(3, nil, order(1, 3, "0.4")))
	receipt(3)
	p.pay(p.batch(0, []uint64{3}))
	w.settle()
	if got := w.tokensOf(w.b, p.payee.Address()); got != tokens("0.99") {
		t.Errorf("the payee has %s in the end", got)
	}
	if got := w.tokensOf(w.b, key.Address()); got != tokens("3") {
		t.Errorf("leaving one chain has moved money on the other: %s", got)
	}
}
