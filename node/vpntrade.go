package node

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/market/choose"
	"github.com/wherrynet/wherry/market/offer"
	"github.com/wherrynet/wherry/service/wireguard"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

// payableFor is how long what was found out about hubs and deposits is believed
// when a session has to be replaced: asking anew takes longer than a tunnel may be
// gone.
const payableFor = 5 * time.Minute

// trader is the dealer of the real market.
type trader struct {
	v        *VPN
	b        *buyer
	consumer *consumer.Consumer
	private  bool // the network's own parts have private addresses, and so may its providers
}

func newTrader(v *VPN) (*trader, error) {
	t := &trader{v: v, b: v.buyer}
	for _, at := range v.buyer.network.places() {
		if a, err := netip.ParseAddrPort(at); err == nil && !public(a.Addr()) {
			t.private = true
		}
	}
	var err error
	t.consumer, err = consumer.New(consumer.Config{
		Key: v.buyer.key, Payer: v.spend, Log: v.log, Opening: payWait, Leaving: 5 * time.Second, Poll: 500 * time.Millisecond,
	})
	return t, err
}

// trade is what a candidate of this dealer is.
type trade struct {
	pick    choose.Candidate
	through way
}

// Begin implements dealer.
func (t *trader) Begin(ctx context.Context, w tunnel.Wish) error {
	if err := t.v.spend.wish(ctx, w.Since, or(w.Budget, or(t.b.cfg.Consumer.Budget, wherry.Tokens(2)))); err != nil {
		return err
	}
	return t.v.spend.left(ctx, meter.MinOpening)
}

// Fit implements dealer.
func (t *trader) Fit(ctx context.Context, w tunnel.Wish) ([]candidate, error) {
	ceiling := t.b.cfg.ceiling()
	if !w.MaxPerGiB.IsZero() {
		ceiling.PerGiB = w.MaxPerGiB
	}
	if !w.MaxPerHour.IsZero() {
		ceiling.PerHour = w.MaxPerHour
	}
	want := choose.Want{Place: w.Place, Ceiling: &ceiling}
	offers, err := t.b.market.offers(ctx)
	if err != nil {
		return nil, err
	}
	if w.IPType != "" {
		if want.IPType, err = offer.ParseIPType(w.IPType); err != nil {
			return nil, err
		}
	}
	if strings.HasPrefix(w.Provider, "0x") {
		if want.Provider, err = wherry.ParseAddress(w.Provider); err != nil {
			return nil, err
		}
	} else if w.Provider != "" {
		offers = slices.DeleteFunc(slices.Clone(offers), func(o offer.Signed) bool { return !strings.EqualFold(o.Offer.Name, w.Provider) })
	}
	payable := t.b.checkedWithin(ctx, payableFor)
	fit, err := t.b.rankOf(offers, want)
	if err != nil && payable == nil && t.b.partly() { // somebody else may do through another hub
		payable = t.b.check(ctx)
		fit, err = t.b.rankOf(offers, want)
	}
	switch {
	case err != nil:
		return nil, err
	case payable != nil:
		return nil, payable
	}
	return t.candidates(fit)
}

// candidates turns offers that fit into who can be dialled and paid.
func (t *trader) candidates(fit []choose.Candidate) ([]candidate, error) {
	var out []candidate
	var last error
	for _, f := range fit {
		o := &f.Offer.Offer
		through, err := t.b.through(f)
		if err != nil {
			last = err
			continue
		}
		endpoints := slices.DeleteFunc(slices.Clone(o.Endpoints), func(a netip.AddrPort) bool { return !t.private && !public(a.Addr()) })
		if len(endpoints) == 0 {
			last = wherry.Errorf(wherry.Refused, "provider %s names an address that nobody outside its network can reach", or(o.Name, o.Provider.String()))
			t.v.log.Warn("provider left out", "err", last)
			continue
		}
		out = append(out, candidate{
			Peer: api.Peer{Name: o.Name, Address: o.Provider, Country: o.Place.Country, City: o.Place.City, IPType: o.IPType.String()},
			Rate: o.Rate, Endpoints: endpoints, deal: trade{f, through},
		})
	}
	if len(out) == 0 {
		return nil, last
	}
	return out, nil
}

// least is the least that a session with a provider costs.
func least(o *offer.Offer) wherry.Amount {
	m, err := meter.New(o.Rate, wherry.Amount{})
	if err != nil {
		return wherry.MaxOnChain
	}
	return m.Opening
}

// Shun implements dealer.
func (t *trader) Shun(c candidate) {
	t.b.leaveAlone(c.Peer.Address)
}

// Hold implements dealer. Each session has a socket of its own, and so a port and
// a tunnel key that no other has.
func (t *trader) Hold(ctx context.Context, c candidate, later bool) (_ held, err error) {
	with, _ := c.deal.(trade)
	deal, err := dealOf(with.pick.Offer, t.b.network)
	if err != nil {
		return nil, err
	}
	s, err := t.socket()
	if err != nil {
		return nil, err
	}
	own, stop := context.WithCancel(context.WithoutCancel(ctx))
	running := make(chan struct{})
	go func() {
		defer close(running)
		_ = s.Run(own) // it ends by Close, or by what its users see anyway
	}()
	end := func() {
		stop()
		_ = s.Close()
		<-running
	}
	defer func() {
		if err != nil {
			end()
		}
	}()
	conn, at, err := t.dial(ctx, s, c, with.pick)
	if err != nil {
		return nil, err
	}
	own4, err := newConsumerTunnel(s, at, t.v.log)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	own4.whole = true
	h, err := t.consumer.Hold(ctx, consumer.Request{
		Link: conn, Deal: deal, Hub: with.through.id, Tunnel: own4, Later: later,
		Limits: consumer.Limits{Rate: c.Rate, Unacknowledged: t.b.cfg.Consumer.AtRisk},
	})
	if err != nil {
		return nil, err
	}
	a := h.Accept()
	if err := foreign(a.Inner, t.v.options.Interface); err != nil {
		h.Drop()
		return nil, err
	}
	return &heldTrade{h: h, tunnel: own4, end: end, t: t, with: companyOf(c, with, a, at, or(conn.RTT(), h.RTT()))}, nil
}

// socket opens a marked socket: at the configured port, or where another session
// has that, at any.
func (t *trader) socket() (*link.Socket, error) {
	cfg := link.Config{Listen: t.b.cfg.Consumer.Listen, Key: t.b.key, Log: t.v.log, HandshakeTimeout: holdWait}
	if t.v.guard != nil {
		cfg.Mark = func(c syscall.RawConn) error {
			ctx, cancel := context.WithTimeout(context.Background(), guardWait)
			defer cancel()
			return t.v.guard.Mark(ctx, c)
		}
	}
	s, err := link.Open(cfg)
	if wherry.CodeOf(err) == wherry.Conflict && cfg.Listen.Port() != 0 {
		cfg.Listen = netip.AddrPortFrom(cfg.Listen.Addr(), 0)
		s, err = link.Open(cfg)
	}
	return s, err
}

// dial reaches a provider at one of its endpoints.
func (t *trader) dial(ctx context.Context, s *link.Socket, c candidate, pick choose.Candidate) (*link.Conn, netip.AddrPort, error) {
	o := &pick.Offer.Offer
	var errs []error
	for _, at := range c.Endpoints[:min(len(c.Endpoints), 2)] {
		dialling, cancel := context.WithTimeout(ctx, holdWait/2)
		conn, err := s.Dial(dialling, at, link.Peer{Control: o.ControlKey[:], Address: o.Provider})
		cancel()
		if err == nil {
			return conn, at, nil
		}
		errs = append(errs, err)
	}
	return nil, netip.AddrPort{}, unreachable(errors.Join(errs...))
}

func companyOf(c candidate, with trade, a wire.Accept, at netip.AddrPort, rtt time.Duration) company {
	out := company{
		candidate: c, Session: a.Session, Endpoint: at, RTT: rtt, Hub: with.through.hub.Called(),
		Through: api.Channel{Hub: with.through.id.Hub, Name: with.through.hub.Name, Chain: with.through.id.A.ChainID},
	}
	for _, ip := range valid(a.Inner.Consumer4, a.Inner.Consumer6) {
		out.Inner = append(out.Inner, netip.PrefixFrom(ip, ip.BitLen()))
	}
	out.DNS = valid(a.DNS)
	return out
}

// heldTrade is a negotiated session of the real market.
type heldTrade struct {
	h      *consumer.Held
	tunnel *consumerTunnel
	end    func()
	t      *trader
	with   company
}

// With implements held.
func (h *heldTrade) With() company { return h.with }

// Drop implements held.
func (h *heldTrade) Drop() {
	h.h.Drop()
	go h.end() // the socket gives what was written half a second
}

// Pay implements held.
func (h *heldTrade) Pay(ctx context.Context) (ride, error) {
	s, err := h.h.Pay(ctx)
	if err != nil {
		h.end()
		return nil, err
	}
	return &rideTrade{Session: s, tunnel: h.tunnel, end: h.end, t: h.t, with: h.with}, nil
}

// rideTrade is a session of the real market.
type rideTrade struct {
	*consumer.Session
	tunnel *consumerTunnel
	end    func()
	t      *trader
	with   company
}

// With implements ride.
func (r *rideTrade) With() company { return r.with }

// Run implements ride.
func (r *rideTrade) Run(ctx context.Context) error {
	defer r.end()
	watching, stop := context.WithCancel(ctx)
	defer stop()
	if with, ok := r.with.deal.(trade); ok {
		go r.t.b.watchHub(watching, with.through, func(why error) {
			r.t.v.spend.stop(with.through.id, why)
			r.t.b.forget()
		})
	}
	return r.Session.Run(ctx)
}

// Count implements ride.
func (r *rideTrade) Count() (sent, received uint64) { return r.tunnel.Count() }

// Renew implements ride.
func (r *rideTrade) Renew() error { return r.tunnel.Renew() }

// Attach implements ride.
func (r *rideTrade) Attach(tun io.Closer) error {
	t, ok := tun.(*wireguard.TUN)
	if !ok {
		return wherry.Errorf(wherry.Internal, "the tunnel has no interface")
	}
	return r.tunnel.Attach(t)
}

func openTUN(f *os.File) (io.Closer, error) {
	t, err := wireguard.OpenTUN(f)
	if err != nil {
		return nil, err
	}
	return t, nil
}

// public reports whether a packet to an address leaves one's own network.
func public(a netip.Addr) bool {
	a = a.Unmap()
	return a.IsGlobalUnicast() && !a.IsPrivate() && !sharedSpace.Contains(a)
}

// sharedSpace is what providers of internet access use inside (RFC 6598).
var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")

// foreign refuses inner addresses that are also addresses of a network which this
// computer is on: packets for the one would go to the other.
func foreign(in wire.Inner, except string) error {
	links, err := net.Interfaces()
	if err != nil {
		return wherry.Errorf(wherry.Internal, "list the networks of this computer: %w", err)
	}
	for _, l := range links {
		if l.Name == except {
			continue
		}
		addrs, err := l.Addrs()
		if err != nil {
			continue // it has just gone
		}
		for _, a := range addrs {
			if p, err := netip.ParsePrefix(a.String()); err == nil {
				if err := collides(in, p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// collides reports whether a session's inner addresses lie in a network of this
// computer.
func collides(in wire.Inner, local netip.Prefix) error {
	if slices.ContainsFunc(valid(in.Consumer4, in.Provider4, in.Consumer6, in.Provider6), local.Contains) {
		return wherry.Errorf(wherry.Invalid, "the provider hands out inner addresses of a network that this computer is on")
	}
	return nil
}

// online reports whether this computer has an address that leads anywhere, beside
// the tunnel's.
func online() bool {
	links, err := net.Interfaces()
	if err != nil {
		return true // not known: trying tells
	}
	for _, l := range links {
		if l.Flags&net.FlagUp == 0 || l.Flags&net.FlagLoopback != 0 || l.Flags&net.FlagRunning == 0 || strings.HasPrefix(l.Name, "wherry") {
			continue
		}
		addrs, _ := l.Addrs()
		for _, a := range addrs {
			if p, err := netip.ParsePrefix(a.String()); err == nil && p.Addr().IsGlobalUnicast() {
				return true
			}
		}
	}
	return false
}
