package main

import (
	"bytes"
	"encoding/json"
	"math/big"
	"strconv"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

func init() { extras = append(extras, vectors) }

// vectorFile is one kind of signed message with examples that every
// implementation must agree on. All amounts, times and chain ids are decimal
// text, so that no reader needs numbers beyond 53 bits.
type vectorFile struct {
	Kind  string       `json:"kind"`
	Type  string       `json:"type"`
	Note  string       `json:"note"`
	Cases []vectorCase `json:"cases"`
}

// vectorCase is a message in a domain with a signature that is or is not the
// signer's. The digest is of the message in the domain, whatever was signed.
type vectorCase struct {
	Name      string              `json:"name"`
	ChainID   string              `json:"chain_id,omitempty"`
	Contract  *wherry.Address     `json:"contract,omitempty"`
	Message   any                 `json:"message"`
	Hash      wherry.Hash         `json:"hash"` // the digest; for an order, its struct hash
	Signer    *wherry.Address     `json:"signer,omitempty"`
	Signature *identity.Signature `json:"signature,omitempty"`
	Good      bool                `json:"good"`
}

// digester is a message of package typed.
type digester interface {
	Digest(typed.Domain) wherry.Hash
}

// The fixed world of the vectors. Times in them suit a clock at vectorTime.
const vectorTime = 1_800_000_000

var (
	vectorDomain  = typed.Domain{ChainID: 31337, Contract: wherry.MustAddress("0x1000000000000000000000000000000000000001")}
	otherChain    = typed.Domain{ChainID: 31338, Contract: vectorDomain.Contract}
	otherContract = typed.Domain{ChainID: vectorDomain.ChainID, Contract: wherry.MustAddress("0x1000000000000000000000000000000000000002")}

	vectorHub      = vectorKey("hub")
	vectorConsumer = vectorKey("consumer")
	vectorProvider = vectorKey("provider")
	vectorPayee    = vectorKey("payee")
	stranger       = vectorKey("stranger")

	vectorPreimage = wherry.Keccak256([]byte("preimage"))
	vectorLock     = wherry.Keccak256(vectorPreimage[:])
)

func vectorKey(name string) *identity.Key {
	secret := wherry.Keccak256([]byte("wherry vectors " + name))
	k, err := identity.KeyFromBytes(secret[:])
	if err != nil {
		panic(err) // a hash that is no key has never been seen
	}
	return k
}

// signedCases returns the good case of a message and every bad one: signed by
// somebody else, for another chain or contract, as another message, and with
// signatures that are malformed.
func signedCases(fields any, m, other digester, signer *identity.Key) []vectorCase {
	digest := m.Digest(vectorDomain)
	who, contract := signer.Address(), vectorDomain.Contract
	one := func(name string, s identity.Signature, good bool) vectorCase {
		return vectorCase{
			Name: name, ChainID: strconv.FormatUint(vectorDomain.ChainID, 10), Contract: &contract,
			Message: fields, Hash: digest, Signer: &who, Signature: &s, Good: good,
		}
	}
	good := signer.Sign(digest)
	parity := good
	parity[32] ^= 0x80
	cases := []vectorCase{
		one("good", good, true),
		one("signed by somebody else", stranger.Sign(digest), false),
		one("signed for another chain", signer.Sign(m.Digest(otherChain)), false),
		one("signed for another contract", signer.Sign(m.Digest(otherContract)), false),
		one("another message signed", signer.Sign(other.Digest(vectorDomain)), false),
		one("recovery bit flipped", parity, false),
		one("high s over the recovery bit", highTwin(good), false),
		one("no signature", identity.Signature{}, false),
	}
	key, s := justAboveHalf(digest)
	high := one("s just above half the order", s, false)
	above := key.Address()
	high.Signer = &above
	low := one("the same signature with a low s", lowTwin(s), true)
	low.Signer = &above
	return append(cases, high, low)
}

// order is the order of secp256k1.
var order, _ = new(big.Int).SetString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16)

// highTwin writes order - s where the compact form has room for a low s only.
func highTwin(sig identity.Signature) identity.Signature {
	b := sig.Bytes65()
	s := new(big.Int).SetBytes(b[32:64])
	s.Sub(order, s).FillBytes(sig[32:])
	return sig
}

// justAboveHalf makes a key whose signature of digest has r of the generator
// and an s that exceeds half the order by one, which the compact form can hold.
func justAboveHalf(digest wherry.Hash) (*identity.Key, identity.Signature) {
	r, _ := new(big.Int).SetString("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16)
	s := new(big.Int).Rsh(order, 1)
	s.Add(s, big.NewInt(1))
	// s = digest + r*key, with one as the secret number; the generator's y is even.
	d := new(big.Int).Sub(s, new(big.Int).SetBytes(digest[:]))
	d.Mul(d, new(big.Int).ModInverse(r, order)).Mod(d, order)
	key, err := identity.KeyFromBytes(d.FillBytes(make([]byte, 32)))
	if err != nil {
		panic(err)
	}
	var sig identity.Signature
	r.FillBytes(sig[:32])
	s.FillBytes(sig[32:])
	return key, sig
}

func lowTwin(sig identity.Signature) identity.Signature {
	sig = highTwin(sig)
	sig[32] |= 0x80 // the twin's point is the negated one
	return sig
}

// encode writes a file of vectors.
func (v vectorFile) encode() (output, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return output{}, err
	}
	return output{"contracts/vectors/" + v.Kind + ".json", b.Bytes()}, nil
}
