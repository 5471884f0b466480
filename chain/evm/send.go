package evm

import (
	"context"
	"errors"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
)

// quote is what sending a call would take now.
type quote struct {
	gas     uint64
	tip     *big.Int // per gas, to whoever makes the block
	base    *big.Int // per gas, burnt
	balance *big.Int // what the sender has
}

func (q quote) cost() chain.Cost {
	each := new(big.Int).Add(q.tip, q.base)
	return chain.Cost{Gas: q.gas, Fee: clamp(each.Mul(each, number(q.gas)))}
}

// covers refuses what the sender could not pay for at worst.
func (q quote) covers(from wherry.Address, perGas *big.Int, call chain.Call) error {
	if need := new(big.Int).Mul(perGas, number(q.gas)); q.balance.Cmp(need) < 0 {
		return wherry.Errorf(wherry.NotFunded, "%s: %s has too little gas money: %s wei of %s", call.Name(), from, q.balance, need)
	}
	return nil
}

// quote asks what a transaction of from to to would cost, or why it would be
// refused. A nil to deploys a contract.
func (c *Chain) quote(ctx context.Context, from wherry.Address, to *wherry.Address, data []byte, call chain.Call) (quote, error) {
	var out quote
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		var err error
		out, err = e.quote(ctx, from, to, data, call)
		return err
	})
	return out, err
}

func (e *endpoint) quote(ctx context.Context, from wherry.Address, to *wherry.Address, data []byte, call chain.Call) (quote, error) {
	var gas hexutil.Uint64
	var tip, balance hexutil.Big
	var head *header
	requests := []rpc.BatchElem{
		request("eth_estimateGas", &gas, message{From: &from, To: to, Data: data}),
		request("eth_maxPriorityFeePerGas", &tip),
		request("eth_getBalance", &balance, from, "latest"),
		request("eth_getBlockByNumber", &head, "latest", false),
	}
	if err := e.client.BatchCallContext(ctx, requests); err != nil {
		return quote{}, plain(err)
	}
	if err := requests[0].Error; err != nil {
		return quote{}, refused(call, err)
	}
	for _, r := range requests[1:] {
		if r.Error != nil {
			return quote{}, r.Error
		}
	}
	if head == nil || head.BaseFee == nil {
		return quote{}, errors.New("a newest block without a base fee")
	}
	q := quote{
		tip: (*big.Int)(&tip), base: (*big.Int)(head.BaseFee), balance: (*big.Int)(&balance),
		gas: uint64(gas) + uint64(gas)/4 + 20_000, // what a batch does may have changed when it is mined
	}
	return q, nil
}

// refused makes of an endpoint's error what the contract said, if it did.
func refused(call chain.Call, err error) error {
	data, ok := errors.AsType[rpc.DataError](err)
	if !ok || !strings.Contains(err.Error(), "revert") {
		return err
	}
	text, _ := data.ErrorData().(string)
	raw, decodeErr := hexutil.Decode(text)
	if decodeErr != nil {
		raw = nil // a revert that says nothing
	}
	return chain.Refuse(call, refusal(raw))
}

// Simulate implements chain.Chain.
func (c *Chain) Simulate(ctx context.Context, from wherry.Address, call chain.Call) (chain.Cost, error) {
	if err := chain.Check(call); err != nil {
		return chain.Cost{}, err
	}
	to, data := c.encode(from, call)
	q, err := c.quote(ctx, from, to, data, call)
	if err != nil {
		return chain.Cost{}, err
	}
	return q.cost(), q.covers(from, new(big.Int).Add(q.tip, q.base), call)
}

// encode returns where a call by an account goes, and its calldata.
func (c *Chain) encode(from wherry.Address, call chain.Call) (*wherry.Address, []byte) {
	switch x := call.(type) {
	case deployment:
		return nil, x.code
	case chain.Cancel:
		return &from, nil
	}
	to, data := encode(c.params, call)
	return &to, data
}

// Send implements chain.Chain.
func (c *Chain) Send(ctx context.Context, key *identity.Key, call chain.Call, record func(chain.Tx) error) (wherry.Hash, error) {
	return c.SendBid(ctx, key, call, chain.Bid{}, record)
}

// SendBid implements chain.Chain.
func (c *Chain) SendBid(ctx context.Context, key *identity.Key, call chain.Call, terms chain.Bid, record func(chain.Tx) error) (wherry.Hash, error) {
	if err := chain.Check(call); err != nil {
		return wherry.Hash{}, err
	}
	s := c.senders.of(key.Address())
	s.mu.Lock()
	defer s.mu.Unlock()
	to, data := c.encode(key.Address(), call)
	q, err := c.quote(ctx, key.Address(), to, data, call)
	if err != nil {
		return wherry.Hash{}, err
	}
	var over *fees
	if terms.Over != nil && len(terms.Over.Raw) > 0 {
		old, err := c.parse(*terms.Over)
		if err != nil {
			return wherry.Hash{}, err
		}
		over = &fees{old.GasTipCap(), old.GasFeeCap()}
	}
	f, ok := bid(q.tip, q.base, over, c.maxFee, perGas(clientMost, q.gas), perGas(terms.Most.Big(), q.gas))
	if !ok {
		return wherry.Hash{}, tooDear(call, q)
	}
	if err := q.covers(key.Address(), f.cap, call); err != nil {
		return wherry.Hash{}, err
	}
	var nonce uint64
	if terms.Over != nil {
		nonce = terms.Over.Nonce
	} else if nonce, err = c.nonce(ctx, s, key.Address()); err != nil {
		return wherry.Hash{}, err
	}
	id := number(c.params.ID)
	signed, err := types.SignNewTx(key.ECDSA(), types.LatestSignerForChainID(id), &types.DynamicFeeTx{
		ChainID: id, Nonce: nonce, GasTipCap: f.tip, GasFeeCap: f.cap, Gas: q.gas,
		To: (*common.Address)(to), Data: data,
	})
	if err != nil {
		return wherry.Hash{}, wherry.Errorf(wherry.Internal, "sign %s: %w", call.Name(), err)
	}
	raw, err := signed.MarshalBinary()
	if err != nil {
		return wherry.Hash{}, wherry.Errorf(wherry.Internal, "encode %s: %w", call.Name(), err)
	}
	tx := chain.Tx{ID: wherry.Hash(signed.Hash()), From: key.Address(), Nonce: nonce, Raw: raw}
	if record != nil {
		if err := record(tx); err != nil {
			return wherry.Hash{}, err
		}
	}
	if terms.Over == nil || nonce >= s.nonce {
		s.last, s.nonce = tx.ID, nonce
	}
	return tx.ID, c.Resend(ctx, tx)
}

// nonce chooses the nonce of an account's next transaction. The endpoints' word
// may lag behind what they were sent a moment ago; but what they have forgotten
// (or never got) must not be waited for.
func (c *Chain) nonce(ctx context.Context, s *sender, a wherry.Address) (uint64, error) {
	all, err := gather(ctx, c, func(ctx context.Context, e *endpoint) (uint64, error) {
		var pending hexutil.Uint64
		err := plain(e.client.CallContext(ctx, &pending, "eth_getTransactionCount", a, "pending"))
		return uint64(pending), err
	})
	if err != nil {
		return 0, err
	}
	var pending uint64
	for _, n := range all {
		pending = max(pending, n.value)
	}
	if s.last.IsZero() || pending > s.nonce {
		return pending, nil
	}
	known, err := c.knows(ctx, s.last)
	if err != nil || !known {
		return pending, err
	}
	return s.nonce + 1, nil
}

// knows reports whether a transaction waits or is in a block.
func (c *Chain) knows(ctx context.Context, id wherry.Hash) (bool, error) {
	all, err := gather(ctx, c, func(ctx context.Context, e *endpoint) (bool, error) {
		var seen *struct{}
		err := plain(e.client.CallContext(ctx, &seen, "eth_getTransactionByHash", id))
		return seen != nil, err
	})
	known := false
	for _, a := range all {
		known = known || a.value
	}
	return known, err
}
