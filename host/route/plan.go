package route

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wherrynet/wherry/host/firewall"
)

// Table is the number of our routing table, and Protocol what our rules and
// routes are signed with, so that we never take another's for ours.
const (
	Table    = 0x7765
	Protocol = 0x77
)

// Priorities of our rules: after local (0), before main (32766) and before those
// that other VPNs are known to take (5210 to 5270, 32764).
const (
	prioOwn  = 5100 // resolvers within the tunnel; marked sockets, where prioAll cannot except them
	prioNear = 5101 // networks that are reached directly
	prioAll  = 5102 // everything else
)

// Metrics: the kernel takes the lowest that is there.
const (
	metricTunnel = 10
	metricNone   = 4000000
)

// A Rule sends packets to a table.
type Rule struct {
	V6       bool
	Priority int
	To       netip.Prefix // destinations; zero for all
	Mark     uint32       // with this mark; 0 for any
	NotMark  uint32       // without this mark; 0 for any, and then nothing else may be asked for
	Local    bool         // packets of this machine alone, not those that pass through
	Table    int
}

// A Route is one line of our table.
type Route struct {
	To          netip.Prefix
	Link        string // "" for unreachable
	MTU         int    // 0 for the link's
	Metric      int
	Unreachable bool
}

// A Plan is all that we have in the kernel's routing.
type Plan struct {
	Rules  []Rule
	Routes []Route
}

var (
	all4 = netip.MustParsePrefix("0.0.0.0/0")
	all6 = netip.MustParsePrefix("::/0")
)

// PlanFor returns the rules and routes of a policy. mtu is of the tunnel, 0 for
// the interface's. names are resolvers within the tunnel, which are asked there
// also where the LAN uses the same addresses.
func PlanFor(p firewall.Policy, mtu int, names ...netip.Addr) Plan {
	var out Plan
	for _, a := range names {
		if p.Tunnel != "" && !a.IsLoopback() {
			one := netip.PrefixFrom(a, a.BitLen())
			out.Rules = append(out.Rules, Rule{V6: a.Is6(), Priority: prioOwn, To: one, Table: Table})
			out.Routes = append(out.Routes, Route{To: one, Link: p.Tunnel, MTU: mtu, Metric: metricTunnel})
		}
	}
	for _, v6 := range []bool{false, true} {
		if p.Forward == firewall.ForwardOpen {
			// The kernel's "not" turns a whole rule round, so that this takes two.
			out.Rules = append(out.Rules,
				Rule{V6: v6, Priority: prioOwn, Mark: firewall.Mark, Table: tableMain},
				Rule{V6: v6, Priority: prioAll, Local: true, Table: Table})
		} else {
			out.Rules = append(out.Rules, Rule{V6: v6, Priority: prioAll, NotMark: firewall.Mark, Table: Table})
		}
		all := all4
		if v6 {
			all = all6
		}
		if slices.ContainsFunc(p.Inner, func(a netip.Addr) bool { return a.Is6() == v6 }) {
			out.Routes = append(out.Routes, Route{To: all, Link: p.Tunnel, MTU: mtu, Metric: metricTunnel})
		}
		out.Routes = append(out.Routes, Route{To: all, Metric: metricNone, Unreachable: true})
	}
	for _, l := range p.Links {
		near := l.Inside && p.Forward != firewall.ForwardBlock || !l.Inside && p.LAN
		for _, n := range l.Neighbours() {
			if near {
				out.Rules = append(out.Rules, Rule{V6: n.Addr().Is6(), Priority: prioNear, To: n, Table: tableMain})
				continue
			}
			// The provider has no business with whom we look for at home.
			out.Routes = append(out.Routes, Route{To: n, Metric: metricNone, Unreachable: true})
		}
		if near && !l.Inside {
			out.Rules = append(out.Rules, Rule{V6: true, Priority: prioNear, To: linkLocal, Table: tableMain})
		}
	}
	out.Rules = unique(out.Rules)
	out.Routes = unique(out.Routes)
	return out
}

const tableMain = 254

var linkLocal = netip.MustParsePrefix("fe80::/10")

// unique sorts by text and drops what is there twice.
func unique[T interface {
	comparable
	fmt.Stringer
}](s []T) []T {
	slices.SortFunc(s, func(a, b T) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(s)
}

// String returns the rule as ip-rule writes it.
func (r Rule) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d:", familyName(r.V6), r.Priority)
	if r.To.IsValid() {
		fmt.Fprintf(&b, " to %s", r.To)
	}
	if r.Mark != 0 {
		fmt.Fprintf(&b, " fwmark %#x", r.Mark)
	}
	if r.NotMark != 0 {
		fmt.Fprintf(&b, " not fwmark %#x", r.NotMark)
	}
	if r.Local {
		b.WriteString(" iif lo")
	}
	fmt.Fprintf(&b, " lookup %d", r.Table)
	return b.String()
}

func familyName(v6 bool) string {
	if v6 {
		return "inet6"
	}
	return "inet"
}

// String returns the route as ip-route writes it.
func (r Route) String() string {
	var b strings.Builder
	if r.Unreachable {
		b.WriteString("unreachable ")
	}
	b.WriteString(r.To.String())
	if r.Link != "" {
		fmt.Fprintf(&b, " dev %s", r.Link)
	}
	if r.MTU != 0 {
		fmt.Fprintf(&b, " mtu %d", r.MTU)
	}
	fmt.Fprintf(&b, " metric %d", r.Metric)
	return b.String()
}

// String returns the plan, one rule or route a line.
func (p Plan) String() string {
	var b strings.Builder
	for _, r := range p.Rules {
		fmt.Fprintf(&b, "rule %s\n", r)
	}
	for _, r := range p.Routes {
		fmt.Fprintf(&b, "route %s\n", r)
	}
	return b.String()
}
