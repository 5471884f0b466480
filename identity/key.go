// Package identity is who somebody is: a secp256k1 key pair made on their own
// machine, whose Ethereum address is their name, and what it signs.
//
// Everything that speaks for somebody holds a *Key: a consumer's promises, a
// hub's payouts, a provider's offers. The files that keep keys are in
// identity/keystore, the digests that contracts check in identity/typed.
//
// Signatures are deterministic (RFC 6979), so that a repeat is byte-identical,
// and are kept in the compact form of EIP-2098, which has no room for the
// second, malleable form with a high s.
package identity

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/subtle"
	"log/slog"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/wherrynet/wherry"
)

// Key is an identity's private key. It is safe for concurrent use, prints as a
// redaction, and can't be compared with ==.
type Key struct {
	_       [0]func() // not comparable: == on secrets leaks time
	private *ecdsa.PrivateKey
	address wherry.Address
}

// Generate makes a new key from the system's randomness.
func Generate() (*Key, error) {
	k, err := ecdsa.GenerateKey(crypto.S256(), rand.Reader)
	if err != nil {
		return nil, wherry.Errorf(wherry.Internal, "make a key: %w", err)
	}
	return newKey(k), nil
}

// KeyFromBytes takes the 32 bytes of a private key. Errors have the code Invalid.
func KeyFromBytes(b []byte) (*Key, error) {
	k, err := crypto.ToECDSA(b)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "private key: %w", err)
	}
	return newKey(k), nil
}

func newKey(k *ecdsa.PrivateKey) *Key {
	return &Key{private: k, address: wherry.Address(crypto.PubkeyToAddress(k.PublicKey))}
}

// Address returns the account that k signs for.
func (k *Key) Address() wherry.Address { return k.address }

// Public returns the public half of k.
func (k *Key) Public() PublicKey {
	var p PublicKey
	copy(p[:], crypto.FromECDSAPub(&k.private.PublicKey))
	return p
}

// Bytes returns the 32 secret bytes, for the keystore.
func (k *Key) Bytes() []byte { return crypto.FromECDSA(k.private) }

// Equal reports whether two keys are one, in constant time.
func (k *Key) Equal(other *Key) bool {
	return subtle.ConstantTimeCompare(k.Bytes(), other.Bytes()) == 1
}

// ECDSA returns the key in the form that go-ethereum's packages ask for. The
// caller must not keep or change it.
func (k *Key) ECDSA() *ecdsa.PrivateKey { return k.private }

// String names the key without showing it.
func (k *Key) String() string { return "key of " + k.address.String() }

// GoString is String, so that %#v doesn't show the key either.
func (k *Key) GoString() string { return k.String() }

// LogValue implements slog.LogValuer with the form of String.
func (k *Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// Sign signs a digest. The same key and digest give the same signature.
func (k *Key) Sign(digest wherry.Hash) Signature {
	b, err := crypto.Sign(digest[:], k.private)
	if err != nil {
		panic("identity: sign: " + err.Error()) // only a digest of a wrong length or a broken key, both of which the types exclude
	}
	s, err := SignatureFrom65([65]byte(b))
	if err != nil {
		panic("identity: sign: " + err.Error())
	}
	return s
}
