package hub

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/journal"
)

// Config says how a hub works. Key, Chains and Dir or Journal are needed; other
// zero values mean the defaults.
type Config struct {
	Key    *identity.Key
	Chains []chain.Chain // each takes deposits and pays payees; one Hubs contract per chain
	Dir    string        // of the journal, unless Journal is given
	// Journal opens the log that the hub's book is in; default the one in Dir.
	Journal journal.Opener
	Terms   Terms

	// Margin is what the contract's exit delay has to leave beyond a payout's
	// life, for clocks, finality, a transaction that is held up, and repair;
	// default 12 h.
	Margin time.Duration
	// Poll is how often each chain is looked at; default 1 s.
	Poll time.Duration
	// Stale is how old the newest look at a chain may be before no orders are
	// taken that touch it; default 10 minutes.
	Stale time.Duration
	// CollectEvery and PushEvery are how long revealed money waits at most;
	// default 24 h. CollectAbove collects earlier; default 100 tokens.
	CollectEvery time.Duration
	PushEvery    time.Duration
	CollectAbove wherry.Amount
	// GasWait is how long what is due waits at most for gas that costs no more
	// than it usually does; default 6 h. What is urgent does not wait.
	GasWait time.Duration
	// FirstBlock is where reading a chain begins when the journal is new, by
	// chain ID; default the chain's first.
	FirstBlock map[uint64]uint64
	// MaxRequests is how many requests may be in hand before the hub is Busy;
	// default 1024.
	MaxRequests int
	// MaxBytes is how many bytes of requests may be in hand, which bounds how much
	// work that is; default 4 MiB, about 20,000 promises.
	MaxBytes int64
	// SnapshotBytes is how much journal piles up before a snapshot; default 64 MiB.
	SnapshotBytes int64

	Log *slog.Logger // nil discards
	FS  journal.FS   // nil is the disk
}

// Terms are what the hub asks and allows. Zero values mean the defaults, but for
// FeePPM, where zero is no fee.
type Terms struct {
	FeePPM          uint64        // parts per million of each order that the hub keeps
	MinPush         wherry.Amount // smallest sum that is paid on chain without being asked to; default 1 token
	MinReserve      wherry.Amount // smallest reserve that is set for a payee; default 1 token
	MaxReserve      wherry.Amount // largest; default 100 tokens. Never more than the payee has earned
	MaxOpen         wherry.Amount // unrevealed money of one payee or provider; default 10 tokens
	MaxOpenConsumer wherry.Amount // unrevealed money of one consumer; default 2 tokens
	// MinDeposit is the least deposit that orders are taken on; default 0.1 token.
	// Collecting costs gas, whoever made the deposit so small: set it to ten times
	// of what that costs at least.
	MinDeposit wherry.Amount
	PayoutLife time.Duration // of a locked payout; default 12 h
}

// maxFee is the largest fee that a hub may ask: half.
const maxFee = 500_000

func (c *Config) defaults() error {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	amount := func(a *wherry.Amount, v wherry.Amount) {
		if a.IsZero() {
			*a = v
		}
	}
	def(&c.Margin, 12*time.Hour)
	def(&c.Poll, time.Second)
	def(&c.Stale, 10*time.Minute)
	def(&c.CollectEvery, 24*time.Hour)
	def(&c.PushEvery, 24*time.Hour)
	def(&c.GasWait, 6*time.Hour)
	def(&c.Terms.PayoutLife, 12*time.Hour)
	amount(&c.CollectAbove, wherry.Tokens(100))
	amount(&c.Terms.MinPush, wherry.Tokens(1))
	amount(&c.Terms.MinReserve, wherry.Tokens(1))
	amount(&c.Terms.MaxReserve, wherry.Tokens(100))
	amount(&c.Terms.MaxOpen, wherry.Tokens(10))
	amount(&c.Terms.MaxOpenConsumer, wherry.Tokens(2))
	amount(&c.Terms.MinDeposit, wherry.MustAmount("0.1"))
	if c.MaxRequests == 0 {
		c.MaxRequests = 1024
	}
	if c.MaxBytes == 0 {
		c.MaxBytes = 4 << 20
	}
	if c.SnapshotBytes == 0 {
		c.SnapshotBytes = 64 << 20
	}
	if c.Journal == nil && c.Dir != "" {
		c.Journal = journal.Config{Dir: c.Dir, FS: c.FS}.Opener()
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c.check()
}

// check refuses what would make the hub lose money.
func (c *Config) check() error {
	if c.Key == nil || len(c.Chains) == 0 || c.Journal == nil {
		return wherry.Errorf(wherry.Invalid, "hub: a key, at least one chain and a journal are needed")
	}
	if c.Terms.FeePPM > maxFee {
		return wherry.Errorf(wherry.Invalid, "hub: a fee of %d millionths: at most %d", c.Terms.FeePPM, maxFee)
	}
	seen := map[uint64]bool{}
	for _, ch := range c.Chains {
		p := ch.Params()
		if seen[p.ID] {
			return wherry.Errorf(wherry.Invalid, "hub: chain %d is given twice", p.ID)
		}
		seen[p.ID] = true
		if err := c.checkDelay(p); err != nil {
			return err
		}
	}
	return nil
}

// checkDelay holds a chain's exit delay against a payout's life: a provider that
// shows its preimage at the last moment must leave time to collect from a
// consumer that leaves.
func (c *Config) checkDelay(p chain.Params) error {
	if need := c.Terms.PayoutLife + c.Margin; p.Delay < need {
		return wherry.Errorf(wherry.Invalid, "hub: consumers leave chain %d after %s, which is less than the %s that a payout lives plus the %s in which the hub has to collect: %s",
			p.ID, p.Delay, c.Terms.PayoutLife, c.Margin, fmt.Sprintf("at least %s are needed, or a shorter payout life", need))
	}
	return nil
}
