package payments

import (
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
)

// mallory gives the dishonest party of a run its ways.
func (w *World) mallory() {
	switch w.Mallory {
	case PoorHub:
		for _, p := range w.providers {
			p.chain = w.chains[1]
		}
		for _, c := range w.consumers {
			c.moves(w.chains[0])
		}
		for _, p := range w.providers {
			for _, d := range p.desks {
				d.trust = w.between(700, 3_000)
			}
		}
	case FalseHub:
		h := w.hubs[0]
		h.mean = func(b channel.Batch, a *channel.Answer) { h.spoil(b, a) }
	case TwoDevices:
		c := w.consumers[0]
		twin := &simConsumer{
			process: process{w: w, name: c.name + "'", kill: w.rng.IntN(w.Deaths + 1)},
			key:     c.key, chain: c.chain, hubs: c.hubs, limit: c.limit, left: map[*simHub]bool{}, topped: true, twin: true, second: true,
			exchange: c.exchange, sent: map[*simHub]int{},
		}
		twin.boot = twin.open
		c.twin, w.twins[c.key.Address()] = true, true
		w.consumers = append(w.consumers, twin)
	case LateProvider:
		w.providers[0].late = true
	case FalseRelayer:
		w.relayer.false = true
	case LostDisk:
		w.hubs[0].losesItsDisk()
	case Nobody, Anybody:
	}
}

// moves gives a consumer its tokens on another chain.
func (c *simConsumer) moves(to *simChain) {
	if c.chain == to {
		return
	}
	c.chain = to
	to.give(c.key.Address(), c.owns-exchanges)
	to.give(c.exchange.Address(), exchanges)
}

// spoil makes an answer less than it has to be, under the hub's own signature.
func (h *simHub) spoil(b channel.Batch, a *channel.Answer) {
	w := h.w
	if w.calm || !w.chance(3) {
		return
	}
	d := typed.Domain{ChainID: b.ChainB, Contract: b.ContractB}
	how := w.rng.IntN(6)
	w.note(h.name, "spoils an answer, %d", how)
	w.count("answers spoilt")
	switch how {
	case 0:
		a.Unlocked = channel.SignedPayout{}
	case 1:
		a.Locked = channel.SignedPayout{}
	case 2:
		a.Locked.Total = a.Locked.Total.SubFloor(wherry.Base(1))
	case 3:
		a.Locked.Expiry = uint64(time.Now().Add(time.Hour).Unix())
	case 4:
		d.ChainID++
	case 5:
		a.Locked.Payee = h.owner.Address()
	}
	for _, p := range []*channel.SignedPayout{&a.Locked, &a.Unlocked} {
		if !p.IsZero() {
			p.Sig = h.key.Sign(p.Payout().Digest(d))
		}
	}
}

// dishonest reports whether a hub keeps no word.
func (w *World) dishonest(h *simHub) bool {
	return h == w.hubs[0] && (w.Mallory == PoorHub || w.Mallory == FalseHub || w.Mallory == LostDisk)
}

// robbed holds what providers have lost to a dishonest hub against their trust:
// it is what they have shown, and neither have nor can settle.
func (w *World) robbed() {
	for _, p := range w.providers {
		for _, d := range p.desks {
			if !w.dishonest(d.h) {
				continue
			}
			var earned, newest int64
			for n, t := range w.ticks {
				if n.hub != d.h.key.Address() || n.provider != p.key.Address() || !w.locks[n.lock] {
					continue
				}
				var net int64
				for _, o := range t.orders {
					net += whole(channel.Net(wherry.Base(uint64(o.amount)), o.fee))
				}
				earned += net
				newest = max(newest, net)
			}
			lost := earned - p.chain.paid[pair{d.h.key.Address(), p.payee.Address()}]
			if d.h.old { // it pays everything that it is shown, and who comes too late with a preimage shows it no more
				w.bound("provider: lost to a hub that lost its disk, of two ticks", lost, 2*newest)
				continue
			}
			w.bound("provider: lost to a dishonest hub, of its trust and two ticks", lost, d.trust+2*newest)
		}
	}
}

// dealt reports whether a provider has dealt with a dishonest hub.
func (w *World) dealt(p *simProvider) bool {
	for _, d := range p.desks {
		if w.dishonest(d.h) {
			return true
		}
	}
	return false
}
