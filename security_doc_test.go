package wherry_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// The machine that docs/security.md speaks of: at home, with containers.
var (
	theirProvider = netip.MustParseAddrPort("45.10.0.9:40124")
	theirHub      = netip.MustParseAddrPort("45.30.0.1:443")
	theirResolver = netip.MustParseAddrPort("45.40.0.53:53")
	ourInner      = netip.MustParseAddr("10.77.0.2")
	theirLinks    = []firewall.Link{
		{Name: "eth0", Prefixes: []netip.Prefix{netip.MustParsePrefix("192.168.7.0/24"), netip.MustParsePrefix("fe80::/64")}},
		{Name: "docker0", Prefixes: []netip.Prefix{netip.MustParsePrefix("172.17.0.0/16")}, Inside: true},
	}
)

// passing is a packet at one of the hooks, as far as rules look at it.
type passing struct {
	what     string
	hook     string
	iif, oif string
	from, to string // address and port
	proto    uint32
	icmp     uint32
	hops     uint32
	marked   bool
	answer   bool // to something that was let out before
}

// holds reports whether a packet meets a rule's condition.
func (p passing) holds(m firewall.Match) bool {
	from, to := netip.MustParseAddrPort(p.from), netip.MustParseAddrPort(p.to)
	mark, flow := uint32(0), uint32(0)
	if p.marked {
		mark = firewall.Mark
		if p.answer {
			flow = firewall.Mark
		}
	}
	var is bool
	switch m.Field {
	case firewall.Iif:
		is = p.iif == m.Text
	case firewall.Oif:
		is = p.oif == m.Text
	case firewall.Saddr:
		is = m.Prefix.Contains(from.Addr())
	case firewall.Daddr:
		is = m.Prefix.Contains(to.Addr())
	case firewall.Proto:
		is = p.proto == m.Value
	case firewall.Sport:
		is = uint32(from.Port()) == m.Value
	case firewall.Dport:
		is = uint32(to.Port()) == m.Value
	case firewall.ICMP6:
		is = p.icmp >= m.Value && p.icmp <= m.Upto
	case firewall.HopLimit:
		is = p.hops == m.Value
	case firewall.PacketMark:
		is = mark == m.Value
	case firewall.FlowMark:
		is = flow == m.Value
	case firewall.FlowState:
		is = p.answer
	}
	return is != m.Not
}

// through reports whether a table lets a packet pass.
func (p passing) through(t firewall.Table) bool {
	for _, c := range t.Chains {
		if c.Hook != p.hook || c.Kind != "filter" {
			continue
		}
		passes := !c.Drop
		for _, r := range c.Rules {
			if slices.ContainsFunc(r.Matches, func(m firewall.Match) bool { return !p.holds(m) }) || r.Do == firewall.MarkFromFlow {
				continue
			}
			passes = r.Do != firewall.Drop
			break
		}
		if !passes {
			return false
		}
	}
	return true
}

const (
	icmp  = 1
	tcp   = 6
	udp   = 17
	icmp6 = 58
)

// What the table of docs/security.md asks about.
var traffic = []passing{
	{what: "a program, through the tunnel", hook: "output", oif: "wherry0", from: "10.77.0.2:9", to: "45.20.0.1:443", proto: tcp},
	{what: "a program, past the tunnel: TCP", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: "45.20.0.1:443", proto: tcp},
	{what: "… UDP", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: "45.20.0.1:443", proto: udp},
	{what: "… ping", hook: "output", oif: "eth0", from: "192.168.7.2:0", to: "45.20.0.1:0", proto: icmp},
	{what: "… IPv6", hook: "output", oif: "eth0", from: "[2a0e:7::2]:9", to: "[2a0e:20::1]:443", proto: tcp},
	{what: "… to the provider's own address", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: theirProvider.String(), proto: udp},
	{what: "names asked of a resolver on the internet (53, 853)", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: "45.20.0.1:53", proto: udp},
	{what: "names asked of a resolver in the LAN (53, 853)", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: "192.168.7.1:53", proto: udp},
	{what: "names asked of the neighbourhood (mDNS, LLMNR)", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: "224.0.0.251:5353", proto: udp},
	{what: "… into the tunnel", hook: "output", oif: "wherry0", from: "10.77.0.2:9", to: "224.0.0.251:5353", proto: udp},
	{what: "the LAN: printer, files", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: "192.168.7.9:631", proto: tcp},
	{what: "a LAN that claims public addresses", hook: "output", oif: "eth0", from: "45.60.0.2:9", to: "45.60.0.1:80", proto: tcp},
	{what: "wherry's own: tunnel and link to a provider", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: theirProvider.String(), proto: udp, marked: true},
	{what: "wherry's own: hubs and chains of the configuration", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: theirHub.String(), proto: tcp, marked: true},
	{what: "wherry's own: names of those, if nothing is remembered", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: theirResolver.String(), proto: udp, marked: true},
	{what: "wherry's own: anything else", hook: "output", oif: "eth0", from: "192.168.7.2:9", to: "45.20.0.1:443", proto: udp, marked: true},
	{what: "DHCP, by broadcast", hook: "output", oif: "eth0", from: "0.0.0.0:68", to: "255.255.255.255:67", proto: udp},
	{what: "IPv6 neighbour discovery, on the link", hook: "output", oif: "eth0", from: "[fe80::2]:0", to: "[ff02::1]:0", proto: icmp6, icmp: 135, hops: 255},
	{what: "containers, past the tunnel", hook: "forward", iif: "docker0", oif: "eth0", from: "172.17.0.2:9", to: "45.20.0.1:443", proto: tcp},
	{what: "containers, through the tunnel", hook: "forward", iif: "docker0", oif: "wherry0", from: "172.17.0.2:9", to: "45.20.0.1:443", proto: tcp},
	{what: "a neighbour, through our tunnel", hook: "forward", iif: "eth0", oif: "wherry0", from: "192.168.7.9:9", to: "45.20.0.1:443", proto: tcp},
	{what: "in: a stranger, from outside", hook: "input", iif: "eth0", from: "45.20.0.1:9", to: "192.168.7.2:22", proto: tcp},
	{what: "in: a neighbour", hook: "input", iif: "eth0", from: "192.168.7.9:9", to: "192.168.7.2:22", proto: tcp},
	{what: "in: a neighbour, to our address within the tunnel", hook: "prerouting", iif: "eth0", from: "192.168.7.9:9", to: "10.77.0.2:22", proto: tcp},
	{what: "in: a stranger, out of the tunnel", hook: "input", iif: "wherry0", from: "45.20.0.1:9", to: "10.77.0.2:22", proto: tcp},
}

// policyOf is what the node wishes of the guard under one of the tunnel's policies.
func policyOf(p tunnel.Policy, lan bool, f firewall.Forward) (firewall.Policy, bool) {
	out := firewall.Policy{LAN: lan, Forward: f, Links: theirLinks}
	switch p {
	case tunnel.Everything:
		return out, false
	case tunnel.OnlyTunnel:
		out.Tunnel, out.Inner = "wherry0", []netip.Addr{ourInner}
		fallthrough
	case tunnel.OnlyEntry:
		out.Endpoints, out.Direct, out.Resolvers = []netip.AddrPort{theirProvider}, []netip.AddrPort{theirHub}, []netip.AddrPort{theirResolver}
	case tunnel.Nothing:
	}
	return out, true
}

// may says under which settings a packet passes.
func may(p passing, under tunnel.Policy) string {
	passes := func(lan bool, f firewall.Forward) bool {
		policy, closed := policyOf(under, lan, f)
		return !closed || p.through(firewall.Build(policy))
	}
	if passes(false, firewall.ForwardBlock) {
		return "yes"
	}
	var by []string
	if passes(true, firewall.ForwardBlock) {
		by = append(by, "`lan=allow`")
	}
	for _, f := range []firewall.Forward{firewall.ForwardTunnel, firewall.ForwardOpen} {
		if passes(false, f) {
			by = append(by, "`forwarding="+f.String()+"`")
		}
	}
	if by == nil {
		return "–"
	}
	return strings.Join(by, " ")
}

// leaves is the table: a row per kind of traffic, a column per state.
func leavesTable() string {
	var b strings.Builder
	head, line := "| |", "|---|"
	var columns []tunnel.Policy
	for _, s := range tunnel.States {
		for _, lockdown := range []bool{false, true} {
			p := s.Lets(true, lockdown)
			if lockdown && p == s.Lets(true, false) {
				continue // the setting makes no difference here
			}
			name := s.String()
			if lockdown {
				name += ", `lockdown=on`"
			}
			head, line, columns = head+" "+name+" |", line+"---|", append(columns, p)
		}
	}
	b.WriteString(head + "\n" + line + "\n")
	for _, p := range traffic {
		fmt.Fprintf(&b, "| %s |", p.what)
		for _, c := range columns {
			if p.iif == "wherry0" || p.oif == "wherry0" || p.to == "10.77.0.2:22" {
				if c != tunnel.OnlyTunnel {
					b.WriteString(" |") // there is no tunnel
					continue
				}
			}
			fmt.Fprintf(&b, " %s |", may(p, c))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// What docs/security.md says of what may leave is asked of the rules themselves:
// go test . -update writes it.
func TestWhatMayLeaveInTheManual(t *testing.T) {
	golden(t, "docs/security.md", "leaves", leavesTable())
}

// The one promise, without a table: past the tunnel a program sends nothing in any
// state but one, whatever the settings.
func TestNothingLeavesInAnyStateButOne(t *testing.T) {
	for _, s := range tunnel.States {
		for _, lockdown := range []bool{false, true} {
			for _, session := range []bool{false, true} {
				under := s.Lets(session, lockdown)
				open := s == tunnel.Disconnected && !lockdown
				for _, p := range traffic {
					past := strings.HasPrefix(p.what, "a program, past") || strings.HasPrefix(p.what, "… ") && p.oif == "eth0" || strings.HasPrefix(p.what, "names asked of a resolver")
					if past && (may(p, under) != "–") != open {
						t.Errorf("%s, session %v, lockdown %v: %s: %s", s, session, lockdown, p.what, may(p, under))
					}
				}
			}
		}
	}
}
