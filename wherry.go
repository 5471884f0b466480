// Package wherry holds the words that every part of wherry shares, and their
// rules: amounts of money, addresses, hashes, rates, places, sessions and the
// codes that errors carry.
//
// wherry is a decentralized VPN with a value exchange built in. A provider
// sells bandwidth, a consumer buys it, a hub clears the payments between them
// and an auditor measures what is sold. Payment is by signed promises: running
// totals that the consumer signs to a hub, tick after tick, and that a contract
// on an EVM chain stands behind.
//
// The package has no engine: nothing here opens a socket, reads a clock or
// starts a goroutine. Everything is a value, safe for concurrent use, and
// imports only the standard library and x/crypto/sha3.
package wherry

import (
	"encoding/hex"
	"fmt"

	"golang.org/x/crypto/sha3"
)

// Hash is 32 bytes: the Keccak-256 of something, or a hash lock's preimage.
// The zero Hash means "none".
type Hash [32]byte

// Keccak256 returns the Keccak-256 (the original padding, as Ethereum uses it)
// of the concatenation of parts.
func Keccak256(parts ...[]byte) Hash {
	h := sha3.NewLegacyKeccak256()
	for _, p := range parts {
		h.Write(p) // a hash never fails to write
	}
	var out Hash
	h.Sum(out[:0])
	return out
}

// IsZero reports whether h is the zero Hash.
func (h Hash) IsZero() bool { return h == Hash{} }

// String returns h as 0x and 64 lower-case hexadecimal digits.
func (h Hash) String() string { return "0x" + hex.EncodeToString(h[:]) }

// MarshalText implements encoding.TextMarshaler with the form of String.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; see ParseHash.
func (h *Hash) UnmarshalText(text []byte) error {
	v, err := ParseHash(string(text))
	if err != nil {
		return err
	}
	*h = v
	return nil
}

// MarshalBinary implements encoding.BinaryMarshaler with the 32 bytes.
func (h Hash) MarshalBinary() ([]byte, error) { return h[:], nil }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. Any other number of
// bytes than 32 is Invalid.
func (h *Hash) UnmarshalBinary(b []byte) error { return exactly(h[:], b, "hash") }

// ParseHash reads 0x and 64 hexadecimal digits. Errors have the code Invalid.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if len(s) != 2+2*len(h) || s[0] != '0' || s[1] != 'x' {
		return Hash{}, Errorf(Invalid, "hash %q: want 0x and 64 hexadecimal digits", clip(s))
	}
	if _, err := hex.Decode(h[:], []byte(s[2:])); err != nil {
		return Hash{}, Errorf(Invalid, "hash %q: %w", clip(s), err)
	}
	return h, nil
}

// SessionID names one session: 32 random bytes that the consumer draws. It
// appears in every order, so that a payment says what it was for.
type SessionID [32]byte

const sessionPrefix = "ses_"

// String returns ses_ and 64 hexadecimal digits.
func (id SessionID) String() string { return sessionPrefix + hex.EncodeToString(id[:]) }

// Short returns ses_ and the first eight digits, for people's eyes only.
func (id SessionID) Short() string { return sessionPrefix + hex.EncodeToString(id[:4]) }

// MarshalText implements encoding.TextMarshaler with the form of String.
func (id SessionID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; see ParseSessionID.
func (id *SessionID) UnmarshalText(text []byte) error {
	v, err := ParseSessionID(string(text))
	if err != nil {
		return err
	}
	*id = v
	return nil
}

// MarshalBinary implements encoding.BinaryMarshaler with the 32 bytes.
func (id SessionID) MarshalBinary() ([]byte, error) { return id[:], nil }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. Any other number of
// bytes than 32 is Invalid.
func (id *SessionID) UnmarshalBinary(b []byte) error { return exactly(id[:], b, "session") }

// ParseSessionID reads the form that String writes. Errors have the code Invalid.
func ParseSessionID(s string) (SessionID, error) {
	var id SessionID
	if len(s) != len(sessionPrefix)+2*len(id) || s[:len(sessionPrefix)] != sessionPrefix {
		return SessionID{}, Errorf(Invalid, "session %q: want ses_ and 64 hexadecimal digits", clip(s))
	}
	if _, err := hex.Decode(id[:], []byte(s[len(sessionPrefix):])); err != nil {
		return SessionID{}, Errorf(Invalid, "session %q: %w", clip(s), err)
	}
	return id, nil
}

// exactly copies src to dst, which must be as long: a decoder that filled up or
// cut off what a stranger sent would give one value many forms.
func exactly(dst, src []byte, what string) error {
	if len(src) != len(dst) {
		return Errorf(Invalid, "%s of %d bytes: want %d", what, len(src), len(dst))
	}
	copy(dst, src)
	return nil
}

// clip shortens what a stranger wrote before it is quoted in an error.
func clip(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	return fmt.Sprintf("%s… (%d bytes)", s[:most], len(s))
}
