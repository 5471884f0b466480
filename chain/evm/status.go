package evm

import (
	"context"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// receipt is what we read of a mined transaction.
type receipt struct {
	Block   hexutil.Uint64 `json:"blockNumber"`
	Status  hexutil.Uint64 `json:"status"`
	GasUsed hexutil.Uint64 `json:"gasUsed"`
	Price   *hexutil.Big   `json:"effectiveGasPrice"`
}

// sent is what we read of a transaction.
type sent struct {
	From wherry.Address  `json:"from"`
	To   *wherry.Address `json:"to"`
	Data hexutil.Bytes   `json:"input"`
}

// Status implements chain.Chain.
func (c *Chain) Status(ctx context.Context, id wherry.Hash) (chain.Status, error) {
	var out chain.Status
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		var newest hexutil.Uint64
		var r *receipt
		var t *sent
		// The transaction is asked for after the receipt: one that is mined in
		// between is then still seen as sent, not as unknown.
		err := e.batch(
			ctx,
			request("eth_blockNumber", &newest),
			request("eth_getTransactionReceipt", &r, id),
			request("eth_getTransactionByHash", &t, id),
		)
		if err != nil {
			return err
		}
		out = chain.Status{}
		switch {
		case r != nil && r.Block <= newest:
			out = c.mined(uint64(newest), r)
			if out.Reverted && t != nil {
				out.Reason = e.reason(ctx, t, uint64(r.Block))
			}
		case r != nil || t != nil:
			// A receipt may show before its block is the newest. Only then do
			// reads see what the transaction did.
			out.State = chain.Sent
		}
		return nil
	})
	return out, err
}

// mined is the status of what is in a block, which is at most the newest.
func (c *Chain) mined(newest uint64, r *receipt) chain.Status {
	st := chain.Status{
		State: chain.Mined, Reverted: r.Status == 0, Block: uint64(r.Block), GasUsed: uint64(r.GasUsed),
	}
	if r.Price != nil {
		st.Cost = clamp(new(big.Int).Mul((*big.Int)(r.Price), number(st.GasUsed)))
	}
	if newest-st.Block >= c.params.Depth {
		st.State = chain.Finalized
		if st.Reverted {
			st.State = chain.Failed
		}
	}
	return st
}

// reason runs a reverted transaction again on its block's parent and on the
// block, and names the first refusal. It is a guess: other transactions of the
// block may have come first.
func (e *endpoint) reason(ctx context.Context, t *sent, block uint64) string {
	for _, at := range []uint64{block - 1, block} {
		var raw hexutil.Bytes
		m := message{From: &t.From, To: t.To, Data: t.Data}
		err := e.client.CallContext(ctx, &raw, "eth_call", m, hexutil.EncodeUint64(at))
		if data, ok := errors.AsType[rpc.DataError](err); ok {
			text, _ := data.ErrorData().(string)
			if b, err := hexutil.Decode(text); err == nil && refusal(b).Known() {
				return string(refusal(b))
			}
		}
	}
	return "" // out of gas, or a state that is not kept any more
}
