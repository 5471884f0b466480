package channel

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/wherrynet/wherry"
)

// Seen takes note of a preimage that stands on chain. In a final block of the
// chain on which the payout is due it counts without regard to the time; in any
// other place it is worth what it would be off chain. The event is zero when it
// opens nothing.
func (h *Hub) Seen(chain uint64, preimage wherry.Hash, final bool, now Clock) HubEvent {
	lock := wherry.Keccak256(preimage[:])
	rev, _ := h.opens(preimage, lock, ProviderID{}, now)
	if final {
		for _, t := range h.ticks[lock] {
			if t.provider.Chain == chain && !slices.Contains(rev.Providers, t.provider) {
				rev.Providers = append(rev.Providers, t.provider)
			}
		}
	}
	if len(rev.Providers) == 0 {
		return HubEvent{}
	}
	defer h.ins.calm()
	h.reveal(rev, lock)
	return HubEvent{Reveal: &rev}
}

// Void ends the ticks of a chain that expired before the given time, that of a
// final block up to which every preimage on the chain has been Seen.
func (h *Hub) Void(chain, final uint64) []HubEvent {
	defer h.ins.calm()
	var gone []*hubTick
	for _, ticks := range h.ticks {
		for _, t := range ticks {
			if t.provider.Chain == chain && t.expiry < final {
				gone = append(gone, t)
			}
		}
	}
	slices.SortFunc(gone, func(a, b *hubTick) int {
		return cmp.Or(compare(a.expiry, b.expiry), compareBytes(a.hashlock[:], b.hashlock[:]),
			compareBytes(a.provider.Provider[:], b.provider.Provider[:]))
	})
	out := make([]HubEvent, 0, len(gone))
	for _, t := range gone {
		v := HubVoided{Provider: t.provider, Hashlock: t.hashlock}
		if h.void(v) == nil {
			out = append(out, HubEvent{Void: &v})
		}
	}
	return out
}

// SetIn takes note of a consumer's channel on chain. The event is zero when that
// is no news.
func (h *Hub) SetIn(e HubIn) HubEvent {
	if !e.Leaving {
		e.ExitAt = 0
	}
	if in := h.ins.look(e.ID); in == nil && e.Deposited.IsZero() ||
		in != nil && in.deposited == e.Deposited && in.settled == e.Settled && in.leaving == e.Leaving && in.exitAt == e.ExitAt {
		return HubEvent{}
	}
	defer h.ins.calm()
	h.setIn(e)
	return HubEvent{In: &e}
}

func (h *Hub) setIn(e HubIn) {
	in := h.ins.make(e.ID)
	in.deposited, in.settled = e.Deposited, e.Settled
	h.ins.setLeaving(in, e.Leaving, e.ExitAt)
}

// SetOut takes note of a payee on chain. The event is zero when that is no news.
func (h *Hub) SetOut(e HubOut) HubEvent {
	if o := h.outs[e.ID]; o == nil && e.Settled.IsZero() && e.Reserved.IsZero() ||
		o != nil && o.paid == e.Settled && o.reserved == e.Reserved {
		return HubEvent{}
	}
	h.setOut(e)
	return HubEvent{Out: &e}
}

func (h *Hub) setOut(e HubOut) {
	o := h.out(e.ID)
	o.paid, o.reserved = e.Settled, e.Reserved
	h.markOut(e.ID)
}

// Close decides whether a consumer may leave at once, with what the newest block
// says of its channel. Consent is given only for what is really spent, with
// nothing pending, and stops the channel first: it takes no order until Lift.
// Until consent can be given, Closed.Pending says when to ask again.
//
// A consent that was given is repeated while half of its life is left and the contract
// still takes it: whatever does not expire after notBefore is void there. Otherwise
// another one takes its place, and the channel is stopped for as long as that may be
// used: since the first, nothing can have been spent.
func (h *Hub) Close(id InID, deposited, settled wherry.Amount, notBefore, now, life uint64) (HubEvent, Closed, error) {
	defer h.ins.calm()
	in := h.ins.get(id)
	if in == nil {
		return HubEvent{}, Closed{}, wherry.Errorf(wherry.NotFound, "no deposit is known")
	}
	c := Closed{Version: Version, Consumer: id.Consumer}
	const soon = 15 // seconds, about a block
	switch {
	case in.stop != nil && in.stop.Deposited == deposited && in.stop.Expiry > max(now+life/2, notBefore):
		return HubEvent{}, in.stop.closed(), nil
	case !in.pending.IsZero() || len(in.open) > 0:
		for _, o := range in.open {
			c.Pending = max(c.Pending, o.tick.expiry+soon)
		}
	case deposited != in.deposited:
		c.Pending = now + soon // a top-up or an exit is not final
	case now+life <= notBefore:
		c.Pending = notBefore - life + soon // in this very block the channel has turned
	case deposited == settled:
		return HubEvent{}, Closed{}, wherry.Errorf(wherry.NotFunded, "there is nothing in the channel")
	case in.spent.Less(settled) || deposited.Less(in.spent):
		return HubEvent{}, Closed{}, wherry.Errorf(wherry.Conflict, "what is settled on chain is not what was spent: leave with the delay")
	}
	if c.Pending != 0 {
		return HubEvent{}, c, nil
	}
	s := HubStop{ID: id, Deposited: deposited, Settled: in.spent, Expiry: now + life}
	h.ins.setStop(in, s)
	return HubEvent{Stop: &s}, s.closed(), nil
}

func (s HubStop) closed() Closed {
	return Closed{Version: Version, Consumer: s.ID.Consumer, Deposited: s.Deposited, Settled: s.Settled, Expiry: s.Expiry}
}

// Lift ends the stops of a chain that expired before the given time, that of a
// final block.
func (h *Hub) Lift(chain, final uint64) []HubEvent {
	var out []HubEvent
	defer h.ins.calm()
	for id := range h.ins.stopped {
		if id.Chain != chain {
			continue
		}
		if in := h.ins.get(id); in.stop.Expiry < final {
			h.ins.setStop(in, HubStop{ID: id})
			out = append(out, HubEvent{Stop: &HubStop{ID: id}})
		}
	}
	slices.SortFunc(out, func(a, b HubEvent) int {
		return compareBytes(a.Stop.ID.Consumer[:], b.Stop.ID.Consumer[:])
	})
	return out
}

// Scanned returns how far a chain was read.
func (h *Hub) Scanned(chain uint64) HubScan { return h.scanned[chain] }

// Scan takes note of how far a chain was read.
func (h *Hub) Scan(s HubScan) HubEvent {
	h.scanned[s.Chain] = s
	return HubEvent{Scan: &s}
}

// Ins returns the consumers whose channels on a chain are known, in order.
func (h *Hub) Ins(chain uint64) []InID {
	out := make([]InID, 0, len(h.ins.place[chain]))
	for who := range h.ins.place[chain] {
		out = append(out, InID{chain, who})
	}
	slices.SortFunc(out, compareIn)
	return out
}

// Outs returns the payees that are known on a chain, in order.
func (h *Hub) Outs(chain uint64) []OutID {
	return sortedKeys(h.outs, func(id OutID) bool { return id.Chain == chain }, compareOut)
}

func sortedKeys[K comparable, V any](m map[K]V, keep func(K) bool, order func(a, b K) int) []K {
	var out []K
	for k := range m {
		if keep(k) {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, order)
	return out
}

func compareIn(a, b InID) int {
	return cmp.Or(compare(a.Chain, b.Chain), compareBytes(a.Consumer[:], b.Consumer[:]))
}

func compareOut(a, b OutID) int {
	return cmp.Or(compare(a.Chain, b.Chain), compareBytes(a.Payee[:], b.Payee[:]))
}

func compareProvider(a, b ProviderID) int {
	return cmp.Or(compare(a.Chain, b.Chain), compareBytes(a.Provider[:], b.Provider[:]))
}

func compare(a, b uint64) int { return cmp.Compare(a, b) }

func compareBytes(a, b []byte) int { return bytes.Compare(a, b) }
