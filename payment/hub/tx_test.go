package hub

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
)

// lone is a hub on one chain that makes blocks by hand, looked at step by step.
type lone struct {
	t   *testing.T
	c   *chaintest.Chain
	cfg Config
	hub *Hub
}

func newLone(t *testing.T) *lone {
	l := &lone{t: t, c: chaintest.New(chaintest.Config{ChainID: 11, Depth: 2, Manual: true})}
	owner, key := testKey("owner"), testKey("hub")
	l.c.Give(owner.Address(), tokens("1000"))
	for _, call := range []chain.Call{
		chain.Approve{Amount: tokens("1000")},
		chain.OpenHub{
			Hub: key.Address(), Amount: tokens("100"), Signature: key.Sign(typed.Owner{Owner: owner.Address()}.Digest(l.c.Params().Domain())),
		},
	} {
		if _, err := l.c.Send(t.Context(), owner, call, nil); err != nil {
			t.Fatal(err)
		}
		l.c.Mine(1)
	}
	l.c.Mine(3)
	l.cfg = Config{Key: key, Chains: []chain.Chain{l.c}, Dir: t.TempDir()}
	l.open()
	t.Cleanup(func() { _ = l.hub.Close() })
	return l
}

func (l *lone) open() {
	l.t.Helper()
	h, err := Open(l.cfg)
	if err != nil {
		l.t.Fatal(err)
	}
	l.hub = h
	h.Refresh(l.t.Context())
}

func (l *lone) restart() {
	l.t.Helper()
	if err := l.hub.Close(); err != nil {
		l.t.Fatal(err)
	}
	l.open()
}

// push plans a payment as the hub would.
func (l *lone) push(total string) {
	l.t.Helper()
	err := l.hub.watches[0].plan(l.t.Context(), channel.HubTx{
		Chain: 11, Kind: channel.TxPush, Items: 1, Push: []channel.HubPush{{Payee: wherry.Address{9}, Total: tokens(total)}},
	})
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *lone) tx(state string, tries int) Transaction {
	l.t.Helper()
	l.hub.Refresh(l.t.Context())
	all := l.hub.Status().Transactions
	if len(all) == 0 || all[len(all)-1].State != state || all[len(all)-1].Tries != tries {
		l.t.Fatalf("transactions %+v, want the last %s after %d tries", all, state, tries)
	}
	return all[len(all)-1]
}

func TestFeeIsRaisedForWhatWaitsAndARestartKnows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLone(t)
		l.push("5")
		l.c.SetGasPrice(4_000_000_000)
		first := l.tx("sent", 1)
		time.Sleep(onchain.Patience + time.Second)
		second := l.tx("sent", 2)
		if first.Hash == second.Hash {
			t.Error("the hash that is shown is of what was replaced")
		}
		l.restart()
		if again := l.tx("sent", 2); again != second {
			t.Errorf("after a restart %+v, before %+v", again, second)
		}
		l.c.Mine(1)
		if mined := l.tx("mined", 2); mined.Hash != second.Hash || mined.Cost.IsZero() {
			t.Errorf("%+v", mined)
		}
		l.restart()
		l.c.Mine(3)
		if final := l.tx("final", 2); final.Hash != second.Hash || !final.Done {
			t.Errorf("%+v", final)
		}
		out, err := l.c.Out(t.Context(), l.hub.address, wherry.Address{9}, chain.Latest)
		if err != nil || out.Settled != tokens("5") {
			t.Errorf("%+v, %v", out, err)
		}
	})
}

// A record of the journal as it was written before fees could be raised: without
// the time, what came before, and what is mined.
func TestEarlierRecordOfATransactionIsRead(t *testing.T) {
	type earlier struct {
		ID     uint64            `cbor:"1,keyasint"`
		Chain  uint64            `cbor:"2,keyasint"`
		State  channel.TxState   `cbor:"3,keyasint"`
		Push   []channel.HubPush `cbor:"5,keyasint,omitempty"`
		Hash   wherry.Hash       `cbor:"6,keyasint"`
		From   wherry.Address    `cbor:"7,keyasint"`
		Nonce  uint64            `cbor:"8,keyasint"`
		Raw    []byte            `cbor:"9,keyasint,omitempty"`
		Block  uint64            `cbor:"10,keyasint"`
		Gas    uint64            `cbor:"11,keyasint"`
		Cost   wherry.Amount     `cbor:"12,keyasint"`
		Reason string            `cbor:"13,keyasint,omitempty"`
		Items  uint64            `cbor:"14,keyasint"`
		Amount wherry.Amount     `cbor:"15,keyasint"`
		Kind   channel.TxKind    `cbor:"16,keyasint"`
	}
	for _, state := range []channel.TxState{channel.TxSent, channel.TxMined} {
		l := newLone(t)
		call := chain.Push{Hub: l.hub.address, Items: []chain.PushItem{{Payee: wherry.Address{9}, Total: tokens("5")}}}
		old := earlier{ID: 1, Chain: 11, State: state, Kind: channel.TxPush, Items: 1, Push: []channel.HubPush{{Payee: wherry.Address{9}, Total: tokens("5")}}}
		if _, err := l.c.Send(t.Context(), l.cfg.Key, call, func(x chain.Tx) error {
			old.Hash, old.From, old.Nonce, old.Raw = x.ID, x.From, x.Nonce, x.Raw
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if state == channel.TxMined { // and undone since
			l.c.Mine(1)
			old.Block = 7
			l.c.Reorg(1, true)
		}
		raw, err := codec.Marshal(struct {
			Tx earlier `cbor:"10,keyasint"`
		}{old})
		if err != nil {
			t.Fatal(err)
		}
		var e channel.HubEvent
		if err := codec.Unmarshal(raw, &e); err != nil {
			t.Fatal(err)
		}
		if err := l.hub.change(func() ([]channel.HubEvent, error) { return []channel.HubEvent{e}, l.hub.book.Apply(e) }); err != nil {
			t.Fatal(err)
		}
		l.restart()
		l.tx("sent", 1)
		l.c.Mine(4)
		if got := l.tx("final", 1); got.Hash != old.Hash {
			t.Errorf("%+v", got)
		}
	}
}

// What is usual is learned by the hour, also while nothing waits.
func TestHubLearnsWhatGasCosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLone(t)
		for range gasKept {
			time.Sleep(gasEvery)
			l.c.Mine(1)
			l.hub.Refresh(t.Context())
		}
		if l.hub.watches[0].market.dear() {
			t.Fatal("what is usual is dear")
		}
		l.c.SetGasPrice(2_000_000_000)
		time.Sleep(gasFresh)
		l.hub.Refresh(t.Context())
		if !l.hub.watches[0].gasNow(context.Background()).dear() {
			t.Error("twice the usual price is not dear")
		}
	})
}
