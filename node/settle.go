package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/earnings"
	"github.com/wherrynet/wherry/payment/hub"
)

// hubSilence is how long a hub may take to answer before a provider goes on
// without it.
const hubSilence = 3 * time.Second

// Routes says how a provider comes to its money, with each hub.
type Routes struct {
	Schema   string         `json:"schema"` // wherry.routes/1
	Provider wherry.Address `json:"provider"`
	Items    []HubRoutes    `json:"items"`
}

// HubRoutes are the ways to the money with one hub.
type HubRoutes struct {
	Hub      wherry.Address `json:"hub"`
	Chain    uint64         `json:"chain"`
	Payee    wherry.Address `json:"payee"`
	Due      Money          `json:"due"`
	Reserved Money          `json:"reserved"`
	Free     Money          `json:"free"`
	Routes   []MoneyRoute   `json:"routes"`
	Ticks    []LockedTick   `json:"ticks"`
}

// MoneyRoute is one way, with what it costs and brings.
type MoneyRoute struct {
	Name        string     `json:"name"` // push, settle or reveal
	Possible    bool       `json:"possible"`
	Why         string     `json:"why,omitempty"` // it is not possible, or what it waits for
	Arrives     Money      `json:"arrives"`
	FromReserve Money      `json:"from_reserve"`
	FromFree    Money      `json:"from_free"`
	Gas         uint64     `json:"gas"`
	CostWei     string     `json:"cost_wei"`
	Expires     *time.Time `json:"expires,omitempty"`
}

// LockedTick is money that the hub has promised under a lock and for a time.
type LockedTick struct {
	Amount  Money     `json:"amount"`
	State   string    `json:"state"`
	Expires time.Time `json:"expires"`
	Seconds int64     `json:"seconds"` // left, by the time of the chain
	Todo    string    `json:"todo"`    // wait, reveal, settle or drop
}

// SettleRoutes compares the ways to the money. Nothing is sent. It asks the
// provider that runs, where one does.
func (c Config) SettleRoutes(ctx context.Context) (Routes, error) {
	r := Routes{Schema: "wherry.routes/1", Items: []HubRoutes{}}
	err := c.eachBook(ctx, "routes", func(who wherry.Address) { r.Provider = who },
		func(b *payeeBook) (any, error) { return b.routes(ctx) },
		func(raw json.RawMessage) error {
			var one HubRoutes
			if err := json.Unmarshal(raw, &one); err != nil {
				return err
			}
			r.Items = append(r.Items, one)
			return nil
		})
	return r, err
}

// Settle settles what a provider's payouts and the hubs' money cover, with its
// own gas, and waits until that is final. It is Pending while something is on
// its way still; the result says what. Nothing to settle is Conflict.
func (c Config) Settle(ctx context.Context) (SettleResult, error) {
	r := SettleResult{Schema: "wherry.settle/1", Transactions: []Transaction{}}
	var failed, nothing []error
	err := c.eachBook(ctx, "settle", nil,
		func(b *payeeBook) (any, error) { return b.settle(ctx) },
		func(raw json.RawMessage) error {
			var one settled
			if err := json.Unmarshal(raw, &one); err != nil {
				return err
			}
			if one.Code != "" {
				err := wherry.Errorf(one.Code, "%s", one.Text)
				if one.Transaction == nil && one.Code == wherry.Conflict {
					nothing = append(nothing, err)
				} else {
					failed = append(failed, err)
				}
			}
			if one.Transaction != nil {
				r.Transactions = append(r.Transactions, *one.Transaction)
			}
			return nil
		})
	if err != nil {
		return r, err
	}
	for _, err := range failed {
		if wherry.CodeOf(err) != wherry.Pending {
			return r, err
		}
	}
	switch {
	case len(failed) > 0:
		return r, failed[0]
	case len(r.Transactions) == 0 && len(nothing) > 0:
		return r, nothing[0]
	}
	return r, nil
}

// eachBook does something with every book of the provider's: here, or in the
// provider that has it open.
func (c Config) eachBook(ctx context.Context, name string, is func(wherry.Address), do func(*payeeBook) (any, error), take func(json.RawMessage) error) error {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return err
	}
	key, err := c.Unlock(c.Identity)
	if err != nil {
		return err
	}
	if is != nil {
		is(key.Address())
	}
	payee, err := c.payeeKey(key)
	if err != nil {
		return err
	}
	hubs, err := c.providerHubs(network)
	if err != nil {
		return err
	}
	for _, h := range hubs {
		raw, err := c.withBook(ctx, network, h, key, payee, name, do)
		if err == nil {
			err = take(raw)
		}
		if err != nil {
			return fmt.Errorf("hub %s: %w", h.Address.Short(), err)
		}
	}
	return nil
}

func (c Config) withBook(ctx context.Context, n Network, h HubEntry, key, payee *identity.Key, name string, do func(*payeeBook) (any, error)) (json.RawMessage, error) {
	pins, err := c.trust(n)
	if err != nil {
		return nil, err
	}
	b, err := c.openPayeeBook(ctx, n, h, key, payee, pins)
	if wherry.CodeOf(err) == wherry.Conflict {
		path, e := c.earningsPath(n, h.Address)
		if e != nil {
			return nil, e
		}
		out, left := elsewhere[json.RawMessage](ctx, path, name, struct{}{}, err)
		if !errors.Is(left, errLeft) {
			return out, left
		}
		c.log().Warn("a node that is gone had the book open, going on without it", "err", left)
		b, err = c.openPayeeBook(ctx, n, h, key, payee, pins)
	}
	if err != nil {
		return nil, err
	}
	v, err := do(b)
	if err = errors.Join(err, b.close()); err != nil {
		return nil, err
	}
	return json.Marshal(v)
}

// payeeKey returns the key of the account that is paid.
func (c Config) payeeKey(key *identity.Key) (*identity.Key, error) {
	if c.Provider.Payee.IsZero() || c.Provider.Payee == key.Address() {
		return key, nil
	}
	return c.Unlock(c.Provider.Payee)
}

// commands is what a running provider does for commands, with one book.
func (b *payeeBook) commands() map[string]task {
	return map[string]task{
		"routes": func(ctx context.Context, _ json.RawMessage) (any, error) { return b.routes(ctx) },
		"settle": func(ctx context.Context, _ json.RawMessage) (any, error) { return b.settle(ctx) },
	}
}

// word asks the hub whether it is there.
func (b *payeeBook) word(ctx context.Context) earnings.HubWord {
	if len(b.a) == 0 {
		return earnings.HubWord{}
	}
	ctx, cancel := context.WithTimeout(ctx, hubSilence)
	defer cancel()
	terms, err := b.hub.Terms(ctx, b.a[0])
	if err != nil {
		return earnings.HubWord{}
	}
	if err := b.Restore(ctx); err != nil { // it may have newer payouts
		b.log.Debug("hub did not give its newest payouts", "hub", b.hub.Hub, "err", err)
	}
	return earnings.HubWord{Answers: true, MinPush: terms.MinPush}
}

func (b *payeeBook) routes(ctx context.Context) (HubRoutes, error) {
	o, err := b.Outlook(ctx, b.word(ctx))
	if err != nil {
		return HubRoutes{}, err
	}
	r := HubRoutes{
		Hub: o.Hub, Chain: o.ChainID, Payee: o.Payee, Due: Money{Amount: o.Due}, Reserved: Money{Amount: o.Reserved}, Free: Money{Amount: o.Free},
		Routes: []MoneyRoute{}, Ticks: []LockedTick{},
	}
	for _, x := range o.Routes {
		m := MoneyRoute{
			Name: x.Name, Possible: x.Possible(), Why: or(x.Why, x.Waiting), Arrives: Money{Amount: x.Arrives},
			FromReserve: Money{Amount: x.FromReserve}, FromFree: Money{Amount: x.FromFree}, Gas: x.Cost.Gas, CostWei: x.Cost.Fee.BaseString(),
		}
		if !x.Expires.IsZero() {
			m.Expires = &x.Expires
		}
		r.Routes = append(r.Routes, m)
	}
	for _, t := range o.Ticks {
		r.Ticks = append(r.Ticks, LockedTick{Money{Amount: t.Amount}, t.State, t.Expires, int64(t.Left / time.Second), t.Todo})
	}
	return r, nil
}

// settled is what settling with one hub came to. The transaction and an error may
// both be there: it may be under way.
type settled struct {
	Transaction *Transaction `json:"transaction,omitempty"`
	Code        wherry.Code  `json:"code,omitempty"`
	Text        string       `json:"text,omitempty"`
}

// settle settles with one hub. Preimages are shown to the chain only where the
// hub does not answer: it is shown them for nothing where it does.
func (b *payeeBook) settle(ctx context.Context) (settled, error) {
	s, err := b.SettleAlone(ctx, !b.word(ctx).Answers)
	if err == nil {
		waiting, cancel := context.WithTimeout(ctx, txPatience)
		defer cancel()
		s, err = b.Wait(waiting, s.ID)
	}
	var out settled
	if s.ID != 0 {
		out.Transaction = &Transaction{
			Chain: b.Domain().ChainID, Call: "settle", ID: s.Tx, State: string(s.State), Amount: Money{Amount: s.Total}, Items: 1,
			GasUsed: s.Gas, CostWei: s.Paid.BaseString(),
		}
	}
	if wherry.CodeOf(err) == wherry.Pending && out.Transaction != nil {
		err = pending(*out.Transaction, s.Error)
	}
	if err != nil {
		out.Code, out.Text = wherry.CodeOf(err), err.Error()
	}
	return out, nil
}

// HubSettle asks the node's running hub to collect and to pay out everything
// now, and waits until that is final. It returns what was under way or came since
// then; while some of it is not final, the error is Pending.
func (c Config) HubSettle(ctx context.Context) (SettleResult, error) {
	r := SettleResult{Schema: "wherry.settle/1", Transactions: []Transaction{}}
	var before, after hub.Status
	if err := c.hubAdmin(ctx, http.MethodGet, "/v1/admin/status", &before); err != nil {
		return r, err
	}
	failed := c.hubAdmin(ctx, http.MethodPost, "/v1/admin/settle", &after)
	if failed != nil {
		asking, cancel := context.WithTimeout(context.WithoutCancel(ctx), hubSilence)
		defer cancel()
		if err := c.hubAdmin(asking, http.MethodGet, "/v1/admin/status", &after); err != nil {
			return r, errors.Join(failed, err)
		}
		if ctx.Err() != nil {
			failed = wherry.Errorf(wherry.Pending, "not everything is final yet: run the same command again to follow it; nothing is sent twice")
		}
	}
	for _, t := range after.Transactions {
		known := slices.ContainsFunc(before.Transactions, func(b hub.Transaction) bool { return b.ID == t.ID && b.Done })
		if !known {
			r.Transactions = append(r.Transactions, hubTransaction(t))
		}
	}
	return r, failed
}

// HubTransactions lists what the node's running hub has sent and is sending, the
// newest first.
func (c Config) HubTransactions(ctx context.Context, chainID uint64) (HubTransactions, error) {
	r := HubTransactions{Schema: "wherry.transactions/1", Items: []Transaction{}}
	var s hub.Status
	if err := c.hubAdmin(ctx, http.MethodGet, "/v1/admin/status", &s); err != nil {
		return r, err
	}
	for _, t := range slices.Backward(s.Transactions) {
		if chainID == 0 || t.Chain == chainID {
			r.Items = append(r.Items, hubTransaction(t))
		}
	}
	return r, nil
}

// HubTransactions are a hub's transactions.
type HubTransactions struct {
	Schema string        `json:"schema"` // wherry.transactions/1
	Items  []Transaction `json:"items"`
}

func hubTransaction(t hub.Transaction) Transaction {
	return Transaction{
		Chain: t.Chain, Call: t.Kind, ID: t.Hash, State: t.State, Amount: Money{Amount: t.Amount}, Items: int(t.Items),
		GasUsed: t.Gas, CostWei: t.Cost.BaseString(), Tries: t.Tries, Error: t.Reason,
	}
}
