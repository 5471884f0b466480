package evm

import (
	"math/big"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// clientMost is what go-ethereum lets a transaction cost at worst before it
// refuses it, in wei, unless it is told otherwise: a coin.
var clientMost = wherry.Tokens(1).Big()

// fees is what a transaction gives per unit of gas: at most cap, of which tip
// goes to whoever makes the block.
type fees struct{ tip, cap *big.Int }

// bid chooses the fees of a transaction, when a block costs base per unit of gas
// and the usual tip is tip. The base fee may double twice before it
// is too little, unless the bounds are closer. Over is what is replaced, nil for
// nothing: both its fees are raised by an eighth, since clients want a tenth or
// an eighth of both. False means that nothing within the bounds would do.
func bid(tip, base *big.Int, over *fees, bounds ...*big.Int) (fees, bool) {
	f := fees{tip: new(big.Int).Set(tip)}
	f.cap = new(big.Int).Add(tip, new(big.Int).Lsh(base, 2))
	least := new(big.Int).Add(tip, base)
	if over != nil {
		f.tip = larger(f.tip, raised(over.tip))
		least = larger(new(big.Int).Add(f.tip, base), raised(over.cap))
		f.cap = larger(f.cap, least)
	}
	for _, most := range bounds {
		if most == nil {
			continue
		}
		if f.cap.Cmp(most) > 0 {
			f.cap = most
		}
	}
	if f.cap.Cmp(least) < 0 {
		return fees{}, false
	}
	return f, true
}

// raised returns what has to be given to replace what gave v.
func raised(v *big.Int) *big.Int {
	out := new(big.Int).Rsh(v, 3)
	out.Add(out, v)
	return out.Add(out, big.NewInt(1))
}

func larger(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

// perGas returns what a unit of gas may cost when the whole may cost most; nil
// for no bound.
func perGas(most *big.Int, gas uint64) *big.Int {
	if most == nil || most.Sign() == 0 || gas == 0 {
		return nil
	}
	return new(big.Int).Quo(most, number(gas))
}

// tooDear is the error of a bid that the bounds do not allow.
func tooDear(call chain.Call, q quote) error {
	return wherry.Errorf(wherry.PriceTooHigh, "%s: gas costs %s wei a unit now, which is more than may be given for it", call.Name(), new(big.Int).Add(q.base, q.tip))
}
