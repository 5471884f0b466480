package wireguard

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"log/slog"

	"github.com/wherrynet/wherry"
)

// Key is a public key: the name of a device.
type Key [32]byte

// ParseKey reads the text form of a Key, 44 characters of base64.
func ParseKey(text string) (Key, error) {
	var k Key
	return k, k.UnmarshalText([]byte(text))
}

// String returns the text form, as other WireGuard programs print it.
func (k Key) String() string { return base64.StdEncoding.EncodeToString(k[:]) }

// MarshalText returns the text form.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the text form and accepts no other spelling of it.
func (k *Key) UnmarshalText(text []byte) error {
	var raw [33]byte
	if len(text) != base64.StdEncoding.EncodedLen(len(k)) {
		return wherry.Errorf(wherry.Invalid, "a tunnel key has 44 characters, not %d", len(text))
	}
	n, err := base64.StdEncoding.Strict().Decode(raw[:], text)
	if err != nil || n != len(k) {
		return wherry.Errorf(wherry.Invalid, "a tunnel key is 32 bytes in base64")
	}
	*k = Key(raw[:32])
	return nil
}

// IsZero reports whether k is no key.
func (k Key) IsZero() bool { return k == Key{} }

// PrivateKey is the secret half of a Key. It prints as a redaction.
type PrivateKey struct {
	_ [0]func() // not comparable
	b [32]byte
}

// GenerateKey makes a new private key.
func GenerateKey() (PrivateKey, error) {
	var raw [32]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return PrivateKey{}, fmt.Errorf("read random bytes: %w", err)
	}
	return PrivateKeyFrom(raw)
}

// PrivateKeyFrom makes a private key of 32 bytes that were kept from before.
func PrivateKeyFrom(raw [32]byte) (PrivateKey, error) {
	if raw == [32]byte{} {
		return PrivateKey{}, wherry.Errorf(wherry.Invalid, "a private key of zeroes is no key")
	}
	raw[0] &= 248
	raw[31] = raw[31]&127 | 64
	return PrivateKey{b: raw}, nil
}

// Bytes returns the secret, to keep it.
func (p PrivateKey) Bytes() [32]byte { return p.b }

// IsZero reports whether p is no key.
func (p PrivateKey) IsZero() bool { return p.b == [32]byte{} }

// Public returns the key that others know p by.
func (p PrivateKey) Public() Key {
	k, err := ecdh.X25519().NewPrivateKey(p.b[:])
	if err != nil {
		panic("wireguard: a private key always has 32 bytes: " + err.Error())
	}
	return Key(k.PublicKey().Bytes())
}

// String returns a redaction.
func (p PrivateKey) String() string { return "[private key]" }

// GoString returns a redaction.
func (p PrivateKey) GoString() string { return p.String() }

// LogValue returns a redaction.
func (p PrivateKey) LogValue() slog.Value { return slog.StringValue(p.String()) }
