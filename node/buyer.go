package node

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/market/choose"
	"github.com/wherrynet/wherry/market/offer"
)

// buyer is what a consumer buys sessions with, whatever they carry: the market,
// the money, and the choice between providers. Its methods are safe for
// concurrent use.
type buyer struct {
	cfg     Config
	network Network
	key     *identity.Key
	log     *slog.Logger
	market  *market
	money   *purse
	book    string // file of money

	mu      sync.Mutex                   // guards what follows
	usable  []way                        // through which a session can be paid, the fullest first
	checked time.Time                    // when usable was found out
	shunned map[wherry.Address]time.Time // until when
}

// openBuyer opens what the configuration names.
func (c Config) openBuyer(ctx context.Context) (*buyer, error) {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return nil, err
	}
	return c.openBuyerIn(ctx, network)
}

// openBuyerIn opens it in a network, which may be reached in a way of its own.
func (c Config) openBuyerIn(ctx context.Context, n Network) (_ *buyer, err error) {
	b := &buyer{cfg: c, network: n, log: c.log(), shunned: map[wherry.Address]time.Time{}}
	defer func() {
		if err != nil {
			b.close()
		}
	}()
	if b.key, err = c.Unlock(wherry.Address{}); err != nil {
		return nil, err
	}
	if b.market, err = c.openMarket(n); err != nil {
		return nil, err
	}
	if b.book, err = c.walletPath(n, b.key.Address()); err != nil {
		return nil, err
	}
	b.money, err = c.openPurse(ctx, n, b.key)
	return b, err
}

func (b *buyer) close() {
	if b == nil {
		return
	}
	if b.money != nil {
		if err := b.money.Close(); err != nil {
			b.log.Error("books not closed", "err", err)
		}
	}
	if b.market != nil {
		if err := b.market.close(); err != nil {
			b.log.Error("catalogue not closed", "err", err)
		}
	}
}

// check finds out through which hubs a session can be paid now. Where there is
// none, all count: who looks for a provider then hears what stands in the way.
func (b *buyer) check(ctx context.Context) error {
	usable, err := b.money.check(ctx)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.usable, b.checked = usable, time.Now(); err != nil {
		b.usable, b.checked = b.money.ways, time.Time{}
	}
	return err
}

// checkedWithin is check, unless one not older than that has succeeded.
func (b *buyer) checkedWithin(ctx context.Context, age time.Duration) error {
	b.mu.Lock()
	fresh := !b.checked.IsZero() && time.Since(b.checked) <= age
	b.mu.Unlock()
	if fresh {
		return nil
	}
	return b.check(ctx)
}

func (b *buyer) payable() []way {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.usable
}

// rank returns the offers that fit a want and can be paid for, the best first.
func (b *buyer) rank(ctx context.Context, want choose.Want) ([]choose.Candidate, error) {
	offers, err := b.market.offers(ctx)
	if err != nil {
		return nil, err
	}
	return b.rankOf(offers, want)
}

func (b *buyer) rankOf(offers []offer.Signed, want choose.Want) ([]choose.Candidate, error) {
	now, usable := time.Now(), b.payable()
	refused := want.Blocked
	want.Blocked = func(a wherry.Address) bool { return b.isShunned(a) || refused != nil && refused(a) }
	want.Usable = func(h offer.HubRef) bool {
		return slices.ContainsFunc(usable, func(w way) bool { return w.is(h) })
	}
	want.PayeeChains = b.network.chainIDs()
	rng := rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())) //nolint:gosec // it only spreads load among equals
	fit, err := choose.Rank(offers, want, now, rng)
	if none, ok := errors.AsType[*choose.None](err); ok && none.Cheapest == nil && !b.anyShunned() && none.Missed[choose.WishHub] > 0 {
		want.Usable = nil
		if other, e := choose.Cheapest(offers, want, now, rng); e == nil {
			return nil, b.noWay(other)
		}
	}
	return fit, err
}

// dialProvider links to a provider, at each of its endpoints in turn, and returns
// the one that answered.
func dialProvider(ctx context.Context, s *link.Socket, o *offer.Offer) (*link.Conn, netip.AddrPort, error) {
	var errs []error
	for _, at := range o.Endpoints {
		dialling, cancel := context.WithTimeout(ctx, silence)
		conn, err := s.Dial(dialling, at, link.Peer{Control: o.ControlKey[:], Address: o.Provider})
		cancel()
		if err == nil {
			return conn, at, nil
		}
		errs = append(errs, err)
	}
	return nil, netip.AddrPort{}, unreachable(errors.Join(errs...))
}

func (b *buyer) anyShunned() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forgive()
	return len(b.shunned) > 0
}

func (b *buyer) isShunned(a wherry.Address) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forgive()
	return !b.shunned[a].IsZero()
}

// forgive forgets who was shunned for long enough. The caller holds mu.
func (b *buyer) forgive() {
	now := time.Now()
	for who, until := range b.shunned {
		if now.After(until) {
			delete(b.shunned, who)
		}
	}
}

// leaveAlone does not ask a provider again for a while.
func (b *buyer) leaveAlone(provider wherry.Address) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shunned[provider] = time.Now().Add(shunFor)
}

// noWay says through which hubs a provider can be paid, none of which can be used
// now.
func (b *buyer) noWay(c choose.Candidate) error {
	var names []string
	code := wherry.NotFunded
	for _, r := range c.Hubs {
		name := r.Hub.String()
		if h, err := b.network.Hub(r.Hub); err == nil {
			name = h.Called()
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	o := &c.Offer.Offer
	return wherry.Errorf(code, "provider %s in %s is paid through hub %s alone, with which there is no deposit that can be used: wherry wallet topup AMOUNT --hub %s",
		or(o.Name, o.Provider.String()), o.Place, strings.Join(names, " or "), names[0])
}

// is reports whether a hub of an offer is w's.
func (w way) is(h offer.HubRef) bool { return h.Hub == w.id.Hub && h.ChainID == w.id.A.ChainID }

// through returns the way by which a provider is paid: of those that it takes the
// fullest.
func (b *buyer) through(c choose.Candidate) (way, error) {
	for _, w := range b.payable() {
		if slices.ContainsFunc(c.Hubs, w.is) {
			return w, nil
		}
	}
	return way{}, b.noWay(c)
}

// shun leaves a provider alone for a while after a session that failed, unless
// its hub is what has failed: then it says so, and the next try goes through
// another.
func (b *buyer) shun(ctx context.Context, provider wherry.Address, through way) error {
	asking, cancel := context.WithTimeout(ctx, hubWait)
	defer cancel()
	if err := through.client.Health(asking); err != nil && ctx.Err() == nil {
		b.log.Warn("hub does not answer", "hub", through.hub.Called(), "err", err)
		return wherry.Errorf(wherry.Unreachable, "hub %s does not answer: %w", through.hub.Called(), err)
	}
	b.leaveAlone(provider)
	return nil
}

// forget makes the next session ask anew through which hubs it can be paid.
func (b *buyer) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.checked = time.Time{}
}

// pardon asks everybody again: a person wants it.
func (b *buyer) pardon() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.shunned)
}

// partly reports whether some of the hubs with a deposit could not be used when
// they were asked last, some seconds ago or longer.
func (b *buyer) partly() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.usable) < len(b.money.ways) && time.Since(b.checked) > partlyFor
}

// partlyFor is how long hubs that could not be used are left alone.
const partlyFor = 3 * time.Second

// stale reports whether what is known about hubs and deposits should be asked for
// anew while there is time.
func (b *buyer) stale() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	age := time.Since(b.checked)
	return age > payableFor/5 || len(b.usable) < len(b.money.ways) && age > partlyFor
}
