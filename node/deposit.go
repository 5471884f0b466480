package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/internal/whole"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// AddressState is where somebody can be sent tokens.
type AddressState struct {
	Schema  string         `json:"schema"` // wherry.address/1
	Address wherry.Address `json:"address"`
	Items   []DepositItem  `json:"items"` // plain transfers to these become deposits
}

// DepositItem is a deposit address: what is sent there ends up in the channel
// with its hub, less the fee of whoever sweeps it.
type DepositItem struct {
	Hub     wherry.Address `json:"hub"`
	Name    string         `json:"name,omitempty"` // of the hub
	Chain   uint64         `json:"chain"`
	Address wherry.Address `json:"address"`
	MaxFee  Money          `json:"max_fee"`           // part of the address: no sweep takes more
	Least   Money          `json:"least"`             // that has to be there before a relayer sweeps it
	Held    Money          `json:"held"`              // waits there now
	Relayer string         `json:"relayer,omitempty"` // who looks after it; none where none answers
}

// known is a deposit address that was shown to its owner, as it is remembered: an
// address of an old price may still be written down somewhere.
type known struct {
	Chain uint64         `json:"chain"`
	Hub   wherry.Address `json:"hub"`
	Cap   wherry.Amount  `json:"cap"`
}

func (k known) of(who wherry.Address) wire.Deposit {
	return wire.Deposit{Hub: k.Hub, Consumer: who, Cap: k.Cap}
}

func (c Config) depositsPath(n Network, who wherry.Address) (string, error) {
	path, err := c.walletPath(n, who)
	return path + ".deposits", err
}

func (c Config) knownDeposits(n Network, who wherry.Address) ([]known, error) {
	path, err := c.depositsPath(n, who)
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []known
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return all, nil
}

// remember writes deposit addresses down before they are shown.
func (c Config) remember(n Network, who wherry.Address, all []known) error {
	path, err := c.depositsPath(n, who)
	if err != nil {
		return err
	}
	b, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return whole.Write(path, b)
}

// Addresses returns the identity's account and its deposit addresses with each
// hub, and has the network's relayers look after them. The address on a chain
// depends on the fee that sweeping it may cost: that of the cheapest relayer
// which answers, the last one known while none does it for the most that the
// consumer pays, or none at all.
func (c Config) Addresses(ctx context.Context) (AddressState, error) {
	s := AddressState{Schema: "wherry.address/1", Items: []DepositItem{}}
	var err error
	if s.Address, err = c.Who(); err != nil || c.Network == "" {
		return s, err // an account is one on every network
	}
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return s, err
	}
	all, err := c.knownDeposits(network, s.Address)
	if err != nil {
		return s, err
	}
	before := len(all)
	for _, h := range network.Hubs {
		for _, id := range h.Chains {
			k := known{Chain: id, Hub: h.Address}
			if fee, ok := sweepFee(c.askAll(ctx, network, id), c.mostFee()); ok {
				k.Cap = fee
			} else if i := slices.IndexFunc(all, func(x known) bool { return x.Chain == id && x.Hub == h.Address }); i >= 0 {
				continue
			}
			if !slices.Contains(all, k) {
				all = append(all, k)
			}
		}
	}
	if len(all) > before {
		if err := c.remember(network, s.Address, all); err != nil {
			return s, err
		}
	}
	for _, k := range all {
		item, err := c.depositItem(ctx, network, s.Address, k)
		if err != nil {
			return s, err
		}
		s.Items = append(s.Items, item)
	}
	return s, nil
}

// sweepFee returns the least that a relayer takes for sweeping, unless it is more
// than most: anybody may take it of every transfer to an address that it is part
// of, up to half of the transfer.
func sweepFee(all []quoted, most wherry.Amount) (wherry.Amount, bool) {
	_, _, fee, err := cheapest(all, wire.Sweep)
	return fee, err == nil && !most.Less(fee)
}

// askAll returns those relayers for a chain that say what they take.
func (c Config) askAll(ctx context.Context, n Network, id uint64) []quoted {
	all, err := n.findRelayers(c.Relay.Relayer, id)
	if err != nil {
		return nil
	}
	entry, err := n.Chain(id)
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, quoteWait)
	defer cancel()
	var out []quoted
	for _, r := range all {
		q, err := r.client().Quote(ctx, channel.Chain{ID: id, Contract: entry.Hubs})
		if err != nil {
			c.log().Debug("relayer does not say what it takes", "relayer", r.Name, "err", err)
			continue
		}
		out = append(out, quoted{r, r.client(), q})
	}
	return out
}

// depositItem says what is at a deposit address, and shows it to the relayers.
func (c Config) depositItem(ctx context.Context, n Network, who wherry.Address, k known) (DepositItem, error) {
	ch, err := n.Open(ctx, k.Chain)
	if err != nil {
		return DepositItem{}, err
	}
	defer ch.Close()
	p := ch.Params()
	d := k.of(who)
	item := DepositItem{Hub: k.Hub, Chain: k.Chain, Address: p.DepositAddress(d.Typed()), MaxFee: Money{Amount: k.Cap}}
	if h, err := n.Hub(k.Hub); err == nil {
		item.Name = h.Name
	}
	has, err := ch.Account(ctx, item.Address, chain.Latest)
	if err != nil {
		return item, err
	}
	item.Held = Money{Amount: has.Tokens}
	item.Relayer, item.Least.Amount = c.showDeposit(ctx, n, p, d)
	return item, nil
}

// showDeposit shows an address to all relayers that sweep it for its fee, and
// returns the first of them with the least that it sweeps.
func (c Config) showDeposit(ctx context.Context, n Network, p chain.Params, d wire.Deposit) (name string, least wherry.Amount) {
	all, err := n.findRelayers(c.Relay.Relayer, p.ID)
	if err != nil {
		return "", least
	}
	ctx, cancel := context.WithTimeout(ctx, quoteWait)
	defer cancel()
	for _, r := range all {
		shown, err := r.client().Show(ctx, wire.Show{Chain: channel.Chain{ID: p.ID, Contract: p.Contract}, Items: []wire.Deposit{d}})
		if err != nil {
			c.log().Debug("relayer does not look after a deposit address", "relayer", r.Name, "err", err)
			continue
		}
		if name == "" {
			name, least = r.Name, shown.Least
		}
	}
	return name, least
}

// SweepResult is what became of the money at deposit addresses.
type SweepResult struct {
	Schema string      `json:"schema"` // wherry.sweep/1
	Items  []SweepItem `json:"items"`
}

// SweepItem is what became of the money at one.
type SweepItem struct {
	Address wherry.Address `json:"address"`
	Chain   uint64         `json:"chain"`
	Amount  Money          `json:"amount"`            // that was there
	Relayer string         `json:"relayer,omitempty"` // who did it
	Tx      *Transaction   `json:"transaction,omitempty"`
	State   string         `json:"state"` // swept, taken_back or waiting
	Why     string         `json:"why,omitempty"`
}

// some returns the deposit addresses at which something waits, beyond the base
// unit that stays.
func (c Config) some(ctx context.Context) (Network, wherry.Address, []known, error) {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return network, wherry.Address{}, nil, err
	}
	who, err := c.Who()
	if err != nil {
		return network, who, nil, err
	}
	all, err := c.knownDeposits(network, who)
	var out []known
	for _, k := range all {
		ch, err := network.Open(ctx, k.Chain)
		if err != nil {
			return network, who, nil, err
		}
		p := ch.Params()
		has, err := ch.Account(ctx, p.DepositAddress(k.of(who).Typed()), chain.Latest)
		ch.Close()
		if err != nil {
			return network, who, nil, err
		}
		if wherry.Base(1).Less(has.Tokens) {
			out = append(out, k)
		}
	}
	return network, who, out, err
}

// Sweep moves what waits at the identity's deposit addresses into its channels:
// by itself where it has gas, and otherwise by a relayer.
func (c Config) Sweep(ctx context.Context) (SweepResult, error) { return c.each(ctx, c.sweepOne) }

// each does something about every deposit address at which something waits. It
// ends with the first error.
func (c Config) each(ctx context.Context, do func(context.Context, Network, wherry.Address, known) (SweepItem, error)) (SweepResult, error) {
	r := SweepResult{Schema: "wherry.sweep/1", Items: []SweepItem{}}
	network, who, all, err := c.some(ctx)
	if err != nil {
		return r, err
	}
	for _, k := range all {
		item, err := do(ctx, network, who, k)
		if err != nil {
			return r, err
		}
		r.Items = append(r.Items, item)
	}
	return r, nil
}

// sweepWait bounds how long a command waits for a relayer to sweep.
const sweepWait = time.Minute

func (c Config) sweepOne(ctx context.Context, n Network, who wherry.Address, k known) (SweepItem, error) {
	ch, err := n.Open(ctx, k.Chain)
	if err != nil {
		return SweepItem{}, err
	}
	defer ch.Close()
	p := ch.Params()
	d := k.of(who)
	item := SweepItem{Address: p.DepositAddress(d.Typed()), Chain: k.Chain, State: "waiting"}
	has, err := ch.Account(ctx, item.Address, chain.Latest)
	if err != nil {
		return item, err
	}
	item.Amount = Money{Amount: has.Tokens}
	me, err := ch.Account(ctx, who, chain.Latest)
	if err != nil {
		return item, err
	}
	if !me.Gas.IsZero() && c.Relay.Relayer == "" {
		key, err := c.Unlock(who)
		if err != nil {
			return item, err
		}
		call := chain.Sweep{}
		call.Items = append(call.Items, d.Typed())
		t, err := c.send(ctx, ch, key, call)
		item.Tx = &t
		if err != nil {
			return item, err
		}
		return item, c.swept(ctx, ch, &item)
	}
	var least wherry.Amount
	if item.Relayer, least = c.showDeposit(ctx, n, p, d); item.Relayer == "" {
		item.Why = "no relayer sweeps it for a fee of " + k.Cap.String()
		return item, nil
	}
	if has.Tokens.Less(least) {
		item.Why = "less than " + least.String() + " is not worth sweeping"
		return item, nil
	}
	ctx, cancel := context.WithTimeout(ctx, sweepWait)
	defer cancel()
	every := time.NewTicker(txEvery)
	defer every.Stop()
	for {
		if err := c.swept(ctx, ch, &item); err != nil || item.State == "swept" {
			return item, err
		}
		select {
		case <-ctx.Done():
			item.Why = "relayer " + item.Relayer + " has it in its care"
			return item, nil
		case <-every.C:
		}
	}
}

// swept notes whether an address is empty now.
func (c Config) swept(ctx context.Context, ch chain.Chain, item *SweepItem) error {
	has, err := ch.Account(ctx, item.Address, chain.Latest)
	if err == nil && !wherry.Base(1).Less(has.Tokens) {
		item.State, item.Why = "swept", ""
	} else if err == nil {
		item.Why = "the channel is leaving, or less than the minimum of the contract is there"
	}
	return err
}

// Rescue takes what waits at the identity's deposit addresses back into its
// account, whatever has become of the hub: with its own gas, or by a relayer.
func (c Config) Rescue(ctx context.Context) (SweepResult, error) { return c.each(ctx, c.rescueOne) }

func (c Config) rescueOne(ctx context.Context, n Network, who wherry.Address, k known) (SweepItem, error) {
	ch, err := n.Open(ctx, k.Chain)
	if err != nil {
		return SweepItem{}, err
	}
	defer ch.Close()
	p := ch.Params()
	item := SweepItem{Address: p.DepositAddress(k.of(who).Typed()), Chain: k.Chain}
	has, err := ch.Account(ctx, item.Address, chain.Latest)
	if err != nil {
		return item, err
	}
	item.Amount = Money{Amount: has.Tokens}
	me, err := ch.Account(ctx, who, chain.Latest)
	if err != nil {
		return item, err
	}
	var t Transaction
	if !me.Gas.IsZero() && c.Relay.Relayer == "" {
		key, err := c.Unlock(who)
		if err != nil {
			return item, err
		}
		t, err = c.send(ctx, ch, key, chain.TakeBack{Hub: k.Hub, Cap: k.Cap, Amount: has.Tokens})
		item.Tx, item.State = &t, "taken_back"
		return item, err
	}
	t, err = onPurse(ctx, c, "rescue", rescueArgs{k, c.relayArgs()}, func(w *purse) (Transaction, error) {
		return c.relayTakeBack(ctx, n, w, k)
	})
	item.Tx, item.State = &t, "taken_back"
	if t.Relayer != nil {
		item.Relayer = c.called(*t.Relayer)
	}
	return item, err
}

type rescueArgs struct {
	Known known `json:"known"`
	relayArgs
}

// relayTakeBack has a relayer take back all that is at a deposit address.
func (c Config) relayTakeBack(ctx context.Context, n Network, w *purse, k known) (Transaction, error) {
	by, _, fee, err := cheapest(c.askAll(ctx, n, k.Chain), wire.TakeBack)
	if err != nil {
		return Transaction{}, err
	}
	i := slices.IndexFunc(w.ways, func(x way) bool { return x.id.Hub == k.Hub && x.id.A.ChainID == k.Chain })
	if i < 0 {
		return Transaction{}, wherry.Errorf(wherry.Invalid, "hub %s on chain %d is not among those that the configuration allows", k.Hub, k.Chain)
	}
	from := w.ways[i]
	p := from.chain.Params()
	has, err := from.chain.Account(ctx, p.DepositAddress(k.of(w.Address()).Typed()), chain.Latest)
	if err != nil {
		return Transaction{}, err
	}
	if err := c.agree(RelayOffer{Relayer: by.Name, Kind: "take_back", Amount: has.Tokens, Fee: fee}); err != nil {
		return Transaction{}, err
	}
	w.met.meet(by)
	relay, err := w.RelayTakeBack(ctx, from.id, k.Cap, has.Tokens, by.quote, c.mostFee())
	if err != nil {
		return Transaction{}, err
	}
	return w.waitRelay(ctx, relay, nil)
}
