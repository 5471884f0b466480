package guard_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/nftables"
	"github.com/vishvananda/netlink"
	"github.com/wherrynet/wherry/host/dns"
	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/guard"
	"github.com/wherrynet/wherry/host/hosttest"
	"github.com/wherrynet/wherry/internal/needs"
	"golang.org/x/sys/unix"
)

// world is a machine at a router, behind which everybody else is:
//
//	machine ── eth0 192.168.7.2/24, fd07::2/64 ═══ .1 router ── lo: provider, website, resolver
type world struct {
	t       *testing.T
	machine *hosttest.NS
	outside *hosttest.NS
	wire    *hosttest.Capture
	dir     string
}

var (
	provider = netip.MustParseAddrPort("45.10.0.9:40124")
	website  = netip.MustParseAddr("45.20.0.1")
	website6 = netip.MustParseAddr("2a0e:20::1")
	inner    = []netip.Prefix{netip.MustParsePrefix("10.77.0.2/32"), netip.MustParsePrefix("fd77::2/128")}
)

func newWorld(t *testing.T) *world {
	t.Helper()
	needs.File(t, "/dev/net/tun")
	w := &world{t: t, machine: hosttest.New(t), outside: hosttest.New(t), dir: t.TempDir()}
	hosttest.Cable(w.machine, "eth0", []string{"192.168.7.2/24", "fd07::2/64"}, w.outside, "lan0", []string{"192.168.7.1/24", "fd07::1/64"})
	w.machine.Route("default", "192.168.7.1", "eth0")
	w.machine.Route("default", "fd07::1", "eth0")
	for _, a := range []string{"45.10.0.9/32", "45.20.0.1/32", "2a0e:20::1/128"} {
		w.outside.Address("lo", a)
	}
	w.wire = w.outside.Listen("lan0")
	return w
}

// served is a guard with its client.
type served struct {
	*guard.Client
	conn *net.UnixConn
	stop context.CancelFunc
	over chan error
}

// guard starts Serve within the machine and a client of it.
func (w *world) guard() *served {
	w.t.Helper()
	mine, theirs := pair(w.t)
	ctx, stop := context.WithCancel(context.Background())
	s := &served{Client: guard.NewClient(mine), conn: mine, stop: stop, over: make(chan error, 1)}
	go func() {
		defer close(s.over)
		w.machine.Do(func() {
			s.over <- guard.Serve(ctx, theirs, guard.Config{Dir: w.dir, DNS: dns.System{Root: w.dir, Path: []string{}}, Log: slog.New(slog.NewTextHandler(w.t.Output(), nil))})
		})
	}()
	ran := make(chan struct{})
	go func() { defer close(ran); _ = s.Run(context.WithoutCancel(ctx)) }()
	w.t.Cleanup(func() {
		stop()
		_ = mine.Close()
		<-ran
		for range s.over { //nolint:revive // wait for its end
		}
	})
	return s
}

func pair(t *testing.T) (a, b *net.UnixConn) {
	t.Helper()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	conn := func(fd int) *net.UnixConn {
		f := os.NewFile(uintptr(fd), "pair")
		defer f.Close()
		c, err := net.FileConn(f)
		if err != nil {
			t.Fatal(err)
		}
		return c.(*net.UnixConn)
	}
	return conn(fds[0]), conn(fds[1])
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// dump describes everything about the machine's network that a person could have set.
func (w *world) dump() string {
	w.t.Helper()
	var b strings.Builder
	w.machine.Do(func() {
		c, err := nftables.New()
		w.must(err)
		chains, err := c.ListChains()
		w.must(err)
		for _, ch := range chains {
			rules, err := c.GetRules(ch.Table, ch)
			w.must(err)
			fmt.Fprintf(&b, "chain %s %s %d\n", ch.Table.Name, ch.Name, len(rules))
		}
		for _, family := range []int{unix.AF_INET, unix.AF_INET6} {
			rules, err := netlink.RuleList(family)
			w.must(err)
			for _, r := range rules {
				fmt.Fprintf(&b, "rule %v\n", r)
			}
			routes, err := netlink.RouteListFiltered(family, &netlink.Route{Table: unix.RT_TABLE_UNSPEC}, netlink.RT_FILTER_TABLE)
			w.must(err)
			for _, r := range routes {
				fmt.Fprintf(&b, "route %v\n", r)
			}
		}
		links, err := netlink.LinkList()
		w.must(err)
		for _, l := range links {
			addrs, err := netlink.AddrList(l, unix.AF_UNSPEC)
			w.must(err)
			fmt.Fprintf(&b, "link %s %d %s %v\n", l.Attrs().Name, l.Attrs().MTU, l.Attrs().Flags, addrs)
		}
		for _, s := range []string{"src_valid_mark", "arp_ignore", "rp_filter"} {
			v, err := os.ReadFile("/proc/sys/net/ipv4/conf/all/" + s)
			w.must(err)
			fmt.Fprintf(&b, "setting %s %s", s, v)
		}
	})
	return b.String()
}

// say sends a UDP packet from the machine, with a socket that option changed.
func (w *world) say(to netip.AddrPort, option func(fd int)) (err error) {
	w.machine.Do(func() { err = w.sayWith(to, option) })
	return err
}

// marked puts our mark on a socket, as the guard does.
func (w *world) marked(fd int) {
	w.must(unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_MARK, int(firewall.Mark)))
}

// sayHere sends one from the namespace of the calling thread.
func (w *world) sayHere(to netip.AddrPort) error { return w.sayWith(to, nil) }

func (w *world) sayWith(to netip.AddrPort, option func(fd int)) error {
	domain := unix.AF_INET
	var sa unix.Sockaddr
	if to.Addr().Is4() {
		sa = &unix.SockaddrInet4{Port: int(to.Port()), Addr: to.Addr().As4()}
	} else {
		domain, sa = unix.AF_INET6, &unix.SockaddrInet6{Port: int(to.Port()), Addr: to.Addr().As16()}
	}
	fd, err := unix.Socket(domain, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	w.must(err)
	defer unix.Close(fd)
	if option != nil {
		option(fd)
	}
	return unix.Sendto(fd, []byte("hello"), 0, sa)
}

var netlinkAll = net.IPNet{IP: net.IPv4zero.To4(), Mask: net.CIDRMask(0, 32)}

func netlinkOne(a netip.Addr) net.IPNet {
	return net.IPNet{IP: a.AsSlice(), Mask: net.CIDRMask(a.BitLen(), a.BitLen())}
}

func to(a netip.AddrPort) func(hosttest.Packet) bool {
	return func(p hosttest.Packet) bool { return p.Dst == a }
}

const soon = 2 * time.Second

// quiet is how long a test listens before it says that nothing was sent. The
// kernel sends within microseconds; the controls show that the ear is open.
const quiet = 50 * time.Millisecond

func TestApplyClosesAndReleaseRestores(t *testing.T) {
	w := newWorld(t)
	before := w.dump()
	g := w.guard()
	ctx := t.Context()
	for _, a := range []netip.Addr{website, website6} {
		w.must(w.say(netip.AddrPortFrom(a, 9), nil))
		if len(w.wire.Await(soon, to(netip.AddrPortFrom(a, 9)))) == 0 {
			t.Fatalf("the control to %s was not heard", a)
		}
	}

	w.must(g.Apply(ctx, guard.Wish{Endpoints: []netip.AddrPort{provider}}))
	w.wire.Forget()
	for _, a := range []netip.AddrPort{netip.AddrPortFrom(website, 9), netip.AddrPortFrom(website6, 9), provider} {
		if err := w.say(a, nil); err == nil {
			t.Errorf("a packet to %s was taken", a)
		}
	}
	time.Sleep(quiet)
	if heard := w.wire.Heard(notLink); len(heard) > 0 {
		t.Errorf("closed, and heard %v", heard)
	}

	f, err := g.TUN(ctx, "wherry0", 1420, inner)
	w.must(err)
	defer f.Close()
	w.must(g.Apply(ctx, guard.Wish{Tunnel: "wherry0", Inner: inner, MTU: 1380, Endpoints: []netip.AddrPort{provider}}))
	for _, a := range []netip.Addr{website, website6} {
		w.must(w.say(netip.AddrPortFrom(a, 9), nil))
		buf := make([]byte, 2000)
		w.must(f.SetReadDeadline(time.Now().Add(soon)))
		if n, err := f.Read(buf); err != nil || !strings.Contains(string(buf[:n]), "hello") {
			t.Errorf("the tunnel got %q, %v", buf[:n], err)
		}
	}
	time.Sleep(quiet)
	if heard := w.wire.Heard(notLink); len(heard) > 0 {
		t.Errorf("connected, and heard %v", heard)
	}
	w.must(w.say(provider, w.marked))
	if len(w.wire.Await(soon, to(provider))) == 0 {
		t.Error("our marked packet did not reach the provider")
	}

	w.must(g.Release(ctx))
	w.must(f.Close())
	eventually(t, func() string {
		if after := w.dump(); after != before {
			return "before:\n" + before + "\nafter:\n" + after
		}
		return ""
	})
}

// notLink leaves out what keeps the link alive: ARP, and neighbour discovery.
func notLink(p hosttest.Packet) bool {
	return !p.ARP && (p.Proto != unix.IPPROTO_ICMPV6 || p.ICMP < 133 || p.ICMP > 136)
}

// eventually waits for problem to be none.
func eventually(t *testing.T, problem func() string) {
	t.Helper()
	for end := time.Now().Add(soon); ; time.Sleep(5 * time.Millisecond) {
		p := problem()
		if p == "" {
			return
		}
		if time.Now().After(end) {
			t.Fatal(p)
		}
	}
}
