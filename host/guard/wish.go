package guard

import (
	"net/netip"
	"slices"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/route"
)

// Forward says what happens to traffic of containers and virtual machines.
type Forward = firewall.Forward

// The ways of forwarding; see host/firewall.
const (
	ForwardBlock  = firewall.ForwardBlock
	ForwardTunnel = firewall.ForwardTunnel
	ForwardOpen   = firewall.ForwardOpen
)

// maxResolvers bounds Wish.DNS: the resolver library reads three.
const maxResolvers = 3

// Wish is what the unprivileged side wants of this machine's network. The zero
// Wish closes it: nothing leaves but DHCP and neighbour discovery.
type Wish struct {
	// Tunnel is an interface that Client.TUN made, "" for none.
	Tunnel string `cbor:"1,keyasint,omitempty" json:"tunnel,omitempty"`
	// Inner are our addresses within the tunnel. Apply gives the interface exactly these.
	Inner []netip.Prefix `cbor:"2,keyasint,omitempty" json:"inner,omitempty"`
	// MTU of the tunnel in bytes; 0 leaves it as it is.
	MTU int `cbor:"3,keyasint,omitempty" json:"mtu,omitempty"`
	// Endpoints are where our marked sockets may send UDP: providers, and nodes
	// that are asked for offers.
	Endpoints []netip.AddrPort `cbor:"4,keyasint,omitempty" json:"endpoints,omitempty"`
	// Direct is where our marked sockets may open TCP: hubs and chains.
	Direct []netip.AddrPort `cbor:"5,keyasint,omitempty" json:"direct,omitempty"`
	// DirectAny lets marked TCP go anywhere but to the ports of DNS. For hubs and
	// chains whose addresses are not known before they are needed.
	DirectAny bool `cbor:"6,keyasint,omitempty" json:"direct_any,omitempty"`
	// Resolvers are where our marked sockets may ask for names.
	Resolvers []netip.AddrPort `cbor:"7,keyasint,omitempty" json:"resolvers,omitempty"`
	// DNS are the resolvers that this machine's programs use from now on; none
	// means those that were there.
	DNS []netip.Addr `cbor:"8,keyasint,omitempty" json:"dns,omitempty"`
	// LAN lets this machine speak with private networks that it is on.
	LAN bool `cbor:"9,keyasint,omitempty" json:"lan,omitempty"`
	// Forward says what happens to traffic of containers and virtual machines.
	Forward Forward `cbor:"10,keyasint,omitempty" json:"forward,omitempty"`
	// Lockdown keeps this machine closed from its next start on, before any
	// program of ours runs.
	Lockdown bool `cbor:"11,keyasint,omitempty" json:"lockdown,omitempty"`
}

// closed is what remains of a wish when nobody is left who wishes.
func (w Wish) closed() Wish {
	return Wish{LAN: w.LAN, Forward: w.Forward, Lockdown: w.Lockdown}
}

// check says what is wrong with a wish by itself; the policy that is made of it
// is checked by host/firewall.
func (w Wish) check() error {
	if len(w.Inner) > firewall.MaxPrefixes || len(w.DNS) > maxResolvers {
		return wherry.Errorf(wherry.Invalid, "too many addresses in one wish")
	}
	for _, p := range w.Inner {
		if !p.IsValid() {
			return wherry.Errorf(wherry.Invalid, "an address within the tunnel is none")
		}
	}
	for _, a := range w.DNS {
		if !a.IsValid() || a.Is4In6() || a.Zone() != "" || a.IsUnspecified() || a.IsMulticast() {
			return wherry.Errorf(wherry.Invalid, "resolver %s is no address of one host", a)
		}
	}
	if len(w.DNS) > 0 && w.Tunnel == "" {
		return wherry.Errorf(wherry.Invalid, "resolvers within a tunnel that has no interface")
	}
	if w.MTU < 0 {
		return wherry.Errorf(wherry.Invalid, "MTU %d", w.MTU)
	}
	return nil
}

// policy is the wish in surroundings.
func (w Wish) policy(s route.Surroundings) firewall.Policy {
	p := firewall.Policy{
		Tunnel: w.Tunnel, Endpoints: w.Endpoints, Direct: w.Direct, DirectAny: w.DirectAny, Resolvers: w.Resolvers,
		LAN: w.LAN, Forward: w.Forward, Links: s.Links,
	}
	for _, i := range w.Inner {
		p.Inner = append(p.Inner, i.Addr())
	}
	p.Endpoints = distinct(p.Endpoints)
	p.Direct = distinct(p.Direct)
	p.Resolvers = distinct(p.Resolvers)
	return p
}

func distinct(s []netip.AddrPort) []netip.AddrPort {
	s = slices.Clone(s)
	slices.SortFunc(s, netip.AddrPort.Compare)
	return slices.Compact(s)
}

// State is what the guard knows when its Client starts.
type State struct {
	Closed bool `cbor:"1,keyasint,omitempty"` // our firewall is in force
	Wish   Wish `cbor:"2,keyasint,omitempty"` // what is in force; after a crash, what was left closed
}

// What says what a Change is about.
type What string

// The changes.
const (
	Repaired What = "repaired" // another program changed what is ours; it is as it was
	Failed   What = "failed"   // another program changed what is ours, and it could not be put back; Detail says why
	Links    What = "links"    // an interface went up or down
	Address  What = "address"  // of this machine, beside the tunnel
	Gateway  What = "gateway"  // a default route appeared, changed or went
	Rival    What = "rival"    // another program's routing rule comes before ours
)

// Change is something that the unprivileged side did not ask for. Detail is for
// people on this machine, and holds no address.
type Change struct {
	What   What   `cbor:"1,keyasint"`
	Detail string `cbor:"2,keyasint,omitempty"`
}
