package consumer

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

// Open negotiates a session, brings the tunnel up and pays the opening invoice.
// When it returns traffic may flow, and Run must follow. On an error everything
// is taken down again, and the link is closed.
func (c *Consumer) Open(ctx context.Context, r Request) (*Session, error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Opening)
	defer cancel()
	h, err := c.Hold(ctx, r)
	if err != nil {
		return nil, err
	}
	return h.Pay(ctx)
}

// Hold negotiates a session up to where the opening would be paid. The tunnel is
// not touched yet. On an error the link is closed.
func (c *Consumer) Hold(ctx context.Context, r Request) (*Held, error) {
	h, err := c.hold(ctx, r)
	if err != nil && r.Link != nil {
		_ = r.Link.Close() // the error that matters is the first
	}
	return h, err
}

func (c *Consumer) hold(ctx context.Context, r Request) (*Held, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Opening)
	defer cancel()
	stop := wakeable(ctx, r.Link)
	defer stop()

	asked := time.Now()
	open, err := c.ask(r)
	if err != nil {
		return nil, err
	}
	accept, err := c.answer(ctx, r, open)
	if err != nil {
		return nil, err
	}
	m, err := meter.New(r.Deal.Rate, r.Deal.Opening)
	if err != nil {
		return nil, err
	}
	if m.Opening.Less(accept.Opening) {
		return nil, wherry.Errorf(wherry.PriceTooHigh, "the provider wants %s to open, its offer means %s", accept.Opening, m.Opening)
	}
	if accept.Opening != m.Opening {
		return nil, wherry.Errorf(wherry.Invalid, "the provider wants %s to open, its offer means %s", accept.Opening, m.Opening)
	}
	if !stop() {
		return nil, explain(ctx, context.Cause(ctx))
	}
	return &Held{s: newSession(c, r, open, accept, m), rtt: time.Since(asked)}, nil
}

// ask sends the open.
func (c *Consumer) ask(r Request) (wire.Open, error) {
	open := wire.Open{
		Version: wire.Version, Provider: r.Deal.Provider, Offer: r.Deal.Offer,
		PerHour: r.Deal.Rate.PerHour, PerGiB: r.Deal.Rate.PerGiB,
		Hub: r.Hub.Hub, ChainA: r.Hub.A.ChainID, ContractA: r.Hub.A.Contract,
		Time: uint64(time.Now().Unix()), Later: r.Later,
	}
	if _, err := rand.Read(open.Session[:]); err != nil {
		return open, wherry.Errorf(wherry.Internal, "draw a session id: %w", err)
	}
	if r.Tunnel != nil {
		open.TunnelKey = r.Tunnel.Key()
	}
	if r.Elsewhere != nil {
		open.TunnelKey, open.Plain = r.Elsewhere.Key, true
	}
	open.Sign(c.cfg.Key)
	if err := wire.Write(r.Link, wire.Message{Open: &open}); err != nil {
		return open, wherry.Errorf(wherry.Unreachable, "send the open: %w", err)
	}
	return open, nil
}

// answer waits for the provider's accept and checks it against what was asked.
func (c *Consumer) answer(ctx context.Context, r Request, open wire.Open) (wire.Accept, error) {
	msg, err := wire.Read(r.Link, wire.MaxToConsumer)
	if err != nil {
		return wire.Accept{}, explain(ctx, err)
	}
	switch {
	case msg.Refuse != nil && msg.Refuse.Session == open.Session:
		return wire.Accept{}, msg.Refuse.Err()
	case msg.Accept == nil:
		return wire.Accept{}, wherry.Errorf(wherry.Invalid, "the provider answered the open with something else")
	}
	a := *msg.Accept
	if err := a.Verify(r.Deal.Provider, open); err != nil {
		return wire.Accept{}, err
	}
	if a.ChainB != r.Deal.B.ChainID || a.ContractB != r.Deal.B.Contract {
		return wire.Accept{}, wherry.Errorf(wherry.Invalid, "the provider wants to be paid on another chain than its offer says")
	}
	return a, nil
}

// payOpening reads and pays until the opening receipt is there.
func (s *Session) payOpening(ctx context.Context) error {
	for s.machine.Phase == Opening {
		msg, err := wire.Read(s.req.Link, wire.MaxToConsumer)
		if err == nil {
			err = s.verify(msg)
		}
		s.count()
		if err != nil {
			s.apply(ctx, Broke{explain(ctx, err)})
		} else {
			s.apply(ctx, Told{msg})
		}
	}
	if s.machine.Phase != Open {
		if s.machine.Err == nil {
			return wherry.Errorf(wherry.Unreachable, "the provider has ended the session")
		}
		return s.machine.Err
	}
	return nil
}

// explain says why a read was given up where the context knows it better.
func explain(ctx context.Context, err error) error {
	switch ctx.Err() {
	case context.DeadlineExceeded:
		return wherry.Errorf(wherry.Timeout, "the provider did not answer in time")
	case context.Canceled:
		return wherry.Errorf(wherry.Interrupted, "opening the session: %w", ctx.Err())
	}
	return err
}
