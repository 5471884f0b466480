package consumer

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"syscall"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/wire"
)

// heard is what a connection's reader has to say.
type heard struct {
	conn wire.Conn
	msg  wire.Message
	err  error
}

// dialled is what the dialler has to say: a connection inside the tunnel, or
// that there will be none.
type dialled struct {
	conn wire.Conn
	err  error
}

// Run carries the session until it ends, and takes the tunnel down. It returns
// nil after Close, or when ctx is done, and otherwise why the session ended.
// Unreachable, Timeout, Refused, Busy and Conflict are the provider's failures:
// another one may do better.
func (s *Session) Run(ctx context.Context) error {
	defer close(s.done)
	work, cancel := context.WithCancel(context.WithoutCancel(ctx)) // leaving takes longer than ctx
	var children sync.WaitGroup
	defer children.Wait()
	defer s.down()
	defer cancel()

	in, dials := make(chan heard), make(chan dialled)
	listen := func(c wire.Conn) {
		children.Go(func() { s.listen(work, c, in) })
	}
	dial := func() {
		s.conn = nil
		children.Go(func() { s.dial(work, dials) })
	}
	listen(s.conn)
	if s.req.Tunnel != nil {
		children.Go(func() { s.dial(work, dials) })
	}
	poll := time.NewTicker(s.c.cfg.Poll)
	defer poll.Stop()
	leave, stopped := s.leave, ctx.Done()
	var late <-chan time.Time
	for s.machine.Phase != Ended {
		select {
		case h := <-in:
			s.count()
			switch {
			case h.err == nil:
				s.apply(work, Told{h.msg})
			case wherry.CodeOf(h.err) == wherry.Invalid || wherry.CodeOf(h.err) == wherry.Forbidden:
				s.apply(work, Broke{h.err})
			case h.conn != s.conn: // an older connection, closed by the provider after the change
			case s.req.Tunnel == nil && s.req.Elsewhere == nil:
				s.apply(work, Broke{wherry.Errorf(wherry.Unreachable, "the provider is gone: %w", h.err)})
			case h.conn == wire.Conn(s.req.Link) && s.req.Tunnel != nil:
				s.conn = nil // the first dial inside the tunnel is under way
			default:
				dial()
			}
		case d := <-dials:
			if d.err != nil {
				s.apply(work, Broke{d.err})
				break
			}
			s.conn = d.conn
			listen(d.conn)
			s.apply(work, Joined{})
		case <-poll.C:
			s.count()
			s.apply(work, Passed{})
		case <-late:
			s.apply(work, Passed{})
		case <-s.probe:
			s.apply(work, Probed{})
		case <-leave:
			leave, late = nil, time.After(s.c.cfg.Leaving)
			s.apply(work, Left{})
		case <-stopped:
			stopped, late = nil, time.After(s.c.cfg.Leaving)
			s.apply(work, Left{})
		}
	}
	s.linger(in)
	return s.machine.Err
}

// lastWords is how long the provider has to read why we leave before the tunnel
// that carries it goes down.
const lastWords = 300 * time.Millisecond

// linger waits until the provider has hung up.
func (s *Session) linger(in <-chan heard) {
	if s.machine.Err == nil || s.conn == nil {
		return
	}
	patience := time.NewTimer(lastWords)
	defer patience.Stop()
	for {
		select {
		case h := <-in:
			if h.conn == s.conn && h.err != nil {
				return
			}
		case <-patience.C:
			return
		}
	}
}

// listen reads one connection to its end.
func (s *Session) listen(ctx context.Context, c wire.Conn, in chan<- heard) {
	defer context.AfterFunc(ctx, func() { _ = c.Close() })()
	for {
		m, err := wire.Read(c, wire.MaxToConsumer)
		if err == nil {
			err = s.verify(m)
		}
		select {
		case in <- heard{c, m, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			_ = c.Close()
			return
		}
	}
}

const (
	dialPatience = 3 * time.Second // for one attempt inside the tunnel
	maxRefusals  = 3               // resets in a row that mean the provider is no longer there
)

// dial opens control inside the tunnel, again and again with growing pauses: an
// outage ends some time, and silence is somebody else's clock. Only a provider
// that answers and refuses is given up here.
func (s *Session) dial(ctx context.Context, out chan<- dialled) {
	tell := func(d dialled) {
		select {
		case out <- d:
		case <-ctx.Done():
			if d.conn != nil {
				_ = d.conn.Close()
			}
		}
	}
	to := netip.AddrPortFrom(s.accept.Inner.Provider4, wire.ControlPort)
	refusals := 0
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		c, err := s.attach(ctx, to)
		if err == nil {
			tell(dialled{conn: c})
			return
		}
		if errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) {
			if refusals++; refusals >= maxRefusals {
				tell(dialled{err: wherry.Errorf(wherry.Unreachable, "the provider no longer answers on the control port: %w", err)})
				return
			}
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// attach opens one connection and says which session it is for.
func (s *Session) attach(ctx context.Context, to netip.AddrPort) (wire.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialPatience)
	defer cancel()
	c, err := s.reach(ctx, to)
	if err != nil {
		return nil, err
	}
	if err = c.SetWriteDeadline(time.Now().Add(sendPatience)); err == nil {
		err = wire.Write(c, wire.Message{Resume: &wire.Resume{Version: wire.Version, Session: s.accept.Session}})
	}
	if err != nil {
		_ = c.Close()
		return nil, err
	}
	return c, nil
}

// reach connects to the provider: inside the tunnel, or by another link where the
// tunnel does not end here.
func (s *Session) reach(ctx context.Context, to netip.AddrPort) (wire.Conn, error) {
	if s.req.Elsewhere == nil {
		return s.req.Tunnel.Dial(ctx, to)
	}
	link, err := s.req.Elsewhere.Redial(ctx)
	if err != nil {
		return nil, err
	}
	if link.Peer() != s.req.Deal.Provider {
		_ = link.Close()
		return nil, wherry.Errorf(wherry.Forbidden, "the link leads to somebody else than the provider")
	}
	return link, nil
}
