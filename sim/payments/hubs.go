package payments

import (
	"context"
	"log/slog"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub"
	"github.com/wherrynet/wherry/payment/journal"
)

// simHub is a hub with its computer.
type simHub struct {
	process
	key    *identity.Key
	owner  *identity.Key
	terms  hub.Terms
	cfg    hub.Config
	segs   int64
	funds  map[*simChain]int64 // brought along
	hub    *hub.Hub            // of the present life
	mean   func(channel.Batch, *channel.Answer)
	answer map[wherry.Hash]wherry.Hash // what was said to a request, by its hash
	backup []byte                      // what there is to go on from, once the disk is lost
	lost   bool                        // the disk is, and nothing is restored yet
	old    bool                        // it has gone on from a backup
}

func (w *World) key() *identity.Key {
	k, err := identity.KeyFromBytes(w.secret())
	if err != nil {
		panic(err)
	}
	return k
}

func (w *World) newHub(name string) *simHub {
	h := &simHub{
		process: process{w: w, name: name, disk: newDisk(), kill: w.rng.IntN(w.Deaths + 1)},
		key:     w.key(), owner: w.key(), segs: w.between(2<<10, 64<<10), funds: map[*simChain]int64{}, answer: map[wherry.Hash]wherry.Hash{},
	}
	base := func(low, high int64) wherry.Amount { return wherry.Base(uint64(w.between(low, high))) }
	h.terms = hub.Terms{
		FeePPM: uint64(w.between(0, 4)) * 12_345, MinPush: base(50, 3000), MinReserve: base(50, 500), MaxReserve: base(1000, 30000),
		MaxOpen: base(20_000, 90_000), MaxOpenConsumer: base(5_000, 20_000), MinDeposit: base(1, 2_000), PayoutLife: 12 * time.Hour,
	}
	h.cfg = hub.Config{
		Key: h.key, Terms: h.terms, Stale: 2 * time.Hour, CollectEvery: w.around(4 * time.Hour), PushEvery: w.around(4 * time.Hour),
		CollectAbove: base(1000, 50_000), SnapshotBytes: w.between(2<<10, 64<<10),
	}
	h.boot = h.open
	for i, c := range w.chains {
		funds := uint64(3_000_000)
		if w.Mallory == PoorHub && len(w.hubs) == 0 && i > 0 {
			funds = 1
		}
		c.give(h.owner.Address(), int64(funds))
		w.must(c.Send(context.Background(), h.owner, chain.Approve{Amount: wherry.Base(funds)}, nil))
		c.Mine(1)
		w.must(c.Send(context.Background(), h.owner, chain.OpenHub{
			Hub: h.key.Address(), Amount: wherry.Base(funds), Signature: h.key.Sign(typed.Owner{Owner: h.owner.Address()}.Digest(c.Params().Domain())),
		}, nil))
		c.Mine(1)
		h.funds[c] = int64(funds)
	}
	w.hubs = append(w.hubs, h)
	return h
}

func (w *World) must(_ wherry.Hash, err error) {
	if err != nil {
		panic(err)
	}
}

// open opens the hub on its disk and has it look after its chains.
func (h *simHub) open(l *life) {
	w := h.w
	if h.lost {
		h.restore(l)
	}
	if h.died > 0 && w.Victim == "" && w.chance(3) { // its operator asks for more, or for less
		h.terms.FeePPM = uint64(w.between(0, 4)) * 12_345
		w.note(h.name, "asks for %d ppm from now on", h.terms.FeePPM)
	}
	h.cfg.Terms = h.terms
	w.fees[h.key.Address()] = h.terms.FeePPM
	cfg := h.cfg
	cfg.Journal = journal.Config{Dir: "/hub/journal", FS: files{h.disk, l}, SegmentBytes: h.segs}.Opener()
	cfg.Log = w.logger(h.name)
	for _, c := range w.chains {
		cfg.Chains = append(cfg.Chains, c.view(l))
	}
	b, err := hub.Open(cfg)
	if err != nil {
		if !l.dead {
			w.fail("durability", "%s does not open: %v", h.name, err)
		}
		return
	}
	h.hub = b
	refresh := func() {
		b.Refresh(context.Background())
		if err := b.Err(); err != nil && !l.dead && !h.old {
			w.fail("durability", "%s serves nobody: %v", h.name, err)
		}
	}
	refresh()
	w.every(l, 30*time.Second, 20*time.Minute, refresh)
}

// client is how others reach the hub: over the network, and what it says goes
// into the ledger.
type client struct {
	h    *simHub
	from *life
}

// Pay implements earnings.Clearer.
func (c client) Pay(_ context.Context, raw []byte) (channel.Answer, error) {
	return ask(c.h.w, c.from, &c.h.process, "pay", func(l *life) (channel.Answer, error) {
		a, err := c.h.hub.Pay(raw)
		var b channel.Batch
		if codec.Unmarshal(raw, &b) == nil {
			c.h.w.hand(c.h.key.Address(), b, false)
		}
		if err != nil || l.dead {
			return a, err
		}
		c.h.said(raw, a)
		if c.h.mean != nil {
			c.h.mean(b, &a)
		}
		return a, nil
	})
}

// said holds an answer against the ledger.
func (h *simHub) said(raw []byte, a channel.Answer) {
	request := wherry.Keccak256(raw)
	body, err := codec.Marshal(a)
	if err != nil {
		panic(err)
	}
	sum := wherry.Keccak256(body)
	if before, ok := h.answer[request]; ok && before != sum {
		// Answers to old batches are forgotten; what they say grows, and no more.
		h.w.note(h.name, "says something else to an old batch")
	}
	h.answer[request] = sum
	var b channel.Batch
	if err := codec.Unmarshal(raw, &b); err != nil {
		panic(err)
	}
	h.w.answered(h.key.Address(), b, a)
}

// Payout implements earnings.Clearer.
func (c client) Payout(_ context.Context, key *identity.Key, b channel.Chain) (channel.Payouts, error) {
	return ask(c.h.w, c.from, &c.h.process, "payout", func(*life) (channel.Payouts, error) {
		r, err := c.request(key, channel.AskPayout, b, nil)
		if err != nil {
			return channel.Payouts{}, err
		}
		return c.h.hub.Payout(r)
	})
}

// Show is how a payee shows the hub what it has signed.
func (c client) Show(_ context.Context, key *identity.Key, b channel.Chain, held channel.HeldPayout) (channel.Payouts, error) {
	return ask(c.h.w, c.from, &c.h.process, "show", func(*life) (channel.Payouts, error) {
		if !held.Preimage.IsZero() {
			c.h.w.shown(c.h.key.Address(), held.Preimage)
			c.h.w.perhaps[channel.Lock(held.Preimage)] = true
		}
		r, err := channel.Request{Ask: channel.AskPayout, Hub: c.h.key.Address(), Chain: b, Time: uint64(time.Now().Unix()), Held: &held}.Sign(key)
		if err != nil {
			return channel.Payouts{}, err
		}
		return c.h.hub.Payout(r)
	})
}

// Bind implements earnings.Clearer.
func (c client) Bind(_ context.Context, b channel.Binding) (channel.Bound, error) {
	return ask(c.h.w, c.from, &c.h.process, "bind", func(*life) (channel.Bound, error) { return c.h.hub.Bind(b.Request()) })
}

// Account implements wallet.Hub.
func (c client) Account(_ context.Context, key *identity.Key, a channel.Chain) (channel.Account, error) {
	return ask(c.h.w, c.from, &c.h.process, "account", func(*life) (channel.Account, error) {
		r, err := c.request(key, channel.AskAccount, a, nil)
		if err != nil {
			return channel.Account{}, err
		}
		return c.h.hub.Account(r)
	})
}

// Orders implements wallet.Hub.
func (c client) Orders(_ context.Context, key *identity.Key, a channel.Chain, seqs []uint64) (channel.Orders, error) {
	return ask(c.h.w, c.from, &c.h.process, "orders", func(l *life) (channel.Orders, error) {
		r, err := c.request(key, channel.AskOrders, a, seqs)
		if err != nil {
			return channel.Orders{}, err
		}
		o, err := c.h.hub.Orders(r)
		if err == nil && !l.dead {
			c.h.w.fates(c.h.key.Address(), o)
		}
		return o, err
	})
}

// Close implements wallet.Hub.
func (c client) Close(ctx context.Context, key *identity.Key, a channel.Chain) (channel.Closed, error) {
	return ask(c.h.w, c.from, &c.h.process, "close", func(*life) (channel.Closed, error) {
		r, err := c.request(key, channel.AskClose, a, nil)
		if err != nil {
			return channel.Closed{}, err
		}
		return c.h.hub.Leave(ctx, r)
	})
}

func (c client) request(key *identity.Key, q channel.Question, ch channel.Chain, seqs []uint64) (channel.Request, error) {
	return channel.Request{Ask: q, Hub: c.h.key.Address(), Chain: ch, Time: uint64(time.Now().Unix()), Seqs: seqs}.Sign(key)
}

// logger is what a process writes its log into: TestPrivacy's property looks at
// all of it.
func (w *World) logger(name string) *slog.Logger {
	return slog.New(slog.NewTextHandler(&w.logs, &slog.HandlerOptions{Level: slog.LevelDebug})).With("process", name)
}
