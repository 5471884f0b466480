package firewall

import (
	"fmt"
	"net/netip"
	"strings"
)

// A Table is the whole of what we ask of the kernel, in order.
type Table struct {
	Chains []Chain
}

// A Chain is a list of rules at one of the kernel's hooks. The first rule that
// matches and has a verdict decides; if none does, the chain's policy.
type Chain struct {
	Name     string
	Kind     string // filter or nat
	Hook     string // prerouting, input, forward, output or postrouting
	Priority int
	Drop     bool // policy
	Rules    []Rule
}

// A Rule has a name that is its comment in the kernel, and that tests and
// documents call it by. All matches have to hold.
type Rule struct {
	Name    string
	Matches []Match
	Do      Action
}

// Action is what happens to a packet that a rule matches.
type Action uint8

// The actions.
const (
	Drop         Action = iota
	Accept              // and no later rule of this chain is asked
	Own                 // as Accept, and the connection is remembered as one of ours
	MarkFromFlow        // the packet gets the mark of its connection, and later rules are asked
	Masquerade          // the source becomes the address of the interface that it leaves by
)

// Field is what a Match looks at.
type Field uint8

// The fields.
const (
	Iif        Field = iota // the interface that it came in by: Text
	Oif                     // the interface that it leaves by: Text
	Saddr                   // Prefix
	Daddr                   // Prefix
	Proto                   // transport protocol: Value
	Sport                   // Value
	Dport                   // Value
	ICMP6                   // type of an ICMPv6 message: Value to Upto
	HopLimit                // of an IPv6 packet: Value
	PacketMark              // Value
	FlowMark                // the connection's mark: Value
	FlowState               // bits of the connection's state: Value, any of
)

// A Match is one condition on a packet.
type Match struct {
	Field  Field
	Not    bool // holds where it would not, and the other way round
	Text   string
	Prefix netip.Prefix
	Value  uint32
	Upto   uint32
}

// Transport protocols by their IANA numbers.
const (
	protoICMP  = 1
	protoTCP   = 6
	protoUDP   = 17
	protoICMP6 = 58
)

// States of a connection as the kernel counts them.
const (
	stateEstablished = 2
	stateRelated     = 4
)

var protoNames = map[uint32]string{protoICMP: "icmp", protoTCP: "tcp", protoUDP: "udp", protoICMP6: "icmpv6"}

// String returns the match as nft writes it.
func (m Match) String() string {
	not := ""
	if m.Not {
		not = "!= "
	}
	family := "ip"
	if m.Prefix.Addr().Is6() {
		family = "ip6"
	}
	address := m.Prefix.String()
	if m.Prefix.IsSingleIP() {
		address = m.Prefix.Addr().String()
	}
	switch m.Field {
	case Iif:
		return fmt.Sprintf("iifname %s%q", not, m.Text)
	case Oif:
		return fmt.Sprintf("oifname %s%q", not, m.Text)
	case Saddr:
		return fmt.Sprintf("%s saddr %s%s", family, not, address)
	case Daddr:
		return fmt.Sprintf("%s daddr %s%s", family, not, address)
	case Proto:
		return fmt.Sprintf("meta l4proto %s%s", not, protoNames[m.Value])
	case Sport:
		return fmt.Sprintf("th sport %s%d", not, m.Value)
	case Dport:
		return fmt.Sprintf("th dport %s%d", not, m.Value)
	case ICMP6:
		return fmt.Sprintf("icmpv6 type %s%d-%d", not, m.Value, m.Upto)
	case HopLimit:
		return fmt.Sprintf("ip6 hoplimit %s%d", not, m.Value)
	case PacketMark:
		return fmt.Sprintf("meta mark %s%#x", not, m.Value)
	case FlowMark:
		return fmt.Sprintf("ct mark %s%#x", not, m.Value)
	case FlowState:
		var states []string
		if m.Value&stateEstablished != 0 {
			states = append(states, "established")
		}
		if m.Value&stateRelated != 0 {
			states = append(states, "related")
		}
		return "ct state " + not + strings.Join(states, ",")
	}
	return "unknown"
}

// String returns the action as nft writes it.
func (a Action) String() string {
	switch a {
	case Drop:
		return "drop"
	case Accept:
		return "accept"
	case Own:
		return fmt.Sprintf("ct mark set %#x accept", Mark)
	case MarkFromFlow:
		return "meta mark set ct mark"
	case Masquerade:
		return "masquerade"
	}
	return "unknown"
}

// String returns the rule as nft writes it.
func (r Rule) String() string {
	var b strings.Builder
	for _, m := range r.Matches {
		b.WriteString(m.String() + " ")
	}
	fmt.Fprintf(&b, "%s comment %q", r.Do, r.Name)
	return b.String()
}

// String returns the table in a form that nft -f reads.
func (t Table) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "table inet %s {\n", Name)
	for i, c := range t.Chains {
		if i > 0 {
			b.WriteByte('\n')
		}
		policy := "accept"
		if c.Drop {
			policy = "drop"
		}
		fmt.Fprintf(&b, "\tchain %s {\n\t\ttype %s hook %s priority %d; policy %s;\n", c.Name, c.Kind, c.Hook, c.Priority, policy)
		for _, r := range c.Rules {
			fmt.Fprintf(&b, "\t\t%s\n", r)
		}
		b.WriteString("\t}\n")
	}
	b.WriteString("}\n")
	return b.String()
}
