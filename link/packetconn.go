package link

import (
	"net"
	"net/netip"
	"os"
	"sync"
	"time"
)

// maxQUIC is the longest datagram that QUIC is given: what the longest internet
// path carries. quic-go reads no longer ones.
const maxQUIC = 1500

// packetConn is the QUIC packets' share of a Socket, in the form that quic-go
// asks for. Signalling is little: one packet at a time is enough.
type packetConn struct {
	s      *Socket
	queue  chan *datagram
	wake   chan struct{} // one element: somebody set a deadline that is past
	closed chan struct{}
	once   sync.Once
}

type datagram struct {
	buf  [maxQUIC]byte
	n    int
	from netip.AddrPort
}

var datagrams = sync.Pool{New: func() any { return new(datagram) }}

func newPacketConn(s *Socket) *packetConn {
	return &packetConn{s: s, queue: make(chan *datagram, 512), wake: make(chan struct{}, 1), closed: make(chan struct{})}
}

// toQUIC gives QUIC a copy of b. Where it does not keep up the datagram is lost,
// as on any path.
func (s *Socket) toQUIC(b []byte, from netip.AddrPort) {
	if len(b) > maxQUIC {
		s.count.junk.Add(1)
		return
	}
	d := datagrams.Get().(*datagram)
	d.n, d.from = copy(d.buf[:], b), from
	select {
	case s.quic.queue <- d:
		s.count.quic.Add(1)
	default:
		datagrams.Put(d)
		s.count.overrun.Add(1)
	}
}

func (c *packetConn) ReadFrom(p []byte) (int, net.Addr, error) {
	select {
	case d := <-c.queue:
		n := copy(p, d.buf[:d.n])
		from := net.UDPAddrFromAddrPort(d.from)
		datagrams.Put(d)
		return n, from, nil
	case <-c.wake:
		return 0, nil, os.ErrDeadlineExceeded
	case <-c.closed:
		return 0, nil, net.ErrClosed
	}
}

func (c *packetConn) WriteTo(p []byte, to net.Addr) (int, error) {
	u, ok := to.(*net.UDPAddr)
	if !ok {
		return 0, errFamily
	}
	return c.s.udp.WriteToUDPAddrPort(p, u.AddrPort())
}

// Close ends reading. The socket is the Socket's to close.
func (c *packetConn) Close() error {
	c.once.Do(func() { close(c.closed) })
	return nil
}

func (c *packetConn) LocalAddr() net.Addr { return c.s.udp.LocalAddr() }

func (c *packetConn) SetDeadline(t time.Time) error { return c.SetReadDeadline(t) }

// SetReadDeadline knows the one use that quic-go makes of it: a time that is past
// wakes the reader.
func (c *packetConn) SetReadDeadline(t time.Time) error {
	if !t.IsZero() && !t.After(time.Now()) {
		select {
		case c.wake <- struct{}{}:
		default:
		}
	}
	return nil
}

func (c *packetConn) SetWriteDeadline(time.Time) error { return nil }

// SetReadBuffer and SetWriteBuffer do nothing: Open has asked for buffers.
func (c *packetConn) SetReadBuffer(int) error  { return nil }
func (c *packetConn) SetWriteBuffer(int) error { return nil }
