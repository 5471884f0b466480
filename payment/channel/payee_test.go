package channel

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

var (
	testEpoch  = Epoch{1, 2, 3}
	testSecret = Secret{9}
	testNow    = time.Unix(1_800_000_000, 0)
)

func testTick(n uint64) (TickID, wherry.Hash, wherry.Hash) {
	id := TickID{Epoch: testEpoch, Number: n}
	r := testSecret.Preimage(testHub.Address(), chainB, testPayee.Address(), id)
	return id, r, Lock(r)
}

func newTestPayee() *Payee {
	return NewPayee(PayeeConfig{
		Hub: testHub.Address(), B: chainB, Provider: testPayee.Address(), Payee: testPayee.Address(), FeePPM: 10_000,
	})
}

// asked is a payee with a batch out for tick n, with orders of these amounts.
func asked(t fataler, p *Payee, n uint64, reveals []wherry.Hash, amounts ...uint64) (Batch, []SignedPromise) {
	t.Helper()
	id, _, lock := testTick(n)
	p.Put(Tick{ID: id, Lock: lock, State: Drawn})
	promises := make([]SignedPromise, len(amounts))
	total := wherry.Base(0)
	for i, x := range amounts {
		total, _ = total.Add(wherry.Base(x))
		o := testOrder(x, byte(i))
		o.Seq = n*100 + uint64(i)
		s := SignedPromise{Consumer: testPayer.Address(), A: chainA, Hub: testHub.Address(), Total: total, Hashlock: lock, Order: o}
		s.Sig = testPayer.Sign(s.Digest())
		promises[i] = s
	}
	b, tick, err := p.Batch(lock, promises, reveals)
	if err != nil {
		t.Fatal(err)
	}
	p.Put(tick)
	return b, promises
}

// honest is the answer that a hub owes to a batch; base is what it has revealed
// after the batch's preimages.
func honest(t fataler, b Batch, base, net uint64, refused ...int) Answer {
	t.Helper()
	request, err := b.Request()
	if err != nil {
		t.Fatal(err)
	}
	a := Answer{Version: Version, Request: request, Tick: b.Tick}
	if base > 0 {
		a.Unlocked = SignedPayout{Payee: testPayee.Address(), Total: wherry.Base(base)}
	}
	if net > 0 {
		a.Locked = SignedPayout{Payee: testPayee.Address(), Total: wherry.Base(base + net), Expiry: uint64(testNow.Add(12 * time.Hour).Unix()), Hashlock: b.Hashlock}
	}
	for _, i := range refused {
		a.Refused = append(a.Refused, Refusal{Item: uint64(i), Code: wherry.NotFunded, Reason: "no deposit"})
	}
	return resign(t, a, testHub)
}

func resign(t fataler, a Answer, hub *identity.Key) Answer {
	t.Helper()
	for _, p := range []*SignedPayout{&a.Unlocked, &a.Locked} {
		p.Sig = identity.Signature{}
		if !p.IsZero() {
			p.Sig = hub.Sign(p.Payout().Digest(chainB))
		}
	}
	a.Sig = identity.Signature{}
	if len(a.Refused) > 0 {
		d, err := a.Digest()
		if err != nil {
			t.Fatal(err)
		}
		a.Sig = hub.Sign(d)
	}
	return a
}

func take(p *Payee, o Outcome) {
	for _, t := range o.Ticks {
		p.Put(t)
	}
	p.Unlock(o.Unlocked)
}

func TestTickFromLockToUnlockedPayout(t *testing.T) {
	p := newTestPayee()
	b, _ := asked(t, p, 1, nil, 1000, 199) // net 990 + 197
	out, err := p.Answer(b, honest(t, b, 0, 1187), testNow, testNow)
	if err != nil || !out.Reveal || !slices.Equal(out.Accepted, []int{0, 1}) {
		t.Fatalf("%+v %v", out, err)
	}
	take(p, out)
	_, r1, lock1 := testTick(1)
	if tick, ok := p.Tick(lock1); !ok || tick.State != Shown || tick.Gross != wherry.Base(1199) || tick.Net != wherry.Base(1187) {
		t.Fatalf("%+v", tick)
	}
	b, _ = asked(t, p, 2, []wherry.Hash{r1}, 100)
	out, err = p.Answer(b, honest(t, b, 1187, 99), testNow, testNow)
	if err != nil {
		t.Fatal(err)
	}
	take(p, out)
	if _, ok := p.Tick(lock1); ok || p.Unlocked().Total != wherry.Base(1187) || p.Waiting() != wherry.Base(1286) {
		t.Fatalf("unlocked %d, waiting %d", p.Unlocked().Total, p.Waiting())
	}
	// The last tick: a batch that only reveals.
	_, r2, _ := testTick(2)
	b, tick, err := p.Batch(wherry.Hash{}, nil, []wherry.Hash{r2})
	if err != nil || tick.State != NoTick || !b.Tick.isZero() || !b.Hashlock.IsZero() {
		t.Fatalf("%+v %v", b, err)
	}
	if out, err = p.Answer(b, honest(t, b, 1286, 0), testNow, testNow); err != nil || out.Reveal {
		t.Fatal(err)
	}
	take(p, out)
	if p.Unlocked().Total != wherry.Base(1286) || len(p.ticks) != 0 {
		t.Fatal(p.Unlocked().Total)
	}
	_, _, err = p.Batch(wherry.Hash{}, nil, nil)
	wantCode(t, err, wherry.Conflict)
}

func (t TickID) isZero() bool { return t == TickID{} }

// R9: each of these is an answer with which the payee would serve for less than
// it asked for, or for something that no contract pays.
func TestR9AnswerThatFallsShort(t *testing.T) {
	other := testKey(9)
	for name, c := range map[string]struct {
		change func(*Answer)
		by     *identity.Key // nil: the hub
		code   wherry.Code
	}{
		"payout for one unit less than asked": {change: func(a *Answer) { a.Locked.Total = wherry.Base(500 + 1186) }, code: wherry.Refused},
		"base for one unit less":              {change: func(a *Answer) { a.Unlocked.Total = wherry.Base(499) }, code: wherry.Refused},
		"no unlocked payout":                  {change: func(a *Answer) { a.Unlocked = SignedPayout{} }, code: wherry.Refused},
		"no locked payout":                    {change: func(a *Answer) { a.Locked = SignedPayout{} }, code: wherry.Invalid},
		"locked to somebody else":             {change: func(a *Answer) { a.Locked.Payee = other.Address() }, code: wherry.Invalid},
		"unlocked to somebody else":           {change: func(a *Answer) { a.Unlocked.Payee = other.Address() }, code: wherry.Invalid},
		"another lock":                        {change: func(a *Answer) { a.Locked.Hashlock[0] ^= 1 }, code: wherry.Invalid},
		"expires too soon": {change: func(a *Answer) {
			a.Locked.Expiry = uint64(testNow.Add(MinPayoutLife).Unix()) - 1
		}, code: wherry.Refused},
		"no expiry":                {change: func(a *Answer) { a.Locked.Expiry = 0 }, code: wherry.Refused},
		"unlocked with an expiry":  {change: func(a *Answer) { a.Unlocked.Expiry = 1 << 33 }, code: wherry.Invalid},
		"unlocked with a lock":     {change: func(a *Answer) { a.Unlocked.Hashlock[0] = 1 }, code: wherry.Invalid},
		"signed by somebody else":  {change: func(*Answer) {}, by: other, code: wherry.Forbidden},
		"more than a contract has": {change: func(a *Answer) { a.Locked.Total, _ = wherry.MaxOnChain.Add(wherry.Base(1)) }, code: wherry.Invalid},
		"unlocked beyond it":       {change: func(a *Answer) { a.Unlocked.Total, _ = wherry.MaxOnChain.Add(wherry.Base(1)) }, code: wherry.Invalid},
		"another batch":            {change: func(a *Answer) { a.Request[0] ^= 1 }, code: wherry.Invalid},
		"another tick":             {change: func(a *Answer) { a.Tick.Number++ }, code: wherry.Invalid},
		"another version":          {change: func(a *Answer) { a.Version++ }, code: wherry.Invalid},
		"item beyond the batch": {change: func(a *Answer) {
			a.Refused = []Refusal{{Item: 2, Code: wherry.Conflict}}
		}, code: wherry.Invalid},
		"item twice": {change: func(a *Answer) {
			a.Refused = []Refusal{{Item: 1, Code: wherry.Conflict}, {Item: 1, Code: wherry.Conflict}}
		}, code: wherry.Invalid},
		"endless reason": {change: func(a *Answer) {
			a.Refused = []Refusal{{Item: 1, Code: wherry.Conflict, Reason: strings.Repeat("x", MaxReason+1)}}
		}, code: wherry.Invalid},
		"unknown code":    {change: func(a *Answer) { a.Refused = []Refusal{{Item: 1, Code: "because"}} }, code: wherry.Invalid},
		"as it should be": {change: func(*Answer) {}},
		"more than asked": {change: func(a *Answer) {
			a.Locked.Total, a.Unlocked.Total = wherry.Base(3000), wherry.Base(1600)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newTestPayee()
			p.Unlock(SignedPayout{Payee: testPayee.Address(), Total: wherry.Base(500)})
			b, _ := asked(t, p, 1, nil, 1000, 199)
			a := honest(t, b, 500, 1187)
			c.change(&a)
			by := c.by
			if by == nil {
				by = testHub
			}
			_, err := p.Answer(b, resign(t, a, by), testNow, testNow)
			wantCode(t, err, c.code)
		})
	}
}

// A payout on another chain or contract is worthless here.
func TestR9PayoutOfAnotherChain(t *testing.T) {
	for _, d := range []typed.Domain{chainA, {ChainID: chainB.ChainID, Contract: chainA.Contract}} {
		p := newTestPayee()
		b, _ := asked(t, p, 1, nil, 1000)
		a := honest(t, b, 0, 990)
		a.Locked.Sig = testHub.Sign(a.Locked.Payout().Digest(d))
		_, err := p.Answer(b, a, testNow, testNow)
		wantCode(t, err, wherry.Forbidden)

		_, r, _ := testTick(1)
		a = honest(t, b, 0, 990)
		out, err := p.Answer(b, a, testNow, testNow)
		if err != nil {
			t.Fatal(err)
		}
		take(p, out)
		b, _, _ = p.Batch(wherry.Hash{}, nil, []wherry.Hash{r})
		a = honest(t, b, 990, 0)
		a.Unlocked.Sig = testHub.Sign(a.Unlocked.Payout().Digest(d))
		_, err = p.Answer(b, a, testNow, testNow)
		wantCode(t, err, wherry.Forbidden)
	}
}

// R9: refused items are not paid; the rest still is, and to the last unit.
func TestR9RefusedItemsAreNotAsked(t *testing.T) {
	p := newTestPayee()
	b, _ := asked(t, p, 1, nil, 1000, 199, 300)
	_, err := p.Answer(b, honest(t, b, 0, 990+297-1, 1), testNow, testNow)
	wantCode(t, err, wherry.Refused)
	unsigned := honest(t, b, 0, 990+297, 1)
	unsigned.Sig = testPayee.Sign(wherry.Hash{1})
	_, err = p.Answer(b, unsigned, testNow, testNow)
	wantCode(t, err, wherry.Forbidden)
	out, err := p.Answer(b, honest(t, b, 0, 990+297, 1), testNow, testNow)
	if err != nil || !slices.Equal(out.Accepted, []int{0, 2}) {
		t.Fatal(out, err)
	}
}

func TestTickWithNothingAcceptedIsDropped(t *testing.T) {
	p := newTestPayee()
	b, _ := asked(t, p, 1, nil, 1000)
	out, err := p.Answer(b, honest(t, b, 0, 0, 0), testNow, testNow)
	if err != nil || out.Reveal || len(out.Accepted) != 0 {
		t.Fatal(out, err)
	}
	take(p, out)
	if len(p.ticks) != 0 {
		t.Error("the tick is still there")
	}
}

// R9: with too little of its life left, a preimage does not go out off chain,
// although the payout was good when it was made.
func TestR9LateAnswerIsKeptAndNotShown(t *testing.T) {
	p := newTestPayee()
	b, _ := asked(t, p, 1, nil, 1000)
	a := honest(t, b, 0, 990)
	out, err := p.Answer(b, a, testNow, testNow.Add(6*time.Hour+time.Second))
	if err != nil || out.Reveal {
		t.Fatal(out, err)
	}
	take(p, out)
	_, _, lock := testTick(1)
	tick, _ := p.Tick(lock)
	if tick.State != Kept || p.Revealable(tick, testNow) {
		t.Fatal(tick.State)
	}
	expiry := time.Unix(int64(a.Locked.Expiry), 0)
	full := Reserve{Final: wherry.Base(990), Head: wherry.Base(990)}
	for _, c := range []struct {
		left    time.Duration
		reserve Reserve
		want    Action
	}{
		{RevealUntil, full, Reveal},
		{RevealUntil - time.Second, full, SettleNow},
		{RevealUntil - time.Second, Reserve{Final: wherry.Base(989), Head: wherry.Base(5000)}, Wait},
		{RevealUntil - time.Second, Reserve{Final: wherry.Base(5000), Head: wherry.Base(989)}, Wait},
		{RevealUntil - time.Second, Reserve{Final: wherry.Base(1), Head: wherry.Base(1), Settled: wherry.Base(989)}, SettleNow},
		{SettleUntil, full, SettleNow},
		{SettleUntil - time.Second, full, Wait}, // it might be mined too late
		{0, full, Drop},
	} {
		if got := p.Decide(tick, expiry.Add(-c.left), c.reserve); got != c.want {
			t.Errorf("%s left, %+v: %s, want %s", c.left, c.reserve, got, c.want)
		}
	}
	tick.State = Shown
	if got := p.Decide(tick, expiry.Add(-RevealUntil), full); got != Wait {
		t.Error("shown, in time: ", got)
	}
	if got := p.Decide(tick, expiry.Add(-RevealUntil+1), full); got != SettleNow {
		t.Error("shown, and the hub keeps silent: ", got)
	}
}

// R13: a reserve counts for as much as both views of the chain have, and a cut
// that is announced counts as made.
func TestR13ReserveDecidesWhetherToServe(t *testing.T) {
	p := newTestPayee()
	p.Trust = wherry.Base(10)
	p.Unlock(SignedPayout{Payee: testPayee.Address(), Total: wherry.Base(100)})
	for name, c := range map[string]struct {
		r    Reserve
		code wherry.Code
	}{
		"enough":           {Reserve{Final: wherry.Base(90), Head: wherry.Base(90)}, ""},
		"not final":        {Reserve{Final: wherry.Base(89), Head: wherry.Base(90)}, wherry.NotFunded},
		"going":            {Reserve{Final: wherry.Base(90), Head: wherry.Base(89)}, wherry.NotFunded},
		"a cut announced":  {Reserve{Final: wherry.Base(500), Head: wherry.Base(500), UnlockAt: testNow}, wherry.NotFunded},
		"settled meantime": {Reserve{Final: wherry.Base(40), Head: wherry.Base(40), Settled: wherry.Base(50)}, ""},
	} {
		if err := p.Serve(c.r); wherry.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	asked(t, p, 1, nil, 1000) // what is asked for counts before it is answered
	if err := p.Serve(Reserve{Final: wherry.Base(1079), Head: wherry.Base(1079)}); err == nil {
		t.Error("a tick under way does not count")
	}
}

// A tick settled on chain counts as soon as the hub's own count has it, and is
// not demanded before.
func TestSettledTickIsCoveredLater(t *testing.T) {
	p := newTestPayee()
	b, _ := asked(t, p, 1, nil, 1000)
	out, err := p.Answer(b, honest(t, b, 0, 990), testNow, testNow)
	if err != nil {
		t.Fatal(err)
	}
	take(p, out)
	_, _, lock := testTick(1)
	tick, _ := p.Tick(lock)
	tick.State = Settled
	p.Put(tick)

	b, _ = asked(t, p, 2, nil, 100)
	if out, err = p.Answer(b, honest(t, b, 0, 99), testNow, testNow); err != nil {
		t.Fatal("the hub has not seen the settlement: ", err)
	}
	take(p, out)
	_, r2, _ := testTick(2)
	b, _, _ = p.Batch(wherry.Hash{}, nil, []wherry.Hash{r2})
	if out, err = p.Answer(b, honest(t, b, 1089, 0), testNow, testNow); err != nil {
		t.Fatal(err)
	}
	take(p, out)
	if len(p.ticks) != 0 {
		t.Errorf("%d ticks left", len(p.ticks))
	}
}

func TestBatchBelongsToItsTick(t *testing.T) {
	p := newTestPayee()
	_, promises := asked(t, p, 1, nil, 1000)
	_, _, lock1 := testTick(1)
	_, _, err := p.Batch(lock1, promises, nil)
	wantCode(t, err, wherry.Conflict) // asked before
	id, _, lock2 := testTick(2)
	p.Put(Tick{ID: id, Lock: lock2, State: Drawn})
	_, _, err = p.Batch(lock2, promises, nil)
	wantCode(t, err, wherry.Invalid) // another lock
	_, _, err = p.Batch(wherry.Hash{1}, promises, nil)
	wantCode(t, err, wherry.NotFound)
	promises[0].Hashlock = lock2
	_, _, err = p.Batch(lock2, []SignedPromise{promises[0], promises[0]}, nil)
	wantCode(t, err, wherry.Invalid)
	_, _, err = p.Batch(lock2, make([]SignedPromise, MaxBatch+1), nil)
	wantCode(t, err, wherry.Invalid)
	_, _, err = p.Batch(lock2, promises, make([]wherry.Hash, MaxReveals+1))
	wantCode(t, err, wherry.Invalid)
}

func TestPayeeGoesOnFromTheNewest(t *testing.T) {
	p := newTestPayee()
	_, _, lock := testTick(5)
	u := SignedPayout{Payee: testPayee.Address(), Total: wherry.Base(700)}
	u.Sig = testHub.Sign(u.Payout().Digest(chainB))
	l := SignedPayout{Payee: testPayee.Address(), Total: wherry.Base(790), Expiry: uint64(testNow.Add(7 * time.Hour).Unix()), Hashlock: lock}
	l.Sig = testHub.Sign(l.Payout().Digest(chainB))
	got, _, err := p.CheckNewest(u, nil)
	if err != nil {
		t.Fatal(err)
	}
	tick, err := p.Adopt(l, got.Total, testNow)
	if err != nil || tick.State != Shown || tick.Net != wherry.Base(90) {
		t.Fatal(tick, err)
	}
	if tick, err = p.Adopt(l, got.Total, testNow.Add(2*time.Hour)); err != nil || tick.State != Kept {
		t.Fatal(tick, err)
	}
	u.Sig = testPayee.Sign(u.Payout().Digest(chainB))
	_, _, err = p.CheckNewest(u, nil)
	wantCode(t, err, wherry.Forbidden)
	l.Sig = u.Sig
	_, err = p.Adopt(l, got.Total, testNow)
	wantCode(t, err, wherry.Forbidden)
}
