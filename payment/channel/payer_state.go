package channel

import "github.com/wherrynet/wherry"

// Load sets what the payer counts of a channel, apart from its orders in
// flight, and opens the channel if it is new. Neither the highest total nor the
// sequence number may go back.
func (p *Payer) Load(id ID, s State) error {
	if id.Hub.IsZero() || id.A.ChainID == 0 || id.A.Contract.IsZero() {
		return wherry.Errorf(wherry.Invalid, "channel without a hub, a chain or a contract")
	}
	b, ok := p.books[id]
	if !ok {
		p.books[id] = &book{State: s, flying: map[uint64]Entry{}}
		return nil
	}
	if s.Highest.Less(b.Highest) || s.Seq < b.Seq || s.Used.Less(b.Used) {
		return wherry.Errorf(wherry.Conflict, "channel to hub %s: its count would go back", id.Hub)
	}
	b.State = s
	return nil
}

// LoadSession sets what is signed for a session when a book is read back:
// revealed orders only, since Put adds those in flight.
func (p *Payer) LoadSession(s wherry.SessionID, revealed wherry.Amount) { p.sessions[s] = revealed }

// LoadLock tells a book that is being read back of a hash lock that was paid
// under before, in the order in which they were; burned says that its preimage
// is known.
func (p *Payer) LoadLock(provider wherry.Address, lock wherry.Hash, burned bool) {
	p.locks.add(provider, lock)
	if burned {
		p.locks.burn(lock)
	}
}

// Put writes an entry into the book: a new order as Signed, or the end of one
// in flight. What Next and the checks of evidence have returned always fits;
// anything else is a Conflict and changes nothing.
func (p *Payer) Put(e Entry) error {
	b, ok := p.books[e.ID()]
	if !ok {
		return wherry.Errorf(wherry.NotFound, "no channel to hub %s", e.Promise.Hub)
	}
	old, flying := b.flying[e.Promise.Order.Seq]
	if e.State == Signed {
		if flying {
			if old.Promise != e.Promise {
				return wherry.Errorf(wherry.Conflict, "order %d: another one has its number", e.Promise.Order.Seq)
			}
			return nil
		}
		return p.add(b, e)
	}
	if !flying || old.Promise != e.Promise {
		return wherry.Errorf(wherry.Conflict, "order %d is not in flight", e.Promise.Order.Seq)
	}
	return p.end(b, e)
}

// add takes a new order in. A book that is read back has counted its sequence
// number already, so a number in the past is no error here; Next never makes one.
func (p *Payer) add(b *book, e Entry) error {
	x := e.Promise.Order.Amount
	pending, err := b.pending.Add(x)
	if err != nil {
		return err
	}
	waiting, err := p.waiting.Add(x)
	if err != nil {
		return err
	}
	session, err := p.sessions[e.Promise.Order.Session].Add(x)
	if err != nil {
		return err
	}
	b.pending, p.waiting, p.sessions[e.Promise.Order.Session] = pending, waiting, session
	b.flying[e.Promise.Order.Seq] = e
	b.Highest = b.Highest.Max(e.Promise.Total)
	b.Seq = max(b.Seq, e.Promise.Order.Seq)
	p.locks.add(e.Promise.Order.Provider, e.Promise.Hashlock)
	return nil
}

func (p *Payer) end(b *book, e Entry) error {
	x := e.Promise.Order.Amount
	switch e.State {
	case Revealed:
		used, err := b.Used.Add(x)
		if err != nil {
			return err
		}
		paid, err := b.Paid.Add(x)
		if err != nil {
			return err
		}
		b.Used, b.Paid = used, paid
		p.locks.burn(e.Promise.Hashlock)
	case Refused, Void:
		p.sessions[e.Promise.Order.Session] = p.sessions[e.Promise.Order.Session].SubFloor(x)
	case NoOrder, Signed:
		return wherry.Errorf(wherry.Invalid, "order %d cannot become %s", e.Promise.Order.Seq, e.State)
	}
	b.pending = b.pending.SubFloor(x)
	p.waiting = p.waiting.SubFloor(x)
	delete(b.flying, e.Promise.Order.Seq)
	return nil
}

// locksKept bounds how many hash locks a book remembers; the caller's durable
// store remembers all of them. Fewer would let a payee repeat a lock sooner.
const locksKept = 4096

// lockMemory remembers the hash locks of late, so that no payee is paid under
// one whose preimage may be known already.
type lockMemory struct {
	seen   map[wherry.Hash]*lock
	newest map[wherry.Address]wherry.Hash // by payee
	order  []wherry.Hash                  // as they came, oldest first
}

type lock struct {
	provider wherry.Address
	burned   bool
}

// check refuses a lock unless it is new, or is the payee's newest and its
// preimage unknown (a second session in the same tick).
func (m *lockMemory) check(provider wherry.Address, h wherry.Hash) error {
	l, ok := m.seen[h]
	if !ok || h.IsZero() {
		return nil
	}
	if l.burned || m.newest[provider] != h {
		return wherry.Errorf(wherry.Conflict, "invoice under the hash lock of an earlier tick")
	}
	return nil
}

func (m *lockMemory) add(provider wherry.Address, h wherry.Hash) {
	if m.seen == nil {
		m.seen, m.newest = map[wherry.Hash]*lock{}, map[wherry.Address]wherry.Hash{}
	}
	if _, ok := m.seen[h]; ok || h.IsZero() {
		return
	}
	if len(m.order) == locksKept {
		old := m.order[0]
		m.order = m.order[1:]
		if p := m.seen[old].provider; m.newest[p] == old {
			delete(m.newest, p)
		}
		delete(m.seen, old)
	}
	m.seen[h] = &lock{provider: provider}
	m.newest[provider] = h
	m.order = append(m.order, h)
}

func (m *lockMemory) burn(h wherry.Hash) {
	if l, ok := m.seen[h]; ok {
		l.burned = true
	}
}
