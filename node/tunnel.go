package node

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/service/cloak"
	"github.com/wherrynet/wherry/service/wireguard"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/provider"
	"github.com/wherrynet/wherry/session/wire"
)

// What a session asks for, and what fulfils it.
var (
	_ link.Mask       = (*cloak.Mask)(nil)
	_ wireguard.Wire  = (*link.Wire)(nil)
	_ wire.Link       = (*link.Conn)(nil)
	_ consumer.Tunnel = (*consumerTunnel)(nil)
	_ provider.Tunnel = (*providerTunnel)(nil)
)

// consumerTunnel is a WireGuard device for one session, on the node's socket.
type consumerTunnel struct {
	socket   *link.Socket
	endpoint netip.AddrPort // of the provider
	key      wireguard.PrivateKey
	log      *slog.Logger
	whole    bool // it carries the whole machine's traffic, once a TUN is attached

	mtu      int               // of an inner packet, from Up on
	device   *wireguard.Device // nil until Up
	provider wireguard.Key
	tunnel   *wireguard.Tunnel
}

func newConsumerTunnel(s *link.Socket, endpoint netip.AddrPort, log *slog.Logger) (*consumerTunnel, error) {
	key, err := wireguard.GenerateKey() // a new one each time: sessions can't be told to be one consumer's by it
	if err != nil {
		return nil, err
	}
	return &consumerTunnel{socket: s, endpoint: endpoint, key: key, log: log}, nil
}

// Key implements consumer.Tunnel.
func (t *consumerTunnel) Key() wire.TunnelKey { return wire.TunnelKey(t.key.Public()) }

// Up implements consumer.Tunnel.
func (t *consumerTunnel) Up(a wire.Accept) error {
	if err := setMask(t.socket, a.Mask); err != nil {
		return err
	}
	w, err := t.socket.OpenWire()
	if err != nil {
		return err
	}
	t.mtu = t.knownMTU()
	d, err := wireguard.New(wireguard.Config{Wire: w, PrivateKey: t.key, MTU: t.mtu, TUN: t.whole, Log: t.log})
	if err != nil {
		return errors.Join(err, w.Close())
	}
	t.device, t.provider = d, wireguard.Key(a.TunnelKey)
	err = d.AddPeer(wireguard.Peer{
		Key: t.provider, Endpoint: t.endpoint,
		Inner: valid(a.Inner.Provider4, a.Inner.Provider6), Own: valid(a.Inner.Consumer4, a.Inner.Consumer6),
	})
	if err == nil {
		t.tunnel, err = d.Tunnel(t.provider)
	}
	if err != nil {
		return errors.Join(err, t.Down())
	}
	return nil
}

// setMask masks what a socket's tunnel sends, if there is a key. A session has a
// socket's Wire to itself, so there is one mask at a time.
func setMask(s *link.Socket, k wire.MaskKey) error {
	if k == (wire.MaskKey{}) {
		s.SetMask(nil)
		return nil
	}
	m, err := cloak.New(cloak.Key(k))
	if err != nil {
		return err
	}
	s.SetMask(m)
	return nil
}

// Count implements consumer.Tunnel.
func (t *consumerTunnel) Count() (sent, received uint64) {
	if t.device == nil {
		return 0, 0
	}
	c := t.device.Count(t.provider)
	return c.Out, c.In
}

// Dial implements consumer.Tunnel.
func (t *consumerTunnel) Dial(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	return t.tunnel.Dial(ctx, "tcp", to)
}

// Attach has tun carry the machine's traffic through this session. It takes tun away
// from the session that had it before. The tunnel is a whole one, and up.
func (t *consumerTunnel) Attach(tun *wireguard.TUN) error {
	if t.device == nil {
		return wherry.Errorf(wherry.Conflict, "the tunnel is not up")
	}
	return t.device.Attach(tun)
}

// FindMTU finds out how large the packets are that pass to the provider and back, has
// the tunnel hold its connections to it, and returns it for the TUN to be set to. It
// takes two round trips, or some more on a path that loses what is too large.
func (t *consumerTunnel) FindMTU(ctx context.Context) (int, error) {
	if t.tunnel == nil {
		return 0, wherry.Errorf(wherry.Conflict, "the tunnel is not up")
	}
	mtu, err := t.tunnel.FindMTU(ctx, t.mtu)
	if err != nil {
		return 0, err
	}
	// What a router has reported meanwhile the kernel would cut in two from now on.
	t.mtu = min(mtu, t.knownMTU())
	return t.mtu, t.device.SetMTU(t.mtu)
}

// knownMTU is what fits into the path as far as this computer knows it.
func (t *consumerTunnel) knownMTU() int {
	path, err := t.socket.PathMTU(t.endpoint)
	if err != nil {
		return wireguard.DefaultMTU
	}
	return wireguard.InnerMTU(path, t.endpoint.Addr())
}

// Renew has the tunnel speak at once, after a change of address or a sleep.
func (t *consumerTunnel) Renew() error {
	if t.device == nil {
		return wherry.Errorf(wherry.Conflict, "the tunnel is not up")
	}
	return t.device.Renew(t.provider)
}

// LastReceived says when the provider was heard last; zero means never.
func (t *consumerTunnel) LastReceived() time.Time {
	if t.device == nil {
		return time.Time{}
	}
	return t.device.LastReceived(t.provider)
}

// Down implements consumer.Tunnel.
func (t *consumerTunnel) Down() error {
	if t.device == nil {
		return nil
	}
	return t.device.Close()
}

// providerTunnel is the one device of a provider, with a peer per session.
type providerTunnel struct {
	socket *link.Socket
	device *wireguard.Device
	inner  []netip.Addr // its own addresses in the tunnel

	mu    sync.Mutex // guards plain
	plain map[wire.TunnelKey]bool
}

// setPlain notes whether a peer that knows no mask is there. While none is, plain
// packets are junk, as a stranger's are.
func (t *providerTunnel) setPlain(key wire.TunnelKey, there bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if there {
		t.plain[key] = true
	} else {
		delete(t.plain, key)
	}
	t.socket.AllowPlain(len(t.plain) > 0)
}

// Key implements provider.Tunnel.
func (t *providerTunnel) Key() wire.TunnelKey { return wire.TunnelKey(t.device.PublicKey()) }

// AddPeer implements provider.Tunnel.
func (t *providerTunnel) AddPeer(key wire.TunnelKey, inner []netip.Addr, plain bool) error {
	err := t.device.AddPeer(wireguard.Peer{Key: wireguard.Key(key), Inner: inner, Plain: plain})
	if err == nil && plain {
		t.setPlain(key, true)
	}
	return err
}

// RemovePeer implements provider.Tunnel.
func (t *providerTunnel) RemovePeer(key wire.TunnelKey) (uint64, error) {
	c, err := t.device.RemovePeer(wireguard.Key(key))
	t.setPlain(key, false)
	return c.Total(), err
}

// Count implements provider.Tunnel.
func (t *providerTunnel) Count(key wire.TunnelKey) uint64 {
	return t.device.Count(wireguard.Key(key)).Total()
}

// SetAllowance implements provider.Tunnel.
func (t *providerTunnel) SetAllowance(key wire.TunnelKey, bytes uint64) error {
	return t.device.SetAllowance(wireguard.Key(key), bytes)
}

// Listen implements provider.Tunnel, on all of the device's own addresses.
func (t *providerTunnel) Listen(_ context.Context, port uint16) (net.Listener, error) {
	m := &listeners{accepted: make(chan accepted), done: make(chan struct{})}
	for _, a := range t.inner {
		l, err := t.device.ListenTCP(netip.AddrPortFrom(a, port))
		if err != nil {
			return nil, errors.Join(err, m.Close())
		}
		m.all = append(m.all, l)
	}
	for _, l := range m.all {
		m.wg.Go(func() { m.accept(l) })
	}
	return m, nil
}

// listeners is several listeners as one. Close ends it and its goroutines.
type listeners struct {
	all      []net.Listener
	accepted chan accepted
	done     chan struct{}
	once     sync.Once
	wg       sync.WaitGroup
}

type accepted struct {
	conn net.Conn
	err  error
}

func (m *listeners) accept(l net.Listener) {
	for {
		c, err := l.Accept()
		select {
		case m.accepted <- accepted{c, err}:
		case <-m.done:
			if c != nil {
				_ = c.Close() // nobody will serve it
			}
			return
		}
		if err != nil {
			return
		}
	}
}

// Accept implements net.Listener.
func (m *listeners) Accept() (net.Conn, error) {
	select {
	case a := <-m.accepted:
		return a.conn, a.err
	case <-m.done:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (m *listeners) Close() error {
	var errs []error
	m.once.Do(func() {
		close(m.done)
		for _, l := range m.all {
			errs = append(errs, l.Close())
		}
		m.wg.Wait()
	})
	return errors.Join(errs...)
}

// Addr implements net.Listener.
func (m *listeners) Addr() net.Addr { return m.all[0].Addr() }

// valid returns those of all that are addresses.
func valid(all ...netip.Addr) []netip.Addr {
	var out []netip.Addr
	for _, a := range all {
		if a.IsValid() {
			out = append(out, a)
		}
	}
	return out
}

// silence is how long a link may take to say something before a node gives up
// on it.
const silence = 15 * time.Second

// unreachable gives an error of the network the code that it means.
func unreachable(err error) error {
	if err == nil || wherry.CodeOf(err) != wherry.Internal {
		return err
	}
	return wherry.Errorf(wherry.Unreachable, "%w", err)
}
