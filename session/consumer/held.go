package consumer

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/wire"
)

// Held is a session that a provider has accepted and nobody has paid for. Pay or
// Drop must follow. The provider gives it up by itself after its own patience,
// which is a minute as a rule with Request.Later and 15 s without; a consumer that
// wants to hold one for longer asks anew.
type Held struct {
	s   *Session
	rtt time.Duration
}

// Accept returns what the provider has signed.
func (h *Held) Accept() wire.Accept { return h.s.accept }

// RTT returns how long the provider took to answer: a round trip and its work.
func (h *Held) RTT() time.Duration { return h.rtt }

// Drop lets go of the session, and tells the provider, who has a seat to give.
// Nothing was paid.
func (h *Held) Drop() {
	s := h.s
	s.send(wire.Message{Close: &wire.Close{Session: s.accept.Session}})
	_ = s.req.Link.Close()
}

// Pay brings the tunnel up and pays the opening invoice. When it returns traffic
// may flow, and Run must follow. On an error everything is taken down again, and
// the link is closed.
func (h *Held) Pay(ctx context.Context) (*Session, error) {
	s := h.s
	now := time.Now() // what was held is not silent, nor late, nor paid for
	s.machine.Started, s.machine.Heard, s.machine.Pinged, s.machine.Since = now, now, now, now
	ctx, cancel := context.WithTimeout(ctx, s.c.cfg.Opening)
	defer cancel()
	stop := wakeable(ctx, s.req.Link)
	defer stop()
	if s.req.Tunnel != nil {
		if err := s.req.Tunnel.Up(s.accept); err != nil {
			h.Drop()
			return nil, wherry.Errorf(wherry.CodeOf(err), "configure the tunnel: %w", err)
		}
	}
	if s.req.Later {
		s.send(wire.Message{Begin: &wire.Begin{Session: s.accept.Session}})
	}
	if err := s.payOpening(ctx); err != nil {
		s.down()
		return nil, err
	}
	if !stop() {
		s.down()
		return nil, explain(ctx, context.Cause(ctx))
	}
	return s, s.req.Link.SetReadDeadline(time.Time{})
}

// wakeable makes a read on the link end with ctx, until stop is called.
func wakeable(ctx context.Context, link wire.Link) (stop func() bool) {
	return context.AfterFunc(ctx, func() { _ = link.SetReadDeadline(time.Unix(1, 0)) })
}
