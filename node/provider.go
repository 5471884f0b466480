package node

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/whole"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/market/offer"
	"github.com/wherrynet/wherry/service/cloak"
	"github.com/wherrynet/wherry/service/shape"
	"github.com/wherrynet/wherry/service/wireguard"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/provider"
	"github.com/wherrynet/wherry/session/wire"
)

// serviceName is the service that this version sells.
const serviceName = "wireguard"

// offeredCredit is what a provider lets one consumer owe at most.
var offeredCredit = meter.Credit{Bytes: 64 << 20, Seconds: 30}

// defaultTrust is how much a hub may owe beyond its reserve: twice what it pays
// by itself at least, as hubs are by default. With less, sessions would stop
// before it ever pays.
var defaultTrust = wherry.Tokens(2)

// ProvideReady says what is sold, and where.
type ProvideReady struct {
	Listen netip.AddrPort // UDP
	Place  wherry.Place
	Rate   wherry.Rate
	Mode   ExitMode // how consumers' traffic leaves
}

// Provide sells until ctx ends, which is no error. It starts also while hubs and
// chains are out of reach, and serves once they answer.
func (c Config) Provide(ctx context.Context, ready func(ProvideReady)) error {
	p, err := c.openProvider(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	path, err := c.sellingPath(p.network)
	if err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	// The socket and the books outlive ctx: the last promises pass through them.
	own, stopOwn := context.WithCancel(context.WithoutCancel(ctx))
	defer stopOwn()
	g.Go(func() error { return ended(own, p.socket.Run(own)) })
	g.Go(func() error { return ended(own, p.device.Run(own)) })
	for _, b := range p.books {
		g.Go(func() error { return ended(own, b.run(own)) })
		g.Go(func() error { return serveControl(gctx, b.path, b.commands()) })
	}
	g.Go(func() error {
		defer stopOwn()
		return p.role.Run(gctx)
	})
	g.Go(func() error { return p.way.run(gctx) })
	g.Go(func() error { return p.quota.run(own) })
	g.Go(func() error { return serveControl(gctx, path, p.tasks()) })
	g.Go(func() error { return p.accept(gctx, g) })
	g.Go(func() error { return p.market.Run(gctx) })
	g.Go(func() error { return p.announce(gctx) })
	if p.http != nil {
		g.Go(func() error { return serveHTTP(gctx, p.http, p.handler()) })
	}
	if err := p.publish(time.Now()); err != nil {
		p.log.Warn("offer not signed, the last one stands", "err", err)
	}
	if ready != nil {
		ready(ProvideReady{Listen: p.socket.LocalAddr(), Place: p.offer.Place, Rate: p.offer.Rate, Mode: p.way.mode})
	}
	return g.Wait()
}

// selling is a running provider.
type selling struct {
	cfg     Config
	network Network
	log     *slog.Logger
	key     *identity.Key
	market  *market
	socket  *link.Socket
	http    net.Listener // nil when the catalogue is served nowhere
	way     *wayOut
	quota   *quotaBook
	since   time.Time
	device  *wireguard.Device
	tun     *wireguard.TUN // nil in netstack mode
	books   []*payeeBook
	pins    *trust
	role    *provider.Provider
	offer   offer.Offer // without its time
}

func (c Config) openProvider(ctx context.Context) (_ *selling, err error) {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return nil, err
	}
	p := &selling{cfg: c, network: network, log: c.log(), since: time.Now()}
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	if p.key, err = c.Unlock(c.Identity); err != nil {
		return nil, err
	}
	if p.market, err = c.openMarket(network); err != nil {
		return nil, err
	}
	control, err := c.controlKey(network)
	if err != nil {
		return nil, err
	}
	listen := c.Provider.Listen
	if p.socket, err = link.Open(link.Config{Listen: listen, Key: p.key, Control: control, Log: p.log}); err != nil {
		return nil, err
	}
	if at := c.Provider.HTTP; at.IsValid() {
		var lc net.ListenConfig
		if p.http, err = lc.Listen(ctx, "tcp", at.String()); err != nil {
			return nil, errPort("catalogue", at, err)
		}
	}
	if p.way, err = c.openExit(ctx, network); err != nil {
		return nil, err
	}
	dir, err := c.dir(network.Name)
	if err != nil {
		return nil, err
	}
	if p.quota, err = openQuota(c.Provider.Caps.caps(), filepath.Join(dir, "carried.json"), p.log); err != nil {
		return nil, err
	}
	if p.offer, err = c.makeOffer(network, p.key.Address(), control, p.socket.LocalAddr()); err != nil {
		return nil, err
	}
	p.offer.Families = p.way.families(c.Provider.Exit.Source)
	p.offer.Policy = offer.Policy{Classes: p.way.classes(), Hash: p.way.policy.Hash()}
	p.offer.Capacity.Kbps = uint32(min(uint64(c.Provider.Line)*8/1000, 1<<30))
	p.offer.Caps.SessionBytes = uint64(p.quota.caps.Session)
	if p.pins, err = c.trust(network); err != nil {
		return nil, err
	}
	if p.books, err = c.openPayeeBooks(ctx, network, p.key); err != nil {
		return nil, err
	}
	return p, p.openRole()
}

// openRole joins the role with its tunnel. The role says which addresses are its
// own inside the tunnel, so the device comes second.
func (p *selling) openRole() error {
	key, err := wireguard.GenerateKey()
	if err != nil {
		return err
	}
	tunnel := &providerTunnel{socket: p.socket, plain: map[wire.TunnelKey]bool{}}
	cfg := provider.Config{
		Key: p.key, Deal: p.deal, Log: p.log, Tunnel: tunnel, DNS: true, Sessions: int(p.seats()),
		Inner4: p.way.inner[0], Inner6: p.way.inner[1], Quota: p.quota, SessionBytes: uint64(p.quota.caps.Session),
	}
	if !p.cfg.Provider.Plain {
		cfg.Mask = wire.MaskKey(cloak.NewKey())
	}
	if err = setMask(p.socket, cfg.Mask); err != nil {
		return err
	}
	for _, b := range p.books {
		cfg.Books = append(cfg.Books, b.book())
	}
	if p.role, err = provider.New(cfg); err != nil {
		return err
	}
	w, err := p.socket.OpenWire()
	if err != nil {
		return err
	}
	tunnel.inner = p.role.Inner()
	if p.device, p.tun, err = p.way.device(wireguard.Config{Wire: w, PrivateKey: key, Addrs: tunnel.inner, Shaper: p.shaper(), Log: p.log}); err != nil {
		return errors.Join(err, w.Close())
	}
	tunnel.device = p.device
	return nil
}

// handler serves this node's copy of the catalogue, and what hubs have shown to it.
func (p *selling) handler() http.Handler {
	m := http.NewServeMux()
	m.Handle("/", p.market.Handler())
	m.HandleFunc("GET /v1/statements", p.pins.serveStatements)
	m.HandleFunc("GET /v1/policy", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, p.way.policy.Public()) // whoever asked may be gone
	})
	return m
}

// shaper divides the line as the configuration says, nil where it says nothing.
func (p *selling) shaper() wireguard.Shaper {
	pc := p.cfg.Provider
	if s := shape.New(shape.Config{Total: uint64(pc.Line), Session: uint64(pc.EachLine)}); s != nil {
		return s
	}
	return nil
}

func (p *selling) seats() uint16 { return or(p.cfg.Provider.Seats, 64) }

func (p *selling) close() {
	if p.http != nil {
		_ = p.http.Close() // may be closed already
	}
	if p.device != nil {
		_ = p.device.Close()
	}
	if p.tun != nil {
		_ = p.tun.Close()
	}
	if p.way != nil {
		if err := p.way.close(); err != nil {
			p.log.Error("the exit was not taken back", "err", err)
		}
	}
	if p.socket != nil {
		_ = p.socket.Close()
	}
	for _, b := range p.books {
		b.farewell()
		if err := b.close(); err != nil {
			p.log.Error("books not closed", "err", err)
		}
	}
	if p.market != nil {
		if err := p.market.close(); err != nil {
			p.log.Error("catalogue not closed", "err", err)
		}
	}
}

// accept serves every consumer that the link lets in.
func (p *selling) accept(ctx context.Context, g *errgroup.Group) error {
	for {
		conn, err := p.socket.Accept(ctx)
		if err != nil {
			return ended(ctx, err)
		}
		g.Go(func() error {
			if err := p.role.Serve(context.WithoutCancel(ctx), conn); err != nil { // ends with the session
				p.log.Info("no session", "err", err)
			}
			return nil
		})
	}
}

// deal returns the terms of the offer that holds now.
func (p *selling) deal() (wire.Deal, error) {
	s, ok := p.market.Last(p.offer.Key())
	if !ok || s.Offer.Expired(time.Now()) {
		return wire.Deal{}, wherry.Errorf(wherry.Refused, "no offer holds just now")
	}
	d, err := dealOf(s, p.network)
	if err != nil {
		return d, err
	}
	d.Hubs = nil
	for _, b := range p.books {
		if b.ready.Load() {
			d.Hubs = append(d.Hubs, b.hub.Hub)
		}
	}
	if len(d.Hubs) == 0 {
		for _, b := range p.books {
			if why := b.shut.Load(); why != nil {
				return d, *why
			}
		}
		return d, wherry.Errorf(wherry.Busy, "no hub has answered yet")
	}
	return d, nil
}

// dealOf returns what a session needs to know of an offer.
func dealOf(s offer.Signed, n Network) (wire.Deal, error) {
	b, err := n.Chain(s.PayeeChain)
	if err != nil {
		return wire.Deal{}, err
	}
	d := wire.Deal{
		Offer: wherry.Hash(s.ID), Provider: s.Provider, Rate: s.Rate, B: b.domain(),
		Credit: meter.Credit{Bytes: s.Credit.Bytes, Seconds: uint64(s.Credit.Seconds)},
	}
	for _, h := range s.Hubs {
		d.Hubs = append(d.Hubs, h.Hub)
	}
	return d, nil
}

// makeOffer makes the offer from the configuration.
func (c Config) makeOffer(n Network, who wherry.Address, control ed25519.PrivateKey, listen netip.AddrPort) (offer.Offer, error) {
	pc := c.Provider
	place, err := wherry.ParsePlace(pc.Place)
	if err != nil {
		return offer.Offer{}, err
	}
	ipType, err := offer.ParseIPType(pc.IPType)
	if err != nil {
		return offer.Offer{}, err
	}
	if pc.PerGiB.IsZero() && pc.PerHour.IsZero() {
		return offer.Offer{}, wherry.Errorf(wherry.Invalid, "no price: --price or per_gib in the configuration")
	}
	endpoints := pc.Advertise
	if len(endpoints) == 0 {
		if listen.Addr().IsUnspecified() {
			return offer.Offer{}, wherry.Errorf(wherry.Invalid, "consumers have to know an address of this computer: set advertise in the configuration")
		}
		endpoints = []netip.AddrPort{listen}
	}
	o := offer.Offer{
		Provider: who, Lease: time.Duration(or(pc.Lease, Duration(10*time.Minute))), Service: serviceName,
		Place: place, IPType: ipType, Rate: wherry.Rate{PerHour: pc.PerHour, PerGiB: pc.PerGiB},
		PayeeChain: c.payeeChain(n), Endpoints: endpoints, ControlKey: [32]byte(control.Public().(ed25519.PublicKey)),
		NAT:      offer.NATPublic,
		Capacity: offer.Capacity{Seats: uint32(or(pc.Seats, 64))},
		Credit:   offer.Credit{Bytes: offeredCredit.Bytes, Seconds: uint32(offeredCredit.Seconds)},
		Name:     pc.Name,
	}
	hubs, err := c.providerHubs(n)
	if err != nil {
		return offer.Offer{}, err
	}
	for _, h := range hubs {
		for _, id := range h.Chains {
			if len(o.Hubs) < offer.MaxHubs {
				o.Hubs = append(o.Hubs, offer.HubRef{ChainID: id, Hub: h.Address})
			}
		}
	}
	return o, nil
}

// payeeChain returns the chain on which the provider is paid.
func (c Config) payeeChain(n Network) uint64 {
	return or(c.Provider.Chain, n.Chains[len(n.Chains)-1].ID)
}

// providerHubs returns the hubs that the provider takes payouts of.
func (c Config) providerHubs(n Network) ([]HubEntry, error) {
	if len(c.Provider.Hubs) == 0 {
		if len(n.Hubs) == 0 {
			return nil, wherry.Errorf(wherry.Invalid, "network %s lists no hub", n.Name)
		}
		return n.Hubs, nil
	}
	var out []HubEntry
	for _, a := range c.Provider.Hubs {
		h, err := n.Hub(a)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}

// announce signs the offer anew before its lease is over.
func (p *selling) announce(ctx context.Context) error {
	wait := p.offer.Lease / 2
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
		wait = p.offer.Lease / 2
		if err := p.publish(time.Now()); err != nil {
			p.log.Warn("offer not signed", "err", err)
			wait = min(wait, offer.Spacing*time.Second/4)
		}
	}
}

func (p *selling) publish(now time.Time) error {
	o := p.offer
	var prev *offer.Offer
	if last, ok := p.market.Last(o.Key()); ok {
		prev = &last.Offer
	}
	seq, ok := offer.NextSeq(prev, now)
	if !ok {
		return wherry.Errorf(wherry.Busy, "the last offer was signed too short a time ago")
	}
	o.Seq = seq
	s, err := offer.Sign(o, p.key, p.network.Registry())
	if err != nil {
		return err
	}
	return p.market.Publish(s, now)
}

// controlKey returns the key of the node's certificate, which it draws once.
func (c Config) controlKey(n Network) (ed25519.PrivateKey, error) {
	dir, err := c.dir(n.Name)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "control.key")
	b, err := os.ReadFile(path)
	if err == nil {
		seed, err := hex.DecodeString(strings.TrimSpace(string(b)))
		if err != nil || len(seed) != ed25519.SeedSize {
			return nil, wherry.Errorf(wherry.Invalid, "%s does not hold a key; remove it, and another one is drawn", path)
		}
		return ed25519.NewKeyFromSeed(seed), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("control key: %w", err)
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	return key, whole.Write(path, []byte(hex.EncodeToString(key.Seed())+"\n"))
}

// serveHTTP serves until ctx is done.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler) error {
	return serveFor(ctx, l, h, time.Minute)
}

// serveFor is serveHTTP for answers that may take as long.
func serveFor(ctx context.Context, l net.Listener, h http.Handler, answer time.Duration) error {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: answer, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
	}
	stop := context.AfterFunc(ctx, func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveWait)
		defer cancel()
		if s.Shutdown(closing) != nil {
			_ = s.Close()
		}
	})
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
