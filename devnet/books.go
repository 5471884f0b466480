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
	Hub       node.HubState                 `json:"hub"`  // the first
	Hubs      map[string]node.HubState      `json:"hubs"` // the others
	Providers map[string]node.EarningsState `json:"providers"`

	order []string // of the providers
	hubs  []string // the first is Hub
	in    map[string]chain.In
	hubA  map[string]chain.Hub
	hubB  map[string]chain.Hub
	outs  map[[2]string]chain.Out  // by hub and provider
	held  map[string]wherry.Amount // tokens of each payee on chain B
}

// Books asks every role for its books, by its own command, and the chains for
// theirs.
func (n *Net) Books(ctx context.Context) (*Books, error) {
	b := &Books{
		Hubs: map[string]node.HubState{}, Providers: map[string]node.EarningsState{}, outs: map[[2]string]chain.Out{}, held: map[string]wherry.Amount{},
		in: map[string]chain.In{}, hubA: map[string]chain.Hub{}, hubB: map[string]chain.Hub{},
	}
	if err := n.ask(ctx, &b.Consumer, "consumer", "wallet"); err != nil {
		return nil, err
	}
	for i, h := range n.plan.Hubs {
		var s node.HubState
		if err := n.ask(ctx, &s, h.Role, "hub", "status"); err != nil {
			return nil, err
		}
		b.hubs = append(b.hubs, h.Name)
		if i == 0 {
			b.Hub = s
		} else {
			b.Hubs[h.Name] = s
		}
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

// hub returns the books of a hub by its name.
func (b *Books) hub(name string) node.HubState {
	if name == b.hubs[0] {
		return b.Hub
	}
	return b.Hubs[name]
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
	a, err := n.open(ctx, n.plan.ChainA)
	if err != nil {
		return err
	}
	defer a.Close()
	c, err := n.open(ctx, n.plan.ChainB)
	if err != nil {
		return err
	}
	defer c.Close()
	for _, h := range n.plan.Hubs {
		hub := n.plan.People[h.Role]
		if b.in[h.Name], err = a.In(ctx, hub, n.plan.People["consumer"], chain.Latest); err != nil {
			return err
		}
		if b.hubA[h.Name], err = a.Hub(ctx, hub, chain.Latest); err != nil {
			return err
		}
		if b.hubB[h.Name], err = c.Hub(ctx, hub, chain.Latest); err != nil {
			return err
		}
		for _, p := range n.plan.Providers {
			if b.outs[[2]string{h.Name, p.Name}], err = c.Out(ctx, hub, b.Providers[p.Name].Payee, chain.Latest); err != nil {
				return err
			}
		}
	}
	for _, p := range n.plan.Providers {
		has, err := c.Account(ctx, b.Providers[p.Name].Payee, chain.Latest)
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
	k := check{Books: b}
	c := b.Consumer
	k.equal("consumer: put in = spent + left", c.PutIn.Amount, k.sum(c.Spent.Amount, c.Left.Amount))
	var putIn, spent wherry.Amount
	for _, name := range b.hubs {
		k.hub(name)
		item := c.With(b.hub(name).Hub)
		putIn, spent = k.sum(putIn, item.PutIn.Amount), k.sum(spent, item.Spent.Amount)
	}
	k.equal("consumer: put in, and what it put in with each hub", c.PutIn.Amount, putIn)
	k.equal("consumer: spent, and what it spent with each hub", c.Spent.Amount, spent)
	for _, name := range b.order {
		p := b.Providers[name]
		k.equal("provider "+name+": earned = settled + waiting", p.Earned.Amount, k.sum(p.Settled.Amount, p.Waiting.Amount))
		k.equal("provider "+name+": settled, and the tokens in its account", p.Settled.Amount, b.held[name])
		var earned, settled wherry.Amount
		for _, i := range p.Items {
			earned, settled = k.sum(earned, i.Earned.Amount), k.sum(settled, i.Settled.Amount)
		}
		k.equal("provider "+name+": earned, and what it earned with each hub", p.Earned.Amount, earned)
		k.equal("provider "+name+": settled, and what each hub has settled", p.Settled.Amount, settled)
	}
	return k.wrong
}

// check collects what does not agree.
type check struct {
	*Books
	wrong []string
}

func (k *check) equal(what string, x, y wherry.Amount) {
	if x != y {
		k.wrong = append(k.wrong, fmt.Sprintf("%s: %s is not %s", what, x, y))
	}
}

func (k *check) sum(all ...wherry.Amount) wherry.Amount {
	s, err := wherry.Sum(all...)
	if err != nil {
		k.wrong = append(k.wrong, "a sum overflows")
	}
	return s
}

// hub checks the books of one hub with everybody.
func (k *check) hub(name string) {
	h, in := k.Books.hub(name), k.in[name]
	c := k.Consumer.With(h.Hub)
	who := "hub " + name
	k.equal("consumer: put in with "+who+", and its deposit on chain", c.PutIn.Amount, in.Deposited)
	k.equal("consumer: settled with "+who+", and its channel on chain", c.Settled.Amount, in.Settled)
	k.equal(who+": in = out + fee", h.In.Amount, k.sum(h.Out.Amount, h.Fee.Amount))
	k.equal(who+": in, and what the consumer spent", h.In.Amount, c.Spent.Amount)
	k.equal(who+": collected, and the consumer's channel on chain", h.Collected.Amount, in.Settled)
	k.equal(who+": collected, and its free money on the consumer's chain", h.Collected.Amount, k.hubA[name].Free)
	var earned, settled, reserved wherry.Amount
	for _, p := range k.order {
		e, out := k.Providers[p].With(h.Hub), k.outs[[2]string{name, p}]
		k.equal("provider "+p+": settled by "+who+", and the contract", e.Settled.Amount, out.Settled)
		earned, settled, reserved = k.sum(earned, e.Earned.Amount), k.sum(settled, e.Settled.Amount), k.sum(reserved, out.Reserved)
	}
	k.equal(who+": out, and what the providers earned", h.Out.Amount, earned)
	k.equal(who+": paid, and what was settled to the providers", h.Paid.Amount, settled)
	k.equal(who+": its funds = free + reserved + paid", hubFunds, k.sum(k.hubB[name].Free, reserved, settled))
}

// Text returns the books as sums, one line each.
func (b *Books) Text() string {
	var t strings.Builder
	line := func(who, left string, l wherry.Amount, first string, x wherry.Amount, second string, y wherry.Amount) {
		fmt.Fprintf(&t, "  %-12s %-7s %-22s = %-7s %-22s + %-7s %s\n", who, left, l, first, x, second, y)
	}
	line("consumer", "put in", b.Consumer.PutIn.Amount, "spent", b.Consumer.Spent.Amount, "left", b.Consumer.Left.Amount)
	for _, name := range b.hubs {
		h := b.hub(name)
		line("hub "+name, "in", h.In.Amount, "out", h.Out.Amount, "fee", h.Fee.Amount)
	}
	for _, name := range b.order {
		p := b.Providers[name]
		line("provider "+name, "earned", p.Earned.Amount, "settled", p.Settled.Amount, "waiting", p.Waiting.Amount)
	}
	return t.String()
}
