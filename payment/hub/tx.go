package hub

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
)

// txStates holds the journal's states against those of package onchain.
var txStates = map[channel.TxState]onchain.State{
	channel.TxPlanned: onchain.Planned, channel.TxSent: onchain.Sent, channel.TxMined: onchain.Mined,
	channel.TxFinal: onchain.Final, channel.TxFailed: onchain.Failed,
}

// row returns a transaction of the journal as the row that package onchain moves.
func row(t channel.HubTx) onchain.Row {
	r := onchain.Row{State: txStates[t.State], Mined: t.Mined, Block: t.Block, Gas: t.Gas, Cost: t.Cost, Error: t.Reason}
	if t.At != 0 {
		r.At = time.Unix(int64(t.At), 0)
	}
	try := func(hash wherry.Hash, raw []byte, void bool) {
		r.Tries = append(r.Tries, onchain.Try{Tx: chain.Tx{ID: hash, From: t.From, Nonce: t.Nonce, Raw: raw}, Cancel: void})
	}
	for _, e := range t.Earlier {
		try(e.Hash, nil, e.Void)
	}
	if !t.Hash.IsZero() {
		try(t.Hash, t.Raw, t.Void)
	}
	return r
}

// noted returns a transaction of the journal as its row has it.
func noted(t channel.HubTx, r onchain.Row) channel.HubTx {
	for state, s := range txStates {
		if s == r.State {
			t.State = state
		}
	}
	t.Mined, t.Block, t.Gas, t.Cost, t.Reason = r.Mined, r.Block, r.Gas, r.Cost, clip(r.Error)
	t.Earlier = nil
	for i, x := range r.Tries {
		if i < len(r.Tries)-1 {
			t.Earlier = append(t.Earlier, channel.HubTry{Hash: x.ID, Void: x.Cancel})
			continue
		}
		t.Hash, t.From, t.Nonce, t.Raw, t.Void, t.At = x.ID, x.From, x.Nonce, x.Raw, x.Cancel, uint64(r.At.Unix())
	}
	return t
}

// move takes one transaction a step further and returns it as it is then. What
// leaves is in the journal before; a planned one without a hash never left.
func (w *watch) move(ctx context.Context, t channel.HubTx) (channel.HubTx, error) {
	err := onchain.Step(ctx, w.chain, w.hub.cfg.Key, w.call(t), row(t), func(r onchain.Row) error {
		next := noted(t, r)
		if err := w.note(next); err != nil {
			return err
		}
		t = next
		return nil
	})
	return t, err
}

// note records how far a transaction has come.
func (w *watch) note(t channel.HubTx) error {
	h := w.hub
	err := h.change(func() ([]channel.HubEvent, error) {
		e, err := h.book.SetTx(t)
		return []channel.HubEvent{e}, err
	})
	if err != nil {
		return err
	}
	if t.State.Done() {
		h.metrics.ended(t)
	}
	switch {
	case t.State == channel.TxFailed:
		h.mu.Lock()
		w.wait = time.Now().Add(backoff)
		h.mu.Unlock()
		w.log.Warn("transaction failed", "tx", t.Shown(), "kind", t.Kind.String(), "reason", t.Reason)
	case t.State == channel.TxFinal:
		w.log.Info("transaction is final", "tx", t.Shown(), "kind", t.Kind.String(), "items", t.Items, "gas", t.Gas)
	case len(t.Earlier) > 0 && t.State == channel.TxSent:
		w.log.Warn("transaction waits too long and is replaced", "tx", t.Hash, "kind", t.Kind.String(), "tries", len(t.Earlier)+1)
	case t.Reason != "":
		w.log.Warn("transaction waits", "tx", t.Hash, "kind", t.Kind.String(), "reason", t.Reason)
	}
	return nil
}

// call makes a transaction's call out of what was planned.
func (w *watch) call(t channel.HubTx) chain.Call {
	if t.Kind == channel.TxPush {
		p := chain.Push{Hub: w.hub.address}
		for _, i := range t.Push {
			p.Items = append(p.Items, chain.PushItem{Payee: i.Payee, Total: i.Total, Reserve: i.Reserve})
		}
		return p
	}
	c := chain.Collect{Hub: w.hub.address}
	for _, i := range t.Collect {
		p, sig, preimage := i.Claim(w.hub.address)
		c.Claims = append(c.Claims, chain.Claim{Consumer: p.Consumer, Promise: p.Promise(), Signature: sig, Preimage: preimage})
	}
	return c
}

// plan records a transaction and sends it.
func (w *watch) plan(ctx context.Context, t channel.HubTx) error {
	h := w.hub
	err := h.change(func() ([]channel.HubEvent, error) {
		e := h.book.Plan(t)
		t = *e.Tx
		return []channel.HubEvent{e}, nil
	})
	if err != nil {
		return err
	}
	_, err = w.move(ctx, t)
	return err
}

func clip(s string) string {
	if len(s) > channel.MaxReason {
		return s[:channel.MaxReason]
	}
	return s
}
