package hub

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
)

// maxBlocks is how many blocks are asked for events at once.
const maxBlocks = 2000

// A watch follows one chain: what happened goes into the book, and what the book
// wants done goes out. Only its own run touches
// it, but for kick and what the hub's mu guards.
type watch struct {
	hub   *Hub
	chain chain.Chain
	id    uint64
	log   *slog.Logger
	kick  chan struct{} // look now

	heads       map[wherry.Address]struct{} // consumers whose leaving stood in a block that was not final
	collectable waiting                     // what consumers have promised
	owed        waiting                     // what payees have earned
	market      gasMarket
	priced      time.Time // when market was asked

	// The hub's mu guards what follows.
	free    wherry.Amount // in the newest block
	retired bool          // in the newest block
	opened  bool          // in the newest block
	gas     wherry.Amount // of the hub's key, in wei, in the newest block
	wait    time.Time     // nothing is planned before this, after a transaction that failed
	failed  string        // the last complaint, so that it is logged once
	force   int           // how many ask to collect and pay whatever the thresholds say
}

func newWatch(h *Hub, c chain.Chain) *watch {
	id := c.Params().ID
	return &watch{hub: h, chain: c, id: id, log: h.log.With("chain", id), kick: make(chan struct{}, 1)}
}

func (w *watch) run(ctx context.Context) error {
	t := time.NewTicker(w.hub.cfg.Poll)
	defer t.Stop()
	for {
		w.step(ctx)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.C:
		case <-w.kick:
		}
	}
}

// step looks at the chain once, and does what there is to do.
func (w *watch) step(ctx context.Context) {
	err := w.read(ctx)
	if err == nil {
		err = w.drive(ctx)
	}
	w.hub.mu.Lock()
	before := w.failed
	switch {
	case err == nil:
		w.failed = ""
	case ctx.Err() == nil:
		w.failed = err.Error()
	}
	now := w.failed
	w.hub.mu.Unlock()
	switch {
	case now == before:
	case now == "":
		w.log.Info("chain is in step again")
	default:
		w.log.Warn("chain is not in step", "err", err)
	}
}

// read brings the book up to the chain's newest final block.
func (w *watch) read(ctx context.Context) error {
	h, c := w.hub, w.chain
	head, err := c.Head(ctx, chain.Latest)
	if err != nil {
		return err
	}
	final, err := c.Head(ctx, chain.Final)
	if err != nil {
		return err
	}
	self, err := c.Hub(ctx, h.address, chain.Latest)
	if err != nil {
		return err
	}
	purse, err := c.Account(ctx, h.address, chain.Latest)
	if err != nil {
		return err
	}
	h.mu.Lock()
	scan := h.book.Scanned(w.id)
	w.free, w.retired, w.opened, w.gas = self.Free, self.Retired, !self.Owner.IsZero(), purse.Gas
	h.mu.Unlock()

	whole, err := w.wentBack(ctx, scan, final)
	if err != nil {
		return err
	}
	begin := scan.Block + 1
	switch {
	case scan.Hash.IsZero():
		begin = h.cfg.FirstBlock[w.id]
	case whole: // read again well below where the branches may part: twice does no harm
		begin = scan.Block - min(scan.Block, 64+4*c.Params().Depth)
	}
	for from := begin; ; from += maxBlocks {
		to := min(from+maxBlocks-1, final.Number)
		at := final
		if to < final.Number {
			if at, err = c.Block(ctx, to); err != nil {
				return err
			}
		}
		var events, newer []chain.Event
		if from <= to {
			if events, err = c.Events(ctx, h.address, from, to); err != nil {
				return err
			}
		}
		done := to >= final.Number
		if done && final.Number < head.Number {
			if newer, err = c.Events(ctx, h.address, final.Number+1, head.Number); err != nil {
				return err
			}
		}
		if err := w.apply(ctx, events, newer, at, head, scan.Hash.IsZero(), whole && done, done); err != nil {
			return err
		}
		if done {
			return nil
		}
	}
}

// wentBack reports whether the chain no longer has the block up to which it was
// read, so that everything that the book knows of it has to be asked for again.
func (w *watch) wentBack(ctx context.Context, scan channel.HubScan, final chain.Head) (bool, error) {
	if scan.Hash.IsZero() || final.Number < scan.Block {
		return false, nil // nothing to compare with, or not there yet
	}
	b, err := w.chain.Block(ctx, scan.Block)
	if err != nil {
		return false, err
	}
	if b.Hash == scan.Hash {
		return false, nil
	}
	w.log.Error("chain has replaced a final block: what stood in it is asked for again", "block", scan.Block)
	return true, nil
}

// apply puts a piece of chain into the book: the events of final blocks up to
// at, and, with the last piece, those of newer blocks up to head.
func (w *watch) apply(ctx context.Context, events, newer []chain.Event, at, head chain.Head, first, whole, done bool) error {
	h := w.hub
	ins, outs := map[wherry.Address]struct{}{}, map[wherry.Address]struct{}{}
	collect(events, ins, outs)
	heads := map[wherry.Address]struct{}{}
	for _, e := range newer {
		if e.Kind == chain.ExitRequested || e.Kind == chain.Exited {
			heads[e.Account] = struct{}{}
		}
	}
	if done {
		maps.Copy(ins, heads)
		maps.Copy(ins, w.heads) // a reorg may have called it off
	}
	if whole {
		h.mu.Lock()
		for _, id := range h.book.Ins(w.id) {
			ins[id.Consumer] = struct{}{}
		}
		for _, id := range h.book.Outs(w.id) {
			outs[id.Payee] = struct{}{}
		}
		h.mu.Unlock()
	}
	seenIn, err := w.readIns(ctx, ins)
	if err != nil {
		return err
	}
	seenOut, err := w.readOuts(ctx, outs)
	if err != nil {
		return err
	}
	err = h.change(func() ([]channel.HubEvent, error) {
		var out []channel.HubEvent
		if done {
			h.clock[w.id] = uint64(head.Time.Unix())
		}
		for _, e := range events {
			if e.Kind == chain.Revealed {
				out = append(out, h.book.Seen(w.id, e.Preimage, true, h.clock))
			}
			out = append(out, w.lost(e, first))
		}
		for _, e := range newer {
			if e.Kind == chain.Revealed {
				out = append(out, h.book.Seen(w.id, e.Preimage, false, h.clock))
			}
		}
		for _, in := range seenIn {
			out = append(out, h.book.SetIn(in))
		}
		for _, o := range seenOut {
			out = append(out, h.book.SetOut(o))
		}
		if t := uint64(at.Time.Unix()); done {
			out = append(out, h.book.Void(w.id, t)...)
			out = append(out, h.book.Lift(w.id, t)...)
			h.heard[w.id] = time.Now()
		}
		if s := h.book.Scanned(w.id); at.Number > s.Block || s.Hash.IsZero() || whole {
			out = append(out, h.book.Scan(channel.HubScan{Chain: w.id, Block: at.Number, Hash: at.Hash, Time: uint64(at.Time.Unix())}))
		}
		return out, nil
	})
	if err == nil && done {
		w.heads = heads
	}
	return err
}

// lost takes note when the chain knows of payments that the journal does not:
// then this is not the whole journal, and whoever took orders from it would sign
// less than was signed before. The event is zero when all is explained. It is
// called with the hub's mu held, behind the preimages of the event.
func (w *watch) lost(e chain.Event, first bool) channel.HubEvent {
	h := w.hub
	_, restored := h.book.Restored()
	why := unexplained(h.book, w.id, e, first, restored)
	if why == "" {
		return channel.HubEvent{}
	}
	return h.lose(why)
}

// collect finds the accounts that events touch.
func collect(events []chain.Event, ins, outs map[wherry.Address]struct{}) {
	for _, e := range events {
		switch e.Kind {
		case chain.ToppedUp, chain.Collected, chain.ExitRequested, chain.Exited:
			ins[e.Account] = struct{}{}
		case chain.Paid, chain.Reserved:
			outs[e.Account] = struct{}{}
		case chain.NoEvent, chain.HubOpened, chain.Funded, chain.Withdrawn, chain.HubRetired, chain.Revealed,
			chain.CutAnnounced, chain.Shortfall, chain.FeePaid, chain.Skipped, chain.TakenBack:
		}
	}
}

func (w *watch) readIns(ctx context.Context, who map[wherry.Address]struct{}) ([]channel.HubIn, error) {
	var out []channel.HubIn
	for _, a := range inOrder(who) {
		final, err := w.chain.In(ctx, w.hub.address, a, chain.Final)
		if err != nil {
			return nil, err
		}
		now, err := w.chain.In(ctx, w.hub.address, a, chain.Latest)
		if err != nil {
			return nil, err
		}
		in := channel.HubIn{
			ID: channel.InID{Chain: w.id, Consumer: a}, Deposited: final.Deposited, Settled: final.Settled,
		}
		for _, v := range []chain.In{final, now} {
			if v.Leaving() {
				in.Leaving, in.ExitAt = true, uint64(v.ExitAt.Unix())
			}
		}
		out = append(out, in)
	}
	return out, nil
}

func (w *watch) readOuts(ctx context.Context, who map[wherry.Address]struct{}) ([]channel.HubOut, error) {
	var out []channel.HubOut
	for _, a := range inOrder(who) {
		o, err := w.chain.Out(ctx, w.hub.address, a, chain.Final)
		if err != nil {
			return nil, err
		}
		out = append(out, channel.HubOut{
			ID: channel.OutID{Chain: w.id, Payee: a}, Settled: o.Settled, Reserved: o.Reserved,
		})
	}
	return out, nil
}

// inOrder returns accounts in the same order each time, so that the same chain
// makes the same journal.
func inOrder(who map[wherry.Address]struct{}) []wherry.Address {
	return slices.SortedFunc(maps.Keys(who), func(a, b wherry.Address) int { return bytes.Compare(a[:], b[:]) })
}
