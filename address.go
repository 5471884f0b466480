package wherry

import (
	"encoding/hex"
	"strings"
)

// Address is an account of an EVM chain: the last 20 bytes of the Keccak-256 of
// a public key, or a contract's place. An identity's address is its name. The
// zero Address means "none".
type Address [20]byte

// IsZero reports whether a is the zero Address.
func (a Address) IsZero() bool { return a == Address{} }

// String returns 0x and 40 hexadecimal digits with the checksum of EIP-55.
func (a Address) String() string {
	out := []byte(hex.EncodeToString(a[:]))
	sum := Keccak256(out)
	for i, c := range out {
		nibble := sum[i/2] >> 4
		if i%2 == 1 {
			nibble = sum[i/2] & 0xf
		}
		if c >= 'a' && nibble >= 8 {
			out[i] = c - 'a' + 'A'
		}
	}
	return "0x" + string(out)
}

// Short returns the first four and last four digits, for people's eyes only.
func (a Address) Short() string {
	s := a.String()
	return s[:6] + "…" + s[len(s)-4:]
}

// Word returns a as a 32-byte EVM word, padded on the left.
func (a Address) Word() (w [32]byte) {
	copy(w[12:], a[:])
	return w
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; see ParseAddress.
func (a *Address) UnmarshalText(text []byte) error {
	v, err := ParseAddress(string(text))
	if err != nil {
		return err
	}
	*a = v
	return nil
}

// MarshalBinary implements encoding.BinaryMarshaler with the 20 bytes.
func (a Address) MarshalBinary() ([]byte, error) { return a[:], nil }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. Any other number of
// bytes than 20 is Invalid.
func (a *Address) UnmarshalBinary(b []byte) error { return exactly(a[:], b, "address") }

// ParseAddress reads 0x and 40 hexadecimal digits. Digits in one case are taken
// as they are; in mixed case the checksum of EIP-55 must fit, so that a slip of
// the hand is not an address. Errors have the code Invalid.
func ParseAddress(s string) (Address, error) {
	var a Address
	if len(s) != 2+2*len(a) || s[0] != '0' || s[1] != 'x' {
		return Address{}, Errorf(Invalid, "address %q: want 0x and 40 hexadecimal digits", clip(s))
	}
	digits := s[2:]
	if _, err := hex.Decode(a[:], []byte(digits)); err != nil {
		return Address{}, Errorf(Invalid, "address %q: %w", clip(s), err)
	}
	if digits != strings.ToLower(digits) && digits != strings.ToUpper(digits) && s != a.String() {
		return Address{}, Errorf(Invalid, "address %s: its checksum does not fit, so a character is wrong", s)
	}
	return a, nil
}

// MustAddress is ParseAddress for constants in programs; it panics on a bad one.
func MustAddress(s string) Address {
	a, err := ParseAddress(s)
	if err != nil {
		panic(err)
	}
	return a
}
