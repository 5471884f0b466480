package meter

import (
	"time"

	"github.com/wherrynet/wherry"
)

// Use is what a session has used so far: running totals.
type Use struct {
	Bytes  uint64 `cbor:"1,keyasint" json:"bytes"` // both directions, as WireGuard puts them on the wire
	Millis uint64 `cbor:"2,keyasint" json:"millis"`
}

// Bounds on what a Use may say: more is nobody's session.
const (
	MaxBytes  = 1 << 62
	MaxMillis = 100 * 366 * 24 * 60 * 60 * 1000
)

// UseOf makes a Use of a session's age and bytes. A negative age is none.
func UseOf(age time.Duration, bytes uint64) Use {
	if age < 0 {
		age = 0
	}
	return Use{Bytes: min(bytes, MaxBytes), Millis: min(uint64(age/time.Millisecond), MaxMillis)}
}

// Time returns the session's age.
func (u Use) Time() time.Duration {
	return time.Duration(min(u.Millis, MaxMillis)) * time.Millisecond
}

// Max returns the larger of both in each part: a count never goes back.
func (u Use) Max(v Use) Use {
	return Use{Bytes: max(u.Bytes, v.Bytes), Millis: max(u.Millis, v.Millis)}
}

const (
	// MinBytes is the least that an opening pays for and that a credit holds.
	MinBytes = 256 << 10
	// SlackBytes and SlackPercent are how far the provider's count may lie above
	// the consumer's: packets that were lost, and those still on their way.
	SlackBytes   = 64 << 10
	SlackPercent = 2
	// smallBytes is what has to be owed before the time alone makes a tick due:
	// asking for less costs the hub more than it brings, and the asking itself
	// uses some hundred bytes.
	smallBytes = 16 << 10
)

// MinOpening is the least that a session costs: 0.0001 FARE.
var MinOpening = wherry.Base(1e14)

// Meter is the price of one session. It is agreed at the beginning and never
// changes.
type Meter struct {
	Rate    wherry.Rate
	Opening wherry.Amount // of the first invoice, and so the least the session costs
}

// New returns the meter of a price, with an opening that is asked for but
// raised to MinOpening and to the worth of MinBytes. What costs nothing has no
// opening.
func New(rate wherry.Rate, opening wherry.Amount) (Meter, error) {
	m := Meter{Rate: rate}
	if m.Free() {
		return m, nil
	}
	least, err := rate.Cost(0, MinBytes)
	if err != nil {
		return Meter{}, err
	}
	m.Opening = opening.Max(MinOpening).Max(least)
	return m, nil
}

// Free reports whether the session costs nothing.
func (m Meter) Free() bool { return m.Rate == wherry.Rate{} }

// Owed returns the total that u costs: never below the opening.
func (m Meter) Owed(u Use) (wherry.Amount, error) {
	c, err := m.Rate.Cost(u.Time(), u.Bytes)
	if err != nil {
		return wherry.Amount{}, err
	}
	return c.Max(m.Opening), nil
}

// Most returns the highest total that a consumer accepts an invoice for whose
// own count is own: what that costs, SlackPercent, and the worth of SlackBytes.
func (m Meter) Most(own Use) (wherry.Amount, error) {
	owed, err := m.Owed(own)
	if err != nil {
		return wherry.Amount{}, err
	}
	percent, err := owed.MulDiv(SlackPercent, 100)
	if err != nil {
		return wherry.Amount{}, err
	}
	slack, err := m.Rate.Cost(0, SlackBytes)
	if err != nil {
		return wherry.Amount{}, err
	}
	return wherry.Sum(owed, percent, slack)
}

// Least returns the lowest total that a provider accepts for an invoice of due:
// what an honest consumer's own count may come to if it accepts the invoice at
// all. Both are running totals, so that the gap cannot grow tick by tick.
func (m Meter) Least(due wherry.Amount) (wherry.Amount, error) {
	slack, err := m.Rate.Cost(0, SlackBytes)
	if err != nil {
		return wherry.Amount{}, err
	}
	least, err := due.SubFloor(slack).MulDiv(100, 100+SlackPercent)
	if err != nil {
		return wherry.Amount{}, err
	}
	return least.Max(m.Opening.Min(due)), nil
}
