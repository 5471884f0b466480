package quota

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
)

// Ledger is what was carried, by day and by hour. The zero value is empty.
type Ledger struct {
	days, hours map[string]Bytes
}

// How periods are named. Names sort as time does.
const (
	dayName   = "2006-01-02"
	hourName  = "2006-01-02T15"
	monthName = "2006-01"
)

// How many are kept: the month's days and those of the one before, and two days' hours.
const keptDays, keptHours = 62, 48

// Add counts bytes that were carried at now.
func (l *Ledger) Add(now time.Time, n uint64) {
	if n == 0 {
		return
	}
	if l.days == nil {
		l.days, l.hours = map[string]Bytes{}, map[string]Bytes{}
	}
	l.days[now.Format(dayName)] += Bytes(n)
	l.hours[now.Format(hourName)] += Bytes(n)
	trim(l.days, keptDays)
	trim(l.hours, keptHours)
}

// trim forgets the oldest.
func trim(m map[string]Bytes, most int) {
	if len(m) <= most {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(m))[:len(m)-most] {
		delete(m, name)
	}
}

// Day returns what was carried on the day of now.
func (l *Ledger) Day(now time.Time) Bytes { return l.days[now.Format(dayName)] }

// Hour returns what was carried in the hour of now.
func (l *Ledger) Hour(now time.Time) Bytes { return l.hours[now.Format(hourName)] }

// Month returns what was carried in the month of now.
func (l *Ledger) Month(now time.Time) Bytes {
	var sum Bytes
	for name, n := range l.days {
		if strings.HasPrefix(name, now.Format(monthName)) {
			sum += n
		}
	}
	return sum
}

// stored is the ledger in a file.
type stored struct {
	Version int               `json:"version"`
	Days    map[string]uint64 `json:"days"`
	Hours   map[string]uint64 `json:"hours"`
}

// Encode returns the ledger for a file.
func (l *Ledger) Encode() ([]byte, error) {
	s := stored{Version: 1, Days: map[string]uint64{}, Hours: map[string]uint64{}}
	for name, n := range l.days {
		s.Days[name] = uint64(n)
	}
	for name, n := range l.hours {
		s.Hours[name] = uint64(n)
	}
	return json.Marshal(s)
}

// Decode reads what Encode wrote. Errors have the code Invalid.
func Decode(b []byte) (*Ledger, error) {
	var s stored
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "the ledger of what was carried: %w", err)
	}
	if s.Version != 1 {
		return nil, wherry.Errorf(wherry.Invalid, "the ledger of what was carried has version %d", s.Version)
	}
	l := &Ledger{days: map[string]Bytes{}, hours: map[string]Bytes{}}
	for name, n := range s.Days {
		if _, err := time.Parse(dayName, name); err != nil {
			return nil, wherry.Errorf(wherry.Invalid, "the ledger of what was carried: %w", err)
		}
		l.days[name] = Bytes(n)
	}
	for name, n := range s.Hours {
		if _, err := time.Parse(hourName, name); err != nil {
			return nil, wherry.Errorf(wherry.Invalid, "the ledger of what was carried: %w", err)
		}
		l.hours[name] = Bytes(n)
	}
	return l, nil
}
