package relayer

import (
	"context"
	"database/sql"
	"math/big"
	"path/filepath"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

func key(n byte) *identity.Key {
	b := make([]byte, 32)
	b[0], b[31] = 3, n
	k, err := identity.KeyFromBytes(b)
	if err != nil {
		panic(err)
	}
	return k
}

// world is a chain with a hub, a consumer with tokens and no gas, and a relayer.
type world struct {
	t        *testing.T
	chain    *chaintest.Chain
	dear     *dear
	consumer *identity.Key
	hub      *identity.Key
	relayer  *identity.Key
	path     string
	cfg      func(*Config)
}

// dear is a chain on which gas costs some times more than usual.
type dear struct {
	chain.Chain
	times uint64
	after func() // is called once, after the next simulation of a top-up
	most  []wherry.Amount
}

func (d *dear) SendBid(ctx context.Context, key *identity.Key, call chain.Call, bid chain.Bid, record func(chain.Tx) error) (wherry.Hash, error) {
	d.most = append(d.most, bid.Most)
	return d.Chain.SendBid(ctx, key, call, bid, record)
}

func (d *dear) Simulate(ctx context.Context, from wherry.Address, call chain.Call) (chain.Cost, error) {
	cost, err := d.Chain.Simulate(ctx, from, call)
	if err == nil {
		cost.Fee, err = wherry.AmountFromBig(new(big.Int).Mul(cost.Fee.Big(), new(big.Int).SetUint64(d.times)))
	}
	if _, ok := call.(chain.TopUpPermit); ok && d.after != nil {
		f := d.after
		d.after = nil
		f()
	}
	return cost, err
}

func (d *dear) GasPrice(ctx context.Context) (wherry.Amount, error) {
	each, err := d.Chain.GasPrice(ctx)
	if err != nil {
		return each, err
	}
	return each.MulDiv(d.times, 1)
}

var price = Price{Rate: wherry.Tokens(3000), Margin: 200_000, Least: wherry.MustAmount("0.01"), Sweep: wherry.MustAmount("0.5")}

func newWorld(t *testing.T) *world { return newWorldOn(t, chaintest.Config{}) }

func newWorldOn(t *testing.T, c chaintest.Config) *world {
	t.Helper()
	c.ChainID, c.Depth = 8001, 2
	w := &world{t: t, chain: chaintest.New(c), consumer: key(1), hub: key(2), relayer: key(3), path: filepath.Join(t.TempDir(), "relayer.db")}
	w.dear = &dear{Chain: w.chain, times: 1}
	w.chain.Give(w.consumer.Address(), wherry.Tokens(100))
	w.chain.TakeGas(w.consumer.Address(), wherry.Amount{})
	w.send(w.hub, chain.OpenHub{
		Hub: w.hub.Address(), Signature: w.hub.Sign(typed.Owner{Owner: w.hub.Address()}.Digest(w.chain.Params().Domain())),
	})
	return w
}

func (w *world) send(by *identity.Key, call chain.Call) {
	w.t.Helper()
	if _, err := w.chain.Send(w.t.Context(), by, call, nil); err != nil {
		w.t.Fatal(err)
	}
	w.chain.Mine(1)
}

func (w *world) open() *Relayer {
	w.t.Helper()
	cfg := Config{Key: w.relayer, Path: w.path, Chains: []Chain{{Chain: w.dear, Price: price}}}
	if w.cfg != nil {
		w.cfg(&cfg)
	}
	r, err := Open(w.t.Context(), cfg)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = r.Close() })
	return r
}

// settle mines and steps until everything that can happen has.
func (w *world) settle(r *Relayer) {
	w.t.Helper()
	for range 8 {
		if err := r.Step(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		w.chain.Mine(1)
	}
}

func (w *world) name() channel.Chain {
	p := w.chain.Params()
	return channel.Chain{ID: p.ID, Contract: p.Contract}
}

func (w *world) in() chain.In {
	w.t.Helper()
	in, err := w.chain.In(w.t.Context(), w.hub.Address(), w.consumer.Address(), chain.Latest)
	if err != nil {
		w.t.Fatal(err)
	}
	return in
}

func (w *world) tokens(a wherry.Address) wherry.Amount {
	w.t.Helper()
	acc, err := w.chain.Account(w.t.Context(), a, chain.Latest)
	if err != nil {
		w.t.Fatal(err)
	}
	return acc.Tokens
}

func (w *world) now() uint64 {
	w.t.Helper()
	h, err := w.chain.Head(w.t.Context(), chain.Latest)
	if err != nil {
		w.t.Fatal(err)
	}
	return uint64(h.Time.Unix())
}

func (w *world) quote(r *Relayer) wire.Quote {
	w.t.Helper()
	q, err := r.Quote(w.t.Context(), w.chain.Params().ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return q
}

func fee(t *testing.T, q wire.Quote, k wire.Kind) wherry.Amount {
	t.Helper()
	f, ok := q.Of(k)
	if !ok {
		t.Fatalf("no fee for %s", k)
	}
	return f
}

// topUp is a consumer's wish for a top-up, by a quote, before it is signed.
func (w *world) topUp(q wire.Quote, amount wherry.Amount) wire.Submission {
	w.t.Helper()
	f := fee(w.t, q, wire.TopUpPermit)
	deposited, err := w.in().Deposited.Add(amount)
	pull, err2 := amount.Add(f)
	acc, err3 := w.chain.Account(w.t.Context(), w.consumer.Address(), chain.Latest)
	if err != nil || err2 != nil || err3 != nil {
		w.t.Fatal(err, err2, err3)
	}
	deadline := w.now() + 600
	return wire.Submission{
		Kind: wire.TopUpPermit, Chain: w.name(), Hub: w.hub.Address(), Deposited: deposited, Fee: f, Relayer: q.Relayer,
		Deadline: deadline, Permit: wire.Permit{Value: pull, Nonce: acc.PermitNonce, Deadline: deadline}, Quote: q,
	}
}

func (w *world) leave(q wire.Quote) wire.Submission {
	w.t.Helper()
	return wire.Submission{
		Kind: wire.Leave, Chain: w.name(), Hub: w.hub.Address(), Deposited: w.in().Deposited, Fee: fee(w.t, q, wire.Leave),
		Relayer: q.Relayer, Deadline: w.now() + 600, Quote: q,
	}
}

func (w *world) sign(s wire.Submission) wire.Submission {
	return s.Sign(w.consumer, w.chain.Params().TokenDomain())
}

func (w *world) submit(r *Relayer, s wire.Submission) wire.Status {
	w.t.Helper()
	st, err := r.Submit(w.t.Context(), s)
	if err != nil {
		w.t.Fatal(err)
	}
	return st
}

func (w *world) status(r *Relayer, id wherry.Hash) wire.Status {
	w.t.Helper()
	all, err := r.Status(w.t.Context(), []wherry.Hash{id})
	if err != nil || len(all.Items) != 1 {
		w.t.Fatal(all, err)
	}
	return all.Items[0]
}

// deposited is a relayer by which the consumer has a deposit.
func (w *world) deposited(amount wherry.Amount) *Relayer {
	w.t.Helper()
	r := w.open()
	w.submit(r, w.sign(w.topUp(w.quote(r), amount)))
	w.settle(r)
	if got := w.in().Deposited; got != amount {
		w.t.Fatalf("a deposit of %s: want %s", got, amount)
	}
	return r
}

func wantCode(t *testing.T, err error, code wherry.Code) {
	t.Helper()
	if wherry.CodeOf(err) != code {
		t.Fatalf("error %v: want the code %q", err, code)
	}
}

const week = 7 * 24 * time.Hour

// shown returns the deposit addresses in the relayer's care.
func (r *Relayer) shown(ctx context.Context) (map[wire.Deposit]bool, error) {
	out := map[wire.Deposit]bool{}
	err := r.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(rows *sql.Rows) error {
			var d wire.Deposit
			err := rows.Scan(sqlite.Bytes(d.Hub[:]), sqlite.Bytes(d.Consumer[:]), sqlite.Amount(&d.Cap))
			out[d] = true
			return err
		}, `SELECT hub, consumer, cap FROM deposits`)
	})
	return out, err
}
