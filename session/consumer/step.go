package consumer

import (
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

// Phase is where a session is.
//
//	          accepted         opening paid          left
//	(nothing) ───────► Opening ───────────► Open ───────────► Leaving
//	                      │                  │ silence, a lie,   │ last receipt,
//	                      │ refused          │ out of money      │ or too late
//	                      ▼                  ▼                   ▼
//	                    Ended ◄──────────── Ended ◄──────────── Ended
type Phase uint8

// The phases. Traffic may flow in Open alone.
const (
	Ended Phase = iota
	Opening
	Open
	Leaving
)

// String returns the phase's word.
func (p Phase) String() string {
	switch p {
	case Opening:
		return "opening"
	case Open:
		return "open"
	case Leaving:
		return "leaving"
	case Ended:
	}
	return "ended"
}

// MarshalText implements encoding.TextMarshaler with the phase's word.
func (p Phase) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Patience is how long a consumer waits.
type Patience struct {
	Opening time.Duration // for the receipt of the opening invoice
	Silence time.Duration // for any sign of life
	Leaving time.Duration // for the last receipt
}

// A promise that comes too late for its tick is dropped and asked for again, and
// nothing proves to the consumer that it was dropped. So a provider may say so of
// maxOpen promises in a row, and in all of one in oneIn and maxOpen: this much it
// could collect twice. mostOpen bounds what is remembered.
const (
	maxOpen  = 3
	oneIn    = 16
	mostOpen = 64
)

// maxSeen is how many hash locks are remembered; one that comes twice is refused.
const maxSeen = 1024

// Pending is a promise without an answer.
type Pending struct {
	Promise  wire.Promise
	Hashlock wherry.Hash
	Order    wherry.Hash // by which a hub names it in a refusal
}

// Machine is everything that the decisions of one session depend on.
type Machine struct {
	Phase     Phase
	Session   wherry.SessionID
	Meter     meter.Meter
	Elsewhere bool          // the tunnel does not end here: the provider's count is ours
	Budget    wherry.Amount // the most that the session may cost
	Patience  Patience

	Started  time.Time
	Own      meter.Use
	Received uint64        // bytes, as a sign of life
	Paid     wherry.Amount // acknowledged
	Receipt  wire.Receipt  // the newest
	Pending  []Pending
	Acked    int          // promises with a receipt
	Row      int          // promises since the newest receipt
	Asked    wire.Invoice // being signed; zero when none is
	Last     channel.TickID
	Seen     []wherry.Hash

	Heard, Pinged, Since time.Time // Since: of the phase
	Err                  error     // why it ended; nil when nothing was wrong
}

// Event is something that happened.
type Event interface{ event() }

// The events. Messages come with their signatures already checked.
type (
	// Counted is a reading of the tunnel's count.
	Counted struct{ Sent, Received uint64 }
	// Told is a message from the provider.
	Told struct{ Message wire.Message }
	// Promised is the wallet's answer to Pay.
	Promised struct {
		Promise channel.SignedPromise
		Err     error
	}
	// Passed says that time has passed.
	Passed struct{}
	// Probed says that a sign of life is wanted now.
	Probed struct{}
	// Left says that the consumer wants to leave.
	Left struct{}
	// Joined says that there is a new connection to the provider.
	Joined struct{}
	// Broke ends the session for a reason from outside, as a connection that is gone.
	Broke struct{ Err error }
)

func (Counted) event()  {}
func (Told) event()     {}
func (Promised) event() {}
func (Passed) event()   {}
func (Probed) event()   {}
func (Left) event()     {}
func (Joined) event()   {}
func (Broke) event()    {}

// Effect is something to be done.
type Effect interface{ effect() }

// The effects, to be performed in order.
type (
	// Pay asks the wallet for a promise; its answer is a Promised.
	Pay struct {
		Amount   wherry.Amount
		Hashlock wherry.Hash
	}
	// Send sends a message to the provider.
	Send struct{ Message wire.Message }
	// Acknowledge hands a preimage to the wallet.
	Acknowledge struct{ Preimage wherry.Hash }
	// Refused hands the hub's refusal to the wallet.
	Refused struct{ Answer channel.Answer }
)

func (Pay) effect()         {}
func (Send) effect()        {}
func (Acknowledge) effect() {}
func (Refused) effect()     {}

// Step decides what follows from an event at a time. The machine that it is
// given stays as it was.
func Step(m Machine, now time.Time, e Event) (Machine, []Effect) {
	if m.Phase == Ended {
		return m, nil
	}
	switch e := e.(type) {
	case Counted:
		if e.Received > m.Received {
			m.Heard = now
		}
		m.Received = max(m.Received, e.Received)
		m.Own = m.Own.Max(meter.UseOf(now.Sub(m.Started), e.Sent+e.Received))
		return m, nil
	case Told:
		m.Heard = now
		m.Own = m.Own.Max(meter.UseOf(now.Sub(m.Started), m.Own.Bytes))
		return m.told(now, e.Message)
	case Promised:
		return m.promised(e)
	case Passed:
		return m.passed(now)
	case Probed:
		m.Pinged = now
		return m, []Effect{Send{wire.Message{Ping: &wire.Ping{Number: uint64(now.Unix())}}}}
	case Left:
		return m.left(now)
	case Joined:
		if m.Phase == Leaving { // the close may have been lost with the connection before
			return m, []Effect{Send{wire.Message{Close: &wire.Close{Session: m.Session}}}}
		}
		return m, nil
	case Broke:
		return m.end(e.Err, true)
	}
	return m, nil
}

func (m Machine) told(now time.Time, msg wire.Message) (Machine, []Effect) {
	switch {
	case msg.Invoice != nil && msg.Invoice.Session == m.Session:
		return m.invoiced(*msg.Invoice)
	case msg.Receipt != nil && msg.Receipt.Session == m.Session:
		return m.receipted(now, *msg.Receipt)
	case msg.Decline != nil && msg.Decline.Session == m.Session:
		return m.declined(*msg.Decline)
	case msg.Close != nil && msg.Close.Session == m.Session:
		return m.closed(*msg.Close)
	case msg.Ping != nil:
		if msg.Ping.Reply {
			return m, nil
		}
		return m, []Effect{Send{wire.Message{Ping: &wire.Ping{Number: msg.Ping.Number, Reply: true}}}}
	}
	return m.end(wherry.Errorf(wherry.Invalid, "the provider said something that has no place here"), true)
}

func (m Machine) closed(c wire.Close) (Machine, []Effect) {
	err := c.Err()
	if err == nil && m.Phase != Leaving {
		err = wherry.Errorf(wherry.Unreachable, "the provider has ended the session")
	}
	if err != nil && m.Phase == Leaving && c.Code == wherry.Interrupted {
		err = nil // both leave at once
	}
	return m.end(err, false)
}

func (m Machine) passed(now time.Time) (Machine, []Effect) {
	silent := now.Sub(m.Heard)
	switch {
	case m.Phase == Opening && now.Sub(m.Since) >= m.Patience.Opening:
		return m.end(wherry.Errorf(wherry.Timeout, "the provider did not confirm the opening payment within %s", m.Patience.Opening), true)
	case m.Phase == Leaving && now.Sub(m.Since) >= m.Patience.Leaving:
		return m.end(nil, false)
	case silent >= m.Patience.Silence:
		return m.end(wherry.Errorf(wherry.Unreachable, "the provider has been silent for %s", m.Patience.Silence), true)
	case silent >= m.Patience.Silence/3 && now.Sub(m.Pinged) >= m.Patience.Silence/6,
		now.Sub(m.Pinged) >= 2*m.Patience.Silence: // the provider wants to hear from us, too
		m.Pinged = now
		return m, []Effect{Send{wire.Message{Ping: &wire.Ping{Number: uint64(now.Unix())}}}}
	}
	return m, nil
}

func (m Machine) left(now time.Time) (Machine, []Effect) {
	if m.Phase == Leaving {
		return m, nil
	}
	opened := m.Phase == Open
	m.Phase, m.Since = Leaving, now
	send := []Effect{Send{wire.Message{Close: &wire.Close{Session: m.Session}}}}
	if !opened {
		m.Phase = Ended
	}
	return m, send
}

// end ends the session. Where the consumer is the one who found the reason, it
// tells the provider.
func (m Machine) end(err error, tell bool) (Machine, []Effect) {
	m.Phase, m.Err = Ended, err
	if !tell {
		return m, nil
	}
	c := wire.Close{Session: m.Session}
	if err != nil {
		c.Code, c.Reason = wherry.CodeOf(err), wire.Clip(err.Error())
	}
	return m, []Effect{Send{wire.Message{Close: &c}}}
}

// waiting returns the sum of the promises without an answer.
func (m Machine) waiting() wherry.Amount {
	var sum wherry.Amount
	for _, p := range m.Pending {
		s, err := sum.Add(p.Promise.Amount)
		if err != nil {
			return wherry.MaxOnChain
		}
		sum = s
	}
	return sum
}

// AtRisk returns what the consumer loses if the provider vanishes now: what it
// has signed without an answer, and what it has paid in advance.
func (m Machine) AtRisk() wherry.Amount {
	cost, err := m.Meter.Rate.Cost(m.Own.Time(), m.Own.Bytes)
	if err != nil {
		return m.waiting()
	}
	sum, err := m.waiting().Add(m.Paid.SubFloor(cost))
	if err != nil {
		return wherry.MaxOnChain
	}
	return sum
}

// drop returns list without item i, in memory of its own.
func drop(list []Pending, i int) []Pending {
	return slices.Concat(list[:i], list[i+1:])
}
