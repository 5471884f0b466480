package wallet

import (
	"context"
	"database/sql"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/relayer"
	"github.com/wherrynet/wherry/payment/relayer/client"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// gasless is a payer without gas, and a relayer that answers over HTTP.
type gasless struct {
	*world
	relayer *relayer.Relayer
	client  *relay
	chose   channel.Chain
}

// relay is a client whose answers a test may spoil.
type relay struct {
	client.Client
	err    error
	asked  int
	submit func(wire.Submission) (wire.Status, error)
}

func (r *relay) Submit(ctx context.Context, s wire.Submission) (wire.Status, error) {
	r.asked++
	if r.submit != nil {
		return r.submit(s)
	}
	if r.err != nil {
		return wire.Status{}, r.err
	}
	return r.Client.Submit(ctx, s)
}

func newGasless(t *testing.T) *gasless {
	t.Helper()
	w := newWorldOn(t, chaintest.Config{})
	w.chain.TakeGas(w.payer.Address(), wherry.Amount{})
	r, err := relayer.Open(t.Context(), relayer.Config{
		Key: key(7), Path: filepath.Join(t.TempDir(), "relayer.db"),
		Chains: []relayer.Chain{{Chain: w.chain, Price: relayer.Price{Rate: wherry.Base(1), Least: wherry.Base(3)}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(r.Handler())
	t.Cleanup(func() { s.Close(); _ = r.Close() })
	return &gasless{
		world: w, relayer: r, chose: channel.Chain{ID: w.id().A.ChainID, Contract: w.id().A.Contract},
		client: &relay{Client: client.Client{URL: s.URL, Relayer: r.Address()}},
	}
}

func (g *gasless) open() *Wallet {
	g.t.Helper()
	wal, err := Open(g.t.Context(), Config{
		Path: g.path, Key: g.payer, Every: time.Millisecond,
		Channels: []Channel{{Hub: g.hub.Address(), Chain: g.chain, Client: g.world.client}},
		Relayer: func(a wherry.Address) Relayer {
			if a != g.relayer.Address() {
				return nil
			}
			return g.client
		},
	})
	if err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(func() { _ = wal.Close() })
	return wal
}

func (g *gasless) quote() wire.Quote {
	g.t.Helper()
	q, err := g.client.Quote(g.t.Context(), g.chose)
	if err != nil {
		g.t.Fatal(err)
	}
	return q
}

// settle lets everybody work until nothing is under way.
func (g *gasless) settle(wal *Wallet) {
	g.t.Helper()
	for range 12 {
		g.chain.Mine(1)
		if err := wal.Refresh(g.t.Context()); err != nil {
			g.t.Fatal(err)
		}
		if err := g.relayer.Step(g.t.Context()); err != nil {
			g.t.Fatal(err)
		}
	}
	if err := wal.Refresh(g.t.Context()); err != nil {
		g.t.Fatal(err)
	}
}

func (g *gasless) funded(deposit uint64) *Wallet {
	g.t.Helper()
	wal := g.open()
	if _, err := wal.RelayTopUp(g.t.Context(), g.id(), wherry.Base(deposit), g.quote(), wherry.Base(3)); err != nil {
		g.t.Fatal(err)
	}
	g.settle(wal)
	if b := g.balance(wal); b.Deposit != wherry.Base(deposit) {
		g.t.Fatalf("deposit of %d: want %d", b.Deposit, deposit)
	}
	return wal
}

func (g *gasless) last(wal *Wallet) Relay {
	g.t.Helper()
	all, err := wal.Relays(g.t.Context(), 1)
	if err != nil || len(all) != 1 {
		g.t.Fatal(all, err)
	}
	return all[0]
}

func TestTopUpWithoutGas(t *testing.T) {
	g := newGasless(t)
	wal := g.funded(60)
	acc, err := g.chain.Account(t.Context(), g.payer.Address(), chain.Latest)
	if err != nil || acc.Tokens != wherry.Base(937) || !acc.Allowance.IsZero() {
		t.Errorf("%+v %v", acc, err)
	}
	r := g.last(wal)
	if r.State != onchain.Final || r.Fee != wherry.Base(3) || r.Kind != wire.TopUpPermit || r.Error != "" {
		t.Errorf("%+v", r)
	}
	if r.ask.Permit.Value != wherry.Base(63) || r.Deadline.Sub(r.Signed) > 10*time.Minute && r.Deadline.Unix() > headTime(g)+600 {
		t.Errorf("it lets more be pulled, or for longer, than it has to: %+v", r.ask)
	}
	// An allowance that is there is used instead of a permit.
	g.chain.TakeGas(g.payer.Address(), wherry.Tokens(1))
	if _, err := g.chain.Send(t.Context(), g.payer, chain.Approve{Amount: wherry.Base(100)}, nil); err != nil {
		t.Fatal(err)
	}
	r, err = wal.RelayTopUp(t.Context(), g.id(), wherry.Base(10), g.quote(), wherry.Base(3))
	if err != nil || r.ask.Permit != (wire.Permit{}) {
		t.Errorf("%+v %v", r.ask.Permit, err)
	}
	g.settle(wal)
	if b := g.balance(wal); b.Deposit != wherry.Base(70) {
		t.Errorf("deposit of %d", b.Deposit)
	}
}

func headTime(g *gasless) int64 {
	h, err := g.chain.Head(g.t.Context(), chain.Latest)
	if err != nil {
		g.t.Fatal(err)
	}
	return h.Time.Unix()
}

// R4: what is signed is good for ten minutes at most, however long the contract
// would take it.
func TestDeadlinesAreShort(t *testing.T) {
	g := newGasless(t)
	wal := g.open()
	g.client.err = wherry.Errorf(wherry.Unreachable, "down")
	now := headTime(g)
	r, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(5), g.quote(), wherry.Base(3))
	if err != nil || r.Deadline.Unix() > now+600 || int64(r.ask.Permit.Deadline) > now+600 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestRelayerThatDoesNoPermits(t *testing.T) {
	g := newGasless(t)
	wal := g.open()
	q := g.quote()
	q.Fees = q.Fees[1:]
	q, err := q.Sign(key(7))
	if err != nil {
		t.Fatal(err)
	}
	r, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(60), q, wherry.Base(3))
	if err != nil || r.Kind != wire.TopUpAuth {
		t.Fatal(r, err)
	}
	g.settle(wal)
	if b := g.balance(wal); b.Deposit != wherry.Base(60) {
		t.Errorf("deposit of %d", b.Deposit)
	}
}

func TestFeeAboveTheCapIsNotSigned(t *testing.T) {
	g := newGasless(t)
	wal := g.funded(60)
	for _, do := range []func(wire.Quote, wherry.Amount) error{
		func(q wire.Quote, most wherry.Amount) error {
			_, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(5), q, most)
			return err
		},
		func(q wire.Quote, most wherry.Amount) error {
			_, err := wal.RelayLeave(t.Context(), g.id(), q, most)
			return err
		},
		func(q wire.Quote, most wherry.Amount) error {
			_, err := wal.RelayClose(t.Context(), g.id(), q, most)
			return err
		},
	} {
		wantCode(t, do(g.quote(), wherry.Base(2)), wherry.PriceTooHigh)
		q := g.quote()
		q.Fees = []wire.Fee{{Kind: wire.TopUpPermit}, {Kind: wire.Leave}, {Kind: wire.Close}} // not as it was signed
		wantCode(t, do(q, wherry.Base(3)), wherry.Refused)
		q = g.quote()
		q.Chain.ID++
		wantCode(t, do(q, wherry.Base(3)), wherry.Invalid)
	}
	if all, err := wal.Relays(t.Context(), 10); err != nil || len(all) != 1 {
		t.Errorf("something was signed: %+v %v", all, err)
	}
	g.spend(wal, 1, 1) // and nothing has stopped the wallet
}

func TestMoreThanThereIsIsNotSigned(t *testing.T) {
	g := newGasless(t)
	wal := g.open()
	_, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(998), g.quote(), wherry.Base(3))
	wantCode(t, err, wherry.NotFunded)
	_, err = wal.RelayTopUp(t.Context(), g.id(), wherry.Amount{}, g.quote(), wherry.Base(3))
	wantCode(t, err, wherry.Invalid)
	_, err = wal.RelayLeave(t.Context(), g.id(), g.quote(), wherry.Base(3)) // nothing to leave
	wantCode(t, err, wherry.NotFunded)
}

// What is signed is on the disk before the relayer sees it.
func TestSignedBeforeItIsSaid(t *testing.T) {
	g := newGasless(t)
	wal := g.open()
	seen := 0
	g.client.submit = func(s wire.Submission) (wire.Status, error) {
		db, err := sqlite.View(t.Context(), g.path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		err = db.Read(t.Context(), func(tx *sql.Tx) error {
			id := s.ID()
			return tx.QueryRowContext(t.Context(), `SELECT count(*) FROM relays WHERE name = ?`, id[:]).Scan(&seen)
		})
		if err != nil {
			t.Fatal(err)
		}
		return wire.Status{ID: s.ID(), State: "planned"}, nil
	}
	if _, err := wal.RelayTopUp(t.Context(), g.id(), wherry.Base(5), g.quote(), wherry.Base(3)); err != nil {
		t.Fatal(err)
	}
	if g.client.asked != 0 {
		t.Error("the relayer was asked at once")
	}
	if err := wal.Refresh(t.Context()); err != nil || seen != 1 {
		t.Errorf("the relayer sees what is in %d rows, %v", seen, err)
	}
}

// The hub is gone, and the payer has no gas: its money comes back all the same.
func TestLeavingWithoutGasAndHub(t *testing.T) {
	g := newGasless(t)
	wal := g.funded(100)
	g.spend(wal, 30, 1)
	r, err := wal.RelayLeave(t.Context(), g.id(), g.quote(), wherry.Base(3))
	if err != nil || r.Amount != wherry.Base(100) {
		t.Fatal(r, err)
	}
	_, h := lock(3)
	for range 2 {
		_, err = wal.Pay(t.Context(), g.id(), order(1, 3), h, all)
		wantCode(t, err, wherry.Conflict)
		if err := wal.Close(); err != nil {
			t.Fatal(err)
		}
		wal = g.open()
	}
	g.settle(wal)
	if r = g.last(wal); r.State != onchain.Final || r.Tx.IsZero() {
		t.Fatalf("%+v", r)
	}
	_, err = wal.Pay(t.Context(), g.id(), order(1, 3), h, all)
	wantCode(t, err, wherry.Conflict)
	_, err = wal.RelayLeave(t.Context(), g.id(), g.quote(), wherry.Base(3))
	wantCode(t, err, wherry.Conflict)
	g.chain.Advance(7 * 24 * time.Hour)
	g.settle(wal)
	if got := g.tokens(); got != wherry.Base(994) { // nobody has collected the 30
		t.Errorf("%d tokens: want 1000 less two fees", got)
	}
	if b := g.balance(wal); !b.Deposit.IsZero() || b.Leaving || b.Owed != wherry.Base(30) {
		t.Errorf("%+v", b)
	}
	if a, err := wal.Actions(t.Context(), 5); err != nil || len(a) != 0 {
		t.Errorf("a payer without gas plans to pay gas: %+v %v", a, err)
	}
}

func TestClosingByConsentWithoutGas(t *testing.T) {
	g := newGasless(t)
	hub := &fakeHub{}
	g.world.client = hub
	wal := g.funded(100)
	g.spend(wal, 30, 1)
	consent := func(settled uint64, by *identity.Key) channel.Closed {
		c := channel.Closed{Version: 1, Consumer: g.payer.Address(), Deposited: wherry.Base(100), Settled: wherry.Base(settled), Expiry: uint64(headTime(g) + 600)}
		c.Sig = by.Sign(c.Close().Digest(g.id().A))
		return c
	}
	hub.closed = consent(31, g.hub) // R11: one more than is revealed
	_, err := wal.RelayClose(t.Context(), g.id(), g.quote(), wherry.Base(3))
	wantCode(t, err, wherry.Refused)
	hub.closed = consent(30, g.hub)
	if _, err = wal.RelayClose(t.Context(), g.id(), g.quote(), wherry.Base(3)); err != nil {
		t.Fatal(err)
	}
	g.settle(wal)
	if got := g.tokens(); got != wherry.Base(964) { // 1000 - 30 spent - two fees of 3
		t.Errorf("%d tokens", got)
	}
	if b := g.balance(wal); b.Spent != wherry.Base(30) || b.Deposit != wherry.Base(30) || b.Leaving {
		t.Errorf("%+v", b)
	}
}
