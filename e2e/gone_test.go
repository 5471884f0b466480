package e2e

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/devchain"
	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/node"
)

// ask runs a command as a role and reads its answer.
func ask(t *testing.T, n *devnet.Net, into any, role string, args ...string) {
	t.Helper()
	out, err := n.Run(t.Context(), role, args...)
	if err != nil {
		t.Fatalf("wherry %v: %v", args, err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("wherry %v: %v", args, err)
	}
}

// onChain is what the consumer's chain says of it and the first hub, from the
// first block on.
type onChain struct {
	has                        chain.Account
	deposited, collected, fees wherry.Amount
}

func read(t *testing.T, n *devnet.Net, who wherry.Address) (out onChain) {
	t.Helper()
	network, err := node.LoadNetwork(n.NetworkFile())
	if err != nil {
		t.Fatal(err)
	}
	c, err := network.Open(t.Context(), network.Registry())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	head, err := c.Head(t.Context(), chain.Latest)
	if err != nil {
		t.Fatal(err)
	}
	events, err := c.Events(t.Context(), network.Hubs[0].Address, 0, head.Number)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Account != who {
			continue
		}
		var sum *wherry.Amount
		switch e.Kind {
		case chain.ToppedUp:
			sum = &out.deposited
		case chain.Collected:
			sum = &out.collected
		case chain.FeePaid:
			sum = &out.fees
		default:
			continue
		}
		if *sum, err = sum.Add(e.Amount); err != nil {
			t.Fatal(err)
		}
	}
	if out.has, err = c.Account(t.Context(), who, chain.Latest); err != nil {
		t.Fatal(err)
	}
	return out
}

// The hub is gone for good, and the consumer never had any gas: by two commands
// it has its money, to the base unit.
func TestMoneyComesBackWithoutHubAndGas(t *testing.T) {
	t.Parallel()
	n := up(t)
	c := through(t, n)
	if _, err := get(t, c, n.SiteURL("/file"), 1<<30); err != nil {
		t.Fatal(err)
	}
	c.CloseIdleConnections()
	if err := n.Consumer().Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	var settled node.SettleResult
	ask(t, n, &settled, "hub", "hub", "settle")
	agree(t, n)
	var me struct {
		Address wherry.Address `json:"address"`
		Spent   node.Money     `json:"spent"`
	}
	ask(t, n, &me, "consumer", "wallet")
	before := read(t, n, me.Address)
	for range 3 { // the last receipt may have been lost on a slow machine: the next start asks for it
		if before.collected == me.Spent.Amount {
			break
		}
		if err := n.Consumer().Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := n.Consumer().Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		ask(t, n, &settled, "hub", "hub", "settle")
		agree(t, n)
		ask(t, n, &me, "consumer", "wallet")
		before = read(t, n, me.Address)
	}
	if me.Spent.IsZero() || before.collected != me.Spent.Amount || before.deposited.IsZero() || !before.has.Gas.IsZero() || before.fees.IsZero() {
		t.Fatalf("spent %s; on chain %+v", me.Spent, before)
	}

	if err := n.Hub().Kill(t.Context()); err != nil {
		t.Fatal(err)
	}
	var first, again, last node.LeaveResult
	ask(t, n, &first, "consumer", "wallet", "leave", "--hub", "north")
	ask(t, n, &again, "consumer", "wallet", "leave", "--hub", "north")
	if first.FreeAt == nil || again.FreeAt == nil || !first.FreeAt.Equal(*again.FreeAt) || first.Amount != again.Amount || first.Fee == nil {
		t.Fatalf("%+v, then %+v", first, again)
	}
	later := func(ctx context.Context, r *devchain.Remote) error { return r.AdjustTime(ctx, 8*24*time.Hour) }
	if err := n.EachChain(t.Context(), later); err != nil {
		t.Fatal(err)
	}
	ask(t, n, &last, "consumer", "wallet", "leave", "--hub", "north")
	if last.FreeAt != nil || last.Amount != first.Amount {
		t.Errorf("%+v after %+v", last, first)
	}

	after := read(t, n, me.Address)
	want, err := before.has.Tokens.Add(before.deposited)
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []wherry.Amount{before.collected, first.Fee.Amount} {
		if want, err = want.Sub(gone); err != nil {
			t.Fatal(err)
		}
	}
	if after.has.Tokens != want {
		t.Errorf("the account has %s: want the deposit of %s back, less %s spent and %s for the relayer: %s",
			after.has.Tokens, before.deposited, before.collected, first.Fee, want)
	}
	if paid, err := before.fees.Add(first.Fee.Amount); err != nil || after.fees != paid || !after.has.Gas.IsZero() {
		t.Errorf("relayers had %s: want %s; gas %s", after.fees, paid, after.has.Gas)
	}
}
