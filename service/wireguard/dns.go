package wireguard

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip/adapters/gonet"
)

// dnsPort is where a provider's device answers DNS, on its own addresses.
const dnsPort = 53

const (
	dnsQueryMost  = 1 << 10  // a question with options; what is longer is no question
	dnsAnswerMost = 16 << 10 // over UDP, more than any resolver asks for
	dnsTimeout    = 10 * time.Second
	dnsIdle       = 10 * time.Second // of a TCP connection
	dnsAtOnce     = 256              // queries in progress, of all peers
	dnsConns      = 64               // TCP connections at once
)

// serveDNS listens on the device's own addresses.
func (f *forwarder) serveDNS() error {
	room := make(chan struct{}, dnsAtOnce)
	conns := make(chan struct{}, dnsConns)
	for _, a := range f.d.cfg.Addrs {
		at := netip.AddrPortFrom(a, dnsPort)
		u, err := f.d.ListenUDP(at)
		if err != nil {
			return err
		}
		t, err := f.d.ListenTCP(at)
		if err != nil {
			_ = u.Close()
			return err
		}
		f.start(func() {
			<-f.ctx.Done()
			_ = u.Close()
			_ = t.Close()
		})
		f.start(func() { f.dnsDatagrams(u, room) })
		f.start(func() { f.dnsStreams(t, room, conns) })
	}
	return nil
}

// dnsDatagrams answers queries over UDP. With no room for one more it drops the
// query, and the asker asks again.
func (f *forwarder) dnsDatagrams(u net.PacketConn, room chan struct{}) {
	b := make([]byte, dnsQueryMost+1)
	for {
		n, from, err := u.ReadFrom(b)
		if err != nil {
			if f.ctx.Err() != nil {
				return
			}
			continue
		}
		if n > dnsQueryMost {
			continue
		}
		select {
		case room <- struct{}{}:
		default:
			continue
		}
		query := append([]byte(nil), b[:n]...)
		if !f.start(func() {
			defer func() { <-room }()
			answer, ok := f.ask(f.ctx, query, false)
			if ok && len(answer) <= dnsAnswerMost {
				_, _ = u.WriteTo(answer, from) // lost, as a datagram may be
			}
		}) {
			return
		}
	}
}

func (f *forwarder) dnsStreams(l net.Listener, room, conns chan struct{}) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		select {
		case conns <- struct{}{}:
		default:
			_ = c.Close()
			continue
		}
		if !f.start(func() {
			defer func() { <-conns }()
			defer c.Close()
			stop := context.AfterFunc(f.ctx, func() { _ = c.Close() })
			defer stop()
			f.dnsStream(c, room)
		}) {
			_ = c.Close()
			return
		}
	}
}

// dnsStream answers one query after the other, each with its length in front.
func (f *forwarder) dnsStream(c net.Conn, room chan struct{}) {
	for {
		_ = c.SetDeadline(time.Now().Add(dnsIdle))
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		n := int(binary.BigEndian.Uint16(size[:]))
		if n == 0 || n > dnsQueryMost {
			return
		}
		query := make([]byte, n)
		if _, err := io.ReadFull(c, query); err != nil {
			return
		}
		select {
		case room <- struct{}{}:
		case <-f.ctx.Done():
			return
		}
		answer, ok := f.ask(f.ctx, query, true)
		<-room
		if !ok || len(answer) > 65535 {
			return
		}
		_ = c.SetDeadline(time.Now().Add(dnsIdle))
		if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...)); err != nil {
			return
		}
	}
}

func (f *forwarder) ask(ctx context.Context, query []byte, stream bool) ([]byte, bool) {
	ctx, cancel := context.WithTimeout(ctx, dnsTimeout)
	defer cancel()
	answer, err := f.exit.Exchange(ctx, query, stream)
	return answer, err == nil && len(answer) > 0
}

// ListenTCP listens on one of the device's own addresses, for peers. Traffic there
// is not held back by their allowance, but for ControlSlack.
func (d *Device) ListenTCP(at netip.AddrPort) (net.Listener, error) {
	l, err := gonet.ListenTCP(d.stack, fullAddress(at), protocolOf(at.Addr()))
	if err != nil {
		return nil, err
	}
	return &listener{TCPListener: l}, nil
}

// listener wakes Accept up when it is closed, which gonet's does only by Shutdown.
type listener struct{ *gonet.TCPListener }

// Close ends the listener, and Accept with it.
func (l *listener) Close() error {
	l.Shutdown()
	return l.TCPListener.Close()
}

// ListenUDP is like ListenTCP, for datagrams.
func (d *Device) ListenUDP(at netip.AddrPort) (net.PacketConn, error) {
	local := fullAddress(at)
	return gonet.DialUDP(d.stack, &local, nil, protocolOf(at.Addr()))
}
