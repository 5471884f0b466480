package channel

import (
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// Acknowledge returns the orders in flight that a preimage opens, as Revealed:
// they are paid for. A preimage that opens none is NotFound.
func (p *Payer) Acknowledge(preimage wherry.Hash) ([]Entry, error) {
	h := wherry.Keccak256(preimage[:])
	var out []Entry
	for _, b := range p.books {
		for _, e := range b.flying {
			if e.Promise.Hashlock == h {
				e.State = Revealed
				out = append(out, e)
			}
		}
	}
	if len(out) == 0 {
		return nil, wherry.Errorf(wherry.NotFound, "no order in flight waits for this preimage")
	}
	return out, nil
}

// Refusals returns the orders in flight that an answer refuses, as Refused,
// once it has seen the hub's signature under it. Whoever passes the answer on
// is not believed. An answer that refuses none of them is NotFound.
func (p *Payer) Refusals(id ID, a Answer) ([]Entry, error) {
	b, ok := p.books[id]
	if !ok {
		return nil, wherry.Errorf(wherry.NotFound, "no channel to hub %s", id.Hub)
	}
	if err := a.VerifyRefusals(id.Hub); err != nil {
		return nil, err
	}
	refused := make(map[wherry.Hash]bool, len(a.Refused))
	for _, r := range a.Refused {
		refused[r.Order] = true
	}
	var out []Entry
	for _, e := range b.flying {
		if refused[e.Promise.ID()] {
			e.State = Refused
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		return nil, wherry.Errorf(wherry.NotFound, "the answer refuses no order in flight")
	}
	return out, nil
}

// Expire returns order seq of a channel as Void. The evidence is the hub's
// locked payout for it, a final block of the payee's chain later than the
// payout's expiry, and shown, which says whether the preimage is in that chain
// up to this block: nothing earlier makes an order void, and nobody's word.
func (p *Payer) Expire(id ID, seq uint64, payout SignedPayout, finalB time.Time, shown bool) (Entry, error) {
	b, ok := p.books[id]
	if !ok {
		return Entry{}, wherry.Errorf(wherry.NotFound, "no channel to hub %s", id.Hub)
	}
	e, ok := b.flying[seq]
	if !ok {
		return Entry{}, wherry.Errorf(wherry.NotFound, "order %d is not in flight", seq)
	}
	o := e.Promise.Order
	if payout.Hashlock != e.Promise.Hashlock || payout.Hashlock.IsZero() {
		return Entry{}, wherry.Errorf(wherry.Invalid, "order %d: the payout has another lock", seq)
	}
	if err := payout.Verify(id.Hub, typed.Domain{ChainID: o.ChainB, Contract: o.ContractB}); err != nil {
		return Entry{}, err
	}
	if !IsVoid(payout.Expiry, finalB, shown) {
		return Entry{}, wherry.Errorf(wherry.Pending, "order %d may still be claimed", seq)
	}
	e.State = Void
	return e, nil
}

// IsVoid says whether an order whose payout expires at expiry (unix seconds) is
// void: finalB is the time of a final block of the payee's chain, shown whether
// its preimage is in that chain up to there.
func IsVoid(expiry uint64, finalB time.Time, shown bool) bool {
	return !shown && expiry != 0 && finalB.Unix() > 0 && uint64(finalB.Unix()) > expiry
}

// Recover returns the count of a channel that a payer with an old copy of its
// book continues from, given the newest promise of its own that the hub can
// show. What the book does not know of it counts as spent. Nobody but the payer
// can have signed it, so the hub is not believed either.
func (p *Payer) Recover(newest SignedPromise) (ID, State, error) {
	id := ID{A: newest.A, Hub: newest.Hub}
	b, ok := p.books[id]
	if !ok {
		return id, State{}, wherry.Errorf(wherry.NotFound, "no channel to hub %s", id.Hub)
	}
	if newest.Consumer != p.who {
		return id, State{}, wherry.Errorf(wherry.Forbidden, "a promise of %s, not of %s", newest.Consumer, p.who)
	}
	if err := newest.Verify(); err != nil {
		return id, State{}, err
	}
	s := b.State
	if s.Highest.Less(newest.Total) {
		s.Used = s.Used.Max(newest.Total.SubFloor(b.pending))
		s.Highest = newest.Total
	}
	s.Seq = max(s.Seq, newest.Order.Seq)
	return id, s, nil
}

// Leave returns the channel's count with leaving noted: nothing is signed from
// then on.
func (p *Payer) Leave(id ID) (State, error) {
	b, ok := p.books[id]
	if !ok {
		return State{}, wherry.Errorf(wherry.NotFound, "no channel to hub %s", id.Hub)
	}
	s := b.State
	s.Leaving = true
	return s, nil
}

// Left returns the channel's count after its exit is final, with settled as the
// contract then has it, and the orders that ended with it, as Void: payouts live
// shorter than leaving takes, and a hub consents only when nothing is in flight.
// What the hub has collected is gone, whether the book knows what for or not.
//
// The highest total stays: an old promise above what was settled can be
// collected from a new deposit, so that nothing may be signed below it.
func (p *Payer) Left(id ID, settled wherry.Amount) (State, []Entry, error) {
	b, ok := p.books[id]
	if !ok {
		return State{}, nil, wherry.Errorf(wherry.NotFound, "no channel to hub %s", id.Hub)
	}
	s := b.State
	s.Deposit, s.Leaving = settled, false
	s.Used = s.Used.Max(settled)
	s.Highest = s.Highest.Max(s.Used)
	out := p.InFlight(id)
	for i := range out {
		out[i].State = Void
	}
	return s, out, nil
}

// CheckClose returns nil when a hub's consent to leave at once is good: signed
// by the hub, for this payer, for the deposit as the chain has it, not expired,
// and taking no more than the payer's own count of what is revealed.
func (p *Payer) CheckClose(id ID, c typed.Close, sig identity.Signature, now time.Time) error {
	b, ok := p.books[id]
	if !ok {
		return wherry.Errorf(wherry.NotFound, "no channel to hub %s", id.Hub)
	}
	switch {
	case c.Consumer != p.who:
		return wherry.Errorf(wherry.Invalid, "close: it is for %s", c.Consumer)
	case c.Deposited != b.Deposit:
		return wherry.Errorf(wherry.Conflict, "close: for a deposit of %s, and it is %s", c.Deposited, b.Deposit)
	case now.Unix() < 0 || c.Expiry <= uint64(now.Unix()):
		return wherry.Errorf(wherry.Conflict, "close: it has expired")
	case b.Used.Less(c.Settled):
		return wherry.Errorf(wherry.Refused, "close: the hub wants to keep %s, and %s is revealed", c.Settled, b.Used)
	}
	if err := identity.Verify(id.Hub, c.Digest(id.A), sig); err != nil {
		return wherry.Errorf(wherry.Forbidden, "close: the hub did not sign it: %w", err)
	}
	return nil
}

// Ended is an order at its end, with its preimage where it is revealed.
type Ended struct {
	Entry
	Preimage wherry.Hash
}

// Fates returns the orders in flight that the hub, under its signature, says are
// at their end. One whose number has gone to another order, which a preimage that
// does not fit says, is Refused; what is pending or too old for the hub to tell
// stays in flight.
func (p *Payer) Fates(id ID, o Orders) ([]Ended, error) {
	b, ok := p.books[id]
	if !ok {
		return nil, wherry.Errorf(wherry.NotFound, "no channel to hub %s", id.Hub)
	}
	if o.Hub != id.Hub || o.Consumer != p.who || o.A.Domain() != id.A {
		return nil, wherry.Errorf(wherry.Invalid, "the hub's answer is about another channel")
	}
	if err := o.Verify(); err != nil {
		return nil, wherry.Errorf(wherry.Forbidden, "orders: the hub did not sign them: %w", err)
	}
	var out []Ended
	seen := map[uint64]bool{}
	for _, s := range o.Orders {
		e, flying := b.flying[s.Seq]
		if !flying || seen[s.Seq] {
			continue
		}
		seen[s.Seq] = true
		switch s.State {
		case FateRevealed:
			if s.Preimage.IsZero() {
				return nil, wherry.Errorf(wherry.Refused, "order %d is revealed, says the hub, and shows no preimage", s.Seq)
			}
			e.State = Revealed
			if Lock(s.Preimage) != e.Promise.Hashlock {
				// Another order had this number: of another copy of this book, as on a
				// second device. Then this one never counts.
				e.State, s.Preimage = Refused, wherry.Hash{}
			}
			out = append(out, Ended{Entry: e, Preimage: s.Preimage})
		case FateRefused:
			e.State = Refused
			out = append(out, Ended{Entry: e})
		case FateVoid:
			e.State = Void
			out = append(out, Ended{Entry: e})
		case FatePending, FateUnknown:
		}
	}
	return out, nil
}
