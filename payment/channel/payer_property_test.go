package channel

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"pgregory.net/rapid"
)

// ruleHub is the hub of §5.4 in the slowest form: a list, and one rule.
type ruleHub struct {
	deposit wherry.Amount
	orders  []ruleOrder
	dead    map[uint64]bool // numbers that it refused under its signature
}

type ruleOrder struct {
	p     SignedPromise
	state OrderState
}

func (h *ruleHub) sum(states ...OrderState) wherry.Amount {
	var s wherry.Amount
	for _, o := range h.orders {
		for _, st := range states {
			if o.state == st {
				s, _ = s.Add(o.p.Order.Amount)
			}
		}
	}
	return s
}

// takes is the rule: spent + pending + x ≤ total ≤ confirmed deposit.
func (h *ruleHub) takes(p SignedPromise) bool {
	need, _ := h.sum(Signed, Revealed).Add(p.Order.Amount)
	return !p.Total.Less(need) && !h.deposit.Less(p.Total)
}

func (h *ruleHub) knows(seq uint64) bool {
	for _, o := range h.orders {
		if o.p.Order.Seq == seq {
			return true
		}
	}
	return h.dead[seq]
}

// covered is what makes any subset of the accepted orders safe for the hub: for
// each subset of those pending that is revealed, with what is revealed already,
// one total among them covers the sum.
func (h *ruleHub) covered() bool {
	var pending []SignedPromise
	var sum, top wherry.Amount
	for _, o := range h.orders {
		switch o.state {
		case Signed:
			pending = append(pending, o.p)
		case Revealed:
			sum, _ = sum.Add(o.p.Order.Amount)
			top = top.Max(o.p.Total)
		case NoOrder, Refused, Void: // cost nothing
		}
	}
	pending = pending[:min(len(pending), 8)]
	for set := range 1 << len(pending) {
		s, t := sum, top
		for i, p := range pending {
			if set>>i&1 == 1 {
				s, _ = s.Add(p.Order.Amount)
				t = t.Max(p.Total)
			}
		}
		if t.Less(s) {
			return false
		}
	}
	return true
}

// flight is a payer, a hub, several providers and a network that loses,
// repeats and reorders.
type flight struct {
	t       *rapid.T
	payer   *Payer
	hub     *ruleHub
	network []SignedPromise
	locks   map[wherry.Hash]wherry.Hash // preimages by lock
	all     []Entry                     // everything ever signed, as it stands in the payer's book
	highest wherry.Amount
	drawn   byte
}

func (f *flight) set(e Entry) {
	if err := f.payer.Put(e); err != nil {
		f.t.Fatalf("put %s order %d: %v", e.State, e.Promise.Order.Seq, err)
	}
	for i := range f.all {
		if f.all[i].Promise == e.Promise {
			f.all[i].State = e.State
		}
	}
}

func (f *flight) sign(t *rapid.T) {
	provider := rapid.ByteRange(1, 3).Draw(t, "provider")
	x := rapid.Uint64Range(1, 40).Draw(t, "x")
	f.drawn++
	r := wherry.Hash{provider, f.drawn, byte(len(f.all)), byte(len(f.all) >> 8)}
	lock := Lock(r)
	o := testOrder(x, provider)
	o.Provider = wherry.Address{provider}
	before, _ := f.payer.State(testID)
	s, known, err := f.payer.Next(testID, o, lock, noLimits)
	need, _ := wherry.Sum(before.Used, f.payer.Pending(testID), o.Amount)
	if f.hub.deposit.Less(need) {
		if wherry.CodeOf(err) != wherry.NotFunded {
			t.Fatalf("a deposit of %d does not cover %d: %v", f.hub.deposit, need, err)
		}
		return
	}
	if err != nil || known {
		t.Fatalf("a deposit of %d covers %d: %v %v", f.hub.deposit, need, err, known)
	}
	s.Sig = testPayer.Sign(s.Digest())
	f.locks[lock] = r
	f.all = append(f.all, Entry{Promise: s, State: Signed})
	f.network = append(f.network, s)
	f.set(Entry{Promise: s, State: Signed})
	// A promise that reaches the hub before any later one always satisfies it.
	if !f.hub.takes(s) {
		t.Fatalf("promise of %d for %d: the hub counts %d", s.Total, o.Amount, f.hub.sum(Signed, Revealed))
	}
}

func (f *flight) deliver(t *rapid.T) {
	if len(f.network) == 0 {
		return
	}
	i := rapid.IntRange(0, len(f.network)-1).Draw(t, "which")
	p := f.network[i]
	if !rapid.Bool().Draw(t, "again") {
		f.network = append(f.network[:i:i], f.network[i+1:]...)
	}
	if f.hub.knows(p.Order.Seq) {
		return
	}
	if rapid.IntRange(0, 9).Draw(t, "mood") > 0 && f.hub.takes(p) {
		f.hub.orders = append(f.hub.orders, ruleOrder{p, Signed})
		return
	}
	f.hub.dead[p.Order.Seq] = true
	if rapid.Bool().Draw(t, "the refusal is lost") {
		return
	}
	ends, err := f.payer.Refusals(testID, refusal(t, testHub, p))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range ends {
		f.set(e)
	}
}

func (f *flight) lose(t *rapid.T) {
	if len(f.network) > 0 {
		i := rapid.IntRange(0, len(f.network)-1).Draw(t, "which")
		f.network = append(f.network[:i:i], f.network[i+1:]...)
	}
}

func (f *flight) pick(t *rapid.T) *ruleOrder {
	var open []*ruleOrder
	for i := range f.hub.orders {
		if f.hub.orders[i].state == Signed {
			open = append(open, &f.hub.orders[i])
		}
	}
	if len(open) == 0 {
		return nil
	}
	return open[rapid.IntRange(0, len(open)-1).Draw(t, "which")]
}

func (f *flight) reveal(t *rapid.T) {
	o := f.pick(t)
	if o == nil {
		return
	}
	o.state = Revealed
	if rapid.Bool().Draw(t, "the receipt is lost") {
		return
	}
	ends, err := f.payer.Acknowledge(f.locks[o.p.Hashlock])
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range ends {
		f.set(e)
	}
}

func (f *flight) expire(t *rapid.T) {
	o := f.pick(t)
	if o == nil {
		return
	}
	o.state = Void
	if rapid.Bool().Draw(t, "the payer does not look") {
		return
	}
	payout := SignedPayout{Payee: wherry.Address{1}, Total: o.p.Order.Amount, Expiry: 1000, Hashlock: o.p.Hashlock}
	payout.Sig = testHub.Sign(payout.Payout().Digest(typed.Domain{ChainID: o.p.Order.ChainB, Contract: o.p.Order.ContractB}))
	e, err := f.payer.Expire(testID, o.p.Order.Seq, payout, time.Unix(1001, 0), false)
	if err != nil {
		t.Fatal(err)
	}
	f.set(e)
}

func (f *flight) topUp(t *rapid.T) {
	f.hub.deposit, _ = f.hub.deposit.Add(wherry.Base(rapid.Uint64Range(0, 60).Draw(t, "more")))
	s, err := f.payer.Confirm(testID, f.hub.deposit, wherry.Amount{})
	if err == nil {
		err = f.payer.Load(testID, s)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// restart reads the book back the way a wallet does.
func (f *flight) restart(t *rapid.T) {
	s, _ := f.payer.State(testID)
	p := NewPayer(testPayer.Address())
	if err := p.Load(testID, s); err != nil {
		t.Fatal(err)
	}
	paid := map[wherry.SessionID]wherry.Amount{}
	for _, e := range f.all {
		p.LoadLock(e.Promise.Order.Provider, e.Promise.Hashlock, e.State == Revealed)
		if e.State == Revealed {
			id := e.Promise.Order.Session
			paid[id], _ = paid[id].Add(e.Promise.Order.Amount)
		}
	}
	for id, a := range paid {
		p.LoadSession(id, a)
	}
	for _, e := range f.all {
		if e.State == Signed {
			if err := p.Put(e); err != nil {
				t.Fatal(err)
			}
		}
	}
	f.payer = p
}

func (f *flight) check(t *rapid.T) {
	s, _ := f.payer.State(testID)
	var pending, revealed wherry.Amount
	sessions := map[wherry.SessionID]wherry.Amount{}
	for _, e := range f.all {
		x, id := e.Promise.Order.Amount, e.Promise.Order.Session
		switch e.State {
		case Signed:
			pending, _ = pending.Add(x)
			sessions[id], _ = sessions[id].Add(x)
		case Revealed:
			revealed, _ = revealed.Add(x)
			sessions[id], _ = sessions[id].Add(x)
		case NoOrder, Refused, Void: // cost nothing
		}
	}
	switch {
	case s.Highest.Less(f.highest):
		t.Fatalf("the total went back from %d to %d", f.highest, s.Highest)
	case s.Deposit.Less(s.Highest):
		t.Fatalf("signed %d of a deposit of %d", s.Highest, s.Deposit)
	case s.Highest.Less(s.Used):
		t.Fatalf("spent %d and signed %d", s.Used, s.Highest)
	case s.Used != revealed || s.Paid != revealed || f.payer.Pending(testID) != pending || f.payer.Unacknowledged() != pending:
		t.Fatalf("the book counts %+v, pending %d: want %d, %d", s, f.payer.Pending(testID), revealed, pending)
	case len(f.payer.InFlight(testID)) > 0 && pending.IsZero():
		t.Fatal("orders in flight that nobody counts")
	case !f.hub.covered():
		t.Fatal("a subset of what the hub took is not covered")
	}
	for id, want := range sessions {
		if f.payer.Session(id) != want {
			t.Fatalf("session %d: %d, want %d", id[0], f.payer.Session(id), want)
		}
	}
	// What the hub counts is never more than what the payer does.
	used, _ := s.Used.Add(pending)
	if h := f.hub.sum(Signed, Revealed); used.Less(h) {
		t.Fatalf("the hub counts %d, the payer %d", h, used)
	}
	f.highest = s.Highest
}

// TestEverySubsetIsCovered plays a payer with several providers and several
// payments in flight against a hub that refuses, over a network that loses,
// repeats and reorders, with preimages that are shown, lost or never come.
func TestEverySubsetIsCovered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := &flight{
			t: t, payer: NewPayer(testPayer.Address()), locks: map[wherry.Hash]wherry.Hash{},
			hub: &ruleHub{dead: map[uint64]bool{}},
		}
		if err := f.payer.Load(testID, State{}); err != nil {
			t.Fatal(err)
		}
		f.topUp(t)
		t.Repeat(map[string]func(*rapid.T){
			"sign": f.sign, "sign more": f.sign, "deliver": f.deliver, "deliver more": f.deliver, "lose": f.lose,
			"reveal": f.reveal, "expire": f.expire, "top up": f.topUp, "restart": f.restart, "": f.check,
		})
	})
}

// TestPayeeTakesWhatItAskedForAndNoLess plays ticks against a hub that may pay
// less, pay more, refuse items or leave preimages uncounted. Whatever the payee
// accepts covers what it counts.
func TestPayeeTakesWhatItAskedForAndNoLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newTestPayee()
		p.FeePPM = rapid.Uint64Range(0, million).Draw(t, "fee")
		var revealed wherry.Amount // the slow count: net of every tick whose preimage went to the hub
		var last []wherry.Hash
		var lastNet wherry.Amount
		for n := uint64(1); n <= 6; n++ {
			amounts := rapid.SliceOfN(rapid.Uint64Range(1, 1<<40), 1, 5).Draw(t, "amounts")
			b, _ := asked(t, p, n, last, amounts...)
			refused := map[int]bool{}
			var refusals []int
			var net wherry.Amount
			for i, x := range amounts {
				if rapid.IntRange(0, 3).Draw(t, "refuse") == 0 {
					refused[i], refusals = true, append(refusals, i)
					continue
				}
				share, _ := wherry.Base(x).MulDiv(million-p.FeePPM, million)
				net, _ = net.Add(share)
			}
			base, _ := revealed.Add(lastNet)
			short := wherry.Base(rapid.Uint64Range(0, 2).Draw(t, "short"))
			more := wherry.Base(rapid.Uint64Range(0, 2).Draw(t, "more"))
			a := honest(t, b, 0, 0, refusals...)
			a.Unlocked = SignedPayout{Payee: p.Payee, Total: base}
			if len(refused) < len(amounts) {
				total, _ := wherry.Sum(base, net, more)
				a.Locked = SignedPayout{Payee: p.Payee, Total: total.SubFloor(short), Expiry: uint64(testNow.Add(11 * time.Hour).Unix()), Hashlock: b.Hashlock}
			}
			out, err := p.Answer(b, resign(t, a, testHub), testNow, testNow)
			want, _ := base.Add(net)
			if len(refused) < len(amounts) && a.Locked.Total.Less(want) {
				wantCode(t, err, wherry.Refused)
				return
			}
			if err != nil {
				t.Fatalf("tick %d: %v", n, err)
			}
			take(p, out)
			revealed, last, lastNet = base, nil, wherry.Amount{}
			if out.Reveal {
				_, r, _ := testTick(n)
				last, lastNet = []wherry.Hash{r}, net
			}
			if p.Unlocked().Total.Less(revealed) {
				t.Fatalf("unlocked %d, revealed %d", p.Unlocked().Total, revealed)
			}
		}
	})
}

const million = 1_000_000
