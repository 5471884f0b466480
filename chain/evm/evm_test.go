package evm_test

import (
	"flag"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/chain/devchain"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// world is a dev chain with the contracts, and an evm.Chain on it.
type world struct {
	*testing.T
	dev      *devchain.Chain
	c        *evm.Chain
	cfg      evm.Config
	treasury *identity.Key // has all tokens
}

// open starts a chain that makes a block per transaction.
func open(t *testing.T) *world {
	t.Helper()
	return openWith(t, 0)
}

func openWith(t *testing.T, period time.Duration) *world {
	t.Helper()
	dev, err := devchain.Start(devchain.Config{ChainID: 31337, Period: period})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := dev.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{T: t, dev: dev, treasury: devchain.FaucetKey()}
	w.cfg, err = evm.Deploy(t.Context(), dev.URL(), w.treasury, 7*24*time.Hour, wherry.Tokens(1))
	if err != nil {
		t.Fatal(err)
	}
	w.cfg.Depth = 2
	w.c = w.connect(w.cfg)
	return w
}

func (w *world) connect(cfg evm.Config) *evm.Chain {
	w.Helper()
	c, err := evm.Open(w.Context(), cfg)
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(c.Close)
	return c
}

func (w *world) Chain() chain.Chain { return w.c }

func (w *world) Fund(account wherry.Address, tokens wherry.Amount) {
	w.Helper()
	if err := w.dev.Faucet(w.Context(), account, wherry.Tokens(1)); err != nil {
		w.Fatal(err)
	}
	if tokens.IsZero() {
		return
	}
	w.do(w.treasury, chain.Transfer{To: account, Amount: tokens})
}

// do sends a call and waits until it is mined and done.
func (w *world) do(key *identity.Key, call chain.Call) {
	w.Helper()
	id, err := w.c.Send(w.Context(), key, call, nil)
	if err != nil {
		w.Fatal(err)
	}
	w.await(id)
}

func (w *world) await(id wherry.Hash) {
	w.Helper()
	if _, err := chain.Await(w.Context(), w.c, id, chain.Mined, 2*time.Millisecond); err != nil {
		w.Fatal(err)
	}
}

func openHub(w *world, hub, owner *identity.Key, amount wherry.Amount) chain.OpenHub {
	digest := typed.Owner{Owner: owner.Address()}.Digest(w.c.Params().Domain())
	return chain.OpenHub{Hub: hub.Address(), Signature: hub.Sign(digest), Amount: amount}
}

func (w *world) Advance(d time.Duration) {
	w.Helper()
	if err := w.dev.AdjustTime(d); err != nil {
		w.Fatal(err)
	}
}

func (w *world) Mine(n int) { w.dev.Mine(n) }

func (w *world) Reorg(n int, drop bool) {
	w.Helper()
	if err := w.dev.Reorg(uint64(n), drop); err != nil {
		w.Fatal(err)
	}
}

func TestEVMPassesTheSuite(t *testing.T) {
	chaintest.Suite(t, func(t *testing.T) chaintest.World { return open(t) })
}

// TestContractAndModelAgree makes some hundred random calls; -rapid.checks=200
// makes thousands, in two minutes.
func TestContractAndModelAgree(t *testing.T) {
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		if err := flag.Set("rapid.checks", "12"); err != nil {
			t.Fatal(err)
		}
	}
	chaintest.Differential(t, open(t))
}
