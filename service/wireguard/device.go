package wireguard

import (
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tailscale/wireguard-go/device"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"github.com/wherrynet/wherry"
)

// DefaultMTU is the largest inner packet where a Config says nothing: an Ethernet
// frame less the outer headers over IPv6.
const DefaultMTU = 1420

// Config is what New needs.
type Config struct {
	// Wire carries the encrypted packets. The Device closes it.
	Wire Wire

	// PrivateKey is who the device is.
	PrivateKey PrivateKey

	// Addrs are the device's own addresses in the tunnel, at most one per IP version:
	// a provider's. A consumer learns its addresses per peer.
	Addrs []netip.Addr

	// MTU is the largest inner packet. 0 means DefaultMTU.
	MTU int

	// TUN says that traffic passes through an interface of the kernel's, which Attach
	// gives; until then only control does. Control stays in the stack: the sockets of
	// this Device on a provider's own addresses, and those that a consumer's Tunnel
	// dials. So nothing that this computer listens on is in reach of a peer, and control
	// needs neither routes nor firewall rules. It needs Linux.
	TUN bool

	// Exit is where peers' traffic goes. Without it the device is a consumer's:
	// it lets nothing out and answers no DNS.
	Exit Exit

	// FlowsPerPeer bounds the connections that one peer has open through Exit. 0 means
	// 512. What is over it is reset, or dropped.
	FlowsPerPeer int

	// Shaper divides the line between a provider's peers. nil divides nothing.
	Shaper Shaper

	// Log gets what an operator may want to know. nil discards.
	Log *slog.Logger
}

// Device is one end of any number of tunnels.
type Device struct {
	key   Key
	cfg   Config
	log   *slog.Logger
	bind  *bind
	nic   *nic
	stack *stack.Stack
	peers *peers
	wg    *device.Device
	fwd   *forwarder // nil on a consumer's side

	inside *inside

	closing sync.Once
	closed  chan struct{}
}

// New makes a Device, and it works at once: peers can be added, and dialled. It
// holds goroutines (those of the WireGuard device and of the stack), so either Run
// or Close must follow.
func New(cfg Config) (*Device, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	d := &Device{
		key: cfg.PrivateKey.Public(), cfg: cfg, log: cfg.Log,
		peers: newPeers(cfg.Addrs), closed: make(chan struct{}),
	}
	d.bind = newBind(cfg.Wire, cfg.Log)
	d.nic = newNIC(cfg.MTU, d.peers)
	d.inside = &inside{nic: d.nic}
	if cfg.TUN {
		d.inside.kernel = newKernelQueue(d.peers, &d.nic.mtu)
	}
	s, err := newStack(d.nic, cfg.Addrs, cfg.Exit != nil)
	if err != nil {
		return nil, err
	}
	d.stack = s
	if cfg.Exit != nil {
		if d.fwd, err = newForwarder(d, cfg.Exit); err != nil {
			s.Destroy()
			return nil, err
		}
	}
	// The device's own lines hold addresses, and keys in part: only the constant half
	// of an error's passes.
	d.wg = device.NewDevice(d.inside, d.bind, &device.Logger{
		Verbosef: device.DiscardLogf,
		Errorf:   func(format string, _ ...any) { d.log.Debug("wireguard device", "err", format) },
	}, device.WithQueueInboundSize(wgQueue), device.WithQueueOutboundSize(wgQueue))
	d.wg.SetPeerLookupFunc(d.lookUp)
	d.wg.SetSessionStateFunc(d.sessionState)
	if err := d.wg.SetPrivateKey(device.NoisePrivateKey(cfg.PrivateKey.b)); err != nil {
		d.shut()
		return nil, fmt.Errorf("set the tunnel's key: %w", err)
	}
	d.cfg.PrivateKey = PrivateKey{} // the device has it
	if err := d.wg.Up(); err != nil {
		d.shut()
		return nil, fmt.Errorf("start the tunnel: %w", err)
	}
	return d, nil
}

// wgQueue is how many batches WireGuard queues per peer and direction. A batch is
// mostly one piece of TCP of 64 KiB, so this is 10 ms at 3 Gbit/s. Longer queues only add
// latency, for others too, and memory: 256 takes 20 MB more under load, and is as fast.
const wgQueue = 64

func (c *Config) check() error {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.MTU == 0 {
		c.MTU = DefaultMTU
	}
	if c.FlowsPerPeer == 0 {
		c.FlowsPerPeer = 512
	}
	c.Addrs = slices.Clone(c.Addrs)
	switch {
	case c.Wire == nil:
		return wherry.Errorf(wherry.Invalid, "a tunnel needs a wire")
	case c.PrivateKey.IsZero():
		return wherry.Errorf(wherry.Invalid, "a tunnel needs a private key")
	case c.MTU < 1280 || c.MTU > 9000:
		return wherry.Errorf(wherry.Invalid, "an MTU of %d is not between 1280 and 9000", c.MTU)
	case c.FlowsPerPeer < 0:
		return wherry.Errorf(wherry.Invalid, "a negative number of flows")
	case c.Exit != nil && len(c.Addrs) == 0:
		return wherry.Errorf(wherry.Invalid, "a provider's tunnel needs an address of its own")
	}
	return checkAddrs(c.Addrs)
}

func checkAddrs(addrs []netip.Addr) error {
	var v4, v6 int
	for _, a := range addrs {
		if !a.IsValid() || a.Is4In6() || a.Zone() != "" || a.IsUnspecified() || a.IsMulticast() || a.IsLoopback() {
			return wherry.Errorf(wherry.Invalid, "%v can't be an address in a tunnel", a)
		}
		if a.Is4() {
			v4++
		} else {
			v6++
		}
	}
	if v4 > 1 || v6 > 1 {
		return wherry.Errorf(wherry.Invalid, "more than one address per IP version")
	}
	return nil
}

// PublicKey is the name of this device.
func (d *Device) PublicKey() Key { return d.key }

// LocalAddr is the address of the Wire.
func (d *Device) LocalAddr() netip.AddrPort { return d.cfg.Wire.LocalAddr() }

// Run keeps the device until ctx is done or Close is called, then closes it.
func (d *Device) Run(ctx context.Context) error {
	select {
	case <-ctx.Done():
	case <-d.closed:
	}
	return d.Close()
}

// Close ends every tunnel, and returns when the device has let go of its peers, its
// Wire and its stack.
func (d *Device) Close() error {
	d.shut()
	<-d.closed
	return nil
}

func (d *Device) shut() {
	d.closing.Do(func() {
		for _, p := range d.peers.all() {
			d.cut(p) // they stay in the table, so that their final count can be read
		}
		if d.fwd != nil {
			d.fwd.stop()
		}
		_ = d.inside.Close()
		d.wg.Close()
		_ = d.wg.SetPrivateKey(device.NoisePrivateKey{}) // nobody needs it any more
		_ = d.bind.Close()                               // if the device never came up, nobody else has
		d.stack.Destroy()
		close(d.closed)
	})
}

// AddPeer lets a peer in. On a provider's side only control passes until the first
// SetAllowance.
func (d *Device) AddPeer(p Peer) error {
	if p.Key.IsZero() || p.Key == d.key {
		return wherry.Errorf(wherry.Invalid, "the peer's key is not one of another device")
	}
	if len(p.Inner) == 0 {
		return wherry.Errorf(wherry.Invalid, "a peer needs an address in the tunnel")
	}
	if err := checkAddrs(p.Inner); err != nil {
		return err
	}
	if err := checkAddrs(p.Own); err != nil {
		return err
	}
	q := newPeer(p, d.cfg.FlowsPerPeer)
	q.shaper = d.cfg.Shaper
	q.endpoint = newEndpoint(d.bind, p.Key, p.Endpoint)
	q.endpoint.plain = p.Plain
	if err := d.peers.add(q); err != nil {
		return err
	}
	for i, a := range q.Own {
		if err := addAddr(d.stack, a); err != nil {
			for _, b := range q.Own[:i] {
				removeAddr(d.stack, b)
			}
			d.peers.remove(p.Key)
			return err
		}
	}
	d.bind.add(q.endpoint)
	d.wg.RemovePeer(device.NoisePublicKey(p.Key)) // what a removal that met a handshake has left
	if !q.eager {
		return nil // lookUp makes it when it speaks
	}
	if err := d.wg.IpcSet(q.settings()); err != nil {
		d.dropPeer(p.Key)
		return fmt.Errorf("add a peer to the tunnel: %w", err)
	}
	return nil
}

// lookUp is asked by WireGuard for peers that it doesn't know: a provider's come into
// being with their first handshake, and are forgotten, keys and all, nine minutes
// after they fell silent. What is counted for them is not kept there.
func (d *Device) lookUp(k device.NoisePublicKey) (*device.NewPeerConfig, bool) {
	p := d.peers.byKey(Key(k))
	if p == nil || p.eager {
		return nil, false
	}
	c := &device.NewPeerConfig{Endpoint: p.endpoint}
	for _, a := range p.Inner {
		c.AllowedIPs = append(c.AllowedIPs, netip.PrefixFrom(a, a.BitLen()))
	}
	return c, true
}

// sessionState is told by WireGuard when keys come and go.
func (d *Device) sessionState(k device.NoisePublicKey, s device.PeerSessionState) {
	if p := d.peers.byKey(Key(k)); p != nil {
		p.live.Store(s != device.PeerSessionNone)
	}
}

// Renew speaks to a peer at once, as after a change of address or a sleep: an empty
// packet, so that the peer learns where this device is now, and a handshake, unless
// one was begun less than 5 s ago and may still be answered.
func (d *Device) Renew(k Key) error {
	p, ok := d.wg.LookupActivePeer(device.NoisePublicKey(k))
	if !ok {
		return errNoPeer()
	}
	if q := d.peers.byKey(k); q != nil && q.live.Load() {
		p.SendKeepalive()
	}
	if err := p.SendHandshakeInitiation(false); err != nil {
		return wherry.Errorf(wherry.Unreachable, "renew the tunnel: %w", err)
	}
	return nil
}

// settings is the peer in WireGuard's configuration protocol.
func (p *peer) settings() string {
	var b strings.Builder
	key := hex.EncodeToString(p.Key[:])
	fmt.Fprintf(&b, "public_key=%s\nendpoint=%s\nreplace_allowed_ips=true\n", key, key)
	if p.consumer {
		b.WriteString("allowed_ip=0.0.0.0/0\nallowed_ip=::/0\n")
	} else {
		for _, a := range p.Inner {
			fmt.Fprintf(&b, "allowed_ip=%s\n", netip.PrefixFrom(a, a.BitLen()))
		}
	}
	keepalive := p.Keepalive
	if keepalive == 0 && p.consumer {
		keepalive = 25 * time.Second
	}
	if keepalive > 0 {
		fmt.Fprintf(&b, "persistent_keepalive_interval=%d\n", max(1, int(keepalive/time.Second)))
	}
	return b.String()
}

// RemovePeer cuts a peer off, ends its connections, and returns the final count.
func (d *Device) RemovePeer(k Key) (Count, error) {
	p := d.dropPeer(k)
	if p == nil {
		return Count{}, errNoPeer()
	}
	return p.count(), nil
}

func (d *Device) dropPeer(k Key) *peer {
	p := d.peers.remove(k)
	if p != nil {
		d.cut(p)
	}
	return p
}

// cut ends all that p does.
func (d *Device) cut(p *peer) {
	p.end()
	d.wg.RemovePeer(device.NoisePublicKey(p.Key))
	d.bind.remove(p.Key)
	for _, a := range p.Own {
		removeAddr(d.stack, a)
	}
}

// Count returns what has passed so far, zero for a peer that isn't there. Closing the
// Device leaves the counts as they are; removing a peer returns its count instead.
func (d *Device) Count(k Key) Count {
	if p := d.peers.byKey(k); p != nil {
		return p.count()
	}
	return Count{}
}

// PeerCount is what has passed between this device and one of its peers.
type PeerCount struct {
	Key Key
	Count
}

// Counts appends the counts of all peers to into, in no order.
func (d *Device) Counts(into []PeerCount) []PeerCount {
	d.peers.mu.RLock()
	defer d.peers.mu.RUnlock()
	for k, p := range d.peers.keys {
		into = append(into, PeerCount{k, p.count()})
	}
	return into
}

// SetAllowance raises the total of wire bytes that a peer may use, both directions
// together, since it was added. It can't be lowered.
func (d *Device) SetAllowance(k Key, total uint64) error {
	p := d.peers.byKey(k)
	if p == nil {
		return errNoPeer()
	}
	p.allow(total)
	return nil
}

// LastReceived says when the newest authenticated packet came from a peer, to the
// precision of a batch. Zero means never. A consumer's side with the default
// Keepalive can't tell silence from idleness faster than its own control messages
// are answered.
func (d *Device) LastReceived(k Key) time.Time {
	if p := d.peers.byKey(k); p != nil {
		if ns := p.endpoint.received.Load(); ns != 0 {
			return time.Unix(0, ns)
		}
	}
	return time.Time{}
}

func errNoPeer() error { return wherry.Errorf(wherry.NotFound, "no such peer in the tunnel") }
