package provider

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/wire"
)

const (
	// sendPatience bounds one write.
	sendPatience = 2 * time.Second
	// farewell is how long an ended session stays in the tunnel for its last words.
	farewell = 500 * time.Millisecond
)

// attend speaks with a session's consumer over one connection, until it breaks,
// another one takes its place, or the session ends.
func (p *Provider) attend(ctx context.Context, s *session, c wire.Conn, first ...wire.Message) {
	out := newOutlet()
	p.mu.Lock()
	if s.out != nil {
		s.out.end()
	}
	s.out = out
	for _, m := range first {
		out.put(m)
	}
	s.apply(Joined{})
	if s.gone {
		out.end()
	}
	p.mu.Unlock()
	s.desk.poke()
	select {
	case p.arrived <- struct{}{}:
	default:
	}

	var writer sync.WaitGroup
	writer.Go(func() { p.write(c, out) })
	finished := make(chan struct{})
	unhook := context.AfterFunc(ctx, func() { // the provider stops: the last tick still has its time
		select {
		case <-time.After(p.cfg.Leaving):
		case <-finished:
		}
		_ = c.Close()
	})
	p.read(s, c)

	p.mu.Lock()
	out.end()
	if s.out == out {
		s.out = nil
		s.apply(Parted{})
	}
	p.mu.Unlock()
	writer.Wait()
	close(finished)
	unhook()
	_ = c.Close() // what was written is still on its way: the peer stays for a farewell
}

// write sends what is queued, and signs receipts on the way. When the queue ends
// it hangs up, which ends the reader.
func (p *Provider) write(c wire.Conn, out *outlet) {
	defer func() { _ = c.Close() }()
	broken := false
	for m := range out.queue {
		if broken {
			continue
		}
		if m.Receipt != nil {
			m.Receipt.Sign(p.cfg.Key)
		}
		err := c.SetWriteDeadline(time.Now().Add(sendPatience))
		if err == nil {
			err = wire.Write(c, m)
		}
		if err != nil {
			broken = true
			_ = c.Close()
		}
	}
}

// read takes in what the consumer says until the connection ends.
func (p *Provider) read(s *session, c wire.Conn) {
	for {
		if err := c.SetReadDeadline(time.Now().Add(p.cfg.Idle)); err != nil {
			return
		}
		m, err := wire.Read(c, wire.MaxToProvider)
		if err != nil {
			if wherry.CodeOf(err) == wherry.Invalid {
				p.log.Warn("consumer sent garbage", "session", s.id.Short())
			}
			return
		}
		if !p.hear(s, m) {
			return
		}
	}
}

// hear takes in one message, and reports whether it had a place here.
func (p *Provider) hear(s *session, m wire.Message) bool {
	switch {
	case m.Promise != nil && m.Promise.Session == s.id:
		p.take(s, *m.Promise)
		return true
	case m.Ping != nil:
		p.mu.Lock()
		defer p.mu.Unlock()
		if !m.Ping.Reply && s.out != nil {
			s.out.put(wire.Message{Ping: &wire.Ping{Number: m.Ping.Number, Reply: true}})
		}
		return true
	case m.Begin != nil && m.Begin.Session == s.id:
		p.mu.Lock()
		s.apply(Begun{})
		p.mu.Unlock()
		s.desk.poke()
		return true
	case m.Close != nil && m.Close.Session == s.id:
		p.mu.Lock()
		s.count()
		s.apply(Told{*m.Close})
		p.mu.Unlock()
		s.desk.poke()
		return true
	}
	return false
}

// take checks a promise and puts it into the tick that waits for it. The
// signature is checked before the lock is taken: it is most of the work.
func (p *Provider) take(s *session, m wire.Promise) {
	p.mu.Lock()
	seat := s.seat
	if m.Tick == s.tick {
		s.rtt = time.Since(s.machine.Asked)
	}
	waited := seat != nil && seat.round.tick == m.Tick && !seat.answered
	p.mu.Unlock()
	if !waited {
		return // too late: it is asked for again
	}
	promise := s.promise(m, seat.round.lock)
	var err error
	if !m.Amount.IsZero() {
		err = s.desk.book.Payee.CheckPromise(m.Tick, promise)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case s.seat != seat || seat.answered:
	case err != nil:
		s.apply(Stop{Err: wherry.Errorf(wherry.CodeOf(err), "the promise is no good: %w", err)})
	default:
		seat.promise = promise
		s.apply(Promised{m})
	}
}

// accept takes connections inside the tunnel until ctx is done.
func (p *Provider) accept(ctx context.Context, l net.Listener) error {
	defer context.AfterFunc(ctx, func() { _ = l.Close() })()
	var children sync.WaitGroup
	defer children.Wait()
	for {
		c, err := l.Accept()
		switch {
		case ctx.Err() != nil:
			if err == nil {
				_ = c.Close()
			}
			return nil
		case errors.Is(err, net.ErrClosed):
			return wherry.Errorf(wherry.Internal, "control inside the tunnel: %w", err)
		case err != nil:
			select { // a passing shortage
			case <-time.After(100 * time.Millisecond):
			case <-ctx.Done():
			}
			continue
		}
		children.Go(func() { p.resume(ctx, c) })
	}
}

// resume finds the session that a connection inside the tunnel is for. The inner
// address that it comes from proves whose it is.
func (p *Provider) resume(ctx context.Context, c net.Conn) {
	msg, err := p.readFirst(ctx, c)
	if err != nil || msg.Resume == nil {
		_ = c.Close()
		return
	}
	from, err := netip.ParseAddrPort(c.RemoteAddr().String())
	p.mu.Lock()
	s := p.sessions[msg.Resume.Session]
	known := err == nil && s != nil && slices.Contains([]netip.Addr{s.inner.Consumer4, s.inner.Consumer6}, from.Addr().Unmap())
	p.mu.Unlock()
	if !known {
		unknown(c, msg.Resume.Session)
		return
	}
	p.attend(ctx, s, c)
}

// resumeLink finds the session that a new link is for. The identity at its other
// end proves whose it is. Before it is in the tunnel nobody resumes it: its end would
// take its key out of there, which may be somebody else's and is about to be refused.
func (p *Provider) resumeLink(ctx context.Context, link wire.Link, id wherry.SessionID) error {
	p.mu.Lock()
	s := p.sessions[id]
	known := s != nil && s.there && s.consumer == link.Peer()
	p.mu.Unlock()
	if !known {
		unknown(link, id)
		return wherry.Errorf(wherry.NotFound, "nobody has such a session")
	}
	p.attend(ctx, s, link)
	return nil
}

// unknown says that there is no such session, and hangs up.
func unknown(c wire.Conn, id wherry.SessionID) {
	refuse := wire.Close{Session: id, Code: wherry.Unreachable, Reason: "the provider does not know the session"}
	_ = c.SetWriteDeadline(time.Now().Add(sendPatience))
	_ = wire.Write(c, wire.Message{Close: &refuse})
	_ = c.Close()
}
