package payments

import (
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
)

// ledger is what somebody writes down who sees every signature that leaves, and
// who can do nothing but add. It knows no books and no rules of theirs: what is
// promised, what was answered, which secrets were shown, what was delivered.
type ledger struct {
	fail     func(property, format string, args ...any)
	sessions []*session
	orders   map[wherry.Hash]*orderSeen // by the promise's digest
	highest  map[payer]int64            // total signed
	ticks    map[tickName]*tickSeen
	locks    map[wherry.Hash]bool      // whose preimage has left its provider
	handed   map[wherry.Hash]bool      // whose preimage a hub has, or a final block
	expiry   map[wherry.Hash]int64     // of the payout under a lock
	perhaps  map[wherry.Hash]bool      // whose preimage went to a hub that did not live to answer
	unlocked map[payeeName]int64       // newest payout without a lock
	service  map[payer]int64           // delivered
	twins    map[wherry.Address]bool   // who pays from two devices
	worst    map[string][2]int64       // greatest loss measured, and its bound, by what it is
	fees     map[wherry.Address]uint64 // that a hub keeps, of a million
	old      map[wherry.Address]bool   // hubs that have gone on from a backup
	allowed  map[payer]int64           // fees that were signed for relayers
	unacked  map[wherry.Address]int64  // signed by a consumer, and neither shown nor refused, of its knowledge
}

type payer struct{ consumer, hub wherry.Address }

type tickName struct {
	hub, provider wherry.Address
	lock          wherry.Hash
}

type payeeName struct {
	hub, payee wherry.Address
	chain      uint64
}

type orderSeen struct {
	p        channel.SignedPromise
	amount   int64
	fee      uint64 // of a million, when it was accepted
	accepted bool
	refused  bool
	void     bool
	known    bool // its consumer knows its end
}

type tickSeen struct {
	payee  wherry.Address
	chain  uint64
	orders []*orderSeen
	payout int64 // locked total that was answered
}

func newLedger() *ledger {
	return &ledger{
		orders: map[wherry.Hash]*orderSeen{}, highest: map[payer]int64{}, ticks: map[tickName]*tickSeen{},
		locks: map[wherry.Hash]bool{}, handed: map[wherry.Hash]bool{}, perhaps: map[wherry.Hash]bool{}, twins: map[wherry.Address]bool{}, expiry: map[wherry.Hash]int64{}, unlocked: map[payeeName]int64{}, service: map[payer]int64{}, worst: map[string][2]int64{},
		unacked: map[wherry.Address]int64{}, fees: map[wherry.Address]uint64{}, allowed: map[payer]int64{}, old: map[wherry.Address]bool{},
	}
}

// signed is told of every promise that leaves a wallet.
func (l *ledger) signed(p channel.SignedPromise, limit, budget int64) {
	d := p.Digest()
	if l.orders[d] != nil {
		return // once more the same
	}
	o := &orderSeen{p: p, amount: whole(p.Order.Amount)}
	l.orders[d] = o
	by := payer{p.Consumer, p.Hub}
	if l.twins[p.Consumer] {
		l.highest[by] = max(l.highest[by], whole(p.Total))
		return // that is its own affair
	}
	l.highest[by] = max(l.highest[by], whole(p.Total))
	var session int64
	for _, x := range l.orders {
		if x.p.Consumer != p.Consumer {
			continue
		}
		// What a process wrote down before it died leaves when it is asked for again,
		// which may be after newer ones: the numbers say what was promised when.
		if q := x.p; x != o && q.Hub == p.Hub {
			switch older, less := q.Order.Seq < p.Order.Seq, q.Total.Less(p.Total) || q.Total == p.Total; {
			case q.Order.Seq == p.Order.Seq:
				l.fail("monotony", "%s used the order number %d again", p.Consumer, p.Order.Seq)
			case older && !less, !older && p.Total != q.Total && less:
				l.fail("monotony", "%s promised %d with order %d, and %d with order %d", p.Consumer, whole(p.Total), p.Order.Seq, whole(q.Total), q.Order.Seq)
			}
		}
		if x.p.Order.Session == p.Order.Session && !x.refused && !x.void {
			session += x.amount
		}
	}
	if session > budget {
		l.fail("budget", "%s has signed %d for a session of %d", p.Consumer, session, budget)
	}
	l.bound("signed and unacknowledged, of a consumer's limit (percent)", l.flying(p.Consumer)*100/limit, 100)
}

// flying is what a consumer has signed and has seen no end of.
func (l *ledger) flying(consumer wherry.Address) int64 {
	var sum int64
	for _, o := range l.orders {
		// What is public or at its end may not have reached the consumer, who then counts
		// more: so this is the least that it can have counted.
		if o.p.Consumer == consumer && !l.locks[o.p.Hashlock] && !o.refused && !o.void {
			sum += o.amount
		}
	}
	return sum
}

// acknowledged is told of a receipt that a consumer has noted.
func (l *ledger) acknowledged(consumer wherry.Address, lock wherry.Hash) {
	for _, o := range l.orders {
		if o.p.Consumer == consumer && o.p.Hashlock == lock {
			o.known = true
		}
	}
}

// bound notes a loss, and fails where it is above its bound.
func (l *ledger) bound(what string, loss, most int64) {
	w, ok := l.worst[what]
	if !ok || loss*max(w[1], 1) > w[0]*max(most, 1) {
		l.worst[what] = [2]int64{loss, most}
	}
	if loss > most {
		l.fail("bounded loss", "%s: %d, the bound is %d", what, loss, most)
	}
}

// count counts what shows that a run has been through something.
func (l *ledger) count(what string) {
	n := l.worst[what]
	l.worst[what] = [2]int64{n[0] + 1, 1 << 30}
}

// delivered is told of service that was used.
func (l *ledger) delivered(consumer, hub wherry.Address, value int64) {
	l.service[payer{consumer, hub}] += value
}

// shown is told of every preimage that leaves a provider.
func (l *ledger) shown(hub wherry.Address, r wherry.Hash) {
	lock := channel.Lock(r)
	if l.locks[lock] {
		return
	}
	found := false
	for n, t := range l.ticks {
		found = found || n.hub == hub && n.lock == lock && t.payout > 0
	}
	if !found {
		l.fail("closed by default", "a preimage left before the hub's payout")
	}
	l.locks[lock] = true
}

// hand is told of every batch that reaches a hub; sure says that it was answered.
func (l *ledger) hand(hub wherry.Address, b channel.Batch, sure bool) {
	for _, r := range b.Reveals {
		l.shown(hub, r)
		lock := channel.Lock(r)
		left := l.expiry[lock] - time.Now().Unix()
		switch {
		case sure && left > 3600: // the hub's clock is the chain's, which may be behind
			l.handed[lock] = true
		case left > -3600:
			l.perhaps[lock] = true
		}
	}
}

// answered is told of every answer that leaves a hub.
func (l *ledger) answered(hub wherry.Address, b channel.Batch, a channel.Answer) {
	l.hand(hub, b, true)
	refused := map[uint64]channel.Refusal{}
	for _, r := range a.Refused {
		refused[r.Item] = r
	}
	var t *tickSeen
	name := tickName{hub, b.Provider, b.Hashlock}
	if !a.Locked.IsZero() {
		if t = l.ticks[name]; t == nil {
			t = &tickSeen{payee: a.Locked.Payee, chain: b.ChainB}
			l.ticks[name] = t
		}
		l.expiry[b.Hashlock] = int64(a.Locked.Expiry)
		if p := whole(a.Locked.Total); p > t.payout {
			t.payout = p
		}
	}
	for i := range b.Items {
		var o *orderSeen
		for _, a := range l.orders {
			if x := b.Items[i]; a.p.Consumer == x.Consumer && a.p.Order.Seq == x.Seq && a.p.Sig == x.Sig {
				o = a
			}
		}
		if o == nil {
			l.fail("budget", "a hub was handed a promise that nobody signed")
			continue
		}
		r, no := refused[uint64(i)]
		switch {
		case no && !r.Order.IsZero():
			if o.accepted {
				l.fail("monotony", "an order was refused after it was accepted")
			}
			o.refused, o.known = true, true
		case no:
			l.count("refusals of orders that the hub had seen")
		case t == nil:
			l.fail("closed by default", "an order was accepted without a payout")
		case !o.accepted:
			if o.refused {
				l.fail("monotony", "an order was accepted after it was refused")
			}
			o.accepted, o.fee = true, l.fees[hub]
			t.orders = append(t.orders, o)
		}
	}
	l.payouts(hub, b, a, t)
}

// fates is told of every word of a hub about what became of orders.
func (l *ledger) fates(hub wherry.Address, o channel.Orders) {
	if l.twins[o.Consumer] || l.old[hub] {
		return // one number may stand for two orders, or for one that is forgotten
	}
	for _, s := range o.Orders {
		for _, x := range l.orders {
			if x.p.Consumer != o.Consumer || x.p.Hub != hub || x.p.Order.Seq != s.Seq {
				continue
			}
			switch s.State {
			case channel.FateRefused:
				if x.accepted {
					l.fail("monotony", "an order was refused after it was accepted")
				}
				x.refused = true
			case channel.FateVoid:
				if l.handed[x.p.Hashlock] {
					l.fail("liveness", "an order is void, and the hub has its preimage")
				}
				x.void = true
			case channel.FateRevealed:
				if !l.locks[x.p.Hashlock] {
					l.fail("closed by default", "an order is revealed, and nobody has shown its preimage")
				}
			case channel.FatePending, channel.FateUnknown:
			}
		}
	}
}

// over is told of a consumer that has left a hub: what was in flight is void.
func (l *ledger) over(consumer, hub wherry.Address) {
	for _, x := range l.orders {
		if x.p.Consumer == consumer && x.p.Hub == hub && !(x.accepted && l.locks[x.p.Hashlock]) {
			x.void = true
		}
	}
}

// payouts holds what a hub signs against what was shown.
func (l *ledger) payouts(hub wherry.Address, b channel.Batch, a channel.Answer, t *tickSeen) {
	if a.Unlocked.IsZero() {
		return
	}
	who := payeeName{hub, a.Unlocked.Payee, b.ChainB}
	total := whole(a.Unlocked.Total)
	l.unlocked[who] = max(l.unlocked[who], total)
	var most int64
	for n, x := range l.ticks {
		if n.hub == hub && x.payee == who.payee && x.chain == who.chain && l.locks[n.lock] {
			for _, o := range x.orders {
				most += o.amount
			}
		}
	}
	if total > most {
		l.fail("conservation", "a hub signed %d to %s, and %d are shown", total, who.payee, most)
	}
}
