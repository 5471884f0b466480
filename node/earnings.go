package node

import (
	"context"
	"errors"
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
	termsEvery = time.Minute     // how often one that does is asked for its terms
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
	doubt chan struct{} // an answer fell short: the fee may be another one
	fee   uint64        // of the terms that hold; greet alone touches it
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
	for _, h := range hubs {
		b, err := c.openPayeeBook(ctx, n, h, key, payee)
		if err != nil {
			return books, err
		}
		books = append(books, b)
	}
	return books, nil
}

func (c Config) openPayeeBook(ctx context.Context, n Network, h HubEntry, key, payee *identity.Key) (*payeeBook, error) {
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
	return provider.Book{Hub: b.hub.Hub, Payee: b, Clearer: b.hub}
}

// run watches the chain, greets the hub until it has answered once, and then
// asks for its terms again and again: a fee that has changed unnoticed would
// make every payout look short.
func (b *payeeBook) run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return b.Run(ctx) })
	g.Go(func() error {
		for told := false; ; {
			err := b.greet(ctx)
			if err != nil && !told && ctx.Err() == nil {
				b.log.Warn("hub does not tell its terms, no new sessions through it until it does", "hub", b.hub.Hub, "err", err)
			}
			told = err != nil
			wait := greetEvery
			if err == nil {
				b.ready.Store(true)
				wait = termsEvery
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

// greet learns the hub's fee, tells it whom to pay, and sees that its reserve was
// read.
func (b *payeeBook) greet(ctx context.Context) error {
	if len(b.a) == 0 {
		return wherry.Errorf(wherry.Invalid, "the network says of no chain that hub %s takes deposits there", b.hub.Hub)
	}
	terms, err := b.hub.Terms(ctx, b.a[0])
	if err != nil {
		return err
	}
	if err := fits(terms, b.Domain(), time.Now()); err != nil {
		b.ready.Store(false)
		return err
	}
	first := !b.ready.Load()
	if terms.FeePPM != b.fee && !first {
		b.log.Warn("hub has changed its fee", "hub", b.hub.Hub, "from_ppm", b.fee, "to_ppm", terms.FeePPM)
	}
	b.fee = terms.FeePPM
	b.SetFee(terms.FeePPM)
	if !first {
		return nil
	}
	if b.trust.Less(terms.MinPush) {
		b.log.Warn("hub pays nothing by itself before more is owed than it is trusted with: sessions will stop until it is settled by hand",
			"hub", b.hub.Hub, "trust", b.trust, "min_push", terms.MinPush)
	}
	if err := b.Bind(ctx, b.payee); err != nil {
		return err
	}
	return b.Refresh(ctx)
}

// fits refuses terms that are over, or with which no payout could be taken.
func fits(t channel.SignedTerms, b typed.Domain, now time.Time) error {
	switch {
	case t.ValidUntil < uint64(now.Unix()):
		return wherry.Errorf(wherry.Refused, "the terms of hub %s are over", t.Hub)
	case !slices.Contains(t.Payees, channel.Chain{ID: b.ChainID, Contract: b.Contract}):
		return wherry.Errorf(wherry.Refused, "hub %s does not pay through contract %s on chain %d", t.Hub, b.Contract, b.ChainID)
	case time.Duration(min(t.PayoutLife, 1<<30))*time.Second < channel.MinPayoutLife:
		return wherry.Errorf(wherry.Refused, "payouts of hub %s live for %d s: at least %s are needed", t.Hub, t.PayoutLife, channel.MinPayoutLife)
	}
	return nil
}

// Answer is that of the book. When it falls short the hub may have another fee
// than it had, which is asked for at once.
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

func (b *payeeBook) close() error {
	err := b.Close()
	b.chain.Close()
	return err
}

// Earnings says what the node's identity has earned with its first hub. It reads
// the books beside a provider that runs, and asks the chain.
func (c Config) Earnings(ctx context.Context) (EarningsState, error) {
	s := EarningsState{Schema: "wherry.earnings/1"}
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
	s.Hub = hubs[0].Address
	s.Payee = or(c.Provider.Payee, s.Provider)
	path, err := c.earningsPath(network, s.Hub)
	if err != nil {
		return s, err
	}
	ch, err := network.Open(ctx, c.payeeChain(network))
	if err != nil {
		return s, err
	}
	defer ch.Close()
	s.Chain = ch.Params().ID
	out, err := ch.Out(ctx, s.Hub, s.Payee, chain.Latest)
	if err != nil {
		return s, err
	}
	s.Settled, s.Reserved = Money{out.Settled}, Money{out.Reserved}
	v, err := earnings.OpenView(ctx, path, s.Provider, s.Payee, s.Hub, ch.Params().Domain())
	if wherry.CodeOf(err) == wherry.NotFound { // nothing was ever earned here
		s.Earned = s.Settled
		return s, nil
	}
	if err != nil {
		return s, err
	}
	t, err := v.Totals(ctx)
	if err = errors.Join(err, v.Close()); err != nil {
		return s, err
	}
	s.Earned, s.Unrevealed = Money{t.Earned}, Money{t.Unrevealed}
	s.Waiting = Money{s.Earned.SubFloor(s.Settled.Amount)}
	return s, nil
}
