package firewall_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/hosttest"
)

// A machine with many containers has many links, and many rules for its LAN. The
// kernel answers each of them, more than the usual socket holds.
func TestManyRulesAreOneTransaction(t *testing.T) {
	p := firewall.Policy{LAN: true, Forward: firewall.ForwardTunnel}
	for i := range firewall.MaxLinks {
		l := firewall.Link{Name: fmt.Sprintf("veth%d", i)}
		for j := range firewall.MaxPrefixes {
			l.Prefixes = append(l.Prefixes, netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i), byte(j), 0}), 24))
		}
		p.Links = append(p.Links, l)
	}
	hosttest.New(t).Do(func() {
		k, err := firewall.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer k.Close()
		for _, p := range []firewall.Policy{p, {}, p} {
			if err := k.Apply(firewall.Build(p)); err != nil {
				t.Fatalf("%d links: %v", len(p.Links), err)
			}
			if same, err := k.Untouched(); err != nil || !same {
				t.Fatalf("%d links: untouched %v, %v", len(p.Links), same, err)
			}
		}
	})
}
