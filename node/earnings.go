package node

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/earnings"
	"github.com/wherrynet/wherry/payment/hub/client"
	"github.com/wherrynet/wherry/session/provider"
)

// greetEvery is how often a hub that does not answer is asked again.
const greetEvery = 2 * time.Second

// payeeBook is a provider's book with one hub, and the way to that hub.
type payeeBook struct {
	*earnings.Book
	hub   client.Client
	chain *evm.Chain
	a     []uint64      // chains whose deposits are taken
	payee *identity.Key // of the account that is paid
	log   *slog.Logger
	ready atomic.Bool // the hub's fee is known and the payee bound
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
	payee := key
	if !c.Provider.Payee.IsZero() && c.Provider.Payee != key.Address() {
		if payee, err = c.Unlock(c.Provider.Payee); err != nil {
			return nil, err
		}
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
	book, err := earnings.Open(ctx, earnings.Config{
		Path: path, Key: key, Payee: payee.Address(), Hub: h.Address, Chain: ch, Hubs: hub,
		Deposits: deposits, Trust: or(c.Provider.Trust, defaultTrust), Log: c.log(),
	})
	if err != nil {
		ch.Close()
		return nil, err
	}
	return &payeeBook{Book: book, hub: hub, chain: ch, a: h.Chains, payee: payee, log: c.log()}, nil
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

// run watches the chain, and greets the hub until it has answered once.
func (b *payeeBook) run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return b.Run(ctx) })
	g.Go(func() error {
		for told := false; ; told = true {
			err := b.greet(ctx)
			if err == nil {
				b.ready.Store(true)
				return nil
			}
			if !told && ctx.Err() == nil {
				b.log.Warn("hub out of reach, no sessions through it until it answers", "hub", b.hub.Hub, "err", err)
			}
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(greetEvery):
			}
		}
	})
	return g.Wait()
}

// greet learns the hub's fee, and tells it whom to pay.
func (b *payeeBook) greet(ctx context.Context) error {
	if len(b.a) == 0 {
		return wherry.Errorf(wherry.Invalid, "the network says of no chain that hub %s takes deposits there", b.hub.Hub)
	}
	terms, err := b.hub.Terms(ctx, b.a[0])
	if err != nil {
		return err
	}
	b.SetFee(terms.FeePPM)
	return b.Bind(ctx, b.payee)
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
	s.Settled, s.Reserved = out.Settled, out.Reserved
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
	s.Earned, s.Unrevealed = t.Earned, t.Unrevealed
	s.Waiting = s.Earned.SubFloor(s.Settled)
	return s, nil
}
