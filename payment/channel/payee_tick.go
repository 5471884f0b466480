package channel

import (
	"slices"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
)

// TickState is how far a tick has come.
//
//	Drawn ──► Asked ──► Kept ──► Shown ──────────────► Done  the unlocked payout covers it
//	  │         │         ├────────┴──► Settled ──────► Done
//	  │         │         └────────┬──► Dropped              expired, and not settled
//	  └─────────┴──────────────────┘                         or nothing was accepted
type TickState uint8

// The states. In all but Done and Dropped the tick is in the book.
const (
	NoTick  TickState = iota
	Drawn             // its number is durable, its lock may be in invoices
	Asked             // a batch with its promises may have left
	Kept              // the hub's locked payout is checked and durable; the preimage has gone nowhere
	Shown             // the preimage may have gone to the hub, to consumers or on chain
	Settled           // its locked payout is settled in a final block; the hub has not said that it counts it
	Done              // the hub's unlocked payout covers it
	Dropped           // it pays nothing
)

// String returns the state's word.
func (s TickState) String() string {
	return [...]string{"none", "drawn", "asked", "kept", "shown", "settled", "done", "dropped"}[min(s, Dropped)]
}

// Tick is one tick in a payee's book.
type Tick struct {
	ID     TickID
	Lock   wherry.Hash
	State  TickState
	Gross  wherry.Amount // what consumers promised in it, as far as the hub accepted it
	Net    wherry.Amount // of that, what is the payee's
	Locked SignedPayout  // from Kept on
}

// PayeeConfig says whose book a Payee is.
type PayeeConfig struct {
	Hub      wherry.Address
	B        typed.Domain   // chain and contract that pay
	Provider wherry.Address // who serves, and is named in orders
	Payee    wherry.Address // who is paid
	FeePPM   uint64         // the hub's fee, parts per million of each order
	// Trust is what the payee lets the hub owe it beyond what is reserved for it
	// on chain: what it loses at worst if the hub is gone tomorrow.
	Trust wherry.Amount
}

// Payee is one payee's book with one hub on one chain: the ticks that are under
// way and the newest payout that nothing can undo. Like a Payer it decides and
// returns data; the caller makes it durable, and Put and Unlock take it in.
type Payee struct {
	PayeeConfig
	ticks    map[wherry.Hash]Tick // by lock; none of them Done or Dropped
	unlocked SignedPayout
	settling map[wherry.Hash]bool // Shown ticks that are on their way to the chain
}

// NewPayee returns an empty book.
func NewPayee(c PayeeConfig) *Payee {
	return &Payee{PayeeConfig: c, ticks: map[wherry.Hash]Tick{}, settling: map[wherry.Hash]bool{}}
}

// Put writes a tick as it now is into the book, or takes an ended one out.
func (p *Payee) Put(t Tick) {
	if t.State == Done || t.State == Dropped || t.State == NoTick {
		delete(p.ticks, t.Lock)
		delete(p.settling, t.Lock)
		return
	}
	p.ticks[t.Lock] = t
}

// Settling notes that the payout of a tick that is Shown is on its way to the
// chain: the hub may count it before its block is final.
func (p *Payee) Settling(lock wherry.Hash) { p.settling[lock] = true }

// Tick returns the tick under a lock, while it is in the book.
func (p *Payee) Tick(lock wherry.Hash) (Tick, bool) {
	t, ok := p.ticks[lock]
	return t, ok
}

// Ticks returns the ticks in a state, oldest first within each run.
func (p *Payee) Ticks(s TickState) []Tick {
	var out []Tick
	for _, t := range p.ticks {
		if t.State == s {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b Tick) int {
		if c := slices.Compare(a.ID.Epoch[:], b.ID.Epoch[:]); c != 0 {
			return c
		}
		switch {
		case a.ID.Number < b.ID.Number:
			return -1
		case a.ID.Number > b.ID.Number:
			return 1
		}
		return 0
	})
	return out
}

// Unlocked returns the newest payout that nothing can undo, zero when there is none.
func (p *Payee) Unlocked() SignedPayout { return p.unlocked }

// Unlock takes a checked unlocked payout in.
func (p *Payee) Unlock(u SignedPayout) {
	if p.unlocked.Total.Less(u.Total) {
		p.unlocked = u
	}
}

// Waiting returns what the payee could claim at most: the newest unlocked payout
// and every tick whose batch the hub may have accepted.
func (p *Payee) Waiting() wherry.Amount {
	sum := p.unlocked.Total
	for _, t := range p.ticks {
		if s, err := sum.Add(t.Net); err == nil && t.State != Drawn {
			sum = s
		}
	}
	return sum
}

// Unrevealed returns the net of the ticks whose preimage is still the payee's alone.
func (p *Payee) Unrevealed() wherry.Amount {
	var sum wherry.Amount
	for _, t := range p.ticks {
		if t.State != Asked && t.State != Kept {
			continue
		}
		if s, err := sum.Add(t.Net); err == nil {
			sum = s
		}
	}
	return sum
}

// Batch makes the batch of a tick out of its promises, each of which has passed
// CheckPromise, and the preimages that the hub should be shown. With no
// promises it only reveals, and names no tick. The tick comes back as it is once
// the batch is durable.
func (p *Payee) Batch(lock wherry.Hash, promises []SignedPromise, reveals []wherry.Hash) (Batch, Tick, error) {
	b := Batch{
		Version: Version, Hub: p.Hub, Provider: p.Provider, ChainB: p.B.ChainID, ContractB: p.B.Contract,
		Reveals: slices.Clone(reveals),
	}
	if len(reveals) > MaxReveals {
		return Batch{}, Tick{}, wherry.Errorf(wherry.Invalid, "batch of %d preimages: at most %d", len(reveals), MaxReveals)
	}
	if len(promises) == 0 && len(reveals) == 0 {
		return Batch{}, Tick{}, wherry.Errorf(wherry.Conflict, "nothing to hand in")
	}
	if len(promises) == 0 {
		return b, Tick{}, nil
	}
	t, ok := p.ticks[lock]
	switch {
	case !ok:
		return Batch{}, Tick{}, wherry.Errorf(wherry.NotFound, "no such tick")
	case t.State != Drawn:
		return Batch{}, Tick{}, wherry.Errorf(wherry.Conflict, "tick %d is %s: its batch was made before", t.ID.Number, t.State)
	case len(promises) > MaxBatch:
		return Batch{}, Tick{}, wherry.Errorf(wherry.Invalid, "batch of %d promises: at most %d", len(promises), MaxBatch)
	}
	b.Tick, b.Hashlock = t.ID, lock
	t.State = Asked
	seen := make(map[wherry.Hash]bool, len(promises))
	for _, s := range promises {
		o := s.Order
		if s.Hub != p.Hub || s.Hashlock != lock || o.Provider != p.Provider || o.ChainB != p.B.ChainID || o.ContractB != p.B.Contract {
			return Batch{}, Tick{}, wherry.Errorf(wherry.Invalid, "promise of %s does not belong to this tick", s.Consumer)
		}
		id := s.ID()
		if seen[id] {
			return Batch{}, Tick{}, wherry.Errorf(wherry.Invalid, "promise of %s is in the batch twice", s.Consumer)
		}
		seen[id] = true
		var err error
		if t.Gross, err = t.Gross.Add(o.Amount); err != nil {
			return Batch{}, Tick{}, err
		}
		if t.Net, err = t.Net.Add(Net(o.Amount, p.FeePPM)); err != nil {
			return Batch{}, Tick{}, err
		}
		b.Items = append(b.Items, s.Item())
	}
	return b, t, nil
}
