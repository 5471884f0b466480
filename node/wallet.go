package node

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub/client"
	"github.com/wherrynet/wherry/payment/wallet"
)

// purse is a consumer's wallet with the one channel that it pays from.
type purse struct {
	*wallet.Wallet
	id    channel.ID
	chain chain.Chain
}

// openPurse opens the wallet of an identity.
func (c Config) openPurse(ctx context.Context, n Network, key *identity.Key) (*purse, error) {
	path, err := c.walletPath(n, key.Address())
	if err != nil {
		return nil, err
	}
	ch, err := c.walletChannel(ctx, n)
	if err != nil {
		return nil, err
	}
	w, err := wallet.Open(ctx, wallet.Config{Path: path, Key: key, Channels: []wallet.Channel{ch}, Log: c.log(), Relayer: c.relayers(n)})
	if err != nil {
		return nil, err
	}
	return &purse{Wallet: w, id: ch.ID(), chain: ch.Chain}, nil
}

// walletPath returns the file of an identity's wallet.
func (c Config) walletPath(n Network, who wherry.Address) (string, error) {
	dir, err := c.dir(n.Name, "wallet")
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, who.String()+".db"), nil
}

// walletChannel returns the channel that the configuration pays from.
func (c Config) walletChannel(ctx context.Context, n Network) (wallet.Channel, error) {
	h, err := n.pickHub(c.Consumer.Hub)
	if err != nil {
		return wallet.Channel{}, err
	}
	id := c.Consumer.Chain
	if id == 0 {
		id = n.Registry()
		if len(h.Chains) > 0 {
			id = h.Chains[0]
		}
	}
	ch, err := n.Open(ctx, id)
	if err != nil {
		return wallet.Channel{}, err
	}
	return wallet.Channel{Hub: h.Address, Chain: ch, Client: &client.Client{URL: h.URL, Hub: h.Address}}, nil
}

// pickHub returns a hub of the network: the named one, or the first.
func (n Network) pickHub(address wherry.Address) (HubEntry, error) {
	if !address.IsZero() {
		return n.Hub(address)
	}
	if len(n.Hubs) == 0 {
		return HubEntry{}, wherry.Errorf(wherry.Invalid, "network %s lists no hub", n.Name)
	}
	return n.Hubs[0], nil
}

// check reports whether there is anything to pay with, by the newest view of the
// chain, so that a person hears it before a provider does.
func (p *purse) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	if err := p.Refresh(ctx); err != nil {
		return err
	}
	balances, err := p.Balances(ctx)
	if err != nil {
		return err
	}
	for _, b := range balances {
		if b.Leaving {
			return wherry.Errorf(wherry.Conflict, "the wallet is leaving hub %s: wherry wallet leave takes the rest", b.Hub.Short())
		}
		if b.Left.IsZero() {
			return wherry.Errorf(wherry.NotFunded, "the deposit with hub %s on chain %d is empty, or not final yet", b.Hub.Short(), b.ChainID)
		}
	}
	return nil
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
		if p.Reconcile(ctx, p.id) != nil {
			return
		}
	}
}

// Wallet says what the node's identity has, and where. It reads the books
// beside a proxy that runs, and asks the chain.
func (c Config) Wallet(ctx context.Context) (WalletState, error) {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return WalletState{}, err
	}
	who, err := c.Who()
	if err != nil {
		return WalletState{}, err
	}
	path, err := c.walletPath(network, who)
	if err != nil {
		return WalletState{}, err
	}
	ch, err := c.walletChannel(ctx, network)
	if err != nil {
		return WalletState{}, err
	}
	s := WalletState{Schema: "wherry.wallet/1", Address: who, Hub: ch.Hub, Chain: ch.Chain.Params().ID}
	account, err := ch.Chain.Account(ctx, who, chain.Latest)
	if err != nil {
		return WalletState{}, err
	}
	in, err := ch.Chain.In(ctx, ch.Hub, who, chain.Latest)
	if err != nil {
		return WalletState{}, err
	}
	s.InWallet, s.PutIn, s.Settled = Money{account.Tokens}, Money{in.Deposited}, Money{in.Settled}
	if in.Leaving() {
		s.Leaving = &in.ExitAt
	}
	v, err := wallet.OpenView(ctx, path, who)
	if wherry.CodeOf(err) == wherry.NotFound { // nothing was ever signed here
		s.Left = Money{s.PutIn.SubFloor(s.Settled.Amount)}
		s.Spent = s.Settled
		return s, nil
	}
	if err != nil {
		return WalletState{}, err
	}
	defer v.Close()
	b, err := v.Balance(ctx, ch.ID())
	if err != nil {
		return WalletState{}, err
	}
	used, err := b.Spent.Add(b.Other)
	if err != nil {
		return WalletState{}, err
	}
	s.Spent, s.AtRisk, s.Left = Money{used}, Money{b.AtRisk}, Money{s.PutIn.SubFloor(used)}
	return s, nil
}
