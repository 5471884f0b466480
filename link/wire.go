package link

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"sync/atomic"
	"time"

	"github.com/wherrynet/wherry"
)

// Wire is the WireGuard packets' share of a Socket. While somebody reads it, the
// reader is who empties the socket, for QUIC too: the packets of a tunnel go
// from the kernel into the reader's memory and through no other hand.
type Wire struct {
	s       *Socket
	closed  atomic.Bool
	done    chan struct{} // ends with Close
	started bool          // of the reader, as segs
	segs    []segment     // kept to save allocating
}

// carry holds packets for the reader's next call: those that did not fit the one
// before, and those that the pump still met after the Wire was opened. The first
// answer to a handshake may be among them, and nobody would send it again for
// five seconds.
type carry struct {
	owner *Wire
	buf   []byte
	segs  []segment
}

var longAgo = time.Unix(1, 0)

// OpenWire returns the Socket's Wire. There is one at a time: a second is a
// Conflict until the first is closed.
func (s *Socket) OpenWire() (*Wire, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.wire != nil {
		return nil, wherry.Errorf(wherry.Conflict, "the socket's WireGuard packets are taken already")
	}
	s.wire = &Wire{s: s, done: make(chan struct{}), segs: make([]segment, 0, 2*batchSize)}
	return s.wire, nil
}

// BatchSize returns how many packets one call takes or gives at most. It is
// constant.
func (w *Wire) BatchSize() int { return batchSize }

// LocalAddr returns the address and port that the Socket is bound to.
func (w *Wire) LocalAddr() netip.AddrPort { return w.s.LocalAddr() }

// ReadPackets waits for at least one WireGuard packet, puts packets into slab
// and describes packet i by slab[offsets[i]:offsets[i]+sizes[i]] and from[i].
// The three slices are equally long, at least BatchSize; the slab holds at
// least one datagram of the largest size, better two. After Close the error is
// net.ErrClosed. One goroutine calls it.
func (w *Wire) ReadPackets(slab []byte, offsets, sizes []int, from []netip.AddrPort) (int, error) {
	s := w.s
	if !w.started {
		if err := w.start(); err != nil {
			return 0, err
		}
	}
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-w.done: // the pump has the socket again, and would not be woken for us
		return 0, net.ErrClosed
	}
	for {
		if w.closed.Load() {
			return 0, net.ErrClosed
		}
		if s.carry.owner != w {
			s.carry = carry{owner: w}
		}
		if len(s.carry.segs) > 0 {
			return s.carry.take(slab, offsets, sizes, from), nil
		}
		segs, err := s.batch.read(slab, w.segs[:0])
		w.segs = segs[:0]
		if errors.Is(err, os.ErrDeadlineExceeded) { // Close, or the end of the pump's reading
			if err := s.udp.SetReadDeadline(time.Time{}); err != nil {
				return 0, net.ErrClosed
			}
			continue
		}
		if err != nil {
			return 0, err
		}
		if n := s.hand(slab, segs, offsets, sizes, from); n > 0 {
			return n, nil
		}
	}
}

// start takes the socket over from the pump.
func (w *Wire) start() error {
	s := w.s
	s.mu.Lock()
	if w.closed.Load() {
		s.mu.Unlock()
		return net.ErrClosed
	}
	s.handedTo, s.resume = true, make(chan struct{})
	s.mu.Unlock()
	_ = s.udp.SetReadDeadline(longAgo) // wakes the pump; ReadPackets sets it back
	w.started = true
	return nil
}

// hand describes the WireGuard packets among segs to the reader and gives the
// others to whom they are for.
func (s *Socket) hand(slab []byte, segs []segment, offsets, sizes []int, from []netip.AddrPort) (n int) {
	var total, junk uint64
	for _, seg := range segs {
		b := slab[seg.offset : seg.offset+seg.size]
		switch kind, size := s.sort(b); kind {
		case kindWireGuard:
			total++
			if n < len(offsets) {
				offsets[n], sizes[n], from[n] = seg.offset, size, seg.from
				n++
			} else {
				s.carry.put(b[:size], seg.from)
			}
		case kindQUIC:
			s.toQUIC(b, seg.from)
		case kindJunk:
			junk++
		}
	}
	s.count.wireGuard.Add(total)
	if junk > 0 {
		s.count.junk.Add(junk)
	}
	return n
}

// keep puts a WireGuard packet aside for a Wire that is open and does not read
// yet; it is called by whoever reads.
func (s *Socket) keep(b []byte, from netip.AddrPort) {
	s.mu.Lock()
	w := s.wire
	s.mu.Unlock()
	if w == nil || w.closed.Load() {
		s.count.noWire.Add(1)
		return
	}
	if s.carry.owner != w {
		s.carry = carry{owner: w}
	}
	if len(s.carry.segs) < batchSize {
		s.count.wireGuard.Add(1)
		s.carry.put(b, from)
	}
}

func (c *carry) put(b []byte, from netip.AddrPort) {
	c.segs = append(c.segs, segment{offset: len(c.buf), size: len(b), from: from})
	c.buf = append(c.buf, b...)
}

func (c *carry) take(slab []byte, offsets, sizes []int, from []netip.AddrPort) (n int) {
	at := 0
	for n < len(c.segs) && n < len(offsets) && at+c.segs[n].size <= len(slab) {
		seg := c.segs[n]
		copy(slab[at:], c.buf[seg.offset:seg.offset+seg.size])
		offsets[n], sizes[n], from[n] = at, seg.size, seg.from
		at += seg.size
		n++
	}
	c.segs = append(c.segs[:0], c.segs[n:]...)
	if len(c.segs) == 0 {
		c.buf = c.buf[:0]
	}
	return n
}

// WritePackets sends every buf as one datagram to to. It keeps no buf, tries
// them all and returns the first error. Any goroutine may call it.
func (w *Wire) WritePackets(bufs [][]byte, to netip.AddrPort) error {
	if w.closed.Load() {
		return net.ErrClosed
	}
	return w.s.batch.write(w.s.seal(bufs), to)
}

// WritePlain is WritePackets for a peer that knows no mask.
func (w *Wire) WritePlain(bufs [][]byte, to netip.AddrPort) error {
	if w.closed.Load() {
		return net.ErrClosed
	}
	return w.s.batch.write(bufs, to)
}

// Close wakes the reader and gives the socket back to the pump. The Socket stays
// open, and another Wire may be opened.
func (w *Wire) Close() error {
	s := w.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if w.closed.Swap(true) {
		return nil
	}
	s.wire = nil
	close(w.done)
	if s.handedTo {
		s.handedTo = false
		close(s.resume)
	}
	_ = s.udp.SetReadDeadline(longAgo) // it fails on a closed socket, whose readers are awake
	return nil
}

// pump reads the socket for QUIC while no Wire is read.
func (s *Socket) pump(ctx context.Context) error {
	slab := make([]byte, slabSize)
	segs := make([]segment, 0, 2*batchSize)
	failed := 0
	for ctx.Err() == nil {
		if wait := s.handed(); wait != nil {
			select {
			case <-wait:
			case <-ctx.Done():
			case <-s.ended:
				return nil
			}
			continue
		}
		var err error
		segs, err = s.pumpOnce(slab, segs[:0])
		switch {
		case err == nil || errors.Is(err, os.ErrDeadlineExceeded):
			failed = 0
		case errors.Is(err, net.ErrClosed):
			return nil
		default:
			if failed++; failed == 1 {
				s.cfg.Log.Warn("read from the udp socket", "err", err)
			}
			if failed > 100 {
				return wherry.Errorf(wherry.Internal, "read from the udp socket: %w", err)
			}
			select {
			case <-time.After(10 * time.Millisecond):
			case <-ctx.Done():
			}
		}
	}
	return nil
}

func (s *Socket) pumpOnce(slab []byte, segs []segment) ([]segment, error) {
	s.reading <- struct{}{}
	defer func() { <-s.reading }()
	if err := s.udp.SetReadDeadline(time.Time{}); err != nil {
		return segs, err
	}
	if s.handed() != nil { // since the deadline was set: whoever wants to read now would not wake us
		return segs, nil
	}
	segs, err := s.batch.read(slab, segs)
	for _, seg := range segs {
		b := slab[seg.offset : seg.offset+seg.size]
		switch kind, size := s.sort(b); kind {
		case kindWireGuard:
			s.keep(b[:size], seg.from)
		case kindQUIC:
			s.toQUIC(b, seg.from)
		case kindJunk:
			s.count.junk.Add(1)
		}
	}
	return segs, err
}

// handed returns what ends when the Wire's reader is gone, or nil while there is
// none.
func (s *Socket) handed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.handedTo {
		return nil
	}
	return s.resume
}
