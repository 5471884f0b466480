package server

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// Engine is a node's consumer. All methods may be called at once. Errors carry
// codes; the text of one without is for the log alone.
type Engine interface {
	// Status returns what is so now. It does not wait.
	Status() api.Status
	// Watch yields what is so now and then each change, until ctx ends. Changes
	// may be left out where another follows at once.
	Watch(ctx context.Context) iter.Seq[api.Status]
	// Connect takes over a wish and returns when it is fulfilled. An error means
	// that the wish was refused and nothing has changed, or that the computer is
	// closed and blocked, which Status shows. When ctx ends first it is Pending,
	// and the wish stays. Another wish takes the place of the one before.
	Connect(ctx context.Context, wish api.Connect) error
	// Plan says what Connect would do now, and does nothing.
	Plan(ctx context.Context, wish api.Connect) (api.Plan, error)
	// Disconnect ends the session in good order. Without one it does nothing.
	Disconnect(ctx context.Context) error
	// Reconnect fulfils the present wish anew, if asked to with another provider.
	// Its errors are those of Connect; Conflict means that nothing is wanted.
	Reconnect(ctx context.Context, other bool) error
	// Settings returns the settings that hold.
	Settings() api.Settings
	// Set changes settings, durably, and returns those that hold then. Where it
	// fails none has changed.
	Set(ctx context.Context, change api.SettingsPatch) (api.Settings, error)
	// Offers asks the market, the cheapest first.
	Offers(ctx context.Context, q api.OffersQuery) (api.Offers, error)
}

// Bounds of what one computer's programs may take up.
const (
	maxConns   = 64               // at once; another is closed unread
	maxHeader  = 16 << 10         // bytes
	maxBody    = 64 << 10         // bytes
	headerWait = 5 * time.Second  // for a request's head, and for its body
	idleWait   = 2 * time.Minute  // between requests
	answerWait = 3 * time.Minute  // for the slowest answer to be written
	workWait   = 2 * time.Minute  // for a connection to come about, then it is pending
	stopWait   = 10 * time.Second // for answers under way when the server stops
)

// Config is what a Server needs.
type Config struct {
	Engine  Engine
	Access  Access       // who may ask
	Version string       // of the program, for the description
	Log     *slog.Logger // nil discards

	// Provider says what this node sells; nil means that it cannot.
	Provider func(ctx context.Context) (api.ProviderStatus, error)
}

// Server answers for one Engine.
type Server struct {
	cfg     Config
	handler http.Handler
	events  *events
	replays *replays

	mu   sync.Mutex      // guards life
	life context.Context // of work that outlives its request; nil before Serve
	work sync.WaitGroup  // counts it
}

// New checks cfg and builds the routes. Errors have the code Invalid.
func New(cfg Config) (*Server, error) {
	if cfg.Engine == nil {
		return nil, wherry.Errorf(wherry.Invalid, "a server needs an engine")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{cfg: cfg, events: newEvents(), replays: newReplays()}
	mux, err := s.routes()
	if err != nil {
		return nil, err
	}
	s.handler = s.around(mux)
	return s, nil
}

// Serve answers on l until ctx ends, which is no error, and closes l. It is
// called once.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	s.mu.Lock()
	s.life = life
	s.mu.Unlock()
	h := &http.Server{
		Handler: s.handler, ConnContext: peerContext,
		ReadHeaderTimeout: headerWait, IdleTimeout: idleWait, MaxHeaderBytes: maxHeader,
		BaseContext: func(net.Listener) context.Context { return life },
		ErrorLog:    slog.NewLogLogger(s.cfg.Log.Handler(), slog.LevelDebug),
	}
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		s.events.run(gctx, s.cfg.Engine.Watch(gctx))
		return nil
	})
	g.Go(func() error {
		err := h.Serve(&bounded{Listener: l, free: slots(maxConns)})
		if errors.Is(err, http.ErrServerClosed) {
			return nil
		}
		return err
	})
	g.Go(func() error {
		<-gctx.Done()
		stop() // what waits for an engine ends
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWait)
		defer cancel()
		if h.Shutdown(stopping) != nil {
			return h.Close()
		}
		return nil
	})
	err := g.Wait()
	s.mu.Lock()
	s.life = nil // nothing begins any more
	s.mu.Unlock()
	s.work.Wait()
	return err
}

// begin starts work that outlives the request which asked for it. It fails when
// the server is not running, or no longer.
func (s *Server) begin(f func(ctx context.Context)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.life == nil || s.life.Err() != nil {
		return wherry.Errorf(wherry.Interrupted, "the daemon is stopping")
	}
	s.work.Go(func() { f(s.life) })
	return nil
}

// slots returns as many tokens as connections may be open.
func slots(n int) chan struct{} {
	c := make(chan struct{}, n)
	for range n {
		c <- struct{}{}
	}
	return c
}

// bounded is a listener that lets so many connections be open, and closes what
// comes beyond: who is refused notices, instead of waiting.
type bounded struct {
	net.Listener
	free chan struct{}
}

func (b *bounded) Accept() (net.Conn, error) {
	for {
		c, err := b.Listener.Accept()
		if err != nil {
			return nil, err
		}
		select {
		case <-b.free:
			return &slotConn{Conn: c, free: b.free}, nil
		default:
			_ = c.Close() // nothing was said on it
		}
	}
}

// slotConn gives its slot back when it is closed.
type slotConn struct {
	net.Conn
	free chan struct{}
	once sync.Once
}

func (c *slotConn) Close() error {
	c.once.Do(func() { c.free <- struct{}{} })
	return c.Conn.Close()
}
