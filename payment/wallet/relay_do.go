package wallet

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// RelayTopUp signs a top-up by amount for the relayer that made a quote, and
// writes it; Run and WaitRelay hand it over. The fee, at most most, comes on top
// of the amount, out of the account. What it lets the contract pull is exactly
// both, for ten minutes, by a permit, or by an EIP-3009 authorization where the
// relayer does not do permits.
func (w *Wallet) RelayTopUp(ctx context.Context, id channel.ID, amount wherry.Amount, q wire.Quote, most wherry.Amount) (Relay, error) {
	c, err := w.config(id)
	if err != nil {
		return Relay{}, err
	}
	kind := wire.TopUpPermit
	if _, ok := q.Of(kind); !ok {
		kind = wire.TopUpAuth
	}
	fee, err := w.price(c, q, kind, most)
	if err != nil {
		return Relay{}, err
	}
	pull, err := amount.Add(fee)
	if err != nil || amount.IsZero() {
		return Relay{}, wherry.Errorf(wherry.Invalid, "top up by %s, for a fee of %s", amount, fee)
	}
	acc, err := c.Chain.Account(ctx, w.Address(), chain.Latest)
	if err != nil {
		return Relay{}, err
	}
	if acc.Tokens.Less(pull) {
		return Relay{}, wherry.Errorf(wherry.NotFunded, "top up by %s and a fee of %s: the account has %s", amount, fee, acc.Tokens)
	}
	in, deadline, err := w.asOf(ctx, c)
	if err != nil {
		return Relay{}, err
	}
	if in.Leaving() {
		return Relay{}, wherry.Errorf(wherry.Conflict, "top up: the wallet is leaving hub %s", id.Hub)
	}
	if err := w.refusedAndDone(ctx, id, in, amount); err != nil {
		return Relay{}, err
	}
	s := wire.Submission{Kind: kind, Fee: fee, Relayer: q.Relayer, Deadline: deadline, Quote: q}
	if s.Deposited, err = in.Deposited.Add(amount); err != nil {
		return Relay{}, err
	}
	switch {
	case kind == wire.TopUpAuth:
		s.Pull = pull
	case acc.Allowance.Less(pull):
		s.Permit = wire.Permit{Value: pull, Nonce: acc.PermitNonce, Deadline: deadline}
	}
	return w.relayed(ctx, c, s, amount)
}

// refusedAndDone is Conflict when a relayer has said no to a top-up by as much, and
// the deposit is what that leads to. Whoever signs for another one relies on both
// leading to the same deposit, so that one counts and one fee is paid: a relayer
// that says no once it has done it must not get a second.
func (w *Wallet) refusedAndDone(ctx context.Context, id channel.ID, in chain.In, amount wherry.Amount) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.reload(ctx); err != nil {
		return err
	}
	open, err := w.openRelays(ctx, id)
	for _, r := range open {
		if r.Refused && r.toppingUp() && r.Amount == amount && r.seen(sight{in: in}) {
			return wherry.Errorf(wherry.Conflict, "top up: relayer %s has said no to a top-up by %s, and the deposit has grown to %s all the same: look at the balance first; the same is signed again once that is final",
				r.Relayer, r.Amount, in.Deposited)
		}
	}
	return err
}

// RelayLeave signs the wish to leave a hub without its consent, for a relayer
// that announces it, and finalizes it after the delay. The fee, at most most,
// comes out of what is given back. Nothing is promised to the hub from then on.
func (w *Wallet) RelayLeave(ctx context.Context, id channel.ID, q wire.Quote, most wherry.Amount) (Relay, error) {
	c, err := w.config(id)
	if err != nil {
		return Relay{}, err
	}
	s, left, err := w.leaveBy(ctx, c, wire.Leave, q, most)
	if err != nil {
		return Relay{}, err
	}
	return w.relayed(ctx, c, s, left)
}

// RelayClose asks the hub's consent to leave at once, as CloseNow does, and signs
// for a relayer that submits it. The fee comes out of what is given back.
func (w *Wallet) RelayClose(ctx context.Context, id channel.ID, q wire.Quote, most wherry.Amount) (Relay, error) {
	c, err := w.config(id)
	if err != nil {
		return Relay{}, err
	}
	if _, err := w.price(c, q, wire.Close, most); err != nil {
		return Relay{}, err
	}
	var out Relay
	err = w.consented(ctx, id, func(closed channel.Closed) error {
		s, left, err := w.leaveBy(ctx, c, wire.Close, q, most)
		if err != nil {
			return err
		}
		s.Consent = wire.Consent{Settled: closed.Settled, Expiry: closed.Expiry, Sig: closed.Sig}
		if s.Deposited != closed.Deposited {
			return wherry.Errorf(wherry.Conflict, "leave: the hub consents for a deposit of %s, and it is %s", closed.Deposited, s.Deposited)
		}
		out, err = w.relayed(ctx, c, s, left)
		return err
	})
	return out, err
}

// RelayTakeBack signs that amount of what waits at the channel's deposit address of
// a limit on the fee comes to the wallet's account, less the fee, whatever becomes of the channel.
func (w *Wallet) RelayTakeBack(ctx context.Context, id channel.ID, limit, amount wherry.Amount, q wire.Quote, most wherry.Amount) (Relay, error) {
	c, err := w.config(id)
	if err != nil {
		return Relay{}, err
	}
	s := wire.Submission{Kind: wire.TakeBack, Cap: limit, Pull: amount, Relayer: q.Relayer, Quote: q}
	if s.Fee, err = w.price(c, q, s.Kind, most); err != nil {
		return Relay{}, err
	}
	if amount.Less(s.Fee) || amount == s.Fee {
		return Relay{}, wherry.Errorf(wherry.NotFunded, "take back %s: the fee is %s", amount, s.Fee)
	}
	if _, s.Deadline, err = w.asOf(ctx, c); err != nil {
		return Relay{}, err
	}
	return w.relayed(ctx, c, s, amount)
}

// leaveBy fills in what both ways of leaving share, and returns what is left.
func (w *Wallet) leaveBy(ctx context.Context, c Channel, k wire.Kind, q wire.Quote, most wherry.Amount) (wire.Submission, wherry.Amount, error) {
	fee, err := w.price(c, q, k, most)
	if err != nil {
		return wire.Submission{}, wherry.Amount{}, err
	}
	in, deadline, err := w.asOf(ctx, c)
	if err != nil {
		return wire.Submission{}, wherry.Amount{}, err
	}
	left := in.Left()
	switch {
	case k == wire.Leave && in.Leaving():
		return wire.Submission{}, left, wherry.Errorf(wherry.Conflict, "the wallet is leaving hub %s already: what is left is free on %s", c.Hub, in.ExitAt.Format(time.RFC3339))
	case left.Less(fee):
		return wire.Submission{}, left, wherry.Errorf(wherry.NotFunded, "leave hub %s: a fee of %s is more than the %s that are left", c.Hub, fee, left)
	}
	return wire.Submission{Kind: k, Deposited: in.Deposited, Fee: fee, Relayer: q.Relayer, Deadline: deadline, Quote: q}, left, nil
}

// asOf returns a channel as it is now, and the last deadline that may be signed.
func (w *Wallet) asOf(ctx context.Context, c Channel) (chain.In, uint64, error) {
	head, err := c.Chain.Head(ctx, chain.Latest)
	if err != nil {
		return chain.In{}, 0, err
	}
	in, err := c.Chain.In(ctx, c.Hub, w.Address(), chain.Latest)
	return in, uint64(head.Time.Add(min(signedLife, c.Chain.Params().Life)).Unix()), err
}

// advanceRelays brings what is under way on a channel to what the chain says,
// and hands over what the relayer may not have yet.
func (w *Wallet) advanceRelays(ctx context.Context, c Channel) error {
	w.mu.Lock()
	_, err := w.reload(ctx)
	var open []Relay
	if err == nil {
		open, err = w.openRelays(ctx, c.ID())
	}
	w.mu.Unlock()
	if err != nil || len(open) == 0 {
		return err
	}
	var all error
	for _, r := range open {
		head, err1 := w.look(ctx, c, r, chain.Latest)
		// The time is read before what it is held against.
		over, err2 := c.Chain.Head(ctx, chain.Final)
		final, err3 := w.look(ctx, c, r, chain.Final)
		if err := errors.Join(err1, err2, err3); err != nil {
			return err
		}
		to := r
		switch {
		case r.seen(final) && r.seen(head):
			to.State, to.Error = onchain.Final, ""
		case over.Time.After(r.Deadline) && !r.seen(final) && !r.seen(head):
			to.State = onchain.Failed
			if to.Error == "" {
				to.Error = "the relayer did not submit it before its deadline; nothing was paid"
			}
		case r.seen(head):
			to.State = onchain.Mined
		case r.State == onchain.Mined: // a reorg has undone it
			to.State = onchain.Sent
		}
		if to.State != r.State && to.Tx.IsZero() {
			to.Tx = w.whichTx(ctx, to)
		}
		if !to.same(r) {
			all = errors.Join(all, w.markRelay(ctx, to))
		}
		if !to.Done() && to.State != onchain.Mined && !to.Refused {
			all = errors.Join(all, w.handOver(ctx, to))
		}
	}
	return all
}

// againAfter is how long a relayer that has taken something is left in peace.
const againAfter = 5 * time.Second

// handOver gives a relayer what was signed for it, again and again until it is
// seen on chain: asking twice is asking once. A relayer that does not answer is
// no error; one that says no is noted, and asked no more.
func (w *Wallet) handOver(ctx context.Context, r Relay) error {
	by := w.relayer(r.Relayer)
	if by == nil {
		return nil // it is not configured today: whether it did it is seen on chain
	}
	w.mu.Lock()
	lately := r.State == onchain.Sent && time.Since(w.handed[r.ID]) < againAfter
	if !lately {
		w.handed[r.ID] = time.Now()
	}
	w.mu.Unlock()
	if lately {
		return nil
	}
	ask, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	st, err := by.Submit(ask, r.ask)
	to := r
	switch wherry.CodeOf(err) {
	case "":
		to.State, to.Tx, to.Error = onchain.Sent, st.Tx, ""
		if st.State == string(onchain.Failed) {
			to.Refused, to.Error = true, fmt.Sprintf("the relayer says: %.200q", st.Error)
		}
	case wherry.Unreachable, wherry.Busy, wherry.Internal, wherry.Timeout, wherry.Interrupted:
		to.Error = err.Error()
	default:
		to.Refused, to.Error = true, err.Error()
	}
	if to.same(r) {
		return nil
	}
	return w.markRelay(ctx, to)
}

// whichTx asks a relayer by which transaction it did something; zero if it does
// not say.
func (w *Wallet) whichTx(ctx context.Context, r Relay) wherry.Hash {
	by := w.relayer(r.Relayer)
	if by == nil {
		return wherry.Hash{}
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	st, err := by.Status(ctx, r.Name)
	if err != nil {
		w.log.Debug("relayer did not say which transaction it was", "relayer", r.Relayer, "err", err)
	}
	return st.Tx
}

// same reports whether nothing has become of r that has to be written.
func (r Relay) same(old Relay) bool {
	return r.State == old.State && r.Refused == old.Refused && r.Tx == old.Tx && r.Error == old.Error
}

func (w *Wallet) relayer(who wherry.Address) Relayer {
	if w.cfg.Relayer == nil {
		return nil
	}
	return w.cfg.Relayer(who)
}

// relaying reports whether a relayer was asked to end a channel, and may still do
// so. The caller holds mu.
func (w *Wallet) relaying(ctx context.Context, id channel.ID) (bool, error) {
	open, err := w.openRelays(ctx, id)
	for _, r := range open {
		if r.Kind == wire.Leave || r.Kind == wire.Close {
			return true, err
		}
	}
	return false, err
}

// WaitRelay refreshes until a relay is at its end, is refused, or, with mined,
// can be seen, and returns it. The end of ctx is Pending: it goes on without us.
func (w *Wallet) WaitRelay(ctx context.Context, id int64, mined bool) (Relay, error) {
	t := time.NewTicker(w.cfg.Every)
	defer t.Stop()
	for {
		seen := w.Refresh(ctx)
		r, err := w.Relay(context.WithoutCancel(ctx), id)
		switch {
		case err != nil:
			return r, err
		case r.State == onchain.Failed:
			return r, wherry.Errorf(wherry.Conflict, "%s failed: %s", r.Kind, r.Error)
		case r.Done() && seen == nil, mined && r.State == onchain.Mined:
			return r, nil
		case r.Refused:
			return r, wherry.Errorf(wherry.Refused, "%s: %s", r.Kind, r.Error)
		}
		select {
		case <-ctx.Done():
			return r, wherry.Errorf(wherry.Pending, "%s is %s: %w", r.Kind, r.State, errors.Join(ctx.Err(), seen))
		case <-t.C:
		}
	}
}
