package stream

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
)

// cloud is a cluster in memory whose answers get lost, come late, or come from a
// server that knows less than the others. What it never does is what a real one
// never does: take a message for a place that is not the next.
type cloud struct {
	mu     sync.Mutex // guards what follows
	rng    *rand.Rand
	log    []stored
	first  uint64
	newest map[string]uint64 // by subject
	chunks []fakeChunk
	down   time.Time // nobody leads until then
	faults bool
	heard  time.Time // a writer's call
	lax    bool      // takes everything: to see that the test notices
}

type fakeChunk struct {
	stored
	subject string
}

func newCloud(seed uint64) *cloud {
	rng := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // repeatable
	return &cloud{rng: rng, first: 1, newest: map[string]uint64{}, faults: true}
}

// chance is called with mu held.
func (c *cloud) chance(percent int) bool { return c.faults && c.rng.IntN(100) < percent }

var (
	errNobody  = wherry.Errorf(wherry.Unreachable, "nobody answers")
	errLeading = errors.Join(errNobodyThere, errNobody)
)

// node is one process' way to the cloud.
type node struct {
	c    *cloud
	cfg  Config
	gate chan struct{} // taken while nothing passes
}

func (c *cloud) node(cfg Config) *node { return &node{c: c, cfg: cfg, gate: make(chan struct{}, 1)} }

// pass waits for as long as a packet takes, and while the node is paused.
func (n *node) pass(ctx context.Context) error {
	n.c.mu.Lock()
	d := time.Duration(n.c.rng.IntN(3000)) * time.Microsecond
	n.c.mu.Unlock()
	select {
	case <-ctx.Done():
		return errNobody
	case <-time.After(d):
	}
	n.gate <- struct{}{}
	<-n.gate
	return nil
}

func (n *node) publish(ctx context.Context, subject string, data []byte, place uint64) (uint64, error) {
	if err := n.pass(ctx); err != nil {
		return 0, err
	}
	c := n.c
	c.mu.Lock()
	defer c.mu.Unlock()
	data = slices.Clone(data)
	put := func() (uint64, error) {
		last := c.first + uint64(len(c.log)) - 1
		if place != last+1 && !c.lax {
			return 0, wherry.Errorf(wherry.Refused, "wrong last sequence: %d", last)
		}
		c.log = append(c.log, stored{last + 1, data})
		c.newest[subject] = last + 1
		return last + 1, nil
	}
	switch {
	case time.Now().Before(c.down):
		return 0, errLeading
	case c.chance(4): // lost
		return 0, errNobody
	case c.chance(4): // late, and the answer is lost
		d := time.Duration(c.rng.IntN(20)) * n.cfg.Silence / 10
		time.AfterFunc(d, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			_, _ = put()
		})
		return 0, errNobody
	case c.chance(4): // stored, and the answer is lost
		_, _ = put()
		return 0, errNobody
	}
	return put()
}

func (n *node) span(ctx context.Context) (uint64, uint64, error) {
	if err := n.pass(ctx); err != nil {
		return 0, 0, err
	}
	c := n.c
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Now().Before(c.down) || c.chance(4) {
		return 0, 0, errNobody
	}
	last := c.first + uint64(len(c.log)) - 1
	if c.chance(10) { // a leader that was deposed, and does not know it
		last -= uint64(c.rng.IntN(min(len(c.log), 3) + 1))
	}
	return c.first, last, nil
}

func (n *node) ask(ctx context.Context, seq uint64, subject string) (*stored, error) {
	if err := n.pass(ctx); err != nil {
		return nil, err
	}
	c := n.c
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Now().Before(c.down) || c.chance(4) {
		return nil, errNobody
	}
	if subject != "" {
		seq = c.newest[subject]
	}
	if seq < c.first || seq >= c.first+uint64(len(c.log)) || c.chance(5) && subject == "" {
		return nil, nil
	}
	m := c.log[seq-c.first]
	return &m, nil
}

func (n *node) fetch(ctx context.Context, name string, from uint64, filter string) ([]stored, error) {
	if err := n.pass(ctx); err != nil {
		return nil, err
	}
	c := n.c
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.chance(4) {
		return nil, errNobody
	}
	var out []stored
	if name != n.cfg.Name {
		for _, k := range c.chunks {
			if k.seq >= from && k.subject == filter {
				out = append(out, k.stored)
			}
		}
		return out, nil
	}
	for _, m := range c.log {
		if m.seq >= from && len(out) < 50 {
			out = append(out, m)
		}
	}
	if c.chance(20) { // this server is behind
		out = out[:c.rng.IntN(len(out)+1)]
	}
	return out, nil
}

func (n *node) chunk(ctx context.Context, subject string, data []byte) (uint64, error) {
	if err := n.pass(ctx); err != nil {
		return 0, err
	}
	c := n.c
	c.mu.Lock()
	defer c.mu.Unlock()
	seq := uint64(1)
	for range 1 + c.rng.IntN(2) { // now and then twice
		if k := len(c.chunks); k > 0 {
			seq = c.chunks[k-1].seq + 1
		}
		c.chunks = append(c.chunks, fakeChunk{stored{seq, slices.Clone(data)}, subject})
	}
	return seq, nil
}

func (n *node) purge(ctx context.Context, name string, before uint64) error {
	if err := n.pass(ctx); err != nil {
		return err
	}
	c := n.c
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.chance(20) {
		return errNobody
	}
	if name != n.cfg.Name {
		c.chunks = slices.DeleteFunc(c.chunks, func(k fakeChunk) bool { return k.seq < before })
		return nil
	}
	for c.first < before && len(c.log) > 0 {
		c.log, c.first = c.log[1:], c.first+1
	}
	return nil
}

func (n *node) call() {
	c := n.c
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(n.gate) == 0 && !c.chance(10) {
		c.heard = time.Now()
	}
}

func (n *node) called() time.Time {
	n.c.mu.Lock()
	defer n.c.mu.Unlock()
	return n.c.heard
}

func (n *node) room() int { return 4 << 10 }
func (n *node) close()    {}

// all reads the whole log, without faults.
func (c *cloud) all(cfg Config) ([]string, error) {
	c.mu.Lock()
	c.faults, c.down = false, time.Time{}
	c.mu.Unlock()
	var out []string
	r := &reader{cfg: cfg, s: c.node(cfg), t: start(), marks: []mark{{t: start()}}, replay: func(b []byte) error {
		out = append(out, string(b))
		return nil
	}}
	if err := r.begin(context.Background(), func(b []byte) error {
		out = append(out, string(b))
		return nil
	}); err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	for {
		more, err := r.read(context.Background())
		if !more || err != nil {
			return out, err
		}
	}
}
