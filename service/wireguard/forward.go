package wireguard

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip/adapters/gonet"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/tcpip/transport/udp"
	"gvisor.dev/gvisor/pkg/waiter"
)

// Exit is where a provider's Device sends its peers' traffic. Package exit has the
// real one. Its errors are not logged: they may name a destination.
type Exit interface {
	// DialContext opens a connection to an address outside for the peer that has the
	// inner address from; network is "tcp" or "udp". It decides what is let out.
	DialContext(ctx context.Context, from netip.Addr, network string, to netip.AddrPort) (net.Conn, error)

	// Exchange answers a DNS query in wire format. stream says that it came over TCP,
	// where a long answer is welcome.
	Exchange(ctx context.Context, query []byte, stream bool) ([]byte, error)
}

const (
	// dialTimeout is how long a peer's connection waits for the world outside.
	dialTimeout = 15 * time.Second

	// halfClosed is how long the second half of a connection may be silent after the
	// first has ended.
	halfClosed = 5 * time.Minute

	// udpIdle is how long a UDP flow may be silent.
	udpIdle = 60 * time.Second

	// dnsFlowIdle is the same for a resolver outside: one question, one answer, and
	// the next question comes from another port.
	dnsFlowIdle = 10 * time.Second

	// udpMost is the largest datagram that is forwarded. What is longer would arrive
	// in a dozen fragments, and is dropped.
	udpMost = 16 << 10

	// handshakes is how many TCP connections may be between SYN and answer at once, of
	// all peers. It is out of reach: a peer that never finishes its handshakes must not
	// take the room of others. dialing is what bounds it.
	handshakes = 1 << 16

	// dialing is the same per peer. It also slows down who scans through a provider.
	dialing = 128
)

// forwarder takes peers' connections out of the stack and through the Exit.
type forwarder struct {
	d    *Device
	exit Exit

	// The flows outlive every call, so they hang on the device's own life.
	ctx    context.Context
	cancel context.CancelFunc

	mu      sync.Mutex // guards running against stop
	running sync.WaitGroup
	stopped bool
}

func newForwarder(d *Device, exit Exit) (*forwarder, error) {
	f := &forwarder{d: d, exit: exit}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	if err := f.serveDNS(); err != nil {
		f.cancel()
		return nil, err
	}
	d.stack.SetTransportProtocolHandler(tcp.ProtocolNumber,
		tcp.NewForwarder(d.stack, 0, handshakes, f.tcp).HandlePacket)
	d.stack.SetTransportProtocolHandler(udp.ProtocolNumber, udp.NewForwarder(d.stack, f.udp).HandlePacket)
	return f, nil
}

// start runs fn in a goroutine that stop waits for, unless it is too late.
func (f *forwarder) start(fn func()) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stopped {
		return false
	}
	f.running.Go(fn)
	return true
}

// stop ends everything and waits for it. The peers are gone already.
func (f *forwarder) stop() {
	f.mu.Lock()
	f.stopped = true
	f.mu.Unlock()
	f.cancel()
	f.running.Wait()
}

// tcp is called, in a goroutine of its own, for every first segment that no socket
// of the device's waits for. The peer's handshake is answered when the connection
// outside stands, so that a refusal is a refusal.
func (f *forwarder) tcp(r *tcp.ForwarderRequest) {
	id := r.ID()
	src, dst := addrPort(id.RemoteAddress, id.RemotePort), addrPort(id.LocalAddress, id.LocalPort)
	p := f.d.peers.byInner(src.Addr())
	if p == nil || f.d.peers.isOwn(dst.Addr()) {
		r.Complete(true)
		return
	}
	defer p.dialing.Add(-1)
	if p.dialing.Add(1) > dialing {
		r.Complete(true)
		return
	}
	fl := p.begin(f.ctx)
	if fl == nil {
		r.Complete(true)
		return
	}
	ctx, cancel := context.WithTimeout(fl.ctx, dialTimeout)
	out, err := f.exit.DialContext(ctx, src.Addr(), "tcp", dst)
	cancel()
	if err != nil {
		fl.end()
		r.Complete(true)
		return
	}
	var wq waiter.Queue
	ep, terr := r.CreateEndpoint(&wq)
	r.Complete(false)
	if terr != nil {
		_ = out.Close()
		fl.end()
		return
	}
	ep.SocketOptions().SetKeepAlive(true)
	fl.attach(ep, &wq, gonet.NewTCPConn(&wq, ep), out)
	if !f.start(fl.splice) {
		fl.end()
	}
}

// udp is called for every datagram that no socket of the device's waits for.
func (f *forwarder) udp(r *udp.ForwarderRequest) bool {
	id := r.ID()
	src, dst := addrPort(id.RemoteAddress, id.RemotePort), addrPort(id.LocalAddress, id.LocalPort)
	p := f.d.peers.byInner(src.Addr())
	if p == nil || f.d.peers.isOwn(dst.Addr()) {
		return true
	}
	fl := p.begin(f.ctx)
	if fl == nil {
		return true
	}
	out, err := f.exit.DialContext(fl.ctx, src.Addr(), "udp", dst) // does not wait: the address is known
	if err != nil {
		fl.end()
		return false // the stack answers that the port can't be reached
	}
	var wq waiter.Queue
	ep, terr := r.CreateEndpoint(&wq)
	if terr != nil {
		_ = out.Close()
		fl.end()
		return true
	}
	fl.attach(ep, &wq, gonet.NewUDPConn(&wq, ep), out)
	idle := udpIdle
	if dst.Port() == dnsPort {
		idle = dnsFlowIdle
	}
	if !f.start(func() { fl.relay(idle) }) {
		fl.end()
	}
	return true
}
