package link

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"runtime"
	"testing"

	"github.com/quic-go/quic-go"
)

func TestGateIsBoundedInAllAndPerSource(t *testing.T) {
	g := gate{max: 8}
	enter := func(from string) (leave func(), ok bool) {
		ctx, cancel := context.WithCancel(t.Context())
		in, err := g.enter(ctx, &quic.ClientInfo{RemoteAddr: net.UDPAddrFromAddrPort(netip.MustParseAddrPort(from))})
		if err != nil {
			cancel()
			if !errors.Is(err, errCrowded) {
				t.Error(err)
			}
			return nil, false
		}
		return func() {
			g.leave(in)
			g.leave(in) // leaving twice frees one place
			cancel()    // and so does the connection's end
		}, true
	}
	var inside []func()
	for _, c := range []struct {
		from string
		ok   bool
	}{
		{"192.0.2.1:1", true},
		{"192.0.2.1:2", true},
		{"192.0.2.1:3", false},          // a quarter each
		{"[::ffff:192.0.2.1]:4", false}, // the same one, mapped
		{"[2001:db8::1]:1", true},
		{"[2001:db8::2]:1", true},
		{"[2001:db8::3]:1", false}, // a network is one source
		{"[2001:db8:0:1::1]:1", true},
		{"192.0.2.2:1", true},
		{"192.0.2.3:1", true},
		{"192.0.2.4:1", true},
		{"192.0.2.5:1", false}, // full
	} {
		leave, ok := enter(c.from)
		if ok != c.ok {
			t.Errorf("from %s: %v", c.from, ok)
		}
		if ok {
			inside = append(inside, leave)
		}
		if crowded := g.crowded(nil); crowded != (len(inside) >= 4) {
			t.Errorf("with %d inside: crowded %v", len(inside), crowded)
		}
	}
	for _, leave := range inside {
		leave()
	}
	if g.inside != 0 || len(g.bySource) != 0 {
		t.Errorf("%d places of %d sources are not free", g.inside, len(g.bySource))
	}
}

func TestEndOfAConnectionFreesItsPlace(t *testing.T) {
	g := gate{max: 1}
	ctx, cancel := context.WithCancel(t.Context())
	info := &quic.ClientInfo{RemoteAddr: &net.UDPAddr{IP: []byte{192, 0, 2, 1}, Port: 1}}
	if _, err := g.enter(ctx, info); err != nil {
		t.Fatal(err)
	}
	cancel()
	for free := false; !free; runtime.Gosched() { // what runs at a context's end runs beside us
		g.mu.Lock()
		free = g.inside == 0
		g.mu.Unlock()
	}
}
