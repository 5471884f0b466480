package provider

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/wire"
)

// Run ticks, counts and listens inside the tunnel until ctx is done. Then it
// asks every session for its rest, for a bounded time, ends them all and shows
// the hubs what they have not seen.
func (p *Provider) Run(ctx context.Context) error {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx)) // the end takes longer than ctx
	defer cancel()
	g, work := errgroup.WithContext(work)
	if p.cfg.Tunnel != nil {
		l, err := p.cfg.Tunnel.Listen(work, wire.ControlPort)
		if err != nil {
			return wherry.Errorf(wherry.CodeOf(err), "listen inside the tunnel: %w", err)
		}
		g.Go(func() error { return p.accept(work, l) })
	}
	for _, d := range p.desk {
		g.Go(func() error { d.run(work); return nil })
	}
	g.Go(func() error { p.watch(work); return nil })
	g.Go(func() error {
		select {
		case <-ctx.Done():
			p.drain(work)
			p.endAll()
			cancel()
		case <-work.Done():
		}
		return nil
	})
	err := g.Wait()
	p.endAll()
	p.mu.Lock()
	p.carry(time.Now())
	p.mu.Unlock()
	return err
}

// drain asks all sessions for their rest and waits for it.
func (p *Provider) drain(ctx context.Context) {
	p.mu.Lock()
	p.closing = true
	for _, s := range p.sessions {
		s.count()
		s.apply(Stop{})
	}
	p.mu.Unlock()
	for _, d := range p.desk {
		d.poke()
	}
	end := time.NewTimer(p.cfg.Leaving)
	defer end.Stop()
	look := time.NewTicker(p.cfg.Poll)
	defer look.Stop()
	for {
		select {
		case <-look.C:
			if p.drained() {
				return
			}
		case <-end.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// drained reports whether no session is left, and the hubs have seen all.
func (p *Provider) drained() bool {
	p.mu.Lock()
	left := len(p.sessions) + len(p.parting)
	p.mu.Unlock()
	if left > 0 {
		return false
	}
	for _, d := range p.desk {
		if d.book.Payee.Unrevealed() {
			return false
		}
	}
	return true
}

// endAll ends what is left.
func (p *Provider) endAll() {
	p.mu.Lock()
	for _, s := range p.sessions {
		s.apply(Stop{Err: wherry.Errorf(wherry.Interrupted, "the provider is shutting down")})
	}
	var rest []*session
	for s := range p.parting {
		rest = append(rest, s)
	}
	p.mu.Unlock()
	for _, s := range rest {
		p.dismissed(s)
	}
}

// watch looks at every session, often while bytes flow: a small credit lasts
// some milliseconds on a fast line. It looks less often when none do, and hardly
// ever when nobody is there.
func (p *Provider) watch(ctx context.Context) {
	pause := time.Second
	for {
		select {
		case <-time.After(pause):
		case <-p.arrived:
		case <-ctx.Done():
			return
		}
		switch sessions, busy := p.look(); {
		case busy:
			pause = p.cfg.Poll
		case sessions > 0:
			pause = 10 * p.cfg.Poll
		default:
			pause = max(time.Second, 10*p.cfg.Poll)
		}
	}
}

// look counts and pokes, and reports how many sessions there are and whether
// bytes flow.
func (p *Provider) look() (sessions int, busy bool) {
	now := time.Now()
	due := map[*desk]bool{}
	var parted []*session
	p.mu.Lock()
	for _, s := range p.sessions {
		s.count()
		busy = busy || s.busy
		if s.machine.Due(now) {
			due[s.desk] = true
		}
	}
	p.carry(now)
	for id, until := range p.used {
		if now.After(until) {
			delete(p.used, id)
		}
	}
	for s, until := range p.parting {
		if now.After(until) {
			parted = append(parted, s)
		}
	}
	sessions = len(p.sessions) + len(p.parting)
	p.mu.Unlock()
	for d := range due {
		d.poke()
	}
	for _, s := range parted {
		p.dismissed(s)
	}
	return sessions, busy
}

// carry tells the quota what was used, and ends all sessions in good order when it says
// that it is enough. The caller holds p.mu.
func (p *Provider) carry(now time.Time) {
	if p.cfg.Quota == nil {
		return
	}
	for _, s := range p.sessions {
		s.tell()
	}
	n := p.untold
	p.untold = 0
	if err := p.cfg.Quota.Carry(now, n); err != nil {
		for _, s := range p.sessions {
			s.apply(Stop{Err: err, Rest: true})
		}
	}
}

// tell keeps for the quota what the session has used since the last time.
func (s *session) tell() {
	s.p.untold += s.machine.Use.Bytes - s.told
	s.told = s.machine.Use.Bytes
}

// dismissed takes an ended session out of the tunnel, once its last words are
// out or their time is over.
func (p *Provider) dismissed(s *session) {
	p.mu.Lock()
	_, waiting := p.parting[s]
	delete(p.parting, s)
	there := s.there // or else its key may be somebody else's
	p.mu.Unlock()
	if !waiting {
		return
	}
	if there {
		if _, err := p.cfg.Tunnel.RemovePeer(s.key); err != nil {
			p.log.Warn("peer not removed", "session", s.id.Short(), "err", err)
		}
	}
	p.mu.Lock()
	p.pool.give(s.pair)
	p.mu.Unlock()
}
