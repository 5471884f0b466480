package guard_test

import (
	"context"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/nftables"
	"github.com/vishvananda/netlink"
	"github.com/wherrynet/wherry/host/guard"
	"github.com/wherrynet/wherry/host/hosttest"
	"github.com/wherrynet/wherry/host/route"
	"github.com/wherrynet/wherry/internal/needs"
	"golang.org/x/sys/unix"
)

// connected is a world whose guard has a tunnel up.
func connected(t *testing.T, change func(*guard.Wish)) (*world, *served) {
	t.Helper()
	w := newWorld(t)
	g := w.guard()
	f, err := g.TUN(t.Context(), "wherry0", 1420, inner)
	w.must(err)
	t.Cleanup(func() { _ = f.Close() })
	wish := guard.Wish{Tunnel: "wherry0", Inner: inner, Endpoints: []netip.AddrPort{provider}}
	if change != nil {
		change(&wish)
	}
	w.must(g.Apply(t.Context(), wish))
	w.wire.Forget()
	return w, g
}

// await waits for a change of a kind, at most for a second, and returns it.
func (s *served) await(t *testing.T, what guard.What) guard.Change {
	t.Helper()
	late := time.After(time.Second)
	for {
		select {
		case c := <-s.Changes():
			if c.What == what {
				return c
			}
			if c.What == guard.Failed {
				t.Fatalf("the guard failed: %s", c.Detail)
			}
		case <-late:
			t.Fatalf("no %q within a second", what)
		}
	}
}

// chatter sends to the internet without a pause until it is stopped, by programs
// that know nothing of a tunnel and by one that is bound to the cable.
func (w *world) chatter() (stop func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	for _, to := range []netip.AddrPort{netip.AddrPortFrom(website, 9), netip.AddrPortFrom(website6, 9), netip.AddrPortFrom(website, 53)} {
		wg.Go(func() {
			w.machine.Do(func() {
				for {
					select {
					case <-done:
						return
					default:
						_ = w.sayHere(to)
					}
				}
			})
		})
	}
	return func() { close(done); wg.Wait() }
}

func TestAnotherProgramIsUndone(t *testing.T) {
	link := func(name string) netlink.Link {
		l, err := netlink.LinkByName(name)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	ourRules := func(f func(*netlink.Rule)) {
		for _, family := range []int{unix.AF_INET, unix.AF_INET6} {
			rules, err := netlink.RuleList(family)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rules {
				if r.Protocol == route.Protocol {
					f(&r)
				}
			}
		}
	}
	for name, harm := range map[string]func(w *world){
		"nft flush ruleset": func(w *world) {
			c, err := nftables.New()
			w.must(err)
			c.FlushRuleset()
			w.must(c.Flush())
		},
		"one rule of ours is deleted": func(w *world) {
			c, err := nftables.New()
			w.must(err)
			chains, err := c.ListChains()
			w.must(err)
			for _, ch := range chains {
				if ch.Name == "input" {
					rules, err := c.GetRules(ch.Table, ch)
					w.must(err)
					w.must(c.DelRule(rules[0]))
				}
			}
			w.must(c.Flush())
		},
		"our output accepts by default": func(w *world) {
			c, err := nftables.New()
			w.must(err)
			accept := nftables.ChainPolicyAccept
			table := &nftables.Table{Name: "wherry", Family: nftables.TableFamilyINet}
			c.AddChain(&nftables.Chain{
				Name: "output", Table: table, Type: nftables.ChainTypeFilter, Hooknum: nftables.ChainHookOutput,
				Priority: nftables.ChainPriorityFilter, Policy: &accept,
			})
			w.must(c.Flush())
		},
		"our table is put to sleep": func(w *world) {
			needs.Program(t, "nft") // the library knows no flags
			w.must(w.machine.Command("nft", "add table inet wherry { flags dormant; }").Run())
		},
		"our routing rules are deleted": func(w *world) {
			ourRules(func(r *netlink.Rule) { w.must(netlink.RuleDel(r)) })
		},
		"our routing table is flushed": func(w *world) {
			for _, family := range []int{unix.AF_INET, unix.AF_INET6} {
				routes, err := netlink.RouteListFiltered(family, &netlink.Route{Table: route.Table}, netlink.RT_FILTER_TABLE)
				w.must(err)
				for _, r := range routes {
					w.must(netlink.RouteDel(&r))
				}
			}
		},
		"the tunnel's interface goes down": func(w *world) { w.must(netlink.LinkSetDown(link("wherry0"))) },
		"the tunnel's address is removed": func(w *world) {
			addrs, err := netlink.AddrList(link("wherry0"), unix.AF_INET)
			w.must(err)
			w.must(netlink.AddrDel(link("wherry0"), &addrs[0]))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, g := connected(t, nil)
			before := w.dump()
			stop := w.chatter()
			w.machine.Do(func() { harm(w) })
			began := time.Now()
			c := g.await(t, guard.Repaired)
			t.Logf("%s: repaired after %s", c.Detail, time.Since(began).Round(time.Millisecond))
			eventually(t, func() string {
				if after := w.dump(); after != before {
					return "before:\n" + before + "\nafter:\n" + after
				}
				return ""
			})
			stop()
			time.Sleep(quiet)
			// The kernel's own reports of multicast groups may leave while there is no
			// firewall: they follow no route.
			if heard := w.wire.Heard(func(p hosttest.Packet) bool { return p.Dst.Addr() == website || p.Dst.Addr() == website6 }); len(heard) > 0 {
				t.Errorf("%d packets leaked: %v", len(heard), heard[0])
			}
		})
	}
}

// The control of the test above: without a tunnel and a guard, what chatters is heard.
func TestChatterIsHeard(t *testing.T) {
	w := newWorld(t)
	stop := w.chatter()
	defer stop()
	for _, to6 := range []netip.AddrPort{netip.AddrPortFrom(website, 9), netip.AddrPortFrom(website6, 9), netip.AddrPortFrom(website, 53)} {
		if len(w.wire.Await(soon, to(to6))) == 0 {
			t.Errorf("nothing to %s", to6)
		}
	}
}

// A lease that is renewed writes resolv.conf: what it wrote is what comes back.
func TestResolversThatAreOverwritten(t *testing.T) {
	w, g := connected(t, nil)
	conf := filepath.Join(w.dir, "etc/resolv.conf")
	w.must(os.MkdirAll(filepath.Dir(conf), 0o755))
	w.must(os.WriteFile(conf, []byte("nameserver 192.168.7.1\n"), 0o644))
	text := func() string {
		b, err := os.ReadFile(conf)
		w.must(err)
		return string(b)
	}
	wish := guard.Wish{Tunnel: "wherry0", Inner: inner, DNS: []netip.Addr{netip.MustParseAddr("10.77.0.1")}}
	w.must(g.Apply(t.Context(), wish))
	w.must(os.WriteFile(conf, []byte("nameserver 192.168.7.254\n"), 0o644))
	eventually(t, func() string {
		if !strings.Contains(text(), "nameserver 10.77.0.1\n") {
			return "resolv.conf is " + text()
		}
		return ""
	})
	if c := g.await(t, guard.Repaired); c.Detail != "resolv.conf" {
		t.Errorf("repaired was %s", c.Detail)
	}
	wish.DNS = []netip.Addr{netip.MustParseAddr("10.78.0.1")} // another provider
	w.must(g.Apply(t.Context(), wish))
	if !strings.Contains(text(), "nameserver 10.78.0.1\n") {
		t.Errorf("with another provider resolv.conf is %q", text())
	}
	w.must(g.Apply(t.Context(), guard.Wish{}))
	if text() != "nameserver 192.168.7.254\n" {
		t.Errorf("without a tunnel resolv.conf is %q", text())
	}
	w.must(g.Apply(t.Context(), wish))
	w.must(g.Release(t.Context()))
	if text() != "nameserver 192.168.7.254\n" {
		t.Errorf("released, resolv.conf is %q", text())
	}
}

func TestSurroundingsAreTold(t *testing.T) {
	w, g := connected(t, nil)
	eth := func() netlink.Link {
		l, err := netlink.LinkByName("eth0")
		w.must(err)
		return l
	}
	w.machine.Address("eth0", "192.168.8.2/24")
	g.await(t, guard.Address)
	w.machine.Do(func() {
		r := netlink.Route{LinkIndex: eth().Attrs().Index, Gw: netip.MustParseAddr("192.168.8.1").AsSlice(), Priority: 7}
		r.Dst = &netlinkAll
		w.must(netlink.RouteAdd(&r))
	})
	g.await(t, guard.Gateway)
	w.machine.Do(func() { w.must(netlink.LinkSetDown(eth())) })
	if c := g.await(t, guard.Links); strings.Contains(c.Detail, "eth0") {
		t.Errorf("links that are up: %q", c.Detail)
	}
	w.machine.Do(func() { w.must(netlink.LinkSetUp(eth())) })
	if c := g.await(t, guard.Links); !strings.Contains(c.Detail, "eth0") {
		t.Errorf("links that are up: %q", c.Detail)
	}
	w.machine.Do(func() {
		r := netlink.NewRule()
		r.Priority, r.Table = 100, 100
		w.must(netlink.RuleAdd(r))
	})
	if c := g.await(t, guard.Rival); !strings.Contains(c.Detail, "100") {
		t.Errorf("the rival is %q", c.Detail)
	}
}

// A neighbourhood that is private can be spoken to where the setting says so, also
// one that comes later; one that claims to be the internet never.
func TestLANIsWhatIsPrivate(t *testing.T) {
	w, g := connected(t, func(wish *guard.Wish) { wish.LAN = true })
	near := netip.MustParseAddrPort("192.168.7.1:9")
	w.must(w.say(near, nil))
	if len(w.wire.Await(soon, to(near))) == 0 {
		t.Error("the LAN is not heard")
	}
	w.machine.Address("eth0", "192.168.8.2/24")
	w.outside.Address("lan0", "192.168.8.1/24")
	g.await(t, guard.Address)
	later := netip.MustParseAddrPort("192.168.8.1:9")
	eventually(t, func() string {
		_ = w.say(later, nil)
		if len(w.wire.Heard(to(later))) == 0 {
			return "the new network is not heard"
		}
		return ""
	})
	// TunnelCrack, LocalNet: the website's network is said to be the LAN.
	w.machine.Address("eth0", "45.20.0.2/24")
	w.outside.Address("lan0", "45.20.0.3/24")
	g.await(t, guard.Address)
	_ = w.say(netip.AddrPortFrom(website, 9), nil)
	time.Sleep(quiet)
	if len(w.wire.Heard(to(netip.AddrPortFrom(website, 9)))) > 0 {
		t.Error("a public network passed for the LAN")
	}
}

// A LAN that uses the resolver's address does not get to see names.
func TestResolverInTheTunnelBeatsTheLAN(t *testing.T) {
	resolver := netip.MustParseAddrPort("192.168.7.53:53")
	for _, lan := range []bool{false, true} {
		w, g := connected(t, func(wish *guard.Wish) { wish.LAN, wish.DNS = lan, []netip.Addr{resolver.Addr()} })
		f, err := g.TUN(t.Context(), "wherry0", 0, inner)
		w.must(err)
		w.must(w.say(resolver, nil))
		buf := make([]byte, 2000)
		w.must(f.SetReadDeadline(time.Now().Add(soon)))
		if _, err := f.Read(buf); err != nil {
			t.Errorf("lan %v: the question did not go into the tunnel: %v", lan, err)
		}
		_ = f.Close()
	}
}

// Routes as DHCP's option 121 gives them (TunnelVision): narrower than the
// tunnel's, and in main.
func TestNarrowRoutesAreNotAsked(t *testing.T) {
	w, g := connected(t, nil)
	for _, to := range []string{"0.0.0.0/1", "128.0.0.0/1", "45.20.0.1/32", "45.10.0.9/32"} {
		w.machine.Route(to, "192.168.7.1", "eth0")
	}
	f, err := g.TUN(t.Context(), "wherry0", 0, inner)
	w.must(err)
	defer f.Close()
	for _, a := range []netip.AddrPort{netip.AddrPortFrom(website, 9), provider} {
		w.must(w.say(a, nil)) // ServerIP: neither does what is not ours reach the provider outside
		buf := make([]byte, 2000)
		w.must(f.SetReadDeadline(time.Now().Add(soon)))
		if _, err := f.Read(buf); err != nil {
			t.Errorf("what is for %s did not go into the tunnel: %v", a, err)
		}
	}
	time.Sleep(quiet)
	if heard := w.wire.Heard(notLink); len(heard) > 0 {
		t.Errorf("heard %v", heard)
	}
}

// A machine that checks the way back strictly, as some distributions have it, still
// hears its provider: the answer is looked up with the mark of the question.
func TestProviderAnswersUnderStrictReversePath(t *testing.T) {
	w := newWorld(t)
	for _, s := range []string{"all", "eth0"} {
		w.machine.Set("net/ipv4/conf/"+s+"/rp_filter", "1")
	}
	g := w.guard()
	f, err := g.TUN(t.Context(), "wherry0", 1420, inner)
	w.must(err)
	defer f.Close()
	w.must(g.Apply(t.Context(), guard.Wish{Tunnel: "wherry0", Inner: inner, Endpoints: []netip.AddrPort{provider}}))
	w.outside.Do(func() {
		c, err := net.ListenUDP("udp4", net.UDPAddrFromAddrPort(provider))
		w.must(err)
		t.Cleanup(func() { _ = c.Close() })
		go func() {
			buf := make([]byte, 100)
			if n, from, err := c.ReadFromUDPAddrPort(buf); err == nil {
				_, _ = c.WriteToUDPAddrPort(buf[:n], from)
			}
		}()
	})
	w.machine.Do(func() {
		d := net.Dialer{ControlContext: func(ctx context.Context, _, _ string, c syscall.RawConn) error { return g.Mark(ctx, c) }}
		c, err := d.DialContext(t.Context(), "udp4", provider.String())
		w.must(err)
		defer c.Close()
		w.must(c.SetDeadline(time.Now().Add(soon)))
		_, err = c.Write([]byte("hello"))
		w.must(err)
		if _, err = c.Read(make([]byte, 100)); err != nil {
			t.Errorf("no answer: %v", err)
		}
	})
}

// Who asks the neighbourhood for our address within the tunnel learns nothing.
func TestNobodyLearnsTheInnerAddress(t *testing.T) {
	w, _ := connected(t, func(wish *guard.Wish) { wish.LAN = true })
	w.outside.Do(func() {
		l, err := netlink.LinkByName("lan0")
		w.must(err)
		r := netlink.Route{LinkIndex: l.Attrs().Index, Scope: netlink.SCOPE_LINK}
		one := netlinkOne(inner[0].Addr())
		r.Dst = &one
		w.must(netlink.RouteAdd(&r))
	})
	asked := func(who netip.Addr) bool {
		w.outside.Do(func() { _ = w.sayHere(netip.AddrPortFrom(who, 9)) })
		time.Sleep(quiet)
		found := false
		w.outside.Do(func() {
			l, err := netlink.LinkByName("lan0")
			w.must(err)
			table, err := netlink.NeighList(l.Attrs().Index, unix.AF_INET)
			w.must(err)
			for _, n := range table {
				a, _ := netip.AddrFromSlice(n.IP)
				found = found || a.Unmap() == who && len(n.HardwareAddr) > 0
			}
		})
		return found
	}
	if !asked(netip.MustParseAddr("192.168.7.2")) {
		t.Fatal("the control: the address of the cable is not found either")
	}
	if asked(inner[0].Addr()) {
		t.Error("the neighbourhood was told where the inner address is")
	}
}
