package socks

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// Dial connects to "host:port"; network is "tcp" or "udp".
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// Server is the proxy. Its fields are not changed once Serve runs.
type Server struct {
	// Dial is the way out. It must be set.
	Dial Dial

	// Conns bounds the connections that are served at once. 0 means 1024. What is over
	// it waits to be accepted.
	Conns int

	// Log gets what an operator may want to know. nil discards.
	Log *slog.Logger
}

const (
	// greetTime is how long a program has to say what it wants.
	greetTime = 10 * time.Second

	// dialTime is how long the way out has.
	dialTime = 60 * time.Second

	// halfClosed is how long the second half of a connection may be silent after the
	// first has ended.
	halfClosed = 5 * time.Minute

	// graceTime is how long open connections have when Serve ends.
	graceTime = time.Second
)

// Serve takes connections from l until ctx is done, then closes l and every
// connection, and returns nil when all of its goroutines are gone.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	most := s.Conns
	if most <= 0 {
		most = 1024
	}
	r := &run{Server: s, conns: make(map[net.Conn]struct{}), room: make(chan struct{}, most)}
	if r.Log == nil {
		r.Server = &Server{Dial: s.Dial, Log: slog.New(slog.DiscardHandler)}
	}
	// Connections outlive the accept loop by the grace time.
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	r.web = newWeb(r, l.Addr())

	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return r.web.serve(work) })
	g.Go(func() error { return r.accept(work, l) })
	g.Go(func() error {
		<-gctx.Done()
		_ = l.Close()
		r.drain(graceTime)
		cancel()
		r.web.close()
		r.closeAll()
		return nil
	})
	err := g.Wait()
	r.wg.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// run is one call of Serve.
type run struct {
	*Server
	web  *web
	room chan struct{}
	wg   sync.WaitGroup

	mu     sync.Mutex // guards what follows
	conns  map[net.Conn]struct{}
	closed bool          // no more connections are taken
	empty  chan struct{} // if closed: closed with the last of conns
}

func (r *run) accept(ctx context.Context, l net.Listener) error {
	for {
		select {
		case r.room <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		c, err := l.Accept()
		if err != nil {
			<-r.room
			if errors.Is(err, net.ErrClosed) {
				return nil
			}
			// Out of file descriptors, perhaps: others will be closed.
			r.Log.Warn("taking a connection went wrong", "err", err)
			select {
			case <-time.After(100 * time.Millisecond):
				continue
			case <-ctx.Done():
				return nil
			}
		}
		if !r.track(c) {
			_ = c.Close()
			<-r.room
			continue
		}
		r.wg.Go(func() {
			defer func() { <-r.room }()
			defer r.forget(c)
			r.handle(ctx, c)
		})
	}
}

// handle finds out what the program speaks.
func (r *run) handle(ctx context.Context, c net.Conn) {
	_ = c.SetDeadline(time.Now().Add(greetTime))
	in := bufio.NewReaderSize(c, 4<<10)
	first, err := in.Peek(1)
	if err != nil {
		return
	}
	if first[0] == version5 {
		r.socks(ctx, c, in)
		return
	}
	_ = c.SetDeadline(time.Time{})
	r.web.take(&buffered{Conn: c, in: in})
}

// relay copies both ways until both have ended, or ctx has.
func relay(ctx context.Context, a, b net.Conn) {
	stop := context.AfterFunc(ctx, func() {
		_ = a.Close()
		_ = b.Close()
	})
	defer stop()
	var half atomic.Bool // one direction has ended
	var other sync.WaitGroup
	other.Go(func() { pass(a, b, &half) })
	pass(b, a, &half)
	other.Wait()
}

// pass copies from one to the other, the end included. Once the other direction has
// ended it doesn't wait for ever.
func pass(to, from net.Conn, half *atomic.Bool) {
	b := buffers.Get().(*[bufferSize]byte)
	defer buffers.Put(b)
	for {
		if half.Load() {
			_ = from.SetReadDeadline(time.Now().Add(halfClosed))
		}
		n, err := from.Read(b[:])
		if n > 0 {
			if _, err := to.Write(b[:n]); err != nil {
				break
			}
		}
		if err == nil {
			continue
		}
		if c, ok := to.(interface{ CloseWrite() error }); ok && errors.Is(err, io.EOF) && c.CloseWrite() == nil {
			half.Store(true)
			_ = to.SetReadDeadline(time.Now().Add(halfClosed))
			return
		}
		break
	}
	_ = to.Close()
	_ = from.Close()
}

// bufferSize is that of one direction of a connection.
const bufferSize = 32 << 10

var buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}

// buffered is a connection of which some bytes have been read already.
type buffered struct {
	net.Conn
	in *bufio.Reader
}

// Read takes the bytes that were read before first.
func (b *buffered) Read(p []byte) (int, error) { return b.in.Read(p) }

// CloseWrite ends one direction.
func (b *buffered) CloseWrite() error {
	if c, ok := b.Conn.(interface{ CloseWrite() error }); ok {
		return c.CloseWrite()
	}
	return errors.ErrUnsupported
}

func (r *run) track(c net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return false
	}
	r.conns[c] = struct{}{}
	return true
}

func (r *run) forget(c net.Conn) {
	_ = c.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, c)
	if r.closed && len(r.conns) == 0 && r.empty != nil {
		select {
		case <-r.empty:
		default:
			close(r.empty)
		}
	}
}

func (r *run) closeAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.conns {
		_ = c.Close()
	}
}

// drain waits until no connection is left, or for d.
func (r *run) drain(d time.Duration) {
	r.mu.Lock()
	r.closed = true
	empty := make(chan struct{})
	if len(r.conns) == 0 {
		close(empty)
	}
	r.empty = empty
	r.mu.Unlock()
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-empty:
	case <-t.C:
	}
}
