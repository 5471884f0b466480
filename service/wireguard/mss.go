package wireguard

import "encoding/binary"

// clampMSS lowers the segment size that the first packets of a TCP connection agree
// on to what fits into mtu. The ends of the connection know nothing of the tunnel's
// overhead when they are behind it: a computer that shares its tunnel, a website. raw
// may be any packet.
func clampMSS(raw []byte, mtu int) {
	var at int // of the TCP header
	switch {
	case len(raw) >= ipv4HeaderLen && raw[0]>>4 == 4:
		at = int(raw[0]&15) * 4
		if raw[9] != protoTCP || at < ipv4HeaderLen || binary.BigEndian.Uint16(raw[6:])&0x1fff != 0 {
			return
		}
	case len(raw) >= ipv6HeaderLen && raw[0]>>4 == 6:
		at = ipv6HeaderLen
		if raw[6] != protoTCP {
			return
		}
	default:
		return
	}
	if len(raw) < at+tcpHeaderLen || raw[at+13]&flagSYN == 0 {
		return
	}
	tcp := raw[at:]
	end := int(tcp[12]>>4) * 4
	if end > len(tcp) {
		return
	}
	ip := ipv4HeaderLen // options of the IP header are on neither side of this sum
	if raw[0]>>4 == 6 {
		ip = ipv6HeaderLen
	}
	most := uint16(mtu - ip - tcpHeaderLen)
	for i := tcpHeaderLen; i < end; {
		switch kind := tcp[i]; {
		case kind == 0: // end of options
			return
		case kind == 1: // padding
			i++
		case i+1 >= end || tcp[i+1] < 2 || i+int(tcp[i+1]) > end:
			return
		case kind == 2 && tcp[i+1] == 4: // maximum segment size (RFC 9293, 3.7.1)
			if was := binary.BigEndian.Uint16(tcp[i+2:]); was > most {
				binary.BigEndian.PutUint16(tcp[i+2:], most)
				setTCPChecksum(raw, at)
			}
			return
		default:
			i += int(tcp[i+1])
		}
	}
}
