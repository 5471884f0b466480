package chaintest

import (
	"context"
	"fmt"
	"slices"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
)

// SetGasPrice sets what a unit of gas costs from the next block on, in wei.
// Transactions that offer less wait.
func (c *Chain) SetGasPrice(wei uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.price = wei
}

// Forget drops every transaction that waits, as a node does that is restarted.
func (c *Chain) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pool = nil
}

// GasPrice implements chain.Chain.
func (c *Chain) GasPrice(ctx context.Context) (wherry.Amount, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.there(ctx); err != nil {
		return wherry.Amount{}, err
	}
	return wherry.Base(c.price), nil
}

// Nonces implements chain.Chain.
func (c *Chain) Nonces(ctx context.Context, account wherry.Address) (chain.Nonces, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.there(ctx); err != nil {
		return chain.Nonces{}, err
	}
	return chain.Nonces{
		Final: c.at(chain.Final).after.nonces[account], Latest: c.newest().after.nonces[account], Pending: c.firstFree(account),
	}, nil
}

// firstFree returns the first nonce of an account that no transaction has.
func (c *Chain) firstFree(a wherry.Address) uint64 {
	n := c.newest().after.nonces[a]
	for slices.ContainsFunc(c.pool, func(t *tx) bool { return t.From == a && t.Nonce == n }) {
		n++
	}
	return n
}

// Send implements chain.Chain.
func (c *Chain) Send(ctx context.Context, key *identity.Key, call chain.Call, record func(chain.Tx) error) (wherry.Hash, error) {
	return c.SendBid(ctx, key, call, chain.Bid{}, record)
}

// SendBid implements chain.Chain.
func (c *Chain) SendBid(ctx context.Context, key *identity.Key, call chain.Call, bid chain.Bid, record func(chain.Tx) error) (wherry.Hash, error) {
	if _, err := c.Simulate(ctx, key.Address(), call); err != nil {
		return wherry.Hash{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &tx{call: call, Tx: chain.Tx{From: key.Address(), Nonce: c.firstFree(key.Address())}, cap: 2 * c.price}
	if bid.Over != nil {
		t.Nonce = bid.Over.Nonce
		if old := c.txs[bid.Over.ID]; old != nil {
			t.cap = max(t.cap, old.cap+old.cap/8+1)
		}
	}
	if !bid.Most.IsZero() && bid.Most.Less(times(gasUsed, t.cap)) {
		return wherry.Hash{}, wherry.Errorf(wherry.PriceTooHigh, "%s: may cost %s wei, more than %s", call.Name(), times(gasUsed, t.cap).BaseString(), bid.Most.BaseString())
	}
	text := fmt.Appendf(nil, "%d %s %d %d %s %+v", c.params.ID, t.From, t.Nonce, t.cap, call.Name(), call)
	t.ID = wherry.Keccak256(text)
	t.Raw = t.ID[:]
	if _, known := c.txs[t.ID]; !known {
		c.txs[t.ID] = t // signed: from record on it may be resent, whatever becomes of the caller
	}
	if record != nil {
		if err := record(t.Tx); err != nil {
			return wherry.Hash{}, err
		}
	}
	return t.ID, c.accept(c.txs[t.ID])
}

// Resend implements chain.Chain.
func (c *Chain) Resend(ctx context.Context, stored chain.Tx) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.there(ctx); err != nil {
		return err
	}
	t, ok := c.txs[stored.ID]
	if !ok || string(stored.Raw) != string(t.ID[:]) {
		return wherry.Errorf(wherry.Invalid, "resend: not a transaction of this chain")
	}
	return c.accept(t)
}

// accept takes a transaction into the pool, in place of one with its nonce that
// gives less, and makes a block for it unless blocks are made by hand.
func (c *Chain) accept(t *tx) error {
	if t.block == 0 && !slices.Contains(c.pool, t) {
		if t.Nonce < c.newest().after.nonces[t.From] {
			return wherry.Errorf(wherry.Conflict, "transaction %s: another one has used its nonce", t.ID)
		}
		other := slices.IndexFunc(c.pool, func(o *tx) bool { return o.From == t.From && o.Nonce == t.Nonce })
		switch {
		case other < 0:
			c.pool = append(c.pool, t)
		case t.cap < c.pool[other].cap+c.pool[other].cap/10:
			return wherry.Errorf(wherry.Conflict, "transaction %s: another one waits with its nonce", t.ID)
		default:
			c.pool[other] = t
		}
	}
	if !c.cfg.Manual && t.block == 0 {
		c.mine(nil)
	}
	if c.lost {
		return wherry.Errorf(wherry.Unreachable, "the answer was lost")
	}
	return nil
}
