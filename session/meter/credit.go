package meter

import (
	"time"

	"github.com/wherrynet/wherry"
)

// Credit is what a provider lets a consumer owe before it stops: so many bytes
// and so many seconds, unpaid.
type Credit struct {
	Bytes   uint64 `cbor:"1,keyasint" json:"bytes"`
	Seconds uint64 `cbor:"2,keyasint" json:"seconds"`
}

// Bounds on the credit of an offer. Below the least a session would stop at
// every breath, above the most sums would leave 64 bits.
const (
	MinCreditSeconds = 10
	MaxCreditBytes   = 1 << 40
	MaxCreditSeconds = 24 * 60 * 60
)

// Bounded returns c within the bounds.
func (c Credit) Bounded() Credit {
	return Credit{
		Bytes:   min(max(c.Bytes, MinBytes), MaxCreditBytes),
		Seconds: min(max(c.Seconds, MinCreditSeconds), MaxCreditSeconds),
	}
}

// Time returns the seconds as a duration.
func (c Credit) Time() time.Duration {
	return time.Duration(min(c.Seconds, MaxCreditSeconds)) * time.Second
}

// Worth returns what c costs: the most that the provider can lose.
func (m Meter) Worth(c Credit) (wherry.Amount, error) { return m.Rate.Cost(c.Time(), c.Bytes) }

// Start returns the credit of a new session: as many bytes as the opening buys,
// not below MinBytes and not above what the offer states.
func (m Meter) Start(offered Credit) Credit {
	o := offered.Bounded()
	o.Bytes = min(max(m.Rate.Bytes(m.Opening, o.Bytes), MinBytes), o.Bytes)
	return o
}

// Grow returns the credit after an invoice was paid: twice as much, but not
// above two ticks of what the session was measured to carry per second, nor
// above what the offer states. It never falls.
func (m Meter) Grow(c, offered Credit, perSecond uint64, tick time.Duration) Credit {
	ticks := min(uint64(max(2*tick, time.Second)/time.Millisecond), 1<<20)
	want := min(perSecond, MaxCreditBytes) / 1000 * ticks
	c.Bytes = max(c.Bytes, min(2*c.Bytes, want, offered.Bounded().Bytes))
	return c
}

// Account is where one session stands with its provider.
type Account struct {
	Covered wherry.Amount // the highest total that was asked for and paid
	For     Use           // what that total was asked for
	Credit  Credit        // what is carried beyond it
}

// covered returns the bytes that are paid for when the session is as old as u:
// those asked for, and those that an amount paid in advance still buys. Where
// bytes cost nothing it is what was used so far, so that an allowance, which
// cannot be taken back, never reaches further than the credit.
func (m Meter) covered(a Account, u Use) uint64 {
	if m.Rate.PerGiB.IsZero() {
		return u.Bytes
	}
	timed, err := m.Rate.Cost(u.Time(), 0)
	if err != nil {
		return a.For.Bytes
	}
	return max(a.For.Bytes, m.Rate.Bytes(a.Covered.SubFloor(timed), MaxBytes))
}

// Allowance returns the total bytes that the tunnel may have carried until the
// session is as old as u says. What lies above is dropped until more is paid.
func (m Meter) Allowance(a Account, u Use) uint64 {
	if m.Over(a, u) {
		return 0
	}
	return min(m.covered(a, u)+a.Credit.Bytes, MaxBytes)
}

// Over reports whether the credit is used up by time: something has been owed
// for longer than the credit's seconds.
func (m Meter) Over(a Account, u Use) bool {
	if u.Time() <= a.For.Time()+a.Credit.Time() {
		return false
	}
	cost, err := m.Rate.Cost(u.Time(), u.Bytes)
	return err != nil || a.Covered.Less(cost)
}

// Due reports whether it is time to ask: half of the credit is used, or since
// the last tick a time of tick has passed and something is owed. Little, less
// than the worth of some packets, waits for half of the credit's seconds.
func (m Meter) Due(a Account, u Use, since, tick time.Duration) bool {
	if m.Free() {
		return false
	}
	cost, err := m.Rate.Cost(u.Time(), u.Bytes)
	if err != nil || !a.Covered.Less(cost) {
		return false
	}
	if u.Bytes >= m.covered(a, u)+a.Credit.Bytes/2 || 2*since >= a.Credit.Time() {
		return true
	}
	small, err := m.Rate.Cost(0, smallBytes)
	return err == nil && since >= tick && !cost.SubFloor(a.Covered).Less(small)
}
