package wireguard

import (
	"net/netip"
	"os"
	"sync"
	"sync/atomic"

	"github.com/tailscale/wireguard-go/tun"
	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// nic is the seam between the two halves: a network interface to the stack
// (stackSide), and a queue of a TUN device to WireGuard (inside). Every packet of the
// stack's passes here, so it is also where they are counted and, without allowance,
// dropped.
type nic struct {
	mtu   atomic.Int32
	peers *peers
	stack *stack.Stack // set before the first packet

	dispatcher atomic.Pointer[stack.NetworkDispatcher]
	events     chan tun.Event

	mu       sync.Mutex // guards what follows
	readable sync.Cond  // queue is not empty, or closed
	writable sync.Cond  // queue has room, or closed
	queue    []*stack.PacketBuffer
	queued   int // bytes
	closed   bool

	// The rest belongs to the one goroutine that reads.
	batch []*stack.PacketBuffer
	taken int // of batch
	out   outgoing
}

// Writers wait when this much is queued. More adds latency, less starves the
// encryption; see docs/performance.md.
const (
	queueBytes   = 512 << 10
	queuePackets = 512
)

// tunBatch is how many packets pass per call: what a slab has room for.
const tunBatch = 128

// gsoSize is the largest piece of TCP that the stack hands over at once.
const gsoSize = 65535 - 128

func newNIC(mtu int, ps *peers) *nic {
	n := &nic{peers: ps, events: make(chan tun.Event)}
	n.mtu.Store(int32(mtu))
	n.readable.L, n.writable.L = &n.mu, &n.mu
	return n
}

// --- towards WireGuard ---

// WritePackets takes packets from the stack. It waits while the queue is full, so
// that the stack's senders slow down and lose nothing here.
func (n *nic) WritePackets(pkts stack.PacketBufferList) (int, tcpip.Error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i, pkt := range pkts.AsSlice() {
		for !n.closed && (n.queued >= queueBytes || len(n.queue) >= queuePackets) {
			n.writable.Wait()
		}
		if n.closed {
			return i, &tcpip.ErrClosedForSend{}
		}
		n.queue = append(n.queue, pkt.IncRef())
		n.queued += pkt.Size()
		n.readable.Signal()
	}
	return pkts.Len(), nil
}

// Read hands packets to WireGuard, as many as there are and as fit.
func (n *nic) Read(slab []byte, packets []tun.ReadPacket) (int, error) {
	at, count := tun.ReadPacketSpacing, 0
	for {
		if n.out.pkt == nil {
			pkt, ok := n.pop(count == 0)
			if !ok {
				return 0, os.ErrClosed
			}
			if pkt == nil {
				return count, nil
			}
			n.out.start(pkt)
			if !n.admit() {
				n.out.done()
				continue
			}
		}
		k, end := n.out.fill(slab, at, packets[count:])
		if k == 0 && count == 0 { // larger than the slab: can't happen with our MTU
			n.out.done()
			continue
		}
		count, at = count+k, end
		if n.out.pkt != nil { // full
			return count, nil
		}
	}
}

// pop returns the next packet of the queue, nil if there is none and wait is false.
func (n *nic) pop(wait bool) (*stack.PacketBuffer, bool) {
	if n.taken == len(n.batch) {
		n.mu.Lock()
		for wait && len(n.queue) == 0 && !n.closed {
			n.readable.Wait()
		}
		if n.closed {
			n.mu.Unlock()
			return nil, false
		}
		n.batch, n.queue = n.queue, n.batch[:0]
		n.taken, n.queued = 0, 0
		n.writable.Broadcast()
		n.mu.Unlock()
		if len(n.batch) == 0 {
			return nil, true
		}
	}
	pkt := n.batch[n.taken]
	n.batch[n.taken] = nil
	n.taken++
	return pkt, true
}

// admit counts the packet that is about to leave, and reports whether it may.
func (n *nic) admit() bool {
	p, own := n.peers.towards(n.out.route())
	if p == nil || !p.speaks() {
		return false
	}
	count, bytes := n.out.packets()
	return p.spend(&p.out, uint64(bytes+count*overhead), own)
}

// --- from WireGuard ---

// take takes packets of one peer from WireGuard.
func (n *nic) take(p *peer, bufs [][]byte, offset int) {
	d := n.dispatcher.Load()
	if d == nil {
		return
	}
	c := coalescers.Get().(*coalescer)
	deliver := func(v *buffer.View, v6 bool) {
		pkt := stack.NewPacketBuffer(stack.PacketBufferOptions{Payload: buffer.MakeWithView(v)})
		proto := header.IPv4ProtocolNumber
		if v6 {
			proto = header.IPv6ProtocolNumber
		}
		(*d).DeliverNetworkPacket(proto, pkt)
		pkt.DecRef()
	}
	var asked askedCache
	for _, buf := range bufs {
		in, ok := parse(buf[offset:])
		if ok && n.accept(p, in, &asked) {
			c.add(in, deliver)
		}
	}
	c.flush(deliver)
	coalescers.Put(c)
}

// accept counts a packet that has come in, and reports whether it goes on.
func (n *nic) accept(p *peer, in packet, cache *askedCache) bool {
	wire := uint64(len(in.raw) + overhead)
	if p.consumer {
		// Who asked for it? A provider can't make the consumer pay for more than the
		// consumer's programs have opened.
		if !p.owns(in.dst.Addr()) {
			return false
		}
		if p.awaits(in) {
			if p.spend(&p.in, wire, true) {
				p.answered(in)
			}
			return false
		}
		if !n.asked(in, cache) {
			return p.answerStray(in)
		}
		return p.spend(&p.in, wire, true)
	}
	own := n.peers.isOwn(in.dst.Addr())
	if !p.has(in.src.Addr()) || !p.spend(&p.in, wire, own) {
		return false
	}
	// The stack would answer pings for the whole internet.
	return own || in.proto == protoTCP || in.proto == protoUDP
}

// askedCache is the last answer of asked: packets come in rows of one flow.
type askedCache struct {
	src, dst netip.AddrPort
	proto    byte
	known    bool
	yes      bool
}

// asked reports whether a socket of the stack waits for the packet.
func (n *nic) asked(in packet, c *askedCache) bool {
	if !in.hasPorts {
		return in.proto == protoTCP || in.proto == protoUDP // a later fragment; the stack matches it
	}
	if c.known && c.src == in.src && c.dst == in.dst && c.proto == in.proto {
		return c.yes
	}
	netProto := header.IPv4ProtocolNumber
	if in.src.Addr().Is6() {
		netProto = header.IPv6ProtocolNumber
	}
	ep := n.stack.FindTransportEndpoint(netProto, tcpip.TransportProtocolNumber(in.proto), stack.TransportEndpointID{
		LocalAddress:  tcpip.AddrFromSlice(in.dst.Addr().AsSlice()),
		LocalPort:     in.dst.Port(),
		RemoteAddress: tcpip.AddrFromSlice(in.src.Addr().AsSlice()),
		RemotePort:    in.src.Port(),
	}, nicID)
	*c = askedCache{in.src, in.dst, in.proto, true, ep != nil}
	return c.yes
}

// close wakes everybody up and lets go of what is queued.
func (n *nic) close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return
	}
	n.closed = true
	for _, pkt := range n.queue {
		pkt.DecRef()
	}
	n.queue = nil
	n.readable.Broadcast()
	n.writable.Broadcast()
	close(n.events)
}
