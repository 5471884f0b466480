package solvency

import (
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
)

// Flaw is the name of something that is wrong with what a hub shows.
type Flaw string

// The flaws.
const (
	BadSignature       Flaw = "bad_signature"       // the hub did not sign it, or it is about something else
	Stale              Flaw = "stale_statement"     // too old, or of a time to come
	WrongBlock         Flaw = "wrong_block"         // the chain has no such final block
	ReservesOverstated Flaw = "reserves_overstated" // the contract holds less in reserves
	FreeOverstated     Flaw = "free_overstated"     // the contract holds less that is free
	SumsDoNotAddUp     Flaw = "sums_do_not_add_up"  // the leaf does not lead to the root, or a part is more than the whole
	OwnLeafMissing     Flaw = "own_leaf_missing"    // it owes this payee something, and its books do not say so
	OwnLeafTooSmall    Flaw = "own_leaf_too_small"  // they say so of less than it has signed
	TwoStatements      Flaw = "two_statements"      // it has signed two that contradict each other
	NotCovered         Flaw = "not_covered"         // it owes more than what backs it
)

// Finding is one flaw that was found, in words for a person.
type Finding struct {
	Flaw Flaw   `json:"flaw"`
	Text string `json:"text"`
}

// maxSkew is how far the hub's clock may be ahead.
const maxSkew = 2 * time.Minute

// Evidence is what one verifier holds a statement against.
type Evidence struct {
	Hub      wherry.Address
	ChainID  uint64
	Contract wherry.Address
	Now      time.Time
	MaxAge   time.Duration // of a statement

	Statement Statement
	// Position is the hub's by the verifier's own reading of the chain, up to
	// Statement.Block; nil where the chain has no final block of that number.
	Position  *Position
	BlockHash wherry.Hash // of that block, by the same reading

	Own *Own // nil for somebody who is no payee
	// Others are statements of the same hub and chain that were shown before, or
	// to others. One that its hub has not signed counts for nothing.
	Others []Statement
}

// Own is what a payee holds.
type Own struct {
	Payee  wherry.Address
	Earned wherry.Amount // by the newest payout without a lock that the hub had signed before it was asked
	Path   *Path         // that the hub has shown; nil when it says that it owes nothing
}

// Check returns everything that is wrong, nothing for a hub whose statement
// holds, and the statements that contradict it.
func (e Evidence) Check() (found []Finding, against []Statement) {
	s := e.Statement
	bad := func(f Flaw, format string, args ...any) {
		found = append(found, Finding{f, fmt.Sprintf(format, args...)})
	}

	if s.Version != Version || s.Hub != e.Hub || s.ChainID != e.ChainID || s.Contract != e.Contract || s.Seq == 0 {
		bad(BadSignature, "the statement is of another hub, chain or contract")
		return found, nil
	}
	if err := s.Verify(); err != nil {
		bad(BadSignature, "the hub did not sign its statement: %v", err)
		return found, nil // what nobody has signed need not be looked at
	}
	e.checkTime(bad)
	e.checkChain(bad)
	if s.Owed.Less(s.Held) || s.Reserved.Less(s.Held) || s.Payees == 0 && (!s.Owed.IsZero() || s.Root != root(s.Book().context(), 0, Node{})) {
		bad(SumsDoNotAddUp, "it owes %s, of which reserves of %s are said to hold %s", s.Owed, s.Reserved, s.Held)
	}
	if e.Own != nil {
		e.checkOwn(bad)
	}
	for _, o := range e.Others {
		if o.Verify() == nil && s.Contradicts(o) {
			bad(TwoStatements, "the hub has signed statement %d and, against it, another one with the number %d", s.Seq, o.Seq)
			against = append(against, o)
			break
		}
	}
	if !s.Covered() {
		bad(NotCovered, "%s is owed, %s stands behind it", s.Owed, s.Backing())
	}
	return found, against
}

func (e Evidence) checkTime(bad func(Flaw, string, ...any)) {
	made := time.Unix(int64(min(e.Statement.Time, 1<<40)), 0)
	switch age := e.Now.Sub(made); {
	case age > e.MaxAge:
		bad(Stale, "the statement is %s old: at most %s", age.Round(time.Second), e.MaxAge)
	case age < -maxSkew:
		bad(Stale, "the statement is dated %s ahead of this computer's clock", (-age).Round(time.Second))
	}
}

// checkChain holds the statement against the contract.
func (e Evidence) checkChain(bad func(Flaw, string, ...any)) {
	s := e.Statement
	if e.Position == nil || e.BlockHash != s.BlockHash || e.Position.Block != s.Block {
		bad(WrongBlock, "the chain has no final block %d of that hash", s.Block)
		return
	}
	reserved, err := e.Position.Reserved()
	if err != nil || reserved.Less(s.Reserved) {
		bad(ReservesOverstated, "%s is said to be reserved in block %d, and %s is", s.Reserved, s.Block, reserved)
	}
	free, err := e.Position.Free()
	if err != nil || free.Less(s.Free) {
		bad(FreeOverstated, "%s is said to be free in block %d, and %s is", s.Free, s.Block, free)
	}
}

// checkOwn holds the statement against what this payee has in hand.
func (e Evidence) checkOwn(bad func(Flaw, string, ...any)) {
	s, p := e.Statement, e.Own.Path
	var out Out
	if e.Position != nil {
		out = e.Position.Out(e.Own.Payee)
	}
	want := e.Own.Earned.SubFloor(out.Settled)
	if p != nil {
		want = p.Leaf.Earned.Max(e.Own.Earned).SubFloor(out.Settled)
	}
	if e.Position == nil {
		want = wherry.Amount{} // nothing is known of what was paid
	}
	if p == nil {
		if !want.IsZero() {
			bad(OwnLeafMissing, "it owes %s to %s, and its books do not say so", want, e.Own.Payee)
		}
		return
	}
	l := p.Leaf
	switch {
	case l.Payee != e.Own.Payee || !p.Leads(s.Book(), s.Payees, s.Root, s.Owed, s.Held):
		bad(SumsDoNotAddUp, "the leaf of %s does not lead to the root of %s owed to %d", e.Own.Payee, s.Owed, s.Payees)
	case l.Earned.Less(e.Own.Earned) || l.Owed.Less(want):
		bad(OwnLeafTooSmall, "it has signed that %s has earned %s, of which it owes %s, and its books say %s and %s", e.Own.Payee, e.Own.Earned, want, l.Earned, l.Owed)
	case e.Position != nil && out.Reserved.Less(l.Held):
		bad(ReservesOverstated, "%s is said to be reserved for %s in block %d, and %s is", l.Held, e.Own.Payee, s.Block, out.Reserved)
	}
}
