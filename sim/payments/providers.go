package payments

import (
	"context"
	"errors"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
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
	late       bool      // shows nothing before it has to
}

// desk is a provider's business with one hub.
type desk struct {
	p      *simProvider
	h      *simHub
	trust  int64
	book   *earnings.Book // of the present life
	bound  bool
	asked  bool   // for what an earlier life left
	last   bool   // has asked when all was calm
	settle bool   // on its own, and not by the hub's push
	fee    uint64 // of the hub's, as it knows it
	told   bool   // has shown a hub that forgot what it holds
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
			Hubs: client{d.h, l}, Deposits: deposits, FeePPM: d.knownFee(), Trust: wherry.Base(uint64(d.trust)), Log: w.logger(p.name),
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

// knownFee is what the desk thinks that its hub keeps: it asks now and then.
func (d *desk) knownFee() uint64 {
	if d.fee == 0 || d.p.w.chance(4) {
		d.fee = d.h.terms.FeePPM
	}
	return d.fee
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
	b.SetFee(d.knownFee())
	if d.h.old && !d.told {
		err := b.Show(ctx)
		w.note(d.p.name, "shows what it holds: %s", word(err))
		d.told = err == nil
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
	if l.dead {
		return
	}
	if d.p.shut || b.Serve(ctx) != nil {
		open = nil
	}
	d.tick(l, open)
	if w.calm && !d.last && !l.dead { // what a reorg has hidden
		d.last = b.Restore(ctx) == nil
	}
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
	answer, preimage, err := d.handIn(l, id, promises)
	w.note(d.p.name, "tick of %d: %s", len(promises), word(err))
	if err != nil {
		for _, s := range from {
			s.over = true // the hub did not clear the tick
		}
		return
	}
	refused := map[uint64]bool{}
	for _, r := range answer.Refused {
		refused[r.Item] = true
		w.note(d.p.name, "refused: %s %s", from[r.Item].c.name, r.Code)
	}
	if !preimage.IsZero() {
		w.shown(d.h.key.Address(), preimage)
	}
	for i, s := range from {
		switch {
		case refused[uint64(i)]:
			s.refused++
			_, _ = ask(w, l, &s.c.process, "refusal", func(cl *life) (bool, error) { return true, s.c.told(cl, d.h, answer) })
		case !preimage.IsZero():
			s.credit()
			d.receipt(l, s, preimage)
		}
	}
}

// handIn hands a tick's promises in, and asks again for as long as nobody answers.
func (d *desk) handIn(l *life, id channel.TickID, promises []channel.SignedPromise) (a channel.Answer, r wherry.Hash, err error) {
	ctx, w, b := context.Background(), d.p.w, d.book
	batch, err := b.Batch(ctx, id, promises)
	if err != nil {
		return a, r, err
	}
	raw, err := codec.Marshal(batch)
	if err != nil {
		return a, r, err
	}
	for began := time.Now(); ; {
		if a, err = (client{d.h, l}).Pay(ctx, raw); err == nil {
			r, err = b.Answer(ctx, batch, a)
		}
		switch wherry.CodeOf(err) {
		case "":
			return a, r, nil
		case wherry.Invalid, wherry.Forbidden, wherry.Refused, wherry.NotFound, wherry.Conflict:
			if l.dead {
				return a, r, err
			}
			w.note(d.p.name, "gives a batch up: %v", err)
			return a, r, errors.Join(err, b.Abandon(ctx, batch))
		}
		if l.dead || w.stopped || time.Now().Before(d.p.away) || time.Since(began) > time.Hour {
			return a, r, err
		}
		w.sleep(w.around(10 * time.Second))
		if err := b.Refresh(ctx); err != nil {
			w.note(d.p.name, "refresh: %s", word(err))
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
