package node

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/wallet"
)

// LeaveOptions say how to leave a hub.
type LeaveOptions struct {
	Alone bool // do not ask the hub
}

// LeaveResult says what leaving gives back.
type LeaveResult struct {
	Schema string       `json:"schema"` // wherry.leave/1
	Amount Money        `json:"amount"`
	FreeAt *time.Time   `json:"free_at,omitempty"`     // nil when the money is there
	Tx     *Transaction `json:"transaction,omitempty"` // the last step of it

	Relayer string `json:"relayer,omitempty"` // who did it, for a fee that Amount does not hold
	Fee     *Money `json:"fee,omitempty"`
}

type leaveArgs struct {
	Alone bool           `json:"alone,omitempty"`
	Hub   wherry.Address `json:"hub"` // zero: whichever is meant
	relayArgs
}

// Leave takes back what is left of the deposit: at once with the hub's consent,
// and otherwise after the delay of the contract. What an earlier one has begun
// it takes up: it says when the money is free, and takes it when it is.
func (c Config) Leave(ctx context.Context, o LeaveOptions) (LeaveResult, error) {
	return onPurse(ctx, c, "leave", leaveArgs{o.Alone, c.Consumer.Hub, c.relayArgs()}, func(p *purse) (LeaveResult, error) {
		return c.leave(ctx, p, c.Consumer.Hub, o)
	})
}

func (c Config) leave(ctx context.Context, p *purse, hub wherry.Address, o LeaveOptions) (LeaveResult, error) {
	r := LeaveResult{Schema: "wherry.leave/1"}
	p, err := p.about(ctx, hub, false)
	if err != nil {
		return r, err
	}
	if id, err := p.leaving(ctx); err != nil || id != 0 {
		if err != nil {
			return r, err
		}
		return p.followLeave(ctx, id)
	}
	before, in, err := p.Account(ctx, p.id)
	if err != nil {
		return r, err
	}
	if in.Left().IsZero() {
		return r, wherry.Errorf(wherry.NotFunded, "there is nothing left with hub %s", p.id.Hub.Short())
	}
	if in.Leaving() {
		return c.left(ctx, p, before, in)
	}
	if by, err := c.needsRelayer(ctx, p); err != nil {
		return r, err
	} else if by {
		return c.relayLeave(ctx, p, in, o)
	}
	var id int64
	if o.Alone {
		id, err = p.Wallet.Leave(ctx, p.id)
	} else if id, err = p.CloseNow(ctx, p.id); withoutHub(err) {
		c.log().Warn("the hub does not consent, leaving without it", "err", err)
		id, err = p.Wallet.Leave(ctx, p.id)
	}
	if err != nil {
		return r, err
	}
	return p.followLeave(ctx, id)
}

// withoutHub reports whether an error of the hub means that its consent is not to
// be had. Pending means that it is, a little later.
func withoutHub(err error) bool {
	switch wherry.CodeOf(err) {
	case wherry.Unreachable, wherry.Refused, wherry.Timeout, wherry.Conflict, wherry.Internal, wherry.NotFound:
		return true
	}
	return false
}

// leaving returns the number of the step of leaving that is under way, or zero.
func (p *purse) leaving(ctx context.Context) (int64, error) {
	under, err := p.Underway(ctx, p.id)
	for _, a := range under {
		switch a.Kind {
		case "leave", "close", "finalize":
			return a.ID, nil
		}
	}
	return 0, err
}

// followLeave waits for a step of leaving, and says what it has brought.
func (p *purse) followLeave(ctx context.Context, id int64) (LeaveResult, error) {
	r := LeaveResult{Schema: "wherry.leave/1"}
	t, err := p.follow(ctx, id, nil)
	if err != nil {
		return r, err
	}
	r.Tx = &t
	a, err := p.Action(ctx, id)
	if err != nil {
		return r, err
	}
	if a.Kind == "leave" {
		_, in, err := p.Account(ctx, p.id)
		if err != nil {
			return r, err
		}
		r.Amount, r.FreeAt = Money{Amount: in.Left()}, &in.ExitAt
		return r, nil
	}
	r.Amount.Amount, err = p.givenBack(ctx, a)
	return r, err
}

// givenBack reads on the chain what the end of a channel has brought.
func (p *purse) givenBack(ctx context.Context, a wallet.Action) (wherry.Amount, error) {
	events, err := p.chain.Events(ctx, p.id.Hub, a.Block, a.Block)
	if err != nil {
		return wherry.Amount{}, err
	}
	for _, e := range events {
		if e.Kind == chain.Exited && e.Tx == a.Tx {
			return e.Amount, nil
		}
	}
	return wherry.Amount{}, wherry.Errorf(wherry.Internal, "transaction %s ended no channel", a.Tx)
}

// left finishes what an earlier Leave has announced, once it is time: the wallet
// plans that by itself.
func (c Config) left(ctx context.Context, p *purse, before chain.Account, in chain.In) (LeaveResult, error) {
	r := LeaveResult{Schema: "wherry.leave/1", Amount: Money{Amount: in.Left()}, FreeAt: &in.ExitAt}
	head, err := p.chain.Head(ctx, chain.Latest)
	if err != nil {
		return r, err
	}
	if head.Time.Before(in.ExitAt) {
		owed, err := p.chain.Owed(ctx, p.id.Hub, p.Address(), chain.Latest)
		if !owed.Fee.IsZero() {
			r.Amount, r.Fee, r.Relayer = Money{Amount: in.Left().SubFloor(owed.Fee)}, &Money{Amount: owed.Fee}, c.called(owed.Relayer)
		}
		return r, err
	}
	if by, err := c.needsRelayer(ctx, p); err != nil {
		return r, err
	} else if by {
		return c.relayFinalize(ctx, p, before)
	}
	if err := p.Refresh(ctx); err != nil {
		return r, err
	}
	id, err := p.leaving(ctx)
	if err != nil {
		return r, err
	}
	if id == 0 {
		return r, p.whyNotLeft(ctx)
	}
	return p.followLeave(ctx, id)
}

// whyNotLeft says why nothing takes the money although it is free.
func (p *purse) whyNotLeft(ctx context.Context) error {
	last, err := p.Actions(ctx, 1)
	if err != nil {
		return err
	}
	if len(last) > 0 && last[0].State == onchain.Failed {
		return wherry.Errorf(wherry.Conflict, "the last try to take the money failed: %s; run this again in a minute", last[0].Error)
	}
	return wherry.Errorf(wherry.Pending, "the money is free and not taken yet: run this again in a minute")
}
