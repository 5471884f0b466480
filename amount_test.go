package wherry_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
)

// limit is 2^128, the first number that is not an amount.
var limit = new(big.Int).Lsh(big.NewInt(1), 128)

// anyAmount draws amounts of every size, not only huge ones.
func anyAmount(t *rapid.T, name string) wherry.Amount {
	b := rapid.SliceOfN(rapid.Byte(), 0, 16).Draw(t, name)
	a, err := wherry.AmountFromBig(new(big.Int).SetBytes(b))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// agree compares a result with math/big's, which may not fit.
func agree(t *rapid.T, got wherry.Amount, err error, want *big.Int) {
	if want.Sign() < 0 || want.Cmp(limit) >= 0 {
		if !errors.Is(err, wherry.ErrOverflow) {
			t.Fatalf("%s does not fit, and the answer was %s, %v", want, got.BaseString(), err)
		}
		if !got.IsZero() {
			t.Fatalf("an error came with the amount %s", got.BaseString())
		}
		return
	}
	if err != nil || got.Big().Cmp(want) != 0 {
		t.Fatalf("got %s, %v; want %s", got.BaseString(), err, want)
	}
}

func TestArithmeticAgreesWithBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyAmount(t, "a"), anyAmount(t, "b")
		sum, err := a.Add(b)
		agree(t, sum, err, new(big.Int).Add(a.Big(), b.Big()))
		diff, err := a.Sub(b)
		agree(t, diff, err, new(big.Int).Sub(a.Big(), b.Big()))
		if want := a.Big().Cmp(b.Big()); a.Cmp(b) != want || a.Less(b) != (want < 0) {
			t.Fatalf("Cmp is %d, want %d", a.Cmp(b), want)
		}
		if a.Min(b).Cmp(a.Max(b)) > 0 || a.Min(b) != a && a.Min(b) != b {
			t.Fatal("Min and Max disagree")
		}
		floor := a.SubFloor(b)
		if a.Less(b) && !floor.IsZero() || !a.Less(b) && floor != diff {
			t.Fatalf("SubFloor is %s", floor.BaseString())
		}
		if a.FitsChain() != (a.Big().BitLen() <= 96) || a.FitsChain() != !wherry.MaxOnChain.Less(a) {
			t.Fatal("FitsChain disagrees with MaxOnChain")
		}
	})
}

func TestMulDivAgreesWithBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAmount(t, "a")
		num, den := rapid.Uint64().Draw(t, "num"), rapid.Uint64().Draw(t, "den")
		got, err := a.MulDiv(num, den)
		if den == 0 {
			if !errors.Is(err, wherry.ErrOverflow) {
				t.Fatal("division by zero was answered")
			}
			return
		}
		want := new(big.Int).Mul(a.Big(), new(big.Int).SetUint64(num))
		agree(t, got, err, want.Quo(want, new(big.Int).SetUint64(den)))
	})
}

func TestSumStopsAtOverflow(t *testing.T) {
	most, err := wherry.AmountFromBig(new(big.Int).Sub(limit, big.NewInt(1)))
	if err != nil {
		t.Fatal(err)
	}
	if s, err := wherry.Sum(most, wherry.Base(1)); !errors.Is(err, wherry.ErrOverflow) || !s.IsZero() {
		t.Errorf("2^128 is %s, %v", s, err)
	}
	if s, err := wherry.Sum(); err != nil || !s.IsZero() {
		t.Errorf("the sum of nothing is %s, %v", s, err)
	}
	if s, err := wherry.Sum(wherry.Tokens(1), wherry.Base(5)); err != nil || s.BaseString() != "1000000000000000005" {
		t.Errorf("1 token and 5 base units are %s, %v", s.BaseString(), err)
	}
}

func TestAmountRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAmount(t, "a")
		if back, err := wherry.ParseAmount(a.String()); err != nil || back != a {
			t.Fatalf("%s reads back as %s, %v", a, back, err)
		}
		b, _ := a.MarshalBinary()
		var back wherry.Amount
		if err := back.UnmarshalBinary(b); err != nil || back != a {
			t.Fatalf("%x reads back as %s, %v", b, back, err)
		}
		w := a.Word()
		if new(big.Int).SetBytes(w[:]).Cmp(a.Big()) != 0 {
			t.Fatalf("word %x of %s", w, a.BaseString())
		}
		j, err := json.Marshal(a)
		if err != nil || string(j) != `"`+a.String()+`"` {
			t.Fatalf("JSON of %s is %s, %v", a, j, err)
		}
	})
}

func TestParseAmount(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "1": "1000000000000000000", "0.0001": "100000000000000", "007.50": "7500000000000000000",
		"0.000000000000000001":                     "1",
		"340282366920938463463.374607431768211455": "340282366920938463463374607431768211455",
	} {
		if a, err := wherry.ParseAmount(in); err != nil || a.BaseString() != want {
			t.Errorf("%q is %s, %v; want %s", in, a.BaseString(), err, want)
		}
	}
	for _, in := range []string{
		"", ".", "1.", ".5", "-1", "+1", "1e3", " 1", "1 ", "1,5", "1_000", "1.2.3", "0x10", "NaN", "١",
		"0.0000000000000000001", "340282366920938463463.374607431768211456", strings.Repeat("9", 500),
	} {
		a, err := wherry.ParseAmount(in)
		if wherry.CodeOf(err) != wherry.Invalid || !a.IsZero() {
			t.Errorf("%q is %s, %v; want an error", in, a, err)
		}
		if err != nil && len(err.Error()) > 200 {
			t.Errorf("the error for %d bytes is %d bytes long", len(in), len(err.Error()))
		}
	}
}

func TestAmountIsNeverANumberInJSON(t *testing.T) {
	var a wherry.Amount
	if err := json.Unmarshal([]byte(`1.5`), &a); err == nil {
		t.Errorf("a JSON number became %s: its reader may have been a float", a)
	}
}

func TestOneAmountHasOneBinaryForm(t *testing.T) {
	for _, b := range [][]byte{{0}, {0, 1}, make([]byte, 17), append([]byte{1}, make([]byte, 16)...)} {
		if a, err := wherry.AmountFromBytes(b); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%x is %s, %v; want an error", b, a, err)
		}
	}
}

func TestAmountFromBigRefuses(t *testing.T) {
	for _, v := range []*big.Int{nil, big.NewInt(-1), limit} {
		if a, err := wherry.AmountFromBig(v); !errors.Is(err, wherry.ErrOverflow) {
			t.Errorf("%v is %s, %v; want an error", v, a, err)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"0", "0.284", "12", "1.", "-3", "340282366920938463463.374607431768211455"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := wherry.ParseAmount(s)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("%q became %s, and is no number", s, a)
		}
		got := new(big.Rat).SetFrac(a.Big(), new(big.Int).Exp(big.NewInt(10), big.NewInt(wherry.Decimals), nil))
		if got.Cmp(want) != 0 {
			t.Fatalf("%q became %s", s, a)
		}
	})
}
