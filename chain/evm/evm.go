package evm

import (
	"context"
	"math/big"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// Config says which contract on which chain, and who is asked about it.
type Config struct {
	RPC      []string       // URLs of JSON-RPC endpoints, by preference
	ChainID  uint64         // chain that they must speak
	Contract wherry.Address // the Hubs contract
	Token    wherry.Address // the token that it must hold
	Depth    uint64         // blocks on top of a final one

	// Delay and MinTopUp are what the contract is expected to say. With both
	// given, Open succeeds without any endpoint, and calls fail until one
	// answers; a zero one is asked for.
	Delay    time.Duration
	MinTopUp wherry.Amount

	// Agree is how many endpoints have to say the same about a final block, and
	// about what the contract holds and did there, before it counts; default 2
	// where two or more are given. What they say of newer blocks is brought
	// together: the newest block counts, somebody leaves when any says so, and of
	// a reserve counts the least.
	Agree int

	// MaxFee is what a unit of gas may cost at most, in wei, tip and all; default
	// 500 gwei. Nothing is sent while the chain asks for more.
	MaxFee wherry.Amount

	// Lazy has Open ask no endpoint where Delay and MinTopUp are given: each is asked
	// who it is before its first use anyway.
	Lazy bool

	// Dial connects to an endpoint; nil dials as every program does. Whoever keeps a
	// computer closed has its own.
	Dial func(ctx context.Context, network, address string) (net.Conn, error) `json:"-"`

	Timeout  time.Duration // for one answer of one endpoint; default 10 s
	LogRange uint64        // most blocks asked for events at once; default 2000
}

// Chain implements chain.Chain over JSON-RPC.
type Chain struct {
	params    chain.Params
	endpoints []*endpoint
	good      atomic.Pointer[endpoint] // the one that answered last
	agree     int
	maxFee    *big.Int
	logRange  uint64
	senders   senders
}

var _ chain.Chain = (*Chain)(nil)

// life is what the contract's constant LIFE says.
const life = 10 * time.Minute

// Open makes a Chain of cfg after asking its endpoints who they are; see Config
// for when none answers. The code Invalid says what of cfg they contradict.
func Open(ctx context.Context, cfg Config) (*Chain, error) {
	switch {
	case len(cfg.RPC) == 0:
		return nil, wherry.Errorf(wherry.Invalid, "chain %d: no endpoint is given", cfg.ChainID)
	case cfg.ChainID == 0:
		return nil, wherry.Errorf(wherry.Invalid, "no chain id is given")
	case cfg.Contract.IsZero() || cfg.Token.IsZero():
		return nil, wherry.Errorf(wherry.Invalid, "chain %d: no contract or no token is given", cfg.ChainID)
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 10 * time.Second
	}
	if cfg.LogRange == 0 {
		cfg.LogRange = 2000
	}
	if cfg.Agree == 0 {
		cfg.Agree = min(2, len(cfg.RPC))
	}
	if cfg.Agree < 1 || cfg.Agree > len(cfg.RPC) {
		return nil, wherry.Errorf(wherry.Invalid, "chain %d: %d endpoints are to agree, and %d are given", cfg.ChainID, cfg.Agree, len(cfg.RPC))
	}
	if cfg.MaxFee.IsZero() {
		cfg.MaxFee = wherry.Base(500_000_000_000)
	}
	c := &Chain{logRange: cfg.LogRange, agree: cfg.Agree, maxFee: cfg.MaxFee.Big(), params: chain.Params{
		ID: cfg.ChainID, Contract: cfg.Contract, Token: cfg.Token, Delay: cfg.Delay,
		MinTopUp: cfg.MinTopUp, Life: life, Depth: cfg.Depth,
	}}
	for _, url := range cfg.RPC {
		e, err := dial(ctx, url, cfg.Timeout, cfg.Dial)
		if err != nil {
			c.Close()
			return nil, err
		}
		c.endpoints = append(c.endpoints, e)
	}
	known := cfg.Delay != 0 && !cfg.MinTopUp.IsZero()
	if cfg.Lazy && known {
		return c, nil
	}
	err := c.each(ctx, func(ctx context.Context, e *endpoint) error {
		t, err := e.identify(ctx, c.params)
		if err == nil {
			c.params.Delay, c.params.MinTopUp = t.delay, t.minTopUp
		}
		return err
	})
	if err != nil && (wherry.CodeOf(err) != wherry.Unreachable || !known) {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Close ends the connections.
func (c *Chain) Close() {
	for _, e := range c.endpoints {
		e.client.Close()
	}
}

// Params implements chain.Chain.
func (c *Chain) Params() chain.Params { return c.params }

// senders has one writer per account.
type senders struct {
	mu sync.Mutex // guards by
	by map[wherry.Address]*sender
}

// sender is what was sent last by an account.
type sender struct {
	mu    sync.Mutex // held from choosing a nonce to sending; guards the rest
	last  wherry.Hash
	nonce uint64
}

func (s *senders) of(a wherry.Address) *sender {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by == nil {
		s.by = make(map[wherry.Address]*sender)
	}
	one, ok := s.by[a]
	if !ok {
		one = new(sender)
		s.by[a] = one
	}
	return one
}
