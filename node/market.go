package node

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/market/catalogue"
	"github.com/wherrynet/wherry/market/choose"
	"github.com/wherrynet/wherry/market/offer"
)

// pullWait bounds how long a command waits for the first peers.
const pullWait = 5 * time.Second

// market is this node's copy of the offers, and whom it asks for more.
type market struct {
	*catalogue.Catalogue
	peers  []string
	pulled bool
}

// openMarket opens the catalogue of a role.
func (c Config) openMarket(n Network) (*market, error) {
	dir, err := c.dir(n.Name, "catalogue")
	if err != nil {
		return nil, err
	}
	cat, err := catalogue.Open(catalogue.Config{
		ChainID: n.Registry(), Path: filepath.Join(dir, "offers"), Peers: n.Peers, Log: c.log(), Client: n.outside.client(),
	})
	if err != nil {
		return nil, err
	}
	return &market{Catalogue: cat, peers: n.Peers}, nil
}

func (m *market) close() error { return m.Close() }

// offers returns the offers that hold now. The first time, and whenever it
// holds none, it asks the peers first; one that answers is enough.
func (m *market) offers(ctx context.Context) ([]offer.Signed, error) {
	held := m.Offers(time.Now())
	if len(held) > 0 && m.pulled {
		return held, nil
	}
	if err := m.pull(ctx); err != nil && len(held) == 0 {
		return nil, err
	}
	m.pulled = true
	return m.Offers(time.Now()), nil
}

// pull asks all peers at once. It fails when none has answered.
func (m *market) pull(ctx context.Context) error {
	if len(m.peers) == 0 {
		return wherry.Errorf(wherry.Invalid, "the network names no peers to ask for offers")
	}
	ctx, cancel := context.WithTimeout(ctx, pullWait)
	defer cancel()
	errs := make([]error, len(m.peers))
	var g errgroup.Group
	for i, p := range m.peers {
		g.Go(func() error {
			_, errs[i] = m.Pull(ctx, p)
			return nil
		})
	}
	_ = g.Wait() // the errors are in errs
	for _, err := range errs {
		if err == nil {
			return nil
		}
	}
	return wherry.Errorf(wherry.Unreachable, "none of %d peers answers: %w", len(m.peers), errors.Join(errs...))
}

// Offers asks the market, the cheapest first. No offer that fits is no error.
func (c Config) Offers(ctx context.Context, q api.OffersQuery) (api.Offers, error) {
	none := api.Offers{Schema: api.OffersSchema, Items: []api.Offer{}}
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return none, err
	}
	m, err := c.openMarket(network)
	if err != nil {
		return none, err
	}
	defer m.close() //nolint:errcheck // nothing was written that matters
	all, err := m.offers(ctx)
	if err != nil {
		return none, err
	}
	return offersOf(all, q)
}

// offersOf returns those of all offers that are asked for, the cheapest first.
func offersOf(all []offer.Signed, q api.OffersQuery) (api.Offers, error) {
	r := api.Offers{Schema: api.OffersSchema, Items: []api.Offer{}, Total: len(all)}
	want := choose.Want{Place: q.Place}
	if q.MaxPerGiB != nil {
		want.Ceiling = &wherry.Rate{PerHour: wherry.MaxOnChain, PerGiB: *q.MaxPerGiB}
	}
	fit, err := choose.Rank(all, want, time.Now(), rand.New(rand.NewPCG(1, 2))) //nolint:gosec // equals are listed in one order
	if _, none := errors.AsType[*choose.None](err); err != nil && !none {
		return r, err
	}
	for _, f := range fit {
		o := &f.Offer.Offer
		r.Items = append(r.Items, api.Offer{
			ID: f.Offer.ID.String(), Provider: o.Provider, Name: o.Name, Place: o.Place, IPType: o.IPType.String(), PerGiB: Money{Amount: o.Rate.PerGiB}, PerHour: Money{Amount: o.Rate.PerHour}, Expires: o.Expires(),
		})
	}
	return r, nil
}
