package channel

import (
	"slices"

	"github.com/wherrynet/wherry"
)

// HubStated is a signed statement of the hub's money on a chain, as the bytes
// that were shown. It is in the journal before anybody sees it, so that no
// restart and no standby ever gives its number to another one.
type HubStated struct {
	Chain uint64 `cbor:"1,keyasint"`
	Seq   uint64 `cbor:"2,keyasint"` // from 1, grows by one
	Raw   []byte `cbor:"3,keyasint"`
}

// keptStatements is how many statements of a chain can be shown again.
const keptStatements = 256

// State takes note of a chain's next statement. Any other number than the next
// is Conflict.
func (h *Hub) State(s HubStated) (HubEvent, error) {
	if err := h.state(s); err != nil {
		return HubEvent{}, err
	}
	return HubEvent{State: &s}, nil
}

func (h *Hub) state(s HubStated) error {
	all := h.stated[s.Chain]
	if n := len(all); n > 0 && s.Seq != all[n-1].Seq+1 {
		return wherry.Errorf(wherry.Conflict, "statement %d of chain %d: the next is %d", s.Seq, s.Chain, all[n-1].Seq+1)
	}
	if len(all) >= keptStatements {
		all = slices.Delete(all, 0, len(all)-keptStatements+1)
	}
	h.stated[s.Chain] = append(all, s)
	return nil
}

// Stated returns a statement of a chain by its number, the newest for zero. One
// that was never made, or too long ago, is NotFound.
func (h *Hub) Stated(chain, seq uint64) (HubStated, error) {
	all := h.stated[chain]
	if n := len(all); n > 0 {
		first := all[0].Seq
		switch {
		case seq == 0:
			return all[n-1], nil
		case seq >= first && seq-first < uint64(n):
			return all[seq-first], nil
		}
	}
	return HubStated{}, wherry.Errorf(wherry.NotFound, "no statement %d of chain %d is kept", seq, chain)
}

// Earners returns every payee of a chain with what it has earned, in no order.
func (h *Hub) Earners(chain uint64) map[wherry.Address]wherry.Amount {
	out := map[wherry.Address]wherry.Amount{}
	for id, o := range h.outs {
		if id.Chain == chain && !o.base.IsZero() {
			out[id.Payee] = o.base
		}
	}
	return out
}
