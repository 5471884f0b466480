package evm

import (
	"context"
	"errors"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

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

// final returns the number of the newest final block.
func (c *Chain) final(newest uint64) uint64 {
	if newest < c.params.Depth {
		return 0
	}
	return newest - c.params.Depth
}

// Head implements chain.Chain.
func (c *Chain) Head(ctx context.Context, at chain.At) (chain.Head, error) {
	return read(ctx, c, at, whichBlock, first)
}

// whichBlock asks for a block's header alone.
func whichBlock(string) ([]rpc.BatchElem, func(*header) (chain.Head, error)) {
	return nil, func(h *header) (chain.Head, error) { return h.head(), nil }
}

// first is what the endpoint with the newest block says, whatever others say.
func first[T any](newest, _ T) T { return newest }

// Block implements chain.Chain.
func (c *Chain) Block(ctx context.Context, number uint64) (chain.Head, error) {
	final, err := c.finalNumber(ctx)
	if err != nil {
		return chain.Head{}, err
	}
	if number <= final {
		return readAgreed(ctx, c, number, whichBlock)
	}
	type seen struct {
		newest uint64
		head   chain.Head
	}
	all, err := gather(ctx, c, func(ctx context.Context, e *endpoint) (seen, error) {
		var newest hexutil.Uint64
		var h *header
		err := e.batch(ctx, request("eth_blockNumber", &newest), request("eth_getBlockByNumber", &h, hexutil.EncodeUint64(number), false))
		if err == nil && h == nil {
			err = wherry.Errorf(wherry.NotFound, "block %d: the newest is %d", number, uint64(newest))
		}
		if err != nil {
			return seen{}, err
		}
		return seen{uint64(newest), h.head()}, nil
	})
	if err != nil {
		return chain.Head{}, err
	}
	best := all[0]
	for _, a := range all[1:] {
		if a.err == nil && (best.err != nil || a.value.newest > best.value.newest) {
			best = a
		}
	}
	return best.value.head, best.err
}

// Hub implements chain.Chain.
func (c *Chain) Hub(ctx context.Context, hub wherry.Address, at chain.At) (chain.Hub, error) {
	return read(ctx, c, at, ask(c, packHub(hub), unpackHub), func(h, other chain.Hub) chain.Hub {
		h.Free, h.Retired = h.Free.Min(other.Free), h.Retired || other.Retired
		return h
	})
}

// In implements chain.Chain.
func (c *Chain) In(ctx context.Context, hub, consumer wherry.Address, at chain.At) (chain.In, error) {
	return read(ctx, c, at, ask(c, packIn(hub, consumer), unpackIn), func(in, other chain.In) chain.In {
		in.ExitAt = earlier(in.ExitAt, other.ExitAt)
		return in
	})
}

// Out implements chain.Chain.
func (c *Chain) Out(ctx context.Context, hub, payee wherry.Address, at chain.At) (chain.Out, error) {
	return read(ctx, c, at, ask(c, packOut(hub, payee), unpackOut), func(o, other chain.Out) chain.Out {
		o.Reserved, o.UnlockAt = o.Reserved.Min(other.Reserved), earlier(o.UnlockAt, other.UnlockAt)
		return o
	})
}

// Owed implements chain.Chain.
func (c *Chain) Owed(ctx context.Context, hub, consumer wherry.Address, at chain.At) (chain.Owed, error) {
	return read(ctx, c, at, ask(c, packOwed(hub, consumer), unpackOwed), first)
}

// earlier returns the earlier of two times, of which a zero one does not count.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// ask is one question to the contract.
func ask[T any](c *Chain, data []byte, unpack func([]byte) (T, error)) question[T] {
	return func(block string) ([]rpc.BatchElem, func(*header) (T, error)) {
		raw := new(hexutil.Bytes)
		return []rpc.BatchElem{view(c.params.Contract, data, block, raw)}, func(*header) (T, error) { return unpack(*raw) }
	}
}

// Account implements chain.Chain.
func (c *Chain) Account(ctx context.Context, a wherry.Address, at chain.At) (chain.Account, error) {
	askTokens, askAllowance, askNonce := packAccount(a, c.params.Contract)
	return read(ctx, c, at, func(block string) ([]rpc.BatchElem, func(*header) (chain.Account, error)) {
		var tokens, allowance, nonce hexutil.Bytes
		var gas hexutil.Big
		requests := []rpc.BatchElem{
			view(c.params.Token, askTokens, block, &tokens),
			view(c.params.Token, askAllowance, block, &allowance),
			view(c.params.Token, askNonce, block, &nonce),
			request("eth_getBalance", &gas, a, block),
		}
		return requests, func(*header) (chain.Account, error) {
			return unpackAccount(tokens, allowance, nonce, (*big.Int)(&gas))
		}
	}, first)
}

// Nonces implements chain.Chain.
func (c *Chain) Nonces(ctx context.Context, a wherry.Address) (chain.Nonces, error) {
	var out chain.Nonces
	var err error
	// The final one first: what is counted meanwhile then counts as newer.
	out.Final, err = read(ctx, c, chain.Final, func(block string) ([]rpc.BatchElem, func(*header) (uint64, error)) {
		n := new(hexutil.Uint64)
		return []rpc.BatchElem{request("eth_getTransactionCount", n, a, block)}, func(*header) (uint64, error) { return uint64(*n), nil }
	}, first)
	if err != nil {
		return out, err
	}
	all, err := gather(ctx, c, func(ctx context.Context, e *endpoint) (chain.Nonces, error) {
		var latest, pending hexutil.Uint64
		err := e.batch(ctx, request("eth_getTransactionCount", &latest, a, "latest"), request("eth_getTransactionCount", &pending, a, "pending"))
		return chain.Nonces{Latest: uint64(latest), Pending: uint64(pending)}, err
	})
	if err != nil {
		return out, err
	}
	for _, n := range all {
		out.Latest = max(out.Latest, n.value.Latest)
		out.Pending = max(out.Pending, n.value.Latest, n.value.Pending)
	}
	return out, nil
}

// GasPrice implements chain.Chain.
func (c *Chain) GasPrice(ctx context.Context) (wherry.Amount, error) {
	var out wherry.Amount
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		var tip hexutil.Big
		var h *header
		if err := e.batch(ctx, request("eth_maxPriorityFeePerGas", &tip), request("eth_getBlockByNumber", &h, "latest", false)); err != nil {
			return err
		}
		if h == nil || h.BaseFee == nil {
			return errors.New("a newest block without a base fee")
		}
		out = clamp(new(big.Int).Add((*big.Int)(&tip), (*big.Int)(h.BaseFee)))
		return nil
	})
	return out, err
}
