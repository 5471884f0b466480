package chaintest

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
)

// maxFree is the most that a hub's free money may be: 95 bits.
var maxFree = func() wherry.Amount {
	v, err := wherry.MaxOnChain.MulDiv(1, 2)
	if err != nil {
		panic("chaintest: " + err.Error())
	}
	return v
}()

func (e *execution) openHub(c chain.OpenHub) chain.Refusal {
	h := e.hubs[c.Hub]
	if !h.Owner.IsZero() {
		return chain.AlreadyOpen
	}
	if !signed(c.Hub, typed.Owner{Owner: e.from}.Digest(e.domain()), c.Signature) {
		return chain.BadSignature
	}
	h.Owner = e.from
	h.Free = sum(h.Free, c.Amount)
	if maxFree.Less(h.Free) {
		return chain.AmountTooLarge
	}
	e.hubs[c.Hub] = h
	e.emit(chain.Event{Kind: chain.HubOpened, Hub: c.Hub, Account: e.from})
	if c.Amount.IsZero() {
		return done
	}
	e.emit(chain.Event{Kind: chain.Funded, Hub: c.Hub, Amount: c.Amount, Total: h.Free})
	return e.pull(e.from, c.Amount)
}

func (e *execution) fund(c chain.Fund) chain.Refusal {
	h := e.hubs[c.Hub]
	if h.Owner.IsZero() {
		return chain.NotOpen
	}
	if c.Amount.IsZero() {
		return chain.ZeroAmount
	}
	h.Free = sum(h.Free, c.Amount)
	if maxFree.Less(h.Free) {
		return chain.AmountTooLarge
	}
	e.hubs[c.Hub] = h
	e.emit(chain.Event{Kind: chain.Funded, Hub: c.Hub, Amount: c.Amount, Total: h.Free})
	return e.pull(e.from, c.Amount)
}

func (e *execution) withdraw(c chain.Withdraw) chain.Refusal {
	h := e.hubs[c.Hub]
	if e.from != h.Owner {
		return chain.NotAllowed
	}
	if h.Free.Less(c.Amount) {
		return chain.InsufficientFunds
	}
	h.Free = minus(h.Free, c.Amount)
	e.hubs[c.Hub] = h
	e.emit(chain.Event{Kind: chain.Withdrawn, Hub: c.Hub, Amount: c.Amount, Total: h.Free})
	e.pay(e.from, c.Amount)
	return done
}

func (e *execution) retire(c chain.Retire) chain.Refusal {
	h := e.hubs[c.Hub]
	if e.from != h.Owner {
		return chain.NotAllowed
	}
	if h.Retired {
		return chain.AlreadyRetired
	}
	h.Retired = true
	e.hubs[c.Hub] = h
	e.emit(chain.Event{Kind: chain.HubRetired, Hub: c.Hub})
	return done
}

func (e *execution) collect(c chain.Collect) chain.Refusal {
	for _, claim := range c.Claims {
		e.collectOne(c.Hub, claim)
	}
	return done
}

func (e *execution) collectOne(hub wherry.Address, claim chain.Claim) {
	skip := func(why chain.Reason) {
		e.emit(chain.Event{
			Kind: chain.Skipped, Hub: hub, Account: claim.Consumer, Total: claim.Promise.Total, Reason: why,
		})
	}
	at := pair{hub, claim.Consumer}
	ch := e.ins[at]
	total := claim.Promise.Total.Min(ch.deposited)
	if !ch.settled.Less(total) {
		skip(chain.Stale)
		return
	}
	p := typed.Promise{
		Hub: hub, Total: claim.Promise.Total, Hashlock: hashlock(claim.Preimage), Order: claim.Promise.Order,
	}
	if !signed(claim.Consumer, p.Digest(e.domain()), claim.Signature) {
		skip(chain.WrongSignature)
		return
	}
	amount := minus(total, ch.settled)
	ch.settled = total
	e.ins[at] = ch
	h := e.hubs[hub]
	h.Free = sum(h.Free, amount)
	e.hubs[hub] = h
	e.emit(chain.Event{Kind: chain.Collected, Hub: hub, Account: claim.Consumer, Amount: amount, Total: total})
}

func (e *execution) settle(c chain.Settle) chain.Refusal {
	for _, p := range c.Payouts {
		if why := e.settleOne(c.Hub, p); why != chain.NoReason {
			e.emit(chain.Event{
				Kind: chain.Skipped, Hub: c.Hub, Account: p.Payout.Payee, Total: p.Payout.Total, Reason: why,
			})
		}
	}
	return done
}

func (e *execution) settleOne(hub wherry.Address, s chain.SignedPayout) chain.Reason {
	p := s.Payout
	if !e.takesPart(p.Payee) {
		return chain.BadPayee
	}
	if p.Expiry != 0 && e.now > p.Expiry {
		return chain.Expired
	}
	p.Hashlock = hashlock(s.Preimage)
	if !signed(hub, p.Digest(e.domain()), s.Signature) {
		return chain.WrongSignature
	}
	if !p.Hashlock.IsZero() {
		e.emit(chain.Event{Kind: chain.Revealed, Hub: hub, Hashlock: p.Hashlock, Preimage: s.Preimage})
	}
	return e.payTo(hub, p.Payee, p.Total, wherry.Amount{})
}

func (e *execution) push(c chain.Push) chain.Refusal {
	h := e.hubs[c.Hub]
	if e.from != h.Owner && (e.from != c.Hub || h.Retired) {
		return chain.NotAllowed
	}
	for _, x := range c.Items {
		why := chain.BadPayee
		if e.takesPart(x.Payee) {
			why = e.payTo(c.Hub, x.Payee, x.Total, x.Reserve)
		}
		if why != chain.NoReason && why != chain.Stale { // a level that is reached is no news
			e.emit(chain.Event{Kind: chain.Skipped, Hub: c.Hub, Account: x.Payee, Total: x.Total, Reason: why})
		}
	}
	return done
}

// payTo pays a payee up to total, out of its reserve first, and then fills the
// reserve. It says why if neither changed anything.
func (e *execution) payTo(hub, payee wherry.Address, total, reserve wherry.Amount) chain.Reason {
	at := pair{hub, payee}
	o, h := e.outs[at], e.hubs[hub]

	due := total.SubFloor(o.settled)
	have := o.reserved
	if !h.Retired {
		have = sum(have, h.Free)
	}
	amount := due.Min(have)
	fromReserve := amount.Min(o.reserved)
	o.reserved = minus(o.reserved, fromReserve)
	h.Free = minus(h.Free, minus(amount, fromReserve))
	o.settled = sum(o.settled, amount)

	more := reserve.SubFloor(o.reserved).Min(h.Free)
	if !more.IsZero() {
		o.reserved = sum(o.reserved, more)
		h.Free = minus(h.Free, more)
		o.unlockAt = 0
	}
	if amount.Less(due) {
		e.emit(chain.Event{Kind: chain.Shortfall, Hub: hub, Account: payee, Amount: minus(due, amount)})
	}
	switch {
	case !amount.IsZero():
		e.pay(payee, amount)
		e.emit(chain.Event{
			Kind: chain.Paid, Hub: hub, Account: payee, Amount: amount, Total: o.settled, Reserve: o.reserved,
		})
	case !more.IsZero():
		e.emit(chain.Event{Kind: chain.Reserved, Hub: hub, Account: payee, Reserve: o.reserved})
	case !due.IsZero():
		return chain.NoFunds
	default:
		return chain.Stale
	}
	e.outs[at], e.hubs[hub] = o, h
	return chain.NoReason
}

func (e *execution) announceCut(c chain.AnnounceCut) chain.Refusal {
	if e.from != e.hubs[c.Hub].Owner {
		return chain.NotAllowed
	}
	at := pair{c.Hub, c.Payee}
	o := e.outs[at]
	o.unlockAt = e.now + e.delay()
	e.outs[at] = o
	e.emit(chain.Event{Kind: chain.CutAnnounced, Hub: c.Hub, Account: c.Payee, Until: instant(o.unlockAt)})
	return done
}

func (e *execution) cutReserve(c chain.CutReserve) chain.Refusal {
	h := e.hubs[c.Hub]
	if e.from != h.Owner {
		return chain.NotAllowed
	}
	at := pair{c.Hub, c.Payee}
	o := e.outs[at]
	if o.unlockAt == 0 || e.now < o.unlockAt {
		return chain.TooEarly
	}
	if o.reserved.Less(c.Reserve) {
		return chain.InsufficientFunds
	}
	h.Free = sum(h.Free, minus(o.reserved, c.Reserve))
	o.reserved, o.unlockAt = c.Reserve, 0
	e.hubs[c.Hub], e.outs[at] = h, o
	e.emit(chain.Event{Kind: chain.Reserved, Hub: c.Hub, Account: c.Payee, Reserve: c.Reserve})
	return done
}

// hashlock is what a preimage opens; none opens what is not locked.
func hashlock(preimage wherry.Hash) wherry.Hash {
	if preimage.IsZero() {
		return wherry.Hash{}
	}
	return wherry.Keccak256(preimage[:])
}
