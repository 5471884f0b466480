package node

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub/client"
	"github.com/wherrynet/wherry/payment/wallet"
)

// way is one channel of a consumer: a hub, and a chain on which it takes deposits.
type way struct {
	hub    HubEntry
	id     channel.ID
	chain  chain.Chain
	client *client.Client
}

// purse is a consumer's wallet with all its channels.
type purse struct {
	*wallet.Wallet
	way         // that a command is about; see about
	ways []way  // in the network's order
	pins *trust // what was agreed with each hub

	backings *backings
	met      *met
	network  Network
}

// openPurse opens the wallet of an identity.
func (c Config) openPurse(ctx context.Context, n Network, key *identity.Key) (*purse, error) {
	path, err := c.walletPath(n, key.Address())
	if err != nil {
		return nil, err
	}
	ways, err := c.openWays(ctx, n)
	if err != nil {
		return nil, err
	}
	pins, err := c.trust(n)
	if err != nil {
		return nil, err
	}
	var channels []wallet.Channel
	for _, w := range ways {
		channels = append(channels, wallet.Channel{Hub: w.id.Hub, Chain: w.chain, Client: w.client})
	}
	known := &met{}
	w, err := wallet.Open(ctx, wallet.Config{Path: path, Key: key, Channels: channels, Log: c.log(), Relayer: c.relayers(n, known)})
	if err != nil {
		return nil, err
	}
	return &purse{Wallet: w, way: ways[0], ways: ways, pins: pins, backings: &backings{}, met: known, network: n}, nil
}

// walletPath returns the file of an identity's wallet.
func (c Config) walletPath(n Network, who wherry.Address) (string, error) {
	dir, err := c.dir(n.Name, "wallet")
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, who.String()+".db"), nil
}

// openWays returns the channels that the configuration allows: of the one hub and
// on the one chain that it names, or of all hubs on all chains where they take
// deposits. There is one at least.
func (c Config) openWays(ctx context.Context, n Network) ([]way, error) {
	hubs := n.Hubs
	if only := c.Consumer.Hub; !only.IsZero() {
		h, err := n.Hub(only)
		if err != nil {
			return nil, err
		}
		hubs = []HubEntry{h}
	}
	open := map[uint64]chain.Chain{}
	var out []way
	for _, h := range hubs {
		chains := h.Chains
		if len(chains) == 0 {
			chains = []uint64{n.Registry()}
		}
		for _, id := range chains {
			if only := c.Consumer.Chain; only != 0 && id != only {
				continue
			}
			if open[id] == nil {
				ch, err := n.Open(ctx, id)
				if err != nil {
					return nil, err
				}
				open[id] = ch
			}
			out = append(out, way{
				hub: h, id: channel.ID{A: open[id].Params().Domain(), Hub: h.Address}, chain: open[id],
				client: clientOf(h),
			})
		}
	}
	if len(out) == 0 {
		return nil, wherry.Errorf(wherry.Invalid, "network %s lists no hub that takes deposits there", n.Name)
	}
	return out, nil
}

// about returns p for what a command wants with one hub: the named one, or else
// the only one, or the only one with a deposit or something under way. Where there
// is no deposit it is the first, if fresh, and otherwise NotFunded; where there
// are several the person has to say.
func (p *purse) about(ctx context.Context, hub wherry.Address, fresh bool) (*purse, error) {
	ways := p.ways
	if !hub.IsZero() {
		ways = slices.DeleteFunc(slices.Clone(ways), func(w way) bool { return w.id.Hub != hub })
	}
	if len(ways) == 0 {
		return nil, wherry.Errorf(wherry.NotFound, "this wallet has nothing to do with hub %s", hub)
	}
	one := func(w way) *purse {
		q := *p
		q.way = w
		return &q
	}
	if len(ways) == 1 {
		return one(ways[0]), nil
	}
	var with []way
	for _, w := range ways {
		in, err := w.chain.In(ctx, w.id.Hub, p.Address(), chain.Latest)
		if err != nil {
			return nil, err
		}
		under, err := p.Underway(ctx, w.id)
		if err != nil {
			return nil, err
		}
		if !in.Left().IsZero() || len(under) > 0 {
			with = append(with, w)
		}
	}
	switch {
	case len(with) == 1:
		return one(with[0]), nil
	case len(with) == 0 && fresh:
		return one(ways[0]), nil
	case len(with) == 0:
		return nil, wherry.Errorf(wherry.NotFunded, "there is nothing left with any hub")
	}
	var names []string
	for _, w := range with {
		names = append(names, w.hub.Called())
	}
	return nil, wherry.Errorf(wherry.Invalid, "there are deposits with several hubs: say which with --hub: %s", strings.Join(names, ", "))
}

// hubWait bounds how long a hub may take to say that it is there.
const hubWait = 3 * time.Second

// check returns the ways through which something can be paid now, the fullest
// first, by the newest view of the chains: there is money left, the hub answers,
// its terms are those that were agreed to, and nothing speaks against that it can
// pay. When there is none the error says
// what stands in the way, so that a person hears it before a provider does.
func (p *purse) check(ctx context.Context) ([]way, error) {
	reading, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	refreshed := p.Refresh(reading)
	balances, err := p.Balances(ctx)
	if err != nil {
		return nil, err
	}
	left := map[channel.ID]wallet.Balance{}
	for _, b := range balances {
		left[channel.ID{A: typed.Domain{ChainID: b.ChainID, Contract: b.Contract}, Hub: b.Hub}] = b
	}
	errs := make([]error, len(p.ways))
	var g errgroup.Group
	for i, w := range p.ways {
		g.Go(func() error {
			errs[i] = p.usable(ctx, w, left[w.id])
			return nil
		})
	}
	_ = g.Wait() // the errors are in errs
	var out []way
	for i, w := range p.ways {
		if errs[i] == nil {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		if refreshed != nil {
			return nil, refreshed
		}
		return nil, telling(errs)
	}
	slices.SortStableFunc(out, func(a, b way) int { return left[b.id].Left.Cmp(left[a.id].Left) })
	return out, nil
}

// usable reports what stands in the way of paying through w.
func (p *purse) usable(ctx context.Context, w way, b wallet.Balance) error {
	switch {
	case b.Leaving:
		return wherry.Errorf(wherry.Conflict, "the wallet is leaving hub %s: wherry wallet leave takes the rest", w.hub.Called())
	case b.Left.IsZero():
		return wherry.Errorf(wherry.NotFunded, "the deposit with hub %s on chain %d is empty, or not final yet", w.hub.Called(), w.id.A.ChainID)
	}
	ctx, cancel := context.WithTimeout(ctx, hubWait)
	defer cancel()
	if err := w.client.Health(ctx); err != nil {
		return fmt.Errorf("hub %s: %w", w.hub.Called(), err)
	}
	if err := p.pins.agreed(ctx, w.hub, w.id.A.ChainID); err != nil {
		return err
	}
	return p.backings.of(w.id.Hub).trouble(ctx)
}

// telling returns the error that a person can do most about: an empty deposit
// matters only where no other hub has one.
func telling(errs []error) error {
	best := errs[0]
	for _, err := range errs[1:] {
		if wherry.CodeOf(best) == wherry.NotFunded && wherry.CodeOf(err) != wherry.NotFunded {
			best = err
		}
	}
	return best
}

// settleUp asks the hub about orders whose receipts were lost, before a proxy
// ends: for some seconds at most, and only where there are any. What is left
// open then is asked at the next start.
func (p *purse) settleUp(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, leaveWait)
	defer cancel()
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		balances, err := p.Balances(ctx)
		if err != nil || !slices.ContainsFunc(balances, func(b wallet.Balance) bool { return !b.Pending.IsZero() }) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		for _, w := range p.ways {
			if err := p.Reconcile(ctx, w.id); err != nil {
				p.pins.log.Debug("hub did not say what became of orders", "hub", w.id.Hub, "err", err)
			}
		}
	}
}

// Wallet says what the node's identity has, and where. It reads the books
// beside a proxy that runs, and asks the chains; no hub is asked.
func (c Config) Wallet(ctx context.Context) (WalletState, error) {
	s := WalletState{Schema: "wherry.wallet/2", Items: []WalletItem{}, Accounts: []WalletAccount{}}
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return s, err
	}
	if s.Address, err = c.Who(); err != nil {
		return s, err
	}
	path, err := c.walletPath(network, s.Address)
	if err != nil {
		return s, err
	}
	ways, err := c.openWays(ctx, network)
	if err != nil {
		return s, err
	}
	pins, err := c.trust(network)
	if err != nil {
		return s, err
	}
	v, err := wallet.OpenView(ctx, path, s.Address)
	switch wherry.CodeOf(err) {
	case "":
		defer v.Close()
	case wherry.NotFound: // nothing was ever signed here
		v = nil
	default:
		return s, err
	}
	for _, w := range ways {
		if !slices.ContainsFunc(s.Accounts, func(a WalletAccount) bool { return a.Chain == w.id.A.ChainID }) {
			account, err := w.chain.Account(ctx, s.Address, chain.Latest)
			if err != nil {
				return s, err
			}
			s.Accounts = append(s.Accounts, WalletAccount{w.id.A.ChainID, Money{Amount: account.Tokens}})
		}
		item, err := walletItem(ctx, w, v, s.Address)
		if err != nil {
			return s, err
		}
		item.Problem = pins.problem(w.id.Hub)
		s.Items = append(s.Items, item)
	}
	return s, s.sum()
}

// walletItem returns what somebody has with one hub on one chain.
func walletItem(ctx context.Context, w way, v *wallet.View, who wherry.Address) (WalletItem, error) {
	s := WalletItem{Hub: w.id.Hub, Name: w.hub.Name, Chain: w.id.A.ChainID}
	in, err := w.chain.In(ctx, w.id.Hub, who, chain.Latest)
	if err != nil {
		return s, err
	}
	s.PutIn, s.Settled = Money{Amount: in.Deposited}, Money{Amount: in.Settled}
	if in.Leaving() {
		s.Leaving = &in.ExitAt
	}
	s.Left, s.Spent = Money{Amount: s.PutIn.SubFloor(s.Settled.Amount)}, s.Settled
	if v == nil {
		return s, nil
	}
	b, err := v.Balance(ctx, w.id)
	if wherry.CodeOf(err) == wherry.NotFound { // a hub that is new in the network
		return s, nil
	}
	if err != nil {
		return s, err
	}
	used, err := b.Spent.Add(b.Other)
	s.Spent, s.AtRisk, s.Left = Money{Amount: used}, Money{Amount: b.AtRisk}, Money{Amount: s.PutIn.SubFloor(used)}
	return s, err
}

// showTerms shows the terms of the hub that money is about to go to, and agrees
// to them. A hub that does not answer gets no money.
func (p *purse) showTerms(ctx context.Context, show func(HubEntry, HubTerms)) error {
	row, err := p.pins.row(ctx, p.hub)
	if err != nil {
		return err
	}
	for _, t := range row.Terms {
		if show != nil && t.Chain == p.id.A.ChainID {
			show(p.hub, t)
		}
	}
	return p.pins.agreed(ctx, p.hub, p.id.A.ChainID)
}
