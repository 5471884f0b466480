package evm

import (
	"cmp"
	"context"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// header is what we read of a block.
type header struct {
	Number  hexutil.Uint64 `json:"number"`
	Hash    wherry.Hash    `json:"hash"`
	Time    hexutil.Uint64 `json:"timestamp"`
	BaseFee *hexutil.Big   `json:"baseFeePerGas"`
}

func (h *header) head() chain.Head {
	return chain.Head{Number: uint64(h.Number), Hash: h.Hash, Time: instant(uint64(h.Time))}
}

// tag returns how JSON-RPC names the block of a view.
func (c *Chain) tag(ctx context.Context, e *endpoint, at chain.At) (string, error) {
	if at == chain.Latest || c.params.Depth == 0 {
		return "latest", nil
	}
	var newest hexutil.Uint64
	if err := e.client.CallContext(ctx, &newest, "eth_blockNumber"); err != nil {
		return "", plain(err)
	}
	return hexutil.EncodeUint64(c.final(uint64(newest))), nil
}

// final returns the number of the newest final block.
func (c *Chain) final(newest uint64) uint64 {
	if newest < c.params.Depth {
		return 0
	}
	return newest - c.params.Depth
}

// Head implements chain.Chain.
func (c *Chain) Head(ctx context.Context, at chain.At) (chain.Head, error) {
	var out chain.Head
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		tag, err := c.tag(ctx, e, at)
		if err != nil {
			return err
		}
		out, err = e.block(ctx, tag)
		return err
	})
	return out, err
}

// Block implements chain.Chain.
func (c *Chain) Block(ctx context.Context, number uint64) (chain.Head, error) {
	var out chain.Head
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		var err error
		out, err = e.block(ctx, hexutil.EncodeUint64(number))
		return err
	})
	return out, err
}

func (e *endpoint) block(ctx context.Context, tag string) (chain.Head, error) {
	var h *header
	if err := e.client.CallContext(ctx, &h, "eth_getBlockByNumber", tag, false); err != nil {
		return chain.Head{}, plain(err)
	}
	if h == nil {
		return chain.Head{}, wherry.Errorf(wherry.NotFound, "block %s: there is none yet", tag)
	}
	return h.head(), nil
}

// Hub implements chain.Chain.
func (c *Chain) Hub(ctx context.Context, hub wherry.Address, at chain.At) (chain.Hub, error) {
	return ask(ctx, c, at, packHub(hub), unpackHub)
}

// In implements chain.Chain.
func (c *Chain) In(ctx context.Context, hub, consumer wherry.Address, at chain.At) (chain.In, error) {
	return ask(ctx, c, at, packIn(hub, consumer), unpackIn)
}

// Out implements chain.Chain.
func (c *Chain) Out(ctx context.Context, hub, payee wherry.Address, at chain.At) (chain.Out, error) {
	return ask(ctx, c, at, packOut(hub, payee), unpackOut)
}

// Owed implements chain.Chain.
func (c *Chain) Owed(ctx context.Context, hub, consumer wherry.Address, at chain.At) (chain.Owed, error) {
	return ask(ctx, c, at, packOwed(hub, consumer), unpackOwed)
}

// ask asks the contract one question.
func ask[T any](ctx context.Context, c *Chain, at chain.At, data []byte, unpack func([]byte) (T, error)) (T, error) {
	var out T
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		tag, err := c.tag(ctx, e, at)
		if err != nil {
			return err
		}
		var raw hexutil.Bytes
		if err := e.batch(ctx, view(c.params.Contract, data, tag, &raw)); err != nil {
			return err
		}
		out, err = unpack(raw)
		return err
	})
	return out, err
}

// Account implements chain.Chain.
func (c *Chain) Account(ctx context.Context, a wherry.Address, at chain.At) (chain.Account, error) {
	var out chain.Account
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		tag, err := c.tag(ctx, e, at)
		if err != nil {
			return err
		}
		var tokens, allowance, nonce hexutil.Bytes
		var gas hexutil.Big
		askTokens, askAllowance, askNonce := packAccount(a, c.params.Contract)
		err = e.batch(
			ctx,
			view(c.params.Token, askTokens, tag, &tokens),
			view(c.params.Token, askAllowance, tag, &allowance),
			view(c.params.Token, askNonce, tag, &nonce),
			request("eth_getBalance", &gas, a, tag),
		)
		if err != nil {
			return err
		}
		out, err = unpackAccount(tokens, allowance, nonce, (*big.Int)(&gas))
		return err
	})
	return out, err
}

// Events implements chain.Chain.
func (c *Chain) Events(ctx context.Context, hub wherry.Address, first, last uint64) ([]chain.Event, error) {
	var out []chain.Event
	for first <= last {
		to := min(last, first+c.logRange-1)
		some, err := c.events(ctx, hub, first, to)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
		first = to + 1
	}
	return out, nil
}

// filter is a question for logs as JSON-RPC wants it.
type filter struct {
	Address wherry.Address  `json:"address"`
	Topics  [][]wherry.Hash `json:"topics,omitempty"`
	First   hexutil.Uint64  `json:"fromBlock"`
	Last    hexutil.Uint64  `json:"toBlock"`
}

func (c *Chain) events(ctx context.Context, hub wherry.Address, first, last uint64) ([]chain.Event, error) {
	f := filter{Address: c.params.Contract, First: hexutil.Uint64(first), Last: hexutil.Uint64(last)}
	if !hub.IsZero() { // every event's first indexed field is the hub
		f.Topics = [][]wherry.Hash{nil, {hub.Word()}} // nil is any
	}
	var out []chain.Event
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		var newest hexutil.Uint64
		if err := e.client.CallContext(ctx, &newest, "eth_blockNumber"); err != nil {
			return plain(err)
		}
		if uint64(newest) < last {
			return wherry.Errorf(wherry.NotFound, "events up to block %d: the newest is %d", last, uint64(newest))
		}
		var logs []types.Log
		if err := e.client.CallContext(ctx, &logs, "eth_getLogs", f); err != nil {
			return plain(err)
		}
		out = make([]chain.Event, 0, len(logs))
		for i := range logs {
			l := &logs[i]
			if l.Removed || l.Address != account(c.params.Contract) || l.BlockNumber < first || l.BlockNumber > last {
				continue
			}
			ev, err := decode(l)
			if err != nil {
				return err
			}
			out = append(out, ev)
		}
		slices.SortFunc(out, func(a, b chain.Event) int {
			return cmp.Or(cmp.Compare(a.Block, b.Block), cmp.Compare(a.Index, b.Index))
		})
		return nil
	})
	return out, err
}
