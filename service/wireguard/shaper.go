package wireguard

import (
	"context"
	"time"
)

// Shaper divides what a provider's line carries between its peers. It is asked for what
// goes to a consumer, never for what the two devices say to each other. Package shape
// has the real one.
type Shaper interface {
	// Take reports whether n bytes for a peer may go now. What may not is dropped.
	Take(now time.Time, peer uint64, n uint64) bool

	// Wait counts n bytes for a peer and returns how long whoever holds them should hold
	// them.
	Wait(now time.Time, peer uint64, n uint64) time.Duration
}

// passes is spend for what goes to a peer, behind the Shaper.
func (p *peer) passes(now time.Time, wire uint64, own bool) bool {
	if p.shaper != nil && !own && !p.consumer && !p.shaper.Take(now, uint64(p.flow), wire) {
		return false
	}
	return p.spend(&p.out, wire, own)
}

// paced is room behind the Shaper: the stack's senders wait rather than lose what they
// have been given.
func (p *peer) paced(ctx context.Context, n int) (int, error) {
	m, err := p.room(ctx, n)
	if err != nil || p.shaper == nil {
		return m, err
	}
	wait := p.shaper.Wait(time.Now(), uint64(p.flow), wireCost(uint64(m)))
	if wait <= 0 {
		return m, nil
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-t.C:
		return m, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// datagramPasses reports whether a datagram of n bytes may go to the peer.
func (p *peer) datagramPasses(n int) bool {
	return p.shaper == nil || p.shaper.Take(time.Now(), uint64(p.flow), uint64(n+28+overhead))
}
