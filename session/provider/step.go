package provider

import (
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

// Phase is where a session is.
//
//	 accepted          opening cleared          credit used up
//	──────────► Opening ─────────────► Carrying ◄────────────► Stopped
//	               │                      │        paid           │
//	               │ refused,             │ either side leaves    │ out of patience
//	               │ out of patience      ▼                       ▼
//	               └──────────────────► Ended ◄────────────── Leaving: the last tick
type Phase uint8

// The phases. Traffic passes in Carrying, and in Leaving until the last count.
const (
	Ended Phase = iota
	Opening
	Carrying
	Stopped
	Leaving
)

// String returns the phase's word.
func (p Phase) String() string {
	switch p {
	case Opening:
		return "opening"
	case Carrying:
		return "carrying"
	case Stopped:
		return "stopped"
	case Leaving:
		return "leaving"
	case Ended:
	}
	return "ended"
}

// MarshalText implements encoding.TextMarshaler with the phase's word.
func (p Phase) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Patience is how long a provider waits.
type Patience struct {
	Tick    time.Duration // between two invoices
	Opening time.Duration // for the opening to be cleared
	Held    time.Duration // for a session that was opened for later to begin
	Unpaid  time.Duration // for an invoice to be answered, and for a consumer to come back
	Leaving time.Duration // for the last invoice
}

// maxConflicts is how often in a row the hub may find that a promise was
// overtaken by one to another provider before the session ends. Nothing is
// carried on the strength of such a promise.
const maxConflicts = 3

// Ask is an invoice without an answer from the hub.
type Ask struct {
	Invoice wire.Invoice
	At      time.Time
	Amount  wherry.Amount // promised; zero until then
	Joined  bool          // answered in time, so it is in the batch
}

// Machine is everything that the decisions of one session depend on.
type Machine struct {
	Phase    Phase
	Held     bool // opened for later: nothing is asked before it begins
	Session  wherry.SessionID
	Meter    meter.Meter
	Offered  meter.Credit
	Account  meter.Account
	Patience Patience
	Most     uint64 // bytes after which it has to end; 0 is no bound

	Use     meter.Use
	Started time.Time     // when the clock was last set going
	Age     time.Duration // on the clock before that
	Paid    wherry.Amount // the sum of the orders that the hub has cleared
	Receipt wire.Receipt  // the newest, unsigned; zero before the first

	Ask       Ask // zero when nothing is asked
	Conflicts int
	Misses    int
	Asked     time.Time // the newest invoice
	Unpaid    time.Time // the first invoice since the last one that was paid; zero when all are
	Away      time.Time // since when there is no connection; zero while there is one
	Since     time.Time // of the phase
	Measured  time.Time // when the newest cleared invoice was asked

	Why error // why it is leaving, if that is not the consumer's wish
	Err error // why it ended; nil when nothing was wrong
}

// Event is something that happened.
type Event interface{ event() }

// The events.
type (
	// Counted is a reading of the tunnel's count, or only of the clock.
	Counted struct{ Bytes uint64 }
	// Ticked says that the session takes part in a tick; see Due.
	Ticked struct {
		Tick     channel.TickID
		Hashlock wherry.Hash
	}
	// Promised is the consumer's answer to an invoice, its signature checked.
	Promised struct{ Promise wire.Promise }
	// Sealed says that the tick's batch is closed: later promises do not count.
	Sealed struct{ Tick channel.TickID }
	// Cleared says that the hub took the promise, and the payout is on disk.
	Cleared struct{ Preimage wherry.Hash }
	// Declined says that the hub did not take it.
	Declined struct {
		Refusal channel.Refusal
		Answer  channel.Answer
	}
	// Joined and Parted say that the consumer's connection has come and gone.
	Joined struct{}
	Parted struct{}
	// Begun says that the consumer wants to use what it has opened for later.
	Begun struct{}
	// Told is a close from the consumer.
	Told struct{ Close wire.Close }
	// Stop ends the session for a reason of our own. With no reason, or with Rest, it
	// asks for the rest first.
	Stop struct {
		Err  error
		Rest bool
	}
)

func (Counted) event()  {}
func (Ticked) event()   {}
func (Promised) event() {}
func (Sealed) event()   {}
func (Cleared) event()  {}
func (Declined) event() {}
func (Joined) event()   {}
func (Parted) event()   {}
func (Begun) event()    {}
func (Told) event()     {}
func (Stop) event()     {}

// Effect is something to be done.
type Effect interface{ effect() }

// The effects, to be performed in order.
type (
	// Send sends a message to the consumer; a receipt is signed on the way out.
	Send struct{ Message wire.Message }
	// Allow sets the tunnel's allowance.
	Allow struct{ Bytes uint64 }
	// Batch puts the promised amount into the tick's batch.
	Batch struct{}
	// Pass says that the session has answered and adds nothing to the batch.
	Pass struct{}
)

func (Send) effect()  {}
func (Allow) effect() {}
func (Batch) effect() {}
func (Pass) effect()  {}

// Step decides what follows from an event at a time. The machine that it is
// given stays as it was.
func Step(m Machine, now time.Time, e Event) (Machine, []Effect) {
	if m.Phase == Ended {
		return m, nil
	}
	switch e := e.(type) {
	case Counted:
		return m.counted(now, e.Bytes)
	case Ticked:
		return m.ticked(now, e)
	case Promised:
		return m.promised(now, e.Promise)
	case Sealed:
		return m.sealed(e.Tick), nil
	case Cleared:
		return m.cleared(now, e.Preimage)
	case Declined:
		return m.declined(now, e)
	case Joined:
		m.Away = time.Time{}
		if m.Phase == Opening && m.Meter.Free() {
			m = m.move(now, Carrying)
			m.Receipt = wire.Receipt{Session: m.Session}
			return m, []Effect{Allow{m.Meter.Allowance(m.Account, m.Use)}, Send{wire.Message{Receipt: &wire.Receipt{Session: m.Session}}}}
		}
		return m.again()
	case Parted:
		if m.Away.IsZero() {
			m.Away = now
		}
		return m, nil
	case Begun:
		if m.Held {
			m.Held, m.Since = false, now
		}
		return m, nil
	case Told:
		if err := e.Close.Err(); err != nil {
			return m.end(err, false)
		}
		return m.leave(now)
	case Stop:
		if e.Err == nil || e.Rest {
			return m.retire(now, e.Err)
		}
		return m.end(e.Err, true)
	}
	return m, nil
}

// running reports whether the session's clock runs: time that carries nothing is
// not charged.
func (m Machine) running() bool { return m.Phase == Carrying }

// age returns the session's clock.
func (m Machine) age(now time.Time) time.Duration {
	if !m.running() {
		return m.Age
	}
	return m.Age + max(0, now.Sub(m.Started))
}

// move changes the phase, and keeps the clock's reading.
func (m Machine) move(now time.Time, to Phase) Machine {
	m.Age = m.age(now)
	m.Phase, m.Started, m.Since = to, now, now
	return m
}

func (m Machine) counted(now time.Time, bytes uint64) (Machine, []Effect) {
	if m.Phase != Leaving { // what the last words weigh is nobody's
		m.Use = m.Use.Max(meter.UseOf(m.age(now), bytes))
	}
	if m.Phase == Carrying && m.Meter.Over(m.Account, m.Use) {
		m = m.move(now, Stopped)
	}
	if err := m.impatient(now); err != nil {
		return m.end(err, true)
	}
	if m.Most > 0 && m.Use.Bytes+mostSlack >= m.Most && (m.Phase == Carrying || m.Phase == Stopped) {
		return m.retire(now, wherry.Errorf(wherry.Busy, "the provider carries %d bytes per session and no more", m.Most))
	}
	if m.Phase == Leaving && m.settled() {
		return m.end(nil, true)
	}
	return m, m.allow()
}

// impatient returns why the session should not be waited for any longer.
func (m Machine) impatient(now time.Time) error {
	over := func(since time.Time, d time.Duration) bool { return !since.IsZero() && now.Sub(since) >= d }
	switch {
	case m.Phase == Opening && m.Held && over(m.Since, m.Patience.Held):
		return wherry.Errorf(wherry.Timeout, "the session was held for %s and not begun", m.Patience.Held)
	case m.Phase == Opening && !m.Held && over(m.Since, m.Patience.Opening):
		return wherry.Errorf(wherry.Timeout, "the opening was not paid within %s", m.Patience.Opening)
	case m.Phase == Leaving && over(m.Since, m.Patience.Leaving):
		return wherry.Errorf(wherry.Timeout, "the last invoice was not paid within %s", m.Patience.Leaving)
	case over(m.Unpaid, m.Patience.Unpaid):
		return wherry.Errorf(wherry.NotFunded, "nothing was paid for %s", m.Patience.Unpaid)
	case over(m.Away, m.Patience.Unpaid):
		return wherry.Errorf(wherry.Unreachable, "the consumer was away for %s", m.Patience.Unpaid)
	}
	return nil
}

// allow returns the tunnel's allowance as it follows from the account.
func (m Machine) allow() []Effect {
	if m.Phase != Carrying {
		return nil
	}
	a := m.Meter.Allowance(m.Account, m.Use)
	if m.Most > 0 {
		a = min(a, m.Most)
	}
	return []Effect{Allow{a}}
}

// mostSlack is how close to its cap a session ends: less than that is no room for a
// batch of packets.
const mostSlack = 128 << 10

// retire is leave for a reason of the provider's, which the consumer is told at the end.
func (m Machine) retire(now time.Time, why error) (Machine, []Effect) {
	if m.Phase != Leaving {
		m.Why = why
	}
	return m.leave(now)
}

// settled reports whether all that was used is paid for, and nothing is asked.
func (m Machine) settled() bool {
	owed, err := m.Meter.Owed(m.Use)
	return m.Ask == (Ask{}) && (err != nil || !m.Account.Covered.Less(owed))
}

// leave asks for the rest, and then ends.
func (m Machine) leave(now time.Time) (Machine, []Effect) {
	if m.Phase == Leaving {
		return m, nil
	}
	if m.Phase == Opening {
		return m.end(nil, true)
	}
	m = m.move(now, Leaving)
	m.Use = m.Use.Max(meter.UseOf(m.Age, m.Use.Bytes))
	if m.settled() {
		return m.end(nil, true)
	}
	return m, nil
}

// end ends the session, and says why unless the consumer said it.
func (m Machine) end(err error, tell bool) (Machine, []Effect) {
	if err == nil {
		err = m.Why
	}
	m.Age, m.Phase, m.Err = m.Use.Time(), Ended, err
	if !tell {
		return m, nil
	}
	c := wire.Close{Session: m.Session}
	if err != nil {
		c.Code, c.Reason = wherry.CodeOf(err), wire.Clip(err.Error())
	}
	return m, []Effect{Send{wire.Message{Close: &c}}}
}

// AtRisk returns what the provider loses if the consumer vanishes now: what is
// used and not paid.
func (m Machine) AtRisk() wherry.Amount {
	cost, err := m.Meter.Rate.Cost(m.Use.Time(), m.Use.Bytes)
	if err != nil {
		return wherry.MaxOnChain
	}
	return cost.SubFloor(m.Paid)
}
