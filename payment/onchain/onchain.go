// Package onchain is how a book of money follows what it does on chain: as a row
// that a restart takes up where it was.
//
//	planned ──► sent ──► mined ──► final
//	   │        │ ▲ └──────┴─────► failed
//	   │        └─┘ again, or at a higher fee
//	   └─────────────────────────► failed   refused before anything left
//
// payment/hub, payment/wallet, payment/earnings and payment/relayer keep such
// rows. A plan that is found after a crash was never sent; a row that is sent may
// or may not have left, and the same signed bytes are sent again, which can do
// no more than they were meant to.
//
// What waits too long is signed again under the same nonce, at a higher fee: it
// is stored before it leaves, and all that was ever signed for a row is watched,
// since any of it may be mined. Next decides, as a pure function; Step does.
package onchain

import (
	"context"
	"errors"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
)

// Step takes a row as far as it goes now and has every change stored by save
// before it counts. A call that the contract refuses ends the row as Failed; an
// error means that nothing is known yet, and Step is to be called again.
func Step(ctx context.Context, c chain.Chain, key *identity.Key, call chain.Call, r Row, save func(Row) error) error {
	if r.State.Done() {
		return nil
	}
	h := hand{c, key, save}
	if r.State == Planned {
		return h.send(ctx, call, r)
	}
	seen, err := look(ctx, c, r)
	if err != nil {
		return err
	}
	now := time.Now()
	unnoted := r.At.IsZero() // by a version that did not
	if unnoted {
		r.At = now
	}
	to, do := Next(r, seen, now)
	if do == Rest && (unnoted || !noNews(r, to)) {
		return save(to)
	}
	switch do {
	case Rest:
	case Again:
		return h.again(ctx, call, r, to, now)
	case Raise, Void:
		return h.raise(ctx, call, do == Void, r, to, now)
	case Fill:
		over := chain.Tx{From: r.newest().From, Nonce: seen.Nonces.Pending}
		if _, err := c.SendBid(ctx, key, chain.Cancel{}, chain.Bid{Over: &over}, nil); err != nil && wherry.CodeOf(err) != wherry.Conflict {
			return err // Conflict: somebody has it by now
		}
		to.At = now
		return save(to)
	}
	return nil
}

// look asks the chain about a row.
func look(ctx context.Context, c chain.Chain, r Row) (s Seen, err error) {
	if s.Nonces, err = c.Nonces(ctx, r.newest().From); err != nil {
		return s, err
	}
	for _, t := range r.Tries {
		st, err := c.Status(ctx, t.ID)
		if err != nil {
			return s, err
		}
		s.Tries = append(s.Tries, st)
	}
	return s, nil
}

// hand does what was decided.
type hand struct {
	chain chain.Chain
	key   *identity.Key
	save  func(Row) error
}

// send signs a planned row's first transaction.
func (h hand) send(ctx context.Context, call chain.Call, r Row) error {
	if now := time.Now(); !r.Until.IsZero() && !now.Before(r.Until) {
		r.State, r.Error = Failed, "it was not sent in time"
		return h.save(r)
	}
	stored := false
	_, err := h.chain.SendBid(ctx, h.key, call, chain.Bid{Most: r.Most}, func(tx chain.Tx) error {
		if err := h.save(r.with(Try{Tx: tx}, time.Now())); err != nil {
			return err
		}
		stored = true
		return nil
	})
	switch wherry.CodeOf(err) {
	case wherry.NotFunded, wherry.Conflict, wherry.Forbidden, wherry.Invalid:
		if !stored { // refused before anything left
			r.State, r.Error = Failed, err.Error()
			return h.save(r)
		}
	case wherry.PriceTooHigh:
		if !stored && !r.Most.IsZero() { // dearer than the caller allows: it may think again
			r.State, r.Error = Failed, err.Error()
			return h.save(r)
		}
	}
	return err
}

// again hands the newest try to the network once more.
func (h hand) again(ctx context.Context, call chain.Call, was, to Row, now time.Time) error {
	err := h.chain.Resend(ctx, to.newest().Tx)
	switch wherry.CodeOf(err) {
	case "":
		to.Error = ""
	case wherry.PriceTooHigh:
		return h.raise(ctx, call, false, was, to, now)
	case wherry.Conflict: // not in a block: then Next would know
		to.Error = "another process uses this key: " + err.Error()
	default:
		return err
	}
	if noNews(was, to) {
		return nil
	}
	return h.save(to)
}

// raise signs a row's call again at a higher fee, or one that does nothing in
// its place.
func (h hand) raise(ctx context.Context, call chain.Call, void bool, was, to Row, now time.Time) error {
	newest := to.newest()
	void = void || newest.Cancel
	if void {
		call = chain.Cancel{}
	}
	why := to.Error
	bid := func(call chain.Call) error {
		_, err := h.chain.SendBid(ctx, h.key, call, chain.Bid{Over: &newest.Tx, Most: to.Most}, func(tx chain.Tx) error {
			_, cancel := call.(chain.Cancel)
			next := to.with(Try{Tx: tx, Cancel: cancel}, now)
			if cancel {
				next.Error = why
			}
			was = next
			return h.save(next)
		})
		return err
	}
	tries := len(was.Tries)
	err := bid(call)
	if _, refused := errors.AsType[chain.Refusal](err); refused && !void && len(was.Tries) == tries {
		// What waits would be refused in its block, and holds up what comes behind it.
		why = err.Error()
		err = bid(chain.Cancel{})
	}
	switch wherry.CodeOf(err) {
	case wherry.PriceTooHigh, wherry.NotFunded, wherry.Conflict:
		if len(was.Tries) > tries { // it is stored, and its status will tell
			return nil
		}
		to.At, to.Error = now, err.Error() // what waits goes on waiting; not asked again at once
		return h.save(to)
	}
	return err
}
