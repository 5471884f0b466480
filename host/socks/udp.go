package socks

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"
)

const (
	// datagramMost is the longest datagram that is passed on.
	datagramMost = 16 << 10

	// peersMost is how many destinations one association has open at once.
	peersMost = 128

	// udpIdle is how long a destination may be silent.
	udpIdle = 60 * time.Second
)

// associate serves UDP for as long as the program keeps its TCP connection.
func (r *run) associate(ctx context.Context, c net.Conn, in io.Reader) {
	local := addrPortOf(c.LocalAddr()).Addr()
	u, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(netip.AddrPortFrom(local, 0)))
	if err != nil {
		_ = writeReply(c, replyFailure, netip.AddrPort{})
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	a := &association{run: r, ctx: ctx, u: u, from: addrPortOf(c.RemoteAddr()).Addr().Unmap(), outs: make(map[string]net.Conn)}
	defer a.wg.Wait()
	defer a.close()
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = u.Close() })
	defer stop()
	if err := writeReply(c, replyOK, addrPortOf(u.LocalAddr())); err != nil {
		return
	}
	a.wg.Go(a.fromProgram)
	_, _ = io.Copy(io.Discard, in) // until the program hangs up
}

// association is one program's UDP.
type association struct {
	run  *run
	ctx  context.Context
	u    *net.UDPConn
	from netip.Addr // only this host may use it
	wg   sync.WaitGroup

	mu      sync.Mutex // guards what follows
	program netip.AddrPort
	outs    map[string]net.Conn // by destination; nil while it is dialled
	closed  bool
}

func (a *association) close() {
	_ = a.u.Close()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
	for _, c := range a.outs {
		if c != nil {
			_ = c.Close()
		}
	}
}

// fromProgram passes datagrams out.
func (a *association) fromProgram() {
	b := make([]byte, datagramMost+300)
	for {
		n, from, err := a.u.ReadFromUDPAddrPort(b)
		if err != nil {
			if a.ctx.Err() != nil {
				return
			}
			a.mu.Lock()
			closed := a.closed
			a.mu.Unlock()
			if closed {
				return
			}
			continue
		}
		from = netip.AddrPortFrom(from.Addr().Unmap(), from.Port())
		if from.Addr() != a.from {
			continue
		}
		to, payload, ok := readDatagram(b[:n])
		if !ok {
			continue
		}
		a.mu.Lock()
		if !a.program.IsValid() {
			a.program = from
		}
		same := a.program == from
		c, known := a.outs[to]
		start := same && !known && !a.closed && len(a.outs) < peersMost
		if start {
			a.outs[to] = nil
		}
		a.mu.Unlock()
		switch {
		case !same:
		case c != nil:
			_, _ = c.Write(payload)
		case start:
			first := append([]byte(nil), payload...)
			a.wg.Go(func() { a.toProgram(to, first) })
		}
	}
}

// toProgram dials a destination and passes datagrams back, until it is silent.
func (a *association) toProgram(to string, first []byte) {
	ctx, cancel := context.WithTimeout(a.ctx, dialTime)
	c, err := a.run.Dial(ctx, "udp", to)
	cancel()
	defer func() {
		a.mu.Lock()
		delete(a.outs, to)
		a.mu.Unlock()
		if c != nil {
			_ = c.Close()
		}
	}()
	if err != nil {
		return
	}
	a.mu.Lock()
	if a.closed {
		a.mu.Unlock()
		return
	}
	a.outs[to] = c
	program := a.program
	a.mu.Unlock()
	if _, err := c.Write(first); err != nil {
		return
	}
	head := appendAddress([]byte{0, 0, 0}, addrPortOf(c.RemoteAddr()))
	b := make([]byte, len(head)+datagramMost)
	copy(b, head)
	for {
		_ = c.SetReadDeadline(time.Now().Add(udpIdle))
		n, err := c.Read(b[len(head):])
		if err != nil {
			return
		}
		if _, err := a.u.WriteToUDPAddrPort(b[:len(head)+n], program); err != nil {
			return
		}
	}
}

// readDatagram reads the header in front of a datagram. Fragments are refused, as
// RFC 1928 lets us.
func readDatagram(b []byte) (to string, payload []byte, ok bool) {
	if len(b) < 4 || b[0] != 0 || b[1] != 0 || b[2] != 0 {
		return "", nil, false
	}
	in := bytes.NewReader(b[3:])
	host, port, err := readAddress(in)
	if err != nil || port == 0 || in.Len() > datagramMost {
		return "", nil, false
	}
	return request{host: host, port: port}.address(), b[len(b)-in.Len():], true
}
