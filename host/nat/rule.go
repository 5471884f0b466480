package nat

import (
	"fmt"
	"net/netip"
	"strings"
)

// A rule is what it matches and what then happens, as statements that have a text
// form (nft's) and a compiled form (compile_linux.go).
type rule struct {
	name  string
	stmts []stmt
}

func (r rule) String() string {
	words := make([]string, 0, len(r.stmts))
	for _, s := range r.stmts {
		if w := s.String(); w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

type stmt interface{ String() string }

// iface matches the interface that a packet came in or goes out by.
type iface struct {
	out, not bool
	name     string
}

func (s iface) String() string {
	key := "iifname"
	if s.out {
		key = "oifname"
	}
	if s.not {
		return fmt.Sprintf("%s != %q", key, s.name)
	}
	return fmt.Sprintf("%s %q", key, s.name)
}

// field is a part of a packet.
type field uint8

const (
	src4 field = iota
	dst4
	src6
	dst6
	srcPort
	dstPort // of any protocol that has ports
	tcpPort
	udpPort
	proto
	icmp4 // type of an ICMP message
	icmp6
	way // the interface that a packet leaves by
)

func (f field) String() string {
	return [...]string{
		"ip saddr", "ip daddr", "ip6 saddr", "ip6 daddr", "th sport", "th dport", "tcp dport", "udp dport",
		"meta l4proto", "icmp type", "icmpv6 type", "oifname",
	}[f]
}

// within matches a field, or several one after the other, against a set.
type within struct {
	fields []field
	not    bool
	set    *set
}

func (s within) String() string {
	return joined(s.fields) + " " + negated(s.not) + "@" + s.set.name
}

func joined(fields []field) string {
	words := make([]string, len(fields))
	for i, f := range fields {
		words[i] = f.String()
	}
	return strings.Join(words, " . ")
}

func negated(not bool) string {
	if not {
		return "!= "
	}
	return ""
}

// version matches packets of one IP version. nft does not write it where a field
// says so.
type version struct{ v6, quiet bool }

func (s version) String() string {
	switch {
	case s.quiet:
		return ""
	case s.v6:
		return "meta nfproto ipv6"
	}
	return "meta nfproto ipv4"
}

// isProto matches one protocol. nft does not write it where a field says so.
type isProto struct {
	proto Proto
	quiet bool
}

func (s isProto) String() string {
	name, ok := map[Proto]string{TCP: "tcp", UDP: "udp", icmp: "icmp", icmpv6: "ipv6-icmp"}[s.proto]
	switch {
	case s.quiet:
		return ""
	case !ok:
		return fmt.Sprintf("meta l4proto %d", s.proto)
	}
	return "meta l4proto " + name
}

// The protocols that carry errors.
const (
	icmp   Proto = 1
	icmpv6 Proto = 58
)

// equals matches a field of one byte with a value.
type equals struct {
	field field
	value byte
	names string // what nft writes for the field and the value
}

func (s equals) String() string { return s.names }

// inNet matches an IPv6 destination with a network of whole bytes.
type inNet struct{ net netip.Prefix }

func (s inNet) String() string { return "ip6 daddr " + s.net.String() }

// hidden matches the IPv4 address inside an IPv6 destination.
type hidden struct {
	at  int // byte of the destination
	set *set
}

func (s hidden) String() string { return fmt.Sprintf("@nh,%d,32 @%s", 8*(24+s.at), s.set.name) }

// portOutside matches source ports that are not in a range.
type portOutside struct{ ports Ports }

func (s portOutside) String() string {
	return fmt.Sprintf("th sport != %d-%d", s.ports.First, s.ports.Last)
}

// state matches what conntrack says about a packet.
type state uint32

// The bits as the kernel has them.
const (
	established state = 2
	related     state = 4
)

func (s state) String() string {
	var words []string
	for _, b := range []struct {
		bit  state
		name string
	}{{established, "established"}, {related, "related"}} {
		if s&b.bit != 0 {
			words = append(words, b.name)
		}
	}
	return "ct state " + strings.Join(words, ",")
}

// confirmed matches packets of flows whose first one has left: an unanswered flow is no
// new one with every packet.
type confirmed struct{}

func (confirmed) String() string { return "ct status confirmed" }

// reply matches packets that answer.
type reply struct{}

func (reply) String() string { return "ct direction reply" }

// syn matches the first packet of a TCP connection.
type syn struct{}

func (syn) String() string { return "tcp flags syn / syn,ack" }

// meter counts by the given fields, and matches what is over the rate.
type meter struct {
	fields []field
	set    *set
	rate   Rate
}

func (s meter) String() string {
	return fmt.Sprintf("update @%s { %s limit rate over %d/second burst %d packets }", s.set.name, joined(s.fields), s.rate.PerSecond, s.rate.Burst)
}

// crowd counts flows that are open by the given field, and matches what is over.
type crowd struct {
	field field
	set   *set
	most  uint32
}

func (s crowd) String() string {
	return fmt.Sprintf("add @%s { %s ct count over %d }", s.set.name, s.field, s.most)
}

// note remembers the given fields for a while.
type note struct {
	fields []field
	set    *set
}

func (s note) String() string { return fmt.Sprintf("update @%s { %s }", s.set.name, joined(s.fields)) }

// verdict is what happens.
type verdict uint8

const (
	accept verdict = iota
	drop
	reject // says so to the sender, in ICMP
)

func (v verdict) String() string {
	return [...]string{"accept", "drop", "reject with icmpx admin-prohibited"}[v]
}

// enter goes on in another chain, and does not come back when it is the last word.
type enter struct {
	chain string
	last  bool
}

func (s enter) String() string {
	if s.last {
		return "goto " + s.chain
	}
	return "jump " + s.chain
}

// translate gives a packet a source address, and a port out of a range.
type translate struct {
	addr  netip.Addr
	ports Ports // zero for protocols without
}

func (s translate) String() string {
	family, addr := "ip", s.addr.String()
	if s.addr.Is6() {
		family = "ip6"
	}
	if s.ports == (Ports{}) {
		return fmt.Sprintf("snat %s to %s fully-random", family, addr)
	}
	if s.addr.Is6() {
		addr = "[" + addr + "]"
	}
	return fmt.Sprintf("snat %s to %s:%d-%d fully-random", family, addr, s.ports.First, s.ports.Last)
}
