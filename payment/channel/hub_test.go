package channel

import (
	"fmt"
	"testing"

	"github.com/wherrynet/wherry"
)

func TestTickFromOrderToPayout(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("c2", 5000)
	a := d.accept(d.batch("p", "1", nil, d.order("c", 1000), d.order("c2", 333)))
	want := SignedPayout{Payee: hubAccount("e"), Total: wherry.Base(990 + 329), Expiry: hubStart + 12*3600, Hashlock: hubLock("1")}
	if a.Locked != want || !a.Unlocked.IsZero() {
		t.Fatalf("answer %+v", a)
	}
	d.wantSpent("c", 0, 1000)
	d.wantEarned("e", 0)
	a = d.accept(d.batch("p", "2", []string{"1"}, d.order("c", 100)))
	if a.Unlocked.Total != wherry.Base(1319) || a.Unlocked.Expiry != 0 || !a.Unlocked.Hashlock.IsZero() {
		t.Fatalf("unlocked %+v", a.Unlocked)
	}
	if a.Locked.Total != wherry.Base(1319+99) {
		t.Fatalf("locked %+v", a.Locked)
	}
	d.wantSpent("c", 1000, 100)
	if a = d.accept(d.batch("p", "", []string{"2"})); a.Unlocked.Total != wherry.Base(1418) || !a.Locked.IsZero() {
		t.Fatalf("last answer %+v", a)
	}
	d.wantSpent("c", 1100, 0)
	totals := d.hub.Totals()
	if totals[0].Spent != wherry.Base(1433) || totals[1].Earned != wherry.Base(1418) || totals[1].Fee != wherry.Base(15) {
		t.Fatalf("totals %+v", totals)
	}
}

func TestFeeIsRoundedForEachOrder(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("c2", 1000)
	a := d.accept(d.batch("p", "1", nil, d.order("c", 1), d.order("c2", 199)))
	if a.Locked.Total != wherry.Base(0+197) {
		t.Fatalf("locked %s", a.Locked.Total.BaseString())
	}
}

func TestBatchOfAnotherHub(t *testing.T) {
	d := newHubDesk(t)
	b := d.batch("p", "1", nil, d.order("c", 1))
	b.Hub = hubAccount("other hub")
	d.fails(b, wherry.Invalid)
}

func TestBatchOfAnotherVersion(t *testing.T) {
	d := newHubDesk(t)
	b := d.batch("p", "1", nil, d.order("c", 1))
	b.Version = 2
	d.fails(b, wherry.Invalid)
}

func TestBatchForAnotherChainOrContract(t *testing.T) {
	d := newHubDesk(t)
	b := d.batch("p", "1", nil, d.order("c", 1))
	b.ChainB = 3
	d.fails(b, wherry.Invalid)
	b.ChainB, b.ContractB = 2, hubDomainA.Contract
	d.fails(b, wherry.Invalid)
}

func TestBatchOfAnUnboundProvider(t *testing.T) {
	d := newHubDesk(t)
	d.fails(d.batch("q", "1", nil, d.order("c", 1)), wherry.NotFound)
}

func TestBatchBeforeTheTimeIsKnown(t *testing.T) {
	d := newHubDesk(t)
	delete(d.clock, 2)
	d.fails(d.batch("p", "1", nil, d.order("c", 1)), wherry.Unreachable)
}

func TestBatchTooLarge(t *testing.T) {
	d := newHubDesk(t)
	d.fails(d.batch("p", "1", nil, make([]Item, MaxBatch+1)...), wherry.Invalid)
	b := d.batch("p", "1", nil)
	b.Reveals = make([]wherry.Hash, MaxReveals+1)
	d.fails(b, wherry.Invalid)
}

func TestHashlockOfZero(t *testing.T) {
	d := newHubDesk(t)
	b := d.batch("p", "1", nil, d.order("c", 1))
	b.Hashlock = wherry.Hash{}
	d.fails(b, wherry.Invalid)
}

func TestHashlockOfAnEarlierTick(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 1)))
	d.accept(d.batch("p", "2", []string{"1"}, d.order("c", 1)))
	d.fails(d.batch("p", "1", nil, d.order("c", 1)), wherry.Conflict)
}

func TestHashlockThatTheBatchOpensItself(t *testing.T) {
	d := newHubDesk(t)
	d.fails(d.batch("p", "1", []string{"1"}, d.order("c", 1)), wherry.Invalid)
}

func TestPromiseGoesBackAtTheHub(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	back := d.order("c", 50)
	back.Total = wherry.Base(149) // one less than pending and asked for
	r := d.refused(d.batch("p", "1", nil, back), wherry.Conflict)
	if r.Spent != wherry.Base(100) {
		t.Errorf("refusal shows %s, want 100", r.Spent.BaseString())
	}
	d.wantSpent("c", 0, 100)
	d.accept(d.batch("p", "2", []string{"1"}))
	again := d.order("c", 50)
	again.Total = wherry.Base(149)
	d.refused(d.batch("p", "2", nil, again), wherry.Conflict)
	exact := d.order("c", 50)
	exact.Total = wherry.Base(150)
	d.accept(d.batch("p", "2", nil, exact))
}

func TestR16DustTakesNoOrder(t *testing.T) {
	d := newHubDesk(t)
	d.rules.MinDeposit = wherry.Base(500)
	d.deposit("c", 499)
	d.refused(d.batch("p", "1", nil, d.order("c", 1)), wherry.NotFunded)
	d.deposit("c", 500)
	d.accept(d.batch("p", "1", nil, d.order("c", 1)))
}

func TestPromiseAboveTheDeposit(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("c", 99)
	d.refused(d.batch("p", "1", nil, d.order("c", 100)), wherry.NotFunded)
	it := d.order("c", 99)
	it.Total = wherry.Base(99)
	d.accept(d.batch("p", "1", nil, it))
}

func TestPromiseWithoutADeposit(t *testing.T) {
	d := newHubDesk(t)
	r := d.refused(d.batch("p", "1", nil, d.order("stranger", 1)), wherry.NotFunded)
	if !r.Order.IsZero() {
		t.Error("the refusal names an order whose number is not used up")
	}
}

func TestPromiseAboveTheContractsRange(t *testing.T) {
	d := newHubDesk(t)
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.MustAmount("300000000000000000000")})
	it := d.order("c", 1)
	it.Total, _ = wherry.MaxOnChain.Add(wherry.Base(1))
	d.refused(d.batch("p", "1", nil, it), wherry.Invalid)
}

func TestOrderOfNothing(t *testing.T) {
	d := newHubDesk(t)
	d.refused(d.batch("p", "1", nil, d.order("c", 0)), wherry.Invalid)
}

func TestOrderOnAnUnknownChain(t *testing.T) {
	d := newHubDesk(t)
	it := d.order("c", 1)
	it.ChainA = 9
	d.refused(d.batch("p", "1", nil, it), wherry.Invalid)
}

func TestBadSignatureUsesNoNumberUp(t *testing.T) {
	d := newHubDesk(t)
	it := d.order("c", 10)
	b := d.batch("p", "1", nil, it)
	a, err := d.trySigned(b, []bool{false})
	if err != nil || len(a.Refused) != 1 || a.Refused[0].Code != wherry.Forbidden {
		t.Fatalf("answer %+v, %v", a, err)
	}
	if !a.Refused[0].Order.IsZero() {
		t.Error("a tampered copy gets a refusal that names the live order")
	}
	d.accept(d.batch("p", "1", nil, it))
	// Nor does a tampered copy of an order that counts already share its payout.
	a, err = d.trySigned(d.batch("p", "1", nil, it), []bool{false})
	if err != nil || len(a.Refused) != 1 || !a.Locked.IsZero() {
		t.Fatalf("answer %+v, %v", a, err)
	}
}

func TestOrderNumberUsedTwice(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 10)))
	other := d.order("c", 10)
	other.Seq = 1
	d.refused(d.batch("p", "1", nil, other), wherry.Conflict)
	d.accept(d.batch("p", "2", []string{"1"}))
	d.refused(d.batch("p", "2", nil, other), wherry.Conflict)
	zero := d.order("c", 10)
	zero.Seq = 0
	d.refused(d.batch("p", "2", nil, zero), wherry.Conflict)
}

func TestOrderNumberOfARefusalStaysDead(t *testing.T) {
	d := newHubDesk(t)
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(1000), Leaving: true, ExitAt: hubStart + 100})
	it := d.order("c", 10)
	b := d.batch("p", "1", nil, it)
	if r := d.refused(b, wherry.Conflict); r.Order != b.Promise(0, hubDomainA).ID() {
		t.Error("the refusal does not name the order")
	}
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(1000)})
	d.refused(d.batch("p", "1", nil, it), wherry.Conflict)
	d.accept(d.batch("p", "1", nil, d.order("c", 10)))
}

func TestOrderNumbersFarBehindAreUsed(t *testing.T) {
	d := newHubDesk(t)
	it := d.order("c", 1)
	it.Seq = 1000
	d.accept(d.batch("p", "1", nil, it))
	old := d.order("c", 1)
	old.Seq = 1000 - 256
	d.refused(d.batch("p", "2", nil, old), wherry.Conflict)
	old.Seq = 1000 - 255
	d.accept(d.batch("p", "2", nil, old))
}

func TestSeqWindowAgainstASet(t *testing.T) {
	var w seqWindow
	used := map[uint64]bool{}
	x := uint64(12345)
	high := uint64(0)
	for range 20_000 {
		x = x*6364136223846793005 + 1442695040888963407
		seq := high + 1 + x>>59
		if x>>40&3 != 0 && high > 0 {
			seq = high - min(high-1, x>>50%300)
		}
		want := used[seq] || high >= 256 && seq <= high-256
		if got := w.used(seq); got != want {
			t.Fatalf("number %d below %d: used %v, want %v", seq, high, got, want)
		}
		w.use(seq)
		used[seq] = true
		high = max(high, seq)
	}
}

func TestLeavingConsumerTakesNoOrder(t *testing.T) {
	d := newHubDesk(t)
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(1000), Leaving: true, ExitAt: hubStart + 7*86400})
	d.refused(d.batch("p", "1", nil, d.order("c", 1)), wherry.Conflict)
}

func TestSessionWithAnUnrevealedOrder(t *testing.T) {
	d := newHubDesk(t)
	one, two := d.order("c", 5), d.order("c", 5)
	two.Session = one.Session
	d.accept(d.batch("p", "1", nil, one))
	d.refused(d.batch("p", "2", nil, two), wherry.Conflict)
	three := d.order("c", 5)
	three.Session = one.Session
	d.accept(d.batch("p", "2", []string{"1"}, three))
	// Nor twice in one batch.
	four, five := d.order("c", 5), d.order("c", 5)
	four.Session, five.Session = one.Session, one.Session
	if a := d.pay(d.batch("p", "3", []string{"2"}, four, five)); len(a.Refused) != 1 || a.Refused[0].Item != 1 {
		t.Fatalf("refused %v", a.Refused)
	}
}

func TestUnrevealedMoneyOfAConsumerIsBounded(t *testing.T) {
	d := newHubDesk(t)
	d.rules.MaxOpenConsumer = wherry.Base(100)
	d.bind("q", "f", 1)
	d.accept(d.batch("p", "1", nil, d.order("c", 60)))
	d.refused(d.batch("q", "x", nil, d.order("c", 41)), wherry.Busy)
	it := d.order("c", 40)
	d.accept(d.batch("q", "x", nil, it))
}

func TestUnrevealedMoneyOfAProviderIsBounded(t *testing.T) {
	d := newHubDesk(t)
	d.rules.MaxOpen = wherry.Base(100)
	d.deposit("c2", 1000)
	d.accept(d.batch("p", "1", nil, d.order("c", 60)))
	d.refused(d.batch("p", "2", nil, d.order("c2", 41)), wherry.Busy)
	// A new payee does not lift the provider's bound.
	d.bind("p", "f", 2)
	it := d.order("c2", 41)
	it.Total = wherry.Base(900)
	d.refused(d.batch("p", "2", nil, it), wherry.Busy)
	d.accept(d.batch("p", "", []string{"1"}))
	it = d.order("c2", 41)
	it.Total = wherry.Base(900)
	d.accept(d.batch("p", "2", nil, it))
}

func TestUnrevealedMoneyOfAPayeeIsBounded(t *testing.T) {
	d := newHubDesk(t)
	d.rules.MaxOpen = wherry.Base(100)
	d.bind("q", "e", 1)
	d.accept(d.batch("p", "1", nil, d.order("c", 60)))
	d.refused(d.batch("q", "2", nil, d.order("c", 41)), wherry.Busy)
}

func TestOpenTicksAreBounded(t *testing.T) {
	d := newHubDesk(t)
	d.check = false
	for c := range 4 {
		d.deposit(fmt.Sprint("rich", c), 1000)
	}
	for i := range MaxOpenTicks {
		d.accept(d.batch("p", fmt.Sprint(i), nil, d.order(fmt.Sprint("rich", i%4), 1)))
	}
	d.fails(d.batch("p", "one more", nil, d.order("c", 1)), wherry.Busy)
	d.accept(d.batch("p", "one more", []string{"0"}))
	d.compare()
}

func TestUnrevealedOrdersOfAConsumerAreBounded(t *testing.T) {
	d := newHubDesk(t)
	d.check = false
	for range openOrders {
		d.accept(d.batch("p", "1", nil, d.order("c", 1)))
	}
	d.bind("q", "f", 1)
	d.refused(d.batch("q", "2", nil, d.order("c", 1)), wherry.Busy)
	d.deposit("c2", 10)
	d.fails(d.batch("p", "1", nil, d.order("c2", 1)), wherry.Busy) // batches of one tick are, too
	d.compare()
}

func TestPayeesTotalStaysInTheContractsRange(t *testing.T) {
	d := newHubDesk(t)
	d.rules.MaxOpen, d.rules.MaxOpenConsumer = wherry.MaxOnChain, wherry.MaxOnChain
	d.rules.FeePPM = 0
	for _, c := range []string{"x", "y"} {
		d.in(HubIn{ID: hubIn1(c), Deposited: wherry.MaxOnChain})
	}
	it := d.order("x", 1)
	it.Total, it.Amount = wherry.MaxOnChain, wherry.MaxOnChain
	d.accept(d.batch("p", "1", nil, it))
	d.refused(d.batch("p", "", []string{"1"}, d.order("y", 1)), wherry.Busy)
}

func TestRepeatOfAnOrderCountsOnce(t *testing.T) {
	d := newHubDesk(t)
	it := d.order("c", 100)
	first := d.accept(d.batch("p", "1", nil, it))
	it.Sig[5] = 7 // the consumer may sign the same twice, with other randomness
	again := d.accept(d.batch("p", "1", nil, it))
	if first.Locked != again.Locked {
		t.Fatalf("locked %+v, then %+v", first.Locked, again.Locked)
	}
	d.wantSpent("c", 0, 100)
}

// TestStrangerWhoHandsInFirstHarmsNobody: a batch needs no signature, so somebody may
// hand in one consumer's promise before the provider does, under any tick name.
func TestStrangerWhoHandsInFirstHarmsNobody(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("c2", 1000)
	one, two := d.order("c", 100), d.order("c2", 200)
	stranger := d.batch("p", "1", nil, one)
	stranger.Tick = TickID{Epoch: Epoch{9}, Number: 1 << 63}
	d.accept(stranger)
	mine := d.batch("p", "1", nil, one, two)
	a := d.accept(mine)
	if a.Locked.Total != wherry.Base(99+198) {
		t.Fatalf("locked %s", a.Locked.Total.BaseString())
	}
	p, err := d.hub.Payouts(ProviderID{2, hubAccount("p")})
	if err != nil || len(p.Open) != 1 || len(p.Open[0].Ticks) != 2 || p.Open[0].Ticks[1] != mine.Tick || p.Open[0].Locked != a.Locked {
		t.Fatalf("payouts %+v, %v", p, err)
	}
}

func TestLaterBatchOfATickRenewsNoExpiry(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("c2", 1000)
	first := d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.clock[2] += 3600
	second := d.accept(d.batch("p", "1", nil, d.order("c2", 100)))
	if first.Locked.Expiry != second.Locked.Expiry {
		t.Fatalf("expiry %d, then %d", first.Locked.Expiry, second.Locked.Expiry)
	}
	d.clock[2] = first.Locked.Expiry + 1
	d.fails(d.batch("p", "1", nil, d.order("c2", 100)), wherry.Conflict)
}

func TestAnswerIsRememberedAsItWas(t *testing.T) {
	d := newHubDesk(t)
	id := ProviderID{2, hubAccount("p")}
	var asked []Batch
	var given []Answer
	for i := range 30 {
		var reveals []string
		if i > 0 {
			reveals = []string{fmt.Sprint(i - 1)}
		}
		b := d.batch("p", fmt.Sprint(i), reveals, d.order("c", 7))
		asked, given = append(asked, b), append(given, d.accept(b))
	}
	for i, b := range asked {
		request, _ := b.Request()
		a, ok := d.hub.Answered(id, request)
		if ok && (a.Locked != given[i].Locked || a.Unlocked != given[i].Unlocked || a.Tick != given[i].Tick) {
			t.Fatalf("answer %d is %+v, was %+v", i, a, given[i])
		}
		if want := i >= 30-1-keptAnswers; ok != want {
			t.Fatalf("answer %d remembered: %v", i, ok)
		}
	}
}

func TestLookThatChangesNothingIsNotRecorded(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	b := d.batch("p", "", []string{"1"})
	request, _ := b.Request()
	if e, _, err := d.hub.Pay(b, request, nil, d.clock, d.rules); err != nil || e.Pay == nil {
		t.Fatalf("%+v, %v", e, err)
	}
	other := d.batch("p", "", []string{"1", "unheard of"})
	request, _ = other.Request()
	e, a, err := d.hub.Pay(other, request, nil, d.clock, d.rules)
	if err != nil || e != (HubEvent{}) || a.Unlocked.Total != wherry.Base(99) {
		t.Fatalf("%+v %+v, %v", e, a, err)
	}
}
