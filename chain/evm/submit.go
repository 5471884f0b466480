package evm

import (
	"context"
	"errors"
	"strings"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// Resend implements chain.Chain. It goes to every endpoint, and one that takes
// it is enough.
func (c *Chain) Resend(ctx context.Context, tx chain.Tx) error {
	if _, err := c.parse(tx); err != nil {
		return err
	}
	all, err := gather(ctx, c, func(ctx context.Context, e *endpoint) (struct{}, error) {
		err := plain(e.client.CallContext(ctx, nil, "eth_sendRawTransaction", hexutil.Bytes(tx.Raw)))
		return struct{}{}, rejected(err)
	})
	for _, a := range all {
		if a.err == nil {
			return nil
		}
		if err == nil || wherry.CodeOf(a.err) == wherry.PriceTooHigh {
			err = a.err // a higher fee is what we can do something about
		}
	}
	if err == nil {
		err = wherry.Errorf(wherry.Unreachable, "nobody was asked")
	}
	if wherry.CodeOf(err) == wherry.Conflict {
		// Nonce too low, or taken: by this very transaction, perhaps.
		if known, knowsErr := c.knows(ctx, tx.ID); knowsErr == nil && known {
			return nil
		}
	}
	return wherry.Errorf(wherry.CodeOf(err), "transaction %s: %w", tx.ID, err)
}

// parse reads a stored transaction, and refuses bytes that are not the
// transaction that they are said to be.
func (c *Chain) parse(tx chain.Tx) (*types.Transaction, error) {
	var t types.Transaction
	if err := t.UnmarshalBinary(tx.Raw); err != nil || wherry.Hash(t.Hash()) != tx.ID || t.ChainId().Uint64() != c.params.ID {
		return nil, wherry.Errorf(wherry.Invalid, "transaction %s: its bytes are not of it or not for chain %d", tx.ID, c.params.ID)
	}
	return &t, nil
}

// rejections sorts the ways in which endpoints do not take a transaction. There
// are no codes for them, so the words have to do: of go-ethereum (which Reth,
// Erigon and most services repeat), anvil, Besu and Nethermind. The first row
// that fits counts.
var rejections = []struct {
	code  wherry.Code // "" is no rejection: the endpoint has it
	words []string
}{
	{"", []string{"already known", "alreadyknown", "already imported", "known transaction"}},
	{wherry.Conflict, []string{"nonce too low", "nonce is too low", "nonce has already been used", "oldnonce", "replacement", "already exists", "same nonce in the queue"}},
	{wherry.PriceTooHigh, []string{
		"underpriced", "max fee per gas less than block base fee", "fee too low", "feetoolow", "gas price below", "gas price is too low", "gas price too low", "less than base fee",
	}},
	{wherry.NotFunded, []string{"insufficient funds", "insufficientfunds", "upfront cost exceeds", "insufficient balance"}},
	{wherry.Busy, []string{"txpool is full", "pool is full", "too many pending", "pool limit", "already reserved"}},
	{wherry.Invalid, []string{"exceeds the configured cap", "exceeds block gas limit", "intrinsic gas too low", "oversized data", "invalid sender", "gas limit is too"}},
}

// rejected gives an endpoint's error in taking a transaction its code. What has
// none of the words is left as the endpoint's trouble.
func rejected(err error) error {
	if _, ok := errors.AsType[rpc.Error](err); !ok {
		return err
	}
	text := strings.ToLower(err.Error())
	for _, r := range rejections {
		for _, w := range r.words {
			if !strings.Contains(text, w) {
				continue
			}
			switch r.code {
			case "":
				return nil
			case wherry.Conflict:
				return wherry.Errorf(r.code, "another one has its nonce: %w", err)
			}
			return wherry.Errorf(r.code, "%w", err)
		}
	}
	return err
}
