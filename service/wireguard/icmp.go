package wireguard

import "encoding/binary"

// icmpKind is what an ICMP message is to us, of either version. What has no kind
// (redirects, router advertisements and others that only neighbours send) has no
// business in a tunnel.
type icmpKind uint8

const (
	icmpEcho   icmpKind = iota + 1 // a ping
	icmpReply                      // its answer
	icmpError                      // quotes the packet that it is about
	icmpNoPort                     // an error too: nobody listens there
)

const icmpHeaderLen = 8

// icmp reports whether p is an ICMP message of a kind (RFC 792, RFC 4443).
func (p packet) icmp(k icmpKind) bool {
	if p.later || len(p.raw) < p.ipLen+icmpHeaderLen {
		return false
	}
	typ, code := p.raw[p.ipLen], p.raw[p.ipLen+1]
	switch {
	case p.proto == protoICMPv4 && p.raw[0]>>4 == 4:
		switch k {
		case icmpEcho:
			return typ == 8
		case icmpReply:
			return typ == 0
		case icmpError:
			return typ == 3 || typ == 11 || typ == 12
		case icmpNoPort:
			return typ == 3 && code == 3
		}
	case p.proto == protoICMPv6 && p.raw[0]>>4 == 6:
		switch k {
		case icmpEcho:
			return typ == 128
		case icmpReply:
			return typ == 129
		case icmpError:
			return typ >= 1 && typ <= 4
		case icmpNoPort:
			return typ == 1 && code == 4
		}
	}
	return false
}

// echoID is the identifier of a ping or its answer.
func (p packet) echoID() uint16 { return binary.BigEndian.Uint16(p.raw[p.ipLen+4:]) }

// quoted is the packet that an error is about, as far as it is quoted.
func (p packet) quoted() (packet, bool) { return parseAs(p.raw[p.ipLen+icmpHeaderLen:], true) }
