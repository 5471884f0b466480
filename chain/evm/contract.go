package evm

import (
	"errors"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/evm/bindings"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// This file and contract_events.go are all that know the contracts' ABI.
var (
	hubs  = bindings.NewHubs()
	token = bindings.NewToken()
)

// encode returns the contract that a call goes to and its calldata.
func encode(p chain.Params, call chain.Call) (wherry.Address, []byte) {
	switch c := call.(type) {
	case chain.Approve:
		return p.Token, token.PackApprove(account(p.Contract), c.Amount.Big())
	case chain.Transfer:
		return p.Token, token.PackTransfer(account(c.To), c.Amount.Big())
	}
	return p.Contract, encodeHubs(call)
}

func encodeHubs(call chain.Call) []byte {
	switch c := call.(type) {
	case chain.OpenHub:
		r, vs := split(c.Signature)
		return hubs.PackOpenHub(account(c.Hub), c.Amount.Big(), r, vs)
	case chain.Fund:
		return hubs.PackFund(account(c.Hub), c.Amount.Big())
	case chain.Withdraw:
		return hubs.PackWithdraw(account(c.Hub), c.Amount.Big())
	case chain.Retire:
		return hubs.PackRetire(account(c.Hub))
	case chain.Collect:
		return hubs.PackCollect(account(c.Hub), claims(c.Claims))
	case chain.Settle:
		return hubs.PackSettle(account(c.Hub), payouts(c.Payouts))
	case chain.Push:
		return hubs.PackPush(account(c.Hub), items(c.Items))
	case chain.AnnounceCut:
		return hubs.PackAnnounceCut(account(c.Hub), account(c.Payee))
	case chain.CutReserve:
		return hubs.PackCutReserve(account(c.Hub), account(c.Payee), c.Reserve.Big())
	case chain.TopUp:
		return hubs.PackTopUp(account(c.Hub), account(c.Consumer), c.Amount.Big())
	case chain.TopUpPermit:
		r, vs := split(c.PermitSignature)
		return hubs.PackTopUpPermit(topUp(c.Consumer, c.TopUp, c.Signature), bindings.IHubsPermit{
			Value: c.PermitValue.Big(), Deadline: number(c.PermitDeadline), R: r, Vs: vs,
		})
	case chain.TopUpAuth:
		return hubs.PackTopUpAuth(topUp(c.Consumer, c.TopUp, c.Signature))
	case chain.RequestExit:
		return hubs.PackRequestExit(account(c.Hub))
	case chain.RequestExitFor:
		return hubs.PackRequestExitFor(leave(c.Consumer, c.Leave, c.Signature))
	case chain.FinalizeExit:
		return hubs.PackFinalizeExit(account(c.Hub), account(c.Consumer))
	case chain.CoopExit:
		return hubs.PackCoopExit(account(c.Hub), closing(c.Close, c.Signature))
	case chain.CoopExitFor:
		return hubs.PackCoopExitFor(
			leave(c.Close.Consumer, c.Leave, c.LeaveSignature), closing(c.Close, c.Signature))
	case chain.Sweep:
		return hubs.PackSweep(c.Fee.Big(), deposits(c.Items))
	case chain.TakeBack:
		return hubs.PackTakeBack(account(c.Hub), c.Cap.Big(), c.Amount.Big())
	case chain.TakeBackFor:
		t := c.TakeBack
		r, vs := split(c.Signature)
		return hubs.PackTakeBackFor(bindings.IHubsTakeBack{
			Hub: account(t.Hub), Consumer: account(c.Consumer), Cap: t.Cap.Big(), Amount: t.Amount.Big(),
			Fee: t.Fee.Big(), Relayer: account(t.Relayer), Deadline: number(t.Deadline), R: r, Vs: vs,
		})
	}
	panic("evm: unknown call " + call.Name())
}

func deposits(all []typed.Deposit) []bindings.IHubsDeposit {
	out := make([]bindings.IHubsDeposit, len(all))
	for i, d := range all {
		out[i] = bindings.IHubsDeposit{Hub: account(d.Hub), Consumer: account(d.Consumer), Cap: d.Cap.Big()}
	}
	return out
}

func claims(all []chain.Claim) []bindings.IHubsClaim {
	out := make([]bindings.IHubsClaim, len(all))
	for i, c := range all {
		r, vs := split(c.Signature)
		out[i] = bindings.IHubsClaim{
			Consumer: account(c.Consumer), Total: c.Promise.Total.Big(), Preimage: c.Preimage,
			Order: c.Promise.Order, R: r, Vs: vs,
		}
	}
	return out
}

func payouts(all []chain.SignedPayout) []bindings.IHubsPayout {
	out := make([]bindings.IHubsPayout, len(all))
	for i, c := range all {
		r, vs := split(c.Signature)
		out[i] = bindings.IHubsPayout{
			Payee: account(c.Payout.Payee), Total: c.Payout.Total.Big(), Expiry: c.Payout.Expiry,
			Preimage: c.Preimage, R: r, Vs: vs,
		}
	}
	return out
}

func items(all []chain.PushItem) []bindings.IHubsItem {
	out := make([]bindings.IHubsItem, len(all))
	for i, c := range all {
		out[i] = bindings.IHubsItem{Payee: account(c.Payee), Total: c.Total.Big(), Reserve: c.Reserve.Big()}
	}
	return out
}

func topUp(consumer wherry.Address, t typed.TopUp, sig identity.Signature) bindings.IHubsTopUp {
	r, vs := split(sig)
	return bindings.IHubsTopUp{
		Hub: account(t.Hub), Consumer: account(consumer), Deposited: t.Deposited.Big(), Fee: t.Fee.Big(),
		Relayer: account(t.Relayer), Deadline: number(t.Deadline), R: r, Vs: vs,
	}
}

func leave(consumer wherry.Address, l typed.Leave, sig identity.Signature) bindings.IHubsLeave {
	return bindings.IHubsLeave(topUp(consumer, typed.TopUp(l), sig))
}

func closing(c typed.Close, sig identity.Signature) bindings.IHubsClose {
	r, vs := split(sig)
	return bindings.IHubsClose{
		Deposited: c.Deposited.Big(), Settled: c.Settled.Big(), Expiry: c.Expiry, R: r, Vs: vs,
	}
}

func packHub(hub wherry.Address) []byte { return hubs.PackHubs(account(hub)) }
func packIn(hub, consumer wherry.Address) []byte {
	return hubs.PackIns(account(hub), account(consumer))
}

func packOut(hub, payee wherry.Address) []byte { return hubs.PackOuts(account(hub), account(payee)) }

func packOwed(hub, consumer wherry.Address) []byte {
	return hubs.PackOwed(account(hub), account(consumer))
}

func unpackHub(raw []byte) (chain.Hub, error) {
	v, err := hubs.UnpackHubs(raw)
	if err != nil {
		return chain.Hub{}, err
	}
	return chain.Hub{Owner: wherry.Address(v.Owner), Free: clamp(v.Free), Retired: v.Retired}, nil
}

func unpackIn(raw []byte) (chain.In, error) {
	v, err := hubs.UnpackIns(raw)
	if err != nil {
		return chain.In{}, err
	}
	return chain.In{
		Deposited: clamp(v.Deposited), Settled: clamp(v.Settled),
		ExitAt: instant(v.ExitAt), NotBefore: instant(v.NotBefore),
	}, nil
}

func unpackOut(raw []byte) (chain.Out, error) {
	v, err := hubs.UnpackOuts(raw)
	if err != nil {
		return chain.Out{}, err
	}
	return chain.Out{Settled: clamp(v.Settled), Reserved: clamp(v.Reserved), UnlockAt: instant(v.UnlockAt)}, nil
}

func unpackOwed(raw []byte) (chain.Owed, error) {
	v, err := hubs.UnpackOwed(raw)
	if err != nil {
		return chain.Owed{}, err
	}
	return chain.Owed{Relayer: wherry.Address(v.Relayer), Fee: clamp(v.Fee)}, nil
}

// packAccount returns what the token is asked about an account.
func packAccount(a, contract wherry.Address) (balance, allowance, nonce []byte) {
	return token.PackBalanceOf(account(a)), token.PackAllowance(account(a), account(contract)),
		token.PackNonces(account(a))
}

func unpackAccount(balance, allowance, nonce []byte, gas *big.Int) (chain.Account, error) {
	tokens, err1 := token.UnpackBalanceOf(balance)
	allowed, err2 := token.UnpackAllowance(allowance)
	next, err3 := token.UnpackNonces(nonce)
	if err := errors.Join(err1, err2, err3); err != nil {
		return chain.Account{}, err
	}
	return chain.Account{
		Tokens: clamp(tokens), Gas: clamp(gas), Allowance: clamp(allowed), PermitNonce: next.Uint64(),
	}, nil
}

// terms is what is fixed in a contract.
type terms struct {
	token    wherry.Address
	delay    time.Duration
	life     time.Duration
	minTopUp wherry.Amount
	deposit  wherry.Address // the deposit address of probe
}

// probe is what a contract is asked the deposit address of, to see whether the
// token has such addresses, and that they are worked out here as they are there.
var probe = typed.Deposit{Hub: wherry.Address{19: 1}, Consumer: wherry.Address{19: 2}, Cap: wherry.Base(3)}

// packTerms returns what a contract is asked for its terms.
func packTerms() [5][]byte {
	return [5][]byte{
		hubs.PackToken(), hubs.PackDelay(), hubs.PackLIFE(), hubs.PackMinTopUp(),
		hubs.PackDepositAddress(account(probe.Hub), account(probe.Consumer), probe.Cap.Big()),
	}
}

func unpackTerms(raw [5]hexutil.Bytes) (terms, error) {
	at, err1 := hubs.UnpackToken(raw[0])
	delay, err2 := hubs.UnpackDelay(raw[1])
	span, err3 := hubs.UnpackLIFE(raw[2])
	least, err4 := hubs.UnpackMinTopUp(raw[3])
	deposit, err5 := hubs.UnpackDepositAddress(raw[4])
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return terms{}, err
	}
	const century = 100 * 365 * 24 * 3600
	return terms{
		token: wherry.Address(at), minTopUp: clamp(least), deposit: wherry.Address(deposit),
		delay: time.Duration(min(delay, century)) * time.Second,
		life:  time.Duration(min(span, century)) * time.Second,
	}, nil
}

// tokenCode and hubsCode return what deploys the contracts.
func tokenCode(holder wherry.Address) []byte {
	return append(common.FromHex(bindings.TokenMetaData.Bin), token.PackConstructor(account(holder))...)
}

func hubsCode(tokenAt wherry.Address, delay time.Duration, minTopUp wherry.Amount) []byte {
	args := hubs.PackConstructor(account(tokenAt), uint64(delay/time.Second), minTopUp.Big())
	return append(common.FromHex(bindings.HubsMetaData.Bin), args...)
}

// refusalsBySelector names the errors of both contracts and of their libraries.
var refusalsBySelector = func() map[[4]byte]chain.Refusal {
	out := map[[4]byte]chain.Refusal{
		selector("TransferFromFailed()"): chain.TransferFromFailed,
		selector("TransferFailed()"):     chain.InsufficientBalance,
		selector("Panic(uint256)"):       chain.AmountTooLarge, // no other panic than overflow is reachable
	}
	for _, a := range []abi.ABI{hubs.GetABI(), token.GetABI()} {
		for name, e := range a.Errors {
			out[[4]byte(e.ID[:4])] = chain.Refusal(name)
		}
	}
	return out
}()

func selector(signature string) [4]byte {
	h := wherry.Keccak256([]byte(signature))
	return [4]byte(h[:4])
}

// refusal names what a contract answered in refusing.
func refusal(data []byte) chain.Refusal {
	if len(data) >= 4 {
		if r, ok := refusalsBySelector[[4]byte(data[:4])]; ok {
			return r
		}
	}
	return "unknown"
}

func account(a wherry.Address) common.Address { return common.Address(a) }

func number(n uint64) *big.Int { return new(big.Int).SetUint64(n) }

func split(s identity.Signature) (r, vs [32]byte) { return [32]byte(s[:32]), [32]byte(s[32:]) }

// largest is 2^128 - 1.
var largest = func() wherry.Amount {
	a, err := wherry.AmountFromBig(new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1)))
	if err != nil {
		panic("evm: " + err.Error())
	}
	return a
}()

// clamp turns what a contract says into an Amount: the largest for what is
// above it, as an unlimited allowance.
func clamp(v *big.Int) wherry.Amount {
	a, err := wherry.AmountFromBig(v)
	if err != nil {
		return largest
	}
	return a
}

// instant turns unix seconds into a time: at most the year 9999, beyond which
// times have no JSON. Zero stays the zero time.
func instant(unix uint64) time.Time {
	if unix == 0 {
		return time.Time{}
	}
	return time.Unix(int64(min(unix, 253_402_300_799)), 0).UTC()
}
