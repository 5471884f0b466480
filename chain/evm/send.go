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
	pending uint64   // the account's next nonce, as the endpoint sees it
}

// cap returns the most that we pay per gas: the base fee may double twice.
func (q quote) cap() *big.Int {
	return new(big.Int).Add(q.tip, new(big.Int).Lsh(q.base, 2))
}

func (q quote) cost() chain.Cost {
	each := new(big.Int).Add(q.tip, q.base)
	return chain.Cost{Gas: q.gas, Fee: clamp(each.Mul(each, number(q.gas)))}
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
	var gas, pending hexutil.Uint64
	var tip, balance hexutil.Big
	var head *header
	requests := []rpc.BatchElem{
		request("eth_estimateGas", &gas, message{From: &from, To: to, Data: data}),
		request("eth_maxPriorityFeePerGas", &tip),
		request("eth_getTransactionCount", &pending, from, "pending"),
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
		tip: (*big.Int)(&tip), base: (*big.Int)(head.BaseFee), pending: uint64(pending),
		gas: uint64(gas) + uint64(gas)/4 + 20_000, // what a batch does may have changed when it is mined
	}
	if need := new(big.Int).Mul(q.cap(), number(q.gas)); (*big.Int)(&balance).Cmp(need) < 0 {
		return quote{}, wherry.Errorf(wherry.NotFunded, "%s: %s has too little gas money: %s wei of %s",
			call.Name(), from, (*big.Int)(&balance), need)
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
	to, data := encode(c.params, call)
	q, err := c.quote(ctx, from, &to, data, call)
	if err != nil {
		return chain.Cost{}, err
	}
	return q.cost(), nil
}

// Send implements chain.Chain.
func (c *Chain) Send(ctx context.Context, key *identity.Key, call chain.Call, record func(chain.Tx) error) (wherry.Hash, error) {
	if err := chain.Check(call); err != nil {
		return wherry.Hash{}, err
	}
	to, data := encode(c.params, call)
	return c.send(ctx, key, &to, data, call, record)
}

func (c *Chain) send(ctx context.Context, key *identity.Key, to *wherry.Address, data []byte, call chain.Call, record func(chain.Tx) error) (wherry.Hash, error) {
	s := c.senders.of(key.Address())
	s.mu.Lock()
	defer s.mu.Unlock()
	q, err := c.quote(ctx, key.Address(), to, data, call)
	if err != nil {
		return wherry.Hash{}, err
	}
	nonce, err := c.nonce(ctx, s, q.pending)
	if err != nil {
		return wherry.Hash{}, err
	}
	id := new(big.Int).SetUint64(c.params.ID)
	signed, err := types.SignNewTx(key.ECDSA(), types.LatestSignerForChainID(id), &types.DynamicFeeTx{
		ChainID: id, Nonce: nonce, GasTipCap: q.tip, GasFeeCap: q.cap(), Gas: q.gas,
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
	s.last, s.nonce = tx.ID, nonce
	return tx.ID, c.Resend(ctx, tx)
}

// nonce chooses the nonce of an account's next transaction. The endpoint's word
// may lag behind what it was sent a moment ago; but what it has forgotten (or
// never got) must not be waited for.
func (c *Chain) nonce(ctx context.Context, s *sender, pending uint64) (uint64, error) {
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
	var seen *struct{}
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		return plain(e.client.CallContext(ctx, &seen, "eth_getTransactionByHash", id))
	})
	return seen != nil, err
}

// Resend implements chain.Chain.
func (c *Chain) Resend(ctx context.Context, tx chain.Tx) error {
	if err := c.checkRaw(tx); err != nil {
		return err
	}
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		err := plain(e.client.CallContext(ctx, nil, "eth_sendRawTransaction", hexutil.Bytes(tx.Raw)))
		if err == nil {
			return nil
		}
		return rejected(err)
	})
	if wherry.CodeOf(err) == wherry.Conflict {
		// Nonce too low, or taken: by this very transaction, perhaps.
		if known, knowsErr := c.knows(ctx, tx.ID); knowsErr == nil && known {
			return nil
		}
	}
	if err != nil {
		return wherry.Errorf(wherry.CodeOf(err), "transaction %s: %w", tx.ID, err)
	}
	return nil
}

// checkRaw refuses bytes that are not the transaction that they are said to be.
func (c *Chain) checkRaw(tx chain.Tx) error {
	var t types.Transaction
	if err := t.UnmarshalBinary(tx.Raw); err != nil || wherry.Hash(t.Hash()) != tx.ID || t.ChainId().Uint64() != c.params.ID {
		return wherry.Errorf(wherry.Invalid, "transaction %s: its bytes are not of it or not for chain %d", tx.ID, c.params.ID)
	}
	return nil
}

// rejected sorts the ways in which an endpoint does not take a transaction.
// There are no codes for them, so the words of go-ethereum, which others repeat,
// have to do. What has none is left as the endpoint's trouble.
func rejected(err error) error {
	if _, ok := errors.AsType[rpc.Error](err); !ok {
		return err
	}
	text := strings.ToLower(err.Error())
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(text, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("already known", "already imported", "known transaction"):
		return nil
	case has("nonce too low", "nonce is too low", "replacement transaction", "replacement fee", "already exists"):
		return wherry.Errorf(wherry.Conflict, "another one has its nonce: %w", err)
	case has("insufficient funds"):
		return wherry.Errorf(wherry.NotFunded, "%w", err)
	}
	return err
}
