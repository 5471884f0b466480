package consumer

import (
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/wire"
)

// invoiced decides whether and what to pay. What it pays is its own count where
// that is lower than the claim; a claim beyond the tolerance is a lie.
func (m Machine) invoiced(inv wire.Invoice) (Machine, []Effect) {
	for _, p := range m.Pending {
		if p.Promise.Tick == inv.Tick && p.Hashlock == inv.Hashlock {
			promise := p.Promise // asked again after a break: the same answer
			return m, []Effect{Send{wire.Message{Promise: &promise}}}
		}
	}
	if m.Asked.Tick == inv.Tick && m.Asked.Hashlock == inv.Hashlock && !m.Asked.Hashlock.IsZero() {
		return m, nil // it is being signed
	}
	if m.Elsewhere { // its time is ours to count, and its bytes are not
		m.Own.Bytes = max(m.Own.Bytes, inv.Use.Bytes)
	}
	if err := m.checkInvoice(inv); err != nil {
		return m.end(err, true)
	}
	owed, err := m.Meter.Owed(m.Own)
	if err != nil {
		return m.end(err, true)
	}
	amount := owed.Min(inv.Due).SubFloor(m.Paid)
	m.Last = inv.Tick
	m.Seen = append(slices.Clone(m.Seen[max(0, len(m.Seen)-maxSeen+1):]), inv.Hashlock)
	if amount.IsZero() {
		return m, []Effect{Send{wire.Message{Promise: &wire.Promise{Session: m.Session, Tick: inv.Tick}}}}
	}
	if m.Row >= maxOpen || len(m.Pending) >= min(maxOpen+m.Acked/oneIn, mostOpen) {
		return m.end(wherry.Errorf(wherry.Unreachable, "the provider has not acknowledged %d promises", len(m.Pending)), true)
	}
	sum, err := wherry.Sum(m.Paid, m.waiting(), amount)
	if err != nil {
		return m.end(err, true)
	}
	if m.Budget.Less(sum) {
		return m.end(wherry.Errorf(wherry.OverBudget, "the session would cost %s: its budget is %s", sum, m.Budget), true)
	}
	m.Asked = inv
	return m, []Effect{Pay{Amount: amount, Hashlock: inv.Hashlock}}
}

func (m Machine) checkInvoice(inv wire.Invoice) error {
	agreed, err := m.Meter.Owed(inv.Use)
	if err != nil {
		return err
	}
	most, err := m.Meter.Most(m.Own)
	if err != nil {
		return err
	}
	switch {
	case inv.Tick.Epoch != m.Last.Epoch && m.Last != (channel.TickID{}):
		return wherry.Errorf(wherry.Conflict, "the provider has started anew within a session")
	case inv.Tick.Number <= m.Last.Number:
		return wherry.Errorf(wherry.Conflict, "invoice of tick %d after tick %d", inv.Tick.Number, m.Last.Number)
	case slices.Contains(m.Seen, inv.Hashlock):
		return wherry.Errorf(wherry.Forbidden, "invoice under the hash lock of an earlier tick")
	case agreed.Less(inv.Due):
		return wherry.Errorf(wherry.PriceTooHigh, "invoice of %s for what costs %s at the agreed price", inv.Due, agreed)
	case most.Less(inv.Due):
		return wherry.Errorf(wherry.Conflict, "the provider counts %d bytes and %d ms, we count %d and %d: more than the tolerance",
			inv.Use.Bytes, inv.Use.Millis, m.Own.Bytes, m.Own.Millis)
	}
	return nil
}

// promised sends what the wallet has signed.
func (m Machine) promised(e Promised) (Machine, []Effect) {
	inv := m.Asked
	m.Asked = wire.Invoice{}
	if e.Err != nil {
		return m.end(e.Err, true)
	}
	p := wire.Promise{
		Session: m.Session, Tick: inv.Tick, Amount: e.Promise.Order.Amount,
		Total: e.Promise.Total, Seq: e.Promise.Order.Seq, Sig: e.Promise.Sig,
	}
	m.Row++
	m.Pending = append(slices.Clone(m.Pending), Pending{Promise: p, Hashlock: inv.Hashlock, Order: e.Promise.ID()})
	return m, []Effect{Send{wire.Message{Promise: &p}}}
}

// receipted takes a receipt whose signature is good. Its preimage is what
// counts: with it the promise is paid, whatever else the receipt says.
func (m Machine) receipted(now time.Time, r wire.Receipt) (Machine, []Effect) {
	if r.Preimage.IsZero() {
		return m.opened(now, r), nil
	}
	lock := wherry.Keccak256(r.Preimage[:])
	i := slices.IndexFunc(m.Pending, func(p Pending) bool { return p.Hashlock == lock })
	if i < 0 {
		if slices.Contains(m.Seen, lock) {
			return m, nil // again, after a break
		}
		return m.end(wherry.Errorf(wherry.Forbidden, "receipt with a preimage that opens nothing"), true)
	}
	paid, err := m.Paid.Add(m.Pending[i].Promise.Amount)
	if err != nil {
		return m.end(err, true)
	}
	m.Paid, m.Pending = paid, drop(m.Pending, i)
	m.Acked, m.Row = m.Acked+1, 0
	if r.Paid != m.Paid {
		m, effects := m.end(wherry.Errorf(wherry.Conflict, "receipt for %s in all, and %s is paid", r.Paid, m.Paid), true)
		return m, append([]Effect{Acknowledge{r.Preimage}}, effects...)
	}
	return m.opened(now, r), []Effect{Acknowledge{r.Preimage}}
}

func (m Machine) opened(now time.Time, r wire.Receipt) Machine {
	m.Receipt = r
	if m.Phase == Opening && !m.Paid.Less(m.Meter.Opening) {
		m.Phase, m.Since = Open, now
	}
	return m
}

// declined notes that the hub did not take a promise: what the provider says of
// it is nothing, what the hub has signed counts. A refusal that names no order
// of ours frees nothing.
func (m Machine) declined(d wire.Decline) (Machine, []Effect) {
	for _, r := range d.Answer.Refused {
		i := slices.IndexFunc(m.Pending, func(p Pending) bool { return p.Order == r.Order })
		if i >= 0 {
			m.Pending, m.Row = drop(m.Pending, i), max(0, m.Row-1)
			return m, []Effect{Refused{d.Answer}}
		}
	}
	return m, nil
}
