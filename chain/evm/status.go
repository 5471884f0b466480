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
	In      wherry.Hash    `json:"blockHash"`
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

// sighting is what one endpoint knows of a transaction.
type sighting struct {
	status chain.Status
	in     wherry.Hash // the block that it is in
}

// Status implements chain.Chain. A transaction is as far as the endpoint says
// that has seen most of it, but final only when enough say so of the same block.
func (c *Chain) Status(ctx context.Context, id wherry.Hash) (chain.Status, error) {
	all, err := gather(ctx, c, func(ctx context.Context, e *endpoint) (sighting, error) { return c.sight(ctx, e, id) })
	if err != nil {
		return chain.Status{}, err
	}
	var best chain.Status
	for _, a := range all {
		st := a.value.status
		if a.err != nil {
			return chain.Status{}, a.err
		}
		if st.State == chain.Finalized || st.State == chain.Failed {
			agree := 0
			for _, b := range all {
				if b.value.in == a.value.in && b.value.status.State == st.State {
					agree++
				}
			}
			if agree < c.agree {
				st.State = chain.Mined
			}
		}
		if st.State > best.State {
			best = st
		}
	}
	return best, nil
}

func (c *Chain) sight(ctx context.Context, e *endpoint, id wherry.Hash) (sighting, error) {
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
		return sighting{}, err
	}
	switch {
	case r != nil && r.Block <= newest:
		s := sighting{c.mined(uint64(newest), r), r.In}
		if s.status.Reverted && t != nil {
			s.status.Reason = e.reason(ctx, t, uint64(r.Block))
		}
		return s, nil
	case r != nil || t != nil:
		// A receipt may show before its block is the newest. Only then do
		// reads see what the transaction did.
		return sighting{status: chain.Status{State: chain.Sent}}, nil
	}
	return sighting{}, nil
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
