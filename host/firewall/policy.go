package firewall

import (
	"net/netip"
	"regexp"
	"slices"

	"github.com/wherrynet/wherry"
)

// Name is what our table is called; its family is inet, both IPv4 and IPv6.
const Name = "wherry"

// Mark is the firewall mark of our own sockets: the letters "werr". It is set on
// a socket by host/guard (SO_MARK, which asks for CAP_NET_ADMIN), and opens only
// what Policy lists.
const Mark uint32 = 0x77657272

// Bounds of a Policy: more than any machine has or any session asks for.
const (
	MaxEndpoints = 64
	MaxLinks     = 64
	MaxPrefixes  = 32 // of one link
)

// Forward says what happens to packets that are only passing through this
// machine: those of containers and virtual machines behind a bridge.
type Forward uint8

// The ways. Their text is that of the setting.
const (
	ForwardBlock  Forward = iota // dropped
	ForwardTunnel                // through the tunnel or not at all, behind its address
	ForwardOpen                  // left alone: outside the tunnel, as without us
)

// String returns the setting's word.
func (f Forward) String() string {
	switch f {
	case ForwardBlock:
		return "block"
	case ForwardTunnel:
		return "tunnel"
	case ForwardOpen:
		return "open"
	}
	return "unknown"
}

// ParseForward reads the setting's word.
func ParseForward(s string) (Forward, error) {
	for _, f := range []Forward{ForwardBlock, ForwardTunnel, ForwardOpen} {
		if f.String() == s {
			return f, nil
		}
	}
	return ForwardBlock, wherry.Errorf(wherry.Invalid, "forwarding %q: block, tunnel or open", s)
}

// A Link is one of this machine's interfaces, as far as rules depend on it.
type Link struct {
	Name     string
	Prefixes []netip.Prefix // what is on link, masked
	Inside   bool           // a bridge to containers or virtual machines of this machine, without a way out
}

// Policy is what may pass. The zero Policy passes loopback, neighbour discovery
// and DHCP, and nothing else.
type Policy struct {
	Tunnel    string           // the tunnel's interface; "" for none
	Inner     []netip.Addr     // our addresses within the tunnel
	Endpoints []netip.AddrPort // where our marked UDP may go: providers
	Direct    []netip.AddrPort // where our marked TCP may go: hubs and chains
	DirectAny bool             // marked TCP may go anywhere but to the ports of DNS
	Resolvers []netip.AddrPort // where our marked DNS may go
	LAN       bool             // private and link-local neighbours may be spoken to
	Forward   Forward
	Links     []Link // the other interfaces that are up
}

var interfaceName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,14}$`)

// InterfaceName reports whether a kernel interface may be called so in a rule.
// Odder names exist, and are treated as if the interface had no addresses.
func InterfaceName(s string) bool { return interfaceName.MatchString(s) }

// Check says what is wrong with a policy. What comes from outside (the tunnel's
// endpoint and addresses are a provider's word) is refused where it would open
// more than a way to one host.
func (p Policy) Check() error {
	if p.Tunnel != "" && !InterfaceName(p.Tunnel) {
		return wherry.Errorf(wherry.Invalid, "interface name %q", p.Tunnel)
	}
	if p.Tunnel == "" && len(p.Inner) > 0 {
		return wherry.Errorf(wherry.Invalid, "addresses within a tunnel that has no interface")
	}
	if len(p.Inner) > MaxPrefixes || len(p.Links) > MaxLinks || len(p.Endpoints)+len(p.Direct)+len(p.Resolvers) > MaxEndpoints {
		return wherry.Errorf(wherry.Invalid, "too many addresses in one policy")
	}
	for _, a := range p.Inner {
		if !host(a) {
			return wherry.Errorf(wherry.Invalid, "address %s within the tunnel", a)
		}
	}
	for _, e := range slices.Concat(p.Endpoints, p.Direct, p.Resolvers) {
		if !Endpoint(e) {
			return wherry.Errorf(wherry.Invalid, "endpoint %s is no address and port of one host", e)
		}
	}
	if p.Forward > ForwardOpen {
		return wherry.Errorf(wherry.Invalid, "forwarding %d", p.Forward)
	}
	for _, l := range p.Links {
		if !InterfaceName(l.Name) || l.Name == p.Tunnel || len(l.Prefixes) > MaxPrefixes {
			return wherry.Errorf(wherry.Invalid, "link %q", l.Name)
		}
	}
	return nil
}

// Endpoint reports whether a policy can hold an address and port: Check refuses the
// whole of one with any other.
func Endpoint(e netip.AddrPort) bool { return host(e.Addr()) && e.Port() != 0 }

// host reports whether a is the address of one other machine, in its plain form.
func host(a netip.Addr) bool {
	return a.IsValid() && !a.Is4In6() && a.Zone() == "" && !a.IsUnspecified() && !a.IsMulticast() &&
		!a.IsLoopback() && !a.IsLinkLocalUnicast() && a != broadcast
}

// private are the networks that are nobody's on the internet, by RFC 1918,
// RFC 3927 and RFC 4193.
var private = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("fc00::/7"),
	netip.MustParsePrefix("fe80::/10"),
}

// Private reports whether a prefix lies within a network that is nobody's on the
// internet. Only such a network is ever treated as the LAN: a router that says
// that a website's network is its own link gets no exception for it (TunnelCrack,
// LocalNet, CVE-2023-36672).
func Private(p netip.Prefix) bool {
	return slices.ContainsFunc(private, func(q netip.Prefix) bool {
		return p.IsValid() && q.Bits() <= p.Bits() && q.Contains(p.Addr())
	})
}

// Neighbours returns a link's private prefixes, masked, sorted, each once.
func (l Link) Neighbours() []netip.Prefix {
	var out []netip.Prefix
	for _, p := range l.Prefixes {
		if Private(p) && p.Addr().Is4() || Private(p) && !linkLocal.Contains(p.Addr()) {
			out = append(out, p.Masked())
		}
	}
	slices.SortFunc(out, netip.Prefix.Compare)
	return slices.Compact(out)
}
