package server

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
)

// How long, and how many, answers to requests with an Idempotency-Key are kept.
const (
	keepReplays = time.Hour
	maxReplays  = 256
)

// replays does what may spend money once per Idempotency-Key, however often the
// request comes: who asks again waits for the first outcome, or is told it.
type replays struct {
	mu  sync.Mutex // guards all
	all map[string]*replay
}

// replay is one piece of work and its outcome.
type replay struct {
	asked [sha256.Size]byte // what the key was used for first
	began time.Time
	done  chan struct{} // closed when err is set
	err   error
}

func newReplays() *replays { return &replays{all: map[string]*replay{}} }

// take returns the work of a key, and whether it is new and the caller has to do
// it. A key that was used for something else is a Conflict.
func (r *replays) take(key string, asked any, now time.Time) (*replay, bool, error) {
	b, err := json.Marshal(asked)
	if err != nil {
		return nil, false, err
	}
	sum := sha256.Sum256(b)
	r.mu.Lock()
	defer r.mu.Unlock()
	for k, old := range r.all {
		if old.finished() && now.Sub(old.began) > keepReplays {
			delete(r.all, k)
		}
	}
	if old, ok := r.all[key]; ok && key != "" {
		if old.asked != sum {
			return nil, false, wherry.Errorf(wherry.Conflict, "this Idempotency-Key was used for another request")
		}
		return old, false, nil
	}
	p := &replay{asked: sum, began: now, done: make(chan struct{})}
	if key == "" {
		return p, true, nil // nobody can ask for it again
	}
	if len(r.all) >= maxReplays && !r.dropOldest() {
		return nil, false, wherry.Errorf(wherry.Busy, "%d requests are under way", len(r.all))
	}
	r.all[key] = p
	return p, true, nil
}

// dropOldest forgets the finished work that began first.
func (r *replays) dropOldest() bool {
	oldest := ""
	for k, p := range r.all {
		if p.finished() && (oldest == "" || p.began.Before(r.all[oldest].began)) {
			oldest = k
		}
	}
	delete(r.all, oldest)
	return oldest != ""
}

func (p *replay) finished() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

func (p *replay) finish(err error) {
	p.err = err
	close(p.done)
}

// once does something that may spend, and goes on with it when the request is
// gone or has waited for long enough: then the error is Pending.
func (s *Server) once(ctx context.Context, key string, asked any, wait time.Duration, do func(ctx context.Context) error) error {
	if key != "" {
		if p := peerOf(ctx); p != nil { // one person's keys are not another's
			key = string(append([]byte(key+" "), byte(p.UID>>24), byte(p.UID>>16), byte(p.UID>>8), byte(p.UID)))
		}
	}
	p, mine, err := s.replays.take(key, asked, time.Now())
	if err != nil {
		return err
	}
	if mine {
		err := s.begin(func(life context.Context) {
			working, cancel := context.WithTimeout(life, workWait)
			defer cancel()
			p.finish(do(working))
		})
		if err != nil {
			p.finish(err)
		}
	}
	enough := time.NewTimer(wait)
	defer enough.Stop()
	select {
	case <-p.done:
		return p.err
	case <-enough.C:
	case <-ctx.Done():
	}
	return wherry.Errorf(wherry.Pending, "it is being worked on")
}
