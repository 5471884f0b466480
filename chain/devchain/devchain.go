package devchain

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/catalyst"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/event"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
)

// Config says what chain to start.
type Config struct {
	ChainID  uint64
	DataDir  string                           // where the state lives; "" keeps it in memory
	HTTPAddr string                           // address and port of the JSON-RPC server; "" is 127.0.0.1:0, any free port
	Period   time.Duration                    // between blocks, in whole seconds; 0 makes a block as soon as there is a transaction
	Alloc    map[wherry.Address]wherry.Amount // wei that accounts own from the start, besides the faucet's
	Log      *slog.Logger                     // nil discards
}

// Chain is a running chain. Its methods are safe for concurrent use.
type Chain struct {
	log    *slog.Logger
	period time.Duration
	stack  *node.Node
	eth    *eth.Ethereum
	beacon *catalyst.SimulatedBeacon
	client *rpc.Client

	// mu is held while a block is made, so that a jump in time or a reorg sees
	// no block slip in between.
	mu sync.Mutex

	stop chan struct{} // closed by Close
	done chan struct{} // closed when the mining loop has ended
}

// gasLimit of a block. Room for a batch of some hundred items.
const gasLimit = 60_000_000

// Start starts a chain, or continues the one that DataDir holds. It answers
// JSON-RPC when Start returns.
//
// It starts goroutines, as go-ethereum's node does; Close ends them.
func Start(cfg Config) (*Chain, error) {
	if cfg.ChainID == 0 {
		return nil, wherry.Errorf(wherry.Invalid, "dev chain: no chain id")
	}
	if cfg.Period%time.Second != 0 || cfg.Period < 0 {
		return nil, wherry.Errorf(wherry.Invalid, "dev chain: the period %s is not whole seconds", cfg.Period)
	}
	if cfg.HTTPAddr == "" {
		cfg.HTTPAddr = "127.0.0.1:0"
	}
	host, portText, err := net.SplitHostPort(cfg.HTTPAddr)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "dev chain: address %q: %w", cfg.HTTPAddr, err)
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "dev chain: port %q: %w", portText, err)
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}

	nc := node.DefaultConfig
	nc.Name = "devchain"
	nc.DataDir, nc.HTTPHost, nc.HTTPPort = cfg.DataDir, host, int(port)
	nc.HTTPModules = []string{"eth", "net", "web3", namespace}
	nc.AuthAddr, nc.AuthPort = "127.0.0.1", 0
	nc.IPCPath, nc.UseLightweightKDF = "", true
	nc.P2P = p2p.Config{NoDiscovery: true, NoDial: true}
	stack, err := node.New(&nc)
	if err != nil {
		return nil, startError(err)
	}
	c := &Chain{
		log: cfg.Log, period: cfg.Period, stack: stack,
		stop: make(chan struct{}), done: make(chan struct{}),
	}
	if err := c.start(cfg); err != nil {
		_ = stack.Close() // the error that stopped us says more
		return nil, startError(err)
	}
	// Subscribed before anybody can send: the first transaction makes a block, too.
	arrived := make(chan core.NewTxsEvent, 64)
	go c.mine(arrived, c.eth.TxPool().SubscribeTransactions(arrived, true))
	return c, nil
}

// startError gives what another program may have caused the code Conflict.
func startError(err error) error {
	if errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, node.ErrDatadirUsed) {
		return wherry.Errorf(wherry.Conflict, "dev chain: %w", err)
	}
	return fmt.Errorf("dev chain: %w", err)
}

func (c *Chain) start(cfg Config) error {
	ec := ethconfig.Defaults
	ec.Genesis, ec.NetworkId, ec.SyncMode = genesis(cfg), cfg.ChainID, ethconfig.FullSync
	// An archive in the hash scheme writes each block's state at once: kill -9
	// then costs few blocks, and every past block can be asked.
	ec.NoPruning, ec.StateScheme = true, "hash"
	ec.LogNoHistory = true // search logs block by block: the chain is short, and the index lags behind
	ec.TxPool.Journal = ""
	var err error
	if c.eth, err = eth.New(c.stack, &ec); err != nil {
		return err
	}
	events := filters.NewFilterAPI(filters.NewFilterSystem(c.eth.APIBackend, filters.Config{}))
	c.stack.RegisterAPIs([]rpc.API{
		{Namespace: "eth", Service: events},
		{Namespace: namespace, Service: &control{c}},
	})
	// Period 0: the beacon makes a block when mine says so, never by itself.
	if c.beacon, err = catalyst.NewSimulatedBeacon(0, common.Address{1}, c.eth); err != nil {
		return err
	}
	if err := c.stack.Start(); err != nil {
		return err
	}
	c.client = c.stack.Attach()
	return nil
}

func genesis(cfg Config) *core.Genesis {
	rules := *params.AllDevChainProtocolChanges
	rules.ChainID = new(big.Int).SetUint64(cfg.ChainID)
	rules.BogotaTime = nil // a fork that no chain has yet
	g := core.DeveloperGenesisBlock(gasLimit, nil)
	g.Config = &rules
	rich := new(big.Int).Mul(big.NewInt(1e9), big.NewInt(params.Ether))
	g.Alloc[common.Address(FaucetKey().Address())] = types.Account{Balance: rich}
	for a, wei := range cfg.Alloc {
		g.Alloc[common.Address(a)] = types.Account{Balance: wei.Big()}
	}
	return g
}

// URL returns where JSON-RPC answers.
func (c *Chain) URL() string { return c.stack.HTTPEndpoint() }

// Client returns a JSON-RPC client within the process, which Close closes.
func (c *Chain) Client() *rpc.Client { return c.client }

// Close stops the chain and writes what is not written yet.
func (c *Chain) Close() error {
	close(c.stop)
	<-c.done
	c.client.Close()
	if err := c.stack.Close(); err != nil {
		return fmt.Errorf("close dev chain: %w", err)
	}
	return nil
}

// FaucetKey returns the key that owns a billion coins on every dev chain.
// Everybody can have it: it is made from a sentence.
func FaucetKey() *identity.Key {
	seed := wherry.Keccak256([]byte("the faucet of wherry's dev chains"))
	k, err := identity.KeyFromBytes(seed[:])
	if err != nil {
		panic("devchain: " + err.Error()) // the constant above decides
	}
	return k
}

// mine makes blocks until Close.
func (c *Chain) mine(arrived <-chan core.NewTxsEvent, sub event.Subscription) {
	defer close(c.done)
	defer sub.Unsubscribe()
	var ticks <-chan time.Time
	if c.period > 0 {
		t := time.NewTicker(c.period)
		defer t.Stop()
		ticks = t.C
	}
	for {
		select {
		case <-c.stop:
			return
		case <-ticks:
			c.mu.Lock()
			c.block()
			c.mu.Unlock()
		case <-arrived:
			if c.period == 0 {
				c.mu.Lock()
				c.drain()
				c.mu.Unlock()
			}
		}
	}
}

// block makes a block and puts it on the disk, so that a killed process has lost
// no more than the block that it was making. The caller holds mu.
func (c *Chain) block() {
	c.beacon.Commit()
	if err := c.eth.ChainDb().SyncKeyValue(); err != nil {
		c.log.Warn("the newest block may be lost if this process is killed", "err", err)
	}
}

// drain makes blocks until no transaction waits. The caller holds mu.
func (c *Chain) drain() {
	for range 100 { // a transaction that no block takes must not keep us here
		if waiting, _ := c.eth.TxPool().Stats(); waiting == 0 {
			return
		}
		c.block()
		if err := c.eth.TxPool().Sync(); err != nil {
			return
		}
	}
	c.log.Warn("transactions keep waiting")
}

// Mine makes n blocks now.
func (c *Chain) Mine(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range n {
		c.block()
	}
}

// AdjustTime makes a block whose time is d after the newest one's. Later blocks
// go on from there.
func (c *Chain) AdjustTime(d time.Duration) error {
	if d < time.Second {
		return wherry.Errorf(wherry.Invalid, "dev chain: time moves forward by at least a second, not by %s", d)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var err error
	for range 10 { // a transaction may arrive after the drain; the node then refuses
		c.drain()
		if err = c.beacon.AdjustTime(d); err == nil {
			return nil
		}
	}
	return wherry.Errorf(wherry.Busy, "dev chain: adjust the time: %w", err)
}

// Reorg goes n blocks back and makes a longer branch from there, so that the
// node's answers change as on a chain whose miners changed their minds. The
// transactions of the blocks that are gone are mined again on the new branch,
// or, with drop, forgotten.
func (c *Chain) Reorg(n uint64, drop bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	bc := c.eth.BlockChain()
	old := bc.CurrentBlock()
	if n == 0 || n > old.Number.Uint64() {
		return wherry.Errorf(wherry.Invalid, "dev chain: cannot go back %d of %d blocks", n, old.Number)
	}
	parent := bc.GetBlockByNumber(old.Number.Uint64() - n)
	var err error
	for range 10 {
		c.drain()
		if err = c.beacon.Fork(parent.Hash()); err == nil {
			break
		}
	}
	if err != nil {
		return wherry.Errorf(wherry.Busy, "dev chain: go back: %w", err)
	}
	// The pool takes the lost transactions back when it sees the shorter chain.
	if err := c.eth.TxPool().Sync(); err != nil {
		return fmt.Errorf("dev chain: go back: %w", err)
	}
	if drop {
		c.beacon.Rollback()
	}
	for bc.CurrentBlock().Number.Cmp(old.Number) <= 0 {
		at := bc.CurrentBlock().Number.Uint64()
		c.block()
		if bc.CurrentBlock().Number.Uint64() == at {
			return wherry.Errorf(wherry.Internal, "dev chain: the new branch does not grow")
		}
	}
	return nil
}

// Faucet gives an account coins to pay gas with, and waits until it has them.
func (c *Chain) Faucet(ctx context.Context, to wherry.Address, wei wherry.Amount) error {
	return faucet(ctx, c.client, to, wei)
}
