package provider

import (
	"context"
	"net/netip"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

const (
	// openPatience is how long a connection may take to say what it wants.
	openPatience = 10 * time.Second
	// openSkew is how far the clock in an open may be from ours.
	openSkew = 10 * time.Minute
)

// Serve speaks with one consumer over a connection that the link has
// authenticated, until the consumer goes on inside the tunnel, or the session
// ends. A consumer whose tunnel ends elsewhere stays on the link, and comes back to
// its session by another one. It closes the connection. The error is for the log: it says why no
// session came about.
func (p *Provider) Serve(ctx context.Context, link wire.Link) error {
	msg, err := p.readFirst(ctx, link)
	if err != nil {
		_ = link.Close()
		return err
	}
	if msg.Resume != nil {
		return p.resumeLink(ctx, link, msg.Resume.Session)
	}
	if msg.Open == nil {
		_ = link.Close()
		return wherry.Errorf(wherry.Invalid, "the first message is neither an open nor a resume")
	}
	open := *msg.Open
	s, accept, err := p.admit(ctx, link.Peer(), open)
	if err != nil {
		refuse := wire.Refuse{Session: open.Session, Code: wherry.CodeOf(err), Reason: wire.Clip(err.Error())}
		if refuse.Code == wherry.Internal {
			refuse.Reason = "the provider could not open the session"
		}
		_ = link.SetWriteDeadline(time.Now().Add(sendPatience))
		_ = wire.Write(link, wire.Message{Refuse: &refuse}) // whoever is refused may be gone
		_ = link.Close()
		return err
	}
	p.attend(ctx, s, link, wire.Message{Accept: &accept})
	return nil
}

// readFirst waits for the first message, for a bounded time and among a bounded
// number of others.
func (p *Provider) readFirst(ctx context.Context, c wire.Conn) (wire.Message, error) {
	p.mu.Lock()
	full := p.pending >= p.cfg.Pending
	if !full {
		p.pending++
	}
	p.mu.Unlock()
	if full {
		return wire.Message{}, wherry.Errorf(wherry.Busy, "too many connections that have not said what they want")
	}
	defer func() {
		p.mu.Lock()
		p.pending--
		p.mu.Unlock()
	}()
	defer context.AfterFunc(ctx, func() { _ = c.Close() })()
	if err := c.SetReadDeadline(time.Now().Add(openPatience)); err != nil {
		return wire.Message{}, err
	}
	return wire.Read(c, wire.MaxToProvider)
}

// admit makes a session of an open, or says why not.
func (p *Provider) admit(ctx context.Context, consumer wherry.Address, o wire.Open) (*session, wire.Accept, error) {
	deal, err := p.cfg.Deal()
	if err != nil {
		return nil, wire.Accept{}, wherry.Errorf(wherry.CodeOf(err), "no offer holds: %w", err)
	}
	if err := p.check(consumer, o, deal); err != nil {
		return nil, wire.Accept{}, err
	}
	if deal.Rate != (wherry.Rate{}) {
		if err := p.desk[o.Hub].covered(ctx); err != nil {
			return nil, wire.Accept{}, err
		}
	}
	m, err := meter.New(deal.Rate, deal.Opening)
	if err != nil {
		return nil, wire.Accept{}, err
	}
	now, offered := time.Now(), deal.Credit.Bounded()
	s := &session{
		p: p, id: o.Session, consumer: consumer, a: o.Domain(), b: deal.B, key: o.TunnelKey, desk: p.desk[o.Hub], accepted: now,
		machine: Machine{
			Most: p.cfg.SessionBytes, Phase: Opening, Held: o.Later, Session: o.Session, Meter: m, Offered: offered, Since: now, Away: now,
			Account:  meter.Account{Credit: m.Start(deal.Credit)},
			Patience: Patience{Tick: p.cfg.Tick, Opening: p.cfg.Opening, Held: p.cfg.Held, Unpaid: p.cfg.Unpaid, Leaving: p.cfg.Leaving},
		},
	}
	if err := p.seatOf(s); err != nil {
		return nil, wire.Accept{}, err
	}
	a := wire.Accept{
		Version: wire.Version, Session: o.Session, Open: o.Digest(),
		PerHour: deal.Rate.PerHour, PerGiB: deal.Rate.PerGiB,
		Opening: m.Opening, Credit: offered, ChainB: deal.B.ChainID, ContractB: deal.B.Contract,
	}
	if p.cfg.Tunnel != nil {
		if err := p.cfg.Tunnel.AddPeer(s.key, []netip.Addr{s.inner.Consumer4, s.inner.Consumer6}, o.Plain); err != nil {
			p.mu.Lock()
			defer p.mu.Unlock()
			_, parting := p.parting[s]
			if !s.gone || parting { // else it has ended meanwhile, and was taken out
				p.pool.give(s.pair)
			}
			s.gone = true
			delete(p.sessions, o.Session)
			delete(p.parting, s) // the key in the tunnel is somebody else's
			return nil, wire.Accept{}, wherry.Errorf(wherry.CodeOf(err), "the tunnel does not take the key: %w", err)
		}
		a.TunnelKey, a.Inner = p.cfg.Tunnel.Key(), s.inner
		if !o.Plain {
			a.Mask = p.cfg.Mask
		}
		if p.cfg.DNS {
			a.DNS = s.inner.Provider4
		}
	}
	a.Sign(p.cfg.Key)
	p.mu.Lock()
	_, parting := p.parting[s]
	s.there = true
	late := s.gone && !parting && p.cfg.Tunnel != nil // nobody else takes it out again
	p.mu.Unlock()
	if late {
		_, _ = p.cfg.Tunnel.RemovePeer(s.key) // it is ours
		return nil, wire.Accept{}, wherry.Errorf(wherry.Busy, "the session has ended before it was accepted")
	}
	return s, a, nil
}

// check holds an open against the offer and the clock.
func (p *Provider) check(consumer wherry.Address, o wire.Open, deal wire.Deal) error {
	if err := o.Verify(consumer); err != nil {
		return err
	}
	skew := time.Since(time.Unix(int64(min(o.Time, 1<<40)), 0)).Abs()
	switch {
	case o.Provider != p.cfg.Key.Address():
		return wherry.Errorf(wherry.Forbidden, "the open is for another provider")
	case skew > openSkew:
		return wherry.Errorf(wherry.Invalid, "the clocks are %s apart", skew.Round(time.Minute))
	case o.Rate() != deal.Rate: // an older offer at the same price is as good
		return wherry.Errorf(wherry.Conflict, "the price is not the offer's: read the newest one")
	case !deal.Takes(o.Hub) || p.desk[o.Hub] == nil:
		return wherry.Errorf(wherry.Refused, "no payment is taken through hub %s", o.Hub)
	case (o.TunnelKey == wire.TunnelKey{}) != (p.cfg.Tunnel == nil):
		return wherry.Errorf(wherry.Invalid, "a tunnel key where there is no tunnel, or none where there is one")
	}
	if p.cfg.Quota != nil {
		if err := p.cfg.Quota.Admit(time.Now()); err != nil {
			return err
		}
	}
	if p.cfg.Admit != nil {
		if err := p.cfg.Admit(consumer); err != nil {
			return wherry.Errorf(wherry.Forbidden, "the access policy says no: %w", err)
		}
	}
	return nil
}

// seatOf takes a place for s among the sessions, and its inner addresses.
func (p *Provider) seatOf(s *session) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := s.id
	own, unpaid, held := 0, 0, 0
	for _, t := range p.sessions {
		if t.consumer == s.consumer {
			own++
		}
		switch {
		case t.machine.Phase == Opening && t.machine.Held:
			held++
		case t.machine.Phase == Opening:
			unpaid++
		}
	}
	_, used := p.used[id]
	switch {
	case p.closing:
		return wherry.Errorf(wherry.Busy, "the provider is shutting down")
	case used || p.sessions[id] != nil:
		return wherry.Errorf(wherry.Conflict, "the session id was used before")
	case len(p.sessions) >= p.cfg.Sessions:
		return wherry.Errorf(wherry.Busy, "all %d seats are taken", p.cfg.Sessions)
	case own >= p.cfg.PerConsumer:
		return wherry.Errorf(wherry.Busy, "%d sessions of this identity are open", own)
	case s.machine.Held && held >= p.cfg.Pending:
		return wherry.Errorf(wherry.Busy, "%d others are held for later", held)
	case unpaid >= p.cfg.Pending:
		return wherry.Errorf(wherry.Busy, "%d others have not paid their opening yet", unpaid)
	case s.desk.stuck:
		return wherry.Errorf(wherry.Busy, "the hub does not answer")
	}
	if p.cfg.Tunnel != nil {
		var err error
		if s.pair, s.inner, err = p.pool.take(); err != nil {
			return err
		}
	}
	p.sessions[id] = s
	return nil
}
