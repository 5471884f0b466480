package earnings

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/onchain"
)

// earned is a book with 990 unlocked and 198 more under a lock.
func earned(t *testing.T, reserve uint64) (*world, *Book) {
	t.Helper()
	w := newWorld(t)
	w.reserve(reserve)
	b := w.open()
	w.mustTick(b, 1000)
	w.flush(b)
	w.mustTick(b, 200)
	return w, b
}

func TestOutlookComparesTheWays(t *testing.T) {
	there, silent := HubWord{Answers: true, MinPush: wherry.Base(5000)}, HubWord{}
	for name, c := range map[string]struct {
		reserve uint64
		hub     HubWord
		gone    bool // the hub has withdrawn what is free
		push    string
		reveal  string // "-" where the way is not there, "" where it is open
		arrives uint64 // settling the unlocked payout
	}{
		"covered, the hub is there":   {2000, there, false, "", "the hub answers", 990},
		"covered, the hub is silent":  {2000, silent, false, "does not answer", "", 990},
		"half covered, and free":      {500, silent, false, "does not answer", "-", 990},
		"half covered, nothing free":  {500, silent, true, "does not answer", "-", 500},
		"neither reserved nor free":   {0, silent, true, "does not answer", "-", 0},
		"the hub is there, all alone": {0, there, false, "", "-", 990},
	} {
		t.Run(name, func(t *testing.T) {
			w, b := earned(t, c.reserve)
			if c.gone {
				h, err := w.chain.Hub(t.Context(), w.hub.key.Address(), chain.Latest)
				if err != nil {
					t.Fatal(err)
				}
				w.byHub(chain.Withdraw{Hub: w.hub.key.Address(), Amount: h.Free})
			}
			o, err := b.Outlook(t.Context(), c.hub)
			if err != nil {
				t.Fatal(err)
			}
			way := map[string]Route{}
			for _, r := range o.Routes {
				way[r.Name] = r
			}
			if r := way[RoutePush]; r.Arrives != wherry.Base(990) || !r.Cost.Fee.IsZero() || !strings.Contains(r.Why, c.push) || r.Possible() != (c.push == "") {
				t.Errorf("push: %+v", r)
			}
			r := way[RouteSettle]
			sure := wherry.Base(min(c.reserve, 990))
			if r.Arrives != wherry.Base(c.arrives) || r.FromReserve != sure || r.FromFree != wherry.Base(c.arrives).SubFloor(sure) {
				t.Errorf("settle: %+v", r)
			}
			if r.Possible() != (c.arrives > 0) || r.Possible() && r.Cost.Fee.IsZero() {
				t.Errorf("settle: %+v", r)
			}
			r, open := way[RouteReveal]
			switch {
			case open != (c.reveal != "-"):
				t.Errorf("reveal: %+v", r)
			case open && (r.Arrives != wherry.Base(1188) || r.Expires.IsZero() || !strings.Contains(r.Why, c.reveal) || r.Possible() != (c.reveal == "")):
				t.Errorf("reveal: %+v", r)
			}
			if len(o.Ticks) != 1 || o.Ticks[0].Amount != wherry.Base(198) || o.Ticks[0].Left < 11*time.Hour || o.Ticks[0].Todo != "wait" {
				t.Errorf("ticks: %+v", o.Ticks)
			}
			if all, err := b.Settlements(t.Context(), 5); err != nil || len(all) != 0 {
				t.Errorf("looking has settled: %+v, %v", all, err)
			}
		})
	}
}

func TestOutlookWithoutGasSaysSo(t *testing.T) {
	w, b := earned(t, 2000)
	w.chain.TakeGas(w.provider.Address(), wherry.Amount{})
	o, err := b.Outlook(t.Context(), HubWord{})
	if err != nil {
		t.Fatal(err)
	}
	if r := o.Routes[1]; r.Possible() || !strings.Contains(r.Why, "gas") {
		t.Errorf("%+v", r)
	}
}

func TestSettleAloneWithoutTheHub(t *testing.T) {
	for name, c := range map[string]struct {
		reserve, want uint64
		reveal        bool
	}{
		"all that is covered":                     {2000, 1188, true},
		"nothing is shown while the hub is there": {2000, 990, false},
		"nothing is shown beyond the reserve":     {1187, 990, true},
	} {
		t.Run(name, func(t *testing.T) {
			w, b := earned(t, c.reserve)
			w.hub.fail = func() error { return wherry.Errorf(wherry.Unreachable, "gone") }
			first, err := b.SettleAlone(t.Context(), c.reveal)
			if err != nil || first.Total != wherry.Base(c.want) {
				t.Fatalf("%+v, %v", first, err)
			}
			again, err := b.SettleAlone(t.Context(), c.reveal)
			if err != nil || again.ID != first.ID {
				t.Fatalf("another one is planned: %+v, %v", again, err)
			}
			if err := b.Refresh(t.Context()); err != nil { // sent
				t.Fatal(err)
			}
			b = w.reopen(b) // and the process dies
			again, err = b.SettleAlone(t.Context(), c.reveal)
			if err != nil || again.ID != first.ID || again.Tx.IsZero() || again.State != onchain.Sent && again.State != onchain.Mined {
				t.Fatalf("after a restart: %+v, %v", again, err)
			}
			tx := again.Tx
			w.chain.Mine(3)
			done, err := b.Wait(t.Context(), first.ID)
			if err != nil || done.State != onchain.Final || done.Tx != tx || done.Gas == 0 || done.Paid.IsZero() {
				t.Fatalf("%+v, %v", done, err)
			}
			out, err := w.chain.Out(t.Context(), w.hub.key.Address(), w.hub.payee, chain.Latest)
			if err != nil || out.Settled != wherry.Base(c.want) {
				t.Errorf("%+v, %v", out, err)
			}
			head, err := w.chain.Head(t.Context(), chain.Latest)
			if err != nil {
				t.Fatal(err)
			}
			events, err := w.chain.Events(t.Context(), w.hub.key.Address(), 0, head.Number)
			if err != nil {
				t.Fatal(err)
			}
			shown := false
			for _, e := range events {
				shown = shown || e.Kind == chain.Revealed
			}
			if shown != (c.want == 1188) {
				t.Errorf("a preimage was shown: %v", shown)
			}
			if _, err := b.SettleAlone(t.Context(), false); wherry.CodeOf(err) != wherry.Conflict {
				t.Errorf("settled twice: %v", err)
			}
		})
	}
}

// Two commands at once settle once: the second transaction would be skipped, and
// cost gas.
func TestTwoWhoSettleAtOncePlanOne(t *testing.T) {
	_, b := earned(t, 2000)
	var g sync.WaitGroup
	ids := make([]int64, 8)
	for i := range ids {
		g.Go(func() {
			s, err := b.SettleAlone(t.Context(), false)
			if err != nil {
				t.Error(err)
			}
			ids[i] = s.ID
		})
	}
	g.Wait()
	if ids = slices.Compact(ids); len(ids) != 1 {
		t.Errorf("%d settlements of one payout", len(ids))
	}
}
