package hub

import (
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
)

// A provider that turns the recovery bit of its consumer's signatures gains
// nothing and harms nobody: the hub takes them, whether it knows the consumer's
// key or not, shows them to the consumer as it signed them, and collects.
func TestRecoveryBitThatWasTurnedIsTurnedBack(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	var signed []identity.Signature
	for tick := uint64(1); tick <= 2; tick++ {
		o := c.order(p, tick, "0.1")
		signed = append(signed, o.Sig)
		o.Sig[32] ^= 0x80
		var reveal []uint64
		if tick > 1 {
			reveal = []uint64{tick - 1}
		}
		p.pay(p.batch(tick, reveal, o))
	}
	newest := w.account(c).Newest
	if newest.Item.Sig != signed[1] {
		t.Error("the account shows another signature than its owner made")
	}
	if err := newest.Promise(w.key.Address()).Verify(); err != nil {
		t.Errorf("its owner cannot verify it: %v", err)
	}
	p.pay(p.batch(0, []uint64{2}))
	w.settle()
	if s := w.hub.Totals(); s.In != tokens("0.2") {
		t.Errorf("collected %s of 0.2", s.In)
	}
}

func TestKeyCacheHasABound(t *testing.T) {
	var c keyCache
	for i := range maxKeys + 10 {
		part := &c.parts[i%keyParts]
		if part.by == nil {
			part.by = map[wherry.Address]identity.PublicKey{}
		}
		if len(part.by) < maxKeys/keyParts {
			part.by[wherry.Address{byte(i % keyParts), byte(i >> 4), byte(i >> 12), byte(i >> 20), 1}] = identity.PublicKey{}
		}
	}
	a := chaintest.New(chaintest.Config{})
	for i := range 50 {
		k := testKey(string(rune('a' + i)))
		p := channel.SignedPromise{Consumer: k.Address(), A: a.Params().Domain(), Total: wherry.Base(1)}
		p.Sig = k.Sign(p.Digest())
		for range 2 { // unknown, then known
			if !c.verify(p) {
				t.Fatal("a good signature does not pass")
			}
		}
	}
	n := 0
	for i := range c.parts {
		n += len(c.parts[i].by)
	}
	if n > maxKeys {
		t.Errorf("%d keys are kept, the bound is %d", n, maxKeys)
	}
}
