package tunnel

import (
	"context"
	"net/netip"
	"slices"
	"testing"

	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/link"
)

// newWire opens a node's socket on loopback and takes its WireGuard packets, as a
// node does.
func newWire(b *testing.B) *link.Wire {
	b.Helper()
	key, err := identity.Generate()
	if err != nil {
		b.Fatal(err)
	}
	s, err := link.Open(link.Config{Listen: netip.MustParseAddrPort("127.0.0.1:0"), Key: key})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	b.Cleanup(func() {
		cancel()
		<-ended
	})
	w, err := s.OpenWire()
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// median of a few figures.
func median(xs []float64) float64 {
	xs = slices.Sorted(slices.Values(xs))
	if n := len(xs); n%2 == 0 {
		return (xs[n/2-1] + xs[n/2]) / 2
	}
	return xs[len(xs)/2]
}
