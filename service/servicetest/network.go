package servicetest

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
)

// Network is a packet network in memory. It loses nothing unless it is told to, or
// a receiver is too slow by far.
type Network struct {
	mu    sync.RWMutex // guards what follows
	nodes map[netip.AddrPort]*Wire
	next  byte
	ports uint16 // of ListenFrom

	// Drop, if it is set before the first packet, says which packets are lost.
	Drop func(from, to netip.AddrPort, packet []byte) bool
}

// NewNetwork makes an empty network.
func NewNetwork() *Network { return &Network{nodes: make(map[netip.AddrPort]*Wire)} }

// Wire is one socket on a Network, in the form that service/wireguard wants.
type Wire struct {
	n      *Network
	addr   atomic.Pointer[netip.AddrPort]
	in     chan datagram
	done   chan struct{}
	closer sync.Once
	lost   atomic.Uint64
}

type datagram struct {
	from netip.AddrPort
	b    []byte
}

// wireQueue is how many packets wait for a reader.
const wireQueue = 8192

// Listen opens a socket with a fresh address.
func (n *Network) Listen() *Wire {
	n.mu.Lock()
	defer n.mu.Unlock()
	w := &Wire{n: n, in: make(chan datagram, wireQueue), done: make(chan struct{})}
	n.attach(w)
	return w
}

// ListenFrom opens a socket with a fresh port of an address, as of somebody behind a
// NAT with many.
func (n *Network) ListenFrom(a netip.Addr) *Wire {
	n.mu.Lock()
	defer n.mu.Unlock()
	w := &Wire{n: n, in: make(chan datagram, wireQueue), done: make(chan struct{})}
	n.ports++
	at := netip.AddrPortFrom(a, n.ports)
	w.addr.Store(&at)
	n.nodes[at] = w
	return w
}

// attach gives w a fresh address. The caller holds mu.
func (n *Network) attach(w *Wire) {
	n.next++
	at := netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, n.next}), 4000+uint16(n.next))
	w.addr.Store(&at)
	n.nodes[at] = w
}

// Roam gives the socket another address, as if its owner had changed networks. What
// is sent to the old one is lost.
func (w *Wire) Roam() {
	w.n.mu.Lock()
	defer w.n.mu.Unlock()
	delete(w.n.nodes, w.LocalAddr())
	w.n.attach(w)
}

// Lost is how many packets this socket had no room for.
func (w *Wire) Lost() uint64 { return w.lost.Load() }

// Inject delivers a packet to the socket, as anybody on the internet can.
func (w *Wire) Inject(from netip.AddrPort, packet []byte) {
	select {
	case w.in <- datagram{from, append([]byte(nil), packet...)}:
	default:
		w.lost.Add(1)
	}
}

// ReadPackets reads what has arrived.
func (w *Wire) ReadPackets(slab []byte, offsets, sizes []int, from []netip.AddrPort) (int, error) {
	var d datagram
	select {
	case d = <-w.in:
	case <-w.done:
		return 0, net.ErrClosed
	}
	n, at := 0, 0
	for {
		if len(d.b) <= len(slab)-at {
			offsets[n], sizes[n], from[n] = at, copy(slab[at:], d.b), d.from
			at += sizes[n]
			n++
		}
		if n == len(offsets) || len(slab)-at < 65535 {
			return n, nil
		}
		select {
		case d = <-w.in:
		default:
			return n, nil
		}
	}
}

// WritePackets sends packets.
func (w *Wire) WritePackets(bufs [][]byte, to netip.AddrPort) error {
	from := w.LocalAddr()
	w.n.mu.RLock()
	dst := w.n.nodes[to]
	w.n.mu.RUnlock()
	for _, b := range bufs {
		if dst != nil && (w.n.Drop == nil || !w.n.Drop(from, to, b)) {
			dst.Inject(from, b)
		}
	}
	return nil
}

// WritePlain is WritePackets: nothing is hidden here.
func (w *Wire) WritePlain(bufs [][]byte, to netip.AddrPort) error { return w.WritePackets(bufs, to) }

// BatchSize is that of a fast socket.
func (w *Wire) BatchSize() int { return 128 }

// LocalAddr is the address that others see, until it roams.
func (w *Wire) LocalAddr() netip.AddrPort { return *w.addr.Load() }

// Close ends the socket.
func (w *Wire) Close() error {
	w.closer.Do(func() {
		close(w.done)
		w.n.mu.Lock()
		delete(w.n.nodes, w.LocalAddr())
		w.n.mu.Unlock()
	})
	return nil
}
