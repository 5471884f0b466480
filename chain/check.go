package chain

import "github.com/wherrynet/wherry"

// Check refuses a call that cannot be put into the contract's words: an amount
// above wherry.MaxOnChain, or a promise to another hub than the one that
// collects. Implementations call it before anything else.
func Check(call Call) error {
	var amounts []wherry.Amount
	switch c := call.(type) {
	case OpenHub:
		amounts = append(amounts, c.Amount)
	case Fund:
		amounts = append(amounts, c.Amount)
	case Withdraw:
		amounts = append(amounts, c.Amount)
	case TopUp:
		amounts = append(amounts, c.Amount)
	case TopUpPermit:
		amounts = append(amounts, c.TopUp.Deposited, c.TopUp.Fee)
	case TopUpAuth:
		amounts = append(amounts, c.TopUp.Deposited, c.TopUp.Fee)
	case Collect:
		for _, x := range c.Claims {
			if x.Promise.Hub != c.Hub {
				return wherry.Errorf(wherry.Invalid, "collect for hub %s: a promise is to hub %s", c.Hub, x.Promise.Hub)
			}
			amounts = append(amounts, x.Promise.Total)
		}
	case Settle:
		for _, x := range c.Payouts {
			amounts = append(amounts, x.Payout.Total)
		}
	case Push:
		for _, x := range c.Items {
			amounts = append(amounts, x.Total, x.Reserve)
		}
	case CutReserve:
		amounts = append(amounts, c.Reserve)
	case RequestExitFor:
		amounts = append(amounts, c.Leave.Deposited, c.Leave.Fee)
	case Sweep:
		amounts = append(amounts, c.Fee)
		for _, x := range c.Items {
			amounts = append(amounts, x.Cap)
		}
	case TakeBack:
		amounts = append(amounts, c.Cap, c.Amount)
	case TakeBackFor:
		amounts = append(amounts, c.TakeBack.Cap, c.TakeBack.Amount, c.TakeBack.Fee)
	case CoopExit:
		amounts = append(amounts, c.Close.Deposited, c.Close.Settled)
	case CoopExitFor:
		amounts = append(amounts, c.Leave.Deposited, c.Leave.Fee, c.Close.Deposited, c.Close.Settled)
	}
	for _, a := range amounts {
		if !a.FitsChain() {
			return Refuse(call, AmountTooLarge)
		}
	}
	return nil
}
