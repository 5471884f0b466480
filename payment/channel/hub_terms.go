package channel

import (
	"fmt"
	"slices"

	"github.com/wherrynet/wherry"
)

// TermsChange is one way in which a hub's terms differ from earlier ones.
type TermsChange struct {
	What  string // the term, in snake case, as fee_ppm
	From  string
	To    string
	Worse bool // for whoever pays or is paid through the hub
}

// String returns the change as a person reads it.
func (c TermsChange) String() string { return fmt.Sprintf("%s from %s to %s", c.What, c.From, c.To) }

// Changes returns how t differs from earlier terms of the same hub and chain. Of
// a higher fee, a shorter life of payouts, higher minima, a lower limit and a
// payee chain that is gone a consumer or provider has less than it agreed to;
// anything else is no worse. Until when they hold is no term.
func (t SignedTerms) Changes(from SignedTerms) (out []TermsChange) {
	note := func(what string, a, b any, worse bool) {
		if from, to := fmt.Sprint(a), fmt.Sprint(b); from != to {
			out = append(out, TermsChange{what, from, to, worse})
		}
	}
	note("fee_ppm", from.FeePPM, t.FeePPM, from.FeePPM < t.FeePPM)
	note("min_reserve", from.MinReserve, t.MinReserve, from.MinReserve.Less(t.MinReserve))
	note("min_push", from.MinPush, t.MinPush, from.MinPush.Less(t.MinPush))
	note("max_open", from.MaxOpen, t.MaxOpen, t.MaxOpen.Less(from.MaxOpen))
	note("payout_life_seconds", from.PayoutLife, t.PayoutLife, t.PayoutLife < from.PayoutLife)
	for _, c := range from.Payees {
		if !slices.Contains(t.Payees, c) {
			note("pays_on_chain", c.ID, "no more", true)
		}
	}
	for _, c := range t.Payees {
		if !slices.Contains(from.Payees, c) {
			note("pays_on_chain", "not", c.ID, false)
		}
	}
	return out
}

// maxPayeeChains bounds the chains in terms that are agreed to.
const maxPayeeChains = 64

// Check returns nil when t is signed by the hub that it names and makes sense:
// its fee leaves something, and it has not too many chains.
func (t SignedTerms) Check() error {
	if t.Version != Version || t.FeePPM >= 1_000_000 || len(t.Payees) > maxPayeeChains {
		return wherry.Errorf(wherry.Invalid, "terms of hub %s that make no sense", t.Hub)
	}
	return t.Verify()
}
