package devchain

import (
	"context"
	"errors"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/wherrynet/wherry"
)

// namespace of the methods that only a dev chain answers.
const namespace = "devchain"

// control serves what another process may ask of the chain.
type control struct{ c *Chain }

func (s *control) AdjustTime(seconds hexutil.Uint64) error {
	const most = 100 * 365 * 24 * 3600
	if seconds > most {
		return wherry.Errorf(wherry.Invalid, "dev chain: more than a hundred years")
	}
	return s.c.AdjustTime(time.Duration(seconds) * time.Second)
}

func (s *control) Reorg(n hexutil.Uint64, drop bool) error { return s.c.Reorg(uint64(n), drop) }

func (s *control) Mine(n hexutil.Uint64) error {
	if n > 10_000 {
		return wherry.Errorf(wherry.Invalid, "dev chain: more than 10000 blocks at once")
	}
	s.c.Mine(int(n))
	return nil
}

// Remote asks a dev chain in another process for what Chain does in this one.
type Remote struct{ client *rpc.Client }

// Dial connects to the dev chain whose JSON-RPC answers at url.
func Dial(ctx context.Context, url string) (*Remote, error) {
	c, err := rpc.DialContext(ctx, url)
	if err != nil {
		return nil, wherry.Errorf(wherry.Unreachable, "dev chain at %s: %w", url, err)
	}
	return &Remote{c}, nil
}

// Close ends the connection.
func (r *Remote) Close() { r.client.Close() }

// AdjustTime is Chain.AdjustTime.
func (r *Remote) AdjustTime(ctx context.Context, d time.Duration) error {
	return r.call(ctx, "adjustTime", hexutil.Uint64(d/time.Second))
}

// Reorg is Chain.Reorg.
func (r *Remote) Reorg(ctx context.Context, n uint64, drop bool) error {
	return r.call(ctx, "reorg", hexutil.Uint64(n), drop)
}

// Mine is Chain.Mine.
func (r *Remote) Mine(ctx context.Context, n uint64) error {
	return r.call(ctx, "mine", hexutil.Uint64(n))
}

// Faucet is Chain.Faucet.
func (r *Remote) Faucet(ctx context.Context, to wherry.Address, wei wherry.Amount) error {
	return faucet(ctx, r.client, to, wei)
}

func (r *Remote) call(ctx context.Context, method string, args ...any) error {
	err := r.client.CallContext(ctx, nil, namespace+"_"+method, args...)
	var answered rpc.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answered):
		return wherry.Errorf(wherry.Refused, "%w", err)
	}
	return wherry.Errorf(wherry.Unreachable, "dev chain: %w", err)
}

// faucet sends wei from FaucetKey and waits for it to arrive. Everybody shares
// that key, so a nonce that somebody else took just now is tried again.
func faucet(ctx context.Context, client *rpc.Client, to wherry.Address, wei wherry.Amount) error {
	ec := ethclient.NewClient(client)
	var id common.Hash
	var err error
	for range 20 {
		if id, err = pour(ctx, ec, common.Address(to), wei); err == nil {
			break
		}
		if pause(ctx) != nil {
			break
		}
	}
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "faucet: %w", err)
	}
	for {
		r, err := ec.TransactionReceipt(ctx, id)
		var answered rpc.Error // as "indexing is in progress", right after a start
		switch {
		case err == nil && r.Status == types.ReceiptStatusSuccessful:
			return nil
		case err == nil:
			return wherry.Errorf(wherry.Conflict, "faucet: %s takes no coins", to)
		case !errors.Is(err, ethereum.NotFound) && !errors.As(err, &answered) && ctx.Err() == nil:
			return wherry.Errorf(wherry.Unreachable, "faucet: %w", err)
		}
		if err := pause(ctx); err != nil {
			return wherry.Errorf(wherry.Timeout, "faucet: %w", err)
		}
	}
}

// pour sends the faucet's transaction.
func pour(ctx context.Context, ec *ethclient.Client, to common.Address, wei wherry.Amount) (common.Hash, error) {
	key := FaucetKey()
	id, err := ec.ChainID(ctx)
	if err != nil {
		return common.Hash{}, err
	}
	head, err := ec.HeaderByNumber(ctx, nil)
	if err != nil {
		return common.Hash{}, err
	}
	tip, err := ec.SuggestGasTipCap(ctx)
	if err != nil {
		return common.Hash{}, err
	}
	nonce, err := ec.PendingNonceAt(ctx, common.Address(key.Address()))
	if err != nil {
		return common.Hash{}, err
	}
	fee := new(big.Int).Add(tip, new(big.Int).Lsh(head.BaseFee, 1))
	tx, err := types.SignNewTx(key.ECDSA(), types.LatestSignerForChainID(id), &types.DynamicFeeTx{
		ChainID: id, Nonce: nonce, To: &to, Value: wei.Big(), Gas: 100_000, GasTipCap: tip, GasFeeCap: fee,
	})
	if err != nil {
		return common.Hash{}, err
	}
	return tx.Hash(), ec.SendTransaction(ctx, tx)
}

func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(20 * time.Millisecond):
		return nil
	}
}
