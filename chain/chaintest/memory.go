package chaintest

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/big"
	"slices"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// Config describes a chain in memory. Zero fields take the defaults.
type Config struct {
	ChainID  uint64           // default 31337
	Delay    time.Duration    // default 7 days
	MinTopUp wherry.Amount    // default 1 token
	Depth    uint64           // blocks on top of a final one; default 0: all is final at once
	Manual   bool             // blocks are made by Mine alone
	Now      func() time.Time // the time of new blocks; default: a second after the block before
	Gas      wherry.Amount    // wei that each account has from the start; default 1 coin
}

// Chain is a settlement chain in memory; see the package comment.
type Chain struct {
	cfg    Config
	params chain.Params

	// mu guards all below.
	mu     sync.Mutex
	blocks []block // the present branch; blocks[0] is the start
	pool   []*tx   // sent, in no block, by arrival
	txs    map[wherry.Hash]*tx
	branch uint64 // counts reorgs, so that another branch has other hashes
	price  uint64 // wei for a unit of gas; what offers less waits
	down   error  // what every call answers, nil when the chain is there
	lost   bool   // Send does its work and fails to say so
}

type block struct {
	head   chain.Head
	after  *ledger // never changed once the block is made
	events []chain.Event
	logs   uint // number of events, to number the next
}

type tx struct {
	chain.Tx
	call   chain.Call
	cap    uint64 // wei that it gives for a unit of gas at most
	block  uint64 // 0 = in none
	reason string // why it was refused in its block
	cost   wherry.Amount
}

// gasUsed is what every call costs: units of gas, at gasPrice wei each unless
// SetGasPrice says otherwise.
const (
	gasUsed  = 60_000
	gasPrice = 1_000_000_000
)

var _ chain.Chain = (*Chain)(nil)

// New returns a chain with an empty contract. All tokens belong to Treasury.
func New(cfg Config) *Chain {
	if cfg.ChainID == 0 {
		cfg.ChainID = 31337
	}
	if cfg.Delay == 0 {
		cfg.Delay = 7 * 24 * time.Hour
	}
	if cfg.MinTopUp.IsZero() {
		cfg.MinTopUp = wherry.Tokens(1)
	}
	if cfg.Gas.IsZero() {
		cfg.Gas = wherry.Tokens(1) // a coin has 18 decimals, too
	}
	c := &Chain{cfg: cfg, price: gasPrice, txs: make(map[wherry.Hash]*tx), params: chain.Params{
		ID: cfg.ChainID, Contract: place("contract", cfg.ChainID), Token: place("token", cfg.ChainID),
		Delay: cfg.Delay, MinTopUp: cfg.MinTopUp, Life: Life, Depth: cfg.Depth,
	}}
	first := &ledger{
		params: c.params,
		hubs:   make(map[wherry.Address]chain.Hub), ins: make(map[pair]in), outs: make(map[pair]out),
		owed: make(map[pair]owed), tokens: make(map[wherry.Address]wherry.Amount),
		allowances: make(map[wherry.Address]wherry.Amount), permitNonces: make(map[wherry.Address]uint64),
		used: make(map[authorization]bool), takenBack: make(map[authorization]bool), nonces: make(map[wherry.Address]uint64),
		gas: make(map[wherry.Address]wherry.Amount),
	}
	first.tokens[Treasury] = wherry.Tokens(1_000_000_000)
	first.now = uint64(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Unix())
	if cfg.Now != nil {
		first.now = uint64(cfg.Now().Unix())
	}
	c.blocks = []block{{head: chain.Head{Hash: wherry.Keccak256([]byte("start")), Time: instant(first.now)}, after: first}}
	return c
}

// Treasury is the account that owns all tokens of a Chain at the start.
var Treasury = place("treasury", 0)

// place makes up an address.
func place(name string, id uint64) wherry.Address {
	h := wherry.Keccak256([]byte(name), binary.BigEndian.AppendUint64(nil, id))
	return wherry.Address(h[12:])
}

// Give moves tokens of the Treasury to an account, in a block of its own.
func (c *Chain) Give(account wherry.Address, tokens wherry.Amount) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mine(func(l *ledger) {
		if !l.move(Treasury, account, tokens) {
			panic("chaintest: the treasury is empty")
		}
	})
}

// Take gives an account's tokens to the Treasury, in a block that takes no
// transaction.
func (c *Chain) Take(account wherry.Address) {
	c.mu.Lock()
	defer c.mu.Unlock()
	pool := c.pool
	c.pool = nil
	c.mine(func(l *ledger) { l.move(account, Treasury, l.tokens[account]) })
	c.pool = pool
}

// TakeGas leaves an account with wei to pay gas with, in a block of its own.
func (c *Chain) TakeGas(account wherry.Address, wei wherry.Amount) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mine(func(l *ledger) { l.gas[account] = wei })
}

// Mine makes n blocks. The first takes all transactions that wait.
func (c *Chain) Mine(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range n {
		c.mine(nil)
	}
}

// Advance makes a block whose time is d after the newest one's.
func (c *Chain) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.newest().after.now + seconds(d)
	c.mine(func(l *ledger) { l.now = at })
}

// Reorg goes back n blocks and makes n+1 others. The transactions of those that
// are gone come into the first of the new ones or, with drop, into none. What
// Give and TakeGas did there is undone.
func (c *Chain) Reorg(n int, drop bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n <= 0 || n >= len(c.blocks) {
		panic(fmt.Sprintf("chaintest: cannot go back %d of %d blocks", n, len(c.blocks)-1))
	}
	first := uint64(len(c.blocks) - n)
	c.blocks = c.blocks[:first]
	c.branch++
	var undone []*tx
	for _, t := range c.txs {
		if t.block >= first {
			t.block, t.reason = 0, ""
			undone = append(undone, t)
		}
	}
	// By account and nonce: that is an order in which they can be mined.
	slices.SortFunc(undone, func(a, b *tx) int {
		if d := slices.Compare(a.From[:], b.From[:]); d != 0 {
			return d
		}
		return int(a.Nonce) - int(b.Nonce)
	})
	c.pool = append(undone, c.pool...)
	if drop {
		c.pool = nil
	}
	for range n + 1 {
		c.mine(nil)
	}
}

// SetDown makes every call fail as if no endpoint answered, or work again.
func (c *Chain) SetDown(down bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.down = nil
	if down {
		c.down = wherry.Errorf(wherry.Unreachable, "the chain is down")
	}
}

// LoseAnswers makes Send and Resend do their work and then fail as if the
// answer had been lost, or stop doing so.
func (c *Chain) LoseAnswers(lose bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lost = lose
}

// newest returns the newest block.
func (c *Chain) newest() *block { return &c.blocks[len(c.blocks)-1] }

// mine makes a block of what waits, after change, if any, has had its way.
func (c *Chain) mine(change func(*ledger)) {
	last := c.newest()
	number := last.head.Number + 1
	next := block{after: last.after.clone(), logs: 0}
	next.after.now = last.after.now + 1
	if c.cfg.Now != nil {
		next.after.now = max(next.after.now, uint64(c.cfg.Now().Unix()))
	}
	if change != nil {
		change(next.after)
	}
	var wait []*tx
	for _, t := range c.pool {
		switch nonce := next.after.nonces[t.From]; {
		case t.Nonce > nonce, t.Nonce == nonce && t.cap < c.price:
			wait = append(wait, t)
		case t.Nonce == nonce:
			c.execute(&next, number, t)
		default: // another transaction has used the nonce: forgotten
		}
	}
	c.pool = wait
	next.head = chain.Head{Number: number, Time: instant(next.after.now)}
	id := binary.BigEndian.AppendUint64(nil, number)
	id = binary.BigEndian.AppendUint64(id, c.branch)
	id = binary.BigEndian.AppendUint64(id, next.after.now)
	next.head.Hash = wherry.Keccak256(last.head.Hash[:], id)
	c.blocks = append(c.blocks, next)
}

// execute runs a transaction as part of b.
func (c *Chain) execute(b *block, number uint64, t *tx) {
	b.after.nonces[t.From]++
	b.after.gas[t.From] = c.gasOf(b.after, t.From).SubFloor(c.fee())
	t.block, t.cost = number, c.fee()
	trial := b.after.clone()
	events, err := trial.apply(t.From, t.call)
	if err != nil {
		t.reason = refusal(err)
		return
	}
	b.after = trial
	for _, ev := range events {
		ev.Block, ev.Index, ev.Tx = number, b.logs, t.ID
		b.events = append(b.events, ev)
		b.logs++
	}
}

// fee is what every call costs now, in wei.
func (c *Chain) fee() wherry.Amount { return times(gasUsed, c.price) }

func times(a, b uint64) wherry.Amount {
	v, err := wherry.AmountFromBig(new(big.Int).Mul(new(big.Int).SetUint64(a), new(big.Int).SetUint64(b)))
	if err != nil {
		panic("chaintest: " + err.Error()) // 128 bits hold the product
	}
	return v
}

func (c *Chain) gasOf(l *ledger, a wherry.Address) wherry.Amount {
	if left, ok := l.gas[a]; ok {
		return left
	}
	return c.cfg.Gas
}

// Status implements chain.Chain.
func (c *Chain) Status(ctx context.Context, id wherry.Hash) (chain.Status, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.there(ctx); err != nil {
		return chain.Status{}, err
	}
	t, ok := c.txs[id]
	if !ok || t.block == 0 && !slices.Contains(c.pool, t) {
		return chain.Status{}, nil
	}
	if t.block == 0 {
		return chain.Status{State: chain.Sent}, nil
	}
	st := chain.Status{
		State: chain.Mined, Reverted: t.reason != "", Reason: t.reason, Block: t.block, GasUsed: gasUsed, Cost: t.cost,
	}
	if t.block <= c.at(chain.Final).head.Number {
		st.State = chain.Finalized
		if st.Reverted {
			st.State = chain.Failed
		}
	}
	return st, nil
}

// Simulate implements chain.Chain.
func (c *Chain) Simulate(ctx context.Context, from wherry.Address, call chain.Call) (chain.Cost, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.there(ctx); err != nil {
		return chain.Cost{}, err
	}
	trial := c.newest().after.clone()
	if _, err := trial.apply(from, call); err != nil {
		return chain.Cost{}, err
	}
	if c.gasOf(trial, from).Less(c.fee()) {
		return chain.Cost{}, wherry.Errorf(wherry.NotFunded, "%s: %s has too little gas money", call.Name(), from)
	}
	return chain.Cost{Gas: gasUsed, Fee: c.fee()}, nil
}
