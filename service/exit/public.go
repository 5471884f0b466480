package exit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/nat"
)

// Public is the policy as a provider tells it to everybody: what is closed to all, by
// rule and by port, and how fast a consumer may begin things. It has a form that two
// providers with the same policy share, so that its hash can stand in an offer. The
// provider's own networks and exceptions are not in it: they are its own affair.
func (p *Policy) Public() string {
	var b strings.Builder
	b.WriteString("wherry exit policy 1\n")
	b.WriteString("closed: what is not public, the provider's neighbourhood, other consumers\n")
	tcp, udp := p.ports()
	fmt.Fprintf(&b, "closed tcp:%s\n", portWords(tcp))
	fmt.Fprintf(&b, "closed udp:%s\n", portWords(udp))
	r := p.rates()
	fmt.Fprintf(&b, "per second: %d flows, %d connections, %d destinations\n", r.New.PerSecond, r.SYN.PerSecond, r.FanOut.PerSecond)
	fmt.Fprintf(&b, "open: %d flows\n", r.Open)
	return b.String()
}

// Hash is the hash of Public.
func (p *Policy) Hash() wherry.Hash { return wherry.Keccak256([]byte(p.Public())) }

func portWords(all []nat.Ports) string {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b nat.Ports) int { return int(a.First) - int(b.First) })
	var b strings.Builder
	for _, r := range all {
		if r.First == r.Last {
			fmt.Fprintf(&b, " %d", r.First)
		} else {
			fmt.Fprintf(&b, " %d-%d", r.First, r.Last)
		}
	}
	return b.String()
}
