package evm

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// Events implements chain.Chain. Of final blocks it returns what enough
// endpoints say, of newer ones what any says.
func (c *Chain) Events(ctx context.Context, hub wherry.Address, first, last uint64) ([]chain.Event, error) {
	final, err := c.finalNumber(ctx)
	if err != nil {
		return nil, err
	}
	var out []chain.Event
	for first <= last {
		to := min(last, first+c.logRange-1)
		if first <= final {
			to = min(to, final)
		}
		some, err := c.events(ctx, hub, first, to, to <= final)
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

func (c *Chain) events(ctx context.Context, hub wherry.Address, first, last uint64, final bool) ([]chain.Event, error) {
	f := filter{Address: c.params.Contract, First: hexutil.Uint64(first), Last: hexutil.Uint64(last)}
	if !hub.IsZero() { // every event's first indexed field is the hub
		f.Topics = [][]wherry.Hash{nil, {hub.Word()}} // nil is any
	}
	all, err := gather(ctx, c, func(ctx context.Context, e *endpoint) ([]chain.Event, error) { return c.eventsOf(ctx, e, f) })
	if err != nil {
		return nil, err
	}
	said := all[:0:0]
	for _, a := range all {
		if a.err == nil {
			said = append(said, a)
		}
	}
	if len(said) == 0 {
		return nil, all[0].err
	}
	if final {
		return agreed(c, said, slices.Equal[[]chain.Event], func() string { return fmt.Sprintf("%#x to %#x", first, last) })
	}
	out := said[0].value
	for _, a := range said[1:] {
		for _, ev := range a.value {
			if !slices.Contains(out, ev) {
				out = append(out, ev)
			}
		}
	}
	inOrder(out)
	return out, nil
}

// eventsOf asks one endpoint for events, which is NotFound where it does not
// have the last block.
func (c *Chain) eventsOf(ctx context.Context, e *endpoint, f filter) ([]chain.Event, error) {
	var newest hexutil.Uint64
	if err := e.client.CallContext(ctx, &newest, "eth_blockNumber"); err != nil {
		return nil, plain(err)
	}
	if newest < f.Last {
		return nil, wherry.Errorf(wherry.NotFound, "events up to block %d: the newest is %d", uint64(f.Last), uint64(newest))
	}
	var logs []types.Log
	if err := e.client.CallContext(ctx, &logs, "eth_getLogs", f); err != nil {
		return nil, plain(err)
	}
	out := make([]chain.Event, 0, len(logs))
	for i := range logs {
		l := &logs[i]
		if l.Removed || l.Address != account(c.params.Contract) || l.BlockNumber < uint64(f.First) || l.BlockNumber > uint64(f.Last) {
			continue
		}
		ev, err := decode(l)
		if err != nil {
			return nil, err
		}
		out = append(out, ev)
	}
	inOrder(out)
	return out, nil
}

func inOrder(events []chain.Event) {
	slices.SortStableFunc(events, func(a, b chain.Event) int {
		return cmp.Or(cmp.Compare(a.Block, b.Block), cmp.Compare(a.Index, b.Index))
	})
}
