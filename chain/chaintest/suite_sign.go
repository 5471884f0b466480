package chaintest

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// What the people of a play sign.

func (p *play) open(owner *identity.Key, amount wherry.Amount) chain.OpenHub {
	digest := typed.Owner{Owner: owner.Address()}.Digest(p.c.Params().Domain())
	return chain.OpenHub{Hub: p.hub.Address(), Signature: p.hub.Sign(digest), Amount: amount}
}

func (p *play) promise(consumer *identity.Key, total wherry.Amount, preimage wherry.Hash) chain.Claim {
	m := typed.Promise{
		Hub: p.hub.Address(), Total: total, Hashlock: hashlock(preimage), Order: wherry.Keccak256([]byte("order")),
	}
	return chain.Claim{
		Consumer: consumer.Address(), Promise: m, Preimage: preimage,
		Signature: consumer.Sign(m.Digest(p.c.Params().Domain())),
	}
}

func (p *play) payout(total wherry.Amount, expiry uint64, preimage wherry.Hash) chain.SignedPayout {
	m := typed.Payout{Payee: p.payee, Total: total, Expiry: expiry, Hashlock: hashlock(preimage)}
	return chain.SignedPayout{
		Payout: m, Preimage: preimage, Signature: p.hub.Sign(m.Digest(p.c.Params().Domain())),
	}
}

// topUp is what a consumer signs to be topped up to deposited by the relayer.
func (p *play) topUp(deposited, fee wherry.Amount) typed.TopUp {
	return typed.TopUp{
		Hub: p.hub.Address(), Deposited: deposited, Fee: fee, Relayer: p.relayer.Address(), Deadline: p.now() + 600,
	}
}

func (p *play) permit(consumer *identity.Key, t typed.TopUp, value wherry.Amount) chain.TopUpPermit {
	params := p.c.Params()
	acc, err := p.c.Account(p.ctx, consumer.Address(), chain.Latest)
	if err != nil {
		p.Fatal(err)
	}
	m := typed.Permit{
		Owner: consumer.Address(), Spender: params.Contract, Value: value, Nonce: acc.PermitNonce, Deadline: t.Deadline,
	}
	return chain.TopUpPermit{
		Consumer: consumer.Address(), TopUp: t, Signature: consumer.Sign(t.Digest(params.Domain())),
		PermitValue: value, PermitDeadline: m.Deadline, PermitSignature: consumer.Sign(m.Digest(params.TokenDomain())),
	}
}

func (p *play) auth(consumer *identity.Key, t typed.TopUp, value wherry.Amount) chain.TopUpAuth {
	params := p.c.Params()
	m := typed.Receive{
		From: consumer.Address(), To: params.Contract, Value: value, ValidBefore: t.Deadline,
		Nonce: t.Digest(params.Domain()),
	}
	return chain.TopUpAuth{
		Consumer: consumer.Address(), TopUp: t, Signature: consumer.Sign(m.Digest(params.TokenDomain())),
	}
}

func (p *play) leaveFor(consumer *identity.Key, deposited, fee wherry.Amount) chain.RequestExitFor {
	l := typed.Leave(p.topUp(deposited, fee))
	return chain.RequestExitFor{
		Consumer: consumer.Address(), Leave: l, Signature: consumer.Sign(l.Digest(p.c.Params().Domain())),
	}
}

func (p *play) closing(consumer *identity.Key, deposited, settled wherry.Amount) chain.CoopExit {
	m := typed.Close{
		Consumer: consumer.Address(), Deposited: deposited, Settled: settled, Expiry: p.now() + 600,
	}
	return chain.CoopExit{Hub: p.hub.Address(), Close: m, Signature: p.hub.Sign(m.Digest(p.c.Params().Domain()))}
}

// leavingNow signs l as what goes with a Close.
func (p *play) leavingNow(consumer *identity.Key, l typed.Leave, settled wherry.Amount) identity.Signature {
	return consumer.Sign(l.Now(settled).Digest(p.c.Params().Domain()))
}

func (p *play) closingFor(consumer *identity.Key, deposited, settled, fee wherry.Amount) chain.CoopExitFor {
	leave, c := p.leaveFor(consumer, deposited, fee), p.closing(consumer, deposited, settled)
	return chain.CoopExitFor{
		Close: c.Close, Signature: c.Signature, Leave: leave.Leave, LeaveSignature: p.leavingNow(consumer, leave.Leave, settled),
	}
}
