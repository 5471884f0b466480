package e2e

import (
	"fmt"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/node"
)

// An exchange knows nothing but an address: what it sends there becomes the
// deposit of a consumer that never had gas, and counts at the hub. What comes
// while the consumer is leaving goes back to its account.
func TestPlainTransferBecomesADeposit(t *testing.T) {
	t.Parallel()
	n := up(t)
	var a node.AddressState
	ask(t, n, &a, "consumer", "wallet", "address")
	if len(a.Items) == 0 || a.Items[0].Relayer == "" || a.Items[0].MaxFee.IsZero() || a.Items[0].Least.IsZero() {
		t.Fatalf("%+v", a)
	}
	d := a.Items[0]
	network, err := node.LoadNetwork(n.NetworkFile())
	if err != nil {
		t.Fatal(err)
	}
	c, err := network.Open(t.Context(), d.Chain)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	in := func() chain.In {
		v, err := c.In(t.Context(), d.Hub, a.Address, chain.Final)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	before := in().Deposited
	if err := n.Faucet(t.Context(), d.Address, wherry.Tokens(5)); err != nil { // it sends as an exchange does
		t.Fatal(err)
	}
	more, err := wherry.Tokens(5).Sub(d.MaxFee.Amount)
	if err == nil {
		more, err = more.Sub(wherry.Base(1)) // that stays
	}
	want, err2 := before.Add(more)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	eventually(t, "the transfer is swept", func() error {
		if got := in().Deposited; got != want {
			return fmt.Errorf("the deposit is %s: want %s", got, want)
		}
		return nil
	})
	proxied := through(t, n)
	if _, err := get(t, proxied, n.SiteURL("/"), 1<<20); err != nil {
		t.Fatal(err)
	}
	proxied.CloseIdleConnections()
	if err := n.Consumer().Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b := agree(t, n); b.Consumer.With(d.Hub).PutIn.Amount != want {
		t.Errorf("the wallet counts %s: want %s", b.Consumer.With(d.Hub).PutIn, want)
	}

	var left node.LeaveResult
	ask(t, n, &left, "consumer", "wallet", "leave", "--alone", "--hub", d.Name)
	if err := n.Faucet(t.Context(), d.Address, wherry.Tokens(3)); err != nil {
		t.Fatal(err)
	}
	has := read(t, n, a.Address).has
	var back node.SweepResult
	ask(t, n, &back, "consumer", "wallet", "rescue")
	if len(back.Items) != 1 || back.Items[0].State != "taken_back" || back.Items[0].Tx == nil || back.Items[0].Tx.Fee == nil {
		t.Fatalf("%+v", back)
	}
	// With the base unit that had stayed.
	whole, err := wherry.Sum(has.Tokens, wherry.Tokens(3), wherry.Base(1))
	if err == nil {
		whole, err = whole.Sub(back.Items[0].Tx.Fee.Amount)
	}
	now := read(t, n, a.Address).has
	if err != nil || now.Tokens != whole || !now.Gas.IsZero() {
		t.Errorf("the account has %s and %s wei: want %s and no gas, %v", now.Tokens, now.Gas.BaseString(), whole, err)
	}
}
