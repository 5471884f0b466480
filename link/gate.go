package link

import (
	"context"
	"net"
	"net/netip"
	"sync"

	"github.com/quic-go/quic-go"
	"github.com/wherrynet/wherry"
)

// gate bounds the callers that are not proven yet, in all and per source.
type gate struct {
	max int

	mu       sync.Mutex // guards what follows
	inside   int
	bySource map[netip.Prefix]int
}

type strangerKey struct{}

var errCrowded = wherry.Errorf(wherry.Busy, "too many callers that are not proven")

// enter lets a new caller in, or refuses it before anything is kept of it. The
// place is given back by leave, or when the connection ends.
func (g *gate) enter(ctx context.Context, info *quic.ClientInfo) (context.Context, error) {
	src := source(info.RemoteAddr)
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside >= g.max || g.bySource[src] >= max(1, g.max/4) {
		return nil, errCrowded
	}
	if g.bySource == nil {
		g.bySource = map[netip.Prefix]int{}
	}
	g.inside++
	g.bySource[src]++
	free := sync.OnceFunc(func() { g.free(src) })
	context.AfterFunc(ctx, free)
	return context.WithValue(ctx, strangerKey{}, free), nil
}

func (g *gate) free(src netip.Prefix) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	if g.bySource[src]--; g.bySource[src] == 0 {
		delete(g.bySource, src)
	}
}

// leave gives the place of a caller back that is a stranger no longer.
func (g *gate) leave(ctx context.Context) {
	if free, ok := ctx.Value(strangerKey{}).(func()); ok {
		free()
	}
}

// crowded asks callers to prove their source address by one more round trip when
// half of the places are taken, so that forged addresses cannot take the rest.
func (g *gate) crowded(net.Addr) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.inside >= max(1, g.max/2)
}

// source is what one household can easily have only one of.
func source(a net.Addr) netip.Prefix {
	u, ok := a.(*net.UDPAddr)
	if !ok {
		return netip.Prefix{}
	}
	ip := u.AddrPort().Addr().Unmap().WithZone("")
	bits := 32
	if ip.Is6() {
		bits = 64
	}
	p, err := ip.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}
