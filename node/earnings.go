package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/earnings"
	"github.com/wherrynet/wherry/payment/hub/client"
	"github.com/wherrynet/wherry/session/provider"
)

const (
	greetEvery = 2 * time.Second // how often a hub that does not answer is asked again
	termsEvery = time.Minute     // how often one that does is asked for its terms and its proof
)

// payeeBook is a provider's book with one hub, and the way to that hub.
type payeeBook struct {
	*earnings.Book
	path  string // of its file
	hub   client.Client
	chain *evm.Chain
	a     []uint64      // chains whose deposits are taken
	payee *identity.Key // of the account that is paid
	trust wherry.Amount
	log   *slog.Logger
	ready atomic.Bool   // the hub's fee is known, the payee bound and the reserve read
	doubt chan struct{} // an answer fell short: the terms may have changed
	entry HubEntry
	pins  *trust
	every time.Duration // between looks at the hub's terms and solvency
	own   *verifier     // of what the hub owes here
	// What run alone touches.
	objection error     // to the hub's terms
	bound     bool      // it was told whom to pay
	verified  time.Time // when its statement held last
	// shut is why no new orders are taken through the hub.
	shut atomic.Pointer[error]
}

// openPayeeBooks opens a book per hub.
func (c Config) openPayeeBooks(ctx context.Context, n Network, key *identity.Key) (books []*payeeBook, err error) {
	defer func() {
		if err != nil {
			for _, b := range books {
				_ = b.close() // the first error matters
			}
			books = nil
		}
	}()
	hubs, err := c.providerHubs(n)
	if err != nil {
		return nil, err
	}
	payee, err := c.payeeKey(key)
	if err != nil {
		return nil, err
	}
	pins, err := c.trust(n)
	if err != nil {
		return nil, err
	}
	for _, h := range hubs {
		b, err := c.openPayeeBook(ctx, n, h, key, payee, pins)
		if err != nil {
			return books, err
		}
		books = append(books, b)
	}
	return books, nil
}

func (c Config) openPayeeBook(ctx context.Context, n Network, h HubEntry, key, payee *identity.Key, pins *trust) (*payeeBook, error) {
	path, err := c.earningsPath(n, h.Address)
	if err != nil {
		return nil, err
	}
	ch, err := n.Open(ctx, c.payeeChain(n))
	if err != nil {
		return nil, err
	}
	var deposits []typed.Domain
	for _, id := range h.Chains {
		e, err := n.Chain(id)
		if err != nil {
			return nil, err
		}
		deposits = append(deposits, e.domain())
	}
	hub := client.Client{URL: h.URL, Hub: h.Address}
	trust := or(c.Provider.Trust, defaultTrust)
	book, err := earnings.Open(ctx, earnings.Config{
		Path: path, Key: key, Payee: payee.Address(), Hub: h.Address, Chain: ch, Hubs: hub,
		Deposits: deposits, Trust: trust, Log: c.log(),
	})
	if err != nil {
		ch.Close()
		return nil, err
	}
	return &payeeBook{
		Book: book, path: path, hub: hub, chain: ch, a: h.Chains, payee: payee, trust: trust, log: c.log(), doubt: make(chan struct{}, 1),
		entry: h, pins: pins, every: or(time.Duration(c.CheckEvery), termsEvery), verified: time.Now(),
		own: &verifier{hub: hub, entry: h, chain: ch, first: n.first(ch.Params().ID), peers: n.Peers, pins: pins, payee: payee},
	}, nil
}

// earningsPath returns the file of the book with a hub.
func (c Config) earningsPath(n Network, hub wherry.Address) (string, error) {
	dir, err := c.dir(n.Name, "earnings")
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, hub.String()+".db"), nil
}

// book returns what the role charges with.
func (b *payeeBook) book() provider.Book {
	return provider.Book{Hub: b.hub.Hub, Payee: b, Clearer: b}
}

// run watches the chain, greets the hub until it has answered once, and then
// asks again and again for its terms and for the proof that it can pay.
func (b *payeeBook) run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return b.Run(ctx) })
	g.Go(func() error {
		said := ""
		for {
			err := b.look(ctx)
			if ctx.Err() != nil {
				return nil
			}
			wait := b.every
			if err != nil {
				wait = min(greetEvery, b.every)
			}
			if text := textOf(err); text != said {
				said = text
				if err != nil {
					b.log.Warn("hub is not as it should be, see wherry hubs", "hub", b.entry.Called(), "err", err)
				} else {
					b.log.Warn("hub is as it should be again", "hub", b.entry.Called())
				}
			}
			select {
			case <-ctx.Done():
				return nil
			case <-b.doubt:
			case <-time.After(wait):
			}
		}
	})
	return g.Wait()
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// look asks the hub once, and opens or shuts the way through it. A hub that does
// not answer changes nothing at first; one that has proved nothing for a while is
// not trusted either.
func (b *payeeBook) look(ctx context.Context) error {
	err := b.greet(ctx)
	switch code := wherry.CodeOf(err); {
	case code == wherry.TermsChanged || code == wherry.Refused || code == wherry.Invalid || code == wherry.Forbidden:
		b.objection = err
	case err == nil:
		b.objection = nil
	}
	c, verr := b.verify(ctx)
	if ctx.Err() != nil {
		return nil
	}
	if b.objection != nil && c.Text == "" {
		c = complaint{Code: wherry.CodeOf(b.objection), Text: b.objection.Error()}
	}
	if c.Text != "" {
		c.Since = time.Now().UTC()
		why := wherry.Errorf(c.Code, "%s", c.Text)
		b.shut.Store(&why)
		b.ready.Store(false)
	} else if verr == nil && err == nil {
		b.shut.Store(nil)
		b.ready.Store(true)
	}
	if c.Text != "" || verr == nil && err == nil {
		err = errors.Join(err, b.pins.complain(b.entry.Address, payeeRole, c))
	}
	if why := b.shut.Load(); why != nil {
		return *why
	}
	return errors.Join(err, verr)
}

// provenWithin is how long a provider goes on with a hub that shows no statement.
const provenWithin = 10 * time.Minute

// verify checks the hub's statement, and returns what is wrong with it. An error
// means that nothing is known just now.
func (b *payeeBook) verify(ctx context.Context) (complaint, error) {
	before, err := b.pins.complaint(b.entry.Address, payeeRole)
	if err != nil {
		return complaint{}, err
	}
	if before.proven() { // until a person forgives it
		return before, nil
	}
	ctx, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	u, err := b.Unlocked(ctx)
	if err != nil {
		return complaint{}, err
	}
	check, err := b.own.check(ctx, u.Total, time.Now())
	if err != nil {
		if time.Since(b.verified) > provenWithin {
			return complaint{Code: wherry.Refused, Text: fmt.Sprintf("hub %s has proved for %s that it can pay to nobody here: %v", b.entry.Called(), time.Since(b.verified).Round(time.Minute), err)}, nil
		}
		return complaint{}, err
	}
	if len(check.Problems) > 0 {
		return check.complaint(b.entry), nil
	}
	b.verified = time.Now()
	return complaint{}, nil
}

// Serve is that of the book, and no while the way through the hub is shut.
func (b *payeeBook) Serve(ctx context.Context) error {
	if why := b.shut.Load(); why != nil {
		return *why
	}
	return b.Book.Serve(ctx)
}

// greet sees that the hub's terms are those agreed to, and the first time tells
// it whom to pay and sees that its reserve was read.
func (b *payeeBook) greet(ctx context.Context) error {
	if len(b.a) == 0 {
		return wherry.Errorf(wherry.Invalid, "the network says of no chain that hub %s takes deposits there", b.hub.Hub)
	}
	var terms channel.SignedTerms
	for i, id := range b.a {
		t, err := b.pins.terms(ctx, b.entry, id)
		if err != nil {
			return err
		}
		if err := fits(t, b.Domain()); err != nil {
			return err
		}
		if i > 0 && t.FeePPM != terms.FeePPM {
			return wherry.Errorf(wherry.Refused, "hub %s asks %d parts per million on one chain and %d on another", b.entry.Called(), terms.FeePPM, t.FeePPM)
		}
		terms = t
	}
	b.SetFee(terms.FeePPM)
	if b.bound {
		return nil
	}
	if b.trust.Less(terms.MinPush) {
		b.log.Warn("hub pays nothing by itself before more is owed than it is trusted with: sessions will stop until it is settled by hand",
			"hub", b.hub.Hub, "trust", b.trust, "min_push", terms.MinPush)
	}
	if err := b.Bind(ctx, b.payee); err != nil {
		return err
	}
	if err := b.Refresh(ctx); err != nil {
		return err
	}
	b.bound = true
	return nil
}

// fits refuses terms with which no payout could be taken.
func fits(t channel.SignedTerms, b typed.Domain) error {
	switch {
	case !slices.Contains(t.Payees, channel.Chain{ID: b.ChainID, Contract: b.Contract}):
		return wherry.Errorf(wherry.Refused, "hub %s does not pay through contract %s on chain %d", t.Hub, b.Contract, b.ChainID)
	case time.Duration(min(t.PayoutLife, 1<<30))*time.Second < channel.MinPayoutLife:
		return wherry.Errorf(wherry.Refused, "payouts of hub %s live for %d s: at least %s are needed", t.Hub, t.PayoutLife, channel.MinPayoutLife)
	}
	return nil
}

// Answer is that of the book, which takes nothing below the fee that was agreed
// to. When it falls short the hub may have other terms, which are asked for at
// once.
func (b *payeeBook) Answer(ctx context.Context, q channel.Batch, a channel.Answer) (wherry.Hash, error) {
	preimage, err := b.Book.Answer(ctx, q, a)
	if wherry.CodeOf(err) == wherry.Refused {
		select {
		case b.doubt <- struct{}{}:
		default:
		}
	}
	return preimage, err
}

// farewell says what a long time offline would cost: nobody then settles what
// is under a lock before its payout expires.
func (b *payeeBook) farewell() {
	if t, err := b.Totals(context.Background()); err == nil && !t.Unrevealed.IsZero() {
		b.log.Warn("money is under a lock and expires within hours: start again in time, or wherry provide settle", "hub", b.hub.Hub, "amount", t.Unrevealed)
	}
}

func (b *payeeBook) close() error {
	err := b.Close()
	b.chain.Close()
	return err
}

// Earnings says what the node's identity has earned with its hubs. It reads the
// books beside a provider that runs, and asks the chain.
func (c Config) Earnings(ctx context.Context) (EarningsState, error) {
	s := EarningsState{Schema: "wherry.earnings/2", Items: []EarningsItem{}}
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return s, err
	}
	if s.Provider, err = c.Who(); err != nil {
		return s, err
	}
	hubs, err := c.providerHubs(network)
	if err != nil {
		return s, err
	}
	s.Payee = or(c.Provider.Payee, s.Provider)
	ch, err := network.Open(ctx, c.payeeChain(network))
	if err != nil {
		return s, err
	}
	defer ch.Close()
	s.Chain = ch.Params().ID
	pins, err := c.trust(network)
	if err != nil {
		return s, err
	}
	for _, h := range hubs {
		item, err := c.earningsItem(ctx, network, h, ch, s)
		if err != nil {
			return s, err
		}
		item.Problem = pins.problem(h.Address)
		s.Items = append(s.Items, item)
		err = errors.Join(add(&s.Earned, item.Earned), add(&s.Settled, item.Settled), add(&s.Waiting, item.Waiting),
			add(&s.Reserved, item.Reserved), add(&s.Unrevealed, item.Unrevealed))
		if err != nil {
			return s, err
		}
	}
	return s, nil
}

// earningsItem returns what was earned with one hub.
func (c Config) earningsItem(ctx context.Context, n Network, h HubEntry, ch *evm.Chain, s EarningsState) (EarningsItem, error) {
	i := EarningsItem{Hub: h.Address, Name: h.Name}
	out, err := ch.Out(ctx, h.Address, s.Payee, chain.Latest)
	if err != nil {
		return i, err
	}
	i.Settled, i.Reserved = Money{Amount: out.Settled}, Money{Amount: out.Reserved}
	path, err := c.earningsPath(n, h.Address)
	if err != nil {
		return i, err
	}
	v, err := earnings.OpenView(ctx, path, s.Provider, s.Payee, h.Address, ch.Params().Domain())
	if wherry.CodeOf(err) == wherry.NotFound { // nothing was ever earned here
		i.Earned = i.Settled
		return i, nil
	}
	if err != nil {
		return i, err
	}
	t, err := v.Totals(ctx)
	if err = errors.Join(err, v.Close()); err != nil {
		return i, err
	}
	i.Earned, i.Unrevealed = Money{Amount: t.Earned}, Money{Amount: t.Unrevealed}
	i.Waiting = Money{Amount: i.Earned.SubFloor(i.Settled.Amount)}
	return i, nil
}
