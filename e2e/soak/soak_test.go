package soak

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/devchain"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub"
)

var (
	rounds = flag.Int("rounds", 50, "how often the hub is killed")
	seed   = flag.Uint64("seed", 0, "of the random moments; 0 draws one")
)

const (
	providers = 3
	each      = 3 // consumers of one provider alone; one more buys from all
)

var funded = wherry.MustAmount("100000")

// world is two chains in this process, a hub that is not, and whoever deals with it.
type world struct {
	*testing.T
	order  order
	chains []*evm.Chain
	load   *load
	rnd    *rand.Rand
	hub    *exec.Cmd
	early  int // killed before it answered
}

func newWorld(t *testing.T, lie bool) *world {
	t.Helper()
	s := *seed
	if s == 0 {
		s = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", s)
	w := &world{T: t, order: order{Dir: filepath.Join(t.TempDir(), "hub"), Lie: lie}, rnd: rand.New(rand.NewPCG(s, 1))} //nolint:gosec // the seed is logged, so that a run can be repeated
	for i := range 2 {
		dev, err := devchain.Start(devchain.Config{ChainID: 41001 + uint64(i), Period: time.Second})
		w.check(err)
		t.Cleanup(func() { w.check(dev.Close()) })
		cfg, err := evm.Deploy(t.Context(), dev.URL(), devchain.FaucetKey(), 7*24*time.Hour, wherry.Tokens(1))
		w.check(err)
		cfg.Depth = 1
		w.order.Chains = append(w.order.Chains, cfg)
		c, err := evm.Open(t.Context(), cfg)
		w.check(err)
		t.Cleanup(c.Close)
		w.chains = append(w.chains, c)
		w.openHub(c, dev)
	}
	w.load = &load{a: w.chains[0].Params().Domain(), b: w.chains[1].Params().Domain()}
	w.people()
	return w
}

func (w *world) check(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) send(c *evm.Chain, k *identity.Key, call chain.Call) wherry.Hash {
	w.Helper()
	id, err := c.Send(w.Context(), k, call, nil)
	w.check(err)
	return id
}

// openHub opens the hub on a chain and gives its key gas.
func (w *world) openHub(c *evm.Chain, dev *devchain.Chain) {
	w.Helper()
	owner, h := devchain.FaucetKey(), key("hub")
	w.check(dev.Faucet(w.Context(), h.Address(), wherry.Tokens(1000)))
	id := w.send(c, owner, chain.Approve{Amount: wherry.MustAmount("100000000")})
	_, err := chain.Await(w.Context(), c, id, chain.Mined, 20*time.Millisecond)
	w.check(err)
	id = w.send(c, owner, chain.OpenHub{Hub: h.Address(), Amount: funded, Signature: h.Sign(typed.Owner{Owner: owner.Address()}.Digest(c.Params().Domain()))})
	_, err = chain.Await(w.Context(), c, id, chain.Mined, 20*time.Millisecond)
	w.check(err)
}

// people gives everybody keys, and consumers deposits.
func (w *world) people() {
	w.Helper()
	add := func(name string) *consumer {
		c := &consumer{key: key(name)}
		w.load.all = append(w.load.all, c)
		return c
	}
	shared := add("shared")
	for i := range providers {
		p := &provider{
			l: w.load, name: fmt.Sprintf("provider %d", i), key: key(fmt.Sprint("provider", i)), payee: key(fmt.Sprint("payee", i)), shared: shared,
			rnd: rand.New(rand.NewPCG(w.rnd.Uint64(), 0)), //nolint:gosec // as above
		}
		for k := range each {
			p.own = append(p.own, add(fmt.Sprintf("consumer %d of %d", k, i)))
		}
		w.load.people = append(w.load.people, p)
	}
	c := w.chains[0]
	var last wherry.Hash
	for _, p := range w.load.all {
		last = w.send(c, devchain.FaucetKey(), chain.TopUp{Hub: key("hub").Address(), Consumer: p.key.Address(), Amount: funded})
	}
	_, err := chain.Await(w.Context(), c, last, chain.Finalized, 20*time.Millisecond)
	w.check(err)
}

// start starts the hub and says where it is.
func (w *world) start() {
	w.Helper()
	o, err := json.Marshal(w.order)
	w.check(err)
	cmd := exec.CommandContext(w.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), roleEnv+"="+string(o))
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	w.check(err)
	w.check(cmd.Start())
	w.hub = cmd
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = cmd.Wait()
		w.Fatalf("the hub does not start: %v\n%s", err, errs.String())
	}
	w.load.url.Store(strings.TrimSpace(line))
}

func (w *world) kill() {
	w.Helper()
	w.check(w.hub.Process.Kill())
	_ = w.hub.Wait() // killed
}

// startAndKill starts the hub, and kills it before it says where it is.
func (w *world) startAndKill() {
	w.Helper()
	o, err := json.Marshal(w.order)
	w.check(err)
	cmd := exec.CommandContext(w.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), roleEnv+"="+string(o))
	w.check(cmd.Start())
	w.sleep(time.Duration(w.rnd.IntN(120)) * time.Millisecond)
	w.check(cmd.Process.Kill())
	_ = cmd.Wait() // killed
	w.early++
}

// sleep waits for the moment that the dice chose.
func (w *world) sleep(d time.Duration) {
	select {
	case <-w.Context().Done():
	case <-time.After(d):
	}
}

// rounds kills the hub n times under load. It ends early at the first finding.
func (w *world) rounds(n int) int {
	w.Helper()
	done := 0
	for ; done < n && len(w.load.findings()) == 0; done++ {
		if w.rnd.IntN(8) == 0 {
			w.startAndKill()
			continue
		}
		before := w.load.batches.Load()
		w.start()
		// Under load: at least one batch is answered, and then any moment will do.
		deadline := time.Now().Add(30 * time.Second)
		for w.load.batches.Load() == before && len(w.load.findings()) == 0 {
			if time.Now().After(deadline) {
				w.Fatal("the hub answers nobody")
			}
			w.sleep(2 * time.Millisecond)
		}
		w.sleep(time.Duration(w.rnd.ExpFloat64() * 100 * float64(time.Millisecond)))
		w.kill()
		if (done+1)%100 == 0 {
			w.Logf("%d rounds, %d payments acknowledged", done+1, w.load.acknowledged.Load())
		}
	}
	return done
}

// bind tells the hub where providers are paid.
func (w *world) bind() {
	w.Helper()
	for _, p := range w.load.people {
		w.until("a payee is bound", func() error {
			_, err := w.load.client().Bind(w.Context(), channel.Bind(p.key, p.payee, w.load.b, 1))
			return err
		})
	}
	w.until("the hub has read its chains", func() error { return w.load.client().Health(w.Context()) })
}

func (w *world) until(what string, try func() error) {
	w.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		err := try()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			w.Fatalf("it never happens that %s: %v", what, err)
		}
		w.sleep(20 * time.Millisecond)
	}
}

// soak runs everything but the judgement.
func (w *world) soak(n int) (done int) {
	w.Helper()
	w.start()
	w.bind()
	w.kill()
	ctx, cancel := context.WithCancel(w.Context())
	defer cancel()
	var wg sync.WaitGroup
	for _, p := range w.load.people {
		wg.Go(func() { p.run(ctx) })
	}
	done = w.rounds(n)
	w.start()
	w.load.stop.Store(true)
	if len(w.load.findings()) > 0 {
		cancel()
	}
	wg.Wait()
	return done
}

// settle lets the hub collect and pay everything.
func (w *world) settle() hub.Status {
	w.Helper()
	var s hub.Status
	w.until("everything is settled", func() error {
		r, err := http.NewRequestWithContext(w.Context(), http.MethodPost, w.load.client().URL+"/v1/admin/settle", nil)
		w.check(err)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s, %w", resp.Status, b, err)
		}
		return json.Unmarshal(b, &s)
	})
	return s
}

// TestKilledHubLosesNothing is the soak: rounds of SIGKILL under load, and then
// the books of everybody against each other and against the chains.
func TestKilledHubLosesNothing(t *testing.T) {
	w := newWorld(t, false)
	began := time.Now()
	done := w.soak(*rounds)
	for _, f := range w.load.findings() {
		t.Errorf("lost %s, doubled %s: %s", f.lost, f.doubled, f.what)
	}
	if t.Failed() {
		w.kill()
		return
	}
	took := time.Since(began)
	w.judge(w.settle(), done, took)
	w.kill()
}

// judge adds up what everybody was told, and compares.
func (w *world) judge(s hub.Status, done int, took time.Duration) {
	w.Helper()
	ctx, h := w.Context(), key("hub").Address()
	var spent, earned, in, out, reserved wherry.Amount
	compare := func(what string, told, says wherry.Amount) {
		if f, ok := books(what, told, says); !ok {
			w.Errorf("lost %s, doubled %s: %s", f.lost, f.doubled, f.what)
		}
	}
	for _, c := range w.load.all {
		a, err := w.load.client().Account(ctx, c.key, channel.Chain{ID: w.load.a.ChainID, Contract: w.load.a.Contract})
		w.check(err)
		compare("a consumer's account", c.total, a.Spent)
		compare("a consumer's pending", wherry.Amount{}, a.Pending)
		on, err := w.chains[0].In(ctx, h, c.key.Address(), chain.Latest)
		w.check(err)
		compare("a consumer's channel", c.total, on.Settled)
		spent, in = plus(spent, c.total), plus(in, on.Settled)
	}
	for _, p := range w.load.people {
		on, err := w.chains[1].Out(ctx, h, p.payee.Address(), chain.Latest)
		w.check(err)
		compare("a payee on chain", p.base, on.Settled)
		got, err := w.chains[1].Account(ctx, p.payee.Address(), chain.Latest)
		w.check(err)
		compare("a payee's tokens", p.base, got.Tokens)
		earned, out, reserved = plus(earned, p.base), plus(out, on.Settled), plus(reserved, on.Reserved)
	}
	n, err := price.MulDiv(uint64(w.load.acknowledged.Load()), 1)
	w.check(err)
	compare("payments", n, spent)
	t := s.Totals
	compare("the hub's spent", spent, t.Spent)
	compare("the hub's earned", earned, t.Earned)
	compare("spent = earned + fee", t.Spent, plus(t.Earned, t.Fee))
	compare("collected", in, t.In)
	compare("paid", out, t.Out)
	onA, err := w.chains[0].Hub(ctx, h, chain.Latest)
	w.check(err)
	onB, err := w.chains[1].Hub(ctx, h, chain.Latest)
	w.check(err)
	compare("free on chain A", plus(funded, in), onA.Free)
	compare("free, reserved and paid on chain B", funded, plus(plus(onB.Free, reserved), out))
	kept := plus(onA.Free, plus(onB.Free, reserved))
	compare("what the hub has more than before", plus(plus(funded, funded), t.Fee), kept)
	if w.Failed() {
		return
	}
	w.Logf(`%d rounds of SIGKILL in %s, %d of them before the hub answered
  payments acknowledged  %d in %d batches, %d of which were handed in again
  lost                   0
  doubled                0
                         %s
  spent by consumers     %s = collected %s
  earned by payees       %s = paid %s
  fee of the hub         %s
  transactions           %d records in the journal`,
		done, took.Round(time.Second), w.early, w.load.acknowledged.Load(), w.load.batches.Load(), w.load.again.Load(),
		wherry.Currency, spent, in, earned, out, t.Fee, s.Records)
}

// TestDetectorDetects runs the soak over a journal that says yes before it
// writes: what it loses has to be found.
func TestDetectorDetects(t *testing.T) {
	w := newWorld(t, true)
	done := w.soak(60)
	w.kill()
	for _, f := range w.load.findings() {
		if !f.lost.IsZero() {
			t.Logf("found after %d rounds: %s", done, f.what)
			return
		}
	}
	t.Fatalf("a journal that lies is not found out in %d rounds: %v", done, w.load.findings())
}

// TestBooksThatDiffer holds the comparison itself to what it must find.
func TestBooksThatDiffer(t *testing.T) {
	one, two := wherry.MustAmount("0.001"), wherry.MustAmount("0.002")
	if f, ok := books("less", two, one); ok || f.lost != one || !f.doubled.IsZero() {
		t.Errorf("%+v", f)
	}
	if f, ok := books("more", one, two); ok || f.doubled != one || !f.lost.IsZero() {
		t.Errorf("%+v", f)
	}
	if _, ok := books("the same", one, one); !ok {
		t.Error("equal books differ")
	}
}
