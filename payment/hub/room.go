package hub

import (
	"errors"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
)

// room is what the hub has in hand: requests that are read and not answered. It is
// bounded in requests, in bytes and by provider, so that nobody waits long and
// nobody keeps the others out. Whom it has no room for is told when to come back,
// by how long those who were let in have stayed of late.
type room struct {
	requests int
	bytes    int64

	mu   sync.Mutex // guards what follows
	in   int
	held int64
	by   map[wherry.Address]int // of each provider
	stay time.Duration          // of requests of late: what is in hand now takes about as long
	left time.Time              // when one left last
}

// A request of a provider that it did not sign may have been sent by anybody, in
// order to keep the provider out: such ones share a part of its places.
const (
	providerShare = 16 // of all places, for one provider
	strangerShare = 4  // of a provider's places, for requests that it did not sign
)

// Bounds on when to come back.
const (
	soonest = 100 * time.Millisecond
	latest  = 30 * time.Second
)

// enter lets a request in, or says when to come back.
func (r *room) enter(bytes int64, now time.Time) (time.Duration, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.in >= r.requests || r.held+bytes > r.bytes && r.in > 0 {
		return r.again(now), false
	}
	if r.in == 0 {
		r.left = now // nobody was kept waiting before
	}
	r.in++
	r.held += bytes
	return 0, true
}

// leave takes out a request that entered at a time.
func (r *room) leave(bytes int64, entered, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.in--
	r.held -= bytes
	r.left = now
	r.stay += (now.Sub(entered) - r.stay) / 8
}

// seat gives a provider's request one of the provider's places, or says when to
// come back. own is asked whether the provider signed it, where that matters.
func (r *room) seat(provider wherry.Address, own func() bool, now time.Time) (time.Duration, bool) {
	places := max(r.requests/providerShare, 2)
	if after, ok := r.take(provider, max(places/strangerShare, 1), now); ok || !own() {
		return after, ok
	}
	return r.take(provider, places, now)
}

func (r *room) take(provider wherry.Address, places int, now time.Time) (time.Duration, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by[provider] >= places {
		return r.again(now), false
	}
	if r.by == nil {
		r.by = map[wherry.Address]int{}
	}
	r.by[provider]++
	return 0, true
}

// rise gives a place back.
func (r *room) rise(provider wherry.Address) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by[provider]--; r.by[provider] <= 0 {
		delete(r.by, provider)
	}
}

// again says when there will be room: after what the requests in hand will take,
// or have taken already if none has left for longer. It is called with mu held.
func (r *room) again(now time.Time) time.Duration {
	return min(max(r.stay, now.Sub(r.left), soonest), latest)
}

// inHand returns how many requests are in the room.
func (r *room) inHand() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.in
}

// busy is what who finds no room is told.
func busy(after time.Duration, what string) error {
	return channel.Later{After: after, Err: wherry.Errorf(wherry.Busy, "%s: come back in %s", what, after.Round(10*time.Millisecond))}
}

// retryAfter returns when to come back after a Busy error: at once is never said.
func retryAfter(err error) time.Duration {
	if later, ok := errors.AsType[channel.Later](err); ok {
		return max(later.After, soonest)
	}
	return time.Second
}
