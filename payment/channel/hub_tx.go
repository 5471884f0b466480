package channel

import (
	"cmp"
	"slices"

	"github.com/wherrynet/wherry"
)

// Collectable is a channel from which something can be collected.
type Collectable struct {
	ID      InID
	Amount  wherry.Amount // what the contract would move now
	Leaving bool
	ExitAt  uint64 // unix seconds when a leaving consumer takes what is left; zero when not leaving
	Item    HubCollect
}

// Due is what can be collected on a chain, as sums.
type Due struct {
	Amount   wherry.Amount // what the contract would move now
	Channels int
	Leaving  int // of them, channels whose consumer leaves
}

// Due returns what can be collected on a chain. Channels for which a Close may be
// used are left alone, unless they leave by the delay. It costs little, however
// many channels there are.
func (h *Hub) Due(chain uint64) Due {
	s := h.ins.total(chain)
	return Due{s.due, s.dues, s.leavers}
}

// Collectable returns at most so many channels of a chain from which something can
// be collected, one at least: those of leaving consumers first, then the largest.
// It costs as much as there are of these: only once in thousands of channels that
// were collected all have to be looked through.
func (h *Hub) Collectable(chain uint64, most int) []Collectable {
	out := h.CollectableLeaving(chain, most)
	if len(out) == most {
		return out
	}
	for _, r := range h.ins.largest(chain, most-len(out)) {
		out = append(out, h.collectableOf(h.ins.look(InID{chain, r.who})))
	}
	return out
}

// CollectableLeaving is Collectable for leaving consumers alone. It looks at no
// others.
func (h *Hub) CollectableLeaving(chain uint64, most int) []Collectable {
	var out []Collectable
	for id := range h.ins.leaving {
		if id.Chain == chain {
			out = h.collectable(out, h.ins.look(id), most)
		}
	}
	return out
}

// collectable adds a channel to a list in order, if it belongs there.
func (h *Hub) collectable(out []Collectable, in *hubIn, most int) []Collectable {
	if !in.due() {
		return out
	}
	c := h.collectableOf(in)
	i, _ := slices.BinarySearchFunc(out, c, compareCollectable)
	if i >= most {
		return out
	}
	out = slices.Insert(out, i, c)
	return out[:min(len(out), most)]
}

func (h *Hub) collectableOf(in *hubIn) Collectable {
	return Collectable{
		ID: in.id, Amount: in.collectable(), Leaving: in.leaving, ExitAt: in.exitAt,
		Item: HubCollect{Promise: h.held(in, in.claim), Preimage: in.preimage},
	}
}

func compareCollectable(a, b Collectable) int {
	if a.Leaving != b.Leaving {
		if a.Leaving {
			return -1
		}
		return 1
	}
	return cmp.Or(b.Amount.Cmp(a.Amount), compareIn(a.ID, b.ID))
}

// Owed is a payee that has earned more than it was paid on chain.
type Owed struct {
	ID       OutID
	Base     wherry.Amount // earned in all
	Paid     wherry.Amount // in the newest final block
	Reserved wherry.Amount // in the newest final block
}

// Owed returns the payees of a chain that wait for money, the most first.
func (h *Hub) Owed(chain uint64) []Owed {
	var out []Owed
	for id := range h.owing {
		if o := h.outs[id]; id.Chain == chain {
			out = append(out, Owed{ID: id, Base: o.base, Paid: o.paid, Reserved: o.reserved})
		}
	}
	slices.SortFunc(out, func(a, b Owed) int {
		return cmp.Or(b.Base.SubFloor(b.Paid).Cmp(a.Base.SubFloor(a.Paid)), compareOut(a.ID, b.ID))
	})
	return out
}

// Earned returns what a payee has earned in all.
func (h *Hub) Earned(id OutID) wherry.Amount {
	if o := h.outs[id]; o != nil {
		return o.base
	}
	return wherry.Amount{}
}

// Plan takes note of a transaction that is to be sent, and numbers it.
func (h *Hub) Plan(t HubTx) HubEvent {
	t.ID, t.State = h.lastTx+1, TxPlanned
	_ = h.setTx(t) // a new number always fits
	return HubEvent{Tx: &t}
}

// SetTx takes note of how far a transaction has come.
func (h *Hub) SetTx(t HubTx) (HubEvent, error) {
	if t.ID > h.lastTx {
		return HubEvent{}, wherry.Errorf(wherry.Internal, "transaction %d was never planned", t.ID)
	}
	if err := h.setTx(t); err != nil {
		return HubEvent{}, err
	}
	return HubEvent{Tx: &t}, nil
}

func (h *Hub) setTx(t HubTx) error {
	i, found := slices.BinarySearchFunc(h.txs, t.ID, func(x *HubTx, id uint64) int { return compare(x.ID, id) })
	switch {
	case found:
		if h.txs[i].State.Done() {
			return wherry.Errorf(wherry.Internal, "transaction %d is done", t.ID)
		}
		if t.State.Done() {
			t.Raw, t.Collect, t.Push = nil, nil, nil
		}
		h.txs[i] = &t
	case t.ID == h.lastTx+1:
		h.txs, h.lastTx = append(h.txs, &t), t.ID
	default:
		return wherry.Errorf(wherry.Internal, "transaction %d is not known", t.ID)
	}
	done := 0
	for i, v := range slices.Backward(h.txs) {
		if !v.State.Done() {
			continue
		}
		if done++; done > keptTxs {
			h.txs = slices.Delete(h.txs, i, i+1)
		}
	}
	return nil
}

// Txs returns the hub's transactions: all that are open, and the last few that
// are done.
func (h *Hub) Txs() []HubTx {
	out := make([]HubTx, len(h.txs))
	for i, t := range h.txs {
		out[i] = *t
	}
	return out
}

// HubTotals is a chain's part of the books as sums. Over all chains, once
// everything is collected, In = Earned + Fee + Credit, and once everything is
// paid, Paid = Earned.
type HubTotals struct {
	Chain       uint64        `json:"chain"`
	Deposited   wherry.Amount `json:"deposited"`   // of all channels
	In          wherry.Amount `json:"in"`          // collected from consumers
	Spent       wherry.Amount `json:"spent"`       // revealed orders
	Pending     wherry.Amount `json:"pending"`     // unrevealed orders
	Uncollected wherry.Amount `json:"uncollected"` // can be collected now
	Credit      wherry.Amount `json:"credit"`      // collected, and not spent by consumers yet
	Earned      wherry.Amount `json:"earned"`      // by payees
	Out         wherry.Amount `json:"out"`         // paid to payees on chain
	Owed        wherry.Amount `json:"owed"`        // earned, and not paid on chain yet
	Reserved    wherry.Amount `json:"reserved"`    // for payees on chain
	Fee         wherry.Amount `json:"fee"`         // kept of what payees of this chain earned
	Consumers   int           `json:"consumers"`
	Payees      int           `json:"payees"`
}

// Totals returns the sums of every chain, by chain ID. They look through the
// channels with open orders, and all payees.
func (h *Hub) Totals() []HubTotals {
	by := map[uint64]*HubTotals{}
	for id := range h.chains {
		t := h.ins.total(id).HubTotals
		t.Chain, t.Fee = id, h.fees[id]
		by[id] = &t
	}
	for id, o := range h.outs {
		t := by[id.Chain]
		if t == nil {
			continue
		}
		t.Payees++
		t.Earned = plus(t.Earned, o.base)
		t.Out = plus(t.Out, o.paid)
		t.Owed = plus(t.Owed, o.base.SubFloor(o.paid))
		t.Reserved = plus(t.Reserved, o.reserved)
	}
	out := make([]HubTotals, 0, len(by))
	for _, t := range by {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b HubTotals) int { return compare(a.Chain, b.Chain) })
	return out
}
