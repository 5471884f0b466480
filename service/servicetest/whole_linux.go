package servicetest

import (
	"net/netip"
	"testing"

	"github.com/wherrynet/wherry/service/wireguard"
)

// Whole is a tunnel between two computers, with a website behind the provider:
//
//	Here ── TUN ── consumer ═══ Network ═══ provider ── TUN ── There ── veth ── Web
//
// Here has no way out but its TUN. There routes, without NAT, so that Web sees
// inner addresses.
type Whole struct {
	Here, There, Web *Space
	Consumer         *Consumer
	Provider         *Provider
	TUN              *wireguard.TUN // of the consumer
}

// Where the website is.
var (
	Web4 = netip.MustParseAddr("45.0.0.2")
	Web6 = netip.MustParseAddr("2a0e::2")
)

// NewWhole makes both ends and joins them. The allowance is unlimited.
func NewWhole(t testing.TB, n *Network) *Whole {
	t.Helper()
	w := JoinWhole(t, n)
	if err := w.Provider.SetAllowance(w.Consumer.Key, ^uint64(0)); err != nil {
		t.Fatal(err)
	}
	return w
}

// JoinWhole is NewWhole without an allowance.
func JoinWhole(t testing.TB, n *Network) *Whole {
	t.Helper()
	near, far := n.Listen(), n.Listen()
	w := NewWholeSpaces(t)
	w.Join(t, near, far, far.LocalAddr())
	w.Consumer.Wire, w.Provider.Wire = near, far
	return w
}

// NewWholeSpaces makes the computers, with nothing but the website joined to There.
func NewWholeSpaces(t testing.TB) *Whole {
	t.Helper()
	w := &Whole{Here: NewSpace(t, "here"), There: NewSpace(t, "there"), Web: NewSpace(t, "web")}
	w.There.Forward()
	prefixes := func(a, b string) []netip.Prefix {
		return []netip.Prefix{netip.MustParsePrefix(a), netip.MustParsePrefix(b)}
	}
	Veth(w.There, "out", prefixes("45.0.0.1/24", "2a0e::1/64"), w.Web, "in", prefixes("45.0.0.2/24", "2a0e::2/64"))
	w.Web.IP("route add 10.77.0.0/16 via 45.0.0.1")
	w.Web.IP("route add fd77::/16 via 2a0e::1")
	return w
}

// Join makes the two ends of the tunnel, over any wires. far is where the provider's
// is reached.
func (w *Whole) Join(t testing.TB, near, far wireguard.Wire, at netip.AddrPort) {
	t.Helper()
	w.Provider = &Provider{}
	w.Provider.Device = device(t, wireguard.Config{
		Wire: far, Addrs: []netip.Addr{Provider4, Provider6}, Exit: NewExit(t), TUN: true,
	})
	f := w.There.TUN("wherry0", 1420, Provider4, Provider6)
	w.There.IP("route add 10.77.0.0/16 dev wherry0")
	w.There.IP("route add fd77::/16 dev wherry0")
	Attach(t, w.Provider.Device, f)

	w.Consumer = &Consumer{}
	w.Consumer.Device = device(t, wireguard.Config{Wire: near, TUN: true})
	w.Consumer.join(t, w.Provider, at, 0)
	f = w.Here.TUN("wherry0", 1420, ConsumerAddrs(0)...)
	w.Here.IP("route add default dev wherry0")
	w.Here.IP("-6 route add default dev wherry0")
	w.TUN = Attach(t, w.Consumer.Device, f)
}
