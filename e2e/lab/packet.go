package lab

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"time"
)

// Packet is what a captured frame means. Fields that a frame does not have are
// zero.
type Packet struct {
	At       time.Time
	From     [6]byte // MAC
	Ether    uint16  // type of the frame: 0x0800, 0x86dd, 0x0806 …
	Protocol uint8   // of IP: 1, 6, 17, 58 …
	Src, Dst netip.AddrPort
	SYN      bool   // of TCP, without ACK
	Type     uint8  // of ICMP
	Payload  []byte // of UDP, TCP or ICMP, what was captured of it
	Length   int    // of the frame
	Frame    []byte // as it was captured, cut to the length that is kept
}

const (
	etherIPv4 = 0x0800
	etherARP  = 0x0806
	etherIPv6 = 0x86dd

	protoICMP   = 1
	protoTCP    = 6
	protoUDP    = 17
	protoICMPv6 = 58
)

// parse reads an Ethernet frame. What it does not know it leaves zero: a frame
// that nobody understands still counts.
func parse(b []byte) Packet {
	p := Packet{Length: len(b), Frame: b}
	if len(b) < 14 {
		return p
	}
	copy(p.From[:], b[6:12])
	p.Ether = binary.BigEndian.Uint16(b[12:])
	b = b[14:]
	switch {
	case p.Ether == etherIPv4 && len(b) >= 20:
		head := int(b[0]&15) * 4
		if head < 20 || len(b) < head {
			return p
		}
		p.Protocol = b[9]
		src, dst := netip.AddrFrom4([4]byte(b[12:16])), netip.AddrFrom4([4]byte(b[16:20]))
		p.Src, p.Dst = netip.AddrPortFrom(src, 0), netip.AddrPortFrom(dst, 0)
		if binary.BigEndian.Uint16(b[6:])&0x1fff == 0 { // the first fragment
			p.transport(b[head:])
		}
	case p.Ether == etherIPv6 && len(b) >= 40:
		p.Protocol = b[6]
		src, dst := netip.AddrFrom16([16]byte(b[8:24])), netip.AddrFrom16([16]byte(b[24:40]))
		p.Src, p.Dst = netip.AddrPortFrom(src, 0), netip.AddrPortFrom(dst, 0)
		b = b[40:]
		for p.Protocol == 0 && len(b) >= 8 { // hop-by-hop options, as MLD has them
			n := int(b[1])*8 + 8
			if len(b) < n {
				return p
			}
			p.Protocol, b = b[0], b[n:]
		}
		p.transport(b)
	}
	return p
}

func (p *Packet) transport(b []byte) {
	ports := func() {
		p.Src = netip.AddrPortFrom(p.Src.Addr(), binary.BigEndian.Uint16(b))
		p.Dst = netip.AddrPortFrom(p.Dst.Addr(), binary.BigEndian.Uint16(b[2:]))
	}
	switch {
	case p.Protocol == protoUDP && len(b) >= 8:
		ports()
		p.Payload = b[8:]
	case p.Protocol == protoTCP && len(b) >= 20:
		ports()
		p.SYN = b[13]&0x12 == 0x02
		if n := int(b[12]>>4) * 4; n <= len(b) {
			p.Payload = b[n:]
		}
	case (p.Protocol == protoICMP || p.Protocol == protoICMPv6) && len(b) >= 4:
		p.Type = b[0]
		p.Payload = b[4:]
	}
}

// Neighbourly reports whether the packet only keeps a cable working: ARP and
// IPv6's neighbour discovery, which name no destination beyond the cable.
func (p Packet) Neighbourly() bool {
	return p.Ether == etherARP || p.Protocol == protoICMPv6 && p.Type >= 133 && p.Type <= 136
}

// UDP, TCP and ICMP report what the packet carries.
func (p Packet) UDP() bool { return p.Protocol == protoUDP }

// TCP reports whether the packet is TCP.
func (p Packet) TCP() bool { return p.Protocol == protoTCP }

// ICMP reports whether the packet is ICMP, of either version.
func (p Packet) ICMP() bool { return p.Protocol == protoICMP || p.Protocol == protoICMPv6 }

func (p Packet) String() string {
	switch {
	case p.Ether == etherARP:
		return "arp"
	case p.UDP():
		return fmt.Sprintf("udp %s > %s, %d bytes", p.Src, p.Dst, p.Length)
	case p.TCP():
		return fmt.Sprintf("tcp %s > %s, %d bytes, syn %v", p.Src, p.Dst, p.Length, p.SYN)
	case p.ICMP():
		return fmt.Sprintf("icmp %s > %s, type %d, %d bytes", p.Src.Addr(), p.Dst.Addr(), p.Type, p.Length)
	case p.Dst.IsValid() || p.Dst.Addr().IsValid():
		return fmt.Sprintf("ip protocol %d, %s > %s, %d bytes", p.Protocol, p.Src.Addr(), p.Dst.Addr(), p.Length)
	}
	return fmt.Sprintf("ether type %#04x, %d bytes", p.Ether, p.Length)
}
