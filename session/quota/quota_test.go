package quota

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
)

var stockholm = time.FixedZone("CET", 3600)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, stockholm)
	if err != nil {
		panic(err)
	}
	return t
}

const gib = 1 << 30

func TestBytesHaveAForm(t *testing.T) {
	for text, want := range map[string]Bytes{"20GiB": 20 * gib, "1.5TB": 1_500_000_000_000, "0B": 0, "7 MiB": 7 << 20, "512KiB": 512 << 10} {
		if got, err := ParseBytes(text); err != nil || got != want {
			t.Errorf("%s: %d, %v, want %d", text, got, err, want)
		}
	}
	for _, bad := range []string{"", "20", "-1GiB", "1.GiB", "1.2345GiB", "GiB", "99999999999TiB", "1e3MB"} {
		if _, err := ParseBytes(bad); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%q: %v, want invalid", bad, err)
		}
	}
	if got := Bytes(2560 << 20).String(); got != "2.5 GiB" {
		t.Error(got)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := Bytes(rapid.Uint64Range(0, 1<<60).Draw(t, "b"))
		text, err := b.MarshalText()
		var back Bytes
		if err != nil || back.UnmarshalText(text) != nil || back != b {
			t.Fatalf("%d is written %s and read as %d", b, text, back)
		}
	})
}

func TestHoursHaveAForm(t *testing.T) {
	for _, text := range []string{"18-23 20GiB", "2-5 closed", "22-6 512MiB", "0-0 1GiB"} {
		var h Hours
		if err := h.UnmarshalText([]byte(text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if back, err := h.MarshalText(); err != nil || string(back) != text {
			t.Errorf("%s is written %s, %v", text, back, err)
		}
	}
	for _, bad := range []string{"", "18 20GiB", "24-3 closed", "1-25 closed", "a-b closed", "1-2", "1-2 much"} {
		if err := new(Hours).UnmarshalText([]byte(bad)); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%q: %v, want invalid", bad, err)
		}
	}
}

func TestCapsCloseAndOpenAgain(t *testing.T) {
	caps := Caps{Day: 10 * gib, Month: 15 * gib, Hours: []Hours{{First: 2, End: 5}, {First: 22, End: 2, Bytes: gib}}}
	var l Ledger
	check := func(when string, code wherry.Code, which string) {
		t.Helper()
		now := at(when)
		if err := caps.Admit(&l, now); code != "" && wherry.CodeOf(err) != code || code == "" && err != nil {
			t.Errorf("%s: %v, want %q", when, err, code)
		}
		if left := caps.Left(&l, now); left.Which != which {
			t.Errorf("%s: the tightest cap is %q, want %q", when, left.Which, which)
		}
	}
	check("2026-03-30 12:00", "", "day")
	check("2026-03-30 03:00", wherry.Refused, "hour")
	check("2026-03-30 23:30", "", "hour")
	l.Add(at("2026-03-30 23:30"), gib)
	check("2026-03-30 23:45", wherry.Busy, "hour")
	check("2026-03-31 00:05", "", "hour") // another hour
	l.Add(at("2026-03-31 12:00"), 10*gib)
	check("2026-03-31 13:00", wherry.Busy, "day")
	check("2026-04-01 13:00", "", "day") // another month
	if got := l.Month(at("2026-03-31 13:00")); got != 11*gib {
		t.Errorf("March carried %d", got)
	}
	l.Add(at("2026-04-01 13:00"), 8*gib)
	l.Add(at("2026-04-02 13:00"), 7*gib)
	check("2026-04-03 13:00", wherry.Busy, "month")
	if err := caps.Carry(&l, at("2026-04-03 13:00")); wherry.CodeOf(err) != wherry.Busy {
		t.Errorf("sessions go on beyond the cap of the month: %v", err)
	}
	if left := caps.Left(&l, at("2026-04-03 13:00")); !left.Until.Equal(at("2026-05-01 00:00")) {
		t.Errorf("the month begins anew at %s", left.Until)
	}
	if err := (Caps{}).Admit(&l, at("2026-04-03 03:00")); err != nil {
		t.Errorf("no caps: %v", err)
	}
}

// A clock that jumps does not refill anything, and a restart forgets nothing.
func TestLedgerSurvives(t *testing.T) {
	var l Ledger
	l.Add(at("2026-03-10 12:00"), 5)
	l.Add(at("2031-01-01 12:00"), 7)
	l.Add(at("2026-03-10 13:00"), 11)
	if got := l.Day(at("2026-03-10 23:00")); got != 16 {
		t.Errorf("the day has %d, want 16", got)
	}
	b, err := l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := Decode(b)
	if err != nil || back.Month(at("2026-03-31 00:00")) != 16 || back.Hour(at("2026-03-10 13:59")) != 11 {
		t.Errorf("after a restart: %v, %v", back, err)
	}
	for _, bad := range []string{"", "{}", `{"version":2}`, `{"version":1,"days":{"x":1}}`, `{"version":1,"hours":{"2026-03-10":1}}`} {
		if _, err := Decode([]byte(bad)); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s: %v, want invalid", bad, err)
		}
	}
}

// What is kept is bounded, whatever the clock does, and the running month is whole.
func TestLedgerIsBounded(t *testing.T) {
	var l Ledger
	start := at("2026-01-01 00:00")
	for i := range 400 * 24 {
		l.Add(start.Add(time.Duration(i)*time.Hour), 1)
	}
	if len(l.days) > keptDays || len(l.hours) > keptHours {
		t.Errorf("%d days and %d hours are kept", len(l.days), len(l.hours))
	}
	if got := l.Month(at("2027-01-31 23:00")); got != 31*24 {
		t.Errorf("the month has %d, want %d", got, 31*24)
	}
}
