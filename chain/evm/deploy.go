package evm

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
)

// deployment is the Call that stands for putting a contract on the chain.
type deployment struct {
	name string
	code []byte
}

// Name implements chain.Call.
func (d deployment) Name() string { return "deploy " + d.name }

// Deploy puts the token, all of which belongs to key's account, and the Hubs
// contract on the chain at url, and waits until they are in a block. It returns
// a Config with which Open finds them. It is for development chains and tests.
func Deploy(ctx context.Context, url string, key *identity.Key, delay time.Duration, minTopUp wherry.Amount) (Config, error) {
	e, err := dial(ctx, url, 10*time.Second, nil)
	if err != nil {
		return Config{}, err
	}
	defer e.client.Close()
	var id hexutil.Uint64
	if err := e.client.CallContext(ctx, &id, "eth_chainId"); err != nil {
		return Config{}, wherry.Errorf(wherry.Unreachable, "deploy: %s: %w", e.host, plain(err))
	}
	e.checked.Store(true) // there is no contract to look for yet
	c := &Chain{params: chain.Params{ID: uint64(id)}, endpoints: []*endpoint{e}, agree: 1}
	tokenAt, err := c.deploy(ctx, key, tokenCode(key.Address()), "token")
	if err != nil {
		return Config{}, err
	}
	contract, err := c.deploy(ctx, key, hubsCode(tokenAt, delay, minTopUp), "hubs")
	if err != nil {
		return Config{}, err
	}
	return Config{
		RPC: []string{url}, ChainID: uint64(id), Contract: contract, Token: tokenAt, Delay: delay, MinTopUp: minTopUp,
	}, nil
}

func (c *Chain) deploy(ctx context.Context, key *identity.Key, code []byte, name string) (wherry.Address, error) {
	var at wherry.Address
	id, err := c.Send(ctx, key, deployment{name, code}, func(tx chain.Tx) error {
		at = wherry.Address(crypto.CreateAddress(common.Address(tx.From), tx.Nonce))
		return nil
	})
	if err == nil {
		_, err = chain.Await(ctx, c, id, chain.Mined, 50*time.Millisecond)
	}
	if err != nil {
		return wherry.Address{}, wherry.Errorf(wherry.CodeOf(err), "deploy the %s: %w", name, err)
	}
	return at, nil
}
