package wireguard

import (
	"encoding/binary"
	"net/netip"

	"github.com/tailscale/wireguard-go/tun"
)

// segmentOf makes a TCP segment as a stack would.
type segmentOf struct {
	src, dst netip.AddrPort
	seq, ack uint32
	flags    byte
	window   uint16
	options  []byte
	payload  []byte
	fragment uint16
	ttl      byte
}

func (s segmentOf) bytes() []byte {
	ipLen := ipv4HeaderLen
	if s.src.Addr().Is6() {
		ipLen = ipv6HeaderLen
	}
	b := make([]byte, ipLen+tcpHeaderLen, ipLen+tcpHeaderLen+len(s.options)+len(s.payload))
	b = append(append(b, s.options...), s.payload...)
	if s.ttl == 0 {
		s.ttl = 64
	}
	if ipLen == ipv4HeaderLen {
		b[0], b[8], b[9] = 0x45, s.ttl, protoTCP
		binary.BigEndian.PutUint16(b[2:], uint16(len(b)))
		binary.BigEndian.PutUint16(b[6:], s.fragment)
		copy(b[12:], s.src.Addr().AsSlice())
		copy(b[16:], s.dst.Addr().AsSlice())
		setIPv4Checksum(b)
	} else {
		b[0], b[6], b[7] = 0x60, protoTCP, s.ttl
		binary.BigEndian.PutUint16(b[4:], uint16(len(b)-ipv6HeaderLen))
		copy(b[8:], s.src.Addr().AsSlice())
		copy(b[24:], s.dst.Addr().AsSlice())
	}
	t := b[ipLen:]
	binary.BigEndian.PutUint16(t, s.src.Port())
	binary.BigEndian.PutUint16(t[2:], s.dst.Port())
	binary.BigEndian.PutUint32(t[4:], s.seq)
	binary.BigEndian.PutUint32(t[8:], s.ack)
	t[12] = byte((tcpHeaderLen + len(s.options)) / 4 << 4)
	t[13] = s.flags
	binary.BigEndian.PutUint16(t[14:], s.window)
	setTCPChecksum(b, ipLen)
	return b
}

// checksumsHold reports whether an IPv4 header and a TCP segment add up.
func checksumsHold(raw []byte, ipLen int) bool {
	src, dst := raw[12:16], raw[16:20]
	if raw[0]>>4 == 6 {
		src, dst = raw[8:24], raw[24:40]
	} else if tun.Checksum(raw[:ipLen], 0) != 0xffff {
		return false
	}
	sum := tun.PseudoHeaderChecksum(protoTCP, src, dst, uint16(len(raw)-ipLen))
	return tun.Checksum(raw[ipLen:], sum) == 0xffff
}

var (
	here4  = netip.MustParseAddrPort("10.0.0.2:1000")
	there4 = netip.MustParseAddrPort("198.41.0.4:80")
	here6  = netip.MustParseAddrPort("[fd00::2]:1000")
	there6 = netip.MustParseAddrPort("[2001:503:ba3e::2:30]:80")
)
