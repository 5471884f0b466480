package devnet

import (
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/devchain"
)

// fund opens and starts the hubs. What was given is not given again.
func (n *Net) fund(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, f := range []struct {
		chain  chainPlan
		amount wherry.Amount
	}{{n.plan.ChainA, wherry.Amount{}}, {n.plan.ChainB, hubFunds}} {
		g.Go(func() error {
			c, err := n.open(gctx, f.chain)
			if err != nil {
				return err
			}
			defer c.Close()
			var each errgroup.Group
			for _, h := range n.plan.Hubs {
				each.Go(func() error { return n.openHub(gctx, c, f.chain, h, f.amount) })
			}
			return each.Wait()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, p := range append(n.Hubs(), n.cheats()...) {
		if err := p.Start(ctx); err != nil {
			return err
		}
	}
	return nil
}

// deposits tops the consumer up, with one hub after the other.
func (n *Net) deposits(ctx context.Context) error {
	c, err := n.open(ctx, n.plan.ChainA)
	if err != nil {
		return err
	}
	defer c.Close()
	for _, h := range n.plan.Hubs {
		if err := n.topUp(ctx, c, h); err != nil {
			return err
		}
		n.say("hub %s: a fee of %d parts per million, %s %s on %s; %s of the consumer's deposited with it on %s",
			h.Name, h.FeePPM, hubFunds, wherry.Currency, n.plan.ChainB.Name, h.TopUp, n.plan.ChainA.Name)
	}
	return nil
}

// addresses returns the addresses of hubs by their names.
func (n *Net) addresses(names []string) (all []wherry.Address) {
	for _, h := range n.plan.Hubs {
		if slices.Contains(names, h.Name) {
			all = append(all, n.plan.People[h.Role])
		}
	}
	return all
}

// openHub opens the hub by the program's own command, where it is not open.
func (n *Net) openHub(ctx context.Context, c chain.Chain, p chainPlan, h hubPlan, amount wherry.Amount) error {
	is, err := c.Hub(ctx, n.plan.People[h.Role], chain.Latest)
	if err != nil || !is.Owner.IsZero() {
		return err
	}
	if err := n.give(ctx, c, h.owner(), amount); err != nil {
		return err
	}
	_, err = n.Run(ctx, h.Role, "hub", "open", "--chain", fmt.Sprint(p.ID), "--owner", n.plan.People[h.owner()].String(), "--fund", amount.String())
	return err
}

// topUp makes the consumer's deposit with a hub by the program's own command,
// where there is none.
func (n *Net) topUp(ctx context.Context, c chain.Chain, h hubPlan) error {
	in, err := c.In(ctx, n.plan.People[h.Role], n.plan.People["consumer"], chain.Latest)
	if err != nil || !in.Deposited.IsZero() {
		return err
	}
	if h.Role == n.plan.Hubs[0].Role {
		if err := n.give(ctx, c, "consumer", consumerTokens); err != nil {
			return err
		}
	}
	_, err = n.Run(ctx, "consumer", "wallet", "topup", h.TopUp.String(), "--hub", h.Name)
	return err
}

// give sends tokens to a role that has none yet.
func (n *Net) give(ctx context.Context, c chain.Chain, role string, tokens wherry.Amount) error {
	who := n.plan.People[role]
	has, err := c.Account(ctx, who, chain.Latest)
	if err != nil || !has.Tokens.Less(tokens) {
		return err
	}
	if err := n.send(ctx, c, chain.Transfer{To: who, Amount: tokens}); err != nil {
		return fmt.Errorf("tokens for %s: %w", role, err)
	}
	return nil
}

func (n *Net) coins(ctx context.Context, p chainPlan, who wherry.Address) error {
	r, err := devchain.Dial(ctx, rpcURL(p))
	if err != nil {
		return err
	}
	defer r.Close()
	return r.Faucet(ctx, who, PocketMoney)
}

// send makes a transaction of the faucet's and waits until it is mined.
func (n *Net) send(ctx context.Context, c chain.Chain, call chain.Call) error {
	id, err := c.Send(ctx, devchain.FaucetKey(), call, nil)
	if err != nil {
		return err
	}
	_, err = chain.Await(ctx, c, id, chain.Mined, 50*time.Millisecond)
	return err
}
