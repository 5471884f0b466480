package channel

import (
	"fmt"
	"slices"
	"testing"

	"github.com/wherrynet/wherry"
)

func TestPreimageAfterExpiryDoesNotCountOffChain(t *testing.T) {
	d := newHubDesk(t)
	a := d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.clock[2] = a.Locked.Expiry + 1
	if got := d.accept(d.batch("p", "", []string{"1"})); !got.Unlocked.IsZero() {
		t.Fatalf("unlocked %+v", got.Unlocked)
	}
	d.wantSpent("c", 0, 100)
	// Nor when a block that is not final shows it.
	if e := d.hub.Seen(2, hubSecret("1"), false, d.clock); e != (HubEvent{}) {
		t.Fatalf("event %+v", e)
	}
	// In a final block of chain B it does, whatever the time is by now.
	d.record(d.hub.Seen(2, hubSecret("1"), true, d.clock))
	d.wantSpent("c", 100, 0)
	d.wantEarned("e", 99)
}

func TestPreimageAtExpiryCounts(t *testing.T) {
	d := newHubDesk(t)
	a := d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.clock[2] = a.Locked.Expiry
	d.accept(d.batch("p", "", []string{"1"}))
	d.wantEarned("e", 99)
}

func TestPreimageOnAnotherChainIsNoSettlement(t *testing.T) {
	d := newHubDesk(t)
	a := d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.clock[2] = a.Locked.Expiry + 1
	if e := d.hub.Seen(1, hubSecret("1"), true, d.clock); e != (HubEvent{}) {
		t.Fatalf("event %+v", e)
	}
}

func TestPreimageInAnUnfinalBlockCountsInTime(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.record(d.hub.Seen(2, hubSecret("1"), false, d.clock))
	d.wantEarned("e", 99)
}

func TestPreimageTooLateToCollect(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(1000), Leaving: true, ExitAt: hubStart + 50})
	d.clock[1] = hubStart + 50
	d.accept(d.batch("p", "", []string{"1"}))
	d.wantEarned("e", 0)
	d.in(HubIn{ID: hubIn1("c")}) // it has left
	d.accept(d.batch("p", "", []string{"1"}))
	d.wantEarned("e", 0)
	// On chain it counts: the contract has paid by then.
	d.record(d.hub.Seen(2, hubSecret("1"), true, d.clock))
	d.wantEarned("e", 99)
}

func TestPreimageWhileLeavingCounts(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(1000), Leaving: true, ExitAt: hubStart + 50})
	d.accept(d.batch("p", "", []string{"1"}))
	d.wantEarned("e", 99)
	due := d.hub.Collectable(1, 100)
	if len(due) != 1 || !due[0].Leaving || due[0].Amount != wherry.Base(100) {
		t.Fatalf("collectable %+v", due)
	}
}

func TestOnlyAFinalBlockPastExpiryVoids(t *testing.T) {
	d := newHubDesk(t)
	a := d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	for _, at := range []uint64{0, a.Locked.Expiry - 1, a.Locked.Expiry} {
		if got := d.hub.Void(2, at); len(got) != 0 {
			t.Fatalf("void at %d, expiry %d", at, a.Locked.Expiry)
		}
	}
	if got := d.hub.Void(1, a.Locked.Expiry+1); len(got) != 0 {
		t.Fatal("void by the time of another chain")
	}
	for _, e := range d.hub.Void(2, a.Locked.Expiry+1) {
		d.record(e)
	}
	d.wantSpent("c", 0, 0)
	d.wantEarned("e", 0)
}

func TestVoidOrderIsCreditAgain(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("c", 150)
	a := d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	for _, e := range d.hub.Void(2, a.Locked.Expiry+1) {
		d.record(e)
	}
	// Its preimage opens nothing any more, on chain or off.
	d.accept(d.batch("p", "", []string{"1"}))
	if e := d.hub.Seen(2, hubSecret("1"), true, d.clock); e != (HubEvent{}) {
		t.Fatalf("event %+v", e)
	}
	d.wantEarned("e", 0)
	// The total stays where it was, and covers the next order.
	it := d.order("c", 120)
	it.Total = wherry.Base(120)
	d.accept(d.batch("p", "2", nil, it))
	d.accept(d.batch("p", "", []string{"2"}))
	d.wantSpent("c", 120, 0)
	if due := d.hub.Collectable(1, 100); len(due) != 1 || due[0].Amount != wherry.Base(120) {
		t.Fatalf("collectable %+v", due)
	}
}

func TestClaimIsTheHighestRevealed(t *testing.T) {
	d := newHubDesk(t)
	d.bind("q", "f", 1)
	one, two := d.order("c", 100), d.order("c", 50)
	d.accept(d.batch("q", "x", nil, two)) // total 150 arrives first
	d.accept(d.batch("p", "1", nil, func() Item { one.Total = wherry.Base(150); return one }()))
	d.accept(d.batch("p", "", []string{"1"}))
	if due := d.hub.Collectable(1, 100); due[0].Amount != wherry.Base(150) || due[0].Item.Preimage != hubSecret("1") {
		t.Fatalf("collectable %+v", due)
	}
	low := d.order("c", 1)
	low.Total = wherry.Base(151)
	d.accept(d.batch("p", "2", []string{}, low))
	d.accept(d.batch("q", "", []string{"x"}))
	p, sig, pre := d.hub.Collectable(1, 100)[0].Item.Claim(hubSelf)
	if p.Total != wherry.Base(150) || sig != p.Sig || wherry.Keccak256(pre[:]) != p.Hashlock {
		t.Fatalf("claim %+v", p)
	}
}

func TestLowerTotalReplacesNoClaim(t *testing.T) {
	d := newHubDesk(t)
	low, high := d.order("c", 100), d.order("c", 50)
	high.Total = wherry.Base(500)
	d.accept(d.batch("p", "low", nil, low))
	d.accept(d.batch("p", "high", nil, high))
	third := d.order("c", 5)
	third.Total = wherry.Base(200) // covers all three, below the one before
	d.accept(d.batch("p", "third", nil, third))
	if a := d.account("c"); a.Newest.Item.Total != wherry.Base(500) {
		t.Fatalf("newest promise is of %s", a.Newest.Item.Total.BaseString())
	}
	d.accept(d.batch("p", "", []string{"high"}))
	d.accept(d.batch("p", "", []string{"low", "third"}))
	if due := d.hub.Collectable(1, 100); due[0].Amount != wherry.Base(500) || due[0].Item.Preimage != hubSecret("high") {
		t.Fatalf("collectable %+v", due)
	}
}

func TestCollectedIsNotCollectedAgain(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.accept(d.batch("p", "", []string{"1"}))
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(1_000_000), Settled: wherry.Base(100)})
	if due := d.hub.Collectable(1, 100); len(due) != 0 {
		t.Fatalf("collectable %+v", due)
	}
	d.record(d.hub.SetOut(HubOut{ID: OutID{2, hubAccount("e")}, Settled: wherry.Base(98)}))
	if owed := d.hub.Owed(2); len(owed) != 1 || owed[0].Base.SubFloor(owed[0].Paid) != wherry.Base(1) {
		t.Fatalf("owed %+v", owed)
	}
	d.record(d.hub.SetOut(HubOut{ID: OutID{2, hubAccount("e")}, Settled: wherry.Base(99)}))
	if owed := d.hub.Owed(2); len(owed) != 0 {
		t.Fatalf("owed %+v", owed)
	}
}

func TestBindingNumbersGrowByOne(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	for _, seq := range []uint64{0, 1, 3} {
		if _, _, err := d.hub.Bind(hubBinding("p", "f", seq)); wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("number %d: %v", seq, err)
		}
	}
	if e, _, err := d.hub.Bind(hubBinding("p", "e", 1)); err != nil || e != (HubEvent{}) {
		t.Errorf("the same binding again: %+v, %v", e, err)
	}
	d.bind("p", "f", 2)
	other := hubBinding("q", "e", 1)
	other.B.Contract = hubDomainA.Contract
	if _, _, err := d.hub.Bind(other); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("another contract: %v", err)
	}
	for _, payee := range []wherry.Address{{}, hubDomainB.Contract} {
		bad := hubBinding("q", "e", 1)
		bad.Payee = payee
		if _, _, err := d.hub.Bind(bad); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("payee %s: %v", payee, err)
		}
	}
}

func TestRebindingHoldsForNewTicks(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("c2", 1000)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.bind("p", "f", 2)
	if a := d.accept(d.batch("p", "1", nil, d.order("c2", 100))); a.Locked.Payee != hubAccount("e") {
		t.Fatal("an open tick has moved to the new payee")
	}
	a := d.accept(d.batch("p", "2", []string{"1"}, d.order("c", 100)))
	if a.Locked.Payee != hubAccount("f") || a.Unlocked.Payee != hubAccount("e") || a.Unlocked.Total != wherry.Base(198) {
		t.Fatalf("answer %+v", a)
	}
	d.accept(d.batch("p", "", []string{"2"}))
	d.wantEarned("e", 198)
	d.wantEarned("f", 99)
	p, err := d.hub.Payouts(ProviderID{2, hubAccount("p")})
	if err != nil || len(p.Earlier) != 1 || p.Earlier[0].Total != wherry.Base(198) || p.Unlocked.Total != wherry.Base(99) {
		t.Fatalf("payouts %+v, %v", p, err)
	}
}

func TestConsumerComesBackAfterLeaving(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.accept(d.batch("p", "", []string{"1"}))
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(100), Settled: wherry.Base(100)})
	d.refused(d.batch("p", "2", nil, d.order("c", 10)), wherry.NotFunded)
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(150), Settled: wherry.Base(100)})
	it := d.order("c", 10)
	it.Total = wherry.Base(110)
	d.accept(d.batch("p", "2", nil, it))
}

func TestTransactionsKeepTheirOrder(t *testing.T) {
	d := newHubDesk(t)
	for range 3 {
		d.record(d.hub.Plan(HubTx{Chain: 1, Kind: TxCollect}))
	}
	txs := d.hub.Txs()
	if len(txs) != 3 || txs[2].ID != 3 || txs[0].State != TxPlanned {
		t.Fatalf("transactions %+v", txs)
	}
	done := txs[1]
	done.State, done.Raw = TxFinal, []byte{1}
	e, err := d.hub.SetTx(done)
	if err != nil {
		t.Fatal(err)
	}
	d.record(e)
	if _, err := d.hub.SetTx(done); err == nil {
		t.Error("a transaction that is done moves on")
	}
	if _, err := d.hub.SetTx(HubTx{ID: 9}); err == nil {
		t.Error("a transaction that was never planned moves on")
	}
	for range 2 * keptTxs {
		p := d.hub.Plan(HubTx{Chain: 1, Kind: TxPush})
		d.record(p)
		f := *p.Tx
		f.State = TxFailed
		e, err := d.hub.SetTx(f)
		if err != nil {
			t.Fatal(err)
		}
		d.record(e)
	}
	if txs := d.hub.Txs(); len(txs) != keptTxs+2 || txs[0].ID != 1 {
		t.Errorf("%d transactions are kept", len(txs))
	}
}

func TestJournalOfAnotherHub(t *testing.T) {
	d := newHubDesk(t)
	other := *d.hub.Opened().Open
	other.Hub = hubAccount("other")
	if err := d.hub.Apply(HubEvent{Open: &other}); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("another hub: %v", err)
	}
	moved := *d.hub.Opened().Open
	moved.Chains = []Chain{{ID: 1, Contract: hubAccount("new contract")}}
	if err := d.hub.Apply(HubEvent{Open: &moved}); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("another contract: %v", err)
	}
	if err := d.hub.Apply(d.hub.Opened()); err != nil {
		t.Error(err)
	}
}

func TestEventsThatDoNotFitAreRefused(t *testing.T) {
	p := ProviderID{2, hubAccount("p")}
	for name, e := range map[string]HubEvent{
		"nothing":         {},
		"unbound":         {Pay: &HubPaid{Provider: ProviderID{2, hubAccount("q")}, Items: []Item{{Seq: 1}}}},
		"unknown reveal":  {Pay: &HubPaid{Provider: p, Reveals: []HubRevealed{{Providers: []ProviderID{p}}}}},
		"no such tick":    {Reveal: &HubRevealed{Providers: []ProviderID{p}}},
		"void of nothing": {Void: &HubVoided{Provider: p}},
		"unplanned":       {Tx: &HubTx{ID: 7}},
	} {
		d := newHubDesk(t)
		d.accept(d.batch("p", "1", nil, d.order("c", 100)))
		if err := d.hub.Apply(e); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func (d *hubDesk) orders(consumer string, seqs ...uint64) []OrderStatus {
	d.t.Helper()
	e, o, err := d.hub.Orders(hubIn1(consumer), seqs)
	if err != nil {
		d.t.Fatal(err)
	}
	d.record(e)
	return o.Orders
}

func TestWhatBecameOfAnOrder(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 10)))
	d.accept(d.batch("p", "2", []string{"1"}, d.order("c", 10)))
	a := d.accept(d.batch("p", "3", nil, d.order("c", 10)))
	bad := d.order("c", 10)
	bad.Total = wherry.Base(1)
	d.refused(d.batch("p", "4", nil, bad), wherry.Conflict)
	want := []OrderStatus{
		{Seq: 1, State: FateRevealed, Preimage: hubSecret("1")},
		{Seq: 2, State: FatePending, Expiry: a.Locked.Expiry},
		{Seq: 4, State: FateRefused},
		{Seq: 9, State: FateRefused},
		{Seq: 0, State: FateUnknown},
	}
	if got := d.orders("c", 1, 2, 4, 9, 0); !slices.Equal(got, want) {
		t.Fatalf("orders %+v", got)
	}
	d.check = false // two events at once
	for _, e := range d.hub.Void(2, a.Locked.Expiry+1) {
		d.record(e)
	}
	d.check = true
	d.compare()
	d.hub = hubLoaded(t, hubSaved(t, d.hub))
	if got := d.orders("c", 3, 1); got[0].State != FateVoid || got[1].Preimage != hubSecret("1") {
		t.Fatalf("orders %+v", got)
	}
	if _, _, err := d.hub.Orders(hubIn1("c"), make([]uint64, MaxOrders+1)); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("too many: %v", err)
	}
	if _, _, err := d.hub.Orders(hubIn1("stranger"), nil); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("stranger: %v", err)
	}
}

func TestOrderThatWasAskedForBeforeItCameIsDead(t *testing.T) {
	d := newHubDesk(t)
	it := d.order("c", 10)
	if got := d.orders("c", it.Seq); got[0].State != FateRefused {
		t.Fatalf("orders %+v", got)
	}
	d.refused(d.batch("p", "1", nil, it), wherry.Conflict)
}

func TestOutcomesAreKeptForTheNewestNumbers(t *testing.T) {
	d := newHubDesk(t)
	d.check = false
	for i := range 300 {
		var reveals []string
		if i > 0 {
			reveals = []string{fmt.Sprint(i - 1)}
		}
		d.accept(d.batch("p", fmt.Sprint(i), reveals, d.order("c", 1)))
	}
	d.compare()
	for seq := uint64(1); seq < 300; seq++ {
		got := d.orders("c", seq)[0]
		if want := seq > 300-256; want != (got.State == FateRevealed) || !want && got.State != FateUnknown {
			t.Fatalf("order %d: %+v", seq, got)
		}
	}
	if n := d.hub.ins.look(hubIn1("c")).ended.n; n > 257 {
		t.Errorf("%d outcomes are kept", n)
	}
}
