package route_test

import (
	"flag"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vishvananda/netlink"
	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/hosttest"
	"github.com/wherrynet/wherry/host/route"
	"github.com/wherrynet/wherry/host/tun"
	"github.com/wherrynet/wherry/internal/needs"
	"golang.org/x/sys/unix"
)

var update = flag.Bool("update", false, "write the golden files")

var inner = []netip.Prefix{netip.MustParsePrefix("10.77.0.2/32"), netip.MustParsePrefix("fd77::2/128")}

func policies() map[string]firewall.Policy {
	links := []firewall.Link{
		{Name: "eth0", Prefixes: []netip.Prefix{netip.MustParsePrefix("192.168.7.0/24"), netip.MustParsePrefix("45.60.0.0/24"), netip.MustParsePrefix("fd07::/64")}},
		{Name: "wlan0", Prefixes: []netip.Prefix{netip.MustParsePrefix("192.168.7.0/24")}},
		{Name: "docker0", Prefixes: []netip.Prefix{netip.MustParsePrefix("172.17.0.0/16")}, Inside: true},
	}
	both := []netip.Addr{inner[0].Addr(), inner[1].Addr()}
	return map[string]firewall.Policy{
		"closed":    {Links: links},
		"connected": {Tunnel: "wherry0", Inner: both, Links: links},
		"one":       {Tunnel: "wherry0", Inner: both[:1], Links: links}, // IPv6 goes nowhere
		"home":      {Tunnel: "wherry0", Inner: both, Links: links, LAN: true, Forward: firewall.ForwardTunnel},
		"router":    {Tunnel: "wherry0", Inner: both, Links: links, Forward: firewall.ForwardOpen},
	}
}

func TestPlansAreTheGoldenOnes(t *testing.T) {
	for name, p := range policies() {
		path := filepath.Join("testdata", name+".txt")
		got := route.PlanFor(p, 1380).String()
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not what PlanFor makes now; if that is meant: go test -update\n%s", path, got)
		}
	}
}

// machine is a namespace with a cable, a tunnel and rules and routes of others.
func machine(t *testing.T) (*hosttest.NS, *route.Kernel) {
	t.Helper()
	needs.File(t, "/dev/net/tun")
	n, other := hosttest.New(t), hosttest.New(t)
	hosttest.Cable(n, "eth0", []string{"192.168.7.2/24", "fd07::2/64"}, other, "eth0", nil)
	n.Route("default", "192.168.7.1", "eth0")
	var k *route.Kernel
	n.Do(func() {
		f, err := tun.Make("wherry0", 1420, inner)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		if k, err = route.Open(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(k.Close)
		theirs := netlink.NewRule()
		theirs.Priority, theirs.Table, theirs.Mark = 5101, 77, 9 // beside ours
		if err := netlink.RuleAdd(theirs); err != nil {
			t.Fatal(err)
		}
	})
	return n, k
}

// text is all rules and routes but those of the kernel's own table.
func text(t *testing.T, n *hosttest.NS) string {
	t.Helper()
	var b strings.Builder
	n.Do(func() {
		for _, family := range []int{unix.AF_INET, unix.AF_INET6} {
			rules, err := netlink.RuleList(family)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rules {
				b.WriteString(r.String() + "\n")
			}
			routes, err := netlink.RouteListFiltered(family, &netlink.Route{Table: unix.RT_TABLE_UNSPEC}, netlink.RT_FILTER_TABLE)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range routes {
				if r.Table != unix.RT_TABLE_LOCAL {
					b.WriteString(r.String() + "\n")
				}
			}
		}
	})
	return b.String()
}

// From every plan to every other: the kernel then has that plan, nothing of the
// one before, and what others have is as it was.
func TestEveryPlanFollowsEveryOther(t *testing.T) {
	n, k := machine(t)
	before := text(t, n)
	for from, a := range policies() {
		for to, b := range policies() {
			for _, p := range []firewall.Policy{a, b, b} {
				if err := k.Apply(route.PlanFor(p, 1380)); err != nil {
					t.Fatalf("%s to %s: %v", from, to, err)
				}
			}
			got, err := k.Plan()
			if err != nil {
				t.Fatal(err)
			}
			if want := route.PlanFor(b, 1380); got.String() != want.String() {
				t.Errorf("%s to %s: the kernel has\n%swant\n%s", from, to, got, want)
			}
		}
	}
	if err := k.Apply(route.PlanFor(policies()["home"], 1300)); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Plan(); err != nil || !strings.Contains(got.String(), "mtu 1300") || strings.Contains(got.String(), "mtu 1380") {
		t.Errorf("with another MTU: %v\n%s", err, got)
	}
	if err := k.Remove(); err != nil {
		t.Fatal(err)
	}
	if after := text(t, n); after != before {
		t.Errorf("before:\n%safter:\n%s", before, after)
	}
}

// The kernel takes the tunnel's routes with the tunnel; the unreachable ones stay.
func TestRoutesThatOutliveTheTunnel(t *testing.T) {
	n, k := machine(t)
	if err := k.Apply(route.PlanFor(policies()["connected"], 0)); err != nil {
		t.Fatal(err)
	}
	n.Do(func() {
		l, err := netlink.LinkByName("wherry0")
		if err == nil {
			err = netlink.LinkDel(l)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	got, err := k.Plan()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got.String(), "wherry0") || !strings.Contains(got.String(), "route unreachable 0.0.0.0/0") || !strings.Contains(got.String(), "route unreachable ::/0") {
		t.Errorf("left is\n%s", got)
	}
	n.Do(func() {
		for _, to := range []string{"45.20.0.1", "2a0e:20::1"} {
			if _, err := netlink.RouteGet(netip.MustParseAddr(to).AsSlice()); err == nil {
				t.Errorf("there is a way to %s", to)
			}
		}
	})
	if rivals, err := k.Rivals(); err != nil || len(rivals) != 1 || !strings.Contains(rivals[0], "5101 lookup 77") {
		t.Errorf("rivals are %v, %v", rivals, err)
	}
}

// Bridges whose ports all end here are inside; one with a cable, or that is the
// way out, is not. Links without neighbours are none.
func TestSurroundings(t *testing.T) {
	n, k := machine(t)
	far := hosttest.New(t)
	bridge := func(name, addr string, ports ...string) {
		n.Do(func() {
			a := netlink.NewLinkAttrs()
			a.Name = name
			if err := netlink.LinkAdd(&netlink.Bridge{LinkAttrs: a}); err != nil {
				t.Fatal(err)
			}
			b, err := netlink.LinkByName(name)
			if err == nil {
				err = netlink.LinkSetUp(b)
			}
			for _, p := range ports {
				if l, e := netlink.LinkByName(p); e != nil {
					t.Error(e)
				} else if e := netlink.LinkSetMaster(l, b); e != nil {
					t.Error(e)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
		})
		n.Address(name, addr)
	}
	hosttest.Cable(n, "veth1", nil, far, "eth0", nil)
	bridge("docker0", "172.17.0.1/16", "veth1")
	bridge("br-way", "192.168.9.2/24")
	n.Route("45.0.0.0/8", "192.168.9.1", "br-way")
	n.Do(func() { // a port that is no end of this machine's: a VLAN of the cable
		l, err := netlink.LinkByName("eth0")
		if err != nil {
			t.Fatal(err)
		}
		a := netlink.NewLinkAttrs()
		a.Name, a.ParentIndex = "eth0.5", l.Attrs().Index
		if err := netlink.LinkAdd(&netlink.Macvlan{LinkAttrs: a, Mode: netlink.MACVLAN_MODE_BRIDGE}); err != nil {
			needs.Missing(t, "macvlan ("+err.Error()+")")
		}
	})
	bridge("br-lan", "192.168.10.2/24", "eth0.5")
	s, err := k.Look()
	if err != nil {
		t.Fatal(err)
	}
	inside := map[string]bool{}
	for _, l := range s.Links {
		inside[l.Name] = l.Inside
	}
	for name, want := range map[string]bool{"eth0": false, "docker0": true, "br-way": false, "br-lan": false} {
		got, there := inside[name]
		if !there || got != want {
			t.Errorf("%s is inside: %v, there: %v", name, got, there)
		}
	}
	for _, name := range []string{"wherry0", "lo"} {
		if _, there := inside[name]; there {
			t.Errorf("%s has neighbours", name)
		}
	}
	if len(s.Gateways) != 1 || s.Gateways[0] != "192.168.7.1 eth0" {
		t.Errorf("gateways are %v", s.Gateways)
	}
}
