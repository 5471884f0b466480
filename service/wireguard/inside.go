package wireguard

import (
	"net/netip"
	"os"
	"time"

	"github.com/tailscale/wireguard-go/tun"
)

var (
	_ tun.MultiQueueDevice = (*inside)(nil)
	_ tun.Queue            = (*nic)(nil)
	_ tun.Queue            = (*kernelQueue)(nil)
)

// inside is what WireGuard has on its inner side:
//
//	                      ┌── nic ─► stack: the device's own sockets; without a TUN all else too
//	WireGuard ◄─► inside ─┤
//	                      └── kernelQueue ─► TUN, with Config.TUN: what is not the device's own
//
// What goes in is told apart here; what comes out comes from two queues.
type inside struct {
	*nic
	kernel *kernelQueue // nil without Config.TUN
}

// Queues returns what WireGuard reads from. The device is a MultiQueueDevice also for
// the sake of WriteTo, which says whose packets they are.
func (in *inside) Queues() []tun.Queue {
	if in.kernel == nil {
		return []tun.Queue{in.nic}
	}
	return []tun.Queue{in.nic, in.kernel}
}

// Write takes packets without saying from whom. The device uses WriteTo.
func (in *inside) Write(bufs [][]byte, offset int) (int, error) { return in.WriteTo(0, bufs, offset) }

// WriteTo takes packets of one peer from WireGuard, which numbers the flows by the
// peers' keys.
func (in *inside) WriteTo(flow int, bufs [][]byte, offset int) (int, error) {
	p := in.peers.byFlow(uint32(flow))
	switch {
	case p == nil:
	case in.kernel == nil:
		in.take(p, bufs, offset)
	default:
		in.divide(p, bufs, offset, time.Now())
	}
	return len(bufs), nil
}

// divide gives each packet of p to the TUN, to the stack, or to nobody. bufs is
// WireGuard's to read and ours to change.
func (in *inside) divide(p *peer, bufs [][]byte, offset int, now time.Time) {
	t := in.kernel.attached.Load()
	kept := bufs[:0]
	var own [][]byte
	for i, j := 0, 0; i < len(bufs); i = j {
		j = i + 1
		first, ok := parse(bufs[i][offset:])
		if !ok {
			continue
		}
		wire := uint64(len(bufs[i]) - offset + overhead)
		for j < len(bufs) && sameFlow(first.raw, bufs[j][offset:]) {
			wire += uint64(len(bufs[j]) - offset + overhead)
			j++
		}
		switch in.enter(p, first, now) {
		case toNobody:
		case toStack:
			own = append(own, bufs[i:j]...)
		case toKernel:
			if t == nil {
				continue
			}
			if p.spend(&p.in, wire, p.consumer) {
				kept = append(kept, bufs[i:j]...)
				continue
			}
			for _, b := range bufs[i:j] { // the allowance ends within the run
				if p.spend(&p.in, uint64(len(b)-offset+overhead), p.consumer) {
					kept = append(kept, b)
				}
			}
		}
	}
	if len(kept) > 0 {
		for _, b := range kept {
			clampMSS(b[offset:], int(in.mtu.Load()))
		}
		t.write(kept, offset)
	}
	if len(own) > 0 {
		in.take(p, own, offset)
	}
}

// verdict is who gets a packet.
type verdict uint8

const (
	toNobody verdict = iota
	toStack
	toKernel
)

// enter decides over a packet that p has sent. The stack checks and counts for itself
// what it is given.
func (in *inside) enter(p *peer, pkt packet, now time.Time) verdict {
	src, dst := pkt.src.Addr(), pkt.dst.Addr()
	if p.consumer {
		switch {
		case !p.owns(dst):
			return toNobody
		case p.awaits(pkt):
			return toStack
		case p.has(src) && pkt.src.Port() != dnsPort && in.asked(pkt, &askedCache{}):
			return toStack // the session's own conversation with its provider
		case in.kernel.asks.in(pkt, now):
			return toKernel
		case in.asked(pkt, &askedCache{}):
			return toStack
		}
		return toNobody
	}
	switch {
	case !p.has(src):
		return toNobody
	case in.peers.isOwn(dst):
		return toStack
	case !routable(dst) || in.peers.byInner(dst) != nil: // clients don't see each other
		return toNobody
	}
	return toKernel
}

// routable reports whether a packet to a may leave a provider at all. What of the
// rest is forbidden, the exit's rules say.
func routable(a netip.Addr) bool {
	return a.IsGlobalUnicast() && !a.Is4In6() && !(a.Is4() && a.As4()[0] == 0)
}

// MTU is the largest inner packet.
func (in *inside) MTU() (int, error) { return int(in.mtu.Load()), nil }

// Name is for WireGuard's log, which goes nowhere.
func (in *inside) Name() (string, error) { return "wherry", nil }

// Events is closed when the device is.
func (in *inside) Events() <-chan tun.Event { return in.events }

// BatchSize is how many packets pass per call.
func (in *inside) BatchSize() int { return tunBatch }

// Close ends both queues. The TUN stays open.
func (in *inside) Close() error {
	in.nic.close()
	if in.kernel != nil {
		in.kernel.close()
	}
	return nil
}

// File returns nothing: there is no file behind a stack.
func (n *nic) File() *os.File { return nil }
