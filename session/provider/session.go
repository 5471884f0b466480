package provider

import (
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

// session is one session with what the hands need for it. Provider.mu guards it.
type session struct {
	p        *Provider
	id       wherry.SessionID
	consumer wherry.Address
	a, b     typed.Domain // where the consumer's deposit is, and where the provider is paid
	key      wire.TunnelKey
	inner    wire.Inner
	pair     uint32
	desk     *desk
	accepted time.Time

	machine Machine
	rtt     time.Duration  // of the newest promise
	busy    bool           // bytes passed since the look before
	out     *outlet        // nil while there is no connection
	seat    *seat          // in the tick that is being collected
	tick    channel.TickID // the newest that it was asked in
	there   bool           // in the tunnel: it may be resumed
	gone    bool           // taken out of the tunnel
	told    uint64         // bytes that the quota has heard of
}

// outlet is a connection's queue of messages to the consumer.
type outlet struct {
	queue chan wire.Message
	over  bool // no more comes: the queue is closed
}

// outletSize bounds what waits for a consumer that does not read: more than one
// tick ever says. One that lets it fill is cut off.
const outletSize = 16

func newOutlet() *outlet { return &outlet{queue: make(chan wire.Message, outletSize)} }

// put queues m, and ends the outlet when it is full.
func (o *outlet) put(m wire.Message) {
	if o.over {
		return
	}
	select {
	case o.queue <- m:
	default:
		o.end()
	}
}

func (o *outlet) end() {
	if !o.over {
		o.over = true
		close(o.queue)
	}
}

// State is a snapshot of a session.
type State struct {
	Session wherry.SessionID `json:"session"`
	Hub     wherry.Address   `json:"hub"`
	Phase   Phase            `json:"phase"`
	Since   time.Time        `json:"since"`
	Rate    wherry.Rate      `json:"rate"`
	Use     meter.Use        `json:"use"`
	Earned  wherry.Amount    `json:"earned"`  // cleared by the hub, before its fee
	AtRisk  wherry.Amount    `json:"at_risk"` // used and not paid
	Credit  meter.Credit     `json:"credit"`
}

// Sessions returns a snapshot of all sessions.
func (p *Provider) Sessions() []State {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := make([]State, 0, len(p.sessions))
	for id, s := range p.sessions {
		m := s.machine
		out = append(out, State{
			Session: id, Hub: s.desk.book.Hub, Phase: m.Phase, Since: s.accepted, Rate: m.Meter.Rate,
			Use: m.Use, Earned: m.Paid, AtRisk: m.AtRisk(), Credit: m.Account.Credit,
		})
	}
	return out
}

// apply feeds an event to a session's machine and performs what follows. The
// caller holds p.mu.
func (s *session) apply(e Event) {
	was := s.machine.Phase
	var effects []Effect
	s.machine, effects = Step(s.machine, time.Now(), e)
	for _, f := range effects {
		s.perform(f)
	}
	if was != Ended && s.machine.Phase == Ended {
		s.remove()
	}
}

func (s *session) perform(f Effect) {
	switch f := f.(type) {
	case Send:
		if s.out != nil {
			s.out.put(f.Message)
		}
	case Allow:
		if s.p.cfg.Tunnel != nil && !s.gone {
			if err := s.p.cfg.Tunnel.SetAllowance(s.key, f.Bytes); err != nil {
				s.p.log.Warn("allowance not set", "session", s.id.Short(), "err", err)
			}
		}
	case Batch:
		if s.seat != nil {
			s.seat.take(true)
		}
	case Pass:
		if s.seat != nil {
			s.seat.take(false)
		}
	}
}

// count reads the tunnel's count.
func (s *session) count() {
	var bytes uint64
	if s.p.cfg.Tunnel != nil && s.there && !s.gone {
		bytes = s.p.cfg.Tunnel.Count(s.key)
	}
	s.busy = bytes > s.machine.Use.Bytes
	s.apply(Counted{Bytes: bytes})
}

// remove takes an ended session out of the tunnel and of the books.
func (s *session) remove() {
	if s.gone {
		return
	}
	s.gone = true
	s.tell()
	m := s.machine
	if s.p.cfg.Tunnel != nil {
		s.p.parting[s] = time.Now().Add(farewell)
	}
	if s.out != nil {
		s.out.end() // what is queued still goes out
	}
	if s.seat != nil {
		s.seat.take(false)
	}
	delete(s.p.sessions, s.id)
	s.p.used[s.id] = time.Now().Add(2 * openSkew)
	attrs := []any{
		"session", s.id.Short(), "bytes", m.Use.Bytes, "time", m.Use.Time(),
		"amount", m.Paid.String(), "lost", m.AtRisk().String(),
	}
	if m.Err != nil {
		attrs = append(attrs, "code", string(wherry.CodeOf(m.Err)), "err", m.Err)
	}
	s.p.log.Info("session ended", attrs...)
}

// promise returns what a message stands for: the consumer, the hub and the lock
// are ours to say.
func (s *session) promise(p wire.Promise, lock wherry.Hash) channel.SignedPromise {
	return channel.SignedPromise{
		Consumer: s.consumer, A: s.a, Hub: s.desk.book.Hub, Total: p.Total, Hashlock: lock, Sig: p.Sig,
		Order: typed.Order{
			Provider: s.p.cfg.Key.Address(), ChainB: s.b.ChainID, ContractB: s.b.Contract,
			Amount: p.Amount, Seq: p.Seq, Session: p.Session,
		},
	}
}
