package wireguard

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/tailscale/wireguard-go/tun"
	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"github.com/wherrynet/wherry"
)

// LeastMTU is the least that an inner packet may need: IPv6 asks it of every link
// (RFC 8200, section 5). On a path that can't carry it in one piece the computers'
// kernels send it in two.
const LeastMTU = 1280

// InnerMTU returns the largest inner packet that fits, encrypted, into a packet of
// path bytes to an address: between LeastMTU and DefaultMTU.
func InnerMTU(path int, to netip.Addr) int {
	outer := ipv6HeaderLen + udpHeaderLen + overhead
	if to.Unmap().Is4() {
		outer = ipv4HeaderLen + udpHeaderLen + overhead
	}
	return min(max(path-outer, LeastMTU), DefaultMTU)
}

// SetMTU changes what connections through the Device are held to. The MTU of an
// attached TUN is its maker's to change.
func (d *Device) SetMTU(mtu int) error {
	if mtu < LeastMTU || mtu > 9000 {
		return wherry.Errorf(wherry.Invalid, "an MTU of %d is not between %d and 9000", mtu, LeastMTU)
	}
	d.nic.mtu.Store(int32(mtu))
	d.nic.tell(tun.EventMTUUpdate)
	return nil
}

// tell has WireGuard take note of a change.
func (n *nic) tell(e tun.Event) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.closed {
		n.events <- e // there is always somebody who takes it, and asks nothing that needs mu
	}
}

// probeSizes are what paths have in practice, tried all at once: mobile networks,
// tunnels on the way, PPPoE, Ethernet with an outer header of either version. But for
// the last they are multiples of 16, since what is smaller than the MTU is padded to
// that. They grow, so that no two of them are glued together on their way out: what
// the kernel cuts for us leaves without the mark that forbids routers to cut it again.
var probeSizes = [...]int{LeastMTU, 1312, 1360, 1376, 1392, 1408, DefaultMTU}

// probeTry is how long the answers of one try may take.
const probeTry = time.Second

// probe is a search for the path's size.
type probe struct {
	id   uint16
	most atomic.Int32  // the largest packet that came back
	news chan struct{} // one element: most has grown
}

// FindMTU finds the largest inner packet, up to most, that reaches the provider and
// comes back, by pings to the provider's tunnel address. It says nothing if a router
// on the way reports what is too large and the kernel cuts it in two: whoever asks
// compares with what the kernel knows of the path then. The Device isn't changed.
func (t *Tunnel) FindMTU(ctx context.Context, most int) (int, error) {
	to := t.resolver().Addr()
	from := t.source(to)
	if !from.IsValid() {
		return 0, wherry.Errorf(wherry.Unreachable, "the provider has no address in the tunnel")
	}
	var id [2]byte
	if _, err := rand.Read(id[:]); err != nil {
		return 0, err
	}
	p := &probe{id: binary.BigEndian.Uint16(id[:]), news: make(chan struct{}, 1)}
	if !t.p.probe.CompareAndSwap(nil, p) {
		return 0, wherry.Errorf(wherry.Busy, "the path's size is being looked for already")
	}
	defer t.p.probe.Store(nil)
	for range 3 {
		for _, size := range probeSizes {
			if size <= most {
				t.d.nic.send(echoRequest(from, to, p.id, size))
			}
		}
		late := time.NewTimer(probeTry)
		for got := 0; ; {
			select {
			case <-p.news:
				// The smaller ones have overtaken nothing: what is not there soon is lost.
				if got = int(p.most.Load()); got < min(most, DefaultMTU) {
					late.Reset(probeTry / 5)
					continue
				}
			case <-late.C:
			case <-ctx.Done():
				late.Stop()
				return 0, dialError(ctx, ctx.Err())
			}
			late.Stop()
			if got > 0 {
				return got, nil
			}
			break
		}
	}
	return 0, wherry.Errorf(wherry.Timeout, "the provider does not answer in the tunnel")
}

// awaits reports whether a packet answers the probe that is under way.
func (p *peer) awaits(in packet) bool {
	b := p.probe.Load()
	return b != nil && in.whole && in.icmp(icmpReply) && p.has(in.src.Addr()) && in.echoID() == b.id
}

// answered notes such a packet.
func (p *peer) answered(in packet) {
	b := p.probe.Load()
	if b == nil {
		return
	}
	for size := int32(len(in.raw)); ; {
		was := b.most.Load()
		if size <= was {
			return
		}
		if b.most.CompareAndSwap(was, size) {
			break
		}
	}
	select {
	case b.news <- struct{}{}:
	default:
	}
}

// echoRequest makes a ping of size bytes in all.
func echoRequest(from, to netip.Addr, id uint16, size int) []byte {
	b := make([]byte, size)
	at, proto, typ := ipv4HeaderLen, byte(protoICMPv4), byte(8)
	var sum uint16
	if from.Is4() {
		b[0], b[8], b[9] = 0x45, 64, proto
		binary.BigEndian.PutUint16(b[2:], uint16(size))
		b[6] = 0x40 // don't fragment
		copy(b[12:], from.AsSlice())
		copy(b[16:], to.AsSlice())
		setIPv4Checksum(b)
	} else {
		at, proto, typ = ipv6HeaderLen, protoICMPv6, 128
		b[0], b[6], b[7] = 0x60, proto, 64
		binary.BigEndian.PutUint16(b[4:], uint16(size-at))
		copy(b[8:], from.AsSlice())
		copy(b[24:], to.AsSlice())
		sum = tun.PseudoHeaderChecksum(proto, b[8:24], b[24:40], uint16(size-at))
	}
	b[at] = typ
	binary.BigEndian.PutUint16(b[at+4:], id)
	binary.BigEndian.PutUint16(b[at+2:], ^tun.Checksum(b[at:], sum))
	return b
}

// send puts a packet of the device's own into the queue, as the stack does.
func (n *nic) send(raw []byte) {
	hdr, proto := ipv4HeaderLen, header.IPv4ProtocolNumber
	if raw[0]>>4 == 6 {
		hdr, proto = ipv6HeaderLen, header.IPv6ProtocolNumber
	}
	pkt := stack.NewPacketBuffer(stack.PacketBufferOptions{
		ReserveHeaderBytes: hdr, Payload: buffer.MakeWithData(raw[hdr:]),
	})
	defer pkt.DecRef()
	copy(pkt.NetworkHeader().Push(hdr), raw[:hdr])
	pkt.NetworkProtocolNumber = proto
	var list stack.PacketBufferList
	list.PushBack(pkt)
	_, _ = n.WritePackets(list)
}
