package identity_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
)

// Check passes what Verify passes and, of everything else, only the same
// signature with the other recovery bit, which Straight turns back.
func TestCheckIsVerifyWithoutTheRecoveryBit(t *testing.T) {
	k, other := newKey(t), newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		d := anyDigest(t)
		s := k.Sign(d)
		twin := s
		twin[32] ^= 0x80
		for _, sig := range []identity.Signature{s, twin} {
			if !k.Public().Check(d, sig) {
				t.Fatal("a good signature does not pass")
			}
			if other.Public().Check(d, sig) {
				t.Fatal("it passes for somebody else's")
			}
			got, err := identity.Straight(k.Address(), d, sig)
			if err != nil || got != s {
				t.Fatalf("straight is %s, %v", got, err)
			}
			if _, err := identity.Straight(other.Address(), d, sig); err == nil {
				t.Fatal("somebody else's signature can be put straight")
			}
		}
	})
	d := wherry.Keccak256([]byte("every bit"))
	s := k.Sign(d)
	for bit := range 8 * len(s) {
		bad := s
		bad[bit/8] ^= 1 << (bit % 8)
		if recovery := bit == 32*8+7; k.Public().Check(d, bad) != recovery {
			t.Errorf("with bit %d of byte %d turned, it passes: %v", bit%8, bit/8, !recovery)
		}
	}
}

// What Check takes, Verify takes with one of the recovery bits, also where r is
// small, zero or too large, and s high.
func TestCheckTakesNothingThatCannotBeRecovered(t *testing.T) {
	k := newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		d := anyDigest(t)
		s := k.Sign(d)
		from := rapid.IntRange(0, 64).Draw(t, "from")
		to := rapid.IntRange(from, 64).Draw(t, "to")
		fill := rapid.SampledFrom([]byte{0, 0xff, 1}).Draw(t, "fill")
		for i := from; i < to; i++ {
			s[i] = fill
		}
		twin := s
		twin[32] ^= 0x80
		p := k.Public()
		if got, want := p.Check(d, s), p.Verify(d, s) || p.Verify(d, twin); got != want {
			t.Fatalf("%s: check %v, recovery %v", s, got, want)
		}
	})
}
