package relayer

import (
	"context"
	_ "embed" // the schema
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
)

//go:embed schema/1.sql
var schema1 string

//go:embed schema/2.sql
var schema2 string

//go:embed schema/3.sql
var schema3 string

// Config says how a relayer works. Key, Path and Chains are needed; other zero
// values mean the defaults.
type Config struct {
	Key    *identity.Key  // holds the gas, and gets the fees
	Path   string         // of the file with its requests
	Memory *sqlite.Memory // where the file is in a simulation; nil is the disk
	Chains []Chain

	QuoteFor time.Duration // how long a quote is good for; default 5 minutes
	// MinLeft is how far ahead a deadline has to be, so that a transaction has
	// time to be mined; default 2 minutes.
	MinLeft time.Duration
	Poll    time.Duration // how often each chain is looked at; default 1 s
	// MaxOpen is how many requests may be on their way before the relayer is
	// Busy; default 256. Exits that wait for their date do not count.
	MaxOpen int
	// PerHour is how many requests of one consumer are taken in an hour; default 12.
	PerHour int
	// FreePerDay is how many exits that owe this relayer nothing it finalizes
	// in a day for whoever asks; default none.
	FreePerDay int
	// SweepAfter is how long money at deposit addresses waits for more, so that
	// many are swept at once; default 10 s.
	SweepAfter time.Duration
	// MaxShown is how many deposit addresses are looked after; default 10,000.
	// Beyond that those are forgotten that never held money; they can be shown again.
	MaxShown int
	// MaxRequests is how many HTTP requests may be in hand; default 64.
	MaxRequests int

	Log *slog.Logger // nil discards
}

// Chain is one chain that a relayer works on.
type Chain struct {
	Chain chain.Chain
	Price Price
	// First is the block from which on exits that owe a fee are looked for when
	// the file is new; default the chain's first.
	First uint64
}

func (c *Config) defaults() error {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	count := func(n *int, v int) {
		if *n == 0 {
			*n = v
		}
	}
	def(&c.QuoteFor, 5*time.Minute)
	def(&c.MinLeft, 2*time.Minute)
	def(&c.Poll, time.Second)
	def(&c.SweepAfter, 10*time.Second)
	count(&c.MaxShown, 10_000)
	count(&c.MaxOpen, 256)
	count(&c.PerHour, 12)
	count(&c.MaxRequests, 64)
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Key == nil || c.Path == "" || len(c.Chains) == 0 {
		return wherry.Errorf(wherry.Invalid, "relayer: a key, a path and at least one chain are needed")
	}
	seen := map[uint64]bool{}
	for _, ch := range c.Chains {
		id := ch.Chain.Params().ID
		switch {
		case seen[id]:
			return wherry.Errorf(wherry.Invalid, "relayer: chain %d is given twice", id)
		case ch.Price.Rate.IsZero():
			return wherry.Errorf(wherry.Invalid, "relayer: chain %d has no price: how many tokens is one of its coins?", id)
		}
		seen[id] = true
	}
	return nil
}

// Relayer submits what others have signed. Its methods are safe for concurrent
// use.
type Relayer struct {
	cfg   Config
	db    *sqlite.DB
	log   *slog.Logger
	lanes []*lane
	slots chan struct{} // one per HTTP request in hand

	reading chan struct{} // one per HTTP request that is being read
}

// lane is the work on one chain.
type lane struct {
	*Relayer
	Chain
	params chain.Params
	name   channel.Chain
	quotes quotes
	wake   chan struct{} // something was planned

	// Of the one goroutine that steps.
	gathering time.Time // since when there is something to sweep
	forgot    time.Time // when what is old was dropped last
	notBefore time.Time // until when that is left alone: gas is too dear, or a channel is leaving
}

// Open opens a relayer's file, making it if need be. It asks no chain; Run does
// the work.
func Open(ctx context.Context, cfg Config) (*Relayer, error) {
	if err := cfg.defaults(); err != nil {
		return nil, err
	}
	db, err := cfg.Memory.Open(ctx, cfg.Path, []string{schema1, schema2, schema3})
	if err != nil {
		return nil, err
	}
	r := &Relayer{cfg: cfg, db: db, log: cfg.Log, slots: make(chan struct{}, cfg.MaxRequests)}
	r.reading = make(chan struct{}, 4*cfg.MaxRequests)
	for _, c := range cfg.Chains {
		p := c.Chain.Params()
		if c.Price.Sweep.IsZero() {
			c.Price.Sweep = defaultSweep
		}
		r.lanes = append(r.lanes, &lane{
			Relayer: r, Chain: c, params: p, name: channel.Chain{ID: p.ID, Contract: p.Contract}, wake: make(chan struct{}, 1),
		})
	}
	return r, nil
}

// Close gives the file back. Run has to have ended.
func (r *Relayer) Close() error { return r.db.Close() }

// Address returns who the relayer is: whom signatures have to name.
func (r *Relayer) Address() wherry.Address { return r.cfg.Key.Address() }

// Run takes all requests to their end, and looks for exits that owe a fee, until
// ctx is done. A chain that does not answer is logged once and asked again.
func (r *Relayer) Run(ctx context.Context) error {
	done := make(chan struct{})
	for _, l := range r.lanes {
		go func() {
			defer func() { done <- struct{}{} }()
			l.run(ctx)
		}()
	}
	for range r.lanes {
		<-done
	}
	return nil
}

func (l *lane) run(ctx context.Context) {
	t := time.NewTicker(l.cfg.Poll)
	defer t.Stop()
	said := ""
	for {
		err := l.Step(ctx)
		if ctx.Err() != nil {
			return
		}
		switch {
		case err != nil && err.Error() != said:
			said = err.Error()
			l.log.Warn("relayer cannot do its work", "chain", l.params.ID, "err", err)
		case err == nil && said != "":
			said = ""
			l.log.Info("relayer works again", "chain", l.params.ID)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		case <-l.wake:
		}
	}
}

// Step does once what Run does again and again, on all chains.
func (r *Relayer) Step(ctx context.Context) error {
	var all error
	for _, l := range r.lanes {
		all = errors.Join(all, l.Step(ctx))
	}
	return all
}

// Step looks for exits and moves all requests of one chain.
func (l *lane) Step(ctx context.Context) error {
	err := errors.Join(l.scan(ctx), l.drive(ctx), l.look(ctx), l.sweep(ctx))
	if now := time.Now(); now.Sub(l.forgot) > forgetEvery {
		l.forgot = now
		err = errors.Join(err, l.forgetOld(ctx, now))
	}
	return err
}

// lane returns the work on a chain, or why there is none.
func (r *Relayer) lane(c channel.Chain) (*lane, error) {
	for _, l := range r.lanes {
		if l.name == c {
			return l, nil
		}
	}
	return nil, wherry.Errorf(wherry.NotFound, "this relayer does not work on chain %d with contract %s", c.ID, c.Contract)
}

func (l *lane) hurry() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// broke reports whether an error says that the relayer itself has no gas left,
// which is not the consumer's trouble.
func broke(err error) bool {
	_, refused := errors.AsType[chain.Refusal](err)
	return !refused && wherry.CodeOf(err) == wherry.NotFunded
}

var errBroke = wherry.Errorf(wherry.Refused, "this relayer has run out of gas: try another")

func (l *lane) String() string { return fmt.Sprintf("chain %d", l.params.ID) }
