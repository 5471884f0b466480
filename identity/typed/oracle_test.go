package typed_test

import (
	"math/big"
	"slices"
	"strconv"
	"testing"

	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
)

// field is one field of a typed message: name, Solidity type, and its value as
// go-ethereum's generic implementation takes it.
type field struct {
	name, typ string
	value     any
}

func num(v uint64) any { return strconv.FormatUint(v, 10) }

func amount(name string, a wherry.Amount) field { return field{name, "uint96", a.BaseString()} }

func addr(name string, a wherry.Address) field { return field{name, "address", a.String()} }

func hash(name string, h wherry.Hash) field { return field{name, "bytes32", h.String()} }

// oracle makes a digest with go-ethereum's slow and general implementation.
func oracle(t *rapid.T, name string, chainID uint64, contract wherry.Address, typ string, fields []field) (digest, inner wherry.Hash) {
	types := apitypes.Types{
		"EIP712Domain": {
			{Name: "name", Type: "string"},
			{Name: "version", Type: "string"},
			{Name: "chainId", Type: "uint256"},
			{Name: "verifyingContract", Type: "address"},
		},
	}
	message := apitypes.TypedDataMessage{}
	for _, f := range fields {
		types[typ] = append(types[typ], apitypes.Type{Name: f.name, Type: f.typ})
		message[f.name] = f.value
	}
	data := apitypes.TypedData{
		Types: types, PrimaryType: typ, Message: message,
		Domain: apitypes.TypedDataDomain{
			Name: name, Version: "1",
			ChainId:           (*math.HexOrDecimal256)(new(big.Int).SetUint64(chainID)),
			VerifyingContract: contract.String(),
		},
	}
	d, _, err := apitypes.TypedDataAndHash(data)
	if err != nil {
		t.Fatalf("%s: %v", typ, err)
	}
	s, err := data.HashStruct(typ, message)
	if err != nil {
		t.Fatalf("%s: %v", typ, err)
	}
	return wherry.Hash(d), wherry.Hash(s)
}

// draw makes random values of every kind.
type draw struct{ *rapid.T }

func (d draw) addr() wherry.Address {
	return wherry.Address(rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(d.T, "address"))
}

func (d draw) hash() wherry.Hash {
	return wherry.Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(d.T, "hash"))
}

func (d draw) uint() uint64 { return rapid.Uint64().Draw(d.T, "uint") }

func (d draw) amount() wherry.Amount {
	b := rapid.SliceOfN(rapid.Byte(), 0, 12).Draw(d.T, "amount")
	a, err := wherry.AmountFromBig(new(big.Int).SetBytes(b))
	if err != nil {
		d.Fatal(err)
	}
	return a
}

// The hand-written layouts agree with go-ethereum's general implementation,
// for every message and any values.
func TestDigestsAgreeWithGoEthereum(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := draw{rt}
		dom := typed.Domain{ChainID: d.uint(), Contract: d.addr()}
		check := func(typ string, got wherry.Hash, fields ...field) {
			if want, _ := oracle(rt, "Hubs", dom.ChainID, dom.Contract, typ, fields); got != want {
				rt.Fatalf("%s: %s, want %s", typ, got, want)
			}
		}

		promise := typed.Promise{Hub: d.addr(), Total: d.amount(), Hashlock: d.hash(), Order: d.hash()}
		check("Promise", promise.Digest(dom), addr("hub", promise.Hub), amount("total", promise.Total),
			hash("hashlock", promise.Hashlock), hash("order", promise.Order))

		payout := typed.Payout{Payee: d.addr(), Total: d.amount(), Expiry: d.uint(), Hashlock: d.hash()}
		check("Payout", payout.Digest(dom), addr("payee", payout.Payee), amount("total", payout.Total),
			field{"expiry", "uint64", num(payout.Expiry)}, hash("hashlock", payout.Hashlock))

		cl := typed.Close{Consumer: d.addr(), Deposited: d.amount(), Settled: d.amount(), Expiry: d.uint()}
		check("Close", cl.Digest(dom), addr("consumer", cl.Consumer), amount("deposited", cl.Deposited),
			amount("settled", cl.Settled), field{"expiry", "uint64", num(cl.Expiry)})

		top := typed.TopUp{Hub: d.addr(), Deposited: d.amount(), Fee: d.amount(), Relayer: d.addr(), Deadline: d.uint()}
		relayed := []field{
			addr("hub", top.Hub), amount("deposited", top.Deposited), amount("fee", top.Fee),
			addr("relayer", top.Relayer),
			{"deadline", "uint256", num(top.Deadline)},
		}
		check("TopUp", top.Digest(dom), relayed...)
		check("Leave", typed.Leave(top).Digest(dom), relayed...)
		agreed := d.amount()
		leaving := append(slices.Clone(relayed[:2]), amount("settled", agreed))
		check("LeaveNow", typed.Leave(top).Now(agreed).Digest(dom), append(leaving, relayed[2:]...)...)

		owner := typed.Owner{Owner: d.addr()}
		check("Owner", owner.Digest(dom), addr("owner", owner.Owner))

		payee := typed.Payee{Provider: d.addr(), Payee: d.addr(), ChainID: d.uint(), Contract: d.addr(), Seq: d.uint()}
		check("Payee", payee.Digest(dom), addr("provider", payee.Provider), addr("payee", payee.Payee),
			field{"chainId", "uint64", num(payee.ChainID)}, addr("contract", payee.Contract),
			field{"seq", "uint64", num(payee.Seq)})

		terms := typed.Terms{
			FeePPM: d.uint() >> 32, MinReserve: d.amount(), MinPush: d.amount(), MaxOpen: d.amount(),
			PayoutLife: d.uint(), ValidUntil: d.uint(), PayeeChains: d.hash(),
		}
		check("Terms", terms.Digest(dom), field{"feePpm", "uint32", num(terms.FeePPM)},
			amount("minReserve", terms.MinReserve), amount("minPush", terms.MinPush),
			amount("maxOpen", terms.MaxOpen), field{"payoutLife", "uint64", num(terms.PayoutLife)},
			field{"validUntil", "uint64", num(terms.ValidUntil)}, hash("payeeChains", terms.PayeeChains))
	})
}

func TestStructHashesAgreeWithGoEthereum(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := draw{rt}
		o := typed.Order{
			Provider: d.addr(), ChainB: d.uint(), ContractB: d.addr(), Amount: d.amount(), Seq: d.uint(),
			Session: wherry.SessionID(d.hash()),
		}
		_, want := oracle(rt, "Hubs", 1, d.addr(), "Order", []field{
			addr("provider", o.Provider),
			{"chainB", "uint64", num(o.ChainB)},
			addr("contractB", o.ContractB),
			amount("amount", o.Amount),
			{"seq", "uint64", num(o.Seq)},
			hash("session", wherry.Hash(o.Session)),
		})
		if o.Hash() != want {
			rt.Fatalf("Order: %s, want %s", o.Hash(), want)
		}
		top := typed.TopUp{Hub: d.addr(), Deposited: d.amount(), Fee: d.amount(), Relayer: d.addr(), Deadline: d.uint()}
		_, want = oracle(rt, "Hubs", 1, d.addr(), "TopUp", []field{
			addr("hub", top.Hub), amount("deposited", top.Deposited), amount("fee", top.Fee),
			addr("relayer", top.Relayer),
			{"deadline", "uint256", num(top.Deadline)},
		})
		if top.Hash() != want {
			rt.Fatalf("TopUp: %s, want %s", top.Hash(), want)
		}
	})
}

func TestTokenDigestsAgreeWithGoEthereum(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := draw{rt}
		dom := typed.TokenDomain{ChainID: d.uint(), Token: d.addr()}
		value := func(a wherry.Amount) field { return field{"value", "uint256", a.BaseString()} }

		p := typed.Permit{Owner: d.addr(), Spender: d.addr(), Value: d.amount(), Nonce: d.uint(), Deadline: d.uint()}
		want, _ := oracle(rt, "Fare", dom.ChainID, dom.Token, "Permit", []field{
			addr("owner", p.Owner), addr("spender", p.Spender), value(p.Value),
			{"nonce", "uint256", num(p.Nonce)},
			{"deadline", "uint256", num(p.Deadline)},
		})
		if p.Digest(dom) != want {
			rt.Fatalf("Permit: %s, want %s", p.Digest(dom), want)
		}

		r := typed.Receive{
			From: d.addr(), To: d.addr(), Value: d.amount(), ValidAfter: d.uint(), ValidBefore: d.uint(), Nonce: d.hash(),
		}
		want, _ = oracle(rt, "Fare", dom.ChainID, dom.Token, "ReceiveWithAuthorization", []field{
			addr("from", r.From), addr("to", r.To), value(r.Value),
			{"validAfter", "uint256", num(r.ValidAfter)},
			{"validBefore", "uint256", num(r.ValidBefore)},
			hash("nonce", r.Nonce),
		})
		if r.Digest(dom) != want {
			rt.Fatalf("ReceiveWithAuthorization: %s, want %s", r.Digest(dom), want)
		}
	})
}

// A list of chains is not the list in another order, nor a shorter one.
func TestPayeeChainsAreAnOrderedList(t *testing.T) {
	a := typed.Domain{ChainID: 1, Contract: wherry.Address{1}}
	b := typed.Domain{ChainID: 2, Contract: wherry.Address{2}}
	seen := map[wherry.Hash]int{}
	for i, list := range [][]typed.Domain{nil, {a}, {b}, {a, b}, {b, a}, {a, a}} {
		h := typed.PayeeChains(list)
		if j, ok := seen[h]; ok {
			t.Errorf("lists %d and %d have one hash", i, j)
		}
		seen[h] = i
	}
}
