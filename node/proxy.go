package node

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/socks"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/market/choose"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/consumer"
)

// How a consumer that lost its provider goes on.
const (
	retryFirst = 200 * time.Millisecond // until the next try; doubles
	retryMost  = 10 * time.Second
	firstTries = 3                // until the first session, which a person waits for
	shunFor    = time.Minute      // a provider that failed is not asked again for so long
	dialWait   = 30 * time.Second // how long a program's connection waits for a tunnel
	leaveWait  = 12 * time.Second // for the last receipt, at the end
)

// ProxyOptions are one run of a consumer's proxy.
type ProxyOptions struct {
	Place  wherry.Place
	Ready  func(ProxyReady) // called once, when the proxy answers and a tunnel is open
	Events func(Event)      // called for everything that happens, one at a time
}

// ProxyReady says where the proxy answers.
type ProxyReady struct{ Listen netip.AddrPort }

// Proxy opens a tunnel to the cheapest provider that fits and answers SOCKS5 and
// HTTP on the loopback until ctx ends, which is no error. It finds another
// provider when one is lost. It gives up at once where nobody fits or money says
// no: when nothing can change without the person.
func (c Config) Proxy(ctx context.Context, o ProxyOptions) error {
	p, err := c.openProxy(ctx, o)
	if err != nil {
		return err
	}
	defer p.close()
	checkHubs, err := p.money.checkHubs(ctx, c, p.emit)
	if err != nil {
		return err
	}
	exports, err := p.openExports(c.Consumer.Listen.Addr(), nil)
	if err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	gctx, cancel := context.WithCancel(gctx)
	// The socket and the wallet outlive ctx: the last promise passes through them.
	own, stopOwn := context.WithCancel(context.WithoutCancel(ctx))
	defer stopOwn()
	g.Go(func() error { return ended(own, p.socket.Run(own)) })
	g.Go(func() error {
		defer stopOwn()
		err := p.sessions(gctx)
		cancel()
		<-exports.left
		p.money.settleUp(own)
		return err
	})
	g.Go(func() error {
		defer cancel()
		return exports.Run(gctx)
	})
	g.Go(func() error {
		defer cancel()
		return ended(gctx, p.money.Run(gctx))
	})
	g.Go(func() error { return checkHubs(gctx) })
	g.Go(func() error { return serveControl(gctx, p.book, p.commands(), exports.tasks()) })
	g.Go(func() error {
		select {
		case <-p.first:
		case <-gctx.Done():
			return nil
		}
		if o.Ready != nil {
			o.Ready(ProxyReady{p.listener.Addr().(*net.TCPAddr).AddrPort()})
		}
		s := socks.Server{Dial: p.dial, Log: p.log}
		return ended(gctx, s.Serve(gctx, p.listener))
	})
	return g.Wait()
}

// ended returns err unless ctx is what ended the work.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// proxy is a running consumer.
type proxy struct {
	*buyer
	options  ProxyOptions
	socket   *link.Socket
	listener net.Listener
	consumer *consumer.Consumer
	first    chan struct{} // closed when the first tunnel is open

	mu      sync.Mutex      // guards tunnel and changed
	tunnel  *consumerTunnel // nil while there is none
	changed chan struct{}   // closed and replaced when tunnel changes
	stopped error           // why nothing more is signed in this session; nil while it may be

	eventMu sync.Mutex // one event at a time
}

func (c Config) openProxy(ctx context.Context, o ProxyOptions) (_ *proxy, err error) {
	p := &proxy{options: o, first: make(chan struct{}), changed: make(chan struct{})}
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	if p.buyer, err = c.openBuyer(ctx); err != nil {
		return nil, err
	}
	at := or(c.Consumer.Proxy, netip.MustParseAddrPort("127.0.0.1:1080"))
	if !at.Addr().IsLoopback() {
		return nil, wherry.Errorf(wherry.Invalid, "proxy address %s: only loopback is allowed, since whoever reaches it spends your money", at)
	}
	var lc net.ListenConfig
	if p.listener, err = lc.Listen(ctx, "tcp", at.String()); err != nil {
		return nil, errPort("proxy", at, err)
	}
	if p.socket, err = link.Open(link.Config{Listen: c.Consumer.Listen, Key: p.key, Log: p.log}); err != nil {
		return nil, err
	}
	p.consumer, err = consumer.New(consumer.Config{Key: p.key, Payer: watched{p.money, p}, Log: p.log, Leaving: leaveWait - 2*time.Second})
	return p, err
}

func (p *proxy) close() {
	if p.listener != nil {
		_ = p.listener.Close() // may be closed already
	}
	if p.socket != nil {
		_ = p.socket.Close()
	}
	p.buyer.close()
}

func (p *proxy) emit(e Event) {
	if p.options.Events == nil {
		return
	}
	p.eventMu.Lock()
	defer p.eventMu.Unlock()
	e.Schema, e.Time = EventSchema, time.Now().UTC()
	p.options.Events(e)
}

// sessions runs one session after another until ctx ends or a person is needed.
func (p *proxy) sessions(ctx context.Context) error {
	wait := retryFirst
	for tries := 1; ctx.Err() == nil; tries++ {
		began := time.Now()
		err := p.session(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if !p.goesOn(err, tries) {
			return err
		}
		p.log.Info("session over, looking for another provider", "err", err)
		if time.Since(began) > retryMost {
			wait = retryFirst // it worked for a while
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(2*wait, retryMost)
	}
	return nil
}

// goesOn reports whether another try may help after err. Before the first
// session it must not hide from a person for long that nothing works.
func (p *proxy) goesOn(err error, tries int) bool {
	var personal bool
	switch wherry.CodeOf(err) {
	case wherry.NotFunded, wherry.OverBudget, wherry.PriceTooHigh, wherry.TermsChanged, wherry.Invalid, wherry.Locked, wherry.Forbidden:
		personal = true
	case wherry.NoOffer:
		personal = !p.anyShunned() // else somebody comes back soon
	}
	select {
	case <-p.first:
		return !personal || wherry.CodeOf(err) == wherry.NoOffer
	default:
		return !personal && tries < firstTries
	}
}

// session picks a provider and stays with it until the end.
func (p *proxy) session(ctx context.Context) error {
	began := time.Now()
	if err := p.check(ctx); err != nil {
		if _, none := p.rank(ctx, p.wants()); none != nil { // money would not help
			return none
		}
		return err
	}
	fit, err := p.rank(ctx, p.wants())
	if err != nil {
		return err
	}
	pick := fit[0]
	o := &pick.Offer.Offer
	through, err := p.through(pick)
	if err != nil {
		return err
	}
	s, tunnel, err := p.open(ctx, pick, through)
	if err != nil {
		if wherry.CodeOf(err) != wherry.NotFunded && wherry.CodeOf(err) != wherry.OverBudget {
			if gone := p.shun(ctx, o.Provider, through); gone != nil {
				return gone
			}
		}
		return err
	}
	p.setTunnel(tunnel)
	watching, stopWatching := context.WithCancel(ctx)
	defer stopWatching()
	p.setStopped(nil)
	go p.watchHub(watching, through, p.setStopped)
	p.emit(Event{
		Event: EventOpened, Session: s.ID(), Provider: or(o.Name, o.Provider.String()), Place: o.Place.String(), Hub: through.hub.Called(),
		PerGiB: Money{Amount: o.Rate.PerGiB}, PerHour: Money{Amount: o.Rate.PerHour}, Milliseconds: time.Since(began).Milliseconds(),
	})
	select {
	case <-p.first:
	default:
		close(p.first)
	}

	left := context.AfterFunc(ctx, func() {
		leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveWait)
		defer cancel()
		_ = s.Close(leaving) // Run below says how it ended
	})
	defer left()
	err = s.Run(context.WithoutCancel(ctx))
	p.setTunnel(nil)
	st := s.State()
	e := Event{Event: EventClosed, Session: s.ID(), Provider: or(o.Name, o.Provider.String()), Spent: Money{Amount: st.Spent}, AtRisk: Money{Amount: st.AtRisk}, Bytes: st.Use.Bytes}
	if err != nil {
		if why := p.stopReason(); why != nil {
			err = wherry.Errorf(wherry.Refused, "%w", why) // another hub may do
		} else if gone := p.shun(ctx, o.Provider, through); gone != nil {
			err = gone // and not, say, that nothing was paid
		}
		e.Code, e.Reason = wherry.CodeOf(err), err.Error()
	}
	p.emit(e)
	if ctx.Err() != nil {
		return nil
	}
	if err == nil { // the provider has left in good order
		err = wherry.Errorf(wherry.Unreachable, "the provider has closed the session")
		p.leaveAlone(o.Provider)
	}
	return err
}

// wants is what the proxy looks for.
func (p *proxy) wants() choose.Want {
	ceiling := p.cfg.ceiling()
	return choose.Want{Place: p.options.Place, Ceiling: &ceiling}
}

// ceiling returns the consumer's price cap.
func (c Config) ceiling() wherry.Rate {
	return wherry.Rate{
		PerHour: or(c.Consumer.MaxPerHour, wherry.MustAmount("0.1")),
		PerGiB:  or(c.Consumer.MaxPerGiB, wherry.Tokens(1)),
	}
}

// open negotiates with a provider, at each of its endpoints in turn.
func (p *proxy) open(ctx context.Context, pick choose.Candidate, through way) (*consumer.Session, *consumerTunnel, error) {
	o := &pick.Offer.Offer
	deal, err := dealOf(pick.Offer, p.network)
	if err != nil {
		return nil, nil, err
	}
	conn, at, err := dialProvider(ctx, p.socket, o)
	if err != nil {
		return nil, nil, err
	}
	tunnel, err := newConsumerTunnel(p.socket, at, p.log)
	if err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	s, err := p.consumer.Open(ctx, consumer.Request{
		Link: conn, Deal: deal, Hub: through.id, Tunnel: tunnel,
		Limits: consumer.Limits{
			Rate: p.cfg.ceiling(), Budget: or(p.cfg.Consumer.Budget, wherry.Tokens(2)), Unacknowledged: p.cfg.Consumer.AtRisk,
		},
	})
	return s, tunnel, err
}

func (p *proxy) setTunnel(t *consumerTunnel) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tunnel = t
	close(p.changed)
	p.changed = make(chan struct{})
}

// dial connects a program through the tunnel, and waits a while for one.
func (p *proxy) dial(ctx context.Context, network, address string) (net.Conn, error) {
	waiting, cancel := context.WithTimeout(ctx, dialWait)
	defer cancel()
	for {
		p.mu.Lock()
		t, changed := p.tunnel, p.changed
		p.mu.Unlock()
		if t != nil {
			return t.tunnel.DialContext(ctx, network, address)
		}
		select {
		case <-changed:
		case <-waiting.Done():
			return nil, wherry.Errorf(wherry.Unreachable, "no tunnel is open")
		}
	}
}

// watched is a purse that tells what it signs.
type watched struct {
	*purse
	p *proxy
}

// Pay implements consumer.Payer.
func (w watched) Pay(ctx context.Context, id channel.ID, order typed.Order, lock wherry.Hash, limits channel.Limits) (channel.SignedPromise, error) {
	if err := w.p.stopReason(); err != nil {
		return channel.SignedPromise{}, err
	}
	sp, err := w.purse.Pay(ctx, id, order, lock, limits)
	if err == nil {
		w.p.emit(Event{Event: EventPromise, Session: sp.Order.Session, Amount: Money{Amount: sp.Order.Amount}, Total: Money{Amount: sp.Total}})
	}
	return sp, err
}

// chainIDs returns the IDs of all chains of the network.
func (n Network) chainIDs() []uint64 {
	var ids []uint64
	for _, c := range n.Chains {
		ids = append(ids, c.ID)
	}
	slices.Sort(ids)
	return ids
}
