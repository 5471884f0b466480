package channel

import (
	"github.com/wherrynet/wherry"
)

// HubRestored is the record with which a restored journal goes on from its
// backup. Whoever restores it cannot know what was signed after the backup, so
// that the book counts as incomplete unless Whole says otherwise.
type HubRestored struct {
	Record uint64 `cbor:"1,keyasint"` // the backup's last
	Taken  uint64 `cbor:"2,keyasint"` // unix seconds
	At     uint64 `cbor:"3,keyasint"` // unix seconds
	// Whole is true when the backup ends a journal that was handed over, or when
	// the operator knows that it holds the hub's last record. Evidence to the
	// contrary ends it.
	Whole bool `cbor:"4,keyasint"`
}

// HubLost is evidence that the hub's key has signed what is not in the book.
type HubLost struct {
	Why string `cbor:"1,keyasint"`
	// Of a payout that was shown and is honoured: its payee has earned Total at
	// least. A zero Total is none.
	Out   OutID         `cbor:"2,keyasint"`
	Total wherry.Amount `cbor:"3,keyasint"`
}

// HubMoved ends a journal: the hub goes on from its backup, somewhere else.
type HubMoved struct {
	At uint64 `cbor:"1,keyasint"` // unix seconds
}

// HeldPayout is a payout that a payee holds, with the preimage of its lock where
// that is known.
type HeldPayout struct {
	Payout   SignedPayout `cbor:"1,keyasint"`
	Preimage wherry.Hash  `cbor:"2,keyasint"` // zero without a lock, or unknown
}

// Whole returns nil when the book is all that the hub's key has ever signed, as
// far as anybody knows. Otherwise it is Refused: no order and no consent may
// follow from the book. What it holds is collected and paid all the same.
func (h *Hub) Whole() error {
	switch {
	case h.lost != nil:
		return wherry.Errorf(wherry.Refused, "the hub's journal is not whole: %s; it takes no orders any more, collects, and pays what it has signed", h.lost.Why)
	case h.restored != nil && !h.restored.Whole:
		return wherry.Errorf(wherry.Refused, "the hub's journal is restored from a backup and not whole: it takes no orders any more, collects, and pays what it has signed")
	}
	return nil
}

// Restored returns how the book came out of a backup, if it did.
func (h *Hub) Restored() (HubRestored, bool) {
	if h.restored == nil {
		return HubRestored{}, false
	}
	return *h.restored, true
}

// Moved reports whether the journal was handed over, so that nothing may follow.
func (h *Hub) Moved() bool { return h.moved }

// Draining reports whether the hub takes no new orders, as its operator wants it.
func (h *Hub) Draining() bool { return h.draining }

// Drain takes note that the hub takes no new orders, or takes them again. The event is
// zero when that is no news.
func (h *Hub) Drain(on bool) HubEvent {
	if h.draining == on {
		return HubEvent{}
	}
	h.draining = on
	return HubEvent{Drain: &HubDrained{On: on}}
}

// Move returns the event that ends the journal.
func (h *Hub) Move(at uint64) HubEvent {
	h.moved = true
	return HubEvent{Moved: &HubMoved{At: at}}
}

// Lose takes note that the book is not whole. The event is zero when that is no news.
func (h *Hub) Lose(why string) HubEvent {
	if h.lost != nil {
		return HubEvent{}
	}
	e := HubLost{Why: clipReason(why)}
	h.lose(e)
	return HubEvent{Lost: &e}
}

// Show takes note of a payout of this hub's that its payee holds; the caller has
// verified the signature. One that the book cannot have signed is evidence that
// the book is not whole, and is honoured where it can be claimed. The event is zero
// when the book accounts for it.
func (h *Hub) Show(chain uint64, p HeldPayout, now Clock) HubEvent {
	o := p.Payout
	id := OutID{chain, o.Payee}
	base := h.Earned(id)
	if !base.Less(o.Total) {
		return HubEvent{}
	}
	claim := o.Hashlock.IsZero() && o.Expiry == 0
	if !claim {
		// A locked payout above what is earned is the book's own while its tick is
		// open, and worth nothing once it has expired.
		if now[chain] == 0 || o.Expiry <= now[chain] {
			return HubEvent{}
		}
		for _, t := range h.ticks[o.Hashlock] {
			if t.payee == o.Payee && t.provider.Chain == chain && !plus(base, t.net).Less(o.Total) {
				return HubEvent{}
			}
		}
		claim = wherry.Keccak256(p.Preimage[:]) == o.Hashlock
	}
	e := HubLost{Why: "a payee holds a payout that it does not know of"}
	if claim {
		e.Out, e.Total = id, o.Total
	} else if h.lost != nil {
		return HubEvent{}
	}
	h.lose(e)
	return HubEvent{Lost: &e}
}

// lose applies evidence. Which orders a shown payout covers is not known: those
// of the payee's open ticks are taken to be among them, since their payouts are
// good on chain without the hub.
func (h *Hub) lose(e HubLost) {
	if h.lost == nil {
		h.lost = &HubLost{Why: e.Why}
	}
	if !h.Earned(e.Out).Less(e.Total) {
		return
	}
	h.out(e.Out).base = e.Total
	h.markOut(e.Out)
	for _, ticks := range h.ticks {
		for _, t := range ticks {
			if t.provider.Chain == e.Out.Chain && t.payee == e.Out.Payee {
				t.net = wherry.Amount{}
			}
		}
	}
}

// Unexplained reports whether a consumer's promises were collected beyond all
// that the book has accepted. Anybody may collect for a hub, so that this proves
// nothing by itself; of a restored book it says that the backup is older.
func (h *Hub) Unexplained(id InID, collected wherry.Amount) bool {
	in := h.ins.look(id)
	if in == nil {
		return !collected.IsZero()
	}
	most := in.claimed()
	if in.newest != nil {
		most = most.Max(in.newest.item.Total)
	}
	return most.Less(collected)
}

func clipReason(s string) string {
	if len(s) > MaxReason {
		return s[:MaxReason]
	}
	return s
}
