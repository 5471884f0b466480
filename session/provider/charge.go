package provider

import (
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

// Due reports whether the session should take part in the next tick.
func (m Machine) Due(now time.Time) bool {
	if m.Ask != (Ask{}) || !m.Away.IsZero() || m.Held || m.Meter.Free() {
		return false
	}
	since := now.Sub(m.Asked)
	if m.Misses > 0 || m.Conflicts > 0 { // do not press somebody who is slow
		if since < m.Patience.Tick<<min(m.Misses+m.Conflicts-1, 3)/4 {
			return false
		}
	}
	switch m.Phase {
	case Opening:
		return true
	case Leaving:
		return !m.settled()
	case Carrying, Stopped:
		return m.Meter.Due(m.Account, m.Use, since, m.Patience.Tick)
	case Ended:
	}
	return false
}

// ticked asks for what is due.
func (m Machine) ticked(now time.Time, e Ticked) (Machine, []Effect) {
	m.Use = m.Use.Max(meter.UseOf(m.age(now), m.Use.Bytes))
	due, err := m.Meter.Owed(m.Use)
	if err != nil {
		return m.end(err, true)
	}
	inv := wire.Invoice{
		Session: m.Session, Tick: e.Tick, Hashlock: e.Hashlock,
		Due: due.Max(m.Account.Covered), Paid: m.Paid, Use: m.Use,
	}
	m.Ask, m.Asked = Ask{Invoice: inv, At: now}, now
	if m.Unpaid.IsZero() {
		m.Unpaid = now
	}
	return m, []Effect{Send{wire.Message{Invoice: &inv}}}
}

// promised checks a promise against the invoice: the running total that it
// makes must lie within the tolerance below what is due, and not above it.
func (m Machine) promised(now time.Time, p wire.Promise) (Machine, []Effect) {
	if p.Tick != m.Ask.Invoice.Tick || m.Ask == (Ask{}) || m.Ask.Joined {
		return m, nil // late, so its lock may be known: it is asked for again
	}
	least, err := m.Meter.Least(m.Ask.Invoice.Due)
	if err != nil {
		return m.end(err, true)
	}
	total, err := m.Paid.Add(p.Amount)
	if err != nil || m.Ask.Invoice.Due.Less(total) {
		return m.end(wherry.Errorf(wherry.Invalid, "promise of more than the invoice"), true)
	}
	if total.Less(least) {
		return m.end(wherry.Errorf(wherry.Conflict, "promise of %s in all for an invoice of %s: less than the tolerance allows", total, m.Ask.Invoice.Due), true)
	}
	m.Ask.Joined, m.Ask.Amount = true, p.Amount
	if !p.Amount.IsZero() {
		return m, []Effect{Batch{}}
	}
	m, effects := m.paid(now, wherry.Hash{})
	return m, append([]Effect{Pass{}}, effects...)
}

// sealed drops an invoice that was not answered in time.
func (m Machine) sealed(tick channel.TickID) Machine {
	if m.Ask != (Ask{}) && tick == m.Ask.Invoice.Tick && !m.Ask.Joined {
		m.Ask = Ask{}
		m.Misses++
	}
	return m
}

// cleared counts the promise as paid.
func (m Machine) cleared(now time.Time, preimage wherry.Hash) (Machine, []Effect) {
	if !m.Ask.Joined {
		return m, nil
	}
	paid, err := m.Paid.Add(m.Ask.Amount)
	if err != nil {
		return m.end(err, true)
	}
	m.Paid = paid
	return m.paid(now, preimage)
}

// paid settles the invoice: what it asked for is covered, the credit grows, and
// the consumer gets its receipt.
func (m Machine) paid(now time.Time, preimage wherry.Hash) (Machine, []Effect) {
	inv := m.Ask.Invoice
	if m.Phase == Opening {
		m = m.move(now, Carrying)
	} else if span := m.Ask.At.Sub(m.Measured); span > 0 {
		rate := perSecond(inv.Use.Bytes-min(inv.Use.Bytes, m.Account.For.Bytes), span)
		m.Account.Credit = m.Meter.Grow(m.Account.Credit, m.Offered, rate, m.Patience.Tick)
	}
	m.Measured = m.Ask.At
	m.Account.Covered, m.Account.For = inv.Due, m.Account.For.Max(inv.Use)
	m.Ask, m.Misses, m.Conflicts, m.Unpaid = Ask{}, 0, 0, time.Time{}
	m.Receipt = wire.Receipt{Session: m.Session, Tick: inv.Tick, Preimage: preimage, Paid: m.Paid, Use: inv.Use}
	receipt := m.Receipt
	effects := []Effect{Send{wire.Message{Receipt: &receipt}}}
	if m.Phase == Stopped && !m.Meter.Over(m.Account, m.Use) {
		m = m.move(now, Carrying)
	}
	if m.Phase == Leaving && m.settled() {
		m, closing := m.end(nil, true)
		return m, append(effects, closing...)
	}
	return m, append(m.allow(), effects...)
}

// declined ends the session on any refusal but one: a promise that another one
// has overtaken is asked for again, within the same credit.
func (m Machine) declined(_ time.Time, e Declined) (Machine, []Effect) {
	tick := m.Ask.Invoice.Tick
	m.Ask = Ask{}
	m.Conflicts++
	answer := []Effect{Send{wire.Message{Decline: &wire.Decline{Session: m.Session, Tick: tick, Answer: e.Answer}}}}
	if e.Refusal.Code == wherry.Conflict && m.Conflicts < maxConflicts {
		return m, answer
	}
	code := e.Refusal.Code
	if !code.Known() {
		code = wherry.Refused
	}
	m, closing := m.end(wherry.Errorf(code, "the hub refuses the promise: %s", e.Refusal.Reason), true)
	return m, append(answer, closing...)
}

// again repeats on a new connection what may have been lost with the old one.
func (m Machine) again() (Machine, []Effect) {
	var effects []Effect
	if m.Receipt != (wire.Receipt{}) {
		receipt := m.Receipt
		effects = append(effects, Send{wire.Message{Receipt: &receipt}})
	}
	if m.Ask != (Ask{}) && !m.Ask.Joined {
		inv := m.Ask.Invoice
		effects = append(effects, Send{wire.Message{Invoice: &inv}})
	}
	return m, effects
}

// perSecond returns n bytes in d as bytes per second.
func perSecond(n uint64, d time.Duration) uint64 {
	ms := uint64(max(d, time.Millisecond) / time.Millisecond)
	return min(n, meter.MaxCreditBytes) * 1000 / ms
}
