package devchain

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/wherrynet/wherry"
)

var alice = wherry.MustAddress("0x00000000000000000000000000000000000a11ce")

func start(t *testing.T, cfg Config) *Chain {
	t.Helper()
	cfg.ChainID = 31337
	began := time.Now()
	c, err := Start(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("started in %s", time.Since(began))
	return c
}

// open starts a chain and a client of its JSON-RPC, both of which the test ends.
func open(t *testing.T, cfg Config) (*Chain, *ethclient.Client) {
	t.Helper()
	c := start(t, cfg)
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c, dial(t, c)
}

func dial(t *testing.T, c *Chain) *ethclient.Client {
	t.Helper()
	ec, err := ethclient.Dial(c.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(ec.Close)
	return ec
}

func header(t *testing.T, ec *ethclient.Client) *types.Header {
	t.Helper()
	h, err := ec.HeaderByNumber(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func balance(t *testing.T, ec *ethclient.Client, a wherry.Address) uint64 {
	t.Helper()
	v, err := ec.BalanceAt(t.Context(), common.Address(a), nil)
	if err != nil {
		t.Fatal(err)
	}
	return v.Uint64()
}

func pourTo(t *testing.T, c *Chain, wei uint64) {
	t.Helper()
	if err := c.Faucet(t.Context(), alice, wherry.Base(wei)); err != nil {
		t.Fatal(err)
	}
}

func TestFaucetPaysSeveralAtOnce(t *testing.T) {
	c, ec := open(t, Config{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := c.Faucet(t.Context(), alice, wherry.Base(5)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := balance(t, ec, alice); got != 40 {
		t.Errorf("alice has %d wei, want 40", got)
	}
}

func TestChainHasItsIDAndItsAlloc(t *testing.T) {
	_, ec := open(t, Config{Alloc: map[wherry.Address]wherry.Amount{alice: wherry.Base(77)}})
	id, err := ec.ChainID(t.Context())
	if err != nil || id.Uint64() != 31337 {
		t.Errorf("chain id %v, %v", id, err)
	}
	if got := balance(t, ec, alice); got != 77 {
		t.Errorf("alice has %d wei, want 77", got)
	}
}

func TestBlocksComeByTheClock(t *testing.T) {
	_, ec := open(t, Config{Period: time.Second})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for header(t, ec).Number.Uint64() < 2 {
		if pause(ctx) != nil {
			t.Fatal("no second block in 20 s")
		}
	}
}

func TestTimeJumpsAhead(t *testing.T) {
	c, ec := open(t, Config{})
	pourTo(t, c, 1)
	before := header(t, ec)
	r, err := Dial(t.Context(), c.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.AdjustTime(t.Context(), 72*time.Hour); err != nil {
		t.Fatal(err)
	}
	after := header(t, ec)
	if got := after.Time - before.Time; got != 72*3600 {
		t.Errorf("time went on by %d s, want three days", got)
	}
	pourTo(t, c, 1)
	if later := header(t, ec); later.Time <= after.Time {
		t.Errorf("the next block is at %d, before %d", later.Time, after.Time)
	}
}

func TestTimeDoesNotStandStill(t *testing.T) {
	c, _ := open(t, Config{})
	if err := c.AdjustTime(time.Millisecond); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a jump of a millisecond: %v", err)
	}
}

func TestReorgForgetsTransactions(t *testing.T) {
	c, ec := open(t, Config{})
	pourTo(t, c, 1)
	pourTo(t, c, 10)
	old := header(t, ec)
	if err := c.Reorg(1, true); err != nil {
		t.Fatal(err)
	}
	same, err := ec.HeaderByNumber(t.Context(), old.Number)
	if err != nil {
		t.Fatal(err)
	}
	if same.Hash() == old.Hash() {
		t.Error("the block at the old height is the old one")
	}
	if got := header(t, ec).Number.Uint64(); got <= old.Number.Uint64() {
		t.Errorf("the new branch has height %d, the old one had %d", got, old.Number)
	}
	if got := balance(t, ec, alice); got != 1 {
		t.Errorf("alice has %d wei, want the 1 from before the reorg", got)
	}
	pourTo(t, c, 100)
	if got := balance(t, ec, alice); got != 101 {
		t.Errorf("alice has %d wei after a new transaction, want 101", got)
	}
}

func TestReorgMinesTransactionsAgain(t *testing.T) {
	c, ec := open(t, Config{})
	pourTo(t, c, 1)
	pourTo(t, c, 10)
	pourTo(t, c, 100)
	old := header(t, ec)
	r, err := Dial(t.Context(), c.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.Reorg(t.Context(), 2, false); err != nil {
		t.Fatal(err)
	}
	same, err := ec.HeaderByNumber(t.Context(), old.Number)
	if err != nil || same.Hash() == old.Hash() {
		t.Errorf("the block at the old height is the old one (%v)", err)
	}
	if got := balance(t, ec, alice); got != 111 {
		t.Errorf("alice has %d wei, want 111", got)
	}
}

func TestReorgGoesNoFurtherThanTheStart(t *testing.T) {
	c, _ := open(t, Config{})
	for _, n := range []uint64{0, 1, 1 << 40} {
		if err := c.Reorg(n, true); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("reorg of %d blocks of an empty chain: %v", n, err)
		}
	}
}

func TestReorgAfterAJumpInTime(t *testing.T) {
	c, ec := open(t, Config{})
	pourTo(t, c, 1)
	if err := c.AdjustTime(72 * time.Hour); err != nil {
		t.Fatal(err)
	}
	pourTo(t, c, 10)
	old := header(t, ec)
	if err := c.Reorg(3, false); err != nil {
		t.Fatal(err)
	}
	if now := header(t, ec); now.Time < old.Time {
		t.Errorf("time went back from %d to %d", old.Time, now.Time)
	}
	if got := balance(t, ec, alice); got != 11 {
		t.Errorf("alice has %d wei, want 11", got)
	}
}

func TestStateSurvivesAStop(t *testing.T) {
	dir := t.TempDir()
	c := start(t, Config{DataDir: dir})
	pourTo(t, c, 7)
	ec := dial(t, c)
	old := header(t, ec)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c, ec = open(t, Config{DataDir: dir})
	if now := header(t, ec); now.Hash() != old.Hash() {
		t.Errorf("head is %d, was %d", now.Number, old.Number)
	}
	pourTo(t, c, 1)
	if got := balance(t, ec, alice); got != 8 {
		t.Errorf("alice has %d wei, want 8", got)
	}
}

func TestBusyPortAndFolderAreNamed(t *testing.T) {
	dir := t.TempDir()
	c, _ := open(t, Config{DataDir: dir})
	addr := strings.TrimPrefix(c.URL(), "http://")
	for name, cfg := range map[string]Config{
		"port":   {ChainID: 1, HTTPAddr: addr},
		"folder": {ChainID: 1, DataDir: dir},
	} {
		other, err := Start(cfg)
		if err == nil {
			other.Close()
		}
		if wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("%s in use: %v, code %s", name, err, wherry.CodeOf(err))
		}
	}
}

// TestMain lets the test binary be the chain that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("DEVCHAIN_TEST_DIR"); dir != "" {
		c, err := Start(Config{ChainID: 31337, DataDir: dir})
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println(c.URL())
		select {}
	}
	os.Exit(m.Run())
}

func TestKilledChainComesBackShorterAndWhole(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "DEVCHAIN_TEST_DIR="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 200)
	n, _ := out.Read(line)
	url := string(bytes.TrimSpace(line[:n]))
	r, err := Dial(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if err := r.Faucet(t.Context(), alice, wherry.Base(1)); err != nil {
			t.Fatal(err)
		}
	}
	r.Close()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed

	c, ec := open(t, Config{DataDir: dir})
	kept := balance(t, ec, alice)
	head := header(t, ec).Number.Uint64()
	t.Logf("kept %d of 20 transactions, head %d", kept, head)
	if kept > 20 || head > 20 {
		t.Errorf("%d wei at height %d is more than there was", kept, head)
	}
	pourTo(t, c, 100)
	if got := balance(t, ec, alice); got != kept+100 {
		t.Errorf("alice has %d wei, want %d", got, kept+100)
	}
}
