package node

import (
	"context"
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// txPatience bounds how long a command waits for a block before it says that
// its transaction is still under way.
const txPatience = 2 * time.Minute

// txEvery is how often a command asks for its transaction.
const txEvery = 200 * time.Millisecond

// HubOpenOptions say which hub is meant, where, and whose it is.
type HubOpenOptions struct {
	Chain uint64         // zero: the network's first
	Hub   wherry.Address // zero: this identity; opening needs its key
	Owner wherry.Address // zero: the hub's own key
	Fund  wherry.Amount  // of the owner's tokens; may be zero
}

// HubOpen makes the owner the owner of the hub's key on a chain and funds it.
// Where the hub is open already it only adds the funds.
func (c Config) HubOpen(ctx context.Context, o HubOpenOptions) (Transaction, error) {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return Transaction{}, err
	}
	ch, err := network.Open(ctx, or(o.Chain, network.Registry()))
	if err != nil {
		return Transaction{}, err
	}
	key, err := c.Unlock(c.Identity)
	if err != nil {
		return Transaction{}, err
	}
	owner := key
	if !o.Owner.IsZero() && o.Owner != key.Address() {
		if owner, err = c.Unlock(o.Owner); err != nil {
			return Transaction{}, err
		}
	}
	h, err := ch.Hub(ctx, key.Address(), chain.Latest)
	if err != nil {
		return Transaction{}, err
	}
	if !o.Fund.IsZero() {
		if _, err := c.approve(ctx, ch, owner, o.Fund); err != nil {
			return Transaction{}, err
		}
	}
	var call chain.Call
	switch {
	case h.Owner.IsZero():
		sig := key.Sign(typed.Owner{Owner: owner.Address()}.Digest(ch.Params().Domain()))
		call = chain.OpenHub{Hub: key.Address(), Signature: sig, Amount: o.Fund}
	case o.Fund.IsZero():
		return Transaction{}, wherry.Errorf(wherry.Conflict, "hub %s is open already, by %s", key.Address(), h.Owner)
	default:
		call = chain.Fund{Hub: key.Address(), Amount: o.Fund}
	}
	t, err := c.send(ctx, ch, owner, call)
	t.Amount = Money{Amount: o.Fund}
	return t, err
}

// send makes a transaction and waits until it is mined.
func (c Config) send(ctx context.Context, ch chain.Chain, key *identity.Key, call chain.Call) (Transaction, error) {
	id, err := ch.Send(ctx, key, call, nil)
	if err != nil {
		return Transaction{}, fmt.Errorf("%s: %w", call.Name(), err)
	}
	ctx, cancel := context.WithTimeout(ctx, txPatience)
	defer cancel()
	st, err := chain.Await(ctx, ch, id, chain.Mined, txEvery)
	t := Transaction{Chain: ch.Params().ID, Call: call.Name(), ID: id, State: st.State.String(), GasUsed: st.GasUsed, CostWei: st.Cost.BaseString(), Items: 1}
	if err != nil {
		return t, fmt.Errorf("%s: %w", call.Name(), err)
	}
	return t, nil
}

// approve lets the contract take exactly amount, where it may not already.
func (c Config) approve(ctx context.Context, ch chain.Chain, key *identity.Key, amount wherry.Amount) (Transaction, error) {
	has, err := ch.Account(ctx, key.Address(), chain.Latest)
	if err != nil {
		return Transaction{}, err
	}
	if has.Tokens.Less(amount) {
		return Transaction{}, wherry.Errorf(wherry.NotFunded, "%s has %s %s on chain %d, and %s are asked for", key.Address(), has.Tokens, wherry.Currency, ch.Params().ID, amount)
	}
	if has.Allowance == amount {
		return Transaction{}, nil
	}
	return c.send(ctx, ch, key, chain.Approve{Amount: amount})
}

// HubWithdraw sends its owner some of what a hub has free on a chain. Nothing
// that is reserved, and no deposit, can be withdrawn.
func (c Config) HubWithdraw(ctx context.Context, o HubOpenOptions, amount wherry.Amount) (Transaction, error) {
	return c.hubOwner(ctx, o, func(hub wherry.Address, h chain.Hub) (chain.Call, error) {
		if h.Free.Less(amount) {
			return nil, wherry.Errorf(wherry.NotFunded, "%s %s are free, and %s are asked for; what is reserved or deposited cannot be withdrawn",
				h.Free, wherry.Currency, amount)
		}
		return chain.Withdraw{Hub: hub, Amount: amount}, nil
	}, amount)
}

// HubRetire ends what the hub's key may do on a chain, for good: it can pay
// nobody out of what is free any more, and consent to nothing. Reserves go on
// paying what was signed, and everybody can leave.
func (c Config) HubRetire(ctx context.Context, o HubOpenOptions) (Transaction, error) {
	return c.hubOwner(ctx, o, func(hub wherry.Address, h chain.Hub) (chain.Call, error) {
		if h.Retired {
			return nil, wherry.Errorf(wherry.Conflict, "hub %s is retired already", hub)
		}
		return chain.Retire{Hub: hub}, nil
	}, wherry.Amount{})
}

// hubOwner sends a call that only the hub's owner may make.
func (c Config) hubOwner(ctx context.Context, o HubOpenOptions, call func(hub wherry.Address, h chain.Hub) (chain.Call, error), amount wherry.Amount) (Transaction, error) {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return Transaction{}, err
	}
	ch, err := network.Open(ctx, or(o.Chain, network.Registry()))
	if err != nil {
		return Transaction{}, err
	}
	defer ch.Close()
	hub := o.Hub
	if hub.IsZero() {
		key, err := c.Unlock(c.Identity)
		if err != nil {
			return Transaction{}, err
		}
		hub = key.Address()
	}
	h, err := ch.Hub(ctx, hub, chain.Latest)
	if err != nil {
		return Transaction{}, err
	}
	if h.Owner.IsZero() {
		return Transaction{}, wherry.Errorf(wherry.NotFound, "hub %s is not open on chain %d", hub, ch.Params().ID)
	}
	if !o.Owner.IsZero() && o.Owner != h.Owner {
		return Transaction{}, wherry.Errorf(wherry.Forbidden, "hub %s is owned by %s on chain %d", hub, h.Owner, ch.Params().ID)
	}
	what, err := call(hub, h)
	if err != nil {
		return Transaction{}, err
	}
	owner, err := c.Unlock(h.Owner)
	if err != nil {
		return Transaction{}, fmt.Errorf("only the hub's owner may do this: %w", err)
	}
	t, err := c.send(ctx, ch, owner, what)
	t.Amount = Money{Amount: amount}
	return t, err
}
