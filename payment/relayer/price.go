package relayer

import (
	"math/big"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// Price turns gas into tokens on one chain. Its zero value is no price.
type Price struct {
	Rate   wherry.Amount // tokens for one whole coin (10^18 wei) of the chain
	Margin uint64        // parts per million on top of what the gas costs
	Least  wherry.Amount // smallest fee
	// Sweep is the fee for each deposit address that is swept. It does not follow
	// the price of gas, since it is part of the address; default 0.1 tokens.
	Sweep wherry.Amount
}

// The units of gas that are allowed for each kind: what docs/gas.md measures at
// the first time and with a fee, and the allowance that sending adds for what
// changes in between.
var allowances = map[wire.Kind]uint64{
	wire.TopUpPermit: 210_000,
	wire.TopUpAuth:   200_000,
	wire.Leave:       95_000 + finalizeGas,
	wire.Close:       120_000,
	wire.TakeBack:    115_000,
}

// finalizeGas is what finalizing an exit is allowed, which its request pays for.
const finalizeGas = 95_000

var (
	coin    = new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil)
	million = big.NewInt(1_000_000)
)

// Fee returns what work that costs so many wei is to be paid with, rounded up.
func (p Price) Fee(wei wherry.Amount) (wherry.Amount, error) {
	v := new(big.Int).Mul(wei.Big(), p.Rate.Big())
	v.Mul(v, new(big.Int).Add(million, new(big.Int).SetUint64(p.Margin)))
	d := new(big.Int).Mul(coin, million)
	v.Add(v, new(big.Int).Sub(d, big.NewInt(1))).Div(v, d)
	fee, err := wherry.AmountFromBig(v)
	if err != nil || !fee.FitsChain() {
		return wherry.Amount{}, wherry.Errorf(wherry.Refused, "gas costs more than any fee could pay for")
	}
	return fee.Max(p.Least), nil
}

// Covers returns how many wei a fee pays for, without any margin.
func (p Price) Covers(fee wherry.Amount) wherry.Amount {
	if p.Rate.IsZero() {
		return wherry.Amount{}
	}
	wei, err := wherry.AmountFromBig(new(big.Int).Div(new(big.Int).Mul(fee.Big(), coin), p.Rate.Big()))
	if err != nil {
		return wherry.MaxOnChain
	}
	return wei
}

// times returns gas units at a price per unit in wei.
func times(gas uint64, each *big.Int) (wherry.Amount, error) {
	return wherry.AmountFromBig(new(big.Int).Mul(new(big.Int).SetUint64(gas), each))
}
