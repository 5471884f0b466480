package hosttest

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"os"
	"sync"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// Packet is what was heard on a cable, as far as tests ask.
type Packet struct {
	ARP      bool
	Proto    uint8 // IP protocol
	Src, Dst netip.AddrPort
	ICMP     uint8 // type, of ICMP and ICMPv6
	Payload  []byte
}

// String returns the packet on one line.
func (p Packet) String() string {
	if p.ARP {
		return fmt.Sprintf("arp for %s by %s", p.Dst.Addr(), p.Src.Addr())
	}
	name := map[uint8]string{1: "icmp", 6: "tcp", 17: "udp", 58: "icmp6"}[p.Proto]
	if p.Proto == 1 || p.Proto == 58 {
		return fmt.Sprintf("%s type %d %s > %s", name, p.ICMP, p.Src.Addr(), p.Dst.Addr())
	}
	return fmt.Sprintf("%s(%d) %s > %s", name, p.Proto, p.Src, p.Dst)
}

// Capture hears what comes in by an interface, which is what the other end of
// its cable sends.
type Capture struct {
	file *os.File
	mu   sync.Mutex // guards heard
	all  []Packet
	done chan struct{}
}

// Listen begins to hear; it ends with the test.
func (n *NS) Listen(dev string) *Capture {
	n.t.Helper()
	c := &Capture{done: make(chan struct{})}
	n.Do(func() {
		const every = unix.ETH_P_ALL>>8 | unix.ETH_P_ALL<<8&0xff00 // in network order
		fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, every)
		n.must(err)
		c.file = os.NewFile(uintptr(fd), "capture")
		l, err := netlink.LinkByName(dev)
		n.must(err)
		n.must(unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: every, Ifindex: l.Attrs().Index}))
		n.must(unix.SetsockoptInt(fd, unix.SOL_PACKET, unix.PACKET_IGNORE_OUTGOING, 1))
	})
	go c.run()
	n.t.Cleanup(func() { _ = c.file.Close(); <-c.done })
	return c
}

func (c *Capture) run() {
	defer close(c.done)
	buf := make([]byte, 1<<17)
	for {
		n, err := c.file.Read(buf)
		if err != nil {
			return
		}
		if p, ok := decode(buf[:n]); ok {
			c.mu.Lock()
			c.all = append(c.all, p)
			c.mu.Unlock()
		}
	}
}

// Heard returns what was heard so far that match accepts; nil accepts all.
func (c *Capture) Heard(match func(Packet) bool) (out []Packet) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.all {
		if match == nil || match(p) {
			out = append(out, p)
		}
	}
	return out
}

// Forget drops what was heard so far.
func (c *Capture) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = nil
}

// Await waits until something that match accepts was heard, at most for d, and
// returns it.
func (c *Capture) Await(d time.Duration, match func(Packet) bool) []Packet {
	for end := time.Now().Add(d); ; time.Sleep(time.Millisecond) {
		if out := c.Heard(match); len(out) > 0 || time.Now().After(end) {
			return out
		}
	}
}

func decode(b []byte) (p Packet, ok bool) {
	if len(b) < 14 {
		return p, false
	}
	kind, b := binary.BigEndian.Uint16(b[12:]), b[14:]
	if kind == unix.ETH_P_ARP && len(b) >= 28 {
		src, _ := netip.AddrFromSlice(b[14:18])
		dst, _ := netip.AddrFromSlice(b[24:28])
		return Packet{ARP: true, Src: netip.AddrPortFrom(src, 0), Dst: netip.AddrPortFrom(dst, 0)}, true
	}
	if kind != unix.ETH_P_IP && kind != unix.ETH_P_IPV6 {
		return p, false
	}
	return Decode(b)
}

// Decode reads a packet that begins with its IP header, such as one out of a TUN.
func Decode(b []byte) (p Packet, ok bool) {
	var src, dst netip.Addr
	switch {
	case len(b) >= 20 && b[0]>>4 == 4 && len(b) >= int(b[0]&15)*4:
		p.Proto = b[9]
		src, _ = netip.AddrFromSlice(b[12:16])
		dst, _ = netip.AddrFromSlice(b[16:20])
		b = b[int(b[0]&15)*4:]
	case len(b) >= 40 && b[0]>>4 == 6:
		p.Proto = b[6]
		src, _ = netip.AddrFromSlice(b[8:24])
		dst, _ = netip.AddrFromSlice(b[24:40])
		b = b[40:]
		if p.Proto == 0 && len(b) >= 8 { // hop-by-hop options, of multicast listener reports
			p.Proto, b = b[0], b[8:]
		}
	default:
		return p, false
	}
	var from, to uint16
	if (p.Proto == 6 || p.Proto == 17) && len(b) >= 8 {
		from, to = binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
	}
	if p.Proto == 17 && len(b) >= 8 {
		p.Payload = append([]byte(nil), b[8:]...)
	}
	if (p.Proto == 1 || p.Proto == 58) && len(b) >= 1 {
		p.ICMP = b[0]
	}
	p.Src, p.Dst = netip.AddrPortFrom(src, from), netip.AddrPortFrom(dst, to)
	return p, true
}
