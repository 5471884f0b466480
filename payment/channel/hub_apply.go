package channel

import (
	"slices"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
)

// Apply repeats an event that a Hub with the same past has returned. An event
// that does not fit the book is Internal, and the book is of no use any more.
func (h *Hub) Apply(e HubEvent) error {
	defer h.ins.calm()
	switch {
	case e.Open != nil:
		return h.fits(*e.Open)
	case e.Bind != nil:
		h.bind(*e.Bind)
	case e.Pay != nil:
		return h.pay(e.Pay)
	case e.Reveal != nil:
		return h.applyReveal(*e.Reveal)
	case e.Void != nil:
		return h.void(*e.Void)
	case e.In != nil:
		h.setIn(*e.In)
	case e.Out != nil:
		h.setOut(*e.Out)
	case e.Stop != nil:
		h.ins.setStop(h.ins.make(e.Stop.ID), *e.Stop)
	case e.Scan != nil:
		h.scanned[e.Scan.Chain] = *e.Scan
	case e.Tx != nil:
		return h.setTx(*e.Tx)
	case e.Kill != nil:
		h.kill(*e.Kill)
	case e.Restored != nil:
		h.restored, h.moved = e.Restored, false
	case e.Lost != nil:
		h.lose(*e.Lost)
	case e.Moved != nil:
		h.moved = true
	case e.Drain != nil:
		h.draining = e.Drain.On
	case e.State != nil:
		return h.state(*e.State)
	default:
		return wherry.Errorf(wherry.Internal, "event of an unknown kind")
	}
	return nil
}

// Opened returns the event with which a journal of this book begins.
func (h *Hub) Opened() HubEvent {
	o := &HubOpened{Hub: h.address}
	for id, c := range h.chains {
		o.Chains = append(o.Chains, Chain{id, c})
	}
	slices.SortFunc(o.Chains, func(a, b Chain) int { return compare(a.ID, b.ID) })
	return HubEvent{Open: o}
}

// fits refuses the journal of another hub, or of one whose contract has moved.
// A chain may be added.
func (h *Hub) fits(o HubOpened) error {
	if o.Hub != h.address {
		return wherry.Errorf(wherry.Conflict, "the journal is of hub %s, the key of %s", o.Hub, h.address)
	}
	for _, c := range o.Chains {
		if got, ok := h.chains[c.ID]; !ok || got != c.Contract {
			return wherry.Errorf(wherry.Conflict, "the journal speaks of contract %s on chain %d, which is not configured", c.Contract, c.ID)
		}
	}
	return nil
}

// changes reports whether e is more than a look at the book.
func (e *HubPaid) changes() bool {
	return len(e.Reveals) > 0 || len(e.Items) > 0 || len(e.Dead) > 0 || e.Repeated
}

func (h *Hub) pay(e *HubPaid) error {
	if e.Bind != nil {
		h.bind(*e.Bind)
	}
	if h.providers[e.Provider] == nil && (len(e.Items) > 0 || e.Repeated) {
		return wherry.Errorf(wherry.Internal, "payment to a provider that is not bound")
	}
	for _, r := range e.Reveals {
		if err := h.applyReveal(r); err != nil {
			return err
		}
	}
	for _, it := range e.Items {
		h.order(e, it)
	}
	for _, d := range e.Dead {
		h.ins.make(d.In).seqs.use(d.Seq)
	}
	h.remember(e)
	return nil
}

func (h *Hub) domain(chain uint64) typed.Domain {
	d, _ := h.Domain(chain)
	return d
}

// tick returns the open tick of a provider under a lock, or nil.
func (h *Hub) tick(id ProviderID, lock wherry.Hash) *hubTick {
	for _, t := range h.ticks[lock] {
		if t.provider == id {
			return t
		}
	}
	return nil
}

// order adds an accepted item to its tick, which it opens if need be.
func (h *Hub) order(e *HubPaid, it Item) *hubTick {
	t := h.tick(e.Provider, e.Hashlock)
	if t == nil {
		p := h.providers[e.Provider]
		t = &hubTick{provider: e.Provider, payee: p.payee, hashlock: e.Hashlock, expiry: e.Expiry, items: make([]Item, 0, cap(e.Items))}
		h.ticks[e.Hashlock] = append(h.ticks[e.Hashlock], t)
		h.ins.ticks.add(t)
		p.open = append(p.open, t)
		p.locks = keepLast(append(p.locks, e.Hashlock), keptLocks)
	}
	net := Net(it.Amount, e.FeePPM)
	in := h.attach(t, it)
	t.net = plus(t.net, net)
	in.pending = plus(in.pending, it.Amount)
	in.seqs.use(it.Seq)
	if in.newest == nil || in.newest.item.Total.Less(it.Total) {
		in.newest = in.promise()
		*in.newest = promised{by: t.provider, lock: t.hashlock, item: it}
	}
	return t
}

// attach links an order to its tick and channel, and counts what it may cost.
func (h *Hub) attach(t *hubTick, it Item) *hubIn {
	in := h.ins.make(InID{it.ChainA, it.Consumer})
	in.open = append(in.open, hubOrder{t, len(t.items)})
	t.items = append(t.items, it)
	t.gross = plus(t.gross, it.Amount)
	out := h.out(OutID{t.provider.Chain, t.payee})
	out.open = plus(out.open, it.Amount)
	return in
}

// held returns one of in's promises as others see it, or zero for none.
func (h *Hub) held(in *hubIn, p *promised) Held {
	if p == nil {
		return Held{}
	}
	return Held{
		Provider: p.by.Provider, B: Chain{p.by.Chain, h.chains[p.by.Chain]},
		Hashlock: p.locked(in), Item: p.item, ContractA: h.chains[in.id.Chain],
	}
}

// answer makes the answer to a batch out of the book as it is now.
func (h *Hub) answer(e *HubPaid) Answer {
	a := Answer{
		Version: Version, Request: e.Request, Tick: e.Tick, Refused: e.Refused,
		Unlocked: h.unlocked(OutID{e.Provider.Chain, e.Unlocked}),
	}
	if len(e.Items) > 0 || e.Repeated {
		if t := h.tick(e.Provider, e.Hashlock); t != nil {
			a.Locked = h.locked(t)
		}
	}
	return a
}

// remember makes the answer to a batch and keeps it for a repeat: as long as its
// tick is open, or while it is among the last few.
func (h *Hub) remember(e *HubPaid) Answer {
	a := h.answer(e)
	p := h.providers[e.Provider]
	if p == nil { // no order of it was ever taken: a repeat is judged anew, and refused again
		return a
	}
	if !a.Locked.IsZero() {
		t := h.tick(e.Provider, e.Hashlock)
		t.answers++
		if !slices.Contains(t.names, e.Tick) {
			t.names = keepLast(append(t.names, e.Tick), keptNames)
		}
	}
	p.answers = append(p.answers, a)
	closed := 0
	for i, v := range slices.Backward(p.answers) {
		l := v.Locked.Hashlock
		if !l.IsZero() && h.tick(e.Provider, l) != nil {
			continue
		}
		if closed++; closed > keptAnswers {
			p.answers = slices.Delete(p.answers, i, i+1)
		}
	}
	return a
}

func (h *Hub) applyReveal(r HubRevealed) error {
	lock := wherry.Keccak256(r.Preimage[:])
	for _, id := range r.Providers {
		if h.tick(id, lock) == nil {
			return wherry.Errorf(wherry.Internal, "preimage of a tick that is not open")
		}
	}
	h.reveal(r, lock)
	return nil
}

// reveal moves the orders of the named ticks, whose lock is given, from pending to
// spent, and their net worth to their payees.
func (h *Hub) reveal(r HubRevealed, lock wherry.Hash) {
	for _, id := range r.Providers {
		t := h.tick(id, lock)
		secret := h.ins.secrets.make(r.Preimage) // a tick has an order
		for i, it := range t.items {
			in := h.close(t, i, secret)
			in.spent = plus(in.spent, it.Amount)
			if in.claim == nil || in.claim.item.Total.Less(it.Total) {
				in.claim, in.preimage = in.promise(), r.Preimage
				*in.claim = promised{by: id, lock: lock, item: it}
			}
		}
		out := OutID{id.Chain, t.payee}
		h.out(out).base = plus(h.out(out).base, t.net)
		h.fees[id.Chain] = plus(h.fees[id.Chain], t.gross.SubFloor(t.net))
		h.markOut(out)
		h.drop(t)
	}
}

func (h *Hub) void(v HubVoided) error {
	t := h.tick(v.Provider, v.Hashlock)
	if t == nil {
		return wherry.Errorf(wherry.Internal, "void of a tick that is not open")
	}
	for i := range t.items {
		h.close(t, i, noSecret)
	}
	h.drop(t)
	return nil
}

// close ends an order of a tick, and returns its channel.
func (h *Hub) close(t *hubTick, i int, secret uint32) *hubIn {
	it := &t.items[i]
	in := h.ins.get(InID{it.ChainA, it.Consumer})
	in.pending = in.pending.SubFloor(it.Amount)
	in.open = slices.DeleteFunc(in.open, func(o hubOrder) bool { return o == hubOrder{t, i} })
	h.ins.secrets.keep(secret) // first: what is trimmed may be an order of the same tick
	in.ended.trim(in.seqs.forgotten, h.ins.secrets.drop)
	in.ended.add(it.Seq, secret)
	return in
}

// drop takes a tick, whose orders have ended, out of every list of open ones.
func (h *Hub) drop(t *hubTick) {
	h.ins.ticks.drop(t)
	out := h.out(OutID{t.provider.Chain, t.payee})
	out.open = out.open.SubFloor(t.gross)
	p := h.providers[t.provider]
	same := func(x *hubTick) bool { return x == t }
	p.open = slices.DeleteFunc(p.open, same)
	if h.ticks[t.hashlock] = slices.DeleteFunc(h.ticks[t.hashlock], same); len(h.ticks[t.hashlock]) == 0 {
		delete(h.ticks, t.hashlock)
	}
}

// markOut keeps owing in step with a payee.
func (h *Hub) markOut(id OutID) {
	if o := h.outs[id]; o.paid.Less(o.base) {
		h.owing[id] = struct{}{}
	} else {
		delete(h.owing, id)
	}
}

func (h *Hub) kill(k HubKilled) {
	for _, seq := range k.Seqs {
		h.ins.make(k.In).seqs.use(seq)
	}
}

func keepLast[T any](s []T, n int) []T {
	if len(s) > n {
		return slices.Delete(s, 0, len(s)-n)
	}
	return s
}
