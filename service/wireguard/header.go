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
	ipLen    int  // length of the network header, extension headers not included
	hasPorts bool // TCP or UDP, and not a later fragment
	whole    bool // not a fragment at all
}

// parse reads the headers of an inner packet. It reports false for what is no
// IPv4 or IPv6 packet, or is shorter than it says.
func parse(raw []byte) (p packet, ok bool) {
	if len(raw) == 0 {
		return p, false
	}
	p.raw = raw
	switch raw[0] >> 4 {
	case 4:
		if len(raw) < ipv4HeaderLen {
			return p, false
		}
		p.ipLen = int(raw[0]&15) * 4
		total := int(binary.BigEndian.Uint16(raw[2:]))
		if p.ipLen < ipv4HeaderLen || total < p.ipLen || total > len(raw) {
			return p, false
		}
		p.raw = raw[:total]
		p.proto = raw[9]
		fragment := binary.BigEndian.Uint16(raw[6:])
		p.whole = fragment&0x3fff == 0
		p.hasPorts = fragment&0x1fff == 0
		p.src = netip.AddrPortFrom(netip.AddrFrom4([4]byte(raw[12:16])), 0)
		p.dst = netip.AddrPortFrom(netip.AddrFrom4([4]byte(raw[16:20])), 0)
	case 6:
		if len(raw) < ipv6HeaderLen {
			return p, false
		}
		p.ipLen = ipv6HeaderLen
		total := ipv6HeaderLen + int(binary.BigEndian.Uint16(raw[4:]))
		if total > len(raw) {
			return p, false
		}
		p.raw = raw[:total]
		p.proto = raw[6]
		p.whole, p.hasPorts = true, true // with an extension header, proto is neither TCP nor UDP
		p.src = netip.AddrPortFrom(netip.AddrFrom16([16]byte(raw[8:24])), 0)
		p.dst = netip.AddrPortFrom(netip.AddrFrom16([16]byte(raw[24:40])), 0)
	default:
		return p, false
	}
	if p.hasPorts {
		p.hasPorts = p.proto == protoTCP && len(p.raw) >= p.ipLen+tcpHeaderLen ||
			p.proto == protoUDP && len(p.raw) >= p.ipLen+udpHeaderLen
	}
	if p.hasPorts {
		p.src = netip.AddrPortFrom(p.src.Addr(), binary.BigEndian.Uint16(p.raw[p.ipLen:]))
		p.dst = netip.AddrPortFrom(p.dst.Addr(), binary.BigEndian.Uint16(p.raw[p.ipLen+2:]))
	}
	return p, true
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
