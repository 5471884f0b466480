package wireguard

import (
	"encoding/binary"
	"net/netip"

	"github.com/tailscale/wireguard-go/tun"
)

// The few header fields that the device looks at. Offsets are those of RFC 791,
// RFC 8200 and RFC 9293.
const (
	protoTCP    = 6
	protoUDP    = 17
	protoICMPv4 = 1
	protoICMPv6 = 58

	protoFragment     = 44
	fragmentHeaderLen = 8

	ipv4HeaderLen = 20
	ipv6HeaderLen = 40
	tcpHeaderLen  = 20
	udpHeaderLen  = 8

	flagFIN = 1
	flagSYN = 2
	flagRST = 4
	flagPSH = 8
	flagACK = 16
)

// packet is an inner packet and what was read of its headers.
type packet struct {
	raw      []byte
	src, dst netip.AddrPort // ports are 0 unless hasPorts
	proto    byte
	ipLen    int    // length of the network header, with an IPv6 fragment's extension but no other
	hasPorts bool   // TCP or UDP, and not a later fragment
	whole    bool   // not a fragment at all
	later    bool   // a fragment, and not the first
	id       uint32 // of a fragment
}

// parse reads the headers of an inner packet. It reports false for what is no
// IPv4 or IPv6 packet, or is shorter than it says.
func parse(raw []byte) (p packet, ok bool) { return parseAs(raw, false) }

// parseAs is parse, or, with quote, the same for the beginning of a packet.
func parseAs(raw []byte, quote bool) (p packet, ok bool) {
	if len(raw) == 0 {
		return p, false
	}
	p.raw = raw
	var total int
	switch raw[0] >> 4 {
	case 4:
		if len(raw) < ipv4HeaderLen {
			return p, false
		}
		p.ipLen = int(raw[0]&15) * 4
		total = int(binary.BigEndian.Uint16(raw[2:]))
		p.proto = raw[9]
		place := binary.BigEndian.Uint16(raw[6:])
		p.whole, p.later = place&0x3fff == 0, place&0x1fff != 0
		p.id = uint32(binary.BigEndian.Uint16(raw[4:]))
	case 6:
		if len(raw) < ipv6HeaderLen {
			return p, false
		}
		p.ipLen = ipv6HeaderLen
		total = ipv6HeaderLen + int(binary.BigEndian.Uint16(raw[4:]))
		p.proto, p.whole = raw[6], true
		if p.proto == protoFragment && len(raw) >= ipv6HeaderLen+fragmentHeaderLen {
			f := raw[ipv6HeaderLen:]
			p.ipLen += fragmentHeaderLen
			p.proto, p.whole, p.later = f[0], false, binary.BigEndian.Uint16(f[2:])>>3 != 0
			p.id = binary.BigEndian.Uint32(f[4:])
		}
	default:
		return p, false
	}
	if quote {
		total = min(total, len(raw))
	}
	if p.ipLen < ipv4HeaderLen || total < p.ipLen || total > len(raw) {
		return p, false
	}
	p.raw = raw[:total]
	src, dst := route(raw)
	p.src, p.dst = netip.AddrPortFrom(src, 0), netip.AddrPortFrom(dst, 0)
	// With an IPv6 extension header of another kind, proto is neither TCP nor UDP.
	least := udpHeaderLen
	if p.proto == protoTCP && !quote {
		least = tcpHeaderLen
	}
	if !p.later && (p.proto == protoTCP || p.proto == protoUDP) && total >= p.ipLen+least {
		p.hasPorts = true
		p.src = netip.AddrPortFrom(src, binary.BigEndian.Uint16(raw[p.ipLen:]))
		p.dst = netip.AddrPortFrom(dst, binary.BigEndian.Uint16(raw[p.ipLen+2:]))
	}
	return p, true
}

// sameFlow reports whether b goes the same way as a, which is a packet: same
// protocol, addresses and ports, and neither is anything but plain TCP or UDP in the
// middle of a conversation.
func sameFlow(a, b []byte) bool {
	if len(a) < ipv4HeaderLen+udpHeaderLen || len(b) < ipv4HeaderLen+udpHeaderLen || a[0]>>4 != b[0]>>4 {
		return false
	}
	var at int
	var proto byte
	switch a[0] >> 4 {
	case 4: // without options, not fragments
		if a[0] != 0x45 || b[0] != 0x45 || a[9] != b[9] || string(a[12:24]) != string(b[12:24]) ||
			(a[6]|b[6])&0x3f != 0 || a[7]|b[7] != 0 || int(binary.BigEndian.Uint16(b[2:])) != len(b) {
			return false
		}
		at, proto = ipv4HeaderLen, a[9]
	case 6:
		if len(a) < ipv6HeaderLen+udpHeaderLen || len(b) < ipv6HeaderLen+udpHeaderLen ||
			a[6] != b[6] || string(a[8:44]) != string(b[8:44]) || ipv6HeaderLen+int(binary.BigEndian.Uint16(b[4:])) != len(b) {
			return false
		}
		at, proto = ipv6HeaderLen, a[6]
	}
	switch proto {
	case protoUDP:
		return true
	case protoTCP:
		return len(a) >= at+tcpHeaderLen && len(b) >= at+tcpHeaderLen && (a[at+13]|b[at+13])&(flagSYN|flagRST) == 0
	}
	return false
}

// route returns the addresses of an inner packet, of which the whole IP header is
// there.
func route(ip []byte) (src, dst netip.Addr) {
	if ip[0]>>4 == 4 {
		return netip.AddrFrom4([4]byte(ip[12:16])), netip.AddrFrom4([4]byte(ip[16:20]))
	}
	return netip.AddrFrom16([16]byte(ip[8:24])), netip.AddrFrom16([16]byte(ip[24:40]))
}

// setIPv4Checksum writes the header checksum of an IPv4 packet.
func setIPv4Checksum(ip []byte) {
	ip[10], ip[11] = 0, 0
	binary.BigEndian.PutUint16(ip[10:], ^tun.Checksum(ip[:int(ip[0]&15)*4], 0))
}

// setTCPChecksum writes the checksum of the TCP segment behind an IP header of
// ipLen bytes.
func setTCPChecksum(raw []byte, ipLen int) {
	src, dst := raw[12:16], raw[16:20]
	if raw[0]>>4 == 6 {
		src, dst = raw[8:24], raw[24:40]
	}
	segment := raw[ipLen:]
	segment[16], segment[17] = 0, 0
	sum := tun.PseudoHeaderChecksum(protoTCP, src, dst, uint16(len(segment)))
	binary.BigEndian.PutUint16(segment[16:], ^tun.Checksum(segment, sum))
}
