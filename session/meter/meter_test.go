package meter_test

import (
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/meter"
)

func rates() *rapid.Generator[wherry.Rate] {
	price := rapid.OneOf(
		rapid.Just(uint64(0)), rapid.Uint64Range(1, 1000), rapid.Uint64Range(1, 1e18), rapid.Just(uint64(1e17)))
	return rapid.Custom(func(t *rapid.T) wherry.Rate {
		return wherry.Rate{PerHour: wherry.Base(price.Draw(t, "per hour")), PerGiB: wherry.Base(price.Draw(t, "per GiB"))}
	})
}

func uses() *rapid.Generator[meter.Use] {
	return rapid.Custom(func(t *rapid.T) meter.Use {
		return meter.Use{
			Bytes:  rapid.OneOf(rapid.Uint64Range(0, 1<<22), rapid.Uint64Range(0, 1<<45)).Draw(t, "bytes"),
			Millis: rapid.OneOf(rapid.Uint64Range(0, 1e5), rapid.Uint64Range(0, 1e10)).Draw(t, "millis"),
		}
	})
}

// cost is what a use costs, the slow and obvious way.
func cost(r wherry.Rate, u meter.Use) *big.Int {
	part := func(price wherry.Amount, n, per uint64) *big.Int {
		p := new(big.Int).Mul(price.Big(), new(big.Int).SetUint64(n))
		return p.Quo(p, new(big.Int).SetUint64(per))
	}
	return new(big.Int).Add(part(r.PerHour, u.Millis, 3_600_000), part(r.PerGiB, u.Bytes, 1<<30))
}

func newMeter(t rapid.TB, r wherry.Rate) meter.Meter {
	m, err := meter.New(r, wherry.Amount{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func owed(t rapid.TB, m meter.Meter, u meter.Use) wherry.Amount {
	a, err := m.Owed(u)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestOwedIsTheModelsAndNeverGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMeter(t, rates().Draw(t, "rate"))
		u, v := uses().Draw(t, "use"), uses().Draw(t, "more")
		got := owed(t, m, u)
		want := cost(m.Rate, u)
		if o := m.Opening.Big(); want.Cmp(o) < 0 {
			want = o
		}
		if got.Big().Cmp(want) != 0 {
			t.Fatalf("%s owed, the model says %s", got.BaseString(), want)
		}
		more := u.Max(v)
		if owed(t, m, more).Less(got) {
			t.Fatalf("owed less for %+v than for %+v", more, u)
		}
	})
}

func TestOpeningIsNeverBelowItsWorth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rates().Draw(t, "rate")
		m, err := meter.New(r, wherry.Base(rapid.Uint64().Draw(t, "asked")))
		if err != nil {
			t.Fatal(err)
		}
		if m.Free() {
			if !m.Opening.IsZero() {
				t.Fatalf("free, and opens at %s", m.Opening)
			}
			return
		}
		if m.Opening.Less(meter.MinOpening) || r.Bytes(m.Opening, 1<<50) < meter.MinBytes {
			t.Fatalf("opening of %s buys %d bytes", m.Opening, r.Bytes(m.Opening, 1<<50))
		}
	})
}

// What an honest consumer pays, an honest provider takes; and nobody pays above
// its own count and the tolerance.
func TestToleranceFitsFromBothSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMeter(t, rates().Draw(t, "rate"))
		own, claim := uses().Draw(t, "own"), uses().Draw(t, "claim")
		if rapid.Bool().Draw(t, "close") {
			claim = own
			claim.Bytes += rapid.Uint64Range(0, meter.SlackBytes+own.Bytes/40).Draw(t, "above")
		}
		due := owed(t, m, claim)
		most, err := m.Most(own)
		if err != nil {
			t.Fatal(err)
		}
		if most.Less(due) {
			return // the consumer ends the session
		}
		pays := owed(t, m, own).Min(due)
		least, err := m.Least(due)
		if err != nil {
			t.Fatal(err)
		}
		if pays.Less(least) {
			t.Fatalf("an honest consumer pays %s and the provider wants %s of %s", pays.BaseString(), least.BaseString(), due.BaseString())
		}
		if due.Less(least) {
			t.Fatalf("the least of %s is %s", due.BaseString(), least.BaseString())
		}
	})
}

func TestToleranceIsTwoPercentAndSomePackets(t *testing.T) {
	m := newMeter(t, wherry.Rate{PerGiB: wherry.Tokens(1)})
	own := meter.Use{Bytes: 1 << 30}
	most, err := m.Most(own)
	if err != nil {
		t.Fatal(err)
	}
	bytes := m.Rate.Bytes(most, 1<<40)
	want := uint64(1<<30 + 1<<30*2/100 + 64<<10)
	if bytes+1 < want || bytes > want {
		t.Errorf("a claim of %d bytes is accepted over %d, want %d", bytes, own.Bytes, want)
	}
}

// At no instant can the provider lose more than the worth of the credit: what is
// carried stays within the allowance, and time stops when Over says so.
func TestLossIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMeter(t, rates().Draw(t, "rate"))
		offered := meter.Credit{
			Bytes: rapid.Uint64Range(0, 1<<34).Draw(t, "bytes"), Seconds: rapid.Uint64Range(0, 1000).Draw(t, "seconds"),
		}
		a := meter.Account{Credit: m.Start(offered)}
		var use meter.Use
		if a.Covered = m.Opening; m.Free() {
			return
		}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			// time goes by, in a look of a quarter of a second at most, and the consumer takes all it gets
			next := use
			next.Millis += rapid.Uint64Range(0, 250).Draw(t, "millis")
			if m.Over(a, next) {
				break // the tunnel is stopped within this look
			}
			next.Bytes = max(next.Bytes, m.Allowance(a, next))
			use = next
			if rapid.Bool().Draw(t, "pays") {
				due := owed(t, m, use).Max(a.Covered)
				a.Covered, a.For = due, use
				rate := rapid.Uint64Range(0, 1<<32).Draw(t, "rate")
				was := a.Credit
				a.Credit = m.Grow(a.Credit, offered, rate, time.Second)
				if a.Credit.Bytes < was.Bytes || a.Credit.Bytes > 2*was.Bytes || a.Credit.Bytes > offered.Bounded().Bytes {
					t.Fatalf("credit went from %d to %d, offered %d", was.Bytes, a.Credit.Bytes, offered.Bytes)
				}
				continue
			}
			worth, err := m.Worth(a.Credit)
			if err != nil {
				t.Fatal(err)
			}
			lost := new(big.Int).Sub(cost(m.Rate, use), a.Covered.Big())
			if slop := big.NewInt(2); lost.Cmp(slop.Add(slop, worth.Big())) > 0 {
				t.Fatalf("%s could be lost, the credit is worth %s", lost, worth.BaseString())
			}
		}
	})
}

func TestAllowanceGrowsOnlyWithWhatIsPaid(t *testing.T) {
	m := newMeter(t, wherry.Rate{PerGiB: wherry.Tokens(1)})
	a := meter.Account{Covered: m.Opening, Credit: m.Start(meter.Credit{Bytes: 1 << 20})}
	before := m.Allowance(a, meter.Use{})
	for s := range uint64(9) {
		if got := m.Allowance(a, meter.Use{Bytes: before, Millis: s * 1000}); got > before {
			t.Fatalf("after %d s without a payment the allowance grew from %d to %d", s, before, got)
		}
	}
	a.For = meter.Use{Bytes: before, Millis: 9000}
	a.Covered = owed(t, m, a.For)
	if got := m.Allowance(a, a.For); got != before+a.Credit.Bytes {
		t.Errorf("after a payment for %d bytes the allowance is %d", before, got)
	}
}

func TestCreditOfSecondsEnds(t *testing.T) {
	m := newMeter(t, wherry.Rate{PerHour: wherry.Tokens(1)})
	offered := meter.Credit{Bytes: 1 << 30, Seconds: 20}
	a := meter.Account{Covered: m.Opening, Credit: m.Start(offered)}
	if m.Over(a, meter.UseOf(20*time.Second, 0)) {
		t.Error("over before its time")
	}
	late := meter.UseOf(20*time.Second+time.Millisecond, 0)
	if !m.Over(a, late) || m.Allowance(a, late) != 0 {
		t.Error("not over after 20 s without a payment")
	}
	if got := m.Allowance(a, meter.UseOf(time.Second, 5)); got != 5+a.Credit.Bytes {
		t.Errorf("where bytes cost nothing %d are allowed: an allowance can't be taken back", got)
	}
}

func TestTickIsDue(t *testing.T) {
	perByte := newMeter(t, wherry.Rate{PerGiB: wherry.MustAmount("1")})
	perHour := newMeter(t, wherry.Rate{PerHour: wherry.MustAmount("1")})
	account := func(m meter.Meter) meter.Account {
		return meter.Account{Covered: m.Opening, Credit: meter.Credit{Bytes: 1 << 20, Seconds: 30}}
	}
	paid := perByte.Rate.Bytes(perByte.Opening, 1<<40)
	for name, c := range map[string]struct {
		m     meter.Meter
		u     meter.Use
		since time.Duration
		want  bool
	}{
		"nothing used":                 {perByte, meter.Use{}, time.Hour, false},
		"within the opening":           {perByte, meter.Use{Bytes: paid}, time.Hour, false},
		"half the credit":              {perByte, meter.Use{Bytes: paid + 1<<19}, 0, true},
		"less than half, at once":      {perByte, meter.Use{Bytes: paid + 1<<19 - 1}, 0, false},
		"less than half, after a tick": {perByte, meter.Use{Bytes: paid + 1<<19 - 1}, time.Second, true},
		"some packets, after a tick":   {perByte, meter.Use{Bytes: paid + 1<<10}, time.Second, false},
		"some packets, after a while":  {perByte, meter.Use{Bytes: paid + 1<<10}, 15 * time.Second, true},
		"a second, after a tick":       {perHour, meter.Use{Millis: 1400}, time.Second, true},
		"a second, before":             {perHour, meter.Use{Millis: 1400}, time.Second - 1, false},
		"free":                         {meter.Meter{}, meter.Use{Bytes: 1 << 40, Millis: 1 << 30}, time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.m.Due(account(c.m), c.u, c.since, time.Second); got != c.want {
				t.Errorf("due: %t", got)
			}
		})
	}
}

func TestCreditGrowsToTwoTicksOfWhatIsCarried(t *testing.T) {
	m := newMeter(t, wherry.Rate{PerGiB: wherry.MustAmount("0.1")})
	offered := meter.Credit{Bytes: 64 << 20, Seconds: 30}
	c := m.Start(offered)
	for range 20 {
		c = m.Grow(c, offered, 5<<20, time.Second)
	}
	if want := uint64(10 << 20); c.Bytes > want || c.Bytes < want*99/100 {
		t.Errorf("at 5 MiB/s the credit grew to %d bytes", c.Bytes)
	}
	for range 20 {
		c = m.Grow(c, offered, 1<<30, time.Second)
	}
	if c.Bytes != offered.Bytes {
		t.Errorf("at 1 GiB/s the credit grew to %d bytes, the offer states %d", c.Bytes, offered.Bytes)
	}
	if got := m.Grow(c, offered, 0, time.Second); got != c {
		t.Errorf("an idle tick made %d bytes of it", got.Bytes)
	}
}
