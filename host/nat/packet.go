package nat

import (
	"encoding/binary"
	"net/netip"
)

// A packet that the self-test sends. Its tag comes back in what leaves: forwarding
// keeps the identification of an IPv4 packet and the flow label of an IPv6 one.
type packet struct {
	src, dst netip.AddrPort // the ports of ICMP are nothing
	proto    Proto
	tag      uint16
	kind     byte   // ICMP: the type; 0 is an echo request
	ttl      byte   // 0 means 64
	about    []byte // ICMP errors: the packet that they are about
	size     int    // of what is behind the transport header, at least
}

// magic is what follows the transport header: nobody else's packets have it.
const magic = "wherry exit self-test"

// bytes makes the packet, with right checksums.
func (p packet) bytes() []byte {
	var body []byte
	switch p.proto {
	case TCP:
		body = make([]byte, 20)
		binary.BigEndian.PutUint32(body[4:], uint32(p.tag))
		body[12], body[13] = 5<<4, 0x02 // SYN
		binary.BigEndian.PutUint16(body[14:], 0xffff)
	case UDP:
		body = make([]byte, 8)
		binary.BigEndian.PutUint16(body[4:], uint16(8+max(p.size, len(magic))))
	case icmp, icmpv6:
		body = []byte{8, 0, 0, 0, 0, 0, 0, 1}
		if p.proto == icmpv6 {
			body[0] = 128
		}
		if p.kind != 0 {
			body[0] = p.kind
		}
		binary.BigEndian.PutUint16(body[4:], p.tag)
		if p.about != nil {
			binary.BigEndian.PutUint32(body[4:], 0)
			body = append(body, p.about...)
		}
	default:
		body = make([]byte, 8)
	}
	if p.proto == TCP || p.proto == UDP {
		binary.BigEndian.PutUint16(body, p.src.Port())
		binary.BigEndian.PutUint16(body[2:], p.dst.Port())
	}
	body = append(body, make([]byte, max(0, p.size-len(magic)))...)
	body = append(body, magic...)
	if p.ttl == 0 {
		p.ttl = 64
	}
	src, dst := p.src.Addr().AsSlice(), p.dst.Addr().AsSlice()
	pseudo := sum(sum(0, src), dst) + uint32(len(body)) + uint32(p.proto)
	at := map[Proto]int{TCP: 16, UDP: 6, icmp: 2, icmpv6: 2}[p.proto]
	if p.proto == icmp {
		pseudo = 0
	}
	if at > 0 {
		binary.BigEndian.PutUint16(body[at:], fold(sum(pseudo, body)))
	}
	if p.dst.Addr().Is4() {
		return append(p.header4(src, dst, len(body)), body...)
	}
	head := make([]byte, 8, 40+len(body))
	head[0] = 6 << 4
	binary.BigEndian.PutUint16(head[2:], p.tag)
	binary.BigEndian.PutUint16(head[4:], uint16(len(body)))
	head[6], head[7] = byte(p.proto), p.ttl
	return append(append(append(head, src...), dst...), body...)
}

func (p packet) header4(src, dst []byte, n int) []byte {
	head := make([]byte, 12, 20+n)
	head[0] = 4<<4 | 5
	binary.BigEndian.PutUint16(head[2:], uint16(20+n))
	binary.BigEndian.PutUint16(head[4:], p.tag)
	head[6] = 0x40 // do not fragment
	head[8], head[9] = p.ttl, byte(p.proto)
	head = append(append(head, src...), dst...)
	binary.BigEndian.PutUint16(head[10:], fold(sum(0, head)))
	return head
}

// sum and fold are the internet checksum (RFC 1071).
func sum(s uint32, b []byte) uint32 {
	for ; len(b) > 1; b = b[2:] {
		s += uint32(b[0])<<8 | uint32(b[1])
	}
	if len(b) == 1 {
		s += uint32(b[0]) << 8
	}
	return s
}

func fold(s uint32) uint16 {
	for s > 0xffff {
		s = s>>16 + s&0xffff
	}
	return ^uint16(s)
}

// seen is what can be read off a packet that was caught.
type seen struct {
	src, dst netip.AddrPort
	proto    Proto
	tag      uint16
	kind     byte // ICMP: the type
}

// read reads a packet of ours, or reports that it is none.
func read(b []byte) (seen, bool) {
	var s seen
	var rest []byte
	switch {
	case len(b) >= 20 && b[0]>>4 == 4:
		n := int(b[0]&15) * 4
		if n < 20 || len(b) < n {
			return s, false
		}
		s.tag, s.proto = binary.BigEndian.Uint16(b[4:]), Proto(b[9])
		s.src = netip.AddrPortFrom(netip.AddrFrom4([4]byte(b[12:16])), 0)
		s.dst = netip.AddrPortFrom(netip.AddrFrom4([4]byte(b[16:20])), 0)
		rest = b[n:]
	case len(b) >= 40 && b[0]>>4 == 6:
		s.tag, s.proto = binary.BigEndian.Uint16(b[2:]), Proto(b[6])
		s.src = netip.AddrPortFrom(netip.AddrFrom16([16]byte(b[8:24])), 0)
		s.dst = netip.AddrPortFrom(netip.AddrFrom16([16]byte(b[24:40])), 0)
		rest = b[40:]
	default:
		return s, false
	}
	if len(rest) < 4 {
		return s, true
	}
	switch s.proto {
	case TCP, UDP:
		s.src = netip.AddrPortFrom(s.src.Addr(), binary.BigEndian.Uint16(rest))
		s.dst = netip.AddrPortFrom(s.dst.Addr(), binary.BigEndian.Uint16(rest[2:]))
	case icmp, icmpv6:
		s.kind = rest[0]
	}
	return s, true
}
