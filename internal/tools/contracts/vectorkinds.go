package main

import (
	"strconv"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
)

func dec(v uint64) string { return strconv.FormatUint(v, 10) }

// vectors makes one file for each kind of message.
func vectors() ([]output, error) {
	files := []vectorFile{
		promiseVectors(), payoutVectors(), closeVectors(), topUpVectors(), leaveVectors(), leaveNowVectors(), ownerVectors(),
		takeBackVectors(), depositVectors(), orderVectors(), payeeVectors(),
	}
	var out []output
	for _, f := range files {
		o, err := f.encode()
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

func promiseVectors() vectorFile {
	f := vectorFile{
		Kind: "promise", Type: "Promise(address hub,uint96 total,bytes32 hashlock,bytes32 order)",
		Note: "Signed by a consumer. preimage is what opens hashlock and is not signed itself.",
	}
	for _, lock := range []bool{false, true} {
		p := typed.Promise{Hub: vectorHub.Address(), Total: wherry.MustAmount("30.000000000000000001"), Order: wherry.Keccak256([]byte("order"))}
		fields := map[string]any{"hub": p.Hub, "total": p.Total.BaseString(), "order": p.Order, "hashlock": p.Hashlock, "preimage": wherry.Hash{}}
		if lock {
			p.Hashlock = vectorLock
			fields["hashlock"], fields["preimage"] = vectorLock, vectorPreimage
		}
		other := p
		other.Total = wherry.Tokens(31)
		f.Cases = append(f.Cases, signedCases(fields, p, other, vectorConsumer)...)
	}
	return f
}

func payoutVectors() vectorFile {
	f := vectorFile{
		Kind: "payout", Type: "Payout(address payee,uint96 total,uint64 expiry,bytes32 hashlock)",
		Note: "Signed by a hub. preimage is what opens hashlock and is not signed itself.",
	}
	for _, lock := range []bool{false, true} {
		p := typed.Payout{Payee: vectorPayee.Address(), Total: wherry.MustAmount("7.5")}
		fields := map[string]any{"payee": p.Payee, "total": p.Total.BaseString(), "expiry": "0", "hashlock": p.Hashlock, "preimage": wherry.Hash{}}
		if lock {
			p.Hashlock, p.Expiry = vectorLock, vectorTime+12*3600
			fields["hashlock"], fields["preimage"], fields["expiry"] = vectorLock, vectorPreimage, dec(p.Expiry)
		}
		other := p
		other.Total = wherry.Tokens(8)
		f.Cases = append(f.Cases, signedCases(fields, p, other, vectorHub)...)
	}
	return f
}

func closeVectors() vectorFile {
	c := typed.Close{Consumer: vectorConsumer.Address(), Deposited: wherry.Tokens(100), Settled: wherry.Tokens(30), Expiry: vectorTime + 600}
	other := c
	other.Settled = wherry.Tokens(29)
	fields := map[string]any{"consumer": c.Consumer, "deposited": c.Deposited.BaseString(), "settled": c.Settled.BaseString(), "expiry": dec(c.Expiry)}
	return vectorFile{
		Kind: "close", Type: "Close(address consumer,uint96 deposited,uint96 settled,uint64 expiry)",
		Note: "Signed by a hub.", Cases: signedCases(fields, c, other, vectorHub),
	}
}

func relayedFields(t typed.TopUp) map[string]any {
	return map[string]any{
		"hub": t.Hub, "deposited": t.Deposited.BaseString(), "fee": t.Fee.BaseString(), "relayer": t.Relayer, "deadline": dec(t.Deadline),
	}
}

func topUpVectors() vectorFile {
	t := typed.TopUp{Hub: vectorHub.Address(), Deposited: wherry.Tokens(100), Fee: wherry.Tokens(1), Relayer: stranger.Address(), Deadline: vectorTime + 600}
	return vectorFile{
		Kind: "topup", Type: "TopUp(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)",
		Note:  "Signed by a consumer. The message \"another\" is the Leave with the same words.",
		Cases: signedCases(relayedFields(t), t, typed.Leave(t), vectorConsumer),
	}
}

func leaveVectors() vectorFile {
	l := typed.Leave{Hub: vectorHub.Address(), Deposited: wherry.Tokens(100), Fee: wherry.Tokens(1), Relayer: stranger.Address(), Deadline: vectorTime + 600}
	return vectorFile{
		Kind: "leave", Type: "Leave(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)",
		Note:  "Signed by a consumer. The message \"another\" is the TopUp with the same words.",
		Cases: signedCases(relayedFields(typed.TopUp(l)), l, typed.TopUp(l), vectorConsumer),
	}
}

func leaveNowVectors() vectorFile {
	l := typed.Leave{Hub: vectorHub.Address(), Deposited: wherry.Tokens(100), Fee: wherry.Tokens(1), Relayer: stranger.Address(), Deadline: vectorTime + 600}
	fields := relayedFields(typed.TopUp(l))
	fields["settled"] = wherry.Tokens(30).BaseString()
	return vectorFile{
		Kind: "leavenow", Type: "LeaveNow(address hub,uint96 deposited,uint96 settled,uint96 fee,address relayer,uint256 deadline)",
		Note:  "Signed by a consumer. The message \"another\" is the Leave with the same words.",
		Cases: signedCases(fields, l.Now(wherry.Tokens(30)), l, vectorConsumer),
	}
}

func takeBackVectors() vectorFile {
	t := typed.TakeBack{
		Hub: vectorHub.Address(), Cap: wherry.Tokens(2), Amount: wherry.Tokens(50), Fee: wherry.Tokens(1),
		Relayer: stranger.Address(), Deadline: vectorTime + 600,
	}
	other := t
	other.Fee = wherry.Tokens(2)
	fields := map[string]any{
		"hub": t.Hub, "cap": t.Cap.BaseString(), "amount": t.Amount.BaseString(), "fee": t.Fee.BaseString(),
		"relayer": t.Relayer, "deadline": dec(t.Deadline),
	}
	return vectorFile{
		Kind: "takeback", Type: "TakeBack(address hub,uint96 cap,uint96 amount,uint96 fee,address relayer,uint256 deadline)",
		Note: "Signed by a consumer.", Cases: signedCases(fields, t, other, vectorConsumer),
	}
}

// depositVectors has addresses in place of digests, since nobody signs them.
func depositVectors() vectorFile {
	f := vectorFile{
		Kind: "deposit", Type: "Deposit(address hub,address consumer,uint96 cap)",
		Note: "Not signed: hash is the deposit address at the contract, as a word. It is the same on every chain.",
	}
	one := func(name string, contract wherry.Address, d typed.Deposit) {
		at := d.Address(contract)
		var word wherry.Hash
		copy(word[12:], at[:])
		f.Cases = append(f.Cases, vectorCase{
			Name: name, ChainID: dec(vectorDomain.ChainID), Contract: &contract, Hash: word, Good: true,
			Message: map[string]any{"hub": d.Hub, "consumer": d.Consumer, "cap": d.Cap.BaseString()},
		})
	}
	d := typed.Deposit{Hub: vectorHub.Address(), Consumer: vectorConsumer.Address(), Cap: wherry.Tokens(2)}
	one("good", vectorDomain.Contract, d)
	one("another contract", otherContract.Contract, d)
	d.Cap = wherry.Base(1)
	one("another cap", vectorDomain.Contract, d)
	d.Cap = wherry.MaxOnChain
	one("the largest cap", vectorDomain.Contract, d)
	d.Cap = wherry.Amount{}
	one("no fee", vectorDomain.Contract, d)
	d.Hub, d.Consumer = d.Consumer, d.Hub
	one("hub and consumer exchanged", vectorDomain.Contract, d)
	return f
}

func ownerVectors() vectorFile {
	o := typed.Owner{Owner: vectorPayee.Address()}
	return vectorFile{
		Kind: "owner", Type: "Owner(address owner)", Note: "Signed by a hub.",
		Cases: signedCases(map[string]any{"owner": o.Owner}, o, typed.Owner{Owner: stranger.Address()}, vectorHub),
	}
}

func orderVectors() vectorFile {
	o := typed.Order{
		Provider: vectorProvider.Address(), ChainB: 31338, ContractB: otherContract.Contract,
		Amount: wherry.MustAmount("0.000000000000000001"), Seq: 1<<64 - 1, Session: wherry.SessionID(wherry.Keccak256([]byte("session"))),
	}
	return vectorFile{
		Kind: "order", Type: "Order(address provider,uint64 chainB,address contractB,uint96 amount,uint64 seq,bytes32 session)",
		Note: "Not signed by itself: its struct hash is the order of a promise.",
		Cases: []vectorCase{{
			Name: "good", Hash: o.Hash(), Good: true,
			Message: map[string]any{
				"provider": o.Provider, "chainB": dec(o.ChainB), "contractB": o.ContractB, "amount": o.Amount.BaseString(),
				"seq": dec(o.Seq), "session": wherry.Hash(o.Session),
			},
		}},
	}
}

func payeeVectors() vectorFile {
	p := typed.Payee{Provider: vectorProvider.Address(), Payee: vectorPayee.Address(), ChainID: vectorDomain.ChainID, Contract: vectorDomain.Contract, Seq: 1}
	other := p
	other.Seq = 2
	fields := map[string]any{"provider": p.Provider, "payee": p.Payee, "chainId": dec(p.ChainID), "contract": p.Contract, "seq": dec(p.Seq)}
	return vectorFile{
		Kind: "payee", Type: "Payee(address provider,address payee,uint64 chainId,address contract,uint64 seq)",
		Note: "Signed by the provider (these) and by the payee. Never goes on chain.", Cases: signedCases(fields, p, other, vectorProvider),
	}
}
