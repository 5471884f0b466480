package wireguard

import (
	"encoding/binary"
	"net/netip"

	"github.com/tailscale/wireguard-go/tun"
	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// outgoing is a packet of the stack on its way into WireGuard. The stack hands TCP
// data over in pieces of up to 64 KiB with one header; here they become packets
// that fit the MTU, copied once, straight into the buffer that gets encrypted.
type outgoing struct {
	pkt   *stack.PacketBuffer // nil: none
	ip    []byte              // its network header
	tcp   []byte              // its transport header
	hdr   int                 // bytes of both, 0 if the packet goes out as it is
	mss   int
	left  int // payload bytes still to go
	index int // of the next segment
	view  *buffer.View
	skip  int // bytes of view that are done
}

// start takes pkt, of which the caller gives its reference away.
func (o *outgoing) start(pkt *stack.PacketBuffer) {
	*o = outgoing{pkt: pkt, left: pkt.Size(), ip: pkt.NetworkHeader().Slice(), tcp: pkt.TransportHeader().Slice()}
	views, skip := pkt.AsViewList()
	o.view, o.skip = views.Front(), skip
	o.trim()
	if gso := pkt.GSOOptions; gso.Type != stack.GSONone && gso.MSS > 0 {
		hdr := len(o.ip) + len(o.tcp)
		if o.left-hdr > int(gso.MSS) {
			o.hdr, o.mss, o.left = hdr, int(gso.MSS), o.left-hdr
			o.copy(nil, hdr) // the headers are copied from their own places, per segment
		}
	}
}

// packets returns how many packets come of it, and how many bytes they have in all.
func (o *outgoing) packets() (n, bytes int) {
	if o.hdr == 0 {
		return 1, o.left
	}
	n = (o.left + o.mss - 1) / o.mss
	return n, o.left + n*o.hdr
}

// next returns the length of the next packet.
func (o *outgoing) next() int {
	if o.hdr == 0 {
		return o.left
	}
	return o.hdr + min(o.left, o.mss)
}

// write puts the next packet into dst, which has the length that next returned,
// and reports whether it was the last.
func (o *outgoing) write(dst []byte) (last bool) {
	if o.hdr == 0 {
		o.copy(dst, len(dst))
		if o.pkt.GSOOptions.NeedsCsum {
			setTCPChecksum(dst, len(o.ip))
		}
		return true
	}
	n := copy(dst, o.ip)
	n += copy(dst[n:], o.tcp)
	payload := len(dst) - n
	o.copy(dst[n:], payload)
	o.left -= payload

	tcp := dst[len(o.ip):]
	binary.BigEndian.PutUint32(tcp[4:], binary.BigEndian.Uint32(tcp[4:])+uint32(o.index*o.mss))
	if o.left > 0 {
		tcp[13] &^= flagFIN | flagPSH
	}
	if dst[0]>>4 == 4 {
		binary.BigEndian.PutUint16(dst[2:], uint16(len(dst)))
		binary.BigEndian.PutUint16(dst[4:], binary.BigEndian.Uint16(dst[4:])+uint16(o.index))
		setIPv4Checksum(dst)
	} else {
		binary.BigEndian.PutUint16(dst[4:], uint16(len(dst)-ipv6HeaderLen))
	}
	setTCPChecksum(dst, len(o.ip))
	o.index++
	return o.left == 0
}

// copy moves n bytes on, into dst unless it is nil.
func (o *outgoing) copy(dst []byte, n int) {
	for n > 0 && o.view != nil {
		b := o.view.AsSlice()[o.skip:]
		m := min(n, len(b))
		if dst != nil {
			copy(dst, b[:m])
			dst = dst[m:]
		}
		n -= m
		o.skip += m
		o.trim()
	}
}

func (o *outgoing) trim() {
	for o.view != nil && o.skip >= o.view.Size() {
		o.skip -= o.view.Size()
		o.view = o.view.Next()
	}
}

// done gives the packet back.
func (o *outgoing) done() {
	if o.pkt != nil {
		o.pkt.DecRef()
	}
	*o = outgoing{}
}

// fill writes packets of o into slab from at on, as many as there is room for, and
// returns how many, and where it stopped.
func (o *outgoing) fill(slab []byte, at int, packets []tun.ReadPacket) (n, end int) {
	for o.pkt != nil && n < len(packets) {
		size := o.next()
		if at+size+tun.ReadPacketSpacing > len(slab) {
			break
		}
		packets[n] = tun.ReadPacket{Offset: at, Size: size}
		n++
		last := o.write(slab[at : at+size : at+size])
		at += size + tun.ReadPacketSpacing
		if last {
			o.done()
		}
	}
	return n, at
}

// route returns where the packet comes from and goes to, nothing for what isn't IP.
func (o *outgoing) route() (src, dst netip.Addr) {
	switch p := o.pkt.NetworkProtocolNumber; {
	case p == header.IPv4ProtocolNumber && len(o.ip) >= ipv4HeaderLen,
		p == header.IPv6ProtocolNumber && len(o.ip) >= ipv6HeaderLen:
		return route(o.ip)
	}
	return netip.Addr{}, netip.Addr{}
}
