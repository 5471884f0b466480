package firewall_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/vishvananda/netlink"
	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/hosttest"
	"github.com/wherrynet/wherry/host/tun"
	"github.com/wherrynet/wherry/internal/needs"
	"golang.org/x/sys/unix"
)

// The network in which every rule is tried:
//
//	alice  172.17.0.2 ═╗                ╔═ wherry0 10.77.0.2, fd77::2   (read and written by the test)
//	                   docker0 machine ═╣
//	bob    172.17.0.3 ═╝                ╚═ eth0 192.168.7.2, fd07::2, 2a0e:7::2 ═══ lan0 outside
//
// outside is the router, the neighbours and the whole internet: provider, hub,
// resolver and website are addresses on its loopback.
var (
	gateway   = netip.MustParseAddr("192.168.7.1")
	eth       = netip.MustParseAddr("192.168.7.2")
	gateway6  = netip.MustParseAddr("fd07::1")
	eth6      = netip.MustParseAddr("fd07::2")
	global6   = netip.MustParseAddr("2a0e:7::1") // the router, as a neighbour with a public address
	inner     = netip.MustParseAddr("10.77.0.2")
	inner6    = netip.MustParseAddr("fd77::2")
	provider  = netip.MustParseAddrPort("45.10.0.9:40124")
	provider6 = netip.MustParseAddrPort("[2a0e:10::9]:40124")
	deaf      = netip.MustParseAddrPort("45.10.0.9:40125") // a provider whose port is closed
	deaf6     = netip.MustParseAddrPort("[2a0e:10::9]:40125")
	hub       = netip.MustParseAddrPort("45.30.0.1:443")
	hub2      = netip.MustParseAddrPort("45.30.0.1:444")
	resolver2 = netip.MustParseAddrPort("45.40.0.54:53")
	resolver  = netip.MustParseAddrPort("45.40.0.53:53")
	website   = netip.MustParseAddr("45.20.0.1")
	afar      = netip.MustParseAddr("45.99.0.1") // a website to which the route leads through the tunnel
	afar6     = netip.MustParseAddr("2a0e:99::1")
	website6  = netip.MustParseAddr("2a0e:20::1")
	alice     = netip.MustParseAddr("172.17.0.2")
	bob       = netip.MustParseAddr("172.17.0.3")
	docker    = netip.MustParseAddr("172.17.0.1")
)

var links = []firewall.Link{
	{Name: "eth0", Prefixes: []netip.Prefix{
		netip.MustParsePrefix("192.168.7.0/24"), netip.MustParsePrefix("fd07::/64"), netip.MustParsePrefix("2a0e:7::/64"), netip.MustParsePrefix("fe80::/64"),
	}},
	{Name: "docker0", Prefixes: []netip.Prefix{netip.MustParsePrefix("172.17.0.0/16")}, Inside: true},
}

type lab struct {
	t                    *testing.T
	machine, outside     *hosttest.NS
	aliceNS, bobNS       *hosttest.NS
	wire, atAlice, atBob *hosttest.Capture
	kernel               *firewall.Kernel
	tun                  *os.File
	local, remote        netip.Addr // link-local addresses at both ends of eth0
	dhcp4, dhcp6         *net.UDPConn
	rounds               int
	mu                   sync.Mutex // guards what follows
	fromTunnel           []hosttest.Packet
	got                  map[string]bool // payloads that sockets of the machine received
}

func newLab(t *testing.T) *lab {
	t.Helper()
	needs.Root(t)
	needs.File(t, "/dev/net/tun")
	l := &lab{
		t: t, machine: hosttest.New(t), outside: hosttest.New(t), aliceNS: hosttest.New(t), bobNS: hosttest.New(t),
		got: map[string]bool{},
	}
	hosttest.Cable(l.machine, "eth0", []string{"192.168.7.2/24", "fd07::2/64", "2a0e:7::2/64"},
		l.outside, "lan0", []string{"192.168.7.1/24", "fd07::1/64", "2a0e:7::1/64"})
	for _, a := range []string{"45.10.0.9/32", "2a0e:10::9/128", "45.30.0.1/32", "45.40.0.53/32", "45.20.0.1/32", "2a0e:20::1/128"} {
		l.outside.Address("lo", a)
	}
	l.outside.Route("10.77.0.2/32", "192.168.7.2", "lan0")
	l.outside.Route("fd77::2/128", "fd07::2", "lan0")
	l.outside.Route("45.99.0.1/32", "192.168.7.2", "lan0")
	l.outside.Route("172.17.0.0/16", "192.168.7.2", "lan0")
	l.machine.Set("net/ipv4/ip_local_reserved_ports", "34304") // a probe's
	l.outside.Set("net/ipv4/icmp_ratelimit", "0")
	l.outside.Set("net/ipv6/icmp/ratelimit", "0")
	l.machine.Route("default", "192.168.7.1", "eth0")
	l.machine.Route("default", "fd07::1", "eth0")
	l.local, l.remote = linkLocalOf(l.machine, "eth0"), linkLocalOf(l.outside, "lan0")
	l.containers()
	l.tunnel()
	for _, s := range []string{"ipv4/ip_forward", "ipv4/conf/all/rp_filter", "ipv4/conf/all/src_valid_mark"} {
		l.machine.Set("net/"+s, "1")
	}
	l.wire, l.atAlice, l.atBob = l.outside.Listen("lan0"), l.aliceNS.Listen("eth0"), l.bobNS.Listen("eth0")
	l.machine.Do(func() {
		var err error
		l.kernel, err = firewall.Open()
		l.must(err)
	})
	t.Cleanup(func() { _ = l.kernel.Close() })
	l.receive("[::]:7777")
	l.dhcp4, l.dhcp6 = l.receive("0.0.0.0:68"), l.receive("[::]:546")
	for _, at := range []netip.AddrPort{provider, provider6, resolver} {
		l.echo(at)
	}
	l.accept(hub)
	l.accept(netip.AddrPortFrom(website, 444))
	return l
}

func (l *lab) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func linkLocalOf(n *hosttest.NS, dev string) (a netip.Addr) {
	n.Do(func() {
		link, err := netlink.LinkByName(dev)
		if err != nil {
			return
		}
		addrs, _ := netlink.AddrList(link, unix.AF_INET6)
		for _, x := range addrs {
			if x.IP.IsLinkLocalUnicast() {
				a, _ = netip.AddrFromSlice(x.IP)
			}
		}
	})
	return a
}

// containers puts alice and bob behind a bridge. What alice sends to bob is made
// to pass through the machine, as it does where bridges are filtered.
func (l *lab) containers() {
	l.machine.Do(func() {
		a := netlink.NewLinkAttrs()
		a.Name = "docker0"
		l.must(netlink.LinkAdd(&netlink.Bridge{LinkAttrs: a}))
	})
	for dev, n := range map[string]*hosttest.NS{"vetha": l.aliceNS, "vethb": l.bobNS} {
		addr := alice
		if n == l.bobNS {
			addr = bob
		}
		hosttest.Cable(l.machine, dev, nil, n, "eth0", []string{addr.String() + "/16"})
		l.machine.Do(func() {
			bridge, err := netlink.LinkByName("docker0")
			l.must(err)
			port, err := netlink.LinkByName(dev)
			l.must(err)
			l.must(netlink.LinkSetMaster(port, bridge))
			l.must(netlink.LinkSetUp(bridge))
		})
		n.Route("default", "172.17.0.1", "eth0")
	}
	l.machine.Address("docker0", "172.17.0.1/16")
	l.aliceNS.Route("172.17.0.3/32", "172.17.0.1", "eth0")
	l.machine.Set("net/ipv4/conf/all/send_redirects", "0")
	l.machine.Set("net/ipv4/conf/docker0/send_redirects", "0")
}

// tunnel makes wherry0. The way to afar leads through it, and so does that to the
// provider for who is not us, so that the reverse path filter finds fault there.
func (l *lab) tunnel() {
	l.machine.Do(func() {
		var err error
		l.tun, err = tun.Make("wherry0", 1420, []netip.Prefix{netip.PrefixFrom(inner, 32), netip.PrefixFrom(inner6, 128)})
		l.must(err)
		link, err := netlink.LinkByName("wherry0")
		l.must(err)
		all := &net.IPNet{IP: net.IPv4zero.To4(), Mask: net.CIDRMask(0, 32)}
		l.must(netlink.RouteAdd(&netlink.Route{LinkIndex: link.Attrs().Index, Dst: all, Table: 100}))
		one := &net.IPNet{IP: net.IP{45, 99, 0, 1}, Mask: net.CIDRMask(32, 32)}
		l.must(netlink.RouteAdd(&netlink.Route{LinkIndex: link.Attrs().Index, Dst: one}))
		one6 := &net.IPNet{IP: afar6.AsSlice(), Mask: net.CIDRMask(128, 128)}
		l.must(netlink.RouteAdd(&netlink.Route{LinkIndex: link.Attrs().Index, Dst: one6}))
		for i, r := range []func(*netlink.Rule){
			func(r *netlink.Rule) { r.Mark, r.Table = firewall.Mark, unix.RT_TABLE_MAIN },
			func(r *netlink.Rule) {
				r.Dst, r.Table = &net.IPNet{IP: provider.Addr().AsSlice(), Mask: net.CIDRMask(32, 32)}, 100
			},
		} {
			rule := netlink.NewRule()
			rule.Priority = 100 + i
			r(rule)
			l.must(netlink.RuleAdd(rule))
		}
	})
	l.t.Cleanup(func() { _ = l.tun.Close() })
	go func() {
		buf := make([]byte, 1<<17)
		for {
			n, err := l.tun.Read(buf)
			if err != nil {
				return
			}
			if p, ok := hosttest.Decode(buf[min(n, virtio):n]); ok {
				l.mu.Lock()
				l.fromTunnel = append(l.fromTunnel, p)
				l.mu.Unlock()
			}
		}
	}()
}

// virtio is the length of the header in front of each packet of a TUN.
const virtio = 10

// inject makes a UDP packet come out of the tunnel.
func (l *lab) inject(from, to netip.AddrPort, payload string) {
	b := make([]byte, virtio+28, 100)
	ip := b[virtio:]
	ip[0], ip[8], ip[9] = 0x45, 64, 17
	binary.BigEndian.PutUint16(ip[2:], uint16(28+len(payload)))
	copy(ip[12:], from.Addr().AsSlice())
	copy(ip[16:], to.Addr().AsSlice())
	sum := uint32(0)
	for i := 0; i < 20; i += 2 {
		sum += uint32(binary.BigEndian.Uint16(ip[i:]))
	}
	binary.BigEndian.PutUint16(ip[10:], ^uint16(sum+sum>>16))
	binary.BigEndian.PutUint16(ip[20:], from.Port())
	binary.BigEndian.PutUint16(ip[22:], to.Port())
	binary.BigEndian.PutUint16(ip[24:], uint16(8+len(payload)))
	_, err := l.tun.Write(append(b, payload...))
	l.must(err)
}

// receive remembers what sockets of the machine get.
func (l *lab) receive(at string) (c *net.UDPConn) {
	l.machine.Do(func() { c = l.listen(at, socket{}) })
	l.t.Cleanup(func() { _ = c.Close() })
	go l.drain(c)
	return c
}

func (l *lab) drain(c *net.UDPConn) {
	buf := make([]byte, 2000)
	for {
		n, _, err := c.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		l.mu.Lock()
		l.got[string(buf[:n])] = true
		l.mu.Unlock()
	}
}

// echo answers every packet with itself.
func (l *lab) echo(at netip.AddrPort) {
	l.outside.Do(func() {
		c := l.listen(at.String(), socket{})
		l.t.Cleanup(func() { _ = c.Close() })
		go func() {
			buf := make([]byte, 2000)
			for {
				n, from, err := c.ReadFromUDPAddrPort(buf)
				if err != nil {
					return
				}
				_, _ = c.WriteToUDPAddrPort(buf[:n], from)
			}
		}()
	})
}

// accept takes TCP connections and closes them.
func (l *lab) accept(at netip.AddrPort) {
	l.outside.Do(func() {
		s, err := net.ListenTCP("tcp", net.TCPAddrFromAddrPort(at))
		l.must(err)
		l.t.Cleanup(func() { _ = s.Close() })
		go func() {
			for {
				c, err := s.Accept()
				if err != nil {
					return
				}
				_ = c.Close()
			}
		}()
	})
}

// socket is what is special about a socket.
type socket struct {
	mark bool
	dev  string
	free bool // may have a source that is not its device's
	hops int  // of IPv6
}

func (s socket) control(_, _ string, raw syscall.RawConn) error {
	var failed error
	err := raw.Control(func(fd uintptr) {
		set := func(level, option, value int) {
			if failed == nil {
				failed = unix.SetsockoptInt(int(fd), level, option, value)
			}
		}
		set(unix.SOL_SOCKET, unix.SO_BROADCAST, 1)
		if s.mark {
			set(unix.SOL_SOCKET, unix.SO_MARK, int(firewall.Mark))
		}
		if s.hops != 0 {
			set(unix.SOL_SOCKET, unix.SO_REUSEADDR, 1)
			set(unix.SOL_IPV6, unix.IPV6_UNICAST_HOPS, s.hops)
			set(unix.SOL_IPV6, unix.IPV6_MULTICAST_HOPS, s.hops)
		}
		if s.free {
			set(unix.SOL_IP, unix.IP_FREEBIND, 1)
		}
		if s.dev != "" && failed == nil {
			failed = unix.BindToDevice(int(fd), s.dev)
		}
	})
	if err == nil {
		err = failed
	}
	return err
}

// listen opens a UDP socket in the namespace of the calling thread.
func (l *lab) listen(at string, s socket) *net.UDPConn {
	l.t.Helper()
	network := "udp4"
	if strings.HasPrefix(at, "[") {
		network = "udp"
	}
	lc := net.ListenConfig{Control: s.control}
	c, err := lc.ListenPacket(context.Background(), network, at)
	l.must(err)
	return c.(*net.UDPConn)
}

// soon is how long something that has to come may take.
const soon = 2 * time.Second

// payload returns a match for a UDP payload that holds a text.
func payload(text string) func(hosttest.Packet) bool {
	return func(p hosttest.Packet) bool { return bytes.Equal(p.Payload, []byte(text)) }
}

func (l *lab) tunnelled(match func(hosttest.Packet) bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.ContainsFunc(l.fromTunnel, match)
}

func (l *lab) received(text string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.got[text]
}

func (l *lab) forget() {
	l.wire.Forget()
	l.atAlice.Forget()
	l.atBob.Forget()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fromTunnel, l.got = nil, map[string]bool{}
}
