package exit

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/nat"
)

// Sender is whose packets the exit's test pretends to send: inner addresses that no
// consumer has yet. What the exit does not carry need not get through.
type Sender struct {
	Addr4, Addr6   netip.Addr
	Other4, Other6 netip.Addr // of another consumer
	V4, V6         bool       // what the exit carries
}

// SenderIn returns the last addresses of the networks inside a tunnel.
func SenderIn(inner []netip.Prefix) Sender {
	var s Sender
	for _, p := range inner {
		end := lastOf(p)
		if end.Is4() {
			s.Addr4, s.Other4 = end.Prev(), end.Prev().Prev() // the very last is the broadcast address
		} else {
			s.Addr6, s.Other6 = end.Prev(), end.Prev().Prev()
		}
	}
	return s
}

// lastOf returns the highest address of a network.
func lastOf(n netip.Prefix) netip.Addr {
	b := n.Masked().Addr().AsSlice()
	for i := n.Bits(); i < len(b)*8; i++ {
		b[i/8] |= 0x80 >> (i % 8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// Places that everybody may reach, and that show that a test sees what passes.
var (
	open4 = netip.MustParseAddr("9.9.9.9")
	open6 = netip.MustParseAddr("2620:fe::fe")
)

// wrapped are IPv6 addresses that mean something else in disguise.
var wrapped = []netip.Addr{
	netip.MustParseAddr("::1"), netip.MustParseAddr("::10.0.0.1"), netip.MustParseAddr("::ffff:10.0.0.1"), netip.MustParseAddr("::ffff:127.0.0.1"),
	netip.MustParseAddr("64:ff9b::10.0.0.1"), netip.MustParseAddr("64:ff9b::169.254.169.254"), netip.MustParseAddr("64:ff9b:1::1"),
	netip.MustParseAddr("2002:a00:1::1"), netip.MustParseAddr("2002:c0a8:101::1"), netip.MustParseAddr("100::1"),
	netip.MustParseAddr("fc00::1"), netip.MustParseAddr("fd00::1"), netip.MustParseAddr("fe80::1"), netip.MustParseAddr("fec0::1"),
	netip.MustParseAddr("ff02::1"), netip.MustParseAddr("ff05::fb"), netip.MustParseAddr("4000::1"), netip.MustParseAddr("fd00:ec2::254"),
}

// Probes is what an exit tries on itself before it sells: packets to the edges of
// everything that the policy closes and to local, this host's neighbourhood, which must
// not pass, and some that must. The same list goes through the Dialer and through the
// kernel.
func (p Policy) Probes(from Sender, local []netip.Prefix) []nat.Probe {
	l := prober{policy: &p, from: from}
	for _, n := range slices.Concat(refused4, refused6) {
		l.edges("address that is not public", n)
	}
	for _, a := range wrapped {
		l.refuse("address in disguise", nat.TCP, netip.AddrPortFrom(a, 80))
	}
	l.refuse("metadata service", nat.TCP, netip.MustParseAddrPort("169.254.169.254:80"))
	for _, n := range slices.Concat(local, p.Deny) {
		l.edges("neighbour", n)
		if n.Addr().Is4() { // the same in other words
			b := n.Addr().As4()
			l.refuse("neighbour in disguise", nat.TCP, netip.AddrPortFrom(embed(nat64, nat64At, b), 80))
			l.refuse("neighbour in disguise", nat.TCP, netip.AddrPortFrom(embed(sixTo4, sixTo4At, b), 80))
		}
	}
	l.refuse("another consumer", nat.UDP, netip.AddrPortFrom(from.Other4, 443))
	l.refuse("another consumer", nat.UDP, netip.AddrPortFrom(from.Other6, 443))
	tcp, udp := p.ports()
	for proto, list := range map[nat.Proto][]nat.Ports{nat.TCP: tcp, nat.UDP: udp} {
		for _, r := range list {
			for _, port := range []uint16{r.First, r.Last} {
				l.refuse("closed port", proto, netip.AddrPortFrom(open4, port))
				l.refuse("closed port", proto, netip.AddrPortFrom(open6, port))
			}
		}
	}
	for _, proto := range []nat.Proto{nat.TCP, nat.UDP} {
		if from.V4 {
			l.add("the internet", proto, netip.AddrPortFrom(open4, 443), true)
		}
		if from.V6 {
			l.add("the internet", proto, netip.AddrPortFrom(open6, 443), true)
		}
	}
	return l.out
}

// embed puts an IPv4 address into an IPv6 one.
func embed(n netip.Prefix, at int, four [4]byte) netip.Addr {
	b := n.Addr().As16()
	copy(b[at:], four[:])
	return netip.AddrFrom16(b)
}

// prober collects probes, each once.
type prober struct {
	policy *Policy
	from   Sender
	out    []nat.Probe
	have   map[string]bool
}

func (l *prober) refuse(what string, proto nat.Proto, to netip.AddrPort) {
	l.add(what, proto, to, false)
}

func (l *prober) add(what string, proto nat.Proto, to netip.AddrPort, pass bool) {
	name := map[nat.Proto]string{nat.TCP: "TCP", nat.UDP: "UDP"}[proto]
	name = fmt.Sprintf("%s: %s to %s", what, name, to)
	from := l.from.Addr4
	if to.Addr().Is6() {
		from = l.from.Addr6
	}
	if slices.Contains(l.policy.Allow, to) || l.have[name] || !from.IsValid() {
		return
	}
	if l.have == nil {
		l.have = map[string]bool{}
	}
	l.have[name] = true
	l.out = append(l.out, nat.Probe{Name: name, From: from, To: to, Proto: proto, Pass: pass})
}

// edges adds the first and the last address of a network, and the one behind the first:
// a router's, often.
func (l *prober) edges(what string, n netip.Prefix) {
	first := n.Masked().Addr()
	for _, a := range []netip.Addr{first, first.Next(), lastOf(n)} {
		if a.IsValid() && n.Contains(a) {
			l.refuse(what, nat.TCP, netip.AddrPortFrom(a, 80))
			l.refuse(what, nat.UDP, netip.AddrPortFrom(a, 53))
		}
	}
}

// errWouldConnect ends a connection that is only tried.
var errWouldConnect = errors.New("it would have connected")

// Try sends probes through everything that a consumer's connection passes, up to the
// moment in which the system would connect.
func (d *Dialer) Try(ctx context.Context, probes []nat.Probe) []nat.Result {
	out := make([]nat.Result, len(probes))
	for i, p := range probes {
		network := map[nat.Proto]string{nat.TCP: "tcp", nat.UDP: "udp"}[p.Proto]
		control := d.control(network)
		_, err := d.dial(ctx, network, p.To, func(ctx context.Context, network, address string, c syscall.RawConn) error {
			if err := control(ctx, network, address, c); err != nil {
				return err
			}
			return errWouldConnect
		})
		out[i] = nat.Result{Probe: p, Passed: errors.Is(err, errWouldConnect)}
		if out[i].Passed {
			out[i].Where = "connect"
		}
	}
	return out
}

// dial checks the policy, chooses a source and connects.
func (d *Dialer) dial(
	ctx context.Context, network string, to netip.AddrPort, control func(context.Context, string, string, syscall.RawConn) error,
) (net.Conn, error) {
	if err := d.Check(network, to); err != nil {
		return nil, err
	}
	local, err := d.local(network, to)
	if err != nil {
		return nil, err
	}
	dialer := net.Dialer{LocalAddr: local, KeepAlive: keepAlive, ControlContext: control}
	return dialer.DialContext(ctx, network, to.String())
}

// ErrUnsafe is what is wrong with an exit that lets something through that it should
// not.
var ErrUnsafe = errors.New("the exit is not safe")

// Verdict says what a test has found: nil, or an error that names the first probe that
// passed (Conflict, ErrUnsafe), or the first that did not and should have (Unreachable).
func Verdict(all []nat.Result) error {
	for _, r := range all {
		if r.Bad() && r.Passed {
			return wherry.Errorf(wherry.Conflict, "%w, nothing is sold: %s got through (%s)", ErrUnsafe, r.Name, r.Where)
		}
	}
	for _, r := range all {
		if r.Bad() {
			return wherry.Errorf(wherry.Unreachable, "the exit lets nothing out: %s did not get through; another firewall on this host may forbid forwarding", r.Name)
		}
	}
	return nil
}
