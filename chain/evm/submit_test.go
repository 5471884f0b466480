package evm

import (
	"errors"
	"math/big"
	"testing"

	"github.com/wherrynet/wherry"
)

type rpcError string

func (e rpcError) Error() string  { return string(e) }
func (e rpcError) ErrorCode() int { return -32000 }

// TestRejectionsOfManyClients sorts what clients say when they do not take a
// transaction.
func TestRejectionsOfManyClients(t *testing.T) {
	for text, want := range map[string]wherry.Code{
		"already known":                                      "", // go-ethereum, Erigon, Reth
		"transaction already imported":                       "", // anvil
		"AlreadyKnown":                                       "", // Nethermind
		"Known transaction":                                  "", // Besu
		"nonce too low: next nonce 4, tx nonce 3":            wherry.Conflict,
		"Nonce too low":                                      wherry.Conflict,
		"OldNonce, Current nonce: 5, nonce of rejected: 3":   wherry.Conflict,
		"nonce has already been used":                        wherry.Conflict,
		"replacement transaction underpriced":                wherry.Conflict,
		"Replacement transaction underpriced":                wherry.Conflict,
		"ReplacementNotAllowed":                              wherry.Conflict,
		"replacement fee too low":                            wherry.Conflict,
		"transaction underpriced: tip needed 1, permitted 0": wherry.PriceTooHigh,
		"max fee per gas less than block base fee: address 0x1, maxFeePerGas: 1, baseFee: 7": wherry.PriceTooHigh,
		"FeeTooLow, MaxFeePerGas too low":                                  wherry.PriceTooHigh,
		"Gas price below configured minimum gas price":                     wherry.PriceTooHigh,
		"insufficient funds for gas * price + value: balance 1, tx cost 2": wherry.NotFunded,
		"Insufficient funds for gas * price + value":                       wherry.NotFunded,
		"Upfront cost exceeds account balance":                             wherry.NotFunded,
		"txpool is full":                                                   wherry.Busy,
		"tx fee (2.00 ether) exceeds the configured cap (1.00 ether)":      wherry.Invalid,
		"exceeds block gas limit":                                          wherry.Invalid,
		"the moon is in the wrong house":                                   wherry.Internal,
	} {
		if got := wherry.CodeOf(rejected(rpcError(text))); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if err := rejected(errors.New("nonce too low")); wherry.CodeOf(err) != wherry.Internal {
		t.Errorf("what no endpoint said: %v", err)
	}
}

func TestBid(t *testing.T) {
	n := big.NewInt
	for name, c := range map[string]struct {
		tip, base int64
		over      *fees
		bounds    []*big.Int
		want      *fees // nil: too dear
	}{
		"new":                  {2, 10, nil, nil, &fees{n(2), n(42)}},
		"bounded":              {2, 10, nil, []*big.Int{n(30), nil, n(20)}, &fees{n(2), n(20)}},
		"too dear":             {2, 10, nil, []*big.Int{n(11)}, nil},
		"just enough":          {2, 10, nil, []*big.Int{n(12)}, &fees{n(2), n(12)}},
		"over a cheap one":     {2, 10, &fees{n(1), n(5)}, nil, &fees{n(2), n(42)}},
		"over a dear one":      {2, 10, &fees{n(800), n(8000)}, nil, &fees{n(901), n(9001)}},
		"over a greater tip":   {2, 10, &fees{n(80), n(81)}, nil, &fees{n(91), n(101)}},
		"over one, too dear":   {2, 10, &fees{n(800), n(8000)}, []*big.Int{n(9000)}, nil},
		"over one, no tip yet": {0, 10, &fees{n(0), n(40)}, nil, &fees{n(1), n(46)}},
	} {
		got, ok := bid(n(c.tip), n(c.base), c.over, c.bounds...)
		switch {
		case ok != (c.want != nil):
			t.Errorf("%s: %v", name, ok)
		case ok && (got.tip.Cmp(c.want.tip) != 0 || got.cap.Cmp(c.want.cap) != 0):
			t.Errorf("%s: tip %s, cap %s", name, got.tip, got.cap)
		}
	}
}
