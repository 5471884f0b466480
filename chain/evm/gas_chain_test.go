package evm_test

import (
	"context"
	"encoding/binary"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/evm/bindings"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

const (
	gasChainID = 1337
	gasDelay   = 7 * 24 * 3600
	// gasStart is the first block's time: far ahead, so that blocks are a second
	// apart whatever the clock says, and every signature is the same every time.
	gasStart = 4_102_444_800
)

// gasChain is an Osaka chain with the contracts, one open and rich hub, and
// accounts that are made from numbers.
type gasChain struct {
	t                 *testing.T
	sim               *simulated.Backend
	hubs              bindings.Hubs
	token             bindings.Token
	hubsAt, tokenAt   common.Address
	deployed          uint64 // gas of deploying Hubs
	domain            typed.Domain
	tokenDomain       typed.TokenDomain
	bank, hub, person *identity.Key // holds all tokens; signs for the hub; sends what anybody may send
	made              uint64
	nonces            map[common.Address]uint64
}

func newGasChain(t *testing.T) *gasChain {
	t.Helper()
	g := &gasChain{t: t, hubs: *bindings.NewHubs(), token: *bindings.NewToken(), nonces: map[common.Address]uint64{}}
	rich := new(big.Int).Exp(big.NewInt(10), big.NewInt(24), nil)
	alloc := types.GenesisAlloc{}
	for range 2000 {
		alloc[common.Address(g.account().Address())] = types.Account{Balance: rich}
	}
	g.made = 0
	config := *params.AllDevChainProtocolChanges
	config.BogotaTime, config.AmsterdamTime = nil, nil
	g.sim = simulated.NewBackend(alloc, func(_ *node.Config, eth *ethconfig.Config) {
		eth.Genesis.Config = &config
		eth.Genesis.Timestamp = gasStart
	})
	t.Cleanup(func() { _ = g.sim.Close() })

	g.bank, g.hub, g.person = g.account(), g.account(), g.account()
	bank := common.Address(g.bank.Address())
	g.tokenAt, _ = g.deploy(bindings.TokenMetaData.Bin, g.token.PackConstructor(bank))
	g.hubsAt, g.deployed = g.deploy(bindings.HubsMetaData.Bin, g.hubs.PackConstructor(g.tokenAt, gasDelay, fare(1)))
	g.domain = typed.Domain{ChainID: gasChainID, Contract: wherry.Address(g.hubsAt)}
	g.tokenDomain = typed.TokenDomain{ChainID: gasChainID, Token: wherry.Address(g.tokenAt)}
	return g
}

// account returns the next account.
func (g *gasChain) account() *identity.Key {
	g.made++
	var secret [32]byte
	binary.BigEndian.PutUint64(secret[8:], 0xfa4e)
	binary.BigEndian.PutUint64(secret[24:], g.made)
	hash := wherry.Keccak256(secret[:])
	k, err := identity.KeyFromBytes(hash[:])
	if err != nil {
		g.t.Fatal(err)
	}
	return k
}

func (g *gasChain) deploy(code string, args []byte) (common.Address, uint64) {
	g.t.Helper()
	r := g.mine(g.bank, nil, append(common.FromHex(code), args...))
	return r.ContractAddress, r.GasUsed
}

// send has a call mined in a block of its own and returns the gas it used.
func (g *gasChain) send(from *identity.Key, to common.Address, data []byte) uint64 {
	g.t.Helper()
	return g.mine(from, &to, data).GasUsed
}

// call is send to the Hubs contract.
func (g *gasChain) call(from *identity.Key, data []byte) uint64 {
	g.t.Helper()
	return g.send(from, g.hubsAt, data)
}

func (g *gasChain) mine(from *identity.Key, to *common.Address, data []byte) *types.Receipt {
	g.t.Helper()
	ctx := g.t.Context()
	who := common.Address(from.Address())
	tx, err := types.SignNewTx(from.ECDSA(), types.LatestSignerForChainID(big.NewInt(gasChainID)), &types.DynamicFeeTx{
		ChainID: big.NewInt(gasChainID), Nonce: g.nonces[who], GasTipCap: big.NewInt(params.GWei), GasFeeCap: big.NewInt(params.GWei * 10),
		Gas: 10_000_000, To: to, Data: data,
	})
	if err != nil {
		g.t.Fatal(err)
	}
	if err := g.sim.Client().SendTransaction(ctx, tx); err != nil {
		g.t.Fatal(err)
	}
	g.nonces[who]++
	block := g.sim.Commit()
	receipts, err := g.sim.Client().(blockReceipts).BlockReceipts(ctx, rpc.BlockNumberOrHashWithHash(block, false))
	if err != nil || len(receipts) != 1 {
		g.t.Fatalf("nonce %d of %v: want one receipt, got %d: %v", tx.Nonce(), who, len(receipts), err)
	}
	r := receipts[0]
	if r.Status != types.ReceiptStatusSuccessful {
		g.t.Fatalf("call of %d bytes reverted after %d gas", len(data), r.GasUsed)
	}
	for _, l := range r.Logs {
		if _, err := g.hubs.UnpackSkippedEvent(l); err == nil {
			g.t.Fatal("an item was skipped")
		}
	}
	return r
}

// now returns the time of the next block.
func (g *gasChain) now() uint64 {
	g.t.Helper()
	h, err := g.sim.Client().HeaderByNumber(g.t.Context(), nil)
	if err != nil {
		g.t.Fatal(err)
	}
	return h.Time + 1
}

// later lets time go by. The pool lets go of what is in the newest block a moment
// after that block, and time does not move while anything waits there.
func (g *gasChain) later(d time.Duration) {
	g.t.Helper()
	err := g.sim.AdjustTime(d)
	for began := time.Now(); err != nil && time.Since(began) < 10*time.Second; err = g.sim.AdjustTime(d) {
		time.Sleep(10 * time.Millisecond)
	}
	if err != nil {
		g.t.Fatal(err)
	}
}

// give lets an account have tokens.
func (g *gasChain) give(to *identity.Key, amount *big.Int) {
	g.t.Helper()
	g.send(g.bank, g.tokenAt, g.token.PackTransfer(common.Address(to.Address()), amount))
}

// approve lets the contract pull an account's tokens, all of them.
func (g *gasChain) approve(from *identity.Key) uint64 {
	g.t.Helper()
	return g.send(from, g.tokenAt, g.token.PackApprove(g.hubsAt, new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))))
}

// blockReceipts finds receipts by their block, for which no index has to be ready.
type blockReceipts interface {
	BlockReceipts(ctx context.Context, block rpc.BlockNumberOrHash) ([]*types.Receipt, error)
}

// split gives a signature's words.
func split(s identity.Signature) (r, vs [32]byte) { return [32]byte(s[:32]), [32]byte(s[32:]) }

// fare returns n whole tokens in base units.
func fare(n int64) *big.Int {
	return new(big.Int).Mul(big.NewInt(n), big.NewInt(params.Ether))
}

func amount(v *big.Int) wherry.Amount {
	a, err := wherry.AmountFromBig(v)
	if err != nil {
		panic(err)
	}
	return a
}

func addr(k *identity.Key) common.Address { return common.Address(k.Address()) }
