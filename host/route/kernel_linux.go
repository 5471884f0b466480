package route

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/vishvananda/netlink"
	"github.com/wherrynet/wherry/host/firewall"
	"golang.org/x/sys/unix"
)

// Kernel is a way to the routing of the network namespace that it was opened in,
// whichever thread uses it later. It is for one goroutine at a time.
type Kernel struct {
	h *netlink.Handle
}

// Open opens the way; Close ends it and changes nothing.
func Open() (*Kernel, error) {
	h, err := netlink.NewHandle(unix.NETLINK_ROUTE)
	if err != nil {
		return nil, fmt.Errorf("open netlink: %w", err)
	}
	return &Kernel{h: h}, nil
}

// Close ends the way. Rules and routes stay.
func (k *Kernel) Close() { k.h.Close() }

// Apply makes our rules and routes those of the plan. What is missing is added
// before what is too much goes, and routes come before rules, so that nothing is
// sent to main in between. It is idempotent; after an error it can be repeated.
func (k *Kernel) Apply(p Plan) error {
	have, err := k.Plan()
	if err != nil {
		return err
	}
	for _, r := range p.Routes {
		if slices.Contains(have.Routes, r) {
			continue
		}
		n, err := k.route(r)
		if err == nil {
			err = k.h.RouteReplace(n)
		}
		if err != nil {
			return fmt.Errorf("add route %s: %w", r, err)
		}
	}
	for _, r := range p.Rules {
		if slices.Contains(have.Rules, r) {
			continue
		}
		if err := k.h.RuleAdd(ruleOut(r)); err != nil && !errors.Is(err, unix.EEXIST) {
			return fmt.Errorf("add rule %s: %w", r, err)
		}
	}
	for _, r := range have.Rules {
		if slices.Contains(p.Rules, r) {
			continue
		}
		if err := k.h.RuleDel(ruleOut(r)); err != nil && !errors.Is(err, unix.ENOENT) {
			return fmt.Errorf("remove rule %s: %w", r, err)
		}
	}
	return k.prune(p)
}

// prune takes out of our table what the plan does not hold.
func (k *Kernel) prune(p Plan) error {
	have, err := k.Plan() // replacing a route may have removed another one
	if err != nil {
		return err
	}
	for _, r := range have.Routes {
		if slices.Contains(p.Routes, r) {
			continue
		}
		n, err := k.route(r)
		if err == nil {
			err = k.h.RouteDel(n)
		}
		if err != nil && !errors.Is(err, unix.ESRCH) && !errors.Is(err, unix.ENODEV) {
			return fmt.Errorf("remove route %s: %w", r, err)
		}
	}
	return nil
}

// Plan reads back what we have in the kernel, sorted as PlanFor sorts. A route or
// rule in our table that is not ours reads as what it does, so that it is removed.
func (k *Kernel) Plan() (Plan, error) {
	var out Plan
	names, err := k.names()
	if err != nil {
		return out, err
	}
	for _, family := range []int{unix.AF_INET, unix.AF_INET6} {
		rules, err := k.h.RuleList(family)
		if err != nil {
			return out, fmt.Errorf("list rules: %w", err)
		}
		for _, r := range rules {
			if r.Protocol == Protocol {
				out.Rules = append(out.Rules, ruleIn(r, family))
			}
		}
		routes, err := k.h.RouteListFiltered(family, &netlink.Route{Table: Table}, netlink.RT_FILTER_TABLE)
		if err != nil {
			return out, fmt.Errorf("list routes: %w", err)
		}
		for _, r := range routes {
			out.Routes = append(out.Routes, routeIn(r, family, names))
		}
	}
	out.Rules = unique(out.Rules)
	out.Routes = unique(out.Routes)
	return out, nil
}

// Remove takes all of ours away.
func (k *Kernel) Remove() error { return k.Apply(Plan{}) }

func (k *Kernel) names() (map[int]string, error) {
	links, err := k.h.LinkList()
	if err != nil {
		return nil, fmt.Errorf("list links: %w", err)
	}
	names := map[int]string{}
	for _, l := range links {
		names[l.Attrs().Index] = l.Attrs().Name
	}
	return names, nil
}

func ruleOut(r Rule) *netlink.Rule {
	n := netlink.NewRule()
	n.Family, n.Priority, n.Table, n.Protocol = unix.AF_INET, r.Priority, r.Table, Protocol
	if r.V6 {
		n.Family = unix.AF_INET6
	}
	if r.To.IsValid() {
		n.Dst = ipNet(r.To)
	}
	n.Mark = r.Mark
	if r.NotMark != 0 {
		n.Mark, n.Invert = r.NotMark, true
	}
	if r.Local {
		n.IifName = "lo"
	}
	return n
}

func ruleIn(n netlink.Rule, family int) Rule {
	r := Rule{V6: family == unix.AF_INET6, Priority: n.Priority, Table: n.Table, Local: n.IifName == "lo"}
	if n.Dst != nil {
		r.To = prefix(n.Dst)
	}
	if n.Invert {
		r.NotMark = n.Mark
	} else {
		r.Mark = n.Mark
	}
	return r
}

func (k *Kernel) route(r Route) (*netlink.Route, error) {
	n := &netlink.Route{Dst: ipNet(r.To), Table: Table, Priority: r.Metric, MTU: r.MTU, Protocol: Protocol, Type: unix.RTN_UNICAST}
	if r.Unreachable {
		n.Type = unix.RTN_UNREACHABLE
	}
	if r.Link != "" {
		l, err := k.h.LinkByName(r.Link)
		if err != nil {
			return nil, err
		}
		n.LinkIndex = l.Attrs().Index
	}
	return n, nil
}

func routeIn(n netlink.Route, family int, names map[int]string) Route {
	r := Route{To: all4, MTU: n.MTU, Metric: n.Priority, Unreachable: n.Type == unix.RTN_UNREACHABLE}
	if family == unix.AF_INET6 {
		r.To = all6
	}
	if n.Dst != nil {
		r.To = prefix(n.Dst)
	}
	if !r.Unreachable {
		r.Link = names[n.LinkIndex]
	}
	return r
}

func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())} //nolint:forbidigo // the type of the netlink library
}

func prefix(n *net.IPNet) netip.Prefix {
	a, _ := netip.AddrFromSlice(n.IP)
	if len(n.Mask) == net.IPv4len {
		a = a.Unmap()
	}
	bits, _ := n.Mask.Size()
	return netip.PrefixFrom(a, bits)
}

// Look reads the surroundings. Links without neighbours are left out: loopback,
// our tunnel, other tunnels; and so is one with a name that no rule can hold.
func (k *Kernel) Look() (Surroundings, error) {
	var out Surroundings
	links, err := k.h.LinkList()
	if err != nil {
		return out, fmt.Errorf("list links: %w", err)
	}
	names := map[int]string{}
	ways := map[int]bool{}
	for _, l := range links {
		names[l.Attrs().Index] = l.Attrs().Name
	}
	for _, family := range []int{unix.AF_INET, unix.AF_INET6} {
		routes, err := k.h.RouteListFiltered(family, &netlink.Route{Table: tableMain}, netlink.RT_FILTER_TABLE)
		if err != nil {
			return out, fmt.Errorf("list routes: %w", err)
		}
		for _, r := range routes {
			if r.Gw != nil || r.Dst == nil || len(r.MultiPath) > 0 {
				ways[r.LinkIndex] = true
				for _, hop := range r.MultiPath {
					ways[hop.LinkIndex] = true
				}
			}
			if r.Dst == nil || prefix(r.Dst).Bits() == 0 {
				ways[r.LinkIndex] = true
				out.Gateways = append(out.Gateways, fmt.Sprintf("%s %s", r.Gw, names[r.LinkIndex]))
			}
		}
	}
	for _, l := range links {
		a := l.Attrs()
		if a.Flags&net.FlagUp == 0 || a.Flags&net.FlagBroadcast == 0 || !firewall.InterfaceName(a.Name) {
			continue
		}
		addrs, err := k.h.AddrList(l, unix.AF_UNSPEC)
		if err != nil {
			return out, fmt.Errorf("list addresses: %w", err)
		}
		link := firewall.Link{Name: a.Name, Inside: !ways[a.Index] && inside(l, links)}
		for _, addr := range addrs {
			p := prefix(addr.IPNet).Masked()
			out.Addresses = append(out.Addresses, fmt.Sprintf("%s %s", a.Name, addr.IPNet))
			if len(link.Prefixes) < firewall.MaxPrefixes {
				link.Prefixes = append(link.Prefixes, p)
			}
		}
		slices.SortFunc(link.Prefixes, netip.Prefix.Compare)
		link.Prefixes = slices.Compact(link.Prefixes)
		if len(out.Links) < firewall.MaxLinks {
			out.Links = append(out.Links, link)
		}
	}
	slices.SortFunc(out.Links, func(a, b firewall.Link) int { return strings.Compare(a.Name, b.Name) })
	slices.Sort(out.Addresses)
	slices.Sort(out.Gateways)
	return out, nil
}

// inside reports whether a link is a bridge whose ports all end in this machine:
// at other namespaces of it, or at virtual machines.
func inside(l netlink.Link, all []netlink.Link) bool {
	if l.Type() != "bridge" {
		return false
	}
	for _, port := range all {
		if port.Attrs().MasterIndex == l.Attrs().Index && port.Type() != "veth" && port.Type() != "tuntap" {
			return false
		}
	}
	return true
}

// Rivals describes rules of other programs that come before ours and lead
// elsewhere: another VPN, most likely.
func (k *Kernel) Rivals() ([]string, error) {
	var out []string
	for _, family := range []int{unix.AF_INET, unix.AF_INET6} {
		rules, err := k.h.RuleList(family)
		if err != nil {
			return nil, fmt.Errorf("list rules: %w", err)
		}
		for _, r := range rules {
			if r.Protocol != Protocol && r.Priority > 0 && r.Priority < prioAll {
				out = append(out, fmt.Sprintf("%s %d lookup %d", familyName(family == unix.AF_INET6), r.Priority, r.Table))
			}
		}
	}
	slices.Sort(out)
	return out, nil
}
