package chaintest

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
)

func (e *execution) topUp(c chain.TopUp) chain.Refusal {
	if c.Amount.IsZero() {
		return chain.ZeroAmount
	}
	if e.from != c.Consumer && c.Amount.Less(e.params.MinTopUp) {
		return chain.BelowMinimum
	}
	at := pair{c.Hub, c.Consumer}
	deposited := sum(e.ins[at].deposited, c.Amount)
	if !deposited.FitsChain() {
		return chain.AmountTooLarge
	}
	if r := e.deposit(at, deposited); r != done {
		return r
	}
	return e.pull(e.from, c.Amount)
}

func (e *execution) topUpPermit(c chain.TopUpPermit) chain.Refusal {
	at := pair{c.TopUp.Hub, c.Consumer}
	ch := e.ins[at]
	if r := e.checkTopUp(ch, c.TopUp); r != done {
		return r
	}
	if !signed(c.Consumer, c.TopUp.Digest(e.domain()), c.Signature) {
		return chain.BadSignature
	}
	if r := e.deposit(at, c.TopUp.Deposited); r != done {
		return r
	}
	// A permit that does not fit is passed over: the allowance decides.
	permit := typed.Permit{
		Owner: c.Consumer, Spender: e.params.Contract, Value: c.PermitValue,
		Nonce: e.permitNonces[c.Consumer], Deadline: c.PermitDeadline,
	}
	if c.PermitDeadline >= e.now && signed(c.Consumer, permit.Digest(e.params.TokenDomain()), c.PermitSignature) {
		e.permitNonces[c.Consumer]++
		e.allowances[c.Consumer] = c.PermitValue
	}
	if r := e.pull(c.Consumer, sum(minus(c.TopUp.Deposited, ch.deposited), c.TopUp.Fee)); r != done {
		return r
	}
	e.payFee(at, c.TopUp.Fee)
	return done
}

func (e *execution) topUpAuth(c chain.TopUpAuth) chain.Refusal {
	at := pair{c.TopUp.Hub, c.Consumer}
	ch := e.ins[at]
	if r := e.checkTopUp(ch, c.TopUp); r != done {
		return r
	}
	if r := e.deposit(at, c.TopUp.Deposited); r != done {
		return r
	}
	auth := typed.Receive{
		From: c.Consumer, To: e.params.Contract,
		Value:       sum(minus(c.TopUp.Deposited, ch.deposited), c.TopUp.Fee),
		ValidBefore: c.TopUp.Deadline, Nonce: c.TopUp.Digest(e.domain()),
	}
	once := authorization{c.Consumer, auth.Nonce}
	switch {
	case e.now >= auth.ValidBefore:
		return chain.AuthorizationExpired
	case e.used[once]:
		return chain.AuthorizationUsed
	case !signed(c.Consumer, auth.Digest(e.params.TokenDomain()), c.Signature):
		return chain.BadSignature
	case !e.move(c.Consumer, e.params.Contract, auth.Value):
		return chain.InsufficientBalance
	}
	e.used[once] = true
	e.payFee(at, c.TopUp.Fee)
	return done
}

func (e *execution) requestExitFor(c chain.RequestExitFor) chain.Refusal {
	at := pair{c.Leave.Hub, c.Consumer}
	ch := e.ins[at]
	if r := e.checkLeave(ch, c.Leave, signed(c.Consumer, c.Leave.Digest(e.domain()), c.Signature)); r != done {
		return r
	}
	if minus(ch.deposited, ch.settled).Less(c.Leave.Fee) {
		return chain.InsufficientFunds
	}
	if c.Leave.Fee.IsZero() {
		return e.leave(at, leaving)
	}
	e.owed[at] = owed{e.from, c.Leave.Fee}
	return e.leave(at, leavingOwing)
}

func (e *execution) finalizeExit(c chain.FinalizeExit) chain.Refusal {
	at := pair{c.Hub, c.Consumer}
	ch := e.ins[at]
	if ch.stage == open {
		return chain.NotLeaving
	}
	if e.now < ch.at {
		return chain.TooEarly
	}
	return e.exit(at, ch, wherry.Amount{}, 0)
}

func (e *execution) coopExit(c chain.CoopExit) chain.Refusal {
	at := pair{c.Hub, e.from}
	c.Close.Consumer = e.from
	ch, r := e.close(at, c.Close, signed(c.Hub, c.Close.Digest(e.domain()), c.Signature))
	if r != done {
		return r
	}
	return e.exit(at, ch, wherry.Amount{}, e.now)
}

func (e *execution) coopExitFor(c chain.CoopExitFor) chain.Refusal {
	consumer := c.Close.Consumer
	at := pair{c.Leave.Hub, consumer}
	consent := signed(consumer, c.Leave.Now(c.Close.Settled).Digest(e.domain()), c.LeaveSignature)
	if r := e.checkLeave(e.ins[at], c.Leave, consent); r != done {
		return r
	}
	ch, r := e.close(at, c.Close, signed(c.Leave.Hub, c.Close.Digest(e.domain()), c.Signature))
	if r != done {
		return r
	}
	return e.exit(at, ch, c.Leave.Fee, e.now)
}

func (e *execution) checkTopUp(ch in, t typed.TopUp) chain.Refusal {
	if !t.Relayer.IsZero() && t.Relayer != e.from {
		return chain.OtherRelayer
	}
	if r := e.checkLife(ch, t.Deadline); r != done {
		return r
	}
	if !ch.deposited.Less(t.Deposited) {
		return chain.WrongState
	}
	return done
}

func (e *execution) checkLeave(ch in, l typed.Leave, isSigned bool) chain.Refusal {
	if !l.Relayer.IsZero() && l.Relayer != e.from {
		return chain.OtherRelayer
	}
	if r := e.checkLife(ch, l.Deadline); r != done {
		return r
	}
	if l.Deposited != ch.deposited {
		return chain.WrongState
	}
	if !isSigned {
		return chain.BadSignature
	}
	return done
}

func (e *execution) checkLife(ch in, deadline uint64) chain.Refusal {
	if r := e.checkDeadline(deadline); r != done {
		return r
	}
	if deadline <= e.notBefore(ch) {
		return chain.SignatureVoid
	}
	return done
}

func (e *execution) checkDeadline(deadline uint64) chain.Refusal {
	switch {
	case e.now > deadline:
		return chain.SignatureExpired
	case deadline > e.now+seconds(Life):
		return chain.DeadlineTooFar
	}
	return done
}

// notBefore is the last deadline that something signed before the channel's
// last turn can have.
func (l *ledger) notBefore(ch in) uint64 {
	switch {
	case ch.at == 0:
		return 0
	case ch.stage == open:
		return ch.at + seconds(Life)
	}
	return ch.at - l.delay() + seconds(Life)
}

func (e *execution) deposit(at pair, deposited wherry.Amount) chain.Refusal {
	if at.hub.IsZero() || !e.takesPart(at.account) {
		return chain.BadAccount
	}
	ch := e.ins[at]
	if ch.stage != open {
		return chain.AlreadyLeaving
	}
	amount := minus(deposited, ch.deposited)
	e.grow(at, ch, amount)
	return done
}

// grow adds to a channel. What was signed before the block that opens it is void.
func (e *execution) grow(at pair, ch in, amount wherry.Amount) {
	ch.deposited = sum(ch.deposited, amount)
	if ch.at == 0 {
		ch.at = e.now - 1
	}
	e.ins[at] = ch
	e.emit(chain.Event{Kind: chain.ToppedUp, Hub: at.hub, Account: at.account, Amount: amount, Total: ch.deposited})
}

func (e *execution) leave(at pair, s stage) chain.Refusal {
	ch := e.ins[at]
	if ch.stage != open {
		return chain.AlreadyLeaving
	}
	if ch.deposited == ch.settled {
		return chain.NothingDeposited
	}
	ch.at, ch.stage = e.now+e.delay(), s
	e.ins[at] = ch
	e.emit(chain.Event{Kind: chain.ExitRequested, Hub: at.hub, Account: at.account, Until: instant(ch.at)})
	return done
}

func (e *execution) close(at pair, k typed.Close, isSigned bool) (in, chain.Refusal) {
	ch, h := e.ins[at], e.hubs[at.hub]
	if h.Retired {
		return ch, chain.AlreadyRetired
	}
	if r := e.checkLife(ch, k.Expiry); r != done {
		return ch, r
	}
	if ch.deposited == ch.settled {
		return ch, chain.NothingDeposited
	}
	if k.Deposited != ch.deposited || k.Settled.Less(ch.settled) || ch.deposited.Less(k.Settled) {
		return ch, chain.WrongState
	}
	if !isSigned {
		return ch, chain.BadSignature
	}
	if amount := minus(k.Settled, ch.settled); !amount.IsZero() {
		ch.settled = k.Settled
		h.Free = sum(h.Free, amount)
		e.hubs[at.hub] = h
		e.emit(chain.Event{Kind: chain.Collected, Hub: at.hub, Account: at.account, Amount: amount, Total: k.Settled})
	}
	return ch, done
}

// exit closes a channel: fee to the sender, what is owed to a relayer as far as
// it goes, and the rest to the consumer. What was signed up to mark is void.
func (e *execution) exit(at pair, ch in, fee wherry.Amount, mark uint64) chain.Refusal {
	rest := minus(ch.deposited, ch.settled)
	if rest.Less(fee) {
		return chain.InsufficientFunds
	}
	var w owed
	if ch.stage == leavingOwing {
		w = e.owed[at]
		delete(e.owed, at)
		w.fee = w.fee.Min(minus(rest, fee))
	}
	ch.deposited, ch.at, ch.stage = ch.settled, mark, open
	e.ins[at] = ch
	e.emit(chain.Event{Kind: chain.Exited, Hub: at.hub, Account: at.account, Amount: rest, Total: ch.settled})
	e.pay(at.account, minus(minus(rest, fee), w.fee))
	e.payFee(at, fee)
	if !w.fee.IsZero() {
		e.pay(w.relayer, w.fee)
		e.emit(chain.Event{Kind: chain.FeePaid, Hub: at.hub, Account: at.account, Relayer: w.relayer, Amount: w.fee})
	}
	return done
}

func (e *execution) payFee(at pair, fee wherry.Amount) {
	if fee.IsZero() {
		return
	}
	e.emit(chain.Event{Kind: chain.FeePaid, Hub: at.hub, Account: at.account, Relayer: e.from, Amount: fee})
	e.pay(e.from, fee)
}
