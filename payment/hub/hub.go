package hub

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/journal"
)

// readers is how many requests may be read at once, in multiples of those that may
// be in hand.
const readers = 4

// Hub is an open clearing house. Its methods are safe for concurrent use.
type Hub struct {
	cfg     Config
	address wherry.Address
	rules   channel.HubRules
	log     *slog.Logger
	journal journal.Log
	reading chan struct{} // one per request that is being read
	asking  chan struct{} // one per request for which the chain is being asked
	room    room
	keys    keyCache
	watches []*watch
	terms   termsCache
	reports reports
	started atomic.Bool
	saving  saving
	moved   atomic.Bool // the journal is with another process, or out of reach
	metrics *metrics

	// mu makes whoever holds it the one writer of what follows, and of the order
	// of records in the journal.
	mu     sync.Mutex
	book   *channel.Hub
	clock  channel.Clock
	heard  map[uint64]time.Time // when each chain was last read to its newest final block
	broken error                // why the hub serves nobody; final
	buf    []byte               // for record
}

// Open opens a hub's journal, or begins one, and rebuilds its book. Nothing is
// served or sent before Run.
func Open(cfg Config) (*Hub, error) {
	if err := cfg.defaults(); err != nil {
		return nil, err
	}
	h := &Hub{
		cfg: cfg, address: cfg.Key.Address(), log: cfg.Log,
		rules: channel.HubRules{
			FeePPM: cfg.Terms.FeePPM, MaxOpen: cfg.Terms.MaxOpen, MaxOpenConsumer: cfg.Terms.MaxOpenConsumer,
			MinDeposit: cfg.Terms.MinDeposit, PayoutLife: uint64(cfg.Terms.PayoutLife / time.Second),
		},
		reading: make(chan struct{}, readers*cfg.MaxRequests),
		asking:  make(chan struct{}, max(cfg.MaxRequests/reportShare, 8)),
		room:    room{requests: cfg.MaxRequests, bytes: cfg.MaxBytes},
		clock:   channel.Clock{}, heard: map[uint64]time.Time{},
	}
	var domains []typed.Domain
	for _, c := range cfg.Chains {
		domains = append(domains, c.Params().Domain())
		h.watches = append(h.watches, newWatch(h, c))
	}
	h.metrics = newMetrics()
	h.book = channel.NewHub(h.address, domains)
	if err := h.openJournal(); err != nil {
		return nil, err
	}
	return h, nil
}

func (h *Hub) openJournal() error {
	began := false
	whole := true
	load := func(record []byte) error {
		end, err := h.book.Load(record)
		began, whole = true, end
		return err
	}
	replay := func(record []byte) error {
		var e channel.HubEvent
		if err := codec.Unmarshal(record, &e); err != nil {
			return err
		}
		if !began && e.Open == nil {
			return wherry.Errorf(wherry.Internal, "the journal does not begin with whose it is")
		}
		began = true
		return h.book.Apply(e)
	}
	j, rec, err := h.cfg.Journal(load, replay)
	if err != nil {
		return err
	}
	if h.book.Moved() {
		_ = j.Close()
		return wherry.Errorf(wherry.Conflict, "this journal was handed over: the hub goes on from its last backup, somewhere else; wherry hub restore brings it back")
	}
	if !whole {
		_ = j.Close()
		return wherry.Errorf(wherry.Internal, "the snapshot of the hub's book is not whole")
	}
	if rec.Torn > 0 {
		h.log.Warn("journal ended in an unfinished record, which was cut off", "bytes", rec.Torn)
	}
	h.journal = j
	if !began {
		if err := h.change(func() ([]channel.HubEvent, error) { return []channel.HubEvent{h.book.Opened()}, nil }); err != nil {
			_ = j.Close()
			return err
		}
	}
	h.log.Info("journal is open", "records", rec.Records, "snapshot", rec.Snapshot)
	return nil
}

// Address returns the hub's name.
func (h *Hub) Address() wherry.Address { return h.address }

// Run watches the chains, collects and pays, until ctx ends. Requests are
// served meanwhile and before, as far as the book allows.
func (h *Hub) Run(ctx context.Context) error {
	if !h.started.CompareAndSwap(false, true) {
		return wherry.Errorf(wherry.Conflict, "hub: runs already")
	}
	g, ctx := errgroup.WithContext(ctx)
	for _, w := range h.watches {
		g.Go(func() error { return w.run(ctx) })
	}
	g.Go(func() error { return h.snapshots(ctx) })
	err := g.Wait()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// Close makes the journal durable and gives it free. Run and the handlers must
// have ended.
func (h *Hub) Close() error { return h.journal.Close() }

// change lets decide change the book, and waits until its events, and all
// before, are durable. Only then may anything be said or signed that follows
// from the book. Events of a decide that fails are recorded all the same: they
// did happen.
func (h *Hub) change(decide func() ([]channel.HubEvent, error)) error {
	h.mu.Lock()
	if h.broken != nil {
		h.mu.Unlock()
		return h.refusal()
	}
	events, err := decide()
	last, jerr := h.record(events)
	h.mu.Unlock()
	if jerr == nil {
		began := time.Now()
		jerr = h.journal.Commit(last)
		h.metrics.commit.observe(time.Since(began))
	}
	if jerr != nil {
		h.fail(jerr)
		return h.refusal()
	}
	return err
}

// record appends events to the journal and returns the number up to which it has
// to be durable. It is called with mu held.
func (h *Hub) record(events []channel.HubEvent) (uint64, error) {
	for _, e := range events {
		if e == (channel.HubEvent{}) {
			continue
		}
		var err error
		if h.buf, err = e.Append(h.buf[:0]); err != nil {
			return 0, err
		}
		if _, err := h.journal.Append(h.buf); err != nil {
			return 0, err
		}
	}
	return h.journal.Last(), nil
}

// fail stops the hub for good: its book and its journal may differ from now on.
func (h *Hub) fail(err error) {
	h.mu.Lock()
	first := h.broken == nil
	if first {
		h.broken = err
		h.moved.Store(elsewhere(err))
	}
	h.mu.Unlock()
	if first {
		h.log.Error("hub accepts nothing more", "err", err)
	}
}

// refusal is what everybody is told once the hub has failed.
func (h *Hub) refusal() error {
	if h.moved.Load() {
		return errStandby()
	}
	return wherry.Errorf(wherry.Refused, "this hub accepts nothing: its journal cannot be trusted or written, its operator knows more")
}

// Err returns why the hub serves nobody, or nil.
func (h *Hub) Err() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.unfit()
}

// unfit returns why no orders may ever follow from the book, or nil. It is
// called with mu held.
func (h *Hub) unfit() error {
	if h.broken != nil {
		return h.broken
	}
	return h.book.Whole()
}
