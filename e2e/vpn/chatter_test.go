package vpn

import (
	"context"
	"encoding/binary"
	"net"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry/e2e/lab"
)

// chatter is what programs on a computer say that know nothing of a tunnel, in
// every way that has leaked out of somebody's VPN: pages, names, names on the LAN,
// pings, over both versions of IP, again and again.
type chatter struct {
	h    *lab.Host
	stop context.CancelFunc
	done sync.WaitGroup
}

// saidEvery is how often each kind is said.
const saidEvery = 20 * time.Millisecond

// kinds of what is said, by what the eyes see of it.
var kinds = map[string]func(lab.Packet) bool{
	"udp over IPv4":     func(p lab.Packet) bool { return p.UDP() && p.Dst == netip.AddrPortFrom(lab.Web4, 4000) },
	"udp over IPv6":     func(p lab.Packet) bool { return p.UDP() && p.Dst == netip.AddrPortFrom(lab.Web6, 4000) },
	"tcp over IPv4":     func(p lab.Packet) bool { return p.SYN && p.Dst.Addr() == lab.Web4 },
	"tcp over IPv6":     func(p lab.Packet) bool { return p.SYN && p.Dst.Addr() == lab.Web6 },
	"names of the LAN":  func(p lab.Packet) bool { return p.UDP() && p.Dst == netip.AddrPortFrom(lab.Router4, 53) },
	"names far away":    func(p lab.Packet) bool { return p.UDP() && p.Dst == netip.AddrPortFrom(lab.Names4, 53) },
	"names over TLS":    func(p lab.Packet) bool { return p.SYN && p.Dst == netip.AddrPortFrom(lab.Names4, 853) },
	"mDNS":              func(p lab.Packet) bool { return p.UDP() && p.Dst.Port() == 5353 },
	"LLMNR":             func(p lab.Packet) bool { return p.UDP() && p.Dst.Port() == 5355 },
	"ping over IPv4":    func(p lab.Packet) bool { return p.ICMP() && p.Type == 8 && p.Dst.Addr() == lab.Web4 },
	"ping over IPv6":    func(p lab.Packet) bool { return p.ICMP() && p.Type == 128 && p.Dst.Addr() == lab.Web6 },
	"the LAN's printer": func(p lab.Packet) bool { return p.UDP() && p.Dst == netip.AddrPortFrom(lab.Attacker4, 631) },
}

// talk begins to chatter on a host, until the test ends or quiet is called.
func talk(t *testing.T, h *lab.Host) *chatter {
	ctx, cancel := context.WithCancel(t.Context())
	c := &chatter{h: h, stop: cancel}
	t.Cleanup(c.quiet)
	for _, to := range []string{
		"11.2.0.80:4000", "192.168.10.1:53", "11.2.0.53:53", "224.0.0.251:5353", "224.0.0.252:5355", "192.168.10.66:631",
	} {
		c.every(ctx, c.datagrams("udp4", to))
	}
	for _, to := range []string{"[2a0d:2::80]:4000", "[ff02::fb%eth0]:5353", "[ff02::1:3%eth0]:5355"} {
		c.every(ctx, c.datagrams("udp6", to))
	}
	for _, to := range []string{"11.2.0.80:4001", "[2a0d:2::80]:4001", "11.2.0.53:853"} {
		at := netip.MustParseAddrPort(to)
		c.every(ctx, func() {
			dialling, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
			defer cancel()
			if conn, err := h.Dial(dialling, "tcp", at); err == nil {
				_ = conn.Close()
			}
		})
	}
	c.every(ctx, c.pings("ip4:icmp", 8, lab.Web4))
	c.every(ctx, c.pings("ip6:ipv6-icmp", 128, lab.Web6))
	return c
}

// quiet ends it.
func (c *chatter) quiet() {
	c.stop()
	c.done.Wait()
}

func (c *chatter) every(ctx context.Context, say func()) {
	c.done.Go(func() {
		tick := time.NewTicker(saidEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				say()
			case <-ctx.Done():
				return
			}
		}
	})
}

// datagrams says something by a socket that is opened anew when it fails, as
// programs do.
func (c *chatter) datagrams(network, to string) func() {
	var conn net.Conn
	return func() {
		if conn == nil {
			_ = c.h.Do(func() (err error) {
				conn, err = net.Dial(network, to)
				return err
			})
		}
		if conn == nil {
			return
		}
		_ = conn.SetDeadline(time.Now().Add(saidEvery))
		if _, err := conn.Write([]byte("chatter")); err != nil {
			_ = conn.Close()
			conn = nil
		}
	}
}

func (c *chatter) pings(network string, kind byte, to netip.Addr) func() {
	var conn net.PacketConn
	n := uint16(0)
	return func() {
		if conn == nil {
			_ = c.h.Do(func() (err error) {
				conn, err = new(net.ListenConfig).ListenPacket(context.Background(), network, "")
				return err
			})
		}
		if conn == nil {
			return
		}
		n++
		b := []byte{kind, 0, 0, 0, 0, 7, byte(n >> 8), byte(n)}
		if kind == 8 { // the kernel sums ICMPv6
			sum := uint32(0)
			for i := 0; i < len(b); i += 2 {
				sum += uint32(binary.BigEndian.Uint16(b[i:]))
			}
			sum = sum>>16 + sum&0xffff
			binary.BigEndian.PutUint16(b[2:], ^uint16(sum))
		}
		_ = conn.SetDeadline(time.Now().Add(saidEvery))
		if _, err := conn.WriteTo(b, &net.IPAddr{IP: to.AsSlice()}); err != nil {
			_ = conn.Close()
			conn = nil
		}
	}
}

// control lets a host chatter with nothing that holds it, and returns how much the
// eyes saw. Each kind must be among it: what they cannot see proves nothing.
func control(t *testing.T, h *lab.Host, eyes *lab.Capture) int {
	t.Helper()
	eyes.Reset()
	c := talk(t, h)
	unseen := func() bool {
		for _, is := range kinds {
			if eyes.Count(is) == 0 {
				return true
			}
		}
		return false
	}
	for range 100 { // a busy machine says little in half a second
		time.Sleep(500 * time.Millisecond)
		if !unseen() {
			break
		}
	}
	c.quiet()
	for name, is := range kinds {
		if eyes.Count(is) == 0 {
			t.Errorf("control: %s is not seen where nothing holds it", name)
		}
	}
	return len(outside(eyes))
}

// The detector detects, before anything is concluded from its silence.
func TestEveryKindOfChatterIsSeen(t *testing.T) {
	h := lab.New(t).NewHome()
	if n := control(t, h.Consumer, h.Router.Capture(lab.Side)); n < 100 {
		t.Errorf("only %d packets were seen", n)
	}
}
