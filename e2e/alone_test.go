package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/devchain"
	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/node"
)

// TestHubIsGoneForGood ends all hubs while a consumer pays. Its provider settles
// alone what it has in hand, beside the program that sells, and the consumer
// leaves with gas of its own: both by commands alone.
func TestHubIsGoneForGood(t *testing.T) {
	t.Parallel()
	n := up(t)
	seller := n.Provider(1) // the cheapest
	fetch := func() {
		t.Helper()
		if _, err := get(t, through(t, n), n.SiteURL("/file"), 1<<30); err != nil {
			t.Fatal(err)
		}
	}
	fetch()
	var e node.EarningsState
	eventually(t, "a reserve", func() error {
		ask(t, n, &e, seller.Name, "provide", "earnings")
		if e.Reserved.IsZero() {
			return errors.New("none is set")
		}
		return nil
	})
	// The wallet is open in the proxy, and a command uses it all the same.
	var topUp node.Transaction
	ask(t, n, &topUp, "consumer", "wallet", "topup", "1", "--hub", "north")
	if topUp.State != "final" || topUp.ID.IsZero() {
		t.Errorf("a top-up beside the proxy: %+v", topUp)
	}
	eventually(t, "something that waits for the hub", func() error {
		fetch()
		ask(t, n, &e, seller.Name, "provide", "earnings")
		if e.Waiting.IsZero() {
			return errors.New("all is paid")
		}
		return nil
	})
	for _, h := range n.Hubs() {
		if err := h.Kill(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := n.Consumer().Stop(t.Context()); err != nil {
		t.Fatal(err)
	}

	var routes node.Routes
	ask(t, n, &routes, seller.Name, "provide", "settle", "--dry-run")
	way := map[string]node.MoneyRoute{}
	for _, h := range routes.Items {
		for _, r := range h.Routes {
			if !h.Due.IsZero() {
				way[r.Name] = r
			}
		}
	}
	if way["push"].Possible || !strings.Contains(way["push"].Why, "does not answer") {
		t.Errorf("waiting for a hub that is gone: %+v", way["push"])
	}
	ask(t, n, &e, seller.Name, "provide", "earnings")
	if !way["settle"].Possible || way["settle"].CostWei == "0" || way["settle"].Arrives.IsZero() {
		t.Errorf("%s wait, and settling alone is %+v", e.Waiting, way["settle"])
	}
	if settleAlone(t, n, seller.Name) == 0 {
		t.Error("nothing was settled")
	}
	if err := seller.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	settleAlone(t, n, seller.Name) // without the program that sells, too; there may be nothing left
	ask(t, n, &e, seller.Name, "provide", "earnings")
	if !e.Waiting.IsZero() || e.Settled.IsZero() {
		t.Errorf("%s wait still, %s are settled", e.Waiting, e.Settled)
	}

	var me struct {
		Address wherry.Address `json:"address"`
	}
	ask(t, n, &me, "consumer", "wallet", "address")
	if err := n.Faucet(t.Context(), me.Address, wherry.Tokens(1)); err != nil {
		t.Fatal(err)
	}
	before := read(t, n, me.Address)
	var first, again, last node.LeaveResult
	ask(t, n, &first, "consumer", "wallet", "leave", "--hub", "north")
	ask(t, n, &again, "consumer", "wallet", "leave", "--hub", "north")
	if first.FreeAt == nil || first.Tx == nil || first.Tx.Call != "leave" || again.FreeAt == nil || !first.FreeAt.Equal(*again.FreeAt) || again.Tx != nil {
		t.Fatalf("%+v, then %+v", first, again)
	}
	later := func(ctx context.Context, r *devchain.Remote) error { return r.AdjustTime(ctx, 8*24*time.Hour) }
	if err := n.EachChain(t.Context(), later); err != nil {
		t.Fatal(err)
	}
	ask(t, n, &last, "consumer", "wallet", "leave", "--hub", "north")
	if last.FreeAt != nil || last.Amount != first.Amount || last.Tx == nil || last.Tx.GasUsed == 0 {
		t.Errorf("%+v after %+v", last, first)
	}
	after := read(t, n, me.Address)
	if got := after.has.Tokens.SubFloor(before.has.Tokens); got != first.Amount.Amount {
		t.Errorf("%s came back, not %s", got, first.Amount)
	}
	out, err := n.Run(t.Context(), "consumer", "wallet", "leave", "--hub", "north")
	if wherry.CodeOf(err) != wherry.NotFunded {
		t.Errorf("leaving once more: %s, %v", out, err)
	}
}

// settleAlone settles what there is, and returns how many transactions it took. Nothing to settle is fine; anything that is
// not final is not.
func settleAlone(t *testing.T, n *devnet.Net, role string) int {
	t.Helper()
	out, err := n.Run(t.Context(), role, "provide", "settle")
	if wherry.CodeOf(err) == wherry.Conflict && strings.Contains(err.Error(), "nothing to settle") {
		return 0
	}
	if err != nil {
		t.Fatalf("settle: %v", err)
	}
	var r node.SettleResult
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatal(err)
	}
	for _, x := range r.Transactions {
		t.Logf("%+v", x)
		if x.State != "final" || x.GasUsed == 0 || x.ID.IsZero() {
			t.Errorf("%+v", x)
		}
	}
	return len(r.Transactions)
}
