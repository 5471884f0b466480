package nat

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// keyKind is the type of a set's keys.
type keyKind uint8

const (
	key4 keyKind = iota
	key6
	keyPort
	keyProto
	keyWay
	key4Port // two fields
	key6Port
	key4Pair
	key6Pair
)

func (k keyKind) String() string {
	return [...]string{
		"ipv4_addr", "ipv6_addr", "inet_service", "inet_proto", "ifname", "ipv4_addr . inet_service", "ipv6_addr . inet_service",
		"ipv4_addr . ipv4_addr", "ipv6_addr . ipv6_addr",
	}[k]
}

// set is a set of the table. One with a timeout is filled by rules.
type set struct {
	name   string
	kind   keyKind
	spans  []span           // of key4 and key6
	ports  []Ports          // of keyPort
	protos []Proto          // of keyProto
	ways   []string         // of keyWay
	pairs  []netip.AddrPort // of key4Port and key6Port
	fill   bool             // filled by rules
	expire time.Duration    // of what rules fill in; 0 means never
}

// span is a range of addresses of one version, both ends included.
type span struct{ first, last netip.Addr }

func (s span) String() string {
	if s.first == s.last {
		return s.first.String()
	}
	for bits := range s.first.BitLen() {
		if p := netip.PrefixFrom(s.first, bits); p.Masked() == p && last(p) == s.last {
			return p.String()
		}
	}
	return s.first.String() + "-" + s.last.String()
}

// last returns the highest address of a network.
func last(p netip.Prefix) netip.Addr {
	b := p.Addr().AsSlice()
	for i := p.Bits(); i < len(b)*8; i++ {
		b[i/8] |= 0x80 >> (i % 8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// spans returns the networks of one IP version, in order and without overlaps.
func spans(all []netip.Prefix, v6 bool) []span {
	var out []span
	for _, p := range all {
		if p.Addr().Is6() == v6 {
			p = p.Masked()
			out = append(out, span{p.Addr(), last(p)})
		}
	}
	slices.SortFunc(out, func(a, b span) int { return a.first.Compare(b.first) })
	merged := out[:0]
	for _, s := range out {
		if n := len(merged); n > 0 {
			top := &merged[n-1]
			if end := top.last.Next(); !end.IsValid() || s.first.Compare(end) <= 0 {
				if top.last.Less(s.last) {
					top.last = s.last
				}
				continue
			}
		}
		merged = append(merged, s)
	}
	return merged
}

// portSpans returns ranges in order and without overlaps.
func portSpans(all []Ports) []Ports {
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b Ports) int { return int(a.First) - int(b.First) })
	merged := out[:0]
	for _, p := range out {
		if n := len(merged); n > 0 && int(p.First) <= int(merged[n-1].Last)+1 {
			merged[n-1].Last = max(merged[n-1].Last, p.Last)
			continue
		}
		merged = append(merged, p)
	}
	return merged
}

// String returns the set as nft writes it, on one line.
func (s *set) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "set %s { type %s;", s.name, s.kind)
	if s.interval() {
		b.WriteString(" flags interval;")
	}
	if s.fill {
		fmt.Fprintf(&b, " size %d;", setSize)
		if s.expire > 0 {
			fmt.Fprintf(&b, " flags dynamic,timeout; timeout %s;", s.expire)
		} else {
			b.WriteString(" flags dynamic;")
		}
	}
	if all := s.elements(); len(all) > 0 {
		fmt.Fprintf(&b, " elements = { %s };", strings.Join(all, ", "))
	}
	b.WriteString(" }")
	return b.String()
}

func (s *set) interval() bool {
	return !s.fill && (s.kind == key4 || s.kind == key6 || s.kind == keyPort)
}

func (s *set) elements() []string {
	var out []string
	for _, x := range s.spans {
		out = append(out, x.String())
	}
	for _, x := range s.ports {
		if x.First == x.Last {
			out = append(out, fmt.Sprint(x.First))
		} else {
			out = append(out, fmt.Sprintf("%d-%d", x.First, x.Last))
		}
	}
	for _, x := range s.protos {
		out = append(out, fmt.Sprint(uint8(x)))
	}
	for _, x := range s.ways {
		out = append(out, fmt.Sprintf("%q", x))
	}
	for _, x := range s.pairs {
		out = append(out, fmt.Sprintf("%s . %d", x.Addr(), x.Port()))
	}
	return out
}

// setSize bounds a set that rules fill. When it is full, rules that would add to it
// do not match: the flow passes, and the bounds that need no memory still hold.
const setSize = 65536
