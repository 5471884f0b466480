package identity

import (
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/wherrynet/wherry"
)

// Check reports whether p's key made s of digest, whatever recovery bit s has: the
// plain ECDSA check, which is a seventh cheaper than Verify and cannot see that
// bit. It is for a hub that checks tens of thousands a second. Before a signature
// that passed goes to somebody who recovers, a contract among them, Straight sets
// the bit.
func (p PublicKey) Check(digest wherry.Hash, s Signature) bool {
	if mayWrap(s) {
		return p.Verify(digest, s)
	}
	s[32] &= 0x7f
	return crypto.VerifySignature(p[:], digest[:], s[:])
}

// mayWrap reports whether r is so small that it may be what is left of a point's
// coordinate above the group order, which no recovery bit of ours can say. Nobody
// makes such a signature of a digest by chance.
func mayWrap(s Signature) bool { return [15]byte(s[:15]) == [15]byte{} }

// Straight returns s with the recovery bit by which who made it of digest, or
// ErrSignature if neither fits.
func Straight(who wherry.Address, digest wherry.Hash, s Signature) (Signature, error) {
	err := Verify(who, digest, s)
	if err == nil {
		return s, nil
	}
	s[32] ^= 0x80
	if Verify(who, digest, s) == nil {
		return s, nil
	}
	return Signature{}, err
}
