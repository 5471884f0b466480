package chaintest

import (
	"context"
	"errors"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// there says whether the chain answers.
func (c *Chain) there(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return wherry.Errorf(wherry.Unreachable, "%w", err)
	}
	return c.down
}

// at returns the block of a view.
func (c *Chain) at(at chain.At) *block {
	if at == chain.Latest {
		return c.newest()
	}
	n := len(c.blocks) - 1
	if depth := c.params.Depth; depth < uint64(n) {
		return &c.blocks[n-int(depth)]
	}
	return &c.blocks[0]
}

// view returns the ledger of a view.
func (c *Chain) view(ctx context.Context, at chain.At) (*ledger, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.there(ctx); err != nil {
		return nil, err
	}
	return c.at(at).after, nil
}

// Params implements chain.Chain.
func (c *Chain) Params() chain.Params { return c.params }

// Head implements chain.Chain.
func (c *Chain) Head(ctx context.Context, at chain.At) (chain.Head, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.there(ctx); err != nil {
		return chain.Head{}, err
	}
	return c.at(at).head, nil
}

// Block implements chain.Chain.
func (c *Chain) Block(ctx context.Context, number uint64) (chain.Head, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.there(ctx); err != nil {
		return chain.Head{}, err
	}
	if number >= uint64(len(c.blocks)) {
		return chain.Head{}, wherry.Errorf(wherry.NotFound, "block %d: the newest is %d", number, len(c.blocks)-1)
	}
	return c.blocks[number].head, nil
}

// Hub implements chain.Chain.
func (c *Chain) Hub(ctx context.Context, hub wherry.Address, at chain.At) (chain.Hub, error) {
	l, err := c.view(ctx, at)
	if err != nil {
		return chain.Hub{}, err
	}
	return l.hubs[hub], nil
}

// In implements chain.Chain.
func (c *Chain) In(ctx context.Context, hub, consumer wherry.Address, at chain.At) (chain.In, error) {
	l, err := c.view(ctx, at)
	if err != nil {
		return chain.In{}, err
	}
	ch := l.ins[pair{hub, consumer}]
	v := chain.In{Deposited: ch.deposited, Settled: ch.settled, NotBefore: instant(l.notBefore(ch))}
	if ch.stage != open {
		v.ExitAt = instant(ch.at)
	}
	return v, nil
}

// Out implements chain.Chain.
func (c *Chain) Out(ctx context.Context, hub, payee wherry.Address, at chain.At) (chain.Out, error) {
	l, err := c.view(ctx, at)
	if err != nil {
		return chain.Out{}, err
	}
	o := l.outs[pair{hub, payee}]
	return chain.Out{Settled: o.settled, Reserved: o.reserved, UnlockAt: instant(o.unlockAt)}, nil
}

// Owed implements chain.Chain.
func (c *Chain) Owed(ctx context.Context, hub, consumer wherry.Address, at chain.At) (chain.Owed, error) {
	l, err := c.view(ctx, at)
	if err != nil {
		return chain.Owed{}, err
	}
	o := l.owed[pair{hub, consumer}]
	return chain.Owed{Relayer: o.relayer, Fee: o.fee}, nil
}

// Account implements chain.Chain.
func (c *Chain) Account(ctx context.Context, a wherry.Address, at chain.At) (chain.Account, error) {
	l, err := c.view(ctx, at)
	if err != nil {
		return chain.Account{}, err
	}
	return chain.Account{
		Tokens: l.tokens[a], Gas: c.gasOf(l, a), Allowance: l.allowances[a], PermitNonce: l.permitNonces[a],
	}, nil
}

// Events implements chain.Chain.
func (c *Chain) Events(ctx context.Context, hub wherry.Address, first, last uint64) ([]chain.Event, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.there(ctx); err != nil {
		return nil, err
	}
	if last >= uint64(len(c.blocks)) {
		return nil, wherry.Errorf(wherry.NotFound, "events up to block %d: the newest is %d", last, len(c.blocks)-1)
	}
	var out []chain.Event
	for n := first; n <= last; n++ {
		for _, ev := range c.blocks[n].events {
			if hub.IsZero() || ev.Hub == hub {
				out = append(out, ev)
			}
		}
	}
	return out, nil
}

// refusal returns the name of the Refusal in err.
func refusal(err error) string {
	if r, ok := errors.AsType[chain.Refusal](err); ok {
		return string(r)
	}
	return err.Error()
}
