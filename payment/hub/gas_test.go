package hub

import (
	"crypto/sha256"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/devchain"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// What the design asks for, in gas per consumer and per payee of a hundred, and
// how much more it may be.
const (
	collectMark = 15_179
	pushMark    = 18_598
	markPercent = 3
)

// gasWorld is a hub on a go-ethereum chain, with its consumers and providers.
type gasWorld struct {
	t    *testing.T
	dev  *devchain.Chain
	c    *evm.Chain
	bank *identity.Key
	hub  *Hub
	sent map[int]wherry.Amount // promised by each consumer
}

func gasKey(role string, n int) *identity.Key {
	s := sha256.Sum256([]byte(role + strconv.Itoa(n)))
	k, err := identity.KeyFromBytes(s[:])
	if err != nil {
		panic(err)
	}
	return k
}

func (g *gasWorld) must(err error) {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
}

// send sends calls of different people, and waits until all are in a block.
func (g *gasWorld) send(calls map[*identity.Key]chain.Call) {
	g.t.Helper()
	var ids []wherry.Hash
	for k, call := range calls {
		id, err := g.c.Send(g.t.Context(), k, call, nil)
		g.must(err)
		ids = append(ids, id)
	}
	for _, id := range ids {
		_, err := chain.Await(g.t.Context(), g.c, id, chain.Mined, time.Millisecond)
		g.must(err)
	}
}

func (g *gasWorld) one(k *identity.Key, call chain.Call) {
	g.t.Helper()
	g.send(map[*identity.Key]chain.Call{k: call})
}

func newGasWorld(t *testing.T) *gasWorld {
	g := &gasWorld{t: t, bank: devchain.FaucetKey(), sent: map[int]wherry.Amount{}}
	var err error
	alloc := map[wherry.Address]wherry.Amount{}
	for i := range maxItems {
		alloc[gasKey("consumer", i).Address()] = wherry.Tokens(10)
	}
	key := gasKey("hub", 0)
	alloc[key.Address()] = wherry.Tokens(10)
	g.dev, err = devchain.Start(devchain.Config{ChainID: 31337, Alloc: alloc})
	g.must(err)
	t.Cleanup(func() { _ = g.dev.Close() })
	cfg, err := evm.Deploy(t.Context(), g.dev.URL(), g.bank, 7*24*time.Hour, wherry.Tokens(1))
	g.must(err)
	g.c, err = evm.Open(t.Context(), cfg)
	g.must(err)
	t.Cleanup(g.c.Close)

	g.one(g.bank, chain.Approve{Amount: wherry.Tokens(1000)})
	g.one(g.bank, chain.OpenHub{
		Hub: key.Address(), Amount: wherry.Tokens(1000),
		Signature: key.Sign(typed.Owner{Owner: g.bank.Address()}.Digest(g.c.Params().Domain())),
	})
	approve, deposit := map[*identity.Key]chain.Call{}, map[*identity.Key]chain.Call{}
	for i := range maxItems {
		k := gasKey("consumer", i)
		g.one(g.bank, chain.Transfer{To: k.Address(), Amount: wherry.Tokens(20)})
		approve[k] = chain.Approve{Amount: wherry.Tokens(20)}
		deposit[k] = chain.TopUp{Hub: key.Address(), Consumer: k.Address(), Amount: wherry.Tokens(10)}
	}
	g.send(approve)
	g.send(deposit)

	g.hub, err = Open(Config{
		Key: key, Chains: []chain.Chain{g.c}, Dir: t.TempDir(), Poll: 20 * time.Millisecond,
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
		Terms: Terms{
			FeePPM: 10_000, MinPush: tokens("0.5"), MinReserve: tokens("0.5"), MaxOpenConsumer: wherry.Tokens(5),
		},
		CollectAbove: wherry.Tokens(95), CollectEvery: 100 * time.Hour, PushEvery: 100 * time.Hour,
	})
	g.must(err)
	t.Cleanup(func() { _ = g.hub.Close() })
	return g
}

// pay lets every consumer pay a token to a provider of its own.
func (g *gasWorld) pay(round uint64) {
	g.t.Helper()
	domain := g.c.Params().Domain()
	for i := range maxItems {
		c, p := gasKey("consumer", i), gasKey("provider", i)
		if round == 1 {
			_, err := g.hub.Bind(channel.Bind(p, p, domain, 1).Request())
			g.must(err)
		}
		secret := wherry.Keccak256(p.Bytes(), []byte{byte(round)})
		g.sent[i] = add(g.sent[i], wherry.Tokens(1))
		o := channel.SignedPromise{
			Consumer: c.Address(), A: domain, Hub: g.hub.Address(), Total: g.sent[i], Hashlock: wherry.Keccak256(secret[:]),
			Order: typed.Order{
				Provider: p.Address(), ChainB: domain.ChainID, ContractB: domain.Contract, Amount: wherry.Tokens(1), Seq: round,
				Session: wherry.SessionID(secret),
			},
		}
		o.Sig = c.Sign(o.Digest())
		b := channel.Batch{
			Version: 1, Hub: g.hub.Address(), Provider: p.Address(), ChainB: domain.ChainID, ContractB: domain.Contract,
			Tick: channel.TickID{Epoch: channel.Epoch{1}, Number: round}, Hashlock: o.Hashlock, Items: []channel.Item{o.Item()},
		}
		g.hand(b, p)
		g.hand(channel.Batch{Version: 1, Hub: b.Hub, Provider: b.Provider, ChainB: b.ChainB, ContractB: b.ContractB, Reveals: []wherry.Hash{secret}}, p)
	}
}

func (g *gasWorld) hand(b channel.Batch, p *identity.Key) {
	g.t.Helper()
	b, err := b.Sign(p)
	g.must(err)
	raw, err := codec.Marshal(b)
	g.must(err)
	a, err := g.hub.Pay(raw)
	g.must(err)
	if len(a.Refused) > 0 {
		g.t.Fatalf("refused: %+v", a.Refused)
	}
}

// TestHundredOfABatchCostWhatTheDesignAsks lets a hub collect from and pay a
// hundred by its own rules, twice, and reads the receipts of its own
// transactions. The second round is the one that counts: whoever is paid for the
// first time pays for a slot.
func TestHundredOfABatchCostWhatTheDesignAsks(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred people on a whole chain")
	}
	g := newGasWorld(t)
	g.until("the deposits are known", func() bool { return g.hub.Totals().Chains[0].Deposited == wherry.Tokens(10*maxItems) })
	seen := map[uint64]bool{}
	for _, round := range []uint64{1, 2} {
		g.pay(round)
		var got []Transaction
		g.until("a round of a hundred is final", func() bool {
			got = got[:0]
			for _, x := range g.hub.Status().Transactions {
				if x.State == "failed" {
					t.Fatalf("%+v", x)
				}
				if x.State == "final" && x.Items == maxItems && !seen[x.ID] {
					got = append(got, x)
				}
			}
			return len(got) == 2
		})
		for _, x := range got {
			seen[x.ID] = true
			st, err := g.c.Status(t.Context(), x.Hash)
			g.must(err)
			each := st.GasUsed / maxItems
			t.Logf("round %d: %s of %d: %d gas each", round, x.Kind, x.Items, each)
			mark := map[string]uint64{"collect": collectMark, "push": pushMark}[x.Kind]
			if round == 2 && each*100 > mark*(100+markPercent) {
				t.Errorf("%s: %d gas each, at most %d + %d %%", x.Kind, each, mark, markPercent)
			}
			if st.GasUsed != x.Gas || st.Cost != x.Cost || x.Cost.IsZero() || x.Tries != 1 {
				t.Errorf("the hub says %+v, the chain %+v", x, st)
			}
		}
	}
}

func (g *gasWorld) until(what string, ok func() bool) {
	g.t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); {
		g.hub.Refresh(g.t.Context()) // not while they pay: then all hundred come at once
		if time.Now().After(deadline) {
			g.t.Fatalf("it never happens that %s: %+v", what, g.hub.Status())
		}
	}
}
