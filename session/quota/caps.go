package quota

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
)

// Bytes is a number of bytes with a text form, as in 20GiB or 1.5TB.
type Bytes uint64

var units = []struct {
	name string
	size uint64
}{
	{"TiB", 1 << 40},
	{"GiB", 1 << 30},
	{"MiB", 1 << 20},
	{"KiB", 1 << 10},
	{"TB", 1e12},
	{"GB", 1e9},
	{"MB", 1e6},
	{"kB", 1e3},
	{"B", 1},
}

// ParseBytes reads a number with one of the units TiB, GiB, MiB, KiB, TB, GB, MB, kB and
// B. Errors have the code Invalid.
func ParseBytes(s string) (Bytes, error) {
	for _, u := range units {
		number, ok := strings.CutSuffix(s, u.name)
		if !ok {
			continue
		}
		whole, part, dot := strings.Cut(strings.TrimSpace(number), ".")
		n, err := strconv.ParseUint(whole, 10, 64)
		if err != nil || n > math.MaxInt64/u.size || dot && (len(part) == 0 || len(part) > 3) {
			break
		}
		n *= u.size
		if dot {
			f, err := strconv.ParseUint(part+strings.Repeat("0", 3-len(part)), 10, 64)
			if err != nil {
				break
			}
			n += f * u.size / 1000
		}
		return Bytes(n), nil
	}
	return 0, wherry.Errorf(wherry.Invalid, "%q is no number of bytes: want a form like 20GiB or 1.5TB", s)
}

// String returns the number in the largest binary unit of which there is one, with a
// digit behind the point.
func (b Bytes) String() string {
	for _, u := range units[:4] {
		if n := uint64(b); n >= u.size {
			return fmt.Sprintf("%d.%d %s", n/u.size, n%u.size*10/u.size, u.name)
		}
	}
	return fmt.Sprintf("%d B", uint64(b))
}

// UnmarshalText reads the form of ParseBytes.
func (b *Bytes) UnmarshalText(text []byte) (err error) {
	*b, err = ParseBytes(string(text))
	return err
}

// MarshalText writes a form that loses nothing.
func (b Bytes) MarshalText() ([]byte, error) {
	for _, u := range units[:4] {
		if b > 0 && uint64(b)%u.size == 0 {
			return fmt.Appendf(nil, "%d%s", uint64(b)/u.size, u.name), nil
		}
	}
	return fmt.Appendf(nil, "%dB", uint64(b)), nil
}

// Hours is a cap on each of the hours from First up to End, which is not included; over
// midnight if End is not after First. Zero bytes close those hours.
type Hours struct {
	First, End int // 0 to 23
	Bytes      Bytes
}

// UnmarshalText reads "18-23 20GiB" and "2-5 closed".
func (h *Hours) UnmarshalText(text []byte) error {
	bad := wherry.Errorf(wherry.Invalid, "hours %q: want a form like 18-23 20GiB or 2-5 closed", text)
	span, much, ok := strings.Cut(string(text), " ")
	first, end, ok2 := strings.Cut(span, "-")
	a, err1 := strconv.Atoi(first)
	e, err2 := strconv.Atoi(end)
	if !ok || !ok2 || err1 != nil || err2 != nil || a < 0 || a > 23 || e < 0 || e > 24 {
		return bad
	}
	*h = Hours{First: a, End: e % 24}
	if much == "closed" {
		return nil
	}
	var err error
	if h.Bytes, err = ParseBytes(much); err != nil {
		return bad
	}
	return nil
}

// MarshalText writes the form that UnmarshalText reads.
func (h Hours) MarshalText() ([]byte, error) {
	much := "closed"
	if h.Bytes > 0 {
		b, err := h.Bytes.MarshalText()
		if err != nil {
			return nil, err
		}
		much = string(b)
	}
	return fmt.Appendf(nil, "%d-%d %s", h.First, h.End, much), nil
}

func (h Hours) has(hour int) bool {
	if h.First < h.End {
		return h.First <= hour && hour < h.End
	}
	return hour >= h.First || hour < h.End
}

// Caps bound what is carried, both directions together, as it is on the wire. Zero is
// no bound.
type Caps struct {
	Session Bytes // one session
	Day     Bytes
	Month   Bytes
	Hours   []Hours // the first that has the hour counts
}

// hour returns the cap of the hour at now, and whether there is one.
func (c Caps) hour(now time.Time) (Bytes, bool) {
	for _, h := range c.Hours {
		if h.has(now.Hour()) {
			return h.Bytes, true
		}
	}
	return 0, false
}

// Hour returns the cap of the hour at now, 0 when there is none or the hour is closed.
func (c Caps) Hour(now time.Time) Bytes {
	b, _ := c.hour(now)
	return b
}

// Left is how much may still be carried at now. Which names the cap that is the tightest
// ("day", "month" or "hour"), "" when there is none.
type Left struct {
	Bytes Bytes
	Which string
	Until time.Time // when it begins anew
}

// Left holds the ledger against the caps.
func (c Caps) Left(l *Ledger, now time.Time) Left {
	y, m, d := now.Date()
	loc := now.Location()
	least := Left{Bytes: math.MaxUint64}
	look := func(most, used Bytes, which string, until time.Time) {
		if left := most - min(used, most); left < least.Bytes {
			least = Left{left, which, until}
		}
	}
	if c.Month > 0 {
		look(c.Month, l.Month(now), "month", time.Date(y, m+1, 1, 0, 0, 0, 0, loc))
	}
	if c.Day > 0 {
		look(c.Day, l.Day(now), "day", time.Date(y, m, d+1, 0, 0, 0, 0, loc))
	}
	if most, ok := c.hour(now); ok {
		look(most, l.Hour(now), "hour", time.Date(y, m, d, now.Hour()+1, 0, 0, 0, loc))
	}
	return least
}

// worth is the least that makes a session worth beginning.
const worth = 4 << 20

// Admit returns why no session should begin at now: Refused in an hour that is closed,
// Busy while a cap is used up; nil when one may.
func (c Caps) Admit(l *Ledger, now time.Time) error {
	if most, ok := c.hour(now); ok && most == 0 {
		return wherry.Errorf(wherry.Refused, "nothing is sold at this hour of the day")
	}
	left := c.Left(l, now)
	if left.Bytes < worth {
		return wherry.Errorf(wherry.Busy, "the cap of this %s is used up, until %s", left.Which, left.Until.UTC().Format("2006-01-02 15:04 UTC"))
	}
	return nil
}

// Carry returns why sessions have to end at now, nil when they may go on.
func (c Caps) Carry(l *Ledger, now time.Time) error {
	if most, ok := c.hour(now); ok && most == 0 {
		return wherry.Errorf(wherry.Refused, "nothing is sold at this hour of the day")
	}
	if left := c.Left(l, now); left.Bytes == 0 {
		return wherry.Errorf(wherry.Busy, "the cap of this %s is used up, until %s", left.Which, left.Until.UTC().Format("2006-01-02 15:04 UTC"))
	}
	return nil
}
