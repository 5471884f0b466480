package node

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/relayer/client"
	"github.com/wherrynet/wherry/payment/relayer/wire"
	"github.com/wherrynet/wherry/payment/wallet"
)

// RelayOptions say how to act without gas.
type RelayOptions struct {
	Relayer string        // name, address or URL; "" = the cheapest of the network's, and only where there is no gas
	MaxFee  wherry.Amount // zero: the consumer's max_fee
	// Agree is shown what a relayer takes before anything is signed; its error
	// stops that. Nil agrees.
	Agree func(RelayOffer) error
}

// RelayOffer is what a relayer takes for something.
type RelayOffer struct {
	Relayer string        // its name, or where it is
	Kind    string        // topup, close or leave
	Amount  wherry.Amount // that is added, or given back before the fee
	Fee     wherry.Amount
	FreeAt  time.Time // when the money is free, where that is not at once
}

// maxFee is the most that a relayer gets for one request unless it is configured.
var maxFee = wherry.MustAmount("0.5")

func (c Config) mostFee() wherry.Amount {
	return or(c.Relay.MaxFee, or(c.Consumer.MaxFee, maxFee))
}

// quoted is a relayer with its word on the price.
type quoted struct {
	RelayerEntry
	client client.Client
	quote  wire.Quote
}

func (r RelayerEntry) client() client.Client {
	return client.Client{URL: r.URL, Relayer: r.Address, HTTP: r.outside.client()}
}

// met is how relayers are reached that a command has named and the network does not
// list: a proxy that does what the command wants was started without their names.
type met struct {
	mu sync.Mutex // guards by
	by map[wherry.Address]client.Client
}

// meet remembers how a relayer is reached that has signed a quote.
func (m *met) meet(q quoted) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.by == nil {
		m.by = map[wherry.Address]client.Client{}
	}
	q.client.Relayer = q.quote.Relayer
	m.by[q.quote.Relayer] = q.client
}

func (m *met) reach(who wherry.Address) (client.Client, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.by[who]
	return c, ok
}

// relayers returns how the wallet reaches a relayer by its address. One that was
// named by its URL alone is whoever it says it is.
func (c Config) relayers(n Network, m *met) func(wherry.Address) wallet.Relayer {
	return func(who wherry.Address) wallet.Relayer {
		for _, r := range n.Relayers {
			if r.Address == who {
				return r.client()
			}
		}
		if r, ok := m.reach(who); ok {
			return r
		}
		if named, err := n.findRelayers(c.Relay.Relayer, 0); err == nil && len(named) == 1 {
			r := named[0].client()
			r.Relayer = who
			return r
		}
		return nil
	}
}

// needsRelayer reports whether a person wants a relayer, or has no gas to do
// without.
func (c Config) needsRelayer(ctx context.Context, p *purse) (bool, error) {
	if c.Relay.Relayer != "" {
		return true, nil
	}
	has, _, err := p.Account(ctx, p.id)
	if err != nil || has.Gas.IsZero() {
		return err == nil, err
	}
	_, err = p.chain.Simulate(ctx, p.Address(), chain.Approve{}) // what anybody can do
	if _, refused := errors.AsType[chain.Refusal](err); !refused && wherry.CodeOf(err) == wherry.NotFunded {
		return true, nil
	}
	return false, err
}

// quoteWait bounds how long a relayer may take to say what it takes.
const quoteWait = 5 * time.Second

// quotes asks the relayers that are meant for their prices, and returns those
// that have answered. There is one at least.
func (c Config) quotes(ctx context.Context, p *purse) ([]quoted, error) {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return nil, err
	}
	all, err := network.findRelayers(c.Relay.Relayer, p.id.A.ChainID)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, quoteWait)
	defer cancel()
	on := channel.Chain{ID: p.id.A.ChainID, Contract: p.id.A.Contract}
	quotes, errs := make([]wire.Quote, len(all)), make([]error, len(all))
	var wg sync.WaitGroup
	for i, r := range all {
		wg.Go(func() { quotes[i], errs[i] = r.client().Quote(ctx, on) })
	}
	wg.Wait()
	var out []quoted
	for i, r := range all {
		if errs[i] == nil {
			out = append(out, quoted{r, r.client(), quotes[i]})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no relayer answers: %w", errors.Join(errs...))
	}
	return out, nil
}

// cheapest returns the relayer that takes least for one of the kinds, tried in
// their order, with that kind and its fee.
func cheapest(all []quoted, kinds ...wire.Kind) (best quoted, kind wire.Kind, fee wherry.Amount, err error) {
	for _, q := range all {
		for _, k := range kinds {
			f, ok := q.quote.Of(k)
			if !ok {
				continue
			}
			if kind == 0 || f.Less(fee) {
				best, kind, fee = q, k, f
			}
			break
		}
	}
	if kind == 0 {
		err = wherry.Errorf(wherry.Refused, "no relayer does that: %s", kinds[0])
	}
	return best, kind, fee, err
}

// agree shows what is asked, and refuses what is above the limit.
func (c Config) agree(o RelayOffer) error {
	if most := c.mostFee(); most.Less(o.Fee) {
		return wherry.Errorf(wherry.PriceTooHigh, "relayer %s takes %s %s, and you pay at most %s: --max-fee %s allows it", o.Relayer, o.Fee, wherry.Currency, most, o.Fee)
	}
	if c.Relay.Agree == nil {
		return nil
	}
	return c.Relay.Agree(o)
}

// dearer is how often a relayer is asked for a new quote because gas became
// dearer between its quote and what was signed by it.
const dearer = 3

// relayTopUp is TopUp by a relayer. Signing again does no harm: what was signed
// leads to the same deposit, so that one of them counts.
func (c Config) relayTopUp(ctx context.Context, p *purse, amount wherry.Amount, step func(string)) (t Transaction, err error) {
	var last wherry.Amount
	for range dearer {
		all, e := c.quotes(ctx, p)
		if e != nil {
			return t, errors.Join(err, e)
		}
		by, _, fee, e := cheapest(all, wire.TopUpPermit, wire.TopUpAuth)
		if e != nil {
			return t, errors.Join(err, e)
		}
		if err != nil && !last.Less(fee) {
			return t, err // it was not the fee
		}
		if e := c.agree(RelayOffer{Relayer: by.Name, Kind: "topup", Amount: amount, Fee: fee}); e != nil {
			return t, errors.Join(err, e)
		}
		p.met.meet(by)
		r, e := p.RelayTopUp(ctx, p.id, amount, by.quote, c.mostFee())
		if e != nil {
			return t, errors.Join(err, e)
		}
		last = r.Fee
		if t, err = p.waitRelay(ctx, r, step); wherry.CodeOf(err) != wherry.Refused {
			return t, err
		}
	}
	return t, err
}

// waitRelay waits until the chain shows for good that a relayer did what it was
// asked to.
func (p *purse) waitRelay(ctx context.Context, r wallet.Relay, step func(string)) (Transaction, error) {
	ctx, cancel := context.WithTimeout(ctx, txPatience)
	defer cancel()
	r, err := p.WaitRelay(ctx, r.ID, false)
	t := Transaction{
		Chain: r.ChainID, Call: r.Kind.String(), ID: r.Tx, State: string(r.State), Amount: Money{Amount: r.Amount}, Items: 1,
		Relayer: &r.Relayer, Fee: &Money{Amount: r.Fee},
	}
	if err == nil && step != nil {
		step(t.Call + " is " + t.State)
	}
	return t, err
}

// relayLeave is Leave by a relayer: by the hub's consent where it gives it, and
// otherwise by the announcement alone.
func (c Config) relayLeave(ctx context.Context, p *purse, in chain.In, o LeaveOptions) (LeaveResult, error) {
	r := LeaveResult{Schema: "wherry.leave/1"}
	under, err := p.RelaysUnderWay(ctx, p.id)
	if err != nil {
		return r, err
	}
	for _, u := range under {
		if u.Kind == wire.Leave || u.Kind == wire.Close {
			return c.relayLeft(ctx, p, u)
		}
	}
	all, err := c.quotes(ctx, p)
	if err != nil {
		return r, err
	}
	if !o.Alone {
		err := p.Recover(ctx, p.id) // is it there at all?
		if code := wherry.CodeOf(err); code != wherry.Unreachable {
			var closed LeaveResult
			closed, err = c.relayClose(ctx, p, in, all)
			if code := wherry.CodeOf(err); code != wherry.Unreachable && code != wherry.Refused {
				return closed, err
			}
		}
		c.log().Warn("the hub does not consent, leaving without it", "err", err)
	}
	by, _, fee, err := cheapest(all, wire.Leave)
	if err != nil {
		return r, err
	}
	head, err := p.chain.Head(ctx, chain.Latest)
	if err != nil {
		return r, err
	}
	err = c.agree(RelayOffer{Relayer: by.Name, Kind: "leave", Amount: in.Left(), Fee: fee, FreeAt: head.Time.Add(p.chain.Params().Delay)})
	if err != nil {
		return r, err
	}
	p.met.meet(by)
	relay, err := p.RelayLeave(ctx, p.id, by.quote, c.mostFee())
	if err != nil {
		return r, err
	}
	return c.relayLeft(ctx, p, relay)
}

// relayLeft waits for what was signed to leave, and says what it brings.
func (c Config) relayLeft(ctx context.Context, p *purse, relay wallet.Relay) (LeaveResult, error) {
	r := LeaveResult{Schema: "wherry.leave/1", Fee: &Money{Amount: relay.Fee}, Relayer: c.called(relay.Relayer)}
	if _, err := p.waitRelay(ctx, relay, nil); err != nil {
		if relay.Kind == wire.Close && wherry.CodeOf(err) == wherry.Refused {
			// The hub has consented: a relayer that is not willing is no reason to
			// leave without it.
			err = wherry.Errorf(wherry.Conflict, "leaving by the hub's consent: %w", err)
		}
		return r, err
	}
	_, now, err := p.Account(ctx, p.id)
	if err != nil {
		return r, err
	}
	if now.Leaving() {
		r.Amount, r.FreeAt = Money{Amount: now.Left().SubFloor(relay.Fee)}, &now.ExitAt
		return r, nil
	}
	r.Amount = Money{Amount: relay.Back().SubFloor(relay.Fee)}
	return r, nil
}

// called returns a relayer's name in the network, or its address.
func (c Config) called(who wherry.Address) string {
	if n, err := LoadNetwork(c.Network); err == nil {
		for _, r := range n.Relayers {
			if r.Address == who {
				return r.Name
			}
		}
	}
	return who.String()
}

// relayClose leaves at once with the hub's consent.
func (c Config) relayClose(ctx context.Context, p *purse, in chain.In, all []quoted) (LeaveResult, error) {
	r := LeaveResult{Schema: "wherry.leave/1"}
	by, _, fee, err := cheapest(all, wire.Close)
	if err != nil {
		return r, err
	}
	if err := c.agree(RelayOffer{Relayer: by.Name, Kind: "close", Amount: in.Left(), Fee: fee}); err != nil {
		return r, err
	}
	p.met.meet(by)
	relay, err := p.RelayClose(ctx, p.id, by.quote, c.mostFee())
	if err != nil {
		return r, err
	}
	return c.relayLeft(ctx, p, relay)
}

// relayFinalize has an exit finalized whose date has come: by the relayer that is
// owed the fee for it, or by whoever is willing.
func (c Config) relayFinalize(ctx context.Context, p *purse, before chain.Account) (LeaveResult, error) {
	r := LeaveResult{Schema: "wherry.leave/1"}
	owed, err := p.chain.Owed(ctx, p.id.Hub, p.Address(), chain.Latest)
	if err != nil {
		return r, err
	}
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return r, err
	}
	all, err := network.findRelayers(c.Relay.Relayer, p.id.A.ChainID)
	if err != nil {
		return r, err
	}
	s := wire.Submission{
		Version: wire.Version, Kind: wire.Finalize, Chain: channel.Chain{ID: p.id.A.ChainID, Contract: p.id.A.Contract}, Consumer: p.Address(), Hub: p.id.Hub,
	}
	var said []error
	taken := ""
	for _, first := range []bool{true, false} { // whoever is owed the fee is asked first
		for _, x := range all {
			if taken != "" || (x.Address == owed.Relayer) != first {
				continue
			}
			if _, err := x.client().Submit(ctx, s); err != nil {
				said = append(said, fmt.Errorf("%s: %w", x.Name, err))
				continue
			}
			taken = x.Name
		}
	}
	ctx, cancel := context.WithTimeout(ctx, txPatience)
	defer cancel()
	every := time.NewTicker(txEvery)
	defer every.Stop()
	for {
		after, in, err := p.Account(ctx, p.id)
		if err == nil && !in.Leaving() {
			r.Amount, r.Relayer = Money{Amount: after.Tokens.SubFloor(before.Tokens)}, taken
			return r, nil
		}
		if err == nil && taken == "" {
			return r, fmt.Errorf("the money is free, and no relayer finalizes the exit: %w", errors.Join(said...))
		}
		select {
		case <-ctx.Done():
			return r, wherry.Errorf(wherry.Pending, "relayer %s has taken it, and it is not done yet: run this again: %w", taken, errors.Join(ctx.Err(), err))
		case <-every.C:
		}
	}
}
