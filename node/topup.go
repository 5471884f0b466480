package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/wallet"
)

// onPurse does something with the identity's wallet: here, or in the proxy that
// has it open.
func onPurse[T any](ctx context.Context, c Config, name string, args any, do func(*purse) (T, error)) (T, error) {
	var none T
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return none, err
	}
	key, err := c.Unlock(c.Identity)
	if err != nil {
		return none, err
	}
	p, err := c.openPurse(ctx, network, key)
	if wherry.CodeOf(err) == wherry.Conflict {
		path, e := c.walletPath(network, key.Address())
		if e != nil {
			return none, e
		}
		out, left := elsewhere[T](ctx, path, name, args, err)
		if !errors.Is(left, errLeft) {
			return out, left
		}
		c.log().Warn("a node that is gone had the wallet open, going on without it", "err", left)
		p, err = c.openPurse(ctx, network, key)
	}
	if err != nil {
		return none, err
	}
	defer p.Close()
	return do(p)
}

// relayArgs are RelayOptions on their way to a running proxy, which cannot show
// a person anything: MaxFee is what it agrees to.
type relayArgs struct {
	Relayer string        `json:"relayer,omitempty"`
	MaxFee  wherry.Amount `json:"max_fee"`
}

func (c Config) relayArgs() relayArgs { return relayArgs{c.Relay.Relayer, c.Relay.MaxFee} }

func (a relayArgs) into(c Config) Config {
	c.Relay = RelayOptions{Relayer: a.Relayer, MaxFee: a.MaxFee}
	return c
}

type topUpArgs struct {
	Amount wherry.Amount  `json:"amount"`
	Hub    wherry.Address `json:"hub"` // zero: whichever is meant
	relayArgs
}

// TopUp moves tokens of the identity's account into its deposit and waits until
// that is final. When it is interrupted the top-up goes on with the next command
// that opens the wallet, and the same command again follows it.
//
// terms, unless nil, is shown the hub's terms before anything moves; a deposit is
// consent to terms that are the first and not excessive.
func (c Config) TopUp(ctx context.Context, amount wherry.Amount, step func(string), terms func(HubEntry, HubTerms)) (Transaction, error) {
	if amount.IsZero() {
		return Transaction{}, wherry.Errorf(wherry.Invalid, "top up by nothing?")
	}
	return onPurse(ctx, c, "topup", topUpArgs{amount, c.Consumer.Hub, c.relayArgs()}, func(p *purse) (Transaction, error) {
		return c.topUp(ctx, p, topUpArgs{Amount: amount, Hub: c.Consumer.Hub}, step, terms)
	})
}

func (c Config) topUp(ctx context.Context, p *purse, args topUpArgs, step func(string), terms func(HubEntry, HubTerms)) (Transaction, error) {
	amount := args.Amount
	p, err := p.about(ctx, args.Hub, true)
	if err != nil {
		return Transaction{}, err
	}
	under, err := p.Underway(ctx, p.id)
	if err != nil {
		return Transaction{}, err
	}
	for _, a := range under {
		if a.Kind != "topup" {
			continue
		}
		if a.Amount != amount {
			return transaction(a), wherry.Errorf(wherry.Conflict, "a top-up by %s is on its way still, and is %s: wait for it with wherry wallet topup %s", a.Amount, a.State, a.Amount)
		}
		return p.follow(ctx, a.ID, step)
	}
	// With gas that came meanwhile, the top-up would be done twice.
	if r, ok, err := p.ToppingUp(ctx, p.id); err != nil {
		return Transaction{}, err
	} else if ok && r.Amount != amount {
		return Transaction{}, wherry.Errorf(wherry.Conflict, "a top-up by %s is with relayer %s still, and is %s: wait for it with wherry wallet topup %s", r.Amount, c.called(r.Relayer), r.State, r.Amount)
	} else if ok {
		return p.waitRelay(ctx, r, step)
	}
	if err := p.showTerms(ctx, terms); err != nil {
		return Transaction{}, err
	}
	if err := p.backed(ctx, step); err != nil {
		return Transaction{}, err
	}
	if by, err := c.needsRelayer(ctx, p); err != nil {
		return Transaction{}, err
	} else if by {
		return c.relayTopUp(ctx, p, amount, step)
	}
	id, err := p.Wallet.TopUp(ctx, p.id, amount)
	if err != nil {
		return Transaction{}, err
	}
	return p.follow(ctx, id, step)
}

// transaction returns an action as a command shows it.
func transaction(a wallet.Action) Transaction {
	return Transaction{
		Chain: a.ChainID, Call: a.Kind, ID: a.Tx, State: string(a.State), Amount: Money{Amount: a.Amount}, Items: 1,
		GasUsed: a.Gas, CostWei: a.Cost.BaseString(),
	}
}

// follow waits for an action and says what became of it. When it lasts too long,
// or somebody interrupts, it is Pending, which says how far it is and how to go
// on: the action goes on without us.
func (p *purse) follow(ctx context.Context, id int64, step func(string)) (Transaction, error) {
	waiting, cancel := context.WithTimeout(ctx, txPatience)
	defer cancel()
	a, err := p.Wait(waiting, id)
	t := transaction(a)
	if wherry.CodeOf(err) == wherry.Pending {
		return t, pending(t, a.Error)
	}
	if err == nil && step != nil {
		step(fmt.Sprintf("%s is %s", a.Kind, a.State))
	}
	return t, err
}

// pending is the error of a transaction that is not at its end.
func pending(t Transaction, why string) error {
	text := "the " + t.Call + " is planned, and not sent yet"
	if t.State != string(onchain.Planned) {
		text = fmt.Sprintf("the %s is %s as %s, and not final yet", t.Call, t.State, t.ID)
	}
	if why != "" {
		text += " (" + why + ")"
	}
	return wherry.Errorf(wherry.Pending, "%s: run the same command again to follow it; nothing is sent twice", text)
}

// commands is what a running proxy does for commands.
func (b *buyer) commands() map[string]task {
	return map[string]task{
		"topup": func(ctx context.Context, args json.RawMessage) (any, error) {
			var a topUpArgs
			if err := json.Unmarshal(args, &a); err != nil {
				return nil, wherry.Errorf(wherry.Invalid, "topup: %w", err)
			}
			return a.into(b.cfg).topUp(ctx, b.money, a, nil, nil)
		},
		"rescue": func(ctx context.Context, args json.RawMessage) (any, error) {
			var a rescueArgs
			if err := json.Unmarshal(args, &a); err != nil {
				return nil, wherry.Errorf(wherry.Invalid, "rescue: %w", err)
			}
			n, err := LoadNetwork(b.cfg.Network)
			if err != nil {
				return nil, err
			}
			return a.into(b.cfg).relayTakeBack(ctx, n, b.money, a.Known)
		},
		"leave": func(ctx context.Context, args json.RawMessage) (any, error) {
			var a leaveArgs
			if err := json.Unmarshal(args, &a); err != nil {
				return nil, wherry.Errorf(wherry.Invalid, "leave: %w", err)
			}
			return a.into(b.cfg).leave(ctx, b.money, a.Hub, LeaveOptions{Alone: a.Alone})
		},
	}
}
