package channel

import (
	"time"

	"github.com/wherrynet/wherry"
)

// Reserve is what the payee's chain says about the hub's side towards it.
type Reserve struct {
	Final    wherry.Amount // reserved in the newest final block
	Head     wherry.Amount // reserved in the newest block
	Settled  wherry.Amount // running total paid to the payee, in the newest final block
	UnlockAt time.Time     // in the newest block: when an announced cut may happen; zero when none is
}

// Counts returns what the reserve is worth: the smaller of the two views.
func (r Reserve) Counts() wherry.Amount { return r.Final.Min(r.Head) }

// Serve returns nil while the payee may serve on: no cut of its reserve is
// announced, and what it has not settled is reserved or within its trust.
// Otherwise the error is NotFunded.
func (p *Payee) Serve(r Reserve) error {
	open := p.Waiting().SubFloor(r.Settled)
	if !r.UnlockAt.IsZero() {
		return wherry.Errorf(wherry.NotFunded, "hub %s has announced to cut the reserve", p.Hub)
	}
	if r.Counts().Less(open.SubFloor(p.Trust)) {
		return wherry.Errorf(wherry.NotFunded, "hub %s has %s reserved for %s that is not settled", p.Hub, r.Counts(), open)
	}
	return nil
}

// Action is what to do about a tick that is Kept or Shown.
type Action uint8

// The actions.
const (
	Wait      Action = iota
	Reveal           // show the preimage to the hub and the consumers
	SettleNow        // put the locked payout and its preimage on chain, now
	Drop             // it has expired and pays nothing
)

// String returns the action's word.
func (a Action) String() string {
	return [...]string{"wait", "reveal", "settle", "drop"}[min(a, Drop)]
}

// Decide says what to do about a tick. With less than RevealUntil of its payout
// left, off chain is too late: the tick is settled from the reserve or not at
// all. A preimage is never shown on chain for more than the reserve and the
// payee's trust stand behind, since the hub could collect with it and not pay.
func (p *Payee) Decide(t Tick, now time.Time, r Reserve) Action {
	if t.State != Kept && t.State != Shown {
		return Wait
	}
	left := timeLeft(t.Locked.Expiry, now)
	switch {
	case left <= 0:
		return Drop
	case left >= RevealUntil && t.State == Kept:
		return Reveal
	case left >= RevealUntil || left < SettleUntil:
		return Wait
	case r.Counts().Less(t.Locked.Total.SubFloor(r.Settled).SubFloor(p.Trust)):
		return Wait // the reserve may still be raised before it expires
	}
	return SettleNow
}

// Revealable reports whether a tick's preimage may go to the hub off chain now:
// the tick is Shown, and enough of its payout's life is left to settle on chain
// should the hub keep silent.
func (p *Payee) Revealable(t Tick, now time.Time) bool {
	return t.State == Shown && timeLeft(t.Locked.Expiry, now) >= RevealUntil
}
