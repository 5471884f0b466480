package exit

import (
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/nat"
)

// Policy says where traffic may go, and how fast one consumer may begin new things.
// The zero value is the strict one: the public internet, less this host and its
// neighbourhood, less mail and what only ever annoys third parties. Both ways out, the
// Dialer and the kernel's rules (Kernel), come from the same value.
type Policy struct {
	// Allow are exceptions, by exact address and port. They are looked at first.
	Allow []netip.AddrPort

	// Deny are further networks to refuse: those of the operator's that have public
	// addresses, and the address that a router gives to this host.
	Deny []netip.Prefix

	// Mail lets connections to port 25 out. Without it nobody can send spam in the
	// provider's name.
	Mail bool

	// Rates bound what one consumer may begin. The zero value means DefaultRates.
	Rates nat.Rates
}

// DefaultRates are more than a household's browsers ask for, and less than a scanner
// is happy with.
var DefaultRates = nat.Rates{
	New:    nat.Rate{PerSecond: 200, Burst: 2000},
	SYN:    nat.Rate{PerSecond: 100, Burst: 1000},
	FanOut: nat.Rate{PerSecond: 20, Burst: 300},
	Open:   4096,
}

// refused4 is what has no business on the public internet (IANA's registry of
// special-purpose addresses), and what reaches the host's own neighbourhood.
var refused4 = prefixes(
	"0.0.0.0/8",       // this network
	"10.0.0.0/8",      // private
	"100.64.0.0/10",   // carrier-grade NAT
	"127.0.0.0/8",     // loopback
	"169.254.0.0/16",  // link-local, cloud metadata among it
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // protocol assignments
	"192.0.2.0/24",    // documentation
	"192.88.99.0/24",  // 6to4 relays
	"192.168.0.0/16",  // private
	"198.18.0.0/15",   // benchmarks
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"224.0.0.0/4",     // multicast
	"240.0.0.0/4",     // reserved, and broadcast
)

// global6 is all of IPv6 that is given out as public. What is outside (loopback,
// unspecified, IPv4-compatible, unique local, link-local, multicast …) is refused
// without being listed.
var global6 = prefixes("2000::/3")

var refused6 = prefixes(
	"2001::/23",     // protocol assignments, Teredo among them
	"2001:db8::/32", // documentation
	"3fff::/20",     // documentation
)

// Networks whose addresses hold an IPv4 address, and where.
var (
	nat64  = netip.MustParsePrefix("64:ff9b::/96")
	sixTo4 = netip.MustParsePrefix("2002::/16")
)

// Where the IPv4 address begins in them.
const nat64At, sixTo4At = 12, 2

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		out[i] = netip.MustParsePrefix(t)
	}
	return out
}

// Public reports whether a is an address of the public internet. An address that
// wraps an IPv4 address is as public as that.
func Public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	if a.Is4() {
		return !within(refused4, a)
	}
	b := a.As16()
	switch {
	case nat64.Contains(a):
		return Public(netip.AddrFrom4([4]byte(b[nat64At : nat64At+4])))
	case sixTo4.Contains(a):
		return Public(netip.AddrFrom4([4]byte(b[sixTo4At : sixTo4At+4])))
	}
	return within(global6, a) && !within(refused6, a)
}

func within(ps []netip.Prefix, a netip.Addr) bool {
	return slices.ContainsFunc(ps, func(p netip.Prefix) bool { return p.Contains(a) })
}

// check says whether traffic to an address may leave; network is "tcp" or "udp". local
// reports what is this host's own neighbourhood.
func (p *Policy) check(network string, to netip.AddrPort, local func(netip.Addr) bool) error {
	switch a := to.Addr(); {
	case slices.Contains(p.Allow, to):
		return nil
	case to.Port() == 0:
		return wherry.Errorf(wherry.Forbidden, "the exit policy refuses port 0")
	case a.Is4In6() || !Public(a):
		return wherry.Errorf(wherry.Forbidden, "the exit policy refuses addresses that are not public")
	case within(p.Deny, embedded(a)) || within(p.Deny, a):
		return wherry.Errorf(wherry.Forbidden, "the exit policy refuses this network")
	case local(embedded(a)) || local(a):
		return wherry.Errorf(wherry.Forbidden, "the exit policy refuses the provider's own addresses and networks")
	case p.closed(network, to.Port()):
		return wherry.Errorf(wherry.Forbidden, "the exit policy refuses this port")
	}
	return nil
}

// embedded returns the IPv4 address that a wraps, or a.
func embedded(a netip.Addr) netip.Addr {
	b := a.As16()
	switch {
	case nat64.Contains(a):
		return netip.AddrFrom4([4]byte(b[nat64At : nat64At+4]))
	case sixTo4.Contains(a):
		return netip.AddrFrom4([4]byte(b[sixTo4At : sixTo4At+4]))
	}
	return a
}

// neighbourhood is this host's addresses and networks, read again now and then: they
// change when a network does.
type neighbourhood struct {
	read func() ([]netip.Prefix, error) // links.Networks but in tests

	mu    sync.Mutex // guards what follows
	known bool
	nets  []netip.Prefix
	until time.Time
}

// neighbourhoodFresh is how long a reading counts.
const neighbourhoodFresh = 10 * time.Second

// has reports whether an address is in the neighbourhood. Before the first reading has
// succeeded everything is.
func (h *neighbourhood) has(a netip.Addr) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now := time.Now(); now.After(h.until) {
		if list, err := h.read(); err == nil {
			h.nets, h.known = list, true
		}
		h.until = now.Add(neighbourhoodFresh)
	}
	return !h.known || within(h.nets, a)
}
