package vpn

import (
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/e2e/lab"
)

// narrow are routes that are narrower than the tunnel's, by way of the attacker. Of
// the provider's address there is none: who hands out routes can always cut us off.
var narrow = []string{"11.2.0.0/16", lab.Web4.String() + "/32", lab.Names4.String() + "/32"}

// network is everything about the consumer's network that a person can have set.
func (w *world) network() string {
	var b strings.Builder
	for _, args := range [][]string{{"rule"}, {"-6", "rule"}, {"route", "show", "table", "all"}, {"-6", "route", "show", "table", "all"}, {"-brief", "address"}} {
		for line := range strings.Lines(w.Consumer.IP(args...)) {
			if !strings.Contains(line, " expires ") && !strings.Contains(line, "proto ra") { // of the clock, and not of us
				b.WriteString(line)
			}
		}
	}
	return b.String() + w.Consumer.Ruleset()
}

// Other programs, and a router, do to the consumer what they do to every VPN, while
// everything on it talks: its firewall and its rules are flushed, DHCP hands out
// routes that are narrower than the tunnel's, and a website's network is said to be
// the LAN. At the end disconnecting restores all that was there.
func TestMeddlingLeaksNothing(t *testing.T) {
	w := newWorld(t)
	eyes := w.Router.Capture(lab.Side)
	seen := control(t, w.Consumer, eyes)
	before := w.network()
	d := w.resident()
	d.must("connect", "se", "--max-price", "1")
	words := talk(t, w.Consumer)
	for _, c := range []struct {
		claim string
		do    func()
	}{
		{"another program flushes every firewall", func() { w.Consumer.NFT("flush ruleset") }},
		{"another program deletes the routing rules", func() {
			w.Consumer.IP("rule", "del", "priority", "5102")
			w.Consumer.IP("-6", "rule", "del", "priority", "5102")
		}},
		{"DHCP hands out narrow routes (option 121)", func() {
			for _, to := range narrow {
				w.Consumer.Route(to, lab.Attacker4.String())
			}
		}},
		{"the website's network is said to be the LAN", func() { w.Consumer.Address("eth0", "11.2.0.99/24") }},
	} {
		eyes.Reset()
		c.do()
		time.Sleep(time.Second)
		out := outside(eyes)
		kept := out[:0]
		for _, p := range out {
			// What is for the link alone follows no route: for the milliseconds without a
			// firewall nothing holds it.
			if !p.Dst.Addr().IsLinkLocalMulticast() || !strings.Contains(c.claim, "firewall") {
				kept = append(kept, p)
			}
		}
		w.Proved(c.claim, kept, seen)
		if rules := w.Consumer.Ruleset(); !strings.Contains(rules, "table inet wherry") {
			t.Errorf("%s: a second later there is no firewall", c.claim)
		}
		if rules := w.Consumer.IP("rule"); !strings.Contains(rules, "5102:") {
			t.Errorf("%s: a second later the rules are\n%s", c.claim, rules)
		}
		if page, err := w.page(); err != nil || strings.Contains(page, lab.RouterOut4.String()) {
			t.Errorf("%s: the tunnel carries nothing: %v\n%s", c.claim, err, page)
		}
	}
	words.quiet()
	w.Consumer.IP("address", "del", "11.2.0.99/24", "dev", "eth0")
	for _, to := range narrow {
		w.Consumer.IP("route", "del", to)
	}
	d.must("disconnect")
	if after := w.network(); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}
