package channel

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
)

// ID names a payer's channel: its deposit at one hub on one chain.
type ID struct {
	A   typed.Domain
	Hub wherry.Address
}

// Limits is what a payer allows to be signed, whatever anybody asks for. The
// zero Limits allow nothing.
type Limits struct {
	// Unacknowledged is the most that may be signed, over all payees and hubs
	// together, without a word from the hub or a preimage: what is lost at
	// worst if everybody else vanishes now.
	Unacknowledged wherry.Amount
	// Budget is the most that the order's session may cost in all.
	Budget wherry.Amount
}

// OrderState is how far one of a payer's orders has come.
//
//	Signed ──► Revealed   its preimage is known: it is spent
//	   │ └───► Refused    the hub refused it under its signature
//	   └─────► Void       its payout expired with the preimage never shown
type OrderState uint8

// The states. Only a Signed order can still change.
const (
	NoOrder OrderState = iota
	Signed
	Revealed
	Refused
	Void
)

// String returns the state's word.
func (s OrderState) String() string {
	switch s {
	case Signed:
		return "signed"
	case Revealed:
		return "revealed"
	case Refused:
		return "refused"
	case Void:
		return "void"
	case NoOrder:
	}
	return "none"
}

// Entry is one order in a payer's book.
type Entry struct {
	Promise SignedPromise
	State   OrderState
}

// ID returns the channel that e draws on.
func (e Entry) ID() ID { return ID{A: e.Promise.A, Hub: e.Promise.Hub} }

// State is a payer's count of one channel, apart from the orders in flight.
// All amounts are positions in the running total that the payer signs.
type State struct {
	Deposit wherry.Amount // what the chain has confirmed, without what was given back: no promise goes above
	Highest wherry.Amount // the highest total ever signed; it never goes back
	Used    wherry.Amount // of it, what is gone for good: revealed, or settled without the book knowing what for
	Paid    wherry.Amount // the sum of all revealed orders
	Seq     uint64        // of the newest order
	Leaving bool          // nothing is signed until a new deposit
}

// Payer is one identity's book over all its channels: what it has deposited,
// signed and spent, and which orders are in flight to whom. It decides; it
// signs nothing and stores nothing. A decision comes back as data (a promise to
// sign, a changed Entry or State); the caller makes it durable and then hands it
// to Put or Load, so that a failed write leaves the book as it was and a book is
// read back the way it was written.
//
// # Why every subset is covered
//
// A promise's total covers everything that may still be claimed when it is
// signed: total ≥ used + pending + amount, where pending counts every order that
// the hub has not refused under its signature and that has not become void. So
// the hub's own rule, spent + pending + amount ≤ total, holds for every order
// that reaches it before later ones, and whichever subset of the accepted orders
// is revealed, the highest total among them covers their sum. Two orders that
// overtake each other on the way cost the slower one a refusal; its amount is
// then unallocated credit, since a later total already contains it, and the
// next order uses it before the total grows again.
type Payer struct {
	who      wherry.Address
	books    map[ID]*book
	sessions map[wherry.SessionID]wherry.Amount // signed, without refused and void orders
	waiting  wherry.Amount                      // sum of all orders in flight
	locks    lockMemory
}

// book is one channel.
type book struct {
	State
	pending wherry.Amount
	flying  map[uint64]Entry // by sequence number; all Signed
}

// NewPayer returns an empty book of the payer who.
func NewPayer(who wherry.Address) *Payer {
	return &Payer{who: who, books: map[ID]*book{}, sessions: map[wherry.SessionID]wherry.Amount{}}
}

// Next decides what to sign for an order under a hash lock; the order's
// sequence number is filled in. The promise comes back without its signature,
// or, with known set, as it was signed before: one session is never paid twice
// under one lock. Sign it, make it durable, Put it, and only then hand it out.
//
// Errors: Invalid, NotFound (no such channel), Forbidden (no lock), Conflict
// (leaving, another amount under the same lock, a lock of an earlier tick),
// OverBudget, NotFunded.
func (p *Payer) Next(id ID, order typed.Order, lock wherry.Hash, limits Limits) (promise SignedPromise, known bool, err error) {
	b, ok := p.books[id]
	if !ok {
		return SignedPromise{}, false, wherry.Errorf(wherry.NotFound, "no channel to hub %s on chain %d", id.Hub, id.A.ChainID)
	}
	if err := checkOrder(id, order, lock); err != nil {
		return SignedPromise{}, false, err
	}
	for _, e := range b.flying {
		if o := e.Promise.Order; o.Session == order.Session && e.Promise.Hashlock == lock {
			order.Seq = o.Seq
			if o != order {
				return SignedPromise{}, false, wherry.Errorf(wherry.Conflict, "invoice for %s: %s was signed under the same lock before", order.Amount, o.Amount)
			}
			return e.Promise, true, nil
		}
	}
	if b.Leaving {
		return SignedPromise{}, false, wherry.Errorf(wherry.Conflict, "the channel to hub %s is being left", id.Hub)
	}
	if err := p.locks.check(order.Provider, lock); err != nil {
		return SignedPromise{}, false, err
	}
	if err := p.within(order, limits); err != nil {
		return SignedPromise{}, false, err
	}
	total, err := wherry.Sum(b.Used, b.pending, order.Amount)
	if err != nil {
		return SignedPromise{}, false, err
	}
	total = total.Max(b.Highest)
	if b.Deposit.Less(total) || !total.FitsChain() {
		return SignedPromise{}, false, wherry.Errorf(wherry.NotFunded, "promise of %s in all: the deposit is %s", total, b.Deposit)
	}
	if b.Seq == 1<<64-1 {
		return SignedPromise{}, false, wherry.Errorf(wherry.Conflict, "the channel has used all its sequence numbers")
	}
	order.Seq = b.Seq + 1
	return SignedPromise{Consumer: p.who, A: id.A, Hub: id.Hub, Total: total, Hashlock: lock, Order: order}, false, nil
}

func checkOrder(id ID, o typed.Order, lock wherry.Hash) error {
	switch {
	case o.Provider.IsZero() || o.ContractB.IsZero() || o.ChainB == 0:
		return wherry.Errorf(wherry.Invalid, "order: it does not say who is paid on which chain")
	case o.Amount.IsZero() || !o.Amount.FitsChain():
		return wherry.Errorf(wherry.Invalid, "order: amount %s", o.Amount)
	case lock.IsZero() && o.Provider != id.Hub:
		return wherry.Errorf(wherry.Forbidden, "order without a hash lock: only a hub is paid without one")
	}
	return nil
}

func (p *Payer) within(o typed.Order, l Limits) error {
	sum, err := p.waiting.Add(o.Amount)
	if err != nil {
		return err
	}
	if l.Unacknowledged.Less(sum) {
		return wherry.Errorf(wherry.OverBudget, "%s would be signed and not acknowledged: the limit is %s", sum, l.Unacknowledged)
	}
	if sum, err = p.sessions[o.Session].Add(o.Amount); err != nil {
		return err
	}
	if l.Budget.Less(sum) {
		return wherry.Errorf(wherry.OverBudget, "the session would cost %s: its budget is %s", sum, l.Budget)
	}
	return nil
}

// Unacknowledged returns the sum of what is signed and neither revealed nor
// refused, over all channels.
func (p *Payer) Unacknowledged() wherry.Amount { return p.waiting }

// Session returns what is signed for a session, without refused and void orders.
func (p *Payer) Session(s wherry.SessionID) wherry.Amount { return p.sessions[s] }

// Pending returns the sum of the channel's orders in flight.
func (p *Payer) Pending(id ID) wherry.Amount {
	if b, ok := p.books[id]; ok {
		return b.pending
	}
	return wherry.Amount{}
}

// AtRisk returns what the hub could collect at most for nothing, in league with
// payees: the highest total signed without what is known to be spent.
func (p *Payer) AtRisk(id ID) wherry.Amount {
	if b, ok := p.books[id]; ok {
		return b.Highest.SubFloor(b.Used)
	}
	return wherry.Amount{}
}

// State returns the payer's count of a channel; false when there is none.
func (p *Payer) State(id ID) (State, bool) {
	if b, ok := p.books[id]; ok {
		return b.State, true
	}
	return State{}, false
}

// InFlight returns the channel's orders in flight, in no order.
func (p *Payer) InFlight(id ID) []Entry {
	b, ok := p.books[id]
	if !ok {
		return nil
	}
	out := make([]Entry, 0, len(b.flying))
	for _, e := range b.flying {
		out = append(out, e)
	}
	return out
}
