package channel

import "github.com/wherrynet/wherry"

// Confirm returns the channel's count with what the chain has confirmed: the
// running totals of what was deposited and what was settled. A settled total
// above every promise in the book means that the channel was left, or that the
// book is an old copy: it goes on from there.
func (p *Payer) Confirm(id ID, deposited, settled wherry.Amount) (State, error) {
	b, ok := p.books[id]
	if !ok {
		return State{}, wherry.Errorf(wherry.NotFound, "no channel to hub %s", id.Hub)
	}
	s := b.State
	s.Deposit = deposited
	if s.Highest.Less(settled) {
		s.Used = s.Used.Max(settled.SubFloor(b.pending))
		s.Highest = settled
	}
	return s, nil
}
