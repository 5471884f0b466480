package nat

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/wherrynet/wherry"
)

// Table is the name of the table, of the family inet.
const Table = "wherry_exit"

// Ports is a range of ports, both ends included.
type Ports struct{ First, Last uint16 }

// Proto is the number of a transport protocol.
type Proto uint8

// The protocols that have ports.
const (
	TCP Proto = 6
	UDP Proto = 17
)

// Way is a way out: an interface, and the address of this host's that strangers'
// packets get there. The address is given, rather than read from the interface at every
// packet, since a range of random ports goes with an address alone.
type Way struct {
	Interface string
	Addr      netip.Addr
}

// Hidden is a network whose addresses hold an IPv4 address, from byte At on.
type Hidden struct {
	Prefix netip.Prefix
	At     int
}

// Rate is a number of events per second, and how many may come at once.
type Rate struct{ PerSecond, Burst uint32 }

// Rates bound what one consumer may begin.
type Rates struct {
	New    Rate   // flows of any kind
	SYN    Rate   // TCP connections
	FanOut Rate   // destinations that it has not spoken with for a minute
	Open   uint32 // flows at once
}

// Policy is what the rules are made of.
type Policy struct {
	Tunnel string         // the interface that consumers' packets come out of
	Inner  []netip.Prefix // the networks inside it, one per IP version
	Ways   []Way          // out of it, at most one per IP version; nothing leaves by others

	Refused []netip.Prefix // what of the address space is not public
	Global6 []netip.Prefix // the part of IPv6 outside of which nothing is
	Hidden  []Hidden       // IPv6 addresses that are as public as the IPv4 ones in them
	Local   []netip.Prefix // this host's addresses and the networks on its links

	Allow     []netip.AddrPort // exceptions, looked at before all refusals
	ClosedTCP []Ports          // destination ports that nothing goes to
	ClosedUDP []Ports

	Rates Rates

	NATPorts Ports    // where source ports are drawn from; see FreePorts
	Opened   []Opened // interfaces that forward for the tunnel's sake alone
}

// Opened is an interface that this host forwards from, in one version of IP, only since
// the exit needs it: it makes no router of the host. "" is every interface.
type Opened struct {
	Interface string
	V6        bool
}

var interfaceName = regexp.MustCompile(`^[a-zA-Z0-9_.-]{1,15}$`)

// check refuses what would make rules that do not say what they mean.
func (p *Policy) check() error {
	names := []string{p.Tunnel}
	for _, o := range p.Opened {
		if o.Interface == p.Tunnel {
			return wherry.Errorf(wherry.Invalid, "%s is the tunnel, not a way out of it", p.Tunnel)
		}
		if o.Interface != "" {
			names = append(names, o.Interface)
		}
	}
	for _, name := range names {
		if !interfaceName.MatchString(name) || strings.Trim(name, ".") == "" {
			return wherry.Errorf(wherry.Invalid, "%q is not the name of a network interface", name)
		}
	}
	if len(p.Inner) == 0 {
		return wherry.Errorf(wherry.Invalid, "a tunnel without inner addresses")
	}
	seen := map[bool]bool{}
	for _, w := range p.Ways {
		switch {
		case !interfaceName.MatchString(w.Interface) || w.Interface == p.Tunnel || !w.Addr.IsValid() || w.Addr.Is4In6() || w.Addr.Zone() != "":
			return wherry.Errorf(wherry.Invalid, "%s at %s is no way out of the tunnel", w.Addr, w.Interface)
		case seen[w.Addr.Is6()]:
			return wherry.Errorf(wherry.Invalid, "two ways out for one version of IP")
		}
		seen[w.Addr.Is6()] = true
	}
	if len(seen) == 0 {
		return wherry.Errorf(wherry.Unreachable, "this host has no way to the internet")
	}
	for _, all := range [][]netip.Prefix{p.Inner, p.Refused, p.Global6, p.Local} {
		for _, x := range all {
			if !x.IsValid() || x.Addr().Is4In6() {
				return wherry.Errorf(wherry.Invalid, "%v is not a network", x)
			}
		}
	}
	for _, in := range p.Inner {
		for _, l := range p.Local {
			if in.Overlaps(l) {
				return wherry.Errorf(wherry.Conflict, "the tunnel's network %s is also that of this host's link %s: choose another one", in, l)
			}
		}
	}
	for _, h := range p.Hidden {
		if !h.Prefix.Addr().Is6() || h.Prefix.Bits()%8 != 0 || h.Prefix != h.Prefix.Masked() || h.At < 0 || h.At > 12 {
			return wherry.Errorf(wherry.Invalid, "%v does not hold an IPv4 address at byte %d", h.Prefix, h.At)
		}
	}
	return p.checkPorts()
}

func (p *Policy) checkPorts() error {
	for _, r := range append(append([]Ports{p.NATPorts}, p.ClosedTCP...), p.ClosedUDP...) {
		if r.First > r.Last {
			return wherry.Errorf(wherry.Invalid, "ports from %d to %d are none", r.First, r.Last)
		}
	}
	if p.NATPorts.First == 0 || p.NATPorts.Last-p.NATPorts.First < leastNATPorts-1 {
		return wherry.Errorf(wherry.Invalid, "the exit needs %d source ports at least", leastNATPorts)
	}
	for _, a := range p.Allow {
		if !a.IsValid() || a.Port() == 0 || a.Addr().Is4In6() || a.Addr().Zone() != "" {
			return wherry.Errorf(wherry.Invalid, "an exception of the exit policy is not an address and a port")
		}
	}
	r := p.Rates
	if slices.Contains([]uint32{r.New.PerSecond, r.New.Burst, r.SYN.PerSecond, r.SYN.Burst, r.FanOut.PerSecond, r.FanOut.Burst, r.Open}, 0) {
		return wherry.Errorf(wherry.Invalid, "a rate of zero: nobody could open anything")
	}
	return nil
}
