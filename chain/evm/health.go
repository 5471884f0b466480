package evm

import (
	"slices"
	"sync"
	"time"

	"github.com/wherrynet/wherry/chain"
)

// How an endpoint does.
const (
	stateOK        = "ok"
	stateBehind    = "behind"    // its newest block is much older than another's
	stateDown      = "down"      // it does not answer, or not in time
	stateWrong     = "wrong"     // it speaks another chain, or has another contract
	stateDisagrees = "disagrees" // it says other than the others about what is final
)

// An endpoint that failed is left alone for a while, and for twice as long the
// next time.
const (
	pauseFirst = time.Second
	pauseMost  = time.Minute
)

// health is how one endpoint does.
type health struct {
	mu    sync.Mutex // guards what follows
	state string     // "" before the first question
	since time.Time
	text  string        // what was wrong last
	head  uint64        // newest block that it told of
	pause time.Duration // how long it was left alone after its last failure
	until time.Time     // it is left alone before this
}

// set changes the state. The caller holds mu.
func (h *health) set(state, text string, now time.Time) {
	if h.state != state {
		h.state, h.since = state, now
	}
	h.text = text
}

// failed leaves the endpoint alone for a while.
func (h *health) failed(state, text string) {
	now := time.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.set(state, text, now)
	h.pause = min(max(2*h.pause, pauseFirst), pauseMost)
	h.until = now.Add(h.pause)
}

func (h *health) wrong(text string) { h.failed(stateWrong, text) }

// answered notes that the endpoint has answered. What it said may still be
// found to be behind, or to disagree.
func (h *health) answered() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pause, h.until = 0, time.Time{}
	if h.state != stateDisagrees && h.state != stateBehind {
		h.set(stateOK, "", time.Now())
	}
}

// at notes the newest block that the endpoint knows, and whether that is far
// behind the newest that any does.
func (h *health) at(head uint64, behind bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.head = head
	switch {
	case h.state == stateDisagrees:
	case behind:
		h.set(stateBehind, "", time.Now())
	default:
		h.set(stateOK, "", time.Now())
	}
}

// agrees notes whether the endpoint says of what is final what others say, too.
func (h *health) agrees(yes bool, text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case !yes:
		h.set(stateDisagrees, text, time.Now())
	case h.state == stateDisagrees:
		h.set(stateOK, "", time.Now())
	}
}

// paused reports whether the endpoint is left alone at present.
func (h *health) paused(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return now.Before(h.until)
}

// Endpoints returns how the servers do that this chain is seen through, in the
// order of the configuration.
func (c *Chain) Endpoints() []chain.Endpoint {
	out := make([]chain.Endpoint, 0, len(c.endpoints))
	for _, e := range c.endpoints {
		e.mu.Lock()
		state := e.state
		if state == "" {
			state = stateDown // it was never heard of
		}
		out = append(out, chain.Endpoint{Host: e.host, State: state, Head: e.head, Since: e.since.UTC(), Error: e.text})
		e.mu.Unlock()
	}
	return out
}

// worth splits the endpoints into those that are worth asking now and the
// others, each in the order of the configuration.
func (c *Chain) worth() (now, later []*endpoint) {
	at := time.Now()
	for _, e := range c.endpoints {
		if e.paused(at) {
			later = append(later, e)
		} else {
			now = append(now, e)
		}
	}
	return now, later
}

// preferred returns all endpoints in the order in which one of them is asked:
// the one that answered last, the others, those that are left alone.
func (c *Chain) preferred() []*endpoint {
	now, later := c.worth()
	if i := slices.Index(now, c.good.Load()); i > 0 {
		now = slices.Concat(now[i:], now[:i])
	}
	return append(now, later...)
}
