package chaintest

import (
	"maps"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// Life is how far ahead the one-use signatures may end, as the contract has it.
const Life = 10 * time.Minute

// pair names a channel or a payee's side: hub first.
type pair struct{ hub, account wherry.Address }

type stage uint8

const (
	open stage = iota
	leaving
	leavingOwing // a relayer asked for the exit and waits for its fee
)

// in is a consumer's channel. While it leaves, at says from when it can;
// otherwise up to when signatures are void: when it last closed at once, or
// else the second before it opened. Zero after a delayed exit.
type in struct {
	deposited, settled wherry.Amount
	at                 uint64
	stage              stage
}

type owed struct {
	relayer wherry.Address
	fee     wherry.Amount
}

type authorization struct {
	owner wherry.Address
	nonce wherry.Hash
}

// ledger is everything that the contract and the token know, and what accounts
// have spent on gas. Times are unix seconds.
type ledger struct {
	params chain.Params
	now    uint64 // the block's time

	hubs map[wherry.Address]chain.Hub
	ins  map[pair]in
	outs map[pair]out
	owed map[pair]owed

	tokens       map[wherry.Address]wherry.Amount
	allowances   map[wherry.Address]wherry.Amount // to the contract
	permitNonces map[wherry.Address]uint64
	used         map[authorization]bool
	takenBack    map[authorization]bool // by the TakeBack's hash

	nonces map[wherry.Address]uint64
	gas    map[wherry.Address]wherry.Amount // what is left, in wei
}

type out struct {
	settled, reserved wherry.Amount
	unlockAt          uint64
}

func (l *ledger) clone() *ledger {
	c := *l
	c.hubs, c.ins, c.outs, c.owed = maps.Clone(l.hubs), maps.Clone(l.ins), maps.Clone(l.outs), maps.Clone(l.owed)
	c.tokens, c.allowances = maps.Clone(l.tokens), maps.Clone(l.allowances)
	c.permitNonces, c.used = maps.Clone(l.permitNonces), maps.Clone(l.used)
	c.takenBack = maps.Clone(l.takenBack)
	c.nonces, c.gas = maps.Clone(l.nonces), maps.Clone(l.gas)
	return &c
}

// apply does what call by from does, and returns what happened or why not. On a
// refusal the ledger is spoilt: the caller works on a clone.
func (l *ledger) apply(from wherry.Address, call chain.Call) ([]chain.Event, error) {
	if err := chain.Check(call); err != nil {
		return nil, err
	}
	e := &execution{ledger: l, from: from}
	if r := e.run(call); r != "" {
		return nil, chain.Refuse(call, r)
	}
	return e.events, nil
}

// execution is one call under way.
type execution struct {
	*ledger
	from   wherry.Address
	events []chain.Event
}

// done is the Refusal of a call that is not refused.
const done = chain.Refusal("")

func (e *execution) run(call chain.Call) chain.Refusal {
	switch c := call.(type) {
	case chain.Cancel:
		return done
	case chain.Approve:
		e.allowances[e.from] = c.Amount
		return done
	case chain.Transfer:
		if !e.move(e.from, c.To, c.Amount) {
			return chain.InsufficientBalance
		}
		return done
	case chain.OpenHub:
		return e.openHub(c)
	case chain.Fund:
		return e.fund(c)
	case chain.Withdraw:
		return e.withdraw(c)
	case chain.Retire:
		return e.retire(c)
	case chain.Collect:
		return e.collect(c)
	case chain.Settle:
		return e.settle(c)
	case chain.Push:
		return e.push(c)
	case chain.AnnounceCut:
		return e.announceCut(c)
	case chain.CutReserve:
		return e.cutReserve(c)
	case chain.TopUp:
		return e.topUp(c)
	case chain.TopUpPermit:
		return e.topUpPermit(c)
	case chain.TopUpAuth:
		return e.topUpAuth(c)
	case chain.RequestExit:
		return e.leave(pair{c.Hub, e.from}, leaving)
	case chain.RequestExitFor:
		return e.requestExitFor(c)
	case chain.FinalizeExit:
		return e.finalizeExit(c)
	case chain.CoopExit:
		return e.coopExit(c)
	case chain.CoopExitFor:
		return e.coopExitFor(c)
	case chain.Sweep:
		return e.sweep(c)
	case chain.TakeBack:
		return e.takeBack(c)
	case chain.TakeBackFor:
		return e.takeBackFor(c)
	}
	panic("chaintest: unknown call " + call.Name())
}

func (e *execution) emit(ev chain.Event) { e.events = append(e.events, ev) }

// signed reports whether sig is by who.
func signed(who wherry.Address, digest wherry.Hash, sig identity.Signature) bool {
	by, err := identity.Recover(digest, sig)
	return err == nil && by == who && !who.IsZero()
}

func (l *ledger) domain() typed.Domain { return l.params.Domain() }

func (l *ledger) delay() uint64 { return seconds(l.params.Delay) }

// takesPart refuses accounts whose money would be lost or counted twice.
func (l *ledger) takesPart(a wherry.Address) bool {
	return !a.IsZero() && a != l.params.Token && a != l.params.Contract
}

// move gives tokens of one account to another, or none if there are too few.
func (l *ledger) move(from, to wherry.Address, v wherry.Amount) bool {
	left, err := l.tokens[from].Sub(v)
	if err != nil {
		return false
	}
	l.tokens[from] = left
	l.tokens[to] = sum(l.tokens[to], v) // the supply is capped far below an overflow
	return true
}

// pay gives tokens that the contract holds.
func (l *ledger) pay(to wherry.Address, v wherry.Amount) {
	if !l.move(l.params.Contract, to, v) {
		panic("chaintest: the contract owes more than it has")
	}
}

// pull takes tokens of an account that it has approved.
func (l *ledger) pull(from wherry.Address, v wherry.Amount) chain.Refusal {
	allowance := l.allowances[from]
	left, err := allowance.Sub(v)
	if err != nil || !l.move(from, l.params.Contract, v) {
		return chain.TransferFromFailed
	}
	l.allowances[from] = left
	return done
}

// sum adds what cannot overflow 128 bits: everything here has at most 97.
func sum(a, b wherry.Amount) wherry.Amount {
	s, err := a.Add(b)
	if err != nil {
		panic("chaintest: " + err.Error())
	}
	return s
}

// minus subtracts what the rules have shown to be no larger.
func minus(a, b wherry.Amount) wherry.Amount {
	d, err := a.Sub(b)
	if err != nil {
		panic("chaintest: " + err.Error())
	}
	return d
}

func seconds(d time.Duration) uint64 { return uint64(d / time.Second) }

// instant turns unix seconds into a time; zero stays the zero time.
func instant(unix uint64) time.Time {
	if unix == 0 {
		return time.Time{}
	}
	return time.Unix(int64(unix), 0).UTC()
}
