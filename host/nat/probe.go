package nat

import (
	"net/netip"
)

// Probe is a packet that an exit sends to itself, out of the tunnel as a consumer's
// would come.
type Probe struct {
	Name  string // what it is, for a person: "private address 10.0.0.1"
	From  netip.Addr
	To    netip.AddrPort
	Proto Proto // TCP or UDP
	Pass  bool  // whether it should get through
}

// Result is what became of a Probe.
type Result struct {
	Probe
	Passed bool
	Where  string // how it got through: "forward", "input", or the interface that it left by
}

// Bad reports whether that is not what should have become of it.
func (r Result) Bad() bool { return r.Passed != r.Pass }

// mostProbes is how many can be told apart in one go.
const mostProbes = 4096

// firstTag is the identification of the first probe; the control's is one less.
const firstTag = 0x5700

// probePort is a source port that no rule cares about.
const probePort = 25000

// packetOf makes the packet of probe i.
func packetOf(p Probe, i int) packet {
	return packet{src: netip.AddrPortFrom(p.From, probePort), dst: p.To, proto: p.Proto, tag: uint16(firstTag + i)}
}

// observer is a table that sees, at the very end, what comes out of the tunnel: which
// packets would leave this host or reach a program on it. It notes them and lets none
// go on, so that a hole in the exit is found without a packet in anybody's network.
func observer(tunnel string) Ruleset {
	const last = 1<<31 - 1
	gone, here := &set{name: "gone", kind: keyPort, fill: true}, &set{name: "here", kind: keyPort, fill: true}
	look := func(into *set) []rule {
		in := iface{name: tunnel}
		return []rule{
			{"tag4", []stmt{in, version{false, true}, tagged{4, into}, drop}},
			{"tag6", []stmt{in, version{true, true}, tagged{2, into}, drop}},
		}
	}
	return Ruleset{table: Table + "_test", sets: []*set{gone, here}, chains: []chain{
		{name: "gone", kind: "filter", hook: "postrouting", prio: last, rules: look(gone)},
		{name: "here", kind: "filter", hook: "input", prio: last, rules: look(here)},
	}}
}

// tagged notes two bytes of the network header.
type tagged struct {
	at  int
	set *set
}

func (s tagged) String() string { return "update @" + s.set.name }
