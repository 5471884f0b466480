package firewall

import (
	"fmt"
	"net/netip"
	"slices"
)

// Addresses that the rules speak of.
var (
	broadcast    = netip.MustParseAddr("255.255.255.255")
	multicast4   = netip.MustParsePrefix("224.0.0.0/4")
	multicast6   = netip.MustParsePrefix("ff00::/8")
	linkLocal    = netip.MustParsePrefix("fe80::/10")
	onLink6      = netip.MustParsePrefix("ff02::/16")                    // RFC 4291: never leaves the link
	agents6      = netip.MustParseAddr("ff02::1:2")                      // RFC 8415: DHCPv6 servers and relays
	lanMulticast = []netip.Prefix{netip.MustParsePrefix("224.0.0.0/24"), // RFC 5771: never leaves the link; mDNS, LLMNR, IGMP
		netip.MustParsePrefix("239.255.255.250/32"), one(broadcast), onLink6, linkLocal}
)

// Ports that the rules speak of.
const (
	portDNS     = 53
	portDoT     = 853
	portServer4 = 67
	portClient4 = 68
	portClient6 = 546
	portServer6 = 547
)

// Build returns the rules of a policy, which Check has passed. It is pure: the
// same policy gives the same table.
func Build(p Policy) Table {
	return Table{Chains: []Chain{
		{Name: "spoofed", Kind: "filter", Hook: "prerouting", Priority: -300, Rules: spoofed(p)},
		{Name: "returning", Kind: "filter", Hook: "prerouting", Priority: -150, Rules: []Rule{
			// With it the kernel's reverse path filter sees our mark, and so the route
			// that the question took (net.ipv4.conf.all.src_valid_mark).
			rule("mark of the flow", MarkFromFlow, flowMark()),
		}},
		{Name: "input", Kind: "filter", Hook: "input", Drop: true, Rules: input(p)},
		{Name: "forward", Kind: "filter", Hook: "forward", Drop: true, Rules: forward(p)},
		{Name: "output", Kind: "filter", Hook: "output", Drop: true, Rules: output(p)},
		{Name: "address", Kind: "nat", Hook: "postrouting", Priority: 100, Rules: masquerade(p)},
	}}
}

// spoofed answers CVE-2019-14899: what is addressed to our end of the tunnel and
// did not come through it was sent by a neighbour that guesses. It is dropped
// before it can be taken for part of a connection.
func spoofed(p Policy) (rules []Rule) {
	for _, a := range p.Inner {
		rules = append(rules, rule("spoofed "+a.String(), Drop,
			Match{Field: Iif, Not: true, Text: p.Tunnel}, Match{Field: Iif, Not: true, Text: "lo"}, daddr(one(a))))
	}
	return rules
}

// input lets in what was asked for: answers within the tunnel, answers to our own
// sockets, and what keeps the link alive.
func input(p Policy) []Rule {
	rules := []Rule{rule("loopback in", Accept, iif("lo"))}
	if p.Tunnel != "" {
		rules = append(rules, rule("answers from the tunnel", Accept, iif(p.Tunnel), state(stateEstablished|stateRelated)),
			rule("nothing else from the tunnel", Drop, iif(p.Tunnel)))
	}
	for _, e := range p.Endpoints {
		rules = append(rules, rule("provider in "+e.String(), Accept,
			saddr(one(e.Addr())), proto(protoUDP), sport(e.Port()), state(stateEstablished), flowMark()))
	}
	if len(p.Direct) > 0 || len(p.Resolvers) > 0 || p.DirectAny {
		rules = append(rules, rule("hubs in", Accept, proto(protoTCP), state(stateEstablished), flowMark()))
	}
	for _, e := range p.Resolvers {
		rules = append(rules, rule("resolver in "+e.String(), Accept,
			saddr(one(e.Addr())), proto(protoUDP), sport(e.Port()), state(stateEstablished), flowMark()))
	}
	if len(p.Endpoints)+len(p.Direct)+len(p.Resolvers) > 0 || p.DirectAny {
		// Packet too big, and port unreachable, of our own connections.
		rules = append(rules,
			rule("errors in, IPv4", Accept, proto(protoICMP), state(stateRelated), flowMark()),
			rule("errors in, IPv6", Accept, proto(protoICMP6), state(stateRelated), flowMark()))
	}
	rules = append(rules,
		// A hop limit of 255 proves that no router passed it on (RFC 4861, 7.1).
		rule("neighbours in", Accept, proto(protoICMP6), hops(255), discovery()),
		rule("dhcp in, IPv4", Accept, proto(protoUDP), sport(portServer4), dport(portClient4)),
		rule("dhcp in, IPv6", Accept, saddr(linkLocal), proto(protoUDP), sport(portServer6), dport(portClient6)))
	for _, l := range p.lan() {
		for _, n := range l.reach() {
			rules = append(rules, rule("lan in "+l.Name+" "+n.String(), Accept, iif(l.Name), saddr(n)))
		}
	}
	for _, l := range p.inside() {
		rules = append(rules, rule("inside in "+l.Name, Accept, iif(l.Name)))
	}
	return rules
}

// output is the guard itself. There is no rule for connections that are already
// established: those of before the tunnel would go on outside it.
func output(p Policy) []Rule {
	rules := []Rule{rule("loopback out", Accept, oif("lo"))}
	if p.Tunnel != "" {
		// Names that are asked of the neighbourhood are nobody's business at the
		// provider's, and neighbour discovery is none on a link without neighbours.
		rules = append(rules,
			rule("no multicast into the tunnel, IPv4", Drop, oif(p.Tunnel), daddr(multicast4)),
			rule("no multicast into the tunnel, IPv6", Drop, oif(p.Tunnel), daddr(multicast6)),
			rule("no broadcast into the tunnel", Drop, oif(p.Tunnel), daddr(one(broadcast))))
		for _, a := range p.Inner {
			rules = append(rules, rule("tunnel out "+a.String(), Accept, oif(p.Tunnel), saddr(one(a))))
		}
		rules = append(rules, rule("no other source into the tunnel", Drop, oif(p.Tunnel)))
	}
	for _, e := range p.Endpoints {
		rules = append(rules, rule("provider out "+e.String(), Own,
			marked(), daddr(one(e.Addr())), proto(protoUDP), dport(e.Port())))
	}
	for _, e := range p.Resolvers {
		rules = append(rules,
			rule("resolver out "+e.String()+" udp", Own, marked(), daddr(one(e.Addr())), proto(protoUDP), dport(e.Port())),
			rule("resolver out "+e.String()+" tcp", Own, marked(), daddr(one(e.Addr())), proto(protoTCP), dport(e.Port())))
	}
	for _, e := range p.Direct {
		rules = append(rules, rule("hub out "+e.String(), Own, marked(), daddr(one(e.Addr())), proto(protoTCP), dport(e.Port())))
	}
	if p.DirectAny {
		rules = append(rules, rule("hubs out", Own, marked(), proto(protoTCP), notDport(portDNS), notDport(portDoT)))
	}
	for _, n := range append([]netip.Prefix{linkLocal, onLink6}, p.onLink()...) {
		rules = append(rules, rule("neighbours out "+n.String(), Accept, daddr(n), proto(protoICMP6), hops(255), discovery()))
	}
	rules = append(rules,
		rule("dhcp out, IPv4", Accept, daddr(one(broadcast)), proto(protoUDP), sport(portClient4), dport(portServer4)),
		rule("dhcp out, IPv6", Accept, saddr(linkLocal), daddr(one(agents6)), proto(protoUDP), sport(portClient6), dport(portServer6)))
	for _, l := range p.inside() {
		rules = append(rules, rule("inside out "+l.Name, Accept, oif(l.Name)))
	}
	lan := p.lan()
	if len(lan) > 0 {
		// A resolver in the LAN would learn every name, and ask outside the tunnel.
		for _, port := range []uint16{portDNS, portDoT} {
			for _, t := range []uint32{protoUDP, protoTCP} {
				rules = append(rules, rule(fmt.Sprintf("no names from the lan, %s %d", protoNames[t], port), Drop, proto(t), dport(port)))
			}
		}
	}
	for _, l := range lan {
		for _, n := range slices.Concat(l.Neighbours(), lanMulticast) {
			rules = append(rules, rule("lan out "+l.Name+" "+n.String(), Accept, oif(l.Name), daddr(n)))
		}
	}
	return rules
}

// forward treats what only passes through. A neighbour in the LAN never gets to
// use the tunnel: only bridges that end within this machine do.
func forward(p Policy) (rules []Rule) {
	switch p.Forward {
	case ForwardOpen:
		if p.Tunnel != "" {
			rules = append(rules,
				rule("nobody else into the tunnel", Drop, oif(p.Tunnel)),
				// A provider would be a router of this network otherwise.
				rule("nothing out of the tunnel", Drop, iif(p.Tunnel)))
		}
		return append(rules, rule("forwarding left alone", Accept))
	case ForwardTunnel:
		for _, l := range p.inside() {
			rules = append(rules, rule("within "+l.Name, Accept, iif(l.Name), oif(l.Name)))
			if p.Tunnel == "" {
				continue
			}
			rules = append(rules,
				rule("tunnel for "+l.Name, Accept, iif(l.Name), oif(p.Tunnel)),
				rule("answers for "+l.Name, Accept, iif(p.Tunnel), oif(l.Name), state(stateEstablished|stateRelated)))
		}
	case ForwardBlock:
	}
	return rules
}

// masquerade gives packets of containers our address within the tunnel. The
// exit would drop any other.
func masquerade(p Policy) []Rule {
	if p.Forward != ForwardTunnel || p.Tunnel == "" {
		return nil
	}
	return []Rule{rule("behind our address", Masquerade, oif(p.Tunnel))}
}

// lan returns the links whose neighbours may be spoken to.
func (p Policy) lan() (out []Link) {
	for _, l := range p.Links {
		if p.LAN && !l.Inside {
			out = append(out, l)
		}
	}
	return out
}

// inside returns the bridges within this machine, where forwarding is not blocked.
func (p Policy) inside() (out []Link) {
	for _, l := range p.Links {
		if l.Inside && p.Forward != ForwardBlock {
			out = append(out, l)
		}
	}
	return out
}

// onLink returns the IPv6 prefixes beyond link-local ones whose addresses are
// neighbours. Neighbour discovery with them carries no data of anybody's.
func (p Policy) onLink() (out []netip.Prefix) {
	for _, l := range p.Links {
		for _, n := range l.Prefixes {
			if n.Addr().Is6() && !linkLocal.Contains(n.Addr()) {
				out = append(out, n.Masked())
			}
		}
	}
	slices.SortFunc(out, netip.Prefix.Compare)
	return slices.Compact(out)
}

// reach returns the sources that a neighbour can have.
func (l Link) reach() []netip.Prefix { return append(l.Neighbours(), linkLocal) }

func rule(name string, do Action, matches ...Match) Rule {
	return Rule{Name: name, Matches: matches, Do: do}
}

func iif(name string) Match         { return Match{Field: Iif, Text: name} }
func oif(name string) Match         { return Match{Field: Oif, Text: name} }
func saddr(p netip.Prefix) Match    { return Match{Field: Saddr, Prefix: p} }
func daddr(p netip.Prefix) Match    { return Match{Field: Daddr, Prefix: p} }
func proto(n uint32) Match          { return Match{Field: Proto, Value: n} }
func sport(n uint16) Match          { return Match{Field: Sport, Value: uint32(n)} }
func dport(n uint16) Match          { return Match{Field: Dport, Value: uint32(n)} }
func notDport(n uint16) Match       { return Match{Field: Dport, Not: true, Value: uint32(n)} }
func hops(n uint32) Match           { return Match{Field: HopLimit, Value: n} }
func discovery() Match              { return Match{Field: ICMP6, Value: 133, Upto: 136} } // RFC 4861
func marked() Match                 { return Match{Field: PacketMark, Value: Mark} }
func flowMark() Match               { return Match{Field: FlowMark, Value: Mark} }
func state(bits uint32) Match       { return Match{Field: FlowState, Value: bits} }
func one(a netip.Addr) netip.Prefix { return netip.PrefixFrom(a, a.BitLen()) }
