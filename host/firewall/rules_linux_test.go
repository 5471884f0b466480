package firewall_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/hosttest"
	"github.com/wherrynet/wherry/internal/needs"
)

// The policies under which rules are tried. Together they have every rule that
// Build can make.
func policies() map[string]firewall.Policy {
	connected := firewall.Policy{
		Tunnel: "wherry0", Inner: []netip.Addr{inner, inner6},
		Endpoints: []netip.AddrPort{provider, provider6, deaf, deaf6},
		Direct:    []netip.AddrPort{hub, hub2}, Resolvers: []netip.AddrPort{resolver, resolver2}, Links: links,
	}
	home := connected
	home.LAN, home.Forward = true, firewall.ForwardTunnel
	neighbours := connected
	neighbours.LAN = true
	router := connected
	router.Forward = firewall.ForwardOpen
	return map[string]firewall.Policy{
		"closed":     {Links: links},
		"connected":  connected,
		"home":       home,
		"neighbours": neighbours,
		"router":     router,
		"searching":  {DirectAny: true, Endpoints: connected.Endpoints, Forward: firewall.ForwardOpen, Links: links},
	}
}

const (
	settled = 15 * time.Millisecond  // after everything that has to come came
	lost    = 150 * time.Millisecond // without it, for a rule that was taken away
)

// try applies a table, sends every probe and returns what did not go as the
// policy has it. It waits at most for d for what has to arrive.
func (l *lab) try(p firewall.Policy, t firewall.Table, d time.Duration) (wrong []string) {
	l.must(l.kernel.Apply(t))
	l.forget()
	l.rounds++
	r := &round{lab: l, id: l.rounds, p: p}
	defer r.close()
	r.send()
	look := func(want bool) (bad []string) {
		for _, probe := range r.probes {
			if probe.want != want || probe.seen() == want {
				continue
			}
			word := "passed"
			if want {
				word = "did not pass"
			}
			bad = append(bad, fmt.Sprintf("%q %s", probe.name, word))
		}
		return bad
	}
	for end := time.Now().Add(d); len(look(true)) > 0 && time.Now().Before(end); {
		if d < soon && len(look(false)) > 0 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	time.Sleep(settled)
	return append(look(true), look(false)...)
}

// Every packet that may pass does, and no other: in each policy, by real packets.
func TestWhatPasses(t *testing.T) {
	l := newLab(t)
	for name, p := range policies() {
		t.Run(name, func(t *testing.T) {
			if err := p.Check(); err != nil {
				t.Fatal(err)
			}
			if wrong := l.try(p, firewall.Build(p), soon); len(wrong) > 0 {
				t.Errorf("%s", strings.Join(wrong, "\n"))
			}
		})
	}
	// The ears are open: without a firewall everything is heard that must not be.
	t.Run("control", func(t *testing.T) {
		wrong := l.try(firewall.Policy{}, firewall.Table{}, lost)
		for _, name := range []string{
			"website", "website, IPv6", "dns", "dns, IPv6", "dns over tls", "tcp", "ping", "ping, IPv6", "mdns", "mdns, IPv6",
			"llmnr", "llmnr, IPv6", "lan", "provider unmarked", "mdns into the tunnel", "spoofed", "spoofed, IPv6", "neighbour through us",
			"neighbour with a public address", "from a stranger", "alice outside", "lan, udp 53", "lan, tcp 853", "stranger from the tunnel",
		} {
			if !slices.Contains(wrong, fmt.Sprintf("%q passed", name)) {
				t.Errorf("%q is not heard without a firewall either", name)
			}
		}
	})
}

// TestEveryRuleIsNeeded leaves out each rule, and turns round each chain's policy,
// and sees that some packet then goes where it should not, or does not where it should.
func TestEveryRuleIsNeeded(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	l := newLab(t)
	caught := map[string]string{}
	for _, name := range []string{"connected", "home", "searching", "closed", "router"} {
		p := policies()[name]
		whole := firewall.Build(p)
		for i, c := range whole.Chains {
			for j, r := range c.Rules {
				id := c.Name + ": " + r.Name
				// Some never answer, or are there for what must not reach them: the same
				// rule is tried with their twin.
				silent := r.Name == "provider in "+deaf.String() || r.Name == "provider in "+deaf6.String() ||
					strings.Contains(r.Name, hub2.String()) || strings.Contains(r.Name, resolver2.String())
				if silent || caught[id] != "" {
					continue
				}
				less := clone(whole)
				less.Chains[i].Rules = slices.Delete(less.Chains[i].Rules, j, j+1)
				caught[id] = l.catches(p, whole, less)
			}
			id := c.Name + ": drops by default"
			if c.Drop && caught[id] == "" {
				less := clone(whole)
				less.Chains[i].Drop = false
				caught[id] = l.catches(p, whole, less)
			}
		}
	}
	for id, by := range caught {
		t.Run(id, func(t *testing.T) {
			if by == "" {
				t.Error("no packet tells whether this rule is there")
			}
			t.Log(by)
		})
	}
}

// excused are conditions without which nothing else passes or stops, by the kind
// of their rule, and why that is so.
var excused = map[string]string{
	"returning: mark of the flow without ct mark":             "a flow without a mark has mark 0, as its packets do",
	"forward: answers for without iifname":                    "only flows that bridges began are established there",
	"forward: answers for without oifname":                    "only flows that bridges began are established there",
	"output: dhcp out, without meta l4proto":                  "no other protocol uses these ports",
	"output: dhcp out, without ip6 saddr":                     "the kernel asks a group of the link from its address there",
	"output: resolver out udp without meta l4proto":           "TCP and UDP are both let out to it",
	"output: resolver out tcp without meta l4proto":           "TCP and UDP are both let out to it",
	"output: no names from the lan, udp without meta l4proto": "TCP and UDP are both dropped",
	"output: no names from the lan, tcp without meta l4proto": "TCP and UDP are both dropped",
	"address: behind our address without oifname":             "what leaves by another interface has its address already, or passes none",
}

// kindOf is what a rule is called without the addresses in its name.
func kindOf(name string) string {
	words := slices.DeleteFunc(strings.Fields(name), func(w string) bool { return strings.ContainsAny(w, "0123456789") })
	return strings.Join(words, " ")
}

// TestEveryConditionIsNeeded takes single conditions out of the rules for what
// leaves or passes through: some packet has to tell, for each kind of rule.
// (Of what comes in, several conditions each suffice: that is no leak.)
func TestEveryConditionIsNeeded(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	l := newLab(t)
	caught := map[string]string{}
	for _, name := range []string{"connected", "home", "searching", "neighbours", "router"} {
		p := policies()[name]
		whole := firewall.Build(p)
		for i, c := range whole.Chains {
			if c.Hook == "input" {
				continue
			}
			for j, r := range c.Rules {
				for k, m := range r.Matches {
					text := m.String()
					words := strings.Fields(text)
					id := c.Name + ": " + kindOf(r.Name) + " without " + words[0]
					if !strings.HasPrefix(text, "iifname") && !strings.HasPrefix(text, "oifname") {
						id += " " + words[1]
					}
					if m.Not {
						id += " " + words[len(words)-1]
					}
					if caught[id] != "" {
						continue
					}
					less := clone(whole)
					less.Chains[i].Rules[j].Matches = slices.Delete(slices.Clone(r.Matches), k, k+1)
					caught[id] = l.catches(p, whole, less)
				}
			}
		}
	}
	for id, by := range caught {
		if _, ok := excused[id]; ok != (by == "") {
			t.Errorf("%s: excused %v, and told by %q", id, ok, by)
		}
		delete(excused, id)
	}
	for id := range excused {
		t.Errorf("%s is excused, and there is no such condition", id)
	}
}

// catches tries a table that lacks something, and says by which probe that shows.
// The whole table has to be right again afterwards, so that one round does not
// stand in for another.
func (l *lab) catches(p firewall.Policy, whole, less firewall.Table) string {
	l.t.Helper()
	wrong := l.try(p, less, lost)
	if again := l.try(p, whole, soon); len(again) > 0 {
		l.t.Fatalf("the whole table: %s", strings.Join(again, ", "))
	}
	return strings.Join(wrong, ", ")
}

func clone(t firewall.Table) firewall.Table {
	t.Chains = slices.Clone(t.Chains)
	for i := range t.Chains {
		t.Chains[i].Rules = slices.Clone(t.Chains[i].Rules)
	}
	return t
}

// What String prints and what Apply does are the same: nft reads the one, and
// lists both in the same words.
func TestKernelHasWhatIsPrinted(t *testing.T) {
	nft := needs.Program(t, "nft")
	for name, p := range policies() {
		table := firewall.Build(p)
		list := func(put func(n *hosttest.NS)) string {
			n := hosttest.New(t)
			var out []byte
			n.Do(func() {
				put(n)
				var err error
				if out, err = n.Command(nft, "list", "ruleset").CombinedOutput(); err != nil {
					t.Errorf("%v: %s", err, out)
				}
			})
			return string(out)
		}
		ours := list(func(*hosttest.NS) {
			k, err := firewall.Open()
			if err == nil {
				err = k.Apply(table)
			}
			if err != nil {
				t.Fatal(err)
			}
			_ = k.Close()
		})
		theirs := list(func(n *hosttest.NS) {
			c := n.Command(nft, "-f", "-")
			c.Stdin = strings.NewReader(table.String())
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("%s: %v: %s", name, err, out)
			}
		})
		if ours != theirs || !strings.Contains(ours, "loopback in") {
			t.Errorf("%s: the kernel has\n%s\nwhat is printed is\n%s", name, ours, theirs)
		}
	}
}
