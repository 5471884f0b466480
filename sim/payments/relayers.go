package payments

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/relayer"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// simRelayer is the relayer of a run, on all chains. When it is false it keeps
// some of what it is given, gives all of it to a thief, and sends it again later.
type simRelayer struct {
	process
	key, thief *identity.Key
	relayer    *relayer.Relayer // of the present life
	false      bool
	seen       map[wherry.Hash]bool // by what a request is known
}

// sweepCap is what whoever sweeps a deposit address may keep of it.
const sweepCap = 7

func (w *World) newRelayer() {
	r := &simRelayer{
		process: process{w: w, name: "r0", kill: w.rng.IntN(w.Deaths + 1)}, key: w.key(), thief: w.key(), seen: map[wherry.Hash]bool{},
	}
	r.boot = r.open
	w.relayer = r
}

func (r *simRelayer) open(l *life) {
	w := r.w
	if r.relayer != nil {
		_ = r.relayer.Close() // of the life before
	}
	cfg := relayer.Config{Key: r.key, Path: r.name, Memory: &w.files, Log: w.logger(r.name)}
	for _, c := range w.chains {
		cfg.Chains = append(cfg.Chains, relayer.Chain{
			Chain: c.view(l), Price: relayer.Price{Rate: wherry.Base(200_000), Margin: 100_000, Least: wherry.Base(5), Sweep: wherry.Base(sweepCap)},
		})
	}
	made, err := relayer.Open(context.Background(), cfg)
	if err != nil {
		if !l.dead {
			w.fail("durability", "the relayer does not open: %v", err)
		}
		return
	}
	r.relayer = made
	w.every(l, 20*time.Second, 20*time.Minute, func() {
		if err := made.Step(context.Background()); err != nil && !l.dead {
			w.note(r.name, "step: %s", word(err))
		}
	})
}

// relayClient is how a wallet reaches the relayer.
type relayClient struct {
	r    *simRelayer
	from *life
}

// Quote implements wallet.Relayer.
func (c relayClient) Quote(ctx context.Context, on channel.Chain) (wire.Quote, error) {
	return ask(c.r.w, c.from, &c.r.process, "quote", func(*life) (wire.Quote, error) { return c.r.relayer.Quote(ctx, on.ID) })
}

// Submit implements wallet.Relayer.
func (c relayClient) Submit(ctx context.Context, s wire.Submission) (wire.Status, error) {
	c.r.given(s)
	return ask(c.r.w, c.from, &c.r.process, "submit", func(*life) (wire.Status, error) {
		if c.r.false && c.r.abuses(s) {
			return wire.Status{Version: wire.Version, ID: s.ID(), Kind: s.Kind, State: "planned", Fee: s.Fee}, nil
		}
		return c.r.relayer.Submit(ctx, s)
	})
}

// Status implements wallet.Relayer.
func (c relayClient) Status(ctx context.Context, id wherry.Hash) (wire.Status, error) {
	return ask(c.r.w, c.from, &c.r.process, "status", func(*life) (wire.Status, error) {
		all, err := c.r.relayer.Status(ctx, []wherry.Hash{id})
		if err != nil || len(all.Items) == 0 {
			return wire.Status{}, wherry.Errorf(wherry.NotFound, "not here: %w", err)
		}
		return all.Items[0], nil
	})
}

func (c relayClient) show(ctx context.Context, on chain.Params, d wire.Deposit) error {
	_, err := ask(c.r.w, c.from, &c.r.process, "show", func(*life) (wire.Shown, error) {
		return c.r.relayer.Show(ctx, wire.Show{Version: wire.Version, Chain: channel.Chain{ID: on.ID, Contract: on.Contract}, Items: []wire.Deposit{d}})
	})
	return err
}

// given notes what may be taken for a request: its fee, once.
func (r *simRelayer) given(s wire.Submission) {
	if id := s.ID(); !r.seen[id] {
		r.seen[id] = true
		r.w.allowed[payer{s.Consumer, s.Hub}] += whole(s.Fee)
	}
}

// abuses has the thief send what names the relayer, and the relayer send it again
// when it likes. It reports whether the request is kept.
func (r *simRelayer) abuses(s wire.Submission) bool {
	w, ctx := r.w, context.Background()
	var on *simChain
	for _, c := range w.chains {
		if c.Params().ID == s.Chain.ID {
			on = c
		}
	}
	w.spawn(func() {
		if _, err := on.Send(ctx, r.thief, s.Call(), nil); err == nil {
			w.fail("bounded loss", "a thief sends a %s that names the relayer", s.Kind)
		}
		w.count("redirections tried")
	})
	w.spawn(func() {
		for range 3 { // at once, once it is mined, and after the channel has turned
			w.sleep(time.Duration(w.between(int64(time.Second), int64(8*time.Minute))))
			if w.stopped {
				return
			}
			_, err := on.Send(ctx, r.key, s.Call(), nil)
			w.note(r.name, "sends a %s again: %s", s.Kind, word(err))
		}
	})
	return w.chance(2)
}

// fees returns what relayers have had of a consumer, and sees to it that nobody had
// anything but the one that was named, and no more than was signed.
func (w *World) feesOf(c *simConsumer) (sum int64) {
	ctx := context.Background()
	who := c.key.Address()
	for _, h := range c.hubs {
		var had, swept int64
		hub := h.key.Address()
		head, err := c.chain.Head(ctx, chain.Latest)
		if err != nil {
			panic(err)
		}
		events, err := c.chain.Events(ctx, hub, 0, head.Number)
		if err != nil {
			panic(err)
		}
		for _, e := range events {
			if e.Account != who || e.Kind != chain.FeePaid {
				continue
			}
			if e.Relayer != w.relayer.key.Address() {
				w.fail("bounded loss", "%s: a fee of %s went to a stranger", c.name, e.Amount.BaseString())
			}
			had += whole(e.Amount)
		}
		swept = int64(c.sent[h]) * sweepCap
		w.bound("relayer: fees of a consumer, of what it has signed", had, w.allowed[payer{who, hub}]+swept)
		sum += had
	}
	return sum
}

// relays has a relayer top a consumer up, or reports false: then it does so by
// itself.
func (c *simConsumer) relays(l *life, h *simHub) bool {
	ctx, w := context.Background(), c.w
	if c.gas || c.twin || w.calm || w.night {
		return false
	}
	if _, busy, err := c.wallet.ToppingUp(ctx, c.id(h)); busy || err != nil {
		return true
	}
	p := c.chain.Params()
	q, err := relayClient{w.relayer, l}.Quote(ctx, channel.Chain{ID: p.ID, Contract: p.Contract})
	if err == nil {
		_, err = c.wallet.RelayTopUp(ctx, c.id(h), wherry.Base(uint64(c.brings)), q, wherry.Base(1000))
	}
	w.note(c.name, "has %d topped up at %s: %s", c.brings, h.name, word(err))
	if w.chance(4) {
		c.gas = true // it does not wait for ever
	}
	return true
}

// goesByRelayer is goes, by the relayer.
func (c *simConsumer) goesByRelayer(l *life, h *simHub, how leaving) {
	ctx, p := context.Background(), c.chain.Params()
	q, err := relayClient{c.w.relayer, l}.Quote(ctx, channel.Chain{ID: p.ID, Contract: p.Contract})
	switch {
	case err != nil:
	case how == leavesByConsent:
		_, err = c.wallet.RelayClose(ctx, c.id(h), q, wherry.Base(1000))
	default:
		_, err = c.wallet.RelayLeave(ctx, c.id(h), q, wherry.Base(1000))
	}
	c.w.note(c.name, "leaves %s by the relayer, %d: %s", h.name, how, word(err))
}

// exchanged has an exchange send something to the consumer's deposit address, and
// shows the relayer where that is.
func (c *simConsumer) exchanged(l *life, h *simHub) {
	ctx, w := context.Background(), c.w
	d := wire.Deposit{Hub: h.key.Address(), Consumer: c.key.Address(), Cap: wherry.Base(sweepCap)}
	_, err := c.chain.Send(ctx, c.exchange, chain.Transfer{To: c.chain.Params().DepositAddress(d.Typed()), Amount: wherry.Base(uint64(w.between(1, 900)))}, nil)
	if err == nil {
		c.sent[h]++
		w.count("transfers to deposit addresses")
		err = relayClient{w.relayer, l}.show(ctx, c.chain.Params(), d)
	}
	w.note(c.name, "an exchange sends to its address at %s: %s", h.name, word(err))
}

// elsewhere is what a consumer has besides its account: with the exchange, at its
// deposit addresses, and in channels that were swept full again.
func (c *simConsumer) elsewhere() int64 {
	sum := c.chain.tokens(c.exchange.Address())
	for _, h := range c.hubs {
		d := wire.Deposit{Hub: h.key.Address(), Consumer: c.key.Address(), Cap: wherry.Base(sweepCap)}
		sum += c.chain.tokens(c.chain.Params().DepositAddress(d.Typed()))
		in, err := c.chain.In(context.Background(), h.key.Address(), c.key.Address(), chain.Latest)
		if err != nil {
			panic(err)
		}
		sum += whole(in.Deposited) - whole(in.Settled)
	}
	return sum
}
