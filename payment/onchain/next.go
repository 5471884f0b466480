package onchain

import (
	"time"

	"github.com/wherrynet/wherry/chain"
)

// Patience is how long a transaction may wait for a block before a higher fee is
// given for it. A miner that wanted it would have taken it in the meantime; and
// a fee that is raised sooner pays for nothing but hurry.
const Patience = 90 * time.Second

// maxTries is how many transactions are made for one row at most. Each gives an
// eighth more than the one before: that is 30 times the first.
const maxTries = 30

// Seen is what the chain says about a row. The nonces are asked for first: what
// is mined in between then shows as mined.
type Seen struct {
	Nonces chain.Nonces   // of the row's account
	Tries  []chain.Status // of the row's tries, in their order
}

// Do is what a row needs done.
type Do uint8

// What there is to do.
const (
	Rest  Do = iota // nothing, but to look again
	Again           // send the newest try once more, unchanged: nobody knows it
	Raise           // sign it anew with a higher fee
	Void            // the same, with a call that does nothing: it is of no use any more
	Fill            // use up the first nonce that nobody has: it waits for that one
)

// String returns the word for it.
func (d Do) String() string {
	return [...]string{"rest", "again", "raise", "void", "fill"}[min(d, Fill)]
}

// Next decides about a row that is Sent or Mined: what it is now, and what it
// needs. It is the whole table:
//
//	what is seen                            the row is     to do
//	a try in a final block                  final, failed  -
//	a try in a block                        mined          rest
//	a try waits, and it is its turn         sent           rest; raise after Patience
//	a try waits for a lower nonce           sent           rest; fill after Patience, where nobody has that nonce
//	no try is known, its nonce is free      sent           again
//	no try is known, its nonce is in a block sent          rest: that block may go back
//	the same, in a final block              failed         -: another process has the key
//	no try is in a block after Until        sent, failed   void while one waits, then -
func Next(r Row, s Seen, now time.Time) (Row, Do) {
	best, at := chain.Status{}, -1
	for i, st := range s.Tries {
		if st.State > best.State {
			best, at = st, i
		}
	}
	to := r
	switch best.State {
	case chain.Mined, chain.Finalized, chain.Failed:
		return landed(to, r.Tries[at], best), Rest
	case chain.Sent, chain.Unknown:
	}
	to.State, to.Block, to.Gas = Sent, 0, 0
	to.Mined, to.Cost = Row{}.Mined, Row{}.Cost
	nonce := r.newest().Nonce
	over := !r.Until.IsZero() && !now.Before(r.Until)
	late := now.Sub(r.At) >= Patience
	switch {
	case best.State == chain.Unknown && nonce < s.Nonces.Final:
		to.State, to.Error = Failed, "another transaction took its place: another process uses this key"
	case nonce < s.Nonces.Latest:
		return to, Rest // of another transaction, or of one that is seen as waiting still
	case best.State == chain.Unknown && over:
		to.State, to.Error = Failed, "it was not mined in time"
	case best.State == chain.Unknown:
		return to, Again
	case nonce > s.Nonces.Latest:
		if late && s.Nonces.Pending < nonce {
			return to, Fill
		}
	case len(r.Tries) >= maxTries:
	case over && !r.newest().Cancel:
		return to, Void
	case late:
		return to, Raise
	}
	return to, Rest
}

// landed returns a row one of whose tries is in a block.
func landed(r Row, t Try, st chain.Status) Row {
	why := r.Error
	r.State, r.Error, r.Mined, r.Block, r.Gas, r.Cost = Mined, "", t.ID, st.Block, st.GasUsed, st.Cost
	if st.Reverted {
		r.Error = st.Reason
	}
	if t.Cancel {
		if r.Error = why; why == "" {
			r.Error = "it was called off"
		}
	}
	switch {
	case st.State == chain.Mined:
	case st.Reverted, st.State == chain.Failed, t.Cancel:
		r.State = Failed
	default:
		r.State = Final
	}
	return r
}
