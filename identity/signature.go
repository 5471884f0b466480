package identity

import (
	"encoding/hex"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/wherrynet/wherry"
)

// Signature is an ECDSA signature over secp256k1 in the compact form of
// EIP-2098: r, then s with the recovery bit in its highest bit. Since that bit
// is taken, s is below half the group order whatever a stranger sends, or the
// recovery refuses it.
type Signature [64]byte

// halfOrder is half of the order of secp256k1: the largest s that EIP-2 allows.
var halfOrder = [32]byte{
	0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0,
}

// ErrSignature is returned for a signature that is malformed or of somebody
// else. Its code is Forbidden.
var ErrSignature = wherry.Errorf(wherry.Forbidden, "the signature does not fit")

// SignatureFrom65 takes the form r, s, v with v of 0, 1, 27 or 28. A high s is
// refused.
func SignatureFrom65(b [65]byte) (Signature, error) {
	v := b[64]
	if v >= 27 {
		v -= 27
	}
	if v > 1 {
		return Signature{}, ErrSignature
	}
	s := Signature(b[:64])
	if s.highS() || s[32]&0x80 != 0 {
		return Signature{}, ErrSignature
	}
	s[32] |= v << 7
	return s, nil
}

// Bytes65 returns the form r, s, v with v of 0 or 1.
func (s Signature) Bytes65() [65]byte {
	var b [65]byte
	copy(b[:], s[:])
	b[64] = b[32] >> 7
	b[32] &= 0x7f
	return b
}

// IsZero reports whether s is the zero Signature, which no key makes.
func (s Signature) IsZero() bool { return s == Signature{} }

// String returns 0x and 128 hexadecimal digits.
func (s Signature) String() string { return "0x" + hex.EncodeToString(s[:]) }

// MarshalText implements encoding.TextMarshaler with the form of String.
func (s Signature) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the form of String. Errors have the code Invalid.
func (s *Signature) UnmarshalText(text []byte) error {
	if len(text) != 2+2*len(s) || text[0] != '0' || text[1] != 'x' {
		return wherry.Errorf(wherry.Invalid, "signature: want 0x and 128 hexadecimal digits")
	}
	var v Signature
	if _, err := hex.Decode(v[:], text[2:]); err != nil {
		return wherry.Errorf(wherry.Invalid, "signature: %w", err)
	}
	*s = v
	return nil
}

// MarshalBinary implements encoding.BinaryMarshaler with the 64 bytes.
func (s Signature) MarshalBinary() ([]byte, error) { return s[:], nil }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. Any other number of
// bytes than 64 is Invalid.
func (s *Signature) UnmarshalBinary(b []byte) error {
	if len(b) != len(s) {
		return wherry.Errorf(wherry.Invalid, "signature of %d bytes: want %d", len(b), len(s))
	}
	copy(s[:], b)
	return nil
}

func (s Signature) highS() bool {
	low := s[32] & 0x7f // without the recovery bit
	for i, h := range halfOrder {
		c := s[32+i]
		if i == 0 {
			c = low
		}
		if c != h {
			return c > h
		}
	}
	return false
}

// PublicKey is an uncompressed public key: 0x04 and both coordinates.
type PublicKey [65]byte

// Address returns the account of p.
func (p PublicKey) Address() wherry.Address {
	h := wherry.Keccak256(p[1:])
	return wherry.Address(h[12:])
}

// Verify reports whether s is p's signature of digest. It recovers the key and
// compares, as the contract does: the plain ECDSA check cannot see the recovery
// bit. See Check.
func (p PublicKey) Verify(digest wherry.Hash, s Signature) bool {
	got, err := RecoverKey(digest, s)
	return err == nil && got == p
}

// RecoverKey returns the public key that made s of digest, or ErrSignature.
func RecoverKey(digest wherry.Hash, s Signature) (PublicKey, error) {
	if s.highS() {
		return PublicKey{}, ErrSignature
	}
	b := s.Bytes65()
	p, err := crypto.Ecrecover(digest[:], b[:])
	if err != nil || len(p) != len(PublicKey{}) {
		return PublicKey{}, ErrSignature
	}
	return PublicKey(p), nil
}

// Recover returns the account whose key made s of digest, or ErrSignature.
// Any well-formed signature recovers to some account: compare it.
func Recover(digest wherry.Hash, s Signature) (wherry.Address, error) {
	p, err := RecoverKey(digest, s)
	if err != nil {
		return wherry.Address{}, err
	}
	return p.Address(), nil
}

// Verify returns nil when s is who's signature of digest, and ErrSignature otherwise.
func Verify(who wherry.Address, digest wherry.Hash, s Signature) error {
	got, err := Recover(digest, s)
	if err != nil {
		return err
	}
	if got != who || who.IsZero() {
		return ErrSignature
	}
	return nil
}
