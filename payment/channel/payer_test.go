package channel

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

func TestPromisesOnlyGrow(t *testing.T) {
	p := newTestPayer(t, 1000)
	for i := byte(1); i < 10; i++ {
		_, lock := testLock(i)
		s := pay(t, p, testOrder(10, i), lock)
		wantTotal(t, s, uint64(i)*10)
		if s.Order.Seq != uint64(i) {
			t.Errorf("order %d has the number %d", i, s.Order.Seq)
		}
		if err := s.Verify(); err != nil {
			t.Error(err)
		}
	}
	s, _ := p.State(testID)
	back := s
	back.Highest = wherry.Base(1)
	wantCode(t, p.Load(testID, back), wherry.Conflict)
	back = s
	back.Seq--
	wantCode(t, p.Load(testID, back), wherry.Conflict)
}

func TestPromiseStaysWithinTheDeposit(t *testing.T) {
	p := newTestPayer(t, 100)
	_, lock := testLock(1)
	_, _, err := p.Next(testID, testOrder(101, 1), lock, noLimits)
	wantCode(t, err, wherry.NotFunded)
	pay(t, p, testOrder(100, 1), lock)
	_, lock = testLock(2)
	_, _, err = p.Next(testID, testOrder(1, 2), lock, noLimits)
	wantCode(t, err, wherry.NotFunded)
	_, _, err = p.Next(ID{A: chainB, Hub: testID.Hub}, testOrder(1, 2), lock, noLimits)
	wantCode(t, err, wherry.NotFound)
}

// A deposit that the contract cannot hold must not lead to a promise that wraps
// in its 96 bits.
func TestPromiseFitsTheContract(t *testing.T) {
	p := NewPayer(testPayer.Address())
	huge, _ := wherry.MaxOnChain.Add(wherry.Base(5))
	if err := p.Load(testID, State{Deposit: huge, Used: wherry.MaxOnChain, Highest: wherry.MaxOnChain}); err != nil {
		t.Fatal(err)
	}
	_, lock := testLock(1)
	_, _, err := p.Next(testID, testOrder(1, 1), lock, noLimits)
	wantCode(t, err, wherry.NotFunded)
}

func TestMalformedOrdersAreNotSigned(t *testing.T) {
	p := newTestPayer(t, 100)
	_, lock := testLock(1)
	for name, change := range map[string]func(*typed.Order){
		"nobody":      func(o *typed.Order) { o.Provider = wherry.Address{} },
		"no chain":    func(o *typed.Order) { o.ChainB = 0 },
		"no contract": func(o *typed.Order) { o.ContractB = wherry.Address{} },
		"nothing":     func(o *typed.Order) { o.Amount = wherry.Amount{} },
	} {
		o := testOrder(10, 1)
		change(&o)
		if _, _, err := p.Next(testID, o, lock, noLimits); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRepeatedInvoiceGetsTheSamePromise(t *testing.T) {
	p := newTestPayer(t, 100)
	_, lock := testLock(1)
	first := pay(t, p, testOrder(10, 1), lock)
	again, known, err := p.Next(testID, testOrder(10, 1), lock, noLimits)
	if err != nil || !known || again != first {
		t.Fatalf("again: %v %v %v", again, known, err)
	}
	// A second amount under one lock would pay a session twice for one preimage.
	_, _, err = p.Next(testID, testOrder(11, 1), lock, noLimits)
	wantCode(t, err, wherry.Conflict)
}

// R7: an order without a lock is claimable at once, so nobody but the hub gets one.
func TestR7LockOfZeroIsForTheHubAlone(t *testing.T) {
	p := newTestPayer(t, 100)
	_, _, err := p.Next(testID, testOrder(10, 1), wherry.Hash{}, noLimits)
	wantCode(t, err, wherry.Forbidden)
	o := testOrder(10, 1)
	o.Provider = testID.Hub
	if _, _, err := p.Next(testID, o, wherry.Hash{}, noLimits); err != nil {
		t.Fatal(err)
	}
}

// R7: whoever knows a preimage can claim at once what is promised under it.
func TestR7LockOfAnEarlierTickIsRefused(t *testing.T) {
	p := newTestPayer(t, 1000)
	r1, lock1 := testLock(1)
	_, lock2 := testLock(2)
	pay(t, p, testOrder(1, 1), lock1)
	pay(t, p, testOrder(1, 2), lock1) // two sessions in one tick
	pay(t, p, testOrder(1, 1), lock2)
	_, _, err := p.Next(testID, testOrder(1, 3), lock1, noLimits)
	wantCode(t, err, wherry.Conflict)

	ends, err := p.Acknowledge(r1)
	putAll(t, p, ends, err)
	_, _, err = p.Next(testID, testOrder(1, 1), lock1, noLimits)
	wantCode(t, err, wherry.Conflict)

	// The newest lock of a payee, once its preimage is known.
	r2, _ := testLock(2)
	ends, err = p.Acknowledge(r2)
	putAll(t, p, ends, err)
	_, _, err = p.Next(testID, testOrder(1, 3), lock2, noLimits)
	wantCode(t, err, wherry.Conflict)

	// Another payee, who may have been told.
	_, lock4 := testLock(4)
	pay(t, p, testOrder(1, 4), lock4)
	o := testOrder(1, 5)
	o.Provider = wherry.Address{5}
	_, _, err = p.Next(testID, o, lock4, noLimits)
	wantCode(t, err, wherry.Conflict)
}

func TestLockMemoryIsBounded(t *testing.T) {
	var m lockMemory
	for i := range locksKept + 100 {
		m.add(wherry.Address{byte(i), byte(i >> 8)}, wherry.Keccak256([]byte{byte(i), byte(i >> 8)}))
	}
	if len(m.seen) != locksKept || len(m.order) != locksKept || len(m.newest) > locksKept {
		t.Fatalf("it keeps %d, %d, %d", len(m.seen), len(m.order), len(m.newest))
	}
}

// R7: two orders of one number would let the hub choose.
func TestR7NumberIsNeverUsedTwice(t *testing.T) {
	p := newTestPayer(t, 1000)
	_, lock := testLock(1)
	s := pay(t, p, testOrder(1, 1), lock)
	other := s
	other.Order.Amount = wherry.Base(2)
	wantCode(t, p.Put(Entry{Promise: other, State: Signed}), wherry.Conflict)
	wantCode(t, p.Put(Entry{Promise: other, State: Revealed}), wherry.Conflict)
	if err := p.Put(Entry{Promise: s, State: Signed}); err != nil {
		t.Fatal("the same again: ", err)
	}
	if p.Pending(testID) != wherry.Base(1) {
		t.Fatal("the same again counted twice")
	}
}

// R10: what may be lost is one sum over all payees and hubs, not one for each.
func TestR10UnacknowledgedIsOneSumOverAllPayees(t *testing.T) {
	p := newTestPayer(t, 1000)
	other := ID{A: chainA, Hub: wherry.Address{9}}
	if err := p.Load(other, State{Deposit: wherry.Base(1000)}); err != nil {
		t.Fatal(err)
	}
	limits := Limits{Unacknowledged: wherry.Base(25), Budget: wherry.MaxOnChain}
	r1, lock1 := testLock(1)
	_, lock2 := testLock(2)
	_, lock3 := testLock(3)
	pay(t, p, testOrder(10, 1), lock1)
	o := testOrder(10, 2)
	o.Provider = wherry.Address{7}
	s, _, err := p.Next(other, o, lock2, limits)
	if err != nil {
		t.Fatal(err)
	}
	put(t, p, s)
	o = testOrder(10, 3)
	o.Provider = wherry.Address{8}
	_, _, err = p.Next(testID, o, lock3, limits)
	wantCode(t, err, wherry.OverBudget)

	ends, err := p.Acknowledge(r1)
	putAll(t, p, ends, err)
	if _, _, err = p.Next(testID, o, lock3, limits); err != nil {
		t.Fatal("after the preimage: ", err)
	}
}

func TestBudgetOfASession(t *testing.T) {
	p := newTestPayer(t, 1000)
	limits := Limits{Unacknowledged: wherry.MaxOnChain, Budget: wherry.Base(15)}
	for i := byte(1); i <= 2; i++ {
		r, lock := testLock(i)
		s, _, err := p.Next(testID, testOrder(7, 1), lock, limits)
		if err != nil {
			t.Fatal(err)
		}
		put(t, p, s)
		ends, err := p.Acknowledge(r)
		putAll(t, p, ends, err)
	}
	_, lock := testLock(3)
	_, _, err := p.Next(testID, testOrder(2, 1), lock, limits)
	wantCode(t, err, wherry.OverBudget)
	if _, _, err := p.Next(testID, testOrder(2, 2), lock, limits); err != nil {
		t.Fatal("another session: ", err)
	}
	_, _, err = p.Next(testID, testOrder(1, 3), lock, Limits{})
	wantCode(t, err, wherry.OverBudget)
}

// R10: nobody's word but the hub's signature or the preimage frees credit.
func TestR10OnlyTheHubsSignatureFreesCredit(t *testing.T) {
	p := newTestPayer(t, 1000)
	_, lock := testLock(1)
	s := pay(t, p, testOrder(10, 1), lock)

	_, err := p.Refusals(testID, refusal(t, testPayee, s))
	wantCode(t, err, wherry.Forbidden)
	unsigned := refusal(t, testHub, s)
	unsigned.Sig = identity.Signature{}
	_, err = p.Refusals(testID, unsigned)
	wantCode(t, err, wherry.Forbidden)
	other := s
	other.Order.Seq = 9
	_, err = p.Refusals(testID, refusal(t, testHub, other))
	wantCode(t, err, wherry.NotFound)
	_, err = p.Acknowledge(wherry.Hash{1, 2, 3})
	wantCode(t, err, wherry.NotFound)
	if p.Unacknowledged() != wherry.Base(10) {
		t.Fatal("credit was freed")
	}

	ends, err := p.Refusals(testID, refusal(t, testHub, s))
	putAll(t, p, ends, err)
	if !p.Unacknowledged().IsZero() || !p.Session(wherry.SessionID{1}).IsZero() {
		t.Fatal("credit was not freed")
	}
	// Its preimage, shown by a payee that handed in a refused order, pays nothing.
	r, _ := testLock(1)
	_, err = p.Acknowledge(r)
	wantCode(t, err, wherry.NotFound)
}

// A refused order leaves credit that the next one uses with the same total.
func TestUnallocatedCreditIsUsedFirst(t *testing.T) {
	p := newTestPayer(t, 1000)
	_, lock1 := testLock(1)
	r2, lock2 := testLock(2)
	slow := pay(t, p, testOrder(10, 1), lock1)
	fast := pay(t, p, testOrder(5, 2), lock2)
	wantTotal(t, fast, 15)
	ends, err := p.Refusals(testID, refusal(t, testHub, slow))
	putAll(t, p, ends, err)
	ends, err = p.Acknowledge(r2)
	putAll(t, p, ends, err)
	for i, want := range []uint64{15, 15, 16} { // 4+4+3 over the 10 that are free
		_, lock := testLock(byte(10 + i))
		wantTotal(t, pay(t, p, testOrder([]uint64{4, 4, 3}[i], 3), lock), want)
	}
}

// R6: an order is void when the payee's chain has passed its expiry in a final
// block without its preimage, and never by a word.
func TestR6OnlyTheChainVoids(t *testing.T) {
	p := newTestPayer(t, 1000)
	_, lock := testLock(1)
	s := pay(t, p, testOrder(10, 1), lock)
	payout := SignedPayout{Payee: wherry.Address{1}, Total: wherry.Base(10), Expiry: 5000, Hashlock: lock}
	payout.Sig = testHub.Sign(payout.Payout().Digest(chainB))
	late := time.Unix(5001, 0)

	_, err := p.Expire(testID, s.Order.Seq, payout, time.Unix(5000, 0), false)
	wantCode(t, err, wherry.Pending)
	_, err = p.Expire(testID, s.Order.Seq, payout, late, true)
	wantCode(t, err, wherry.Pending)
	forged := payout
	forged.Expiry = 1
	_, err = p.Expire(testID, s.Order.Seq, forged, late, false)
	wantCode(t, err, wherry.Forbidden)
	_, other := testLock(2)
	wrong := SignedPayout{Payee: wherry.Address{1}, Total: wherry.Base(10), Expiry: 1, Hashlock: other}
	wrong.Sig = testHub.Sign(wrong.Payout().Digest(chainB))
	_, err = p.Expire(testID, s.Order.Seq, wrong, late, false)
	wantCode(t, err, wherry.Invalid)
	unlocked := SignedPayout{Payee: wherry.Address{1}, Total: wherry.Base(10)}
	if IsVoid(unlocked.Expiry, late, false) {
		t.Error("an unlocked payout expired")
	}

	e, err := p.Expire(testID, s.Order.Seq, payout, late, false)
	putAll(t, p, []Entry{e}, err)
	if !p.Pending(testID).IsZero() {
		t.Error("its credit is not free")
	}
}

// R5: after leaving, an old promise must not be payable from a new deposit.
func TestR5TotalsGoOnAfterLeaving(t *testing.T) {
	p := newTestPayer(t, 100)
	r1, lock1 := testLock(1)
	_, lock2 := testLock(2)
	pay(t, p, testOrder(30, 1), lock1)
	ends, err := p.Acknowledge(r1)
	putAll(t, p, ends, err)
	lost := pay(t, p, testOrder(20, 2), lock2)

	s, err := p.Leave(testID)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Load(testID, s); err != nil {
		t.Fatal(err)
	}
	_, lock3 := testLock(3)
	_, _, err = p.Next(testID, testOrder(1, 3), lock3, noLimits)
	wantCode(t, err, wherry.Conflict)

	// The hub has collected 30 of the 100, and 70 went back.
	s, ends, err = p.Left(testID, wherry.Base(30))
	putAll(t, p, ends, err)
	if err := p.Load(testID, s); err != nil {
		t.Fatal(err)
	}
	_, _, err = p.Next(testID, testOrder(1, 3), lock3, noLimits)
	wantCode(t, err, wherry.NotFunded)
	s, err = p.Confirm(testID, wherry.Base(80), wherry.Base(30))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Load(testID, s); err != nil {
		t.Fatal(err)
	}
	// Whoever holds the lost promise could collect 20 of the new deposit with
	// it: the next ones are of the same total until they are worth that much.
	next := pay(t, p, testOrder(4, 3), lock3)
	if next.Total != lost.Total || s.Paid != wherry.Base(30) {
		t.Errorf("old promise %d, new %d, paid %d", lost.Total, next.Total, s.Paid)
	}
	_, lock4 := testLock(4)
	wantTotal(t, pay(t, p, testOrder(17, 3), lock4), 51)
}

// What a hub has settled in a channel that was left is gone, although the payer
// never saw the preimage: totals below it would be refused for ever.
func TestR5SettledWithoutTheBookKnowing(t *testing.T) {
	p := newTestPayer(t, 100)
	_, lock := testLock(1)
	pay(t, p, testOrder(20, 1), lock)
	s, ends, err := p.Left(testID, wherry.Base(20))
	putAll(t, p, ends, err)
	if err := p.Load(testID, s); err != nil {
		t.Fatal(err)
	}
	if s, err = p.Confirm(testID, wherry.Base(50), wherry.Base(20)); err != nil {
		t.Fatal(err)
	}
	if err := p.Load(testID, s); err != nil {
		t.Fatal(err)
	}
	_, lock = testLock(2)
	wantTotal(t, pay(t, p, testOrder(4, 2), lock), 24)
}

// A book from an old copy would sign totals that are spent already.
func TestRestoredPayerGoesOnFromItsOwnPromise(t *testing.T) {
	p := newTestPayer(t, 1000)
	var newest SignedPromise
	for i := byte(1); i <= 5; i++ {
		_, lock := testLock(i)
		newest = pay(t, p, testOrder(10, i), lock)
	}
	old := newTestPayer(t, 1000)
	forged := newest
	forged.Total = wherry.Base(999)
	_, _, err := old.Recover(forged)
	wantCode(t, err, wherry.Forbidden)
	stranger := newest
	stranger.Consumer = testPayee.Address()
	stranger.Sig = testPayee.Sign(stranger.Digest())
	_, _, err = old.Recover(stranger)
	wantCode(t, err, wherry.Forbidden)

	id, s, err := old.Recover(newest)
	if err != nil || id != testID {
		t.Fatal(id, err)
	}
	if err := old.Load(id, s); err != nil {
		t.Fatal(err)
	}
	_, lock := testLock(9)
	next := pay(t, old, testOrder(3, 9), lock)
	wantTotal(t, next, 53)
	if next.Order.Seq != newest.Order.Seq+1 {
		t.Errorf("number %d after %d", next.Order.Seq, newest.Order.Seq)
	}
	// An old promise, shown instead of the newest, takes nothing back.
	if _, s2, err := old.Recover(newest); err != nil || s2.Highest != next.Total || s2.Seq != next.Order.Seq {
		t.Errorf("%+v %v", s2, err)
	}
}

// R11: the hub's consent must not take more than what is revealed.
func TestR11CloseForMoreThanRevealedIsRefused(t *testing.T) {
	p := newTestPayer(t, 100)
	r1, lock1 := testLock(1)
	_, lock2 := testLock(2)
	pay(t, p, testOrder(30, 1), lock1)
	ends, err := p.Acknowledge(r1)
	putAll(t, p, ends, err)
	pay(t, p, testOrder(20, 2), lock2) // signed, and not revealed
	now := time.Unix(1000, 0)
	good := typed.Close{Consumer: testPayer.Address(), Deposited: wherry.Base(100), Settled: wherry.Base(30), Expiry: 1600}
	for name, c := range map[string]struct {
		change func(*typed.Close)
		code   wherry.Code
	}{
		"as it should be":  {func(*typed.Close) {}, ""},
		"one unit more":    {func(c *typed.Close) { c.Settled = wherry.Base(31) }, wherry.Refused},
		"expired":          {func(c *typed.Close) { c.Expiry = 1000 }, wherry.Conflict},
		"another consumer": {func(c *typed.Close) { c.Consumer = testPayee.Address() }, wherry.Invalid},
		"an old deposit":   {func(c *typed.Close) { c.Deposited = wherry.Base(90) }, wherry.Conflict},
	} {
		t.Run(name, func(t *testing.T) {
			cl := good
			c.change(&cl)
			wantCode(t, p.CheckClose(testID, cl, testHub.Sign(cl.Digest(chainA)), now), c.code)
		})
	}
	wantCode(t, p.CheckClose(testID, good, testPayee.Sign(good.Digest(chainA)), now), wherry.Forbidden)
	wantCode(t, p.CheckClose(testID, good, testHub.Sign(good.Digest(chainB)), now), wherry.Forbidden)
}
