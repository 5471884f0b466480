package consumer

import (
	"context"
	"iter"
	"net/netip"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

// Session is one session with one provider. Its methods are safe for concurrent
// use.
type Session struct {
	c      *Consumer
	req    Request
	accept wire.Accept

	probe     chan struct{} // Probe
	leave     chan struct{} // closed by Close
	leaveOnce sync.Once
	done      chan struct{} // closed when Run has returned

	// machine and conn belong to the goroutine of Open and then of Run.
	machine Machine
	conn    wire.Conn

	mu      sync.Mutex // guards state and changed
	state   State
	changed chan struct{} // closed and replaced when state changes
}

// State is a snapshot of a session.
type State struct {
	Session  wherry.SessionID `json:"session"`
	Provider wherry.Address   `json:"provider"`
	Phase    Phase            `json:"phase"`
	Since    time.Time        `json:"since"` // when the session began
	Rate     wherry.Rate      `json:"rate"`
	Use      meter.Use        `json:"use"` // by our own count
	Sent     uint64           `json:"sent"`
	Received uint64           `json:"received"`
	Spent    wherry.Amount    `json:"spent"`   // acknowledged
	AtRisk   wherry.Amount    `json:"at_risk"` // lost if the provider vanishes now
	Budget   wherry.Amount    `json:"budget"`
	Inner    wire.Inner       `json:"-"`
	DNS      netip.Addr       `json:"-"`
	Receipt  wire.Receipt     `json:"-"` // the newest, zero before the first
	Err      error            `json:"-"` // why it ended, nil when nothing was wrong
}

func newSession(c *Consumer, r Request, open wire.Open, a wire.Accept, m meter.Meter) *Session {
	now := time.Now()
	s := &Session{
		c: c, req: r, accept: a, conn: r.Link,
		probe: make(chan struct{}, 1), leave: make(chan struct{}), done: make(chan struct{}), changed: make(chan struct{}),
		machine: Machine{
			Phase: Opening, Session: open.Session, Meter: m, Budget: r.Limits.budget(), Elsewhere: r.Elsewhere != nil,
			Patience: Patience{Opening: c.cfg.Opening, Silence: c.cfg.Silence, Leaving: c.cfg.Leaving},
			Started:  now, Heard: now, Pinged: now, Since: now,
		},
	}
	s.publish()
	return s
}

// ID returns the session's name.
func (s *Session) ID() wherry.SessionID { return s.accept.Session }

// Accept returns what the provider has signed.
func (s *Session) Accept() wire.Accept { return s.accept }

// State returns a snapshot.
func (s *Session) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// Watch yields the state now and after each change, until ctx is done or the
// session has ended. A slow reader misses states in between, never the last.
func (s *Session) Watch(ctx context.Context) iter.Seq[State] {
	return func(yield func(State) bool) {
		for {
			s.mu.Lock()
			state, changed := s.state, s.changed
			s.mu.Unlock()
			if !yield(state) || state.Phase == Ended {
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	}
}

// Close leaves the session: the provider asks for the rest, which is paid, and
// Run returns. It waits for that, or for ctx.
func (s *Session) Close(ctx context.Context) error {
	s.leaveOnce.Do(func() { close(s.leave) })
	select {
	case <-s.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Probe asks the provider for a sign of life, at once and in the tunnel. It does
// not wait: the answer shows in the tunnel's count.
func (s *Session) Probe() {
	select {
	case s.probe <- struct{}{}:
	default: // one is about to be sent
	}
}

// Done is closed when Run has returned.
func (s *Session) Done() <-chan struct{} { return s.done }

func (s *Session) publish() {
	m := s.machine
	sent, received := s.tunnelCount()
	st := State{
		Session: m.Session, Provider: s.req.Deal.Provider, Phase: m.Phase, Since: m.Started,
		Rate: m.Meter.Rate, Use: m.Own, Sent: sent, Received: received,
		Spent: m.Paid, AtRisk: m.AtRisk(), Budget: s.req.Limits.Budget,
		Inner: s.accept.Inner, DNS: s.accept.DNS, Receipt: m.Receipt, Err: m.Err,
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = st
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *Session) tunnelCount() (sent, received uint64) {
	if s.req.Tunnel == nil {
		return 0, 0
	}
	return s.req.Tunnel.Count()
}

func (s *Session) count() {
	sent, received := s.tunnelCount()
	s.machine, _ = Step(s.machine, time.Now(), Counted{Sent: sent, Received: received})
}

// apply feeds an event to the machine and performs what follows.
func (s *Session) apply(ctx context.Context, events ...Event) {
	for len(events) > 0 {
		e := events[0]
		events = events[1:]
		var effects []Effect
		before := s.machine.Receipt
		s.machine, effects = Step(s.machine, time.Now(), e)
		for _, f := range effects {
			if next := s.perform(ctx, f); next != nil {
				events = append(events, next)
			}
		}
		if s.machine.Receipt != before {
			s.keep(ctx)
		}
	}
	s.publish()
}

// keep stores the newest receipt, as what a provider has said under its
// signature. What it is worth in money is in its preimage, which the wallet has.
func (s *Session) keep(ctx context.Context) {
	body, err := codec.Marshal(s.machine.Receipt)
	if err == nil {
		err = s.c.cfg.Payer.SaveReceipt(context.WithoutCancel(ctx), s.accept.Session, s.req.Deal.Provider, body)
	}
	if err != nil {
		s.c.cfg.Log.Warn("receipt not kept", "session", s.accept.Session.Short(), "err", err)
	}
}

// perform does what the machine has decided. What must survive the caller's
// impatience, money above all, does.
func (s *Session) perform(ctx context.Context, f Effect) Event {
	ctx = context.WithoutCancel(ctx)
	switch f := f.(type) {
	case Pay:
		order := typed.Order{
			Provider: s.req.Deal.Provider, ChainB: s.accept.ChainB, ContractB: s.accept.ContractB,
			Amount: f.Amount, Session: s.accept.Session,
		}
		p, err := s.c.cfg.Payer.Pay(ctx, s.req.Hub, order, f.Hashlock, channel.Limits{
			Unacknowledged: s.req.Limits.unacknowledged(), Budget: s.req.Limits.budget(),
		})
		return Promised{Promise: p, Err: err}
	case Send:
		s.send(f.Message)
	case Acknowledge:
		if err := s.c.cfg.Payer.Acknowledge(ctx, f.Preimage); err != nil {
			return Broke{wherry.Errorf(wherry.CodeOf(err), "note a receipt: %w", err)}
		}
	case Refused:
		if err := s.c.cfg.Payer.Refused(ctx, s.req.Hub, f.Answer); err != nil {
			return Broke{wherry.Errorf(wherry.CodeOf(err), "note a refusal: %w", err)}
		}
	}
	return nil
}

// sendPatience bounds one write: messages are small, and a connection that does
// not take one in this time is as good as gone.
const sendPatience = 2 * time.Second

// send writes to the connection there is. If it fails the reader of that
// connection notices too, and what was lost is asked for again.
func (s *Session) send(m wire.Message) {
	if s.conn == nil {
		return
	}
	if err := s.conn.SetWriteDeadline(time.Now().Add(sendPatience)); err == nil {
		err = wire.Write(s.conn, m)
		if err == nil {
			return
		}
	}
	_ = s.conn.Close()
}

// verify checks the signatures of a message, so that the machine need not.
func (s *Session) verify(m wire.Message) error {
	switch {
	case m.Receipt != nil:
		return m.Receipt.Verify(s.req.Deal.Provider)
	case m.Decline != nil:
		return m.Decline.Answer.VerifyRefusals(s.req.Hub.Hub)
	}
	return nil
}

// down takes away what Open has built.
func (s *Session) down() {
	if s.conn != nil {
		_ = s.conn.Close()
	}
	_ = s.req.Link.Close()
	if s.req.Tunnel != nil {
		if err := s.req.Tunnel.Down(); err != nil {
			s.c.cfg.Log.Warn("tunnel not taken down", "session", s.accept.Session.Short(), "err", err)
		}
	}
}
