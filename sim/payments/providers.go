package payments

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/earnings"
)

// simProvider is a provider with its computer: one book with each hub that it
// takes.
type simProvider struct {
	process
	key, payee *identity.Key
	chain      *simChain // B
	desks      []*desk
	price      int64
	away       time.Time // it neither earns nor looks until then
	shut       bool      // takes no more orders
}

// desk is a provider's business with one hub.
type desk struct {
	p      *simProvider
	h      *simHub
	trust  int64
	book   *earnings.Book // of the present life
	bound  bool
	asked  bool // for what an earlier life left
	fly    []flight
	settle bool // on its own, and not by the hub's push
}

// flight is a tick whose batch nobody has answered yet.
type flight struct {
	id       channel.TickID
	lock     wherry.Hash
	sessions []*session
}

func (w *World) newProvider(name string, hubs []*simHub) *simProvider {
	p := &simProvider{
		process: process{w: w, name: name, kill: w.rng.IntN(w.Deaths + 1)},
		key:     w.key(), payee: w.key(), chain: w.chains[w.rng.IntN(len(w.chains))], price: w.between(3, 700),
	}
	p.boot = p.open
	for _, h := range hubs {
		p.desks = append(p.desks, &desk{p: p, h: h, trust: w.between(2_000, 60_000), settle: w.chance(3)})
	}
	w.providers = append(w.providers, p)
	return p
}

func (d *desk) path() string { return d.p.name }

func (p *simProvider) open(l *life) {
	w := p.w
	var deposits []typed.Domain
	for _, c := range w.chains {
		deposits = append(deposits, c.Params().Domain())
	}
	for _, d := range p.desks {
		if d.book != nil {
			_ = d.book.Close() // of the life before
		}
	}
	for i, d := range p.desks {
		w.lives[p.file(i)] = l
		b, err := earnings.Open(context.Background(), earnings.Config{
			Path: p.file(i), Memory: &w.files, Key: p.key, Payee: p.payee.Address(), Hub: d.h.key.Address(), Chain: p.chain.view(l),
			Hubs: client{d.h, l}, Deposits: deposits, FeePPM: d.h.terms.FeePPM, Trust: wherry.Base(uint64(d.trust)), Log: w.logger(p.name),
		})
		if err != nil {
			if !l.dead {
				w.fail("durability", "the book of %s does not open: %v", p.name, err)
			}
			return
		}
		d.book, d.asked = b, false
		w.every(l, time.Minute, 30*time.Minute, func() {
			if time.Now().After(p.away) {
				d.round(l)
			}
		})
	}
}

func (p *simProvider) file(desk int) string { return p.name + "/" + p.desks[desk].h.name }

// round is what a provider does about once a minute.
func (d *desk) round(l *life) {
	ctx, w, b := context.Background(), d.p.w, d.book
	if err := b.Refresh(ctx); err != nil && !l.dead {
		w.note(d.p.name, "refresh: %s", word(err))
	}
	if !d.bound {
		if err := b.Bind(ctx, d.p.payee); err != nil {
			return
		}
		d.bound = true
	}
	if !d.asked {
		if err := b.Restore(ctx); err != nil {
			return
		}
		d.asked = true
	}
	var open []*session
	for _, s := range w.sessions {
		if s.p != d.p || s.h != d.h {
			continue
		}
		s.serve()
		if s.wants() {
			open = append(open, s)
		}
	}
	d.landed(l)
	if l.dead {
		return
	}
	if d.p.shut || b.Serve(ctx) != nil {
		open = nil
	}
	d.tick(l, open)
}

// landed takes up the ticks whose answer came while nobody waited for it.
func (d *desk) landed(l *life) {
	if len(d.fly) == 0 || d.book.Resume(context.Background()) != nil {
		return
	}
	for _, f := range d.fly {
		r, err := d.book.Preimage(context.Background(), f.id)
		if err != nil {
			continue // given up, or too late: what is unpaid is asked for again
		}
		for _, s := range f.sessions {
			s.credit()
			d.receipt(l, s, r)
		}
	}
	d.fly = nil
}

// tick invoices, hands in and shows what there is to show.
func (d *desk) tick(l *life, open []*session) {
	ctx, w, b := context.Background(), d.p.w, d.book
	if len(open) == 0 {
		d.show()
		return
	}
	id, lock, err := b.NextTick(ctx)
	if err != nil {
		return
	}
	var promises []channel.SignedPromise
	var from []*session
	for _, s := range open {
		p, err := ask(w, l, &s.c.process, "invoice", func(cl *life) (channel.SignedPromise, error) { return s.c.invoiced(cl, s, lock) })
		if err != nil {
			continue
		}
		want := channel.Want{
			Consumer: s.c.key.Address(), A: s.c.chain.Params().Domain(), Hub: d.h.key.Address(), Hashlock: lock,
			Order: typed.Order{
				Provider: d.p.key.Address(), ChainB: d.p.chain.Params().ID, ContractB: d.p.chain.Params().Contract,
				Amount: wherry.Base(uint64(s.price)), Session: s.id,
			},
		}
		if err := channel.CheckPromise(p, want); err != nil {
			w.fail("monotony", "%s asked for %d and got: %v", d.p.name, s.price, err)
			continue
		}
		if b.CheckPromise(id, p) == nil && len(promises) < channel.MaxBatch {
			promises, from = append(promises, p), append(from, s)
		}
	}
	if len(promises) == 0 && !l.dead {
		d.show()
	}
	if len(promises) == 0 || l.dead {
		return
	}
	c, err := b.Clear(ctx, id, promises)
	w.note(d.p.name, "tick of %d: %s", len(promises), word(err))
	if err != nil {
		switch wherry.CodeOf(err) {
		case wherry.Unreachable, wherry.Busy, wherry.Timeout, wherry.Internal, wherry.Pending:
			d.fly = append(d.fly, flight{id, lock, from})
		}
		return
	}
	refused := map[uint64]bool{}
	for _, r := range c.Answer.Refused {
		refused[r.Item] = true
		w.note(d.p.name, "refused: %s %s", from[r.Item].c.name, r.Code)
	}
	if !c.Preimage.IsZero() {
		w.shown(d.h.key.Address(), c.Preimage)
	}
	for i, s := range from {
		switch {
		case refused[uint64(i)]:
			s.refused++
			_, _ = ask(w, l, &s.c.process, "refusal", func(cl *life) (bool, error) { return true, s.c.told(cl, d.h, c.Answer) })
		case !c.Preimage.IsZero():
			s.credit()
			d.receipt(l, s, c.Preimage)
		}
	}
}

// show hands the hub the preimages that no tick has taken along.
func (d *desk) show() {
	if d.book.Unrevealed() {
		_, err := d.book.Clear(context.Background(), channel.TickID{}, nil)
		d.p.w.note(d.p.name, "shows: %s", word(err))
	}
}

// receipt shows a consumer that it has paid, if the network likes.
func (d *desk) receipt(l *life, s *session, r wherry.Hash) {
	d.p.w.shown(d.h.key.Address(), r)
	d.p.w.spawn(func() {
		_, _ = ask(d.p.w, l, &s.c.process, "receipt", func(cl *life) (bool, error) { return true, s.c.receipt(cl, r) })
	})
}
