package hub

import (
	"math/big"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
)

// This file decides when the hub collects and pays; drive.go does it. A batch of
// a hundred costs a third of a hundred transactions, so that waiting pays, and
// gas that costs twice as much now is often cheap tonight. What must not wait:
//
//	collect   force; a consumer whose exit is half over, whatever gas costs; four
//	          times CollectAbove
//	          a consumer that leaves, CollectAbove, CollectEvery: while gas is not
//	          dear, and after GasWait at any price
//	push      force; a payee whose reserve does not cover what it is owed, whatever
//	          gas costs
//	          a payee of whose reserve three quarters are used, PushEvery: while gas
//	          is not dear, and after GasWait at any price

// maxItems is how many consumers or payees are in one transaction.
const maxItems = 100

// verdict is what is decided about a batch.
type verdict struct {
	due bool // there is a reason to send it, though gas may be too dear just now
	now bool // send it
	why string
}

// decide turns a reason into a verdict. One that is due waits for cheaper gas,
// but for no longer than wait.
func decide(urgent, due string, waited, wait time.Duration, gas gasMarket) verdict {
	switch {
	case urgent != "":
		return verdict{true, true, urgent}
	case due == "":
		return verdict{}
	case gas.dear() && waited < wait:
		return verdict{true, false, due}
	}
	return verdict{true, true, due}
}

// collectRules say when the hub collects.
type collectRules struct {
	above   wherry.Amount // sum at which it does
	every   time.Duration // age at which it does
	gasWait time.Duration
	// exitMargin is what has to be left of an exit when the hub collects from the
	// consumer who leaves, at the latest.
	exitMargin time.Duration
}

// due is what can be collected, in all.
type due struct {
	sum wherry.Amount
	n   int // consumers
}

// collect decides about what can be collected: in all, and from those who come
// first, at most maxItems; since when something can, since when there is a
// reason to, and the chain's time. It returns whom to collect from: where
// somebody's leaving is the only reason, from those who leave alone, since
// everybody else can be had together with more some other day.
func (r collectRules) collect(all due, some []channel.Collectable, age, waited time.Duration, chainTime uint64, gas gasMarket, force bool) (verdict, []channel.Collectable) {
	if all.n == 0 {
		return verdict{}, nil
	}
	leaving, late := 0, false
	for _, c := range some {
		if c.Leaving { // they come first
			leaving++
			late = late || c.ExitAt < chainTime+uint64(r.exitMargin/time.Second)
		}
	}
	much := ""
	switch {
	case !all.sum.Less(r.above):
		much = "much is revealed"
	case age >= r.every:
		much = "it has waited long enough"
	}
	switch {
	case force:
		return decide("asked to", "", 0, 0, gas), some
	case !all.sum.Less(times(r.above, 4)):
		return decide("very much is revealed", "", 0, 0, gas), some
	case late:
		if much == "" {
			some = some[:leaving]
		}
		return decide("a consumer is about to have left", "", 0, 0, gas), some
	case much != "":
		return decide("", much, waited, r.gasWait, gas), some
	case leaving > 0:
		return decide("", "a consumer leaves", waited, r.gasWait, gas), some[:leaving]
	}
	return verdict{}, nil
}

// pushRules say when the hub pays, and how far it fills reserves.
type pushRules struct {
	every                           time.Duration // age at which it pays
	gasWait                         time.Duration
	minPush, minReserve, maxReserve wherry.Amount
}

// push decides about what is owed, as far as the free money goes: nobody is
// paid, and no reserve is set, before minPush is earned, and a reserve never
// exceeds what its payee has earned.
func (r pushRules) push(owed []channel.Owed, free wherry.Amount, age, waited time.Duration, gas gasMarket, force bool) (verdict, []channel.HubPush, wherry.Amount) {
	var items []channel.HubPush
	var sum wherry.Amount
	urgent, reason := "", ""
	for _, o := range owed {
		if len(items) == maxItems {
			break
		}
		due := o.Base.SubFloor(o.Paid)
		uncovered, low := o.Reserved.Less(due), !times(due, 4).Less(times(o.Reserved, 3))
		if !force && (due.Less(r.minPush) || !uncovered && !low && age < r.every) {
			continue
		}
		item, need := r.item(o, force)
		rest, err := free.Sub(need)
		if err != nil {
			continue // a smaller one may fit
		}
		free, sum = rest, add(sum, due)
		items = append(items, item)
		switch {
		case force:
			urgent = "asked to"
		case uncovered:
			urgent = "a reserve does not cover what is owed"
		case low:
			reason = "a reserve is nearly used"
		default:
			reason = "it has waited long enough"
		}
	}
	if len(items) == 0 {
		return verdict{}, nil, sum
	}
	return decide(urgent, reason, waited, r.gasWait, gas), items, sum
}

// item returns what is pushed to one payee, and how much free money that takes.
// A payment comes out of the reserve first. When everything is settled by hand,
// the reserve is not filled again.
func (r pushRules) item(o channel.Owed, settle bool) (channel.HubPush, wherry.Amount) {
	due := o.Base.SubFloor(o.Paid)
	left := o.Reserved.SubFloor(due)
	need := due.SubFloor(o.Reserved)
	target := o.Base.Min(r.maxReserve)
	if settle || target.Less(r.minReserve) {
		target = left
	}
	target = target.Max(left)
	return channel.HubPush{Payee: o.ID.Payee, Total: o.Base, Reserve: target}, add(need, target.SubFloor(left))
}

// How gas prices are remembered: two days, by the hour.
const (
	gasEvery = time.Hour
	gasKept  = 48
	gasFew   = 6 // prices before anything is called dear
)

// gasMarket is what gas costs now and has cost of late, in wei.
type gasMarket struct {
	now  wherry.Amount
	past []wherry.Amount // the oldest first
	at   time.Time       // when the newest of past was noted
}

// note takes a price into account and returns the market with it.
func (g gasMarket) note(price wherry.Amount, now time.Time) gasMarket {
	g.now = price
	if g.at.IsZero() || now.Sub(g.at) >= gasEvery {
		g.past = append(slices.Clone(g.past[max(0, len(g.past)+1-gasKept):]), price)
		g.at = now
	}
	return g
}

// dear reports whether gas costs more than five quarters of what is usual.
func (g gasMarket) dear() bool {
	if len(g.past) < gasFew {
		return false
	}
	usual := slices.SortedFunc(slices.Values(g.past), wherry.Amount.Cmp)[len(g.past)/2]
	return times(usual, 5).Less(times(g.now, 4))
}

// times multiplies what fits: money that exists, and prices of gas.
func times(a wherry.Amount, n int64) wherry.Amount {
	v, err := wherry.AmountFromBig(new(big.Int).Mul(a.Big(), big.NewInt(n)))
	if err != nil {
		return a
	}
	return v
}
