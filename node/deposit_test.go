package node

import (
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// A fee becomes part of an address for good, and whoever sweeps may take it of
// every transfer: a relayer alone does not say how much that is.
func TestNoAddressAllowsMoreThanTheConsumerPays(t *testing.T) {
	most := wherry.MustAmount("0.5")
	asks := func(fees ...string) (all []quoted) {
		for _, f := range fees {
			all = append(all, quoted{quote: wire.Quote{Fees: []wire.Fee{{Kind: wire.Sweep, Fee: wherry.MustAmount(f)}}}})
		}
		return all
	}
	for name, x := range map[string]struct {
		all  []quoted
		want string // "" for none
	}{
		"nobody":       {nil, ""},
		"the cheapest": {asks("0.4", "0.1", "1000"), "0.1"},
		"the most":     {asks("0.5"), "0.5"},
		"too dear":     {asks("0.500000000000000001", "1000"), ""},
	} {
		got, ok := sweepFee(x.all, most)
		if ok != (x.want != "") || ok && got != wherry.MustAmount(x.want) {
			t.Errorf("%s: %s %v", name, got, ok)
		}
	}
}
