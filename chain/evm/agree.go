package evm

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// lag is how many blocks an endpoint may be behind the newest one, beyond the
// depth, before what it says of the newest block is not listened to.
const lag = 8

// A question is what the endpoints are asked about one block: the requests for a
// block's name, and how their answers and the block's header are read.
type question[T any] func(block string) ([]rpc.BatchElem, func(*header) (T, error))

// statement is what an endpoint says of a block.
type statement[T any] struct {
	head  chain.Head // the block
	value T
}

// read asks a question at a view of the chain.
//
// Final: the answer that as many endpoints as have to agree give about the same
// block, which all of those have; no such answer is Unreachable. Latest: the
// answer of the endpoint with the newest block, brought together by merge with
// those of the others that are not far behind.
func read[T comparable](ctx context.Context, c *Chain, at chain.At, ask question[T], merge func(newest, other T) T) (T, error) {
	if at == chain.Latest {
		return readLatest(ctx, c, ask, merge)
	}
	number, err := c.finalNumber(ctx)
	if err != nil {
		var none T
		return none, err
	}
	return readAgreed(ctx, c, number, ask)
}

// state asks an endpoint for what it says of a block.
func state[T any](ctx context.Context, e *endpoint, block string, ask question[T]) (statement[T], error) {
	var s statement[T]
	requests, unpack := ask(block)
	var h *header
	requests = append(requests, request("eth_getBlockByNumber", &h, block, false))
	if err := e.batch(ctx, requests...); err != nil {
		return s, err
	}
	if h == nil {
		return s, wherry.Errorf(wherry.NotFound, "block %s: there is none yet", block)
	}
	s.head = h.head()
	var err error
	s.value, err = unpack(h)
	return s, err
}

func readLatest[T comparable](ctx context.Context, c *Chain, ask question[T], merge func(newest, other T) T) (T, error) {
	var out T
	all, err := gather(ctx, c, func(ctx context.Context, e *endpoint) (statement[T], error) { return state(ctx, e, "latest", ask) })
	if err != nil {
		return out, err
	}
	slices.SortStableFunc(all, func(a, b answer[statement[T]]) int {
		return cmp.Compare(b.value.head.Number, a.value.head.Number)
	})
	for i, a := range all {
		switch {
		case a.err != nil:
			return out, a.err
		case i == 0:
			out = a.value.value
		case c.isBehind(a.value.head.Number, all[0].value.head.Number):
		default:
			out = merge(out, a.value.value)
		}
		a.from.at(a.value.head.Number, c.isBehind(a.value.head.Number, all[0].value.head.Number))
	}
	return out, nil
}

func (c *Chain) isBehind(head, best uint64) bool { return head+c.params.Depth+lag < best }

// finalNumber returns the number of the newest final block: one that as many
// endpoints as have to agree have buried deep enough.
func (c *Chain) finalNumber(ctx context.Context) (uint64, error) {
	all, err := gather(ctx, c, func(ctx context.Context, e *endpoint) (uint64, error) {
		var newest hexutil.Uint64
		err := plain(e.client.CallContext(ctx, &newest, "eth_blockNumber"))
		return uint64(newest), err
	})
	if err != nil {
		return 0, err
	}
	heads := make([]uint64, 0, len(all))
	for _, a := range all {
		heads = append(heads, a.value)
	}
	slices.Sort(heads)
	slices.Reverse(heads)
	for _, a := range all {
		a.from.at(a.value, c.isBehind(a.value, heads[0]))
	}
	if len(heads) < c.agree {
		return 0, c.tooFew(len(heads))
	}
	return c.final(heads[c.agree-1]), nil
}

func (c *Chain) tooFew(n int) error {
	return wherry.Errorf(wherry.Unreachable, "chain %d: %d of %d endpoints answer, and %d have to agree about what is final", c.params.ID, n, len(c.endpoints), c.agree)
}

// readAgreed returns what enough endpoints say of one final block.
func readAgreed[T comparable](ctx context.Context, c *Chain, number uint64, ask question[T]) (T, error) {
	var none T
	all, err := gather(ctx, c, func(ctx context.Context, e *endpoint) (statement[T], error) {
		return state(ctx, e, hexutil.EncodeUint64(number), ask)
	})
	if err != nil {
		return none, err
	}
	said := all[:0:0]
	for _, a := range all {
		if a.err == nil {
			said = append(said, a)
		}
	}
	if len(said) == 0 {
		return none, all[0].err
	}
	same := func(a, b statement[T]) bool { return a.head.Hash == b.head.Hash && a.value == b.value }
	v, err := agreed(c, said, same, func() string { return hexutil.EncodeUint64(number) })
	return v.value, err
}

// agreed returns what enough endpoints say, and notes who says something else.
func agreed[T any](c *Chain, said []answer[T], same func(a, b T) bool, what func() string) (T, error) {
	for _, a := range said {
		n := 0
		for _, b := range said {
			if same(a.value, b.value) {
				n++
			}
		}
		if n < c.agree {
			continue
		}
		for _, b := range said {
			b.from.agrees(same(a.value, b.value), "what it says of final block "+what()+" is not what others say")
		}
		return a.value, nil
	}
	var none T
	if len(said) < c.agree {
		return none, c.tooFew(len(said))
	}
	hosts := make([]string, 0, len(said))
	for _, a := range said {
		hosts = append(hosts, a.from.host)
		a.from.agrees(false, "what it says of final block "+what()+" is not what others say")
	}
	return none, wherry.Errorf(wherry.Unreachable, "chain %d: endpoints do not agree about final block %s: %s; one of them lies or is on another branch", c.params.ID, what(), strings.Join(hosts, ", "))
}
