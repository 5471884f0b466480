package servicetest

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/service/wireguard"
)

// TestPathSizeIsFound has a path lose what is too large without a word, in one
// direction or both.
func TestPathSizeIsFound(t *testing.T) {
	for _, c := range []struct{ up, down, want int }{
		{9000, 9000, 1420}, {1408, 9000, 1408}, {9000, 1407, 1392}, {1300, 1400, 1280},
	} {
		n := NewNetwork()
		var p *Provider
		n.Drop = func(_, to netip.AddrPort, b []byte) bool {
			most := c.down
			if p != nil && to == p.Wire.LocalAddr() {
				most = c.up
			}
			return len(b) > most+32
		}
		p = NewProvider(t, n, NewExit(t))
		consumer := NewConsumer(t, n, p, 0)
		got, err := consumer.FindMTU(t.Context(), 1420)
		if err != nil || got != c.want {
			t.Errorf("a path of %d and %d: found %d, %v; want %d", c.up, c.down, got, err, c.want)
		}
		there, here := p.Count(consumer.Key), consumer.Count(p.PublicKey())
		if here.In == 0 || c.down > 1420 && here.In != there.Out || c.up > 1420 && here.Out != there.In {
			t.Errorf("counted %+v and %+v", here, there)
		}
	}
}

func TestPathSizeNeedsAnAnswer(t *testing.T) {
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t))
	c := NewConsumer(t, n, p, 0)
	if _, err := c.FindMTU(t.Context(), 1420); err != nil {
		t.Fatal(err)
	}
	_ = p.Device.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if mtu, err := c.FindMTU(ctx, 1420); wherry.CodeOf(err) != wherry.Timeout {
		t.Errorf("a provider that is gone: %d, %v", mtu, err)
	}
}

// socketWire opens a node's socket inside a namespace.
func socketWire(t *testing.T, s *Space, at netip.AddrPort) (*link.Socket, *link.Wire) {
	t.Helper()
	key, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	var socket *link.Socket
	if err := s.Do(func() (err error) {
		socket, err = link.Open(link.Config{Listen: at, Key: key})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- socket.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-ended })
	w, err := socket.OpenWire()
	if err != nil {
		t.Fatal(err)
	}
	return socket, w
}

// TestNarrowPath has a router between the two ends whose far cable carries 1280 bytes,
// and pages of both IP versions come through.
func TestNarrowPath(t *testing.T) {
	w := NewWholeSpaces(t)
	router := NewSpace(t, "router")
	router.Forward()
	Veth(w.Here, "eth0", []netip.Prefix{netip.MustParsePrefix("192.168.7.2/24")}, router, "lan", []netip.Prefix{netip.MustParsePrefix("192.168.7.1/24")})
	Veth(router, "wan", []netip.Prefix{netip.MustParsePrefix("45.1.0.1/24")}, w.There, "net", []netip.Prefix{netip.MustParsePrefix("45.1.0.2/24")})
	router.IP("link set wan mtu 1280")
	w.There.IP("link set net mtu 1280")
	w.Here.IP("route add 45.1.0.0/24 via 192.168.7.1")
	w.There.IP("route add 192.168.7.0/24 via 45.1.0.1")
	at := netip.MustParseAddrPort("45.1.0.2:4500")
	socket, near := socketWire(t, w.Here, netip.MustParseAddrPort("0.0.0.0:4500"))
	_, far := socketWire(t, w.There, netip.MustParseAddrPort("0.0.0.0:4500"))
	w.Join(t, near, far, at)
	if err := w.Provider.SetAllowance(w.Consumer.Key, 1<<40); err != nil {
		t.Fatal(err)
	}
	known := func() (mtu int) {
		if err := w.Here.Do(func() (err error) { mtu, err = socket.PathMTU(at); return err }); err != nil {
			t.Fatal(err)
		}
		return mtu
	}
	if before := known(); before != 1500 {
		t.Errorf("before anything was sent the path has %d", before)
	}
	mtu, err := w.Consumer.FindMTU(t.Context(), wireguard.InnerMTU(known(), at.Addr()))
	if err != nil {
		t.Fatal(err)
	}
	mtu = min(mtu, wireguard.InnerMTU(known(), at.Addr()))
	if after := known(); after != 1280 || mtu != wireguard.LeastMTU {
		t.Fatalf("the path has %d, and %d inside", after, mtu)
	}
	if err := w.Consumer.SetMTU(mtu); err != nil {
		t.Fatal(err)
	}
	w.Here.IP("link set wherry0 mtu 1280")
	for _, web := range []netip.Addr{Web4, Web6} {
		page := netip.AddrPortFrom(web, 80)
		w.website(t, page, 300<<10)
		if got := get(t, w.Here.Client(), "http://"+page.String()+"/"); len(got) != 300<<10 {
			t.Errorf("%v: %d bytes of a page", web, len(got))
		}
	}
}
