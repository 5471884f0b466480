package wherry

import "time"

// GiB is 2^30 bytes.
const GiB = 1 << 30

// Rate is a price: per hour and per GiB, both at once.
type Rate struct {
	PerHour Amount `json:"per_hour"`
	PerGiB  Amount `json:"per_gib"`
}

// Cost returns what d of time and n bytes cost together, each part rounded down
// in favour of the payer. Time counts in whole milliseconds; a negative time
// costs nothing. It grows with both arguments and never goes back. ErrOverflow
// is returned where the sum does not fit.
func (r Rate) Cost(d time.Duration, n uint64) (Amount, error) {
	var ms uint64
	if d > 0 {
		ms = uint64(d / time.Millisecond)
	}
	t, err := r.PerHour.MulDiv(ms, uint64(time.Hour/time.Millisecond))
	if err != nil {
		return Amount{}, err
	}
	b, err := r.PerGiB.MulDiv(n, GiB)
	if err != nil {
		return Amount{}, err
	}
	return t.Add(b)
}

// Bytes returns how many bytes a buys at r's price per GiB, rounded down, and
// at most limit. A price of zero buys limit.
func (r Rate) Bytes(a Amount, limit uint64) uint64 {
	if r.PerGiB.IsZero() {
		return limit
	}
	lo, hi := uint64(0), limit // largest n <= limit whose cost is at most a
	for lo < hi {
		mid := lo + (hi-lo)/2 + (hi-lo)%2
		c, err := r.PerGiB.MulDiv(mid, GiB)
		if err != nil || a.Less(c) {
			hi = mid - 1
		} else {
			lo = mid
		}
	}
	return lo
}

// Within reports whether both parts of r are at most those of ceiling.
func (r Rate) Within(ceiling Rate) bool {
	return !ceiling.PerHour.Less(r.PerHour) && !ceiling.PerGiB.Less(r.PerGiB)
}
