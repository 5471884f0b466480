package chaintest

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
)

// stays is what a sweep leaves at a deposit address.
var stays = wherry.Base(1)

func (e *execution) sweep(c chain.Sweep) chain.Refusal {
	var fees wherry.Amount
	for _, d := range c.Items {
		fee := c.Fee.Min(d.Cap)
		at, from := pair{d.Hub, d.Consumer}, e.params.DepositAddress(d)
		found := e.tokens[from]
		amount, why := e.share(at, found, fee)
		if why != chain.NoReason {
			e.emit(chain.Event{Kind: chain.Skipped, Hub: d.Hub, Account: d.Consumer, Total: found, Reason: why})
			continue
		}
		e.grow(at, e.ins[at], amount)
		if !e.move(from, e.params.Contract, sum(amount, fee)) {
			panic("chaintest: more is swept than there is")
		}
		if !fee.IsZero() {
			e.emit(chain.Event{Kind: chain.FeePaid, Hub: d.Hub, Account: d.Consumer, Relayer: e.from, Amount: fee})
		}
		fees = sum(fees, fee)
	}
	if !fees.IsZero() {
		e.pay(e.from, fees)
	}
	return done
}

// share is what of found goes into the channel when fee goes to the sender, or
// why nothing may be moved.
func (e *execution) share(at pair, found, fee wherry.Amount) (wherry.Amount, chain.Reason) {
	none := wherry.Amount{}
	switch {
	case at.hub.IsZero() || !e.takesPart(at.account):
		return none, chain.BadPayee
	case e.ins[at].stage != open:
		return none, chain.ChannelLeaving
	case e.hubs[at.hub].Retired:
		return none, chain.RetiredHub
	}
	amount := found.SubFloor(sum(stays, fee))
	if amount.IsZero() || amount.Less(e.params.MinTopUp) || amount.Less(fee) {
		return none, chain.TooLittle
	}
	if !sum(e.ins[at].deposited, amount).FitsChain() {
		return none, chain.TooMuch
	}
	return amount, chain.NoReason
}

func (e *execution) takeBack(c chain.TakeBack) chain.Refusal {
	if c.Amount.IsZero() {
		return chain.ZeroAmount
	}
	e.emit(chain.Event{Kind: chain.TakenBack, Hub: c.Hub, Account: e.from, Amount: c.Amount})
	if !e.move(e.params.DepositAddress(typed.Deposit{Hub: c.Hub, Consumer: e.from, Cap: c.Cap}), e.from, c.Amount) {
		return chain.InsufficientBalance
	}
	return done
}

func (e *execution) takeBackFor(c chain.TakeBackFor) chain.Refusal {
	t := c.TakeBack
	if !t.Relayer.IsZero() && t.Relayer != e.from {
		return chain.OtherRelayer
	}
	if r := e.checkDeadline(t.Deadline); r != done {
		return r
	}
	once := authorization{c.Consumer, t.Hash()}
	switch {
	case e.takenBack[once]:
		return chain.SignatureVoid
	case !signed(c.Consumer, t.Digest(e.domain()), c.Signature):
		return chain.BadSignature
	case !t.Fee.Less(t.Amount):
		return chain.InsufficientFunds
	}
	e.takenBack[once] = true
	e.emit(chain.Event{Kind: chain.TakenBack, Hub: t.Hub, Account: c.Consumer, Amount: t.Amount})
	from := e.params.DepositAddress(typed.Deposit{Hub: t.Hub, Consumer: c.Consumer, Cap: t.Cap})
	if !e.move(from, c.Consumer, minus(t.Amount, t.Fee)) {
		return chain.InsufficientBalance
	}
	if t.Fee.IsZero() {
		return done
	}
	e.emit(chain.Event{Kind: chain.FeePaid, Hub: t.Hub, Account: c.Consumer, Relayer: e.from, Amount: t.Fee})
	if !e.move(from, e.from, t.Fee) {
		return chain.InsufficientBalance
	}
	return done
}
