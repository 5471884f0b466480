package link

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"golang.org/x/sync/errgroup"
)

// Config says how a Socket is opened.
type Config struct {
	// Listen is the address and port to bind. The zero value means every
	// address, of both families where the system has both, and any free port.
	Listen netip.AddrPort
	// Key proves to peers who this node is. It is required.
	Key *identity.Key
	// Control is the key of the certificate that callers pin; its public half is
	// in the node's offers. Where it is nil, the Socket dials and does not
	// accept.
	Control ed25519.PrivateKey
	// Mark is called with the socket before anything is sent: it can be told apart
	// by a firewall from then on. Its error ends Open. Nil marks nothing.
	Mark func(syscall.RawConn) error
	// HandshakeTimeout bounds the time from a connection's first packet until
	// both sides are proven. Zero means 5 s.
	HandshakeTimeout time.Duration
	// IdleTimeout ends a connection over which nothing arrives. Zero means 30 s.
	// A peer can keep one alive with empty packets: who waits for a message sets
	// a deadline.
	IdleTimeout time.Duration
	// MaxStrangers bounds the callers that are not proven yet. Zero means 256;
	// one source (an IPv4 address, an IPv6 /64) has at most a quarter of it.
	MaxStrangers int
	// MaxConns bounds the connections with proven peers, which cost some 76 kB
	// each. Zero means 1024.
	MaxConns int
	// Log takes what an operator should know. Nil discards it.
	Log *slog.Logger
}

// bufferBytes is asked of the kernel for the socket in each direction: some
// 10 ms at 3 Gbit/s. It gives less where its own limit is lower.
const bufferBytes = 4 << 20

// Socket is the node's one UDP socket. It is safe for concurrent use.
type Socket struct {
	cfg       Config
	udp       *net.UDPConn
	local     netip.AddrPort
	batch     batcher
	quic      *packetConn
	transport *quic.Transport
	gate      gate
	accepted  chan *Conn
	ended     chan struct{} // closed by Close
	endOnce   sync.Once
	count     counters

	// reading is full while somebody reads the socket: the pump or the Wire. It is a
	// channel, and not a mutex, so that closing a Wire ends its waiting for a turn.
	reading chan struct{}
	carry   carry // of whoever reads

	mask  atomic.Pointer[Mask] // nil: WireGuard's packets are sent as they are
	plain atomic.Bool          // such packets are taken beside masked ones

	mu       sync.Mutex // guards what follows
	wire     *Wire      // the open one, or nil
	resume   chan struct{}
	conns    map[*Conn]struct{} // those over QUIC that are not closed
	handedTo bool               // the Wire reads, not the pump
}

// Stats counts datagrams since the Socket was opened.
type Stats struct {
	WireGuard uint64 // handed to the Wire
	QUIC      uint64 // handed to QUIC
	Junk      uint64 // of no known kind
	NoWire    uint64 // WireGuard's, while no Wire was open
	Overrun   uint64 // QUIC's, that came faster than it takes them
}

type counters struct {
	wireGuard, quic, junk, noWire, overrun atomic.Uint64
}

// Open binds the socket. A port that is taken is a Conflict. Nothing is read
// until Run.
func Open(cfg Config) (*Socket, error) {
	if cfg.Key == nil {
		return nil, wherry.Errorf(wherry.Invalid, "link without an identity")
	}
	if cfg.Control != nil && len(cfg.Control) != ed25519.PrivateKeySize {
		return nil, wherry.Errorf(wherry.Invalid, "control key of %d bytes: want %d", len(cfg.Control), ed25519.PrivateKeySize)
	}
	cfg.HandshakeTimeout = def(cfg.HandshakeTimeout, 5*time.Second)
	cfg.IdleTimeout = def(cfg.IdleTimeout, 30*time.Second)
	cfg.MaxStrangers = def(cfg.MaxStrangers, 256)
	cfg.MaxConns = def(cfg.MaxConns, 1024)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	udp, err := listen(cfg.Listen)
	if err != nil {
		return nil, err
	}
	if err := mark(udp, cfg.Mark); err != nil {
		udp.Close()
		return nil, err
	}
	_ = udp.SetReadBuffer(bufferBytes) // less is slower, not wrong
	_ = udp.SetWriteBuffer(bufferBytes)
	b, err := newBatcher(udp)
	if err != nil {
		udp.Close()
		return nil, wherry.Errorf(wherry.Internal, "open udp socket: %w", err)
	}
	s := &Socket{
		cfg: cfg, udp: udp, local: local(udp), batch: b,
		accepted: make(chan *Conn, 16), ended: make(chan struct{}), reading: make(chan struct{}, 1), conns: map[*Conn]struct{}{},
	}
	s.gate.max = cfg.MaxStrangers
	s.quic = newPacketConn(s)
	s.transport = &quic.Transport{
		Conn:                             s.quic,
		ConnContext:                      s.gate.enter,
		VerifySourceAddress:              s.gate.crowded,
		DisableVersionNegotiationPackets: true,
	}
	return s, nil
}

func mark(udp *net.UDPConn, by func(syscall.RawConn) error) error {
	if by == nil {
		return nil
	}
	raw, err := udp.SyscallConn()
	if err != nil {
		return wherry.Errorf(wherry.Internal, "mark the udp socket: %w", err)
	}
	return by(raw)
}

func listen(at netip.AddrPort) (*net.UDPConn, error) {
	network := "udp"
	switch {
	case at.Addr().Is4():
		network = "udp4"
	case at.Addr().Is6() && !at.Addr().IsUnspecified():
		network = "udp6"
	}
	addr := &net.UDPAddr{Port: int(at.Port())}
	if at.Addr().IsValid() {
		addr = net.UDPAddrFromAddrPort(at)
	}
	udp, err := net.ListenUDP(network, addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, wherry.Errorf(wherry.Conflict, "udp port %d is taken by another program: %w", at.Port(), err)
	}
	if err != nil {
		return nil, wherry.Errorf(wherry.Conflict, "listen on udp port %d: %w", at.Port(), err)
	}
	return udp, nil
}

func local(udp *net.UDPConn) netip.AddrPort {
	return udp.LocalAddr().(*net.UDPAddr).AddrPort()
}

// LocalAddr returns the address and port that are bound.
func (s *Socket) LocalAddr() netip.AddrPort {
	return netip.AddrPortFrom(s.local.Addr().Unmap(), s.local.Port())
}

// Stats returns the counts up to now.
func (s *Socket) Stats() Stats {
	return Stats{
		WireGuard: s.count.wireGuard.Load(), QUIC: s.count.quic.Load(), Junk: s.count.junk.Load(),
		NoWire: s.count.noWire.Load(), Overrun: s.count.overrun.Load(),
	}
}

// Run reads the socket and admits callers until ctx ends, and closes the Socket
// then. Dial and Accept need it running.
func (s *Socket) Run(ctx context.Context) error {
	defer s.Close()
	var ln *quic.Listener
	if s.cfg.Control != nil {
		conf, err := serverTLS(s.cfg.Control)
		if err != nil {
			return err
		}
		if ln, err = s.transport.Listen(conf, s.quicConfig()); errors.Is(err, net.ErrClosed) {
			return nil // by Close, before us
		} else if err != nil {
			return fmt.Errorf("listen for callers: %w", err)
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.pump(ctx) })
	if ln != nil {
		g.Go(func() error { return s.admit(ctx, ln) })
	}
	g.Go(func() error {
		select {
		case <-ctx.Done():
		case <-s.ended:
		}
		s.Close()
		return nil
	})
	return g.Wait()
}

// Close ends every connection and gives the port back. What was written to a
// Conn that was closed before is given half a second to arrive.
func (s *Socket) Close() error {
	s.endOnce.Do(func() {
		close(s.ended)
		s.endConns()
		s.quic.Close()
		_ = s.transport.Close() // it fails on nothing that could be mended
		s.udp.Close()
	})
	return nil
}

func (s *Socket) endConns() {
	s.mu.Lock()
	all := make([]*Conn, 0, len(s.conns))
	for c := range s.conns {
		all = append(all, c)
	}
	s.mu.Unlock()
	var wg sync.WaitGroup
	for _, c := range all {
		wg.Go(func() { c.end() })
	}
	wg.Wait()
}

func (s *Socket) quicConfig() *quic.Config {
	return &quic.Config{
		HandshakeIdleTimeout:           s.cfg.HandshakeTimeout,
		MaxIdleTimeout:                 s.cfg.IdleTimeout,
		InitialStreamReceiveWindow:     64 << 10,
		MaxStreamReceiveWindow:         256 << 10,
		InitialConnectionReceiveWindow: 128 << 10,
		MaxConnectionReceiveWindow:     512 << 10,
		MaxIncomingStreams:             4, // one is used; a browser opens some more
		MaxIncomingUniStreams:          3,
		DisablePathMTUDiscovery:        true,
	}
}

func def[T int | time.Duration](v, zero T) T {
	if v == 0 {
		return zero
	}
	return v
}
