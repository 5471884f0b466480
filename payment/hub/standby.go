package hub

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/journal"
)

// Standby is a hub that several processes run, with one key and one journal on
// other machines: one serves and drives the chains, the others keep their books
// up to date and say so to whoever asks. Which of them it is, the journal decides.
//
//	             the journal is ours                another has taken over,
//	following ─────────────────────────► serving     or it is out of reach
//	    ▲                                    │
//	    └────────── with an empty book ◄─────┘
//
// A hub whose journal is gone has signed nothing that is not in it: every
// signature waits for Commit. Its book may be ahead of the journal, so it is
// thrown away, and read again.
type Standby struct {
	cfg    Config
	follow func(context.Context) journal.Opener

	// mu guards what follows.
	mu      sync.Mutex
	now     *serving // nil while following
	problem error    // why the journal could not be opened last
}

// serving is a hub with its turn.
type serving struct {
	hub                   *Hub
	public, admin, health http.Handler
}

// lostLog is a log that says when nothing more is accepted.
type lostLog interface{ Lost() <-chan struct{} }

// retryEvery is how often a journal that cannot be opened is tried.
const retryEvery = 500 * time.Millisecond

// NewStandby returns a hub that serves when it is its turn. What follow returns
// opens the journal once nobody else writes it, and hands out records until then;
// cfg.Journal is not used. Unreachable and Busy errors of it are tried again.
func NewStandby(cfg Config, follow func(context.Context) journal.Opener) (*Standby, error) {
	cfg.Journal = follow(context.Background()) // checked for, never called
	if err := cfg.defaults(); err != nil {
		return nil, err
	}
	return &Standby{cfg: cfg, follow: follow}, nil
}

// Run follows and serves in turn until ctx ends, which is no error. Close ends a
// turn that lasts still, once no handler runs any more.
func (s *Standby) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		h, lost, err := s.open(ctx)
		switch code := wherry.CodeOf(err); {
		case err == nil:
		case ctx.Err() != nil:
			return nil
		case code == wherry.Unreachable || code == wherry.Busy:
			s.complain(err)
			select {
			case <-ctx.Done():
			case <-time.After(retryEvery):
			}
			continue
		default:
			return err
		}
		if err := s.turn(ctx, h, lost); err != nil {
			return err
		}
	}
	return nil
}

// open waits for this process' turn.
func (s *Standby) open(ctx context.Context) (h *Hub, lost <-chan struct{}, err error) {
	cfg := s.cfg
	cfg.Journal = func(load, replay func([]byte) error) (journal.Log, journal.Recovery, error) {
		l, rec, err := s.follow(ctx)(load, replay)
		if v, ok := l.(lostLog); ok {
			lost = v.Lost()
		}
		return l, rec, err
	}
	h, err = Open(cfg)
	return h, lost, err
}

// turn serves until ctx ends or the journal is lost.
func (s *Standby) turn(ctx context.Context, h *Hub, lost <-chan struct{}) error {
	s.mu.Lock()
	s.now = &serving{hub: h, public: h.Handler(), admin: h.AdminHandler(), health: h.WatchHandler()}
	s.problem = nil
	s.mu.Unlock()
	s.cfg.Log.Info("it is this process' turn: the hub serves")
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- h.Run(inner) }()
	select {
	case err := <-ended:
		return err
	case <-lost:
	}
	s.mu.Lock()
	s.now = nil
	s.mu.Unlock()
	err := h.journal.Err()
	s.complain(err)
	cancel()
	if err := <-ended; err != nil {
		return err
	}
	_ = h.Close() // it says again what has ended it
	if !elsewhere(err) {
		return err // damage: reading it again does not help
	}
	return nil
}

// complain logs a problem once.
func (s *Standby) complain(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.problem == nil || s.problem.Error() != err.Error() {
		s.cfg.Log.Warn("the hub does not serve", "err", err)
	}
	s.problem = err
}

// Close ends the turn of a hub that serves: others may take over at once. Run and
// the handlers must have ended.
func (s *Standby) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil {
		return nil
	}
	return s.now.hub.Close()
}

// Serving returns the hub while it is this process' turn, else nil and why not,
// if there is a reason besides that another serves.
func (s *Standby) Serving() (*Hub, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil {
		return nil, s.problem
	}
	return s.now.hub, nil
}

// Handler serves the public API when it is this process' turn. Otherwise every
// answer is Unreachable, so that whoever asks tries again, here or elsewhere.
func (s *Standby) Handler() http.Handler {
	return s.pass(func(v *serving) http.Handler { return v.public })
}

// AdminHandler does the same for the operator's.
func (s *Standby) AdminHandler() http.Handler {
	return s.pass(func(v *serving) http.Handler { return v.admin })
}

// WatchHandler does the same for machines: a standby is healthy and not ready.
func (s *Standby) WatchHandler() http.Handler {
	m := http.NewServeMux()
	m.Handle("/", s.pass(func(v *serving) http.Handler { return v.health }))
	m.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		if v := s.current(); v != nil {
			v.health.ServeHTTP(w, r)
			return
		}
		writeJSON(w, http.StatusOK, []Check{{Name: "standby", OK: true}})
	})
	m.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if v := s.current(); v != nil {
			v.health.ServeHTTP(w, r)
			return
		}
		c := Check{Name: "standby", Says: "another process of this hub serves, or none yet", Try: "ask the other one"}
		if _, err := s.Serving(); err != nil {
			c.Says, c.Try = err.Error(), "look at the servers that keep the journal"
		}
		writeJSON(w, http.StatusServiceUnavailable, []Check{c})
	})
	return m
}

func (s *Standby) current() *serving {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *Standby) pass(to func(*serving) http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.current()
		if v == nil {
			w.Header().Set("Retry-After", "1")
			fail(w, r, errStandby())
			return
		}
		to(v).ServeHTTP(w, r)
	})
}

func errStandby() error {
	return wherry.Errorf(wherry.Unreachable, "standby: it is not this process' turn to serve for the hub; the same again in a moment")
}

// elsewhere reports whether an error of the journal means that another process
// has it, or nobody can reach it: it is whole, and this process does not have it.
func elsewhere(err error) bool {
	switch wherry.CodeOf(err) {
	case wherry.Busy, wherry.Unreachable, wherry.Interrupted:
		return true
	}
	return false
}
