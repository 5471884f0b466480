package devnet

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/node"
)

// Books are what everybody says of their money, and what the chains say.
type Books struct {
	Consumer  node.WalletState              `json:"consumer"`
	Hub       node.HubState                 `json:"hub"`
	Providers map[string]node.EarningsState `json:"providers"`

	order []string // of the providers
	in    chain.In
	hubA  chain.Hub
	hubB  chain.Hub
	outs  map[string]chain.Out
	held  map[string]wherry.Amount // tokens of each payee on chain B
}

// Books asks every role for its books, by its own command, and the chains for
// theirs.
func (n *Net) Books(ctx context.Context) (*Books, error) {
	b := &Books{Providers: map[string]node.EarningsState{}, outs: map[string]chain.Out{}, held: map[string]wherry.Amount{}}
	if err := n.ask(ctx, &b.Consumer, "consumer", "wallet"); err != nil {
		return nil, err
	}
	if err := n.ask(ctx, &b.Hub, "hub", "hub", "status"); err != nil {
		return nil, err
	}
	for _, p := range n.plan.Providers {
		var e node.EarningsState
		if err := n.ask(ctx, &e, p.role(), "provide", "earnings"); err != nil {
			return nil, err
		}
		b.Providers[p.Name] = e
		b.order = append(b.order, p.Name)
	}
	return b, n.readChains(ctx, b)
}

// Settled returns the books as soon as they agree, or as they are, and what is
// wrong with them, when they still don't after patience. While blocks are on
// their way to being final, and while a session runs, everybody is right at a
// slightly different time.
func (n *Net) Settled(ctx context.Context, patience time.Duration) (*Books, []string, error) {
	for deadline := time.Now().Add(patience); ; {
		b, err := n.Books(ctx)
		if err != nil {
			return nil, nil, err
		}
		wrong := b.Check()
		if len(wrong) == 0 || time.Now().After(deadline) {
			return b, wrong, nil
		}
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func (n *Net) ask(ctx context.Context, into any, role string, args ...string) error {
	out, err := n.Run(ctx, role, args...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(out, into); err != nil {
		return fmt.Errorf("wherry %s: its answer is not what it says it is: %w", strings.Join(args, " "), err)
	}
	return nil
}

func (n *Net) readChains(ctx context.Context, b *Books) error {
	hub := n.plan.People["hub"]
	a, err := n.open(ctx, n.plan.ChainA)
	if err != nil {
		return err
	}
	if b.in, err = a.In(ctx, hub, n.plan.People["consumer"], chain.Latest); err != nil {
		return err
	}
	if b.hubA, err = a.Hub(ctx, hub, chain.Latest); err != nil {
		return err
	}
	c, err := n.open(ctx, n.plan.ChainB)
	if err != nil {
		return err
	}
	if b.hubB, err = c.Hub(ctx, hub, chain.Latest); err != nil {
		return err
	}
	for _, p := range n.plan.Providers {
		payee := b.Providers[p.Name].Payee
		if b.outs[p.Name], err = c.Out(ctx, hub, payee, chain.Latest); err != nil {
			return err
		}
		has, err := c.Account(ctx, payee, chain.Latest)
		if err != nil {
			return err
		}
		b.held[p.Name] = has.Tokens
	}
	return nil
}

// Check returns every way in which the books don't agree, with themselves, with
// each other or with the chains. None means that not one base unit is missing.
// It is strict, so it holds only while no session runs.
func (b *Books) Check() []string {
	var wrong []string
	equal := func(what string, x, y wherry.Amount) {
		if x != y {
			wrong = append(wrong, fmt.Sprintf("%s: %s is not %s", what, x, y))
		}
	}
	sum := func(all ...wherry.Amount) wherry.Amount {
		s, err := wherry.Sum(all...)
		if err != nil {
			wrong = append(wrong, "a sum overflows")
		}
		return s
	}
	c := b.Consumer
	equal("consumer: put in = spent + left", c.PutIn.Amount, sum(c.Spent.Amount, c.Left.Amount))
	equal("consumer: put in, and its deposit on chain", c.PutIn.Amount, b.in.Deposited)
	equal("consumer: settled, and its channel on chain", c.Settled.Amount, b.in.Settled)

	h := b.Hub
	equal("hub: in = out + fee", h.In.Amount, sum(h.Out.Amount, h.Fee.Amount))
	equal("hub: in, and what the consumer spent", h.In.Amount, c.Spent.Amount)
	equal("hub: collected, and the consumer's channel on chain", h.Collected.Amount, b.in.Settled)
	equal("hub: collected, and its free money on the consumer's chain", h.Collected.Amount, b.hubA.Free)

	var earned, settled, reserved wherry.Amount
	for _, name := range b.order {
		p, out := b.Providers[name], b.outs[name]
		equal("provider "+name+": earned = settled + waiting", p.Earned.Amount, sum(p.Settled.Amount, p.Waiting.Amount))
		equal("provider "+name+": settled, and the contract", p.Settled.Amount, out.Settled)
		equal("provider "+name+": settled, and the tokens in its account", p.Settled.Amount, b.held[name])
		earned, settled, reserved = sum(earned, p.Earned.Amount), sum(settled, p.Settled.Amount), sum(reserved, out.Reserved)
	}
	equal("hub: out, and what the providers earned", h.Out.Amount, earned)
	equal("hub: paid, and what was settled to the providers", h.Paid.Amount, settled)
	equal("hub: its funds = free + reserved + paid", hubFunds, sum(b.hubB.Free, reserved, settled))
	return wrong
}

// Text returns the books as sums, one line each.
func (b *Books) Text() string {
	var t strings.Builder
	line := func(who, left string, l wherry.Amount, first string, x wherry.Amount, second string, y wherry.Amount) {
		fmt.Fprintf(&t, "  %-12s %-7s %-22s = %-7s %-22s + %-7s %s\n", who, left, l, first, x, second, y)
	}
	line("consumer", "put in", b.Consumer.PutIn.Amount, "spent", b.Consumer.Spent.Amount, "left", b.Consumer.Left.Amount)
	line("hub", "in", b.Hub.In.Amount, "out", b.Hub.Out.Amount, "fee", b.Hub.Fee.Amount)
	for _, name := range b.order {
		p := b.Providers[name]
		line("provider "+name, "earned", p.Earned.Amount, "settled", p.Settled.Amount, "waiting", p.Waiting.Amount)
	}
	return t.String()
}
