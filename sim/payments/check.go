package payments

import (
	"context"
	"encoding/hex"
	"strings"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub"
)

// check holds a chain's newest block against what always holds: whatever is in
// the contract is somebody's, and settled totals of final blocks never shrink.
func (c *simChain) check() {
	w, ctx := c.w, context.Background()
	var sum int64
	if final, err := c.Head(ctx, chain.Final); err == nil && final.Number > c.read {
		events, _ := c.Events(ctx, wherry.Address{}, c.read+1, final.Number)
		for _, e := range events {
			switch e.Kind {
			case chain.Revealed:
				w.shown(e.Hub, e.Preimage)
				w.handed[e.Hashlock] = true
				w.count("preimages shown on chain")
			case chain.Exited:
				w.over(e.Account, e.Hub)
			default: // the sums say it
			}
		}
		c.read = final.Number
	}
	if head, err := c.Head(ctx, chain.Latest); err == nil && head.Number > c.read {
		events, _ := c.Events(ctx, wherry.Address{}, c.read+1, head.Number)
		for _, e := range events {
			if e.Kind == chain.Revealed { // in time, that is enough for a hub
				w.shown(e.Hub, e.Preimage)
				w.perhaps[e.Hashlock] = true
			}
		}
	}
	for _, h := range w.hubs {
		hub := h.key.Address()
		v, err := c.Hub(ctx, hub, chain.Latest)
		if err != nil {
			return
		}
		sum += whole(v.Free)
		for _, x := range w.consumers {
			who := x.key.Address()
			if x.second {
				continue // the same account
			}
			in, _ := c.In(ctx, hub, who, chain.Latest)
			sum += whole(in.Deposited) - whole(in.Settled)
			final, _ := c.In(ctx, hub, who, chain.Final)
			if n := whole(final.Settled); n < c.collected[pair{hub, who}] {
				w.fail("monotony", "settled of a consumer went back")
			} else {
				c.collected[pair{hub, who}] = n
			}
			if t := whole(in.Settled); t > w.highest[payer{who, hub}] {
				w.fail("budget", "%s: %d were collected, and %d is the most that was ever signed", x.name, t, w.highest[payer{who, hub}])
			}
		}
		for _, x := range w.providers {
			who := x.payee.Address()
			out, _ := c.Out(ctx, hub, who, chain.Latest)
			sum += whole(out.Reserved)
			final, _ := c.Out(ctx, hub, who, chain.Final)
			if n := whole(final.Settled); n < c.paid[pair{hub, who}] {
				w.fail("monotony", "what a payee was paid went back")
			} else {
				c.paid[pair{hub, who}] = n
			}
		}
	}
	if has := c.tokens(c.Params().Contract); has != sum {
		w.fail("conservation", "the contract on %s holds %d, of which %d are somebody's", c.name, has, sum)
	}
}

// quiescent holds the books of all against each other, when nothing is under way.
func (w *World) quiescent() {
	ctx := context.Background()
	for _, h := range w.hubs {
		t := h.hub.Totals()
		if !h.old && whole(t.Spent) != whole(t.Earned)+whole(t.Fee) { // one that forgot what was spent honours what was earned
			w.fail("the figures agree", "%s: spent %s, earned %s, fee %s", h.name, t.Spent.BaseString(), t.Earned.BaseString(), t.Fee.BaseString())
		}
		if !t.Pending.IsZero() {
			w.fail("liveness", "%s: %s are pending for ever", h.name, t.Pending.BaseString())
		}
		var spent, earned, fees int64
		for _, c := range w.consumers {
			for _, x := range c.hubs {
				if x != h {
					continue
				}
				b, err := c.balance(h)
				if err != nil {
					w.fail("liveness", "%s: %v", c.name, err)
				}
				if whole(b.Deposit)+whole(b.Owed) != whole(b.Spent)+whole(b.Other)+whole(b.Left) {
					w.fail("conservation", "%s: a balance does not add up: %+v", c.name, b)
				}
				if !b.Pending.IsZero() && !h.old { // one that forgot leaves it open until the channel's end
					w.fail("liveness", "%s: %s are in flight for ever", c.name, b.Pending.BaseString())
					w.differ(h)
				}
				spent += whole(b.Spent)
			}
		}
		for _, p := range w.providers {
			for _, d := range p.desks {
				if d.h != h {
					continue
				}
				t, err := d.book.Totals(ctx)
				if err != nil {
					w.fail("liveness", "%s: %v", p.name, err)
					continue
				}
				if whole(t.Earned) != whole(t.Settled)+whole(t.Waiting) {
					w.fail("the figures agree", "%s: earned %s, settled %s, waiting %s", p.name, t.Earned.BaseString(), t.Settled.BaseString(), t.Waiting.BaseString())
				}
				earned += whole(t.Earned)
				fees += whole(t.Fees)
			}
		}
		// A preimage that a consumer has and the hub never got is its provider's loss.
		if w.dishonest(h) || w.Mallory == TwoDevices {
			continue
		}
		if most := whole(t.Spent) + w.missed(h); spent < whole(t.Spent) || spent > most {
			w.fail("the figures agree", "%s: consumers have spent %d, the hub says %s, and %d have come too late", h.name, spent, t.Spent.BaseString(), w.missed(h))
			w.differ(h)
		}
		if earned != whole(t.Earned) {
			w.fail("the figures agree", "%s: providers have earned %d, the hub says %s", h.name, earned, t.Earned.BaseString())
		}
		w.shownOf(h, t)
	}
}

// missed is what consumers have receipts for, and the hub does not count: it never
// got the preimage, since the provider was away for too long, or it had refused
// the order, and the receipt was that of others under the same lock. It costs a
// consumer no money: what it spent is less than what it thinks.
func (w *World) missed(h *simHub) int64 {
	var sum int64
	for _, o := range w.orders {
		if l := o.p.Hashlock; o.p.Hub == h.key.Address() && w.locks[l] && !(o.accepted && w.handed[l]) {
			sum += o.amount
		}
	}
	return sum
}

// shownOf holds a hub's sums against the ledger's.
func (w *World) shownOf(h *simHub, t hub.Totals) {
	var least, most int64
	for n, x := range w.ticks {
		if n.hub != h.key.Address() {
			continue
		}
		for _, o := range x.orders {
			if w.handed[n.lock] {
				least += o.amount
			}
			if w.handed[n.lock] || w.perhaps[n.lock] {
				most += o.amount
			}
		}
	}
	if s := whole(t.Spent); s < least || s > most {
		w.fail("the figures agree", "%s: the orders that it was shown the preimages of make %d to %d, it says %d", h.name, least, most, s)
	}
}

// collect has a provider settle by itself what the hub has not paid.
func (d *desk) collect() {
	_, err := d.book.Settle(context.Background(), false)
	d.p.w.note(d.p.name, "settles with %s: %s", d.h.name, word(err))
}

// end makes the sums of the whole run, in tokens.
func (w *World) end() {
	hubs := map[*simHub]int64{} // what each should have gained
	for _, h := range w.hubs {
		t := h.hub.Totals()
		hubs[h] = whole(t.Fee)
	}
	w.robbed()
	for _, c := range w.consumers {
		if c.twin {
			continue // whatever becomes of it
		}
		var spent, served, kept int64
		for _, h := range c.hubs {
			b, _ := c.balance(h)
			spent += whole(b.Spent)
			served += w.service[payer{c.key.Address(), h.key.Address()}]
			in, _ := c.chain.In(context.Background(), h.key.Address(), c.key.Address(), chain.Latest)
			if in.Deposited != in.Settled && (c.sent[h] == 0 || in.Leaving()) { // else it was swept full again
				w.fail("liveness", "%s has not got its deposit back from %s", c.name, h.name)
			}
			kept += whole(in.Settled)
		}
		gone := c.owns - c.chain.tokens(c.key.Address()) - c.elsewhere() - w.feesOf(c)
		if gone != kept {
			w.fail("conservation", "%s: %d are gone, and %d were settled", c.name, gone, kept)
		}
		w.bound("consumer: collected beyond what it spent, of its limit", gone-spent, c.limit)
		var price int64
		for _, s := range w.sessions {
			if s.c == c {
				price += s.price // each session may lose its newest tick
			}
		}
		w.bound("consumer: paid and not served, of a tick of each session", spent-served, price)
	}
	for _, p := range w.providers {
		var earned int64
		for _, d := range p.desks {
			t, err := d.book.Totals(context.Background())
			if err != nil {
				w.fail("liveness", "%s: %v", p.name, err)
			}
			earned += whole(t.Earned)
			if !t.Waiting.IsZero() && !w.dishonest(d.h) {
				w.fail("liveness", "%s still waits for %s of %s", p.name, t.Waiting.BaseString(), d.h.name)
			}
		}
		if has := p.chain.tokens(p.payee.Address()); has != earned && !w.dealt(p) {
			w.fail("the figures agree", "%s has earned %d, and has %d", p.name, earned, has)
		}
	}
	for _, h := range w.hubs {
		if w.dishonest(h) {
			continue
		}
		var gain int64
		for _, c := range w.chains {
			v, _ := c.Hub(context.Background(), h.key.Address(), chain.Latest)
			gain += whole(v.Free) - h.funds[c]
			for _, p := range w.providers {
				o, _ := c.Out(context.Background(), h.key.Address(), p.payee.Address(), chain.Latest)
				gain += whole(o.Reserved)
			}
		}
		t := h.hub.Totals()
		if credit := whole(t.Credit); gain != hubs[h]+credit {
			w.fail("conservation", "%s has gained %d: its fees are %d, and consumers' credit %d", h.name, gain, hubs[h], credit)
		}
		w.bound("hub: lost", -gain, 0)
	}
	w.privacy()
}

// privacy looks for consumers and secrets in what was logged.
func (w *World) privacy() {
	logs := strings.ToLower(w.logs.String())
	has := func(what string, b []byte) {
		if strings.Contains(logs, hex.EncodeToString(b)) {
			w.fail("privacy", "%s is in a log", what)
		}
	}
	for _, c := range w.consumers {
		a := c.key.Address()
		has("the address of consumer "+c.name, a[:])
		has("the key of "+c.name, c.key.Bytes())
	}
	for _, p := range w.providers {
		has("the key of "+p.name, p.key.Bytes())
	}
	for _, o := range w.orders {
		has("a promise's signature", o.p.Sig[:])
	}
}

// differ lists the orders of which a hub says something else than its consumer.
func (w *World) differ(h *simHub) {
	for _, c := range w.consumers {
		for _, s := range w.sessions {
			if s.c != c || s.h != h {
				continue
			}
			mine, err := c.wallet.Orders(context.Background(), s.id)
			if err != nil {
				continue
			}
			for _, o := range mine {
				r, err := client{h: h}.request(c.key, channel.AskOrders, channel.Chain{ID: c.chain.Params().ID, Contract: c.chain.Params().Contract}, []uint64{o.Seq})
				if err != nil {
					continue
				}
				told, err := h.hub.Orders(r)
				if err != nil || len(told.Orders) == 0 {
					continue
				}
				if f := told.Orders[0].State.String(); f != o.State {
					w.note("!!", "order %d of %s over %s to %s: %s, the hub says %s (shown %v, handed %v, perhaps %v, payout until %d)", o.Seq, c.name,
						o.Amount.BaseString(), s.p.name, o.State, f, w.locks[o.Promise.Hashlock], w.handed[o.Promise.Hashlock], w.perhaps[o.Promise.Hashlock],
						w.expiry[o.Promise.Hashlock]-w.began.Unix())
				}
			}
		}
	}
}
