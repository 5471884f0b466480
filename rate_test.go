package wherry_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
)

func anyRate(t *rapid.T) wherry.Rate {
	return wherry.Rate{PerHour: anyAmount(t, "hour"), PerGiB: anyAmount(t, "gib")}
}

func TestCost(t *testing.T) {
	r := wherry.Rate{PerHour: wherry.MustAmount("0.002"), PerGiB: wherry.MustAmount("0.08")}
	for _, c := range []struct {
		d    time.Duration
		n    uint64
		want string
	}{
		{0, 0, "0"},
		{time.Hour, 0, "0.002"},
		{30 * time.Minute, wherry.GiB, "0.081"},
		{-time.Hour, wherry.GiB / 2, "0.04"},
		{time.Millisecond - 1, 0, "0"},
		{time.Millisecond, 0, "0.000000000555555555"},
		{0, 1, "0.000000000074505805"},
	} {
		if got, err := r.Cost(c.d, c.n); err != nil || got.String() != c.want {
			t.Errorf("%v and %d bytes cost %s, %v; want %s", c.d, c.n, got, err, c.want)
		}
	}
}

// More time or more bytes never cost less, and never more than the exact price.
func TestCostNeverGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRate(t)
		d1, n1 := time.Duration(rapid.Int64().Draw(t, "d1")), rapid.Uint64().Draw(t, "n1")
		d2, n2 := time.Duration(rapid.Int64().Draw(t, "d2")), rapid.Uint64().Draw(t, "n2")
		if d2 < d1 || n2 < n1 {
			return
		}
		a, err1 := r.Cost(d1, n1)
		b, err2 := r.Cost(d2, n2)
		if err1 != nil && err2 == nil {
			t.Fatal("less use does not fit and more does")
		}
		if err1 == nil && err2 == nil && b.Less(a) {
			t.Fatalf("%v and %d bytes cost %s, %v and %d bytes cost %s", d1, n1, a, d2, n2, b)
		}
		if err1 != nil {
			return
		}
		exact := new(big.Rat).SetFrac(new(big.Int).Mul(r.PerGiB.Big(), new(big.Int).SetUint64(n1)), big.NewInt(wherry.GiB))
		hours := new(big.Rat).SetFrac64(max(0, int64(d1)), int64(time.Hour))
		exact.Add(exact, hours.Mul(hours, new(big.Rat).SetInt(r.PerHour.Big())))
		if new(big.Rat).SetInt(a.Big()).Cmp(exact) > 0 {
			t.Fatalf("%s is above the exact price %s", a.BaseString(), exact.FloatString(3))
		}
	})
}

func TestCostReportsOverflow(t *testing.T) {
	most, _ := wherry.AmountFromBig(new(big.Int).Sub(limit, big.NewInt(1)))
	for _, r := range []wherry.Rate{{PerHour: most}, {PerGiB: most}} {
		if c, err := r.Cost(2*time.Hour, 2*wherry.GiB); err == nil {
			t.Errorf("twice the largest amount is %s", c)
		}
	}
}

func TestBytesIsTheMostThatAnAmountBuys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRate(t)
		a, most := anyAmount(t, "a"), rapid.Uint64().Draw(t, "limit")
		n := r.Bytes(a, most)
		if n > most {
			t.Fatalf("%d bytes, above the limit of %d", n, most)
		}
		if c, err := r.Cost(0, n); err != nil || a.Less(c) {
			t.Fatalf("%d bytes cost %s, %v, and %s was there", n, c, err, a)
		}
		if n < most {
			if c, err := r.Cost(0, n+1); err == nil && !a.Less(c) {
				t.Fatalf("one byte more than %d was affordable: %s of %s", n, c, a)
			}
		}
	})
	free := wherry.Rate{PerHour: wherry.Tokens(1)}
	if n := free.Bytes(wherry.Amount{}, math.MaxUint64); n != math.MaxUint64 {
		t.Errorf("free bytes end at %d", n)
	}
}

func TestWithinAsksForBothParts(t *testing.T) {
	one, two := wherry.Tokens(1), wherry.Tokens(2)
	ceiling := wherry.Rate{PerHour: one, PerGiB: one}
	for _, c := range []struct {
		r    wherry.Rate
		want bool
	}{
		{wherry.Rate{}, true},
		{ceiling, true},
		{wherry.Rate{PerHour: two, PerGiB: one}, false},
		{wherry.Rate{PerHour: one, PerGiB: two}, false},
	} {
		if got := c.r.Within(ceiling); got != c.want {
			t.Errorf("%v within %v is %v", c.r, ceiling, got)
		}
	}
}
