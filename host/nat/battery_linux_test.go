package nat

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/internal/needs"
)

// claim is one thing that the table promises, tried on real packets.
type claim struct {
	name string
	ok   func(w *world) bool
}

func to(a netip.Addr, port uint16) netip.AddrPort { return netip.AddrPortFrom(a, port) }

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// where sends a packet and says by which devices it left, as in "up" or "up lan".
func (w *world) where(on *wire, p packet) string {
	tag := w.send(on, p)
	w.settle()
	var out []string
	for _, x := range []struct {
		name string
		on   *wire
	}{{"tunnel", w.tunnel}, {"up", w.up}, {"lan", w.lan}} {
		if _, ok := x.on.left(tag); ok {
			out = append(out, x.name)
		}
	}
	return strings.Join(out, " ")
}

// told reports whether the client got an ICMP message of a type.
func (w *world) told(kind byte) bool {
	return slices.ContainsFunc(w.tunnel.got, func(c caught) bool { return (c.proto == icmp || c.proto == icmpv6) && c.kind == kind })
}

// from4 is a packet of the client's.
func from4(proto Proto, dst string, port uint16) packet {
	return packet{src: to(client4, 40000), dst: to(addr(dst), port), proto: proto}
}

func from6(proto Proto, dst string, port uint16) packet {
	return packet{src: to(client6, 40000), dst: to(addr(dst), port), proto: proto}
}

// closed and open are claims about single packets from the client.
func closed(name string, p packet) claim {
	return claim{name, func(w *world) bool { return w.where(w.tunnel, fresh(w, p)) == "" }}
}

func opened(name string, p packet) claim {
	return claim{name, func(w *world) bool { return w.where(w.tunnel, fresh(w, p)) == "up" }}
}

// fresh gives a packet a source port that no flow has.
func fresh(w *world, p packet) packet {
	w.port++
	if p.src.Port() == 40000 {
		p.src = to(p.src.Addr(), 2000+w.port%18000)
	}
	return p
}

// burst sends n first packets and says how many of them left.
func (w *world) burst(n int, make func(i int) packet) int {
	tags := map[uint16]bool{}
	left := 0
	count := func() {
		w.settle()
		for _, c := range w.up.got {
			if tags[c.tag] {
				left++
			}
		}
	}
	for i := range n {
		tags[w.send(w.tunnel, make(i))] = true
		if i%200 == 199 {
			count()
		}
	}
	count()
	return left
}

// host is a socket of this host's that listens everywhere; heard says whether a packet
// came to it.
func (w *world) heard(on *wire, p packet) bool {
	c, err := net.ListenPacket("udp", fmt.Sprintf(":%d", p.dst.Port()))
	if err != nil {
		w.t.Fatal(err)
	}
	defer c.Close()
	w.send(on, p)
	_ = c.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	n, _, err := c.ReadFrom(make([]byte, 2048))
	return err == nil && n > 0
}

// answered sends a packet, answers it from outside, and returns what the world saw and
// whether the client got the answer.
func (w *world) answered(p packet, answer func(s seen, raw []byte) packet) bool {
	tag := w.send(w.tunnel, p)
	w.settle()
	for _, c := range w.up.got {
		if c.tag == tag && bytes.HasSuffix(c.raw, []byte(magic)) {
			return w.where(w.up, answer(c.seen, c.raw)) == "tunnel"
		}
	}
	return false
}

func back(s seen, _ []byte) packet { return packet{src: s.dst, dst: s.src, proto: s.proto} }

// claims4 and claims6 have a claim for every promise, for each version of IP.
func claims4() []claim {
	c := []claim{
		opened("udp goes out", from4(UDP, site4.String(), 443)),
		opened("tcp goes out", from4(TCP, site4.String(), 443)),
		opened("a ping goes out", from4(icmp, site4.String(), 0)),
		opened("an exception goes out", from4(TCP, "192.168.9.50", 8080)),
		opened("a public address behind NAT64 goes out", from6(TCP, "64:ff9b::2d63:101", 443)),
		closed("no other kind of ICMP", packet{src: to(client4, 0), dst: to(site4, 0), proto: icmp, kind: 13}),
		closed("no other protocol", packet{src: to(client4, 0), dst: to(site4, 0), proto: 47}),
		closed("not beside the exception", from4(TCP, "192.168.9.50", 8081)),
		closed("not under another's address", packet{src: to(addr("10.99.0.1"), 25000), dst: to(site4, 443), proto: UDP}),
		closed("no private address", from4(UDP, "10.1.2.3", 443)),
		closed("no metadata address", from4(TCP, "169.254.169.254", 80)),
		closed("no multicast", from4(UDP, "239.1.1.1", 443)),
		closed("no broadcast", from4(UDP, "255.255.255.255", 443)),
		closed("no neighbour on the way out", from4(TCP, "45.10.0.9", 443)),
		closed("no neighbour on the LAN", from4(TCP, "192.168.7.9", 80)),
		closed("no public address on the LAN", from4(TCP, "45.20.0.9", 80)),
		closed("no network that is routed inwards", from4(TCP, "45.77.3.3", 80)),
		closed("no other consumer", from4(UDP, other4.String(), 443)),
		closed("no mail", from4(TCP, site4.String(), 25)),
		closed("no port 0", from4(UDP, site4.String(), 0)),
		closed("no amplifier", from4(UDP, site4.String(), 11211)),
		{"what is refused is said", func(w *world) bool {
			w.where(w.tunnel, fresh(w, from4(UDP, "45.78.0.1", 443)))
			return w.told(3)
		}},
		{"what was too long under way is said", func(w *world) bool {
			w.where(w.tunnel, fresh(w, packet{src: to(client4, 40000), dst: to(site4, 443), proto: UDP, ttl: 1}))
			return w.told(11)
		}},
	}
	return append(c, stateful(client4, other4, host4, public4, site4, "45.99.%d.%d")...)
}

func claims6() []claim {
	c := []claim{
		opened("udp goes out", from6(UDP, site6.String(), 443)),
		opened("tcp goes out", from6(TCP, site6.String(), 443)),
		opened("a ping goes out", from6(icmpv6, site6.String(), 0)),
		opened("an exception goes out", from6(TCP, "fd00:9::50", 8080)),
		closed("no other kind of ICMP", packet{src: to(client6, 0), dst: to(site6, 0), proto: icmpv6, kind: 139}),
		closed("not beside the exception", from6(TCP, "fd00:9::50", 8081)),
		closed("not under another's address", packet{src: to(addr("fd99::1"), 25000), dst: to(site6, 443), proto: UDP}),
		closed("not under a link's address", packet{src: to(addr("fe80::9"), 25000), dst: to(site6, 443), proto: UDP}),
		closed("no documentation", from6(UDP, "2001:db8::1", 443)),
		closed("no Teredo", from6(UDP, "2001::1", 443)),
		closed("no unique local address", from6(UDP, "fd99::1", 443)),
		closed("nothing that wraps IPv4", from6(UDP, "::ffff:10.0.0.1", 443)),
		closed("no multicast", from6(UDP, "ff05::fb", 443)),
		closed("no neighbour on the way out", from6(TCP, "2a0e:10::9", 443)),
		closed("no neighbour on the LAN", from6(TCP, "2a0e:20::9", 80)),
		closed("no other consumer", from6(UDP, other6.String(), 443)),
		closed("no private address behind NAT64", from6(TCP, "64:ff9b::a00:1", 80)),
		closed("no neighbour behind NAT64", from6(TCP, "64:ff9b::2d0a:9", 80)),
		closed("no private address behind 6to4", from6(TCP, "2002:a00:1::1", 80)),
		closed("no neighbour behind 6to4", from6(TCP, "2002:2d0a:9::1", 80)),
		closed("no mail", from6(TCP, site6.String(), 25)),
		closed("no amplifier", from6(UDP, site6.String(), 19)),
		{"what is refused is said", func(w *world) bool {
			w.where(w.tunnel, fresh(w, from6(UDP, "2001:db8::1", 443)))
			return w.told(1)
		}},
		{"what is too large is said", func(w *world) bool {
			w.where(w.tunnel, fresh(w, packet{src: to(client6, 40000), dst: to(site6, 443), proto: UDP, size: 1380}))
			return w.told(2)
		}},
		{"what was too long under way is said", func(w *world) bool {
			w.where(w.tunnel, fresh(w, packet{src: to(client6, 40000), dst: to(site6, 443), proto: UDP, ttl: 1}))
			return w.told(3)
		}},
	}
	return append(c, stateful(client6, other6, host6, public6, site6, "2a0e:99::%d:%d")...)
}

// stateful are the claims that are the same for both versions.
func stateful(client, other, host, public, site netip.Addr, many string) []claim {
	udp := func(port, dst uint16) packet { return packet{src: to(client, port), dst: to(site, dst), proto: UDP} }
	errorKind, errorProto := byte(3), icmp
	if client.Is6() {
		errorKind, errorProto = 1, icmpv6
	}
	outside := addr("192.168.7.9")
	if client.Is6() {
		outside = addr("fd00:7::9")
	}
	return []claim{
		{"ports are drawn out of the range", func(w *world) bool {
			drawn := map[uint16]bool{}
			for _, port := range []uint16{22, 53, 5353, 25000, 41641, 51820, 65535} {
				tag := w.send(w.tunnel, udp(port, 4000+w.tag%1000))
				w.settle()
				s, ok := w.up.left(tag)
				if !ok || s.src.Addr() != public || s.src.Port() < 20000 || s.src.Port() > 30000 || s.src.Port() == port {
					return false
				}
				drawn[s.src.Port()] = true
			}
			return len(drawn) >= 6
		}},
		{"an answer comes back", func(w *world) bool { return w.answered(fresh(w, udp(40000, 443)), back) }},
		{"an error comes back", func(w *world) bool {
			return w.answered(fresh(w, udp(40000, 443)), func(s seen, raw []byte) packet {
				return packet{src: to(site, 0), dst: to(public, 0), proto: errorProto, kind: errorKind, about: raw}
			})
		}},
		{"an error goes out", func(w *world) bool {
			p := fresh(w, udp(40000, 443))
			if !w.answered(p, back) || len(w.tunnel.got) == 0 {
				return false
			}
			reply := w.tunnel.got[len(w.tunnel.got)-1].raw
			return w.where(w.tunnel, packet{src: to(client, 0), dst: to(site, 0), proto: errorProto, kind: errorKind, about: reply}) == "up"
		}},
		{"an unanswered flow is one flow", func(w *world) bool {
			p := fresh(w, udp(40000, 443))
			return w.burst(600, func(int) packet { return p }) == 600
		}},
		{"not this host", func(w *world) bool {
			return !w.heard(w.tunnel, packet{src: to(client, 40000), dst: to(host, 7001), proto: UDP}) &&
				!w.heard(w.tunnel, packet{src: to(client, 40000), dst: to(public, 7001), proto: UDP})
		}},
		{"outsiders do not speak as consumers", func(w *world) bool {
			return !w.heard(w.lan, packet{src: to(other, 40000), dst: to(public, 7002), proto: UDP})
		}},
		{"outsiders do not speak with the tunnel's addresses", func(w *world) bool {
			return !w.heard(w.lan, packet{src: to(outside, 40000), dst: to(host, 7003), proto: UDP})
		}},
		{"outsiders do not reach consumers", func(w *world) bool {
			return w.where(w.lan, packet{src: to(outside, 40000), dst: to(client, 7004), proto: UDP}) == "" &&
				w.where(w.lan, packet{src: to(outside, 40000), dst: to(public, forwardedPort), proto: UDP}) == ""
		}},
		{"this host does not speak with consumers", func(w *world) bool { return w.says(client) == "" }},
		{"this host speaks with others", func(w *world) bool { return w.says(site) == "up" }},
		{"this host is no router", func(w *world) bool {
			return w.where(w.up, packet{src: to(site, 40000), dst: to(outside, 7005), proto: UDP}) == ""
		}},
		{"nothing leaves without a translation", func(w *world) bool {
			return w.where(w.tunnel, packet{src: to(client, 25000), dst: to(site, untrackedPort), proto: UDP}) == ""
		}},
		{"nothing leaves from a port of ours, whoever translates", func(w *world) bool {
			return w.where(w.tunnel, packet{src: to(client, 23), dst: to(site, earlyPort), proto: UDP}) == ""
		}},
		{"flows per second are bounded", func(w *world) bool {
			n := w.burst(700, func(i int) packet { return udp(uint16(30000+i), 4433) })
			return n >= 350 && n < 600
		}},
		{"connections per second are bounded", func(w *world) bool {
			n := w.burst(380, func(i int) packet {
				return packet{src: to(second(client), uint16(30000+i)), dst: to(site, 4434), proto: TCP}
			})
			return n >= 180 && n < 330
		}},
		{"one destination is no fan-out", func(w *world) bool {
			n := w.burst(300, func(i int) packet {
				return packet{src: to(third(client), uint16(30000+i)), dst: to(site, 4435), proto: UDP}
			})
			return n == 300
		}},
		{"destinations per second are bounded", func(w *world) bool {
			n := w.burst(350, func(i int) packet {
				dst := addr(fmt.Sprintf(many, 2+i/200, 1+i%200))
				return packet{src: to(fourth(client), uint16(30000+i)), dst: to(dst, 4436), proto: UDP}
			})
			return n >= 130 && n < 280
		}},
	}
}

// Other consumers, whose rates are their own.
func second(a netip.Addr) netip.Addr { return a.Next().Next() }
func third(a netip.Addr) netip.Addr  { return second(a).Next() }
func fourth(a netip.Addr) netip.Addr { return third(a).Next() }

// says sends a datagram from a socket of this host's.
func (w *world) says(dst netip.Addr) string {
	c, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(to(dst, 7006)))
	if err != nil {
		w.t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Write([]byte(magic)); err != nil && !strings.Contains(err.Error(), "not permitted") {
		w.t.Fatal(err)
	}
	w.settle()
	for _, x := range []struct {
		name string
		on   *wire
	}{{"tunnel", w.tunnel}, {"up", w.up}} {
		for _, g := range x.on.got {
			if g.dst == to(dst, 7006) {
				return x.name
			}
		}
	}
	return ""
}

// What other programs' rules do in this world: one forwards a port to a consumer, one
// keeps connections to a port out of conntrack, and one translates before we do.
const (
	forwardedPort = 7777
	untrackedPort = 7778
	earlyPort     = 7779
)

const foreign = `
table inet foreign {
	chain raw {
		type filter hook prerouting priority -310;
		udp dport 7778 notrack
	}
	chain pre {
		type nat hook prerouting priority -100;
		meta nfproto ipv4 iifname "lan0" udp dport 7777 dnat ip to 10.87.0.2
		meta nfproto ipv6 iifname "lan0" udp dport 7777 dnat ip6 to fd77:6865:7272:7900::2
	}
	chain post {
		type nat hook postrouting priority 50;
		oifname "up0" udp dport 7779 masquerade
	}
}
`

// crowded is the claim about open flows, which needs another number.
func crowded() claim {
	return claim{"open flows are bounded", func(w *world) bool {
		for _, a := range []netip.Addr{client4, client6} {
			site := site4
			if a.Is6() {
				site = site6
			}
			n := w.burst(90, func(i int) packet { return packet{src: to(a, uint16(30000+i)), dst: to(site, 4437), proto: UDP} })
			if n < 40 || n > 60 {
				return false
			}
		}
		return true
	}}
}

func few() Policy {
	p := strict()
	p.Rates.Open = 50
	return p
}

// broken tries all claims on a table and returns those that do not hold. One is enough
// when first is set.
func (w *world) broken(p Policy, without string, claims []claim, first bool) []string {
	w.t.Helper()
	if err := Apply(rulesOf(w.t, p).without(without)); err != nil {
		w.t.Fatal(err)
	}
	w.run("conntrack -F")
	var out []string
	for _, c := range claims {
		if !c.ok(w) {
			out = append(out, c.name)
			if first {
				break
			}
		}
	}
	return out
}

func named(version string, all []claim) []claim {
	for i := range all {
		all[i].name += " (" + version + ")"
	}
	return all
}

func newBattery(t *testing.T) (*world, []claim) {
	needs.Program(t, "conntrack")
	w := newWorld(t)
	for _, line := range []string{"net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"} {
		sysctl(t, line, "1")
	}
	w.run("ip link set up0 mtu 1300")
	w.run("ip route add 192.168.9.0/24 dev up0")
	w.run("ip route add 45.78.0.0/16 dev lan0")
	w.load(foreign)
	return w, slices.Concat(named("v4", claims4()), named("v6", claims6()))
}

func TestTableKeepsItsPromises(t *testing.T) {
	w, claims := newBattery(t)
	if bad := w.broken(strict(), "", claims, false); bad != nil {
		t.Errorf("these do not hold:\n\t%s", strings.Join(bad, "\n\t"))
	}
	if bad := w.broken(few(), "", []claim{crowded()}, false); bad != nil {
		t.Error(bad)
	}
}

// Every rule is needed: without any single one of them a promise is broken.
func TestNoRuleIsIdle(t *testing.T) {
	w, claims := newBattery(t)
	for _, name := range rulesOf(t, strict()).Names() {
		bad := w.broken(strict(), name, claims, true)
		if bad == nil {
			bad = w.broken(few(), name, []claim{crowded()}, true)
		}
		if bad == nil {
			t.Errorf("without the rule %s everything still holds", name)
			continue
		}
		t.Logf("without %-22s broken: %s", name, bad[0])
	}
}

// without is the table without one rule.
func (r Ruleset) without(name string) Ruleset {
	r.chains = slices.Clone(r.chains)
	for i := range r.chains {
		r.chains[i].rules = slices.DeleteFunc(slices.Clone(r.chains[i].rules), func(x rule) bool { return x.name == name })
	}
	return r
}
