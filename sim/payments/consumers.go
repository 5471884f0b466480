package payments

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/wallet"
)

// simConsumer is a consumer with its computer.
type simConsumer struct {
	process
	key    *identity.Key
	chain  *simChain // A
	hubs   []*simHub
	brings int64 // to each hub
	owns   int64 // brought into the world
	limit  int64 // signed and unacknowledged, over all
	wallet *wallet.Wallet
	busy   bool // one step at a time
	leave  leaving
	topped bool
	twin   bool             // another device has the same key
	second bool             // this is it
	left   map[*simHub]bool // has asked to leave, at the end

	exchange *identity.Key   // of which some of its tokens come
	sent     map[*simHub]int // transfers from there to deposit addresses
	gas      bool            // it tops up by itself
}

// exchanges is what each consumer has with an exchange.
const exchanges = 20_000

// leaving is how a consumer goes in the middle of a run.
type leaving uint8

const (
	stays leaving = iota
	leavesAlone
	leavesByConsent
)

// session is a consumer's business with a provider: a price for each tick.
type session struct {
	w      *World
	id     wherry.SessionID
	c      *simConsumer
	p      *simProvider
	h      *simHub
	price  int64
	budget int64
	from   time.Time
	ticks  int

	paid    int64 // ticks that the hub has taken, as the provider knows
	served  int64 // ticks
	refused int
	over    bool
}

func (s *session) wants() bool {
	return time.Now().After(s.from) && s.paid < int64(s.ticks) && s.refused < 4 && !s.over
}

// credit notes that one more tick is paid; serve delivers what is paid, and
// nothing else: closed by default.
func (s *session) credit() { s.paid++ }

func (s *session) serve() {
	if n := s.paid - s.served; n > 0 {
		s.served = s.paid
		s.w.delivered(s.c.key.Address(), s.h.key.Address(), n*s.price)
	}
}

func (w *World) newConsumer(name string, hubs []*simHub) *simConsumer {
	c := &simConsumer{
		process: process{w: w, name: name, kill: w.rng.IntN(w.Deaths + 1)},
		key:     w.key(), chain: w.chains[w.rng.IntN(len(w.chains))], hubs: hubs, brings: w.between(2_000, 60_000), limit: w.between(700, 5_000),
		left: map[*simHub]bool{}, exchange: w.key(), sent: map[*simHub]int{}, gas: w.chance(2),
	}
	c.boot = c.open
	if w.chance(3) {
		c.leave = leaving(w.between(1, 2))
	}
	c.owns = 3*c.brings*int64(len(hubs)) + exchanges
	c.chain.give(c.key.Address(), c.owns-exchanges)
	c.chain.give(c.exchange.Address(), exchanges)
	w.consumers = append(w.consumers, c)
	return c
}

func (c *simConsumer) id(h *simHub) channel.ID {
	return channel.ID{A: c.chain.Params().Domain(), Hub: h.key.Address()}
}

func (c *simConsumer) open(l *life) {
	w := c.w
	if c.wallet != nil {
		_ = c.wallet.Close() // of the life before
	}
	var channels []wallet.Channel
	for _, h := range c.hubs {
		channels = append(channels, wallet.Channel{Hub: h.key.Address(), Chain: c.chain.view(l), Client: client{h, l}})
	}
	wal, err := wallet.Open(context.Background(), wallet.Config{
		Path: c.name, Memory: &w.files, Key: c.key, Channels: channels, Log: w.logger(c.name),
		Relayer: func(who wherry.Address) wallet.Relayer {
			if who != w.relayer.key.Address() {
				return nil
			}
			return relayClient{w.relayer, l}
		},
	})
	if err != nil {
		if !l.dead {
			w.fail("durability", "the wallet of %s does not open: %v", c.name, err)
		}
		return
	}
	c.wallet, c.busy = wal, false
	w.every(l, time.Minute, 50*time.Minute, func() {
		if c.busy {
			return
		}
		c.busy = true
		c.round(l)
		if !l.dead {
			c.busy = false
		}
	})
}

// round is what a consumer does about once a minute.
func (c *simConsumer) round(l *life) {
	ctx, w := context.Background(), c.w
	if err := c.wallet.Refresh(ctx); err != nil && !l.dead {
		w.note(c.name, "refresh: %s", word(err))
	}
	if !c.topped && !l.dead {
		ok := true
		for _, h := range c.hubs {
			b, _ := c.balance(h)
			acts, err := c.wallet.Actions(ctx, 50)
			if err != nil {
				return
			}
			planned := false
			for _, a := range acts {
				planned = planned || a.Hub == h.key.Address() && a.Kind == "topup" && a.Error == ""
			}
			if b.Deposit.IsZero() && !planned && c.relays(l, h) {
				ok = false
			} else if b.Deposit.IsZero() && !planned {
				_, err := c.wallet.TopUp(ctx, c.id(h), wherry.Base(uint64(c.brings)))
				w.note(c.name, "tops up %d at %s: %s", c.brings, h.name, word(err))
				ok = false
			}
		}
		c.topped = ok
	}
	if w.calm && w.night || !w.calm && w.chance(5) {
		for _, h := range c.hubs {
			_ = c.wallet.Reconcile(ctx, c.id(h))
		}
	}
	if c.topped && !c.twin && !w.calm && !w.night && w.chance(20) {
		c.exchanged(l, c.hubs[w.rng.IntN(len(c.hubs))])
	}
	if c.leave != stays && c.topped && w.chance(12) {
		h := c.hubs[w.rng.IntN(len(c.hubs))]
		if c.gas || c.twin || w.calm {
			c.goes(h, c.leave)
		} else {
			c.goesByRelayer(l, h, c.leave)
		}
		if w.chance(2) {
			c.leave = stays
		}
	}
}

// goes leaves a hub, and reports whether it died of that.
func (c *simConsumer) goes(h *simHub, how leaving) (died bool) {
	var err error
	if how == leavesByConsent {
		_, err = c.wallet.CloseNow(context.Background(), c.id(h))
	} else {
		_, err = c.wallet.Leave(context.Background(), c.id(h))
	}
	c.w.note(c.name, "leaves %s, %d: %s", h.name, how, word(err))
	return wherry.CodeOf(err) == wherry.Internal
}

func (c *simConsumer) balance(h *simHub) (wallet.Balance, error) {
	all, err := c.wallet.Balances(context.Background())
	for _, b := range all {
		if b.Hub == h.key.Address() {
			return b, err
		}
	}
	return wallet.Balance{}, err
}

// invoiced answers an invoice for one more tick.
func (c *simConsumer) invoiced(l *life, s *session, lock wherry.Hash) (channel.SignedPromise, error) {
	order := typed.Order{
		Provider: s.p.key.Address(), ChainB: s.p.chain.Params().ID, ContractB: s.p.chain.Params().Contract,
		Amount: wherry.Base(uint64(s.price)), Session: s.id,
	}
	limits := channel.Limits{Unacknowledged: wherry.Base(uint64(c.limit)), Budget: wherry.Base(uint64(s.budget))}
	p, err := c.wallet.Pay(context.Background(), c.id(s.h), order, lock, limits)
	if err != nil || l.dead {
		return channel.SignedPromise{}, wherry.Errorf(wherry.Refused, "not paid: %w", err)
	}
	c.w.signed(p, c.limit, s.budget)
	return p, nil
}

func (c *simConsumer) receipt(l *life, r wherry.Hash) error {
	err := c.wallet.Acknowledge(context.Background(), r)
	if err == nil && !l.dead {
		c.w.acknowledged(c.key.Address(), channel.Lock(r))
	}
	return err
}

func (c *simConsumer) told(l *life, h *simHub, a channel.Answer) error {
	return c.wallet.Refused(context.Background(), c.id(h), a)
}
