package sessiontest

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/wire"
)

// Link is one end of a stream whose other end is known.
type Link struct {
	net.Conn
	Who wherry.Address
}

// Peer returns who is at the other end.
func (l Link) Peer() wherry.Address { return l.Who }

// Links returns both ends of a stream between two identities.
func Links(a, b wherry.Address) (ofA, ofB Link) {
	x, y := net.Pipe()
	return Link{x, b}, Link{y, a}
}

// Ends is a provider's tunnel with all its peers, and makes the consumers' ends.
type Ends struct {
	mu       sync.Mutex // guards all below
	peers    map[wire.TunnelKey]*Peer
	listener *listener
	last     byte
	removed  int
}

// NewEnds returns a tunnel without peers.
func NewEnds() *Ends { return &Ends{peers: map[wire.TunnelKey]*Peer{}} }

// Peer is one consumer's end: a session/consumer.Tunnel.
type Peer struct {
	ends *Ends
	key  wire.TunnelKey

	// all guarded by ends.mu
	inner     []netip.Addr // as the provider has it
	up, cut   bool
	allowance uint64
	carried   uint64 // what the provider counts
	got       uint64 // what the consumer counts
	conns     []net.Conn
	refuse    bool
}

// Consumer returns a new consumer's end.
func (e *Ends) Consumer() *Peer {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.last++
	return &Peer{ends: e, key: wire.TunnelKey{0xc0, e.last}}
}

// Key returns the provider's key.
func (e *Ends) Key() wire.TunnelKey { return wire.TunnelKey{0x90} }

// AddPeer lets a consumer in.
func (e *Ends) AddPeer(key wire.TunnelKey, inner []netip.Addr, _ bool) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.peers[key] != nil {
		return wherry.Errorf(wherry.Conflict, "a peer with this key is there already")
	}
	e.peers[key] = &Peer{ends: e, key: key, inner: inner}
	return nil
}

// RemovePeer cuts a consumer off.
func (e *Ends) RemovePeer(key wire.TunnelKey) (uint64, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	p := e.peers[key]
	if p == nil {
		return 0, wherry.Errorf(wherry.NotFound, "no such peer")
	}
	delete(e.peers, key)
	e.removed++
	return p.carried, nil
}

// Removed returns how many peers were taken out.
func (e *Ends) Removed() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.removed
}

// Count returns what the provider counts for a consumer.
func (e *Ends) Count(key wire.TunnelKey) uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	if p := e.peers[key]; p != nil {
		return p.carried
	}
	return 0
}

// SetAllowance raises what a consumer may use.
func (e *Ends) SetAllowance(key wire.TunnelKey, bytes uint64) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	p := e.peers[key]
	if p == nil {
		return wherry.Errorf(wherry.NotFound, "no such peer")
	}
	p.allowance = max(p.allowance, bytes)
	return nil
}

// Allowance returns what was allowed for a consumer's end.
func (p *Peer) Allowance() uint64 {
	p.ends.mu.Lock()
	defer p.ends.mu.Unlock()
	if q := p.ends.peers[p.key]; q != nil {
		return q.allowance
	}
	return 0
}

// Listen accepts connections from inside.
func (e *Ends) Listen(context.Context, uint16) (net.Listener, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.listener = &listener{conns: make(chan net.Conn), done: make(chan struct{})}
	return e.listener, nil
}

// Carry moves n bytes of traffic through the tunnel, as far as the allowance
// reaches, of which lost never arrive at the consumer's count. It returns what
// was carried.
func (p *Peer) Carry(n, lost uint64) uint64 {
	p.ends.mu.Lock()
	defer p.ends.mu.Unlock()
	q := p.ends.peers[p.key]
	if q == nil || !p.up || p.cut {
		return 0
	}
	n = min(n, q.allowance-min(q.allowance, q.carried))
	q.carried += n
	p.got += n - min(n, lost)
	return n
}

// Claim makes the provider count bytes that nobody sent.
func (p *Peer) Claim(n uint64) {
	p.ends.mu.Lock()
	defer p.ends.mu.Unlock()
	if q := p.ends.peers[p.key]; q != nil {
		q.carried += n
	}
}

// Carried returns the provider's count for the consumer's end.
func (p *Peer) Carried() uint64 { return p.ends.Count(p.key) }

// Break resets all connections inside the tunnel.
func (p *Peer) Break() {
	p.ends.mu.Lock()
	conns := p.conns
	p.conns = nil
	p.ends.mu.Unlock()
	for _, c := range conns {
		_ = c.Close()
	}
}

// Cut makes the tunnel an outage: nothing passes and dials hang.
func (p *Peer) Cut(cut bool) {
	p.ends.mu.Lock()
	p.cut = cut
	p.ends.mu.Unlock()
	if cut {
		p.Break()
	}
}

// Refuse makes dials fail at once, as when no process listens any more.
func (p *Peer) Refuse() {
	p.ends.mu.Lock()
	p.refuse = true
	p.ends.mu.Unlock()
	p.Break()
}

// Key returns the consumer's key.
func (p *Peer) Key() wire.TunnelKey { return p.key }

// Up notes that the consumer has configured its end.
func (p *Peer) Up(wire.Accept) error {
	p.ends.mu.Lock()
	defer p.ends.mu.Unlock()
	p.up = true
	return nil
}

// IsUp reports whether the consumer's end is configured.
func (p *Peer) IsUp() bool {
	p.ends.mu.Lock()
	defer p.ends.mu.Unlock()
	return p.up
}

// Down takes the consumer's end away.
func (p *Peer) Down() error {
	p.ends.mu.Lock()
	p.up = false
	p.ends.mu.Unlock()
	p.Break()
	return nil
}

// Count returns what the consumer counts; all of it as received.
func (p *Peer) Count() (sent, received uint64) {
	p.ends.mu.Lock()
	defer p.ends.mu.Unlock()
	return 0, p.got
}

// Dial connects to the provider inside the tunnel.
func (p *Peer) Dial(ctx context.Context, _ netip.AddrPort) (net.Conn, error) {
	p.ends.mu.Lock()
	l, q, cut, refuse := p.ends.listener, p.ends.peers[p.key], p.cut, p.refuse
	p.ends.mu.Unlock()
	switch {
	case refuse:
		return nil, &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	case cut || q == nil || l == nil:
		<-ctx.Done()
		return nil, ctx.Err()
	}
	ours, theirs := net.Pipe()
	remote := innerConn{theirs, netip.AddrPortFrom(q.inner[0], 40000)}
	select {
	case l.conns <- remote:
	case <-l.done:
		return nil, &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p.ends.mu.Lock()
	p.conns = append(p.conns, ours)
	p.ends.mu.Unlock()
	return ours, nil
}

// innerConn is a connection that says which inner address it comes from.
type innerConn struct {
	net.Conn
	from netip.AddrPort
}

func (c innerConn) RemoteAddr() net.Addr { return net.TCPAddrFromAddrPort(c.from) }

type listener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *listener) Addr() net.Addr { return &net.TCPAddr{} }

// Eventually waits in virtual time until ok, and reports whether it became so.
func Eventually(within time.Duration, ok func() bool) bool {
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if ok() {
			return true
		}
	}
	return ok()
}
