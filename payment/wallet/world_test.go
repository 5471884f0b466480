package wallet

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
)

func key(n byte) *identity.Key {
	b := make([]byte, 32)
	b[0], b[31] = 2, n
	k, err := identity.KeyFromBytes(b)
	if err != nil {
		panic(err)
	}
	return k
}

// world is a payer with tokens on a chain with one hub.
type world struct {
	t      *testing.T
	chain  *chaintest.Chain
	payer  *identity.Key
	hub    *identity.Key
	client Hub
	path   string
}

const depth = 3

func newWorld(t *testing.T) *world {
	return newWorldOn(t, chaintest.Config{})
}

func newWorldOn(t *testing.T, c chaintest.Config) *world {
	c.ChainID, c.Depth, c.MinTopUp = 7001, depth, wherry.Base(1)
	w := &world{
		t: t, payer: key(1), hub: key(2), path: filepath.Join(t.TempDir(), "wallet.db"), chain: chaintest.New(c),
	}
	w.chain.Give(w.payer.Address(), wherry.Base(1000))
	_, err := w.chain.Send(t.Context(), w.hub, chain.OpenHub{
		Hub: w.hub.Address(), Signature: w.hub.Sign(typed.Owner{Owner: w.hub.Address()}.Digest(w.chain.Params().Domain())),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) id() channel.ID {
	return channel.ID{A: w.chain.Params().Domain(), Hub: w.hub.Address()}
}

func (w *world) open() *Wallet {
	w.t.Helper()
	wal, err := Open(w.t.Context(), Config{
		Path: w.path, Key: w.payer, Channels: []Channel{{Hub: w.hub.Address(), Chain: w.chain, Client: w.client}}, Every: time.Millisecond,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = wal.Close() })
	return wal
}

func (w *world) reopen(wal *Wallet) *Wallet {
	w.t.Helper()
	if err := wal.Close(); err != nil {
		w.t.Fatal(err)
	}
	return w.open()
}

// settle mines and refreshes until nothing is under way.
func (w *world) settle(wal *Wallet) {
	w.t.Helper()
	for range 40 {
		w.chain.Mine(1)
		if err := wal.Refresh(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
}

// funded is an open wallet with a deposit.
func (w *world) funded(deposit uint64) *Wallet {
	w.t.Helper()
	wal := w.open()
	if _, err := wal.TopUp(w.t.Context(), w.id(), wherry.Base(deposit)); err != nil {
		w.t.Fatal(err)
	}
	w.settle(wal)
	if b := w.balance(wal); b.Deposit != wherry.Base(deposit) {
		w.t.Fatalf("deposit of %d: want %d", b.Deposit, deposit)
	}
	return wal
}

func (w *world) balance(wal *Wallet) Balance {
	w.t.Helper()
	all, err := wal.Balances(w.t.Context())
	if err != nil || len(all) != 1 {
		w.t.Fatal(all, err)
	}
	b := all[0]
	put, err := b.Deposit.Add(b.Owed)
	if sum, e := wherry.Sum(b.Spent, b.Other, b.Left); e != nil || err != nil || sum != put {
		w.t.Fatalf("the balance does not add up: %+v", b)
	}
	return b
}

var all = channel.Limits{Unacknowledged: wherry.MaxOnChain, Budget: wherry.MaxOnChain}

func order(x uint64, session byte) typed.Order {
	return typed.Order{
		Provider: key(3).Address(), ChainB: 7002, ContractB: wherry.Address{0xb}, Amount: wherry.Base(x), Session: wherry.SessionID{session},
	}
}

func lock(n byte) (preimage, h wherry.Hash) {
	preimage = wherry.Hash{0x55, n}
	return preimage, channel.Lock(preimage)
}

func (w *world) pay(wal *Wallet, x uint64, session, tick byte) channel.SignedPromise {
	w.t.Helper()
	_, h := lock(tick)
	p, err := wal.Pay(w.t.Context(), w.id(), order(x, session), h, all)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := p.Verify(); err != nil {
		w.t.Fatal(err)
	}
	return p
}

func wantCode(t *testing.T, err error, code wherry.Code) {
	t.Helper()
	if wherry.CodeOf(err) != code {
		t.Fatalf("error %v: want the code %q", err, code)
	}
}
