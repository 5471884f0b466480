package channel

import (
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// R7: a preimage is bound to everything that could make it serve twice.
func TestR7PreimageNamesEverything(t *testing.T) {
	type in struct {
		s    Secret
		hub  wherry.Address
		b    typed.Domain
		to   wherry.Address
		tick TickID
	}
	base := in{testSecret, wherry.Address{1}, chainB, wherry.Address{2}, TickID{testEpoch, 7}}
	seen := map[wherry.Hash]string{}
	for name, change := range map[string]func(*in){
		"nothing":  func(*in) {},
		"secret":   func(i *in) { i.s[0]++ },
		"hub":      func(i *in) { i.hub[0]++ },
		"chain":    func(i *in) { i.b.ChainID++ },
		"contract": func(i *in) { i.b.Contract[0]++ },
		"payee":    func(i *in) { i.to[0]++ },
		"epoch":    func(i *in) { i.tick.Epoch[0]++ },
		"tick":     func(i *in) { i.tick.Number++ },
	} {
		i := base
		change(&i)
		r := i.s.Preimage(i.hub, i.b, i.to, i.tick)
		if other, ok := seen[r]; ok {
			t.Errorf("%s and %s give one preimage", name, other)
		}
		seen[r] = name
	}
}

func TestPromiseIsCheckedAgainstWhatWasAsked(t *testing.T) {
	_, lock := testLock(1)
	good := SignedPromise{Consumer: testPayer.Address(), A: chainA, Hub: testHub.Address(), Total: wherry.Base(50), Hashlock: lock, Order: testOrder(10, 1)}
	good.Order.Seq = 4
	want := Want{Consumer: good.Consumer, A: chainA, Hub: good.Hub, Hashlock: lock, Order: testOrder(10, 1)}
	for name, c := range map[string]struct {
		change func(*SignedPromise)
		code   wherry.Code
	}{
		"as asked":           {func(*SignedPromise) {}, ""},
		"less":               {func(p *SignedPromise) { p.Order.Amount = wherry.Base(9) }, wherry.Invalid},
		"more":               {func(p *SignedPromise) { p.Order.Amount = wherry.Base(11) }, wherry.Invalid},
		"another hub":        {func(p *SignedPromise) { p.Hub[0] ^= 1 }, wherry.Invalid},
		"another chain":      {func(p *SignedPromise) { p.A.ChainID++ }, wherry.Invalid},
		"another contract":   {func(p *SignedPromise) { p.A.Contract[0] ^= 1 }, wherry.Invalid},
		"another lock":       {func(p *SignedPromise) { p.Hashlock[0] ^= 1 }, wherry.Invalid},
		"another session":    {func(p *SignedPromise) { p.Order.Session[0] ^= 1 }, wherry.Invalid},
		"another provider":   {func(p *SignedPromise) { p.Order.Provider[0] ^= 1 }, wherry.Invalid},
		"another chain B":    {func(p *SignedPromise) { p.Order.ChainB++ }, wherry.Invalid},
		"another contract B": {func(p *SignedPromise) { p.Order.ContractB[0] ^= 1 }, wherry.Invalid},
		"no number":          {func(p *SignedPromise) { p.Order.Seq = 0 }, wherry.Invalid},
		"total below order":  {func(p *SignedPromise) { p.Total = wherry.Base(9) }, wherry.Invalid},
		"total too large":    {func(p *SignedPromise) { p.Total, _ = wherry.MaxOnChain.Add(wherry.Base(1)) }, wherry.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			p := good
			c.change(&p)
			p.Sig = testPayer.Sign(p.Digest())
			wantCode(t, CheckPromise(p, want), c.code)
		})
	}
	forged := good
	forged.Sig = testHub.Sign(forged.Digest())
	wantCode(t, CheckPromise(forged, want), wherry.Forbidden)
	forged = good
	forged.Consumer, forged.Sig = testHub.Address(), testHub.Sign(good.Digest())
	wantCode(t, CheckPromise(forged, want), wherry.Invalid)
	high := good
	high.Sig = highS(testPayer.Sign(good.Digest()))
	wantCode(t, CheckPromise(high, want), wherry.Forbidden)
}

// highS turns a signature into its second form, with s above half the order and
// the other recovery bit, as far as the compact form has room for it.
func highS(sig identity.Signature) identity.Signature {
	order := [32]byte{
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
		0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
	}
	sig[32] ^= 0x80
	borrow := 0
	for i := 31; i >= 0; i-- {
		s := int(sig[32+i])
		if i == 0 {
			s &= 0x7f
		}
		d := int(order[i]) - s - borrow
		borrow = 0
		if d < 0 {
			d, borrow = d+256, 1
		}
		sig[32+i] = byte(d)
	}
	return sig
}

// R14: without the payee's signature anybody could pile orders onto its payout;
// without the provider's, take what it earns.
func TestR14BindingNeedsBothSignatures(t *testing.T) {
	good := Bind(testPayee, testPayer, chainB, 1)
	if err := good.Verify(); err != nil {
		t.Fatal(err)
	}
	if err := Bind(testPayee, testPayee, chainB, 1).Verify(); err != nil {
		t.Fatal("one key for both: ", err)
	}
	for name, change := range map[string]func(*Binding){
		"provider did not sign": func(b *Binding) { b.ProviderSig = b.PayeeSig },
		"payee did not sign":    func(b *Binding) { b.PayeeSig = b.ProviderSig },
		"no signatures":         func(b *Binding) { b.ProviderSig, b.PayeeSig = identity.Signature{}, identity.Signature{} },
		"another number":        func(b *Binding) { b.Payee.Seq++ },
		"another chain":         func(b *Binding) { b.Payee.ChainID++ },
		"another contract":      func(b *Binding) { b.Payee.Contract[0]++ },
	} {
		b := good
		change(&b)
		if err := b.Verify(); wherry.CodeOf(err) != wherry.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantCode(t, Bind(testPayee, testPayer, chainB, 0).Verify(), wherry.Invalid)
}
