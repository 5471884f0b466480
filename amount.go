package wherry

import (
	"encoding/binary"
	"math/big"
	"math/bits"
	"strings"
)

// Amount is a quantity of the settlement token in its base unit: 10^-18 of a
// token. It holds 128 bits, as a contract's uint128 does. The zero value is
// zero, values compare with ==, and arithmetic reports overflow instead of
// wrapping. There is no way from a float to an Amount.
type Amount struct{ hi, lo uint64 }

// Decimals is the number of decimals of the token.
const Decimals = 18

// Currency is the token's symbol, as people read it.
const Currency = "FARE"

// ErrOverflow is returned when a result does not fit: above 2^128 - 1, or below
// zero. Its code is Invalid.
var ErrOverflow = Errorf(Invalid, "amount out of range")

// MaxOnChain is the largest amount that the contracts accept: 2^96 - 1 base units.
var MaxOnChain = Amount{hi: 1<<32 - 1, lo: 1<<64 - 1}

// Base returns an Amount of n base units.
func Base(n uint64) Amount { return Amount{lo: n} }

// Tokens returns an Amount of n whole tokens.
func Tokens(n uint64) Amount {
	hi, lo := bits.Mul64(n, 1e18)
	return Amount{hi, lo}
}

// Add returns a+b, or ErrOverflow.
func (a Amount) Add(b Amount) (Amount, error) {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi, carry := bits.Add64(a.hi, b.hi, carry)
	if carry != 0 {
		return Amount{}, ErrOverflow
	}
	return Amount{hi, lo}, nil
}

// Sub returns a-b, or ErrOverflow when b is larger.
func (a Amount) Sub(b Amount) (Amount, error) {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	hi, borrow := bits.Sub64(a.hi, b.hi, borrow)
	if borrow != 0 {
		return Amount{}, ErrOverflow
	}
	return Amount{hi, lo}, nil
}

// SubFloor returns a-b, or zero when b is larger.
func (a Amount) SubFloor(b Amount) Amount {
	d, err := a.Sub(b)
	if err != nil {
		return Amount{}
	}
	return d
}

// Sum returns the sum of all, or ErrOverflow.
func Sum(all ...Amount) (Amount, error) {
	var s Amount
	for _, a := range all {
		var err error
		if s, err = s.Add(a); err != nil {
			return Amount{}, err
		}
	}
	return s, nil
}

// MulDiv returns a*num/den rounded down, with an intermediate product of 192
// bits, or ErrOverflow when the quotient does not fit or den is zero.
func (a Amount) MulDiv(num, den uint64) (Amount, error) {
	if den == 0 {
		return Amount{}, ErrOverflow
	}
	p1, p0 := bits.Mul64(a.lo, num)
	q2, q1 := bits.Mul64(a.hi, num)
	var carry uint64
	p1, carry = bits.Add64(p1, q1, 0)
	p2 := q2 + carry // cannot wrap: the product has at most 192 bits
	if p2 >= den {
		return Amount{}, ErrOverflow
	}
	hi, rem := bits.Div64(p2, p1, den)
	lo, _ := bits.Div64(rem, p0, den)
	return Amount{hi, lo}, nil
}

// Cmp returns -1, 0 or +1 as a is less than, equal to or greater than b.
func (a Amount) Cmp(b Amount) int {
	switch {
	case a == b:
		return 0
	case a.hi < b.hi || a.hi == b.hi && a.lo < b.lo:
		return -1
	}
	return 1
}

// Less reports whether a < b.
func (a Amount) Less(b Amount) bool { return a.Cmp(b) < 0 }

// Min returns the smaller of a and b.
func (a Amount) Min(b Amount) Amount {
	if b.Less(a) {
		return b
	}
	return a
}

// Max returns the larger of a and b.
func (a Amount) Max(b Amount) Amount {
	if a.Less(b) {
		return b
	}
	return a
}

// IsZero reports whether a is zero.
func (a Amount) IsZero() bool { return a == Amount{} }

// FitsChain reports whether the contracts accept a.
func (a Amount) FitsChain() bool { return a.hi>>32 == 0 }

// Word returns a as a 32-byte big-endian EVM word.
func (a Amount) Word() (w [32]byte) {
	binary.BigEndian.PutUint64(w[16:], a.hi)
	binary.BigEndian.PutUint64(w[24:], a.lo)
	return w
}

// AppendBytes appends a as big-endian bytes without leading zeros: 0 to 16 of them.
func (a Amount) AppendBytes(b []byte) []byte {
	w := a.Word()
	i := 16
	for i < 32 && w[i] == 0 {
		i++
	}
	return append(b, w[i:]...)
}

// AmountFromBytes reads what AppendBytes writes. Longer than 16 bytes, or with a
// leading zero, is Invalid: one amount has one form.
func AmountFromBytes(b []byte) (Amount, error) {
	if len(b) > 16 {
		return Amount{}, Errorf(Invalid, "amount of %d bytes: at most 16", len(b))
	}
	if len(b) > 0 && b[0] == 0 {
		return Amount{}, Errorf(Invalid, "amount with a leading zero byte")
	}
	var w [16]byte
	copy(w[16-len(b):], b)
	return Amount{binary.BigEndian.Uint64(w[:8]), binary.BigEndian.Uint64(w[8:])}, nil
}

// MarshalBinary implements encoding.BinaryMarshaler with the form of AppendBytes.
func (a Amount) MarshalBinary() ([]byte, error) { return a.AppendBytes(nil), nil }

// UnmarshalBinary implements encoding.BinaryUnmarshaler; see AmountFromBytes.
func (a *Amount) UnmarshalBinary(b []byte) error {
	v, err := AmountFromBytes(b)
	if err != nil {
		return err
	}
	*a = v
	return nil
}

// Big returns a as a new big.Int, for libraries that ask for one.
func (a Amount) Big() *big.Int {
	w := a.Word()
	return new(big.Int).SetBytes(w[16:])
}

// AmountFromBig returns v, or ErrOverflow when v is nil, negative or too large.
func AmountFromBig(v *big.Int) (Amount, error) {
	if v == nil || v.Sign() < 0 || v.BitLen() > 128 {
		return Amount{}, ErrOverflow
	}
	var b [16]byte
	v.FillBytes(b[:])
	return Amount{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}, nil
}

// BaseString returns a in base units: a decimal integer.
func (a Amount) BaseString() string { return a.Big().String() }

// String returns a in tokens, exactly, without trailing zeros: "0.284", "12".
func (a Amount) String() string {
	s := a.BaseString()
	if len(s) <= Decimals {
		s = strings.Repeat("0", Decimals+1-len(s)) + s
	}
	whole, frac := s[:len(s)-Decimals], strings.TrimRight(s[len(s)-Decimals:], "0")
	if frac == "" {
		return whole
	}
	return whole + "." + frac
}

// ParseAmount reads an amount of tokens: digits, at most one point, at most 18
// digits behind it. No sign, exponent, space or separator. Errors have the code
// Invalid.
func ParseAmount(s string) (Amount, error) {
	whole, frac, point := strings.Cut(s, ".")
	if whole == "" || point && frac == "" {
		return Amount{}, Errorf(Invalid, "amount %q: want digits, as in 0.284", clip(s))
	}
	if len(frac) > Decimals {
		return Amount{}, Errorf(Invalid, "amount %q: more than %d decimals", clip(s), Decimals)
	}
	var a Amount
	for _, c := range []byte(whole + frac + strings.Repeat("0", Decimals-len(frac))) {
		if c < '0' || c > '9' {
			return Amount{}, Errorf(Invalid, "amount %q: want digits, as in 0.284", clip(s))
		}
		ten, err := a.MulDiv(10, 1)
		if err == nil {
			a, err = ten.Add(Base(uint64(c - '0')))
		}
		if err != nil {
			return Amount{}, Errorf(Invalid, "amount %q: %w", clip(s), ErrOverflow)
		}
	}
	return a, nil
}

// MustAmount is ParseAmount for constants in programs; it panics on a bad one.
func MustAmount(s string) Amount {
	a, err := ParseAmount(s)
	if err != nil {
		panic(err)
	}
	return a
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; see ParseAmount.
func (a *Amount) UnmarshalText(text []byte) error {
	v, err := ParseAmount(string(text))
	if err != nil {
		return err
	}
	*a = v
	return nil
}
