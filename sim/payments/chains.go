package payments

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
)

// simChain is a chain with its miners.
type simChain struct {
	*chaintest.Chain
	w    *World
	name string
	down time.Time // nobody answers until then

	paid      map[pair]int64 // largest Settled seen in a final block, by hub and payee
	collected map[pair]int64 // the same by hub and consumer
	read      uint64         // final blocks whose preimages are in the ledger
}

type pair struct{ hub, account wherry.Address }

const delay = 25 * time.Hour // for leaving: above a payout's life and the hubs' margin

func (w *World) newChain(name string, id uint64) *simChain {
	c := &simChain{
		w: w, name: name, paid: map[pair]int64{}, collected: map[pair]int64{},
		Chain: chaintest.New(chaintest.Config{
			ChainID: id, Delay: delay, Depth: uint64(w.between(1, 4)), MinTopUp: wherry.Base(1), Manual: true, Now: time.Now,
		}),
	}
	w.chains = append(w.chains, c)
	return c
}

// mine goes on making blocks, and takes some back.
func (c *simChain) mine() {
	w := c.w
	w.every(nil, 15*time.Second, 20*time.Minute, func() {
		depth := int(c.Params().Depth)
		switch {
		case !w.calm && w.chance(w.Reorgs):
			n := int(w.between(1, int64(depth)))
			drop := w.chance(2)
			c.Reorg(n, drop)
			w.note(c.name, "goes back %d blocks, forgets %v", n, drop)
		case !w.calm && w.chance(200):
			c.down = time.Now().Add(w.around(3 * time.Minute))
			w.note(c.name, "answers nobody for a while")
		default:
			c.Mine(1)
		}
		c.check()
	})
}

// view is the chain as one life of a process sees it.
func (c *simChain) view(l *life) chain.Chain { return view{c.Chain, c, l} }

type view struct {
	chain.Chain
	c *simChain
	l *life
}

func (v view) there() error {
	switch {
	case v.l.dead:
		return errDead
	case time.Now().Before(v.c.down):
		return wherry.Errorf(wherry.Unreachable, "the chain does not answer")
	}
	return nil
}

// Head implements chain.Chain.
func (v view) Head(ctx context.Context, at chain.At) (chain.Head, error) {
	if err := v.there(); err != nil {
		return chain.Head{}, err
	}
	return v.Chain.Head(ctx, at)
}

// In implements chain.Chain.
func (v view) In(ctx context.Context, hub, consumer wherry.Address, at chain.At) (chain.In, error) {
	if err := v.there(); err != nil {
		return chain.In{}, err
	}
	return v.Chain.In(ctx, hub, consumer, at)
}

// Out implements chain.Chain.
func (v view) Out(ctx context.Context, hub, payee wherry.Address, at chain.At) (chain.Out, error) {
	if err := v.there(); err != nil {
		return chain.Out{}, err
	}
	return v.Chain.Out(ctx, hub, payee, at)
}

// Events implements chain.Chain.
func (v view) Events(ctx context.Context, hub wherry.Address, first, last uint64) ([]chain.Event, error) {
	if err := v.there(); err != nil {
		return nil, err
	}
	return v.Chain.Events(ctx, hub, first, last)
}

// Status implements chain.Chain.
func (v view) Status(ctx context.Context, id wherry.Hash) (chain.Status, error) {
	if err := v.there(); err != nil {
		return chain.Status{}, err
	}
	return v.Chain.Status(ctx, id)
}

// Send implements chain.Chain: the process may die when the transaction is
// stored and has not left, and when it has left. Now and then the answer is lost.
func (v view) Send(ctx context.Context, key *identity.Key, call chain.Call, record func(chain.Tx) error) (wherry.Hash, error) {
	return v.SendBid(ctx, key, call, chain.Bid{}, record)
}

// SendBid implements chain.Chain.
func (v view) SendBid(ctx context.Context, key *identity.Key, call chain.Call, bid chain.Bid, record func(chain.Tx) error) (wherry.Hash, error) {
	if err := v.there(); err != nil {
		return wherry.Hash{}, err
	}
	id, err := v.Chain.SendBid(ctx, key, call, bid, func(tx chain.Tx) error {
		if record != nil {
			if err := record(tx); err != nil {
				return err
			}
		}
		return v.l.effect("send " + call.Name())
	})
	return id, v.left(err)
}

// Simulate implements chain.Chain.
func (v view) Simulate(ctx context.Context, from wherry.Address, call chain.Call) (chain.Cost, error) {
	if err := v.there(); err != nil {
		return chain.Cost{}, err
	}
	return v.Chain.Simulate(ctx, from, call)
}

// Resend implements chain.Chain.
func (v view) Resend(ctx context.Context, tx chain.Tx) error {
	if err := v.there(); err != nil {
		return err
	}
	if err := v.l.effect("resend"); err != nil {
		return err
	}
	return v.left(v.Chain.Resend(ctx, tx))
}

func (v view) left(err error) error {
	if err != nil {
		return err
	}
	if err := v.l.effect("sent"); err != nil {
		return err
	}
	if !v.c.w.calm && v.c.w.chance(20) {
		return wherry.Errorf(wherry.Unreachable, "the answer was lost")
	}
	return nil
}

// give makes somebody rich before it begins.
func (c *simChain) give(who wherry.Address, units int64) { c.Give(who, wherry.Base(uint64(units))) }

// tokens returns what an account has outside the contract.
func (c *simChain) tokens(who wherry.Address) int64 {
	a, err := c.Account(context.Background(), who, chain.Latest)
	if err != nil {
		panic(err)
	}
	return whole(a.Tokens)
}

// whole returns an amount in base units, as the ledger counts.
func whole(a wherry.Amount) int64 { return a.Big().Int64() }
