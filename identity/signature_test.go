package identity_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
)

var (
	order = crypto.S256().Params().N
	half  = new(big.Int).Rsh(order, 1)
)

func newKey(t testing.TB) *identity.Key {
	t.Helper()
	k, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func anyDigest(t *rapid.T) wherry.Hash {
	return wherry.Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "digest"))
}

// accepted reports whether any of the ways to check a signature lets it pass.
func accepted(k *identity.Key, digest wherry.Hash, s identity.Signature) bool {
	got, err := identity.Recover(digest, s)
	return identity.Verify(k.Address(), digest, s) == nil ||
		k.Public().Verify(digest, s) ||
		err == nil && got == k.Address()
}

func TestSignRecoverVerify(t *testing.T) {
	k, other := newKey(t), newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		d := anyDigest(t)
		s := k.Sign(d)
		if s != k.Sign(d) {
			t.Fatal("signing again gives another signature")
		}
		if got, err := identity.Recover(d, s); err != nil || got != k.Address() {
			t.Fatalf("recovered %s, %v", got, err)
		}
		if pub, err := identity.RecoverKey(d, s); err != nil || pub != k.Public() || pub.Address() != k.Address() {
			t.Fatalf("recovered the key %x, %v", pub, err)
		}
		if err := identity.Verify(k.Address(), d, s); err != nil || !k.Public().Verify(d, s) {
			t.Fatalf("a good signature is refused: %v", err)
		}
		if accepted(other, d, s) {
			t.Fatal("it passes for somebody else's")
		}
		d[0] ^= 1
		if accepted(k, d, s) {
			t.Fatal("it passes for another digest")
		}
	})
}

// One bit changed anywhere, the recovery bit included, and no check lets it
// pass: what a hub accepts is what the contract accepts.
func TestEveryBitOfASignatureCounts(t *testing.T) {
	k := newKey(t)
	d := wherry.Keccak256([]byte("every bit"))
	s := k.Sign(d)
	for bit := range 8 * len(s) {
		bad := s
		bad[bit/8] ^= 1 << (bit % 8)
		if accepted(k, d, bad) {
			t.Errorf("it passes with bit %d of byte %d turned", bit%8, bit/8)
		}
	}
}

func TestHighSIsRefused(t *testing.T) {
	k := newKey(t)
	d := wherry.Keccak256([]byte("high s"))
	b := k.Sign(d).Bytes65()
	s := new(big.Int).SetBytes(b[32:64])
	if s.Cmp(half) > 0 {
		t.Fatal("our own signature has a high s")
	}
	twin := b // the same signature to plain ECDSA: order - s, and the other recovery bit
	new(big.Int).Sub(order, s).FillBytes(twin[32:64])
	twin[64] ^= 1
	if pub, err := crypto.SigToPub(d[:], twin[:]); err != nil || wherry.Address(crypto.PubkeyToAddress(*pub)) != k.Address() {
		t.Fatalf("the twin is not what this test takes it for: %v", err)
	}
	if _, err := identity.SignatureFrom65(twin); !errors.Is(err, identity.ErrSignature) {
		t.Errorf("the twin with a high s is taken: %v", err)
	}
}

func TestHalfOrderIsTheBorder(t *testing.T) {
	put := func(s *big.Int) (b [65]byte) {
		b[31] = 1
		s.FillBytes(b[32:64])
		return b
	}
	if _, err := identity.SignatureFrom65(put(half)); err != nil {
		t.Errorf("s of half the order is refused: %v", err)
	}
	above := new(big.Int).Add(half, big.NewInt(1))
	if _, err := identity.SignatureFrom65(put(above)); !errors.Is(err, identity.ErrSignature) {
		t.Errorf("s above half the order is taken: %v", err)
	}
	top := put(big.NewInt(1))
	top[32] = 0x80
	if _, err := identity.SignatureFrom65(top); !errors.Is(err, identity.ErrSignature) {
		t.Errorf("s with the highest bit is taken: %v", err)
	}
	var compact identity.Signature
	compact[31] = 1
	above.FillBytes(compact[32:])
	d := wherry.Keccak256([]byte("border"))
	if who, err := identity.Recover(d, compact); err == nil {
		t.Errorf("a compact high s recovers to %s", who)
	}
	if newKey(t).Public().Verify(d, compact) {
		t.Error("a compact high s verifies")
	}
}

func TestZeroAndOversizedPartsAreRefused(t *testing.T) {
	k := newKey(t)
	d := wherry.Keccak256([]byte("zero"))
	good := k.Sign(d)
	for name, change := range map[string]func(*identity.Signature){
		"all zero":    func(s *identity.Signature) { *s = identity.Signature{} },
		"zero r":      func(s *identity.Signature) { clear(s[:32]) },
		"zero s":      func(s *identity.Signature) { clear(s[32:]) },
		"r is order":  func(s *identity.Signature) { order.FillBytes(s[:32]) },
		"r above all": func(s *identity.Signature) { copy(s[:], bytes.Repeat([]byte{0xff}, 32)) },
	} {
		bad := good
		change(&bad)
		if accepted(k, d, bad) {
			t.Errorf("%s passes", name)
		}
		if who, err := identity.Recover(d, bad); err == nil && name != "zero s" {
			t.Errorf("%s recovers to %s", name, who)
		}
	}
	if err := identity.Verify(wherry.Address{}, d, identity.Signature{}); err == nil {
		t.Error("nobody signed, and nobody verifies")
	}
}

func TestVOfTheLongForm(t *testing.T) {
	k := newKey(t)
	d := wherry.Keccak256([]byte("v"))
	want := k.Sign(d)
	b := want.Bytes65()
	for v := range 256 {
		c := b
		c[64] = byte(v)
		got, err := identity.SignatureFrom65(c)
		switch {
		case v == int(b[64]) || v == int(b[64])+27:
			if err != nil || got != want {
				t.Errorf("v of %d: %s, %v", v, got, err)
			}
		case v == 0 || v == 1 || v == 27 || v == 28:
			if err != nil || got == want {
				t.Errorf("v of %d: %s, %v", v, got, err)
			}
		case err == nil:
			t.Errorf("v of %d is taken", v)
		}
	}
}

// The examples of EIP-2098, whose key is 0x1234…, over "Hello World" and "It's
// a small(er) world" with Ethereum's message prefix.
func TestVectorsOfEIP2098(t *testing.T) {
	raw, _ := hex.DecodeString("1234567890123456789012345678901234567890123456789012345678901234")
	k, err := identity.KeyFromBytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Hello World":            "0x68a020a209d3d56c46f38cc50a33f704f4a9a10a59377f8dd762ac66910e9b907e865ad05c4035ab5792787d4a0297a43617ae897930a6fe4d822b8faea52064",
		"It's a small(er) world": "0x9328da16089fcba9bececa81663203989f2df5fe1faa6291a45381c81bd17f76939c6d6b623b42da56557e5e734a43dc83345ddfadec52cbe24d0cc64f550793",
	} {
		prefix := "\x19Ethereum Signed Message:\n" + big.NewInt(int64(len(text))).String()
		if got := k.Sign(wherry.Keccak256([]byte(prefix + text))).String(); got != want {
			t.Errorf("%q is signed as\n%s, want\n%s", text, got, want)
		}
	}
}

func TestSignatureText(t *testing.T) {
	s := newKey(t).Sign(wherry.Hash{1})
	text, _ := s.MarshalText()
	var back identity.Signature
	if err := back.UnmarshalText(text); err != nil || back != s {
		t.Errorf("%s reads back as %s, %v", text, back, err)
	}
	for _, bad := range []string{"", "0x", string(text[2:]), string(text) + "00", "0x" + string(bytes.Repeat([]byte("g"), 128))} {
		if err := back.UnmarshalText([]byte(bad)); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// FuzzSignature: whatever bytes a peer sends, nothing panics, and the three ways
// to check a signature agree with each other and with go-ethereum.
func FuzzSignature(f *testing.F) {
	k := newKey(f)
	d := wherry.Keccak256([]byte("fuzz"))
	s := k.Sign(d)
	f.Add(d[:], s[:])
	f.Add(make([]byte, 32), make([]byte, 64))
	f.Fuzz(func(t *testing.T, digest, sig []byte) {
		if len(digest) != 32 || len(sig) != 64 {
			return
		}
		d, s := wherry.Hash(digest), identity.Signature(sig)
		pub, err := identity.RecoverKey(d, s)
		if err != nil {
			if accepted(k, d, s) {
				t.Fatal("a signature of nobody passes")
			}
			return
		}
		if !pub.Verify(d, s) || identity.Verify(pub.Address(), d, s) != nil {
			t.Fatal("recovered, and not verified")
		}
		long := s.Bytes65()
		if back, err := identity.SignatureFrom65(long); err != nil || back != s {
			t.Fatalf("the long form reads back as %s, %v", back, err)
		}
		theirs, err := crypto.SigToPub(d[:], long[:])
		if err != nil || wherry.Address(crypto.PubkeyToAddress(*theirs)) != pub.Address() {
			t.Fatalf("go-ethereum recovers otherwise: %v", err)
		}
		if !crypto.ValidateSignatureValues(long[64], new(big.Int).SetBytes(long[:32]), new(big.Int).SetBytes(long[32:64]), true) {
			t.Fatal("go-ethereum finds its values out of range")
		}
	})
}
