package typed_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// vector is one case of a file in contracts/vectors. The contract's tests run
// the same files.
type vector struct {
	Name      string             `json:"name"`
	ChainID   string             `json:"chain_id"`
	Contract  wherry.Address     `json:"contract"`
	Message   fields             `json:"message"`
	Hash      wherry.Hash        `json:"hash"`
	Signer    wherry.Address     `json:"signer"`
	Signature identity.Signature `json:"signature"`
	Good      bool               `json:"good"`
}

// fields are a message's values as text, by their Solidity names.
type fields map[string]string

func (f fields) address(name string) wherry.Address { return wherry.MustAddress(f[name]) }

func (f fields) hash(name string) (h wherry.Hash) {
	if err := h.UnmarshalText([]byte(f[name])); err != nil {
		panic(err)
	}
	return h
}

func (f fields) uint(name string) uint64 {
	v, err := strconv.ParseUint(f[name], 10, 64)
	if err != nil {
		panic(err)
	}
	return v
}

// amount reads base units: whole tokens and the 18 digits behind the point.
func (f fields) amount(name string) wherry.Amount {
	digits := f[name]
	for len(digits) <= 18 {
		digits = "0" + digits
	}
	return wherry.MustAmount(digits[:len(digits)-18] + "." + digits[len(digits)-18:])
}

var vectorDigests = map[string]func(f fields, d typed.Domain) wherry.Hash{
	"promise": func(f fields, d typed.Domain) wherry.Hash {
		return typed.Promise{Hub: f.address("hub"), Total: f.amount("total"), Hashlock: f.hash("hashlock"), Order: f.hash("order")}.Digest(d)
	},
	"payout": func(f fields, d typed.Domain) wherry.Hash {
		return typed.Payout{Payee: f.address("payee"), Total: f.amount("total"), Expiry: f.uint("expiry"), Hashlock: f.hash("hashlock")}.Digest(d)
	},
	"close": func(f fields, d typed.Domain) wherry.Hash {
		return typed.Close{Consumer: f.address("consumer"), Deposited: f.amount("deposited"), Settled: f.amount("settled"), Expiry: f.uint("expiry")}.Digest(d)
	},
	"topup": func(f fields, d typed.Domain) wherry.Hash { return f.relayed().Digest(d) },
	"takeback": func(f fields, d typed.Domain) wherry.Hash {
		return typed.TakeBack{
			Hub: f.address("hub"), Cap: f.amount("cap"), Amount: f.amount("amount"), Fee: f.amount("fee"),
			Relayer: f.address("relayer"), Deadline: f.uint("deadline"),
		}.Digest(d)
	},
	"deposit": func(f fields, d typed.Domain) (padded wherry.Hash) {
		a := typed.Deposit{Hub: f.address("hub"), Consumer: f.address("consumer"), Cap: f.amount("cap")}.Address(d.Contract)
		copy(padded[12:], a[:])
		return padded
	},
	"leavenow": func(f fields, d typed.Domain) wherry.Hash {
		return typed.Leave(f.relayed()).Now(f.amount("settled")).Digest(d)
	},
	"leave": func(f fields, d typed.Domain) wherry.Hash { return typed.Leave(f.relayed()).Digest(d) },
	"owner": func(f fields, d typed.Domain) wherry.Hash { return typed.Owner{Owner: f.address("owner")}.Digest(d) },
	"order": func(f fields, _ typed.Domain) wherry.Hash {
		return typed.Order{
			Provider: f.address("provider"), ChainB: f.uint("chainB"), ContractB: f.address("contractB"),
			Amount: f.amount("amount"), Seq: f.uint("seq"), Session: wherry.SessionID(f.hash("session")),
		}.Hash()
	},
	"payee": func(f fields, d typed.Domain) wherry.Hash {
		return typed.Payee{
			Provider: f.address("provider"), Payee: f.address("payee"), ChainID: f.uint("chainId"),
			Contract: f.address("contract"), Seq: f.uint("seq"),
		}.Digest(d)
	},
}

func (f fields) relayed() typed.TopUp {
	return typed.TopUp{
		Hub: f.address("hub"), Deposited: f.amount("deposited"), Fee: f.amount("fee"),
		Relayer: f.address("relayer"), Deadline: f.uint("deadline"),
	}
}

// TestVectorsOfTheContract runs the files that the contract's tests run: same
// digests, and the same signatures count.
func TestVectorsOfTheContract(t *testing.T) {
	for kind, digest := range vectorDigests {
		t.Run(kind, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("..", "..", "contracts", "vectors", kind+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var file struct {
				Cases []vector `json:"cases"`
			}
			if err := json.Unmarshal(raw, &file); err != nil {
				t.Fatal(err)
			}
			if len(file.Cases) == 0 {
				t.Fatal("no cases")
			}
			for _, v := range file.Cases {
				var d typed.Domain
				if v.ChainID != "" {
					d = typed.Domain{ChainID: fields{"id": v.ChainID}.uint("id"), Contract: v.Contract}
				}
				if got := digest(v.Message, d); got != v.Hash {
					t.Errorf("%s: digest %v, want %v", v.Name, got, v.Hash)
				}
				if kind == "order" || kind == "deposit" {
					continue // they are not signed
				}
				if err := identity.Verify(v.Signer, v.Hash, v.Signature); (err == nil) != v.Good {
					t.Errorf("%s: good is %t, and Verify says %v", v.Name, v.Good, err)
				}
			}
		})
	}
}
