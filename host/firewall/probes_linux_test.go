package firewall_test

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"syscall"

	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/hosttest"
	"golang.org/x/sys/unix"
)

// A probe is one packet, or one exchange, and whether it has to arrive.
type probe struct {
	name string
	want bool
	seen func() bool
}

// round sends every probe once under one table.
type round struct {
	*lab
	id     int
	p      firewall.Policy
	probes []probe
	open   []interface{ Close() error }
}

func (r *round) close() {
	for _, c := range r.open {
		_ = c.Close()
	}
}

func (r *round) text(name string) string { return fmt.Sprintf("%d %s", r.id, name) }

func (r *round) expect(name string, want bool, seen func() bool) {
	r.probes = append(r.probes, probe{name, want, seen})
}

// onWire, inTunnel and arrives are where a probe's payload has to be seen.
func (r *round) onWire(name string, want bool) {
	r.expect(name, want, func() bool { return len(r.wire.Heard(payload(r.text(name)))) > 0 })
}

func (r *round) inTunnel(name string, want bool) {
	r.expect(name, want, func() bool { return r.tunnelled(payload(r.text(name))) })
}

func (r *round) arrives(name string, want bool) {
	r.expect(name, want, func() bool { return r.received(r.text(name)) })
}

// udp sends a probe's name from the namespace of the calling thread, and returns
// the port that it left from. What the kernel refuses is not sent.
func (r *round) udp(name string, s socket, from string, to netip.AddrPort) uint16 {
	if from == "" {
		from = "0.0.0.0:0"
		if to.Addr().Is6() {
			from = "[::]:0"
		}
	}
	c := r.listen(from, s)
	r.open = append(r.open, c)
	_, _ = c.WriteToUDPAddrPort([]byte(r.text(name)), to)
	go r.drain(c)
	return uint16(c.LocalAddr().(*net.UDPAddr).Port)
}

// syn begins a TCP connection and reports whether it came about.
func (r *round) syn(s socket, to netip.AddrPort) (connected func() bool) {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	r.must(err)
	f := os.NewFile(uintptr(fd), "tcp")
	r.open = append(r.open, f)
	raw, err := f.SyscallConn()
	r.must(err)
	r.must(s.control("", "", raw))
	_ = unix.Connect(fd, &unix.SockaddrInet4{Port: int(to.Port()), Addr: to.Addr().As4()})
	return func() bool {
		const established, closeWait = 1, 8
		info, err := unix.GetsockoptTCPInfo(fd, unix.SOL_TCP, unix.TCP_INFO)
		return err == nil && (info.State == established || info.State == closeWait)
	}
}

func (r *round) synOnWire(name string, want bool, s socket, to netip.AddrPort) {
	r.syn(s, to)
	r.expect(name, want, func() bool {
		return len(r.wire.Heard(func(p hosttest.Packet) bool { return p.Proto == 6 && p.Dst == to })) > 0
	})
}

// icmp sends a raw ICMP or ICMPv6 message by a device and returns whether one of
// its type to its destination was heard on the wire.
func (r *round) icmp(kind byte, hops int, dev string, to netip.Addr) (heard func() bool) {
	domain, proto := unix.AF_INET, unix.IPPROTO_ICMP
	var sa unix.Sockaddr
	message := make([]byte, 24)
	message[0] = kind
	if to.Is4() {
		sa = &unix.SockaddrInet4{Addr: to.As4()}
		message[2], message[3] = ^kind, 0xff // its checksum
	} else {
		domain, proto = unix.AF_INET6, unix.IPPROTO_ICMPV6
		index, _ := strconv.Atoi(to.Zone())
		sa = &unix.SockaddrInet6{Addr: to.As16(), ZoneId: uint32(index)}
		copy(message[8:], to.AsSlice()) // of a solicitation: whom it is about
	}
	fd, err := unix.Socket(domain, unix.SOCK_RAW|unix.SOCK_CLOEXEC, proto)
	r.must(err)
	defer unix.Close(fd)
	r.must(unix.BindToDevice(fd, dev))
	if to.Is6() {
		r.must(unix.SetsockoptInt(fd, unix.SOL_IPV6, unix.IPV6_UNICAST_HOPS, hops))
		r.must(unix.SetsockoptInt(fd, unix.SOL_IPV6, unix.IPV6_MULTICAST_HOPS, hops))
	}
	_ = unix.Sendto(fd, message, 0, sa)
	return func() bool {
		return len(r.wire.Heard(func(p hosttest.Packet) bool {
			return int(p.Proto) == proto && p.ICMP == kind && p.Dst.Addr() == to.WithZone("")
		})) > 0
	}
}

func at(a netip.Addr, port uint16) netip.AddrPort { return netip.AddrPortFrom(a, port) }

// send sends everything. What has to arrive follows from the policy's fields and
// from nothing else.
func (r *round) send() {
	tunnel := r.p.Tunnel != ""
	ours := len(r.p.Endpoints) > 0
	names := len(r.p.Resolvers) > 0
	inside := r.p.Forward != firewall.ForwardBlock
	marked, byEth := socket{mark: true}, socket{dev: "eth0"}
	byTun := socket{dev: "wherry0"}
	var toFar, toProvider uint16
	r.machine.Do(func() {
		index := indexOf("eth0")
		zoned := func(a netip.Addr) netip.Addr { return a.WithZone(index) }

		r.udp("loopback", socket{}, "", netip.MustParseAddrPort("127.0.0.1:7777"))
		r.arrives("loopback", true)

		// Nothing goes past the tunnel.
		for name, to := range map[string]netip.AddrPort{
			"website": at(website, 9), "website, IPv6": at(website6, 9),
			"dns": at(website, 53), "dns, IPv6": at(website6, 53), "dns over tls": at(website, 853),
			"provider unmarked": provider, "resolver unmarked": resolver, "dhcp far away": at(website, 67),
			"neighbour with a public address": at(global6, 9000), // TunnelCrack, LocalNet
		} {
			r.udp(name, byEth, "", to)
			r.onWire(name, false)
		}
		r.synOnWire("tcp", false, byEth, at(website, 443))
		r.expect("ping", false, r.icmp(8, 64, "eth0", website))
		r.expect("ping, IPv6", false, r.icmp(128, 64, "eth0", website6))
		r.udp("marked elsewhere", socket{mark: true, dev: "eth0"}, "", at(website, 9))
		r.onWire("marked elsewhere", false)
		r.udp("marked to another port", marked, "", at(provider.Addr(), 9))
		r.onWire("marked to another port", false)

		// The tunnel takes what has our address there, and no multicast.
		toFar = r.udp("through the tunnel", byTun, inner.String()+":0", at(afar, 9))
		r.inTunnel("through the tunnel", tunnel)
		r.udp("through the tunnel, IPv6", byTun, "["+inner6.String()+"]:0", at(afar6, 9))
		r.inTunnel("through the tunnel, IPv6", tunnel)
		r.udp("mdns into the tunnel", byTun, inner.String()+":0", netip.MustParseAddrPort("224.0.0.251:5353"))
		r.inTunnel("mdns into the tunnel", false)
		r.udp("mdns into the tunnel, IPv6", byTun, "["+inner6.String()+"]:0", netip.MustParseAddrPort("[ff02::fb]:5353"))
		r.inTunnel("mdns into the tunnel, IPv6", false)
		r.udp("broadcast into the tunnel", byTun, inner.String()+":0", netip.MustParseAddrPort("255.255.255.255:9"))
		r.inTunnel("broadcast into the tunnel", false)
		r.udp("foreign source into the tunnel", socket{mark: true, dev: "wherry0", free: true}, eth.String()+":0", provider)
		r.inTunnel("foreign source into the tunnel", !tunnel && ours) // an interface like any other then

		// Our own sockets reach what they are for, and hear of it.
		toProvider = r.udp("provider", marked, "", provider)
		r.onWire("provider", ours)
		r.expect("provider's answer", ours, func() bool { return r.received(r.text("provider")) })
		r.udp("provider, IPv6", marked, "", provider6)
		r.onWire("provider, IPv6", ours)
		r.expect("provider's answer, IPv6", ours, func() bool { return r.received(r.text("provider, IPv6")) })
		r.expect("provider's refusal", ours, r.refused(deaf))
		r.expect("provider's refusal, IPv6", ours, r.refused(deaf6))
		r.udp("resolver", marked, "", resolver)
		r.onWire("resolver", names)
		r.expect("resolver's answer", names, func() bool { return r.received(r.text("resolver")) })
		r.synOnWire("resolver, tcp", names, marked, resolver)
		r.expect("hub", len(r.p.Direct) > 0 || r.p.DirectAny, r.syn(marked, hub))
		r.expect("marked tcp elsewhere", r.p.DirectAny, r.syn(marked, at(website, 444)))
		r.synOnWire("marked tcp to a resolver", false, socket{mark: true, dev: "eth0"}, at(website, 53))
		r.synOnWire("marked tcp to a resolver, tls", false, socket{mark: true, dev: "eth0"}, at(website, 853))

		r.nearMisses()

		// The link stays alive.
		for name, to := range map[string]netip.Addr{
			"solicitation": zoned(r.remote), "solicitation, multicast": zoned(netip.MustParseAddr("ff02::77")),
			"solicitation, public neighbour": global6, "solicitation, private neighbour": gateway6,
		} {
			r.expect(name, true, r.icmp(133, 255, "eth0", to))
		}
		r.expect("solicitation beyond the link", false, r.icmp(133, 255, "eth0", website6))
		_, _ = r.dhcp4.WriteToUDPAddrPort([]byte(r.text("dhcp")), netip.MustParseAddrPort("255.255.255.255:67"))
		r.onWire("dhcp", true)
		_, _ = r.dhcp6.WriteToUDPAddrPort([]byte(r.text("dhcp, IPv6")), at(zoned(netip.MustParseAddr("ff02::1:2")), 547))
		r.onWire("dhcp, IPv6", true)

		// The neighbourhood is there by setting, and never for names.
		for name, to := range map[string]netip.AddrPort{
			"lan": at(gateway, 9000), "lan, IPv6": at(gateway6, 9000), "lan, link-local": at(zoned(r.remote), 9000),
			"mdns": netip.MustParseAddrPort("224.0.0.251:5353"), "mdns, IPv6": at(zoned(netip.MustParseAddr("ff02::fb")), 5353),
			"llmnr": netip.MustParseAddrPort("224.0.0.252:5355"), "llmnr, IPv6": at(zoned(netip.MustParseAddr("ff02::1:3")), 5355),
			"ssdp": netip.MustParseAddrPort("239.255.255.250:1900"), "broadcast": netip.MustParseAddrPort("255.255.255.255:9"),
		} {
			r.udp(name, byEth, "", to)
			r.onWire(name, r.p.LAN)
		}
		for _, port := range []uint16{53, 853} {
			name := fmt.Sprintf("lan, udp %d", port)
			r.udp(name, byEth, "", at(gateway, port))
			r.onWire(name, false)
			r.synOnWire(fmt.Sprintf("lan, tcp %d", port), false, byEth, at(gateway, port))
		}
		r.udp("bob", socket{}, "", at(bob, 9))
		r.expect("bob", inside, func() bool { return len(r.atBob.Heard(payload(r.text("bob")))) > 0 })
	})

	r.outside.Do(func() {
		index := indexOf("lan0")
		for _, s := range []struct {
			name, from string
			to         netip.AddrPort
			want       bool
		}{
			{"from the lan", gateway.String() + ":0", at(eth, 7777), r.p.LAN},
			{"from the lan, IPv6", "[" + gateway6.String() + "]:0", at(eth6, 7777), r.p.LAN},
			{"from the lan, link-local", "[" + r.remote.WithZone(index).String() + "]:0", at(r.local.WithZone(index), 7777), r.p.LAN},
			{"from a stranger", website.String() + ":0", at(eth, 7777), false},
			{"from a public neighbour", "[" + global6.String() + "]:0", at(netip.MustParseAddr("2a0e:7::2"), 7777), false},
			{"spoofed", gateway.String() + ":0", at(inner, 7777), false}, // CVE-2019-14899
			{"spoofed, IPv6", "[" + gateway6.String() + "]:0", at(inner6, 7777), false},
			{"dhcp's answer", gateway.String() + ":67", at(eth, 68), true},
			{"dhcp's answer, IPv6", "[" + r.remote.WithZone(index).String() + "]:547", at(r.local.WithZone(index), 546), true},
		} {
			r.udp(s.name, socket{}, s.from, s.to)
			r.arrives(s.name, s.want)
		}
		r.udp("neighbour to bob", socket{}, gateway.String()+":0", at(bob, 10))
		r.expect("neighbour to bob", r.p.Forward == firewall.ForwardOpen, func() bool { return len(r.atBob.Heard(payload(r.text("neighbour to bob")))) > 0 })
		r.udp("neighbour through us", socket{}, gateway.String()+":0", at(afar, 9))
		r.inTunnel("neighbour through us", r.p.Forward == firewall.ForwardOpen && !tunnel)
		r.icmp(135, 255, "lan0", eth6)
		r.expect("neighbour's question", true, func() bool {
			return len(r.wire.Heard(func(p hosttest.Packet) bool { return p.Proto == 58 && p.ICMP == 136 && p.Src.Addr() == eth6 })) > 0
		})
	})

	r.inject(at(afar, 9), at(inner, toFar), r.text("answer from the tunnel"))
	r.arrives("answer from the tunnel", tunnel)
	r.inject(at(afar, 10), at(inner, 7777), r.text("stranger from the tunnel"))
	r.arrives("stranger from the tunnel", false)
	r.inject(at(afar, 67), at(inner, 68), r.text("dhcp from the tunnel"))
	r.arrives("dhcp from the tunnel", !tunnel) // an interface like any other then
	r.inject(provider, at(eth, toProvider), r.text("provider out of the tunnel"))
	r.arrives("provider out of the tunnel", false)

	r.inject(at(afar, 12), at(alice, 9), r.text("stranger to alice"))
	r.expect("stranger to alice", r.p.Forward == firewall.ForwardOpen && !tunnel, func() bool { return len(r.atAlice.Heard(payload(r.text("stranger to alice")))) > 0 })

	var fromAlice uint16
	through := r.p.Forward == firewall.ForwardTunnel && tunnel
	masqueraded := func(p hosttest.Packet) bool {
		return payload(r.text("alice through the tunnel"))(p) && p.Src.Addr() == inner
	}
	r.aliceNS.Do(func() {
		fromAlice = r.udp("alice through the tunnel", socket{}, "", at(afar, 11)) // not 9: her port may be one of ours
		r.udp("alice outside", socket{}, "", at(website, 9))
		r.udp("alice to bob", socket{}, "", at(bob, 9))
		r.udp("alice to us", socket{}, "", at(docker, 7777))
	})
	r.expect("alice through the tunnel", through, func() bool { return r.tunnelled(masqueraded) })
	r.onWire("alice outside", r.p.Forward == firewall.ForwardOpen)
	r.expect("alice to bob", inside, func() bool { return len(r.atBob.Heard(payload(r.text("alice to bob")))) > 0 })
	r.arrives("alice to us", inside)
	r.inject(at(afar, 11), at(inner, fromAlice), r.text("answer to alice"))
	r.expect("answer to alice", through, func() bool { return len(r.atAlice.Heard(payload(r.text("answer to alice")))) > 0 })
}

// nearMisses are packets that lack one thing that a rule asks for.
func (r *round) nearMisses() {
	udp := func(name string, want bool, s socket, from string, to netip.AddrPort) {
		r.udp(name, s, from, to)
		r.onWire(name, want)
	}
	marked, plain := socket{mark: true, dev: "eth0"}, socket{dev: "eth0"}
	ways := append(slices.Clone(r.p.Endpoints), r.p.Resolvers...)
	for _, e := range ways {
		other, there := website, at(e.Addr(), e.Port()+1000)
		if e.Addr().Is6() {
			other = website6
		}
		udp("unmarked to "+e.String(), false, plain, "", e)
		udp("its port elsewhere "+e.String(), false, marked, "", at(other, e.Port()))
		udp("another port "+there.String(), false, marked, "", there)
	}
	for _, e := range r.p.Endpoints {
		if e.Addr().Is4() {
			r.synOnWire("tcp to "+e.String(), r.p.DirectAny, marked, e)
		}
	}
	for _, e := range r.p.Direct {
		udp("udp to "+e.String(), false, marked, "", e)
		other := at(e.Addr(), e.Port()+1000)
		r.synOnWire("another port, tcp "+other.String(), r.p.DirectAny, marked, other)
	}
	for _, e := range []netip.AddrPort{hub2, resolver2} { // nobody else goes there
		r.synOnWire("unmarked tcp to "+e.String(), false, plain, e)
	}
	r.synOnWire("another port, tcp "+resolver2.String(), r.p.DirectAny, marked, at(resolver2.Addr(), 54))
	// The LAN by a link that is none: who has it would be asked there, for seconds,
	// so that each round has another one.
	lost := netip.AddrFrom4([4]byte{192, 168, 7, byte(10 + r.id%240)})
	r.udp("lan by another link", socket{dev: "docker0"}, "", at(lost, 9))
	r.expect("lan by another link", r.p.Forward != firewall.ForwardBlock, func() bool {
		return len(r.atAlice.Heard(func(p hosttest.Packet) bool { return p.ARP && p.Dst.Addr() == lost })) > 0
	})
	// Our address within the tunnel, by another way.
	udp("inner address outside", false, socket{dev: "eth0", free: true}, inner.String()+":0", at(website, 9))
	udp("inner address outside, IPv6", false, socket{dev: "eth0"}, "["+inner6.String()+"]:0", at(website6, 9))
	r.udp("to ourselves", socket{}, inner.String()+":0", at(inner, 7777))
	r.arrives("to ourselves", true)
	r.udp("to ourselves, IPv6", socket{}, "["+inner6.String()+"]:0", at(inner6, 7777))
	r.arrives("to ourselves, IPv6", true)

	// DHCP that is none.
	say := func(name string, want bool, c *net.UDPConn, to netip.AddrPort) {
		_, _ = c.WriteToUDPAddrPort([]byte(r.text(name)), to)
		r.onWire(name, want)
	}
	agents := netip.MustParseAddr("ff02::1:2").WithZone(indexOf("eth0"))
	say("dhcp to a stranger", false, r.dhcp4, at(website, 67))
	say("dhcp's port, another's", r.p.LAN, r.dhcp4, netip.MustParseAddrPort("255.255.255.255:9"))
	udp("another's port, dhcp's", r.p.LAN, plain, "", netip.MustParseAddrPort("255.255.255.255:67"))
	say("dhcp to other groups, IPv6", r.p.LAN, r.dhcp6, at(netip.MustParseAddr("ff02::1:4").WithZone(agents.Zone()), 547))
	say("dhcp's port, another's, IPv6", r.p.LAN, r.dhcp6, at(agents, 548))
	udp("another's port, dhcp's, IPv6", r.p.LAN, plain, "", at(agents, 547))

	// Neighbour discovery that is none: another message, a routed one, and UDP from
	// a port whose first byte is that of a solicitation.
	for _, n := range []struct {
		to  netip.Addr
		lan bool
	}{{r.remote.WithZone(agents.Zone()), r.p.LAN}, {netip.MustParseAddr("ff02::78").WithZone(agents.Zone()), r.p.LAN}, {global6, false}, {gateway6, r.p.LAN}} {
		r.expect("echo to "+n.to.String(), n.lan, r.icmp(128, 255, "eth0", n.to))
		udp("udp like a solicitation to "+n.to.String(), n.lan, socket{dev: "eth0", hops: 255}, "[::]:34304", at(n.to, 9)) // 34304 is 0x8600
	}
	r.expect("routed solicitation", false, r.icmp(134, 64, "eth0", global6))
	r.synOnWire("lan, tcp", r.p.LAN, plain, at(gateway, 9001))
}

// refused sends to a closed port and reports whether we were told.
func (r *round) refused(to netip.AddrPort) func() bool {
	domain := unix.AF_INET
	var sa unix.Sockaddr
	if to.Addr().Is6() {
		domain, sa = unix.AF_INET6, &unix.SockaddrInet6{Port: int(to.Port()), Addr: to.Addr().As16()}
	} else {
		sa = &unix.SockaddrInet4{Port: int(to.Port()), Addr: to.Addr().As4()}
	}
	fd, err := unix.Socket(domain, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	r.must(err)
	f := os.NewFile(uintptr(fd), "udp")
	r.open = append(r.open, f)
	r.must(unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_MARK, int(firewall.Mark)))
	if unix.Connect(fd, sa) == nil {
		_, _ = unix.Write(fd, []byte("x"))
	}
	told := false
	return func() bool {
		v, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR)
		told = told || err == nil && v == int(syscall.ECONNREFUSED)
		return told
	}
}

// indexOf returns the number of a device in the namespace of the calling thread.
// Names would be looked up in a table that the whole process shares.
func indexOf(dev string) string {
	req, err := unix.NewIfreq(dev)
	if err != nil {
		return ""
	}
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return ""
	}
	defer unix.Close(fd)
	if unix.IoctlIfreq(fd, unix.SIOCGIFINDEX, req) != nil {
		return ""
	}
	return strconv.Itoa(int(req.Uint32()))
}
