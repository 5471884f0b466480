package nat

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Where chains hang. Our refusals come before those of other tables (priority 0), so
// that none of them can have the first word about a stranger's packet; our
// translation comes before theirs (100), since the first one counts; and the last
// look is behind every translation.
const (
	atRaw    = -300
	atFilter = -10
	atSource = 90
	atLeave  = 290
)

// A chain is a list of rules. One without a hook is entered from others.
type chain struct {
	name  string
	kind  string // filter or nat
	hook  string
	prio  int
	rules []rule
}

// Ruleset is the table.
type Ruleset struct {
	table  string
	sets   []*set
	chains []chain
}

// builder makes a Ruleset.
type builder struct {
	p    *Policy
	sets []*set
	by   map[string]*set
}

func (b *builder) set(s set) *set {
	if old := b.by[s.name]; old != nil {
		return old
	}
	b.by[s.name] = &s
	b.sets = append(b.sets, &s)
	return &s
}

// family is one of both IP versions, with what is called differently in them.
type family struct {
	v6       bool
	suffix   string
	src, dst field
	keys     [3]keyKind // an address; with a port; with another address
	icmp     Proto
	echo     equals
}

var families = []family{
	{false, "4", src4, dst4, [3]keyKind{key4, key4Port, key4Pair}, icmp, equals{icmp4, 8, "icmp type echo-request"}},
	{true, "6", src6, dst6, [3]keyKind{key6, key6Port, key6Pair}, icmpv6, equals{icmp6, 128, "icmpv6 type echo-request"}},
}

func familyOf(a netip.Addr) family {
	if a.Is6() {
		return families[1]
	}
	return families[0]
}

func (f family) is() version { return version{f.v6, true} }

// addrs is the set of the networks of one version.
func (b *builder) addrs(name string, f family, of []netip.Prefix) *set {
	return b.set(set{name: name + f.suffix, kind: f.keys[0], spans: spans(of, f.v6)})
}

// Rules makes the table of a Policy. It is a pure function: the same Policy makes the
// same rules, in the same order.
func (p Policy) Rules() (Ruleset, error) {
	if err := p.check(); err != nil {
		return Ruleset{}, err
	}
	b := &builder{p: &p, by: map[string]*set{}}
	chains := []chain{
		{name: "raw", kind: "filter", hook: "prerouting", prio: atRaw, rules: b.raw()},
		{name: "rates", rules: b.rates()},
		{name: "from", rules: b.from()},
		{name: "to", rules: b.to()},
		{name: "forward", kind: "filter", hook: "forward", prio: atFilter, rules: b.forward()},
		{name: "input", kind: "filter", hook: "input", prio: atFilter, rules: b.input()},
		{name: "output", kind: "filter", hook: "output", prio: atFilter, rules: b.output()},
		{name: "source", kind: "nat", hook: "postrouting", prio: atSource, rules: b.source()},
		{name: "leave", kind: "filter", hook: "postrouting", prio: atLeave, rules: b.leave()},
	}
	return Ruleset{table: Table, sets: b.sets, chains: chains}, nil
}

func (b *builder) tunnel(out, not bool) iface { return iface{out: out, not: not, name: b.p.Tunnel} }

func notLoopback(out bool) iface { return iface{out: out, not: true, name: "lo"} }

// raw sees a packet before anything else does: who sends what is not theirs, and who
// writes to addresses that exist inside the tunnel alone.
func (b *builder) raw() []rule {
	var out []rule
	for _, f := range families {
		inner := b.addrs("inner", f, b.p.Inner)
		out = append(out,
			rule{"source-not-inner" + f.suffix, []stmt{b.tunnel(false, false), f.is(), within{[]field{f.src}, true, inner}, drop}},
			rule{"inner-from-outside" + f.suffix, []stmt{b.tunnel(false, true), notLoopback(false), f.is(), within{[]field{f.src}, false, inner}, drop}},
			rule{"outside-to-inner" + f.suffix, []stmt{b.tunnel(false, true), notLoopback(false), f.is(), within{[]field{f.dst}, false, inner}, drop}},
		)
	}
	return out
}

func (b *builder) forward() []rule {
	out := []rule{
		{"from-tunnel", []stmt{b.tunnel(false, false), enter{"from", true}}},
		{"to-tunnel", []stmt{b.tunnel(true, false), enter{"to", true}}},
	}
	for _, o := range b.p.Opened {
		f := families[0]
		if o.V6 {
			f = families[1]
		}
		r := rule{"no-router" + f.suffix, []stmt{version{o.V6, false}, drop}}
		if o.Interface != "" {
			r = rule{r.name + "-" + o.Interface, append([]stmt{iface{name: o.Interface}}, r.stmts...)}
		}
		out = append(out, r)
	}
	return out
}

// from is what consumers send out.
func (b *builder) from() []rule {
	carried := b.set(set{name: "carried", kind: keyProto, protos: []Proto{TCP, UDP}})
	ways := b.set(set{name: "ways", kind: keyWay})
	for _, w := range b.p.Ways {
		if !slices.Contains(ways.ways, w.Interface) {
			ways.ways = append(ways.ways, w.Interface)
		}
	}
	out := []rule{
		{"other-ways", []stmt{within{[]field{way}, true, ways}, reject}},
		{"under-way", []stmt{confirmed{}, accept}},
	}
	rates := enter{"rates", true}
	for _, f := range families {
		allow := b.set(set{name: "allow" + f.suffix, kind: f.keys[1], pairs: pairsOf(b.p, f.v6)})
		out = append(out, rule{"exception" + f.suffix, []stmt{
			within{[]field{proto}, false, carried}, f.is(), within{[]field{f.dst, dstPort}, false, allow}, rates,
		}})
	}
	for _, f := range families {
		refused := b.addrs("refused", f, b.p.Refused)
		out = append(out, rule{"not-public" + f.suffix, []stmt{f.is(), within{[]field{f.dst}, false, refused}, reject}})
		local := b.addrs("local", f, b.p.Local)
		out = append(out, rule{"local" + f.suffix, []stmt{f.is(), within{[]field{f.dst}, false, local}, reject}})
	}
	six := families[1]
	global := b.addrs("global", six, b.p.Global6)
	out = append(out, rule{"not-global6", []stmt{six.is(), within{[]field{dst6}, true, global}, reject}})
	for i, h := range b.p.Hidden {
		net := inNet{h.Prefix}
		for _, name := range []string{"refused", "local"} {
			out = append(out, rule{fmt.Sprintf("hidden-%s-%d", name, i), []stmt{six.is(), net, hidden{h.At, b.by[name+"4"]}, reject}})
		}
	}
	closed := b.set(set{name: "closed_tcp", kind: keyPort, ports: portSpans(b.p.ClosedTCP)})
	out = append(out, rule{"closed-tcp", []stmt{isProto{TCP, true}, within{[]field{tcpPort}, false, closed}, reject}})
	closed = b.set(set{name: "closed_udp", kind: keyPort, ports: portSpans(b.p.ClosedUDP)})
	out = append(out, rule{"closed-udp", []stmt{isProto{UDP, true}, within{[]field{udpPort}, false, closed}, reject}})
	return append(out, rule{"to-rates", []stmt{rates}})
}

func pairsOf(p *Policy, v6 bool) []netip.AddrPort {
	var out []netip.AddrPort
	for _, a := range p.Allow {
		if a.Addr().Is6() == v6 {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, netip.AddrPort.Compare)
	return slices.Compact(out)
}

const (
	meterExpiry = 5 * time.Minute // of a consumer's rates
	seenExpiry  = time.Minute     // of a destination
)

// rates is the first packet of a flow that may go out: how many of them a consumer
// sends, and of which kinds.
func (b *builder) rates() []rule {
	r := b.p.Rates
	var out []rule
	for _, f := range families {
		by := func(name string) *set {
			return b.set(set{name: name + f.suffix, kind: f.keys[0], fill: true, expire: meterExpiry})
		}
		seen := b.set(set{name: "seen" + f.suffix, kind: f.keys[2], fill: true, expire: seenExpiry})
		open := b.set(set{name: "open" + f.suffix, kind: f.keys[0], fill: true})
		pair := []field{f.src, f.dst}
		out = append(out,
			rule{"new-flows" + f.suffix, []stmt{f.is(), meter{[]field{f.src}, by("flows"), r.New}, drop}},
			rule{"syn" + f.suffix, []stmt{f.is(), isProto{TCP, true}, syn{}, meter{[]field{f.src}, by("syns"), r.SYN}, drop}},
			rule{"fan-out" + f.suffix, []stmt{f.is(), within{pair, true, seen}, meter{[]field{f.src}, by("fan"), r.FanOut}, drop}},
			rule{"open-flows" + f.suffix, []stmt{f.is(), crowd{f.src, open, r.Open}, drop}},
			rule{"remember" + f.suffix, []stmt{f.is(), note{pair, seen}}},
		)
	}
	carried := b.set(set{name: "carried", kind: keyProto, protos: []Proto{TCP, UDP}})
	out = append(out, rule{"go", []stmt{within{[]field{proto}, false, carried}, accept}})
	for _, f := range families {
		out = append(out, rule{"ping" + f.suffix, []stmt{f.is(), isProto{f.icmp, true}, f.echo, accept}})
	}
	return append(out, rule{"other-protocols", []stmt{drop}})
}

// to is what consumers get: answers to what they have asked.
func (b *builder) to() []rule {
	return []rule{
		{"answers", []stmt{established, reply{}, accept}},
		{"errors", []stmt{related, accept}},
		{"unasked", []stmt{drop}},
	}
}

// input is what consumers say to this host: nothing. What a provider serves inside the
// tunnel is answered before packets come here.
func (b *builder) input() []rule {
	return []rule{{"closed-host", []stmt{b.tunnel(false, false), drop}}}
}

// errorTypes are the ICMP messages that a host has to send to consumers: that a packet
// was refused, too large, or too long under way.
var errorTypes = map[bool][]equals{
	false: {
		{icmp4, 3, "icmp type destination-unreachable"}, {icmp4, 11, "icmp type time-exceeded"},
	},
	true: {
		{icmp6, 1, "icmpv6 type destination-unreachable"},
		{icmp6, 2, "icmpv6 type packet-too-big"},
		{icmp6, 3, "icmpv6 type time-exceeded"},
	},
}

// output is what this host says to consumers. The kernel talks a lot on an interface
// by itself (router solicitations, multicast reports), which nobody should pay for.
func (b *builder) output() []rule {
	out := []rule{
		{"output-of-others", []stmt{b.tunnel(true, true), accept}},
	}
	for _, f := range families {
		for _, e := range errorTypes[f.v6] {
			name := "error-" + f.suffix + "-" + fmt.Sprint(e.value)
			out = append(out, rule{name, []stmt{f.is(), isProto{f.icmp, true}, e, accept}})
		}
	}
	return append(out, rule{"silent-host", []stmt{drop}})
}

// source gives packets an address that the internet answers.
func (b *builder) source() []rule {
	carried := b.by["carried"]
	var out []rule
	for _, w := range b.p.Ways {
		f := familyOf(w.Addr)
		inside := []stmt{iface{out: true, name: w.Interface}, f.is(), within{[]field{f.src}, false, b.by["inner"+f.suffix]}}
		out = append(out,
			rule{"translate" + f.suffix, append(slices.Clone(inside), within{[]field{proto}, false, carried}, translate{w.Addr, b.p.NATPorts})},
			rule{"translate-ping" + f.suffix, append(slices.Clone(inside), isProto{f.icmp, false}, translate{addr: w.Addr})},
		)
	}
	return out
}

// leave looks once more at what goes out: nothing under an inner address, nothing
// from a port outside of the range, whoever has translated it.
func (b *builder) leave() []rule {
	var out []rule
	for _, f := range families {
		out = append(out, rule{"inner-source" + f.suffix, []stmt{
			b.tunnel(true, true), notLoopback(true), f.is(), within{[]field{f.src}, false, b.by["inner"+f.suffix]}, drop,
		}})
	}
	return append(out, rule{"source-port", []stmt{
		b.tunnel(false, false), b.tunnel(true, true), within{[]field{proto}, false, b.by["carried"]}, portOutside{b.p.NATPorts}, drop,
	}})
}

// Names returns the rules' names in their order.
func (r Ruleset) Names() []string {
	var out []string
	for _, c := range r.chains {
		for _, x := range c.rules {
			out = append(out, x.name)
		}
	}
	return out
}

// String returns the table in nft's words, a rule per line with its name behind it.
func (r Ruleset) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "table inet %s {\n", r.table)
	for _, s := range r.sets {
		fmt.Fprintf(&b, "\t%s\n", s)
	}
	for _, c := range r.chains {
		fmt.Fprintf(&b, "\n\tchain %s {\n", c.name)
		if c.hook != "" {
			fmt.Fprintf(&b, "\t\ttype %s hook %s priority %d; policy accept;\n", c.kind, c.hook, c.prio)
		}
		for _, x := range c.rules {
			fmt.Fprintf(&b, "\t\t%s # %s\n", x, x.name)
		}
		b.WriteString("\t}\n")
	}
	b.WriteString("}\n")
	return b.String()
}
