package onchain

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
)

// world is a chain that makes blocks by hand, and a row on it that every change
// is stored in.
type world struct {
	*testing.T
	c     *chaintest.Chain
	key   *identity.Key
	to    wherry.Address
	row   Row
	saved []Row
}

func newWorld(t *testing.T, depth uint64) *world {
	k, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, c: chaintest.New(chaintest.Config{Manual: true, Depth: depth}), key: k, row: Row{State: Planned}}
	w.to[0] = 7
	w.c.Give(k.Address(), wherry.Tokens(100))
	return w
}

// step moves the row on, by way of what is stored.
func (w *world) step() error {
	w.Helper()
	return w.stepSaving(nil)
}

func (w *world) stepSaving(disk error) error {
	w.Helper()
	most, until := w.row.Most, w.row.Until
	err := Step(w.Context(), w.c, w.key, chain.Transfer{To: w.to, Amount: wherry.Tokens(1)}, w.row, func(r Row) error {
		if disk != nil {
			return disk
		}
		w.saved = append(w.saved, r)
		text, err := r.Text()
		if err != nil {
			return err
		}
		s, _ := text.(string)
		w.row, err = ParseRow(r.State, s, r.Error)
		return err
	})
	w.row.Most, w.row.Until = most, until
	return err
}

func (w *world) want(s State, tries int) {
	w.Helper()
	if err := w.step(); err != nil {
		w.Fatal(err)
	}
	if w.row.State != s || len(w.row.Tries) != tries {
		w.Fatalf("%s after %d tries (%s), want %s after %d", w.row.State, len(w.row.Tries), w.row.Error, s, tries)
	}
}

func (w *world) moved(tokens uint64) {
	w.Helper()
	a, err := w.c.Account(w.Context(), w.to, chain.Latest)
	if err != nil || a.Tokens != wherry.Tokens(tokens) {
		w.Errorf("%s arrived, want %d (%v)", a.Tokens, tokens, err)
	}
}

func TestRowGoesToItsEnd(t *testing.T) {
	w := newWorld(t, 2)
	w.want(Sent, 1)
	w.want(Sent, 1)
	w.c.Mine(1)
	w.want(Mined, 1)
	w.c.Mine(2)
	w.want(Final, 1)
	w.moved(1)
	if w.row.Gas == 0 || w.row.Cost.IsZero() || w.row.Block == 0 || w.row.Mined != w.row.Tx().ID {
		t.Errorf("%+v", w.row)
	}
	if n := len(w.saved); n != 3 {
		t.Errorf("stored %d times", n)
	}
}

func TestWhatWaitsTooLongIsReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, 2)
		w.want(Sent, 1)
		w.c.SetGasPrice(10_000_000_000) // five times what it gives
		w.c.Mine(3)
		time.Sleep(Patience - time.Second)
		w.want(Sent, 1)
		time.Sleep(time.Second)
		w.want(Sent, 2)
		if old := w.row.Tries[0]; len(old.Raw) != 0 || old.Nonce != w.row.Tries[1].Nonce {
			t.Errorf("the first try is kept as %+v", old)
		}
		w.want(Sent, 2) // patience begins anew
		w.c.Mine(1)
		w.want(Mined, 2)
		if w.row.Mined != w.row.Tries[1].ID {
			t.Error("the second is not the one that was mined")
		}
		w.c.Mine(2)
		w.want(Final, 2)
		w.moved(1)
	})
}

// The first transaction is mined although a second was made in its place.
func TestAnyTryMayBeMined(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, 2)
		w.want(Sent, 1)
		first := w.row.Tx()
		time.Sleep(Patience)
		w.c.LoseAnswers(true) // and, as it turns out, the second itself
		_ = w.step()
		w.c.LoseAnswers(false)
		if len(w.row.Tries) != 2 {
			t.Fatalf("%+v", w.row)
		}
		w.c.Forget()
		if err := w.c.Resend(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		w.c.Mine(1)
		w.want(Mined, 2)
		if w.row.Tx().ID != first.ID {
			t.Error("the second counts")
		}
		w.c.Mine(2)
		w.want(Final, 2)
		w.moved(1)
	})
}

func TestReorgIsSurvived(t *testing.T) {
	w := newWorld(t, 3)
	w.c.Mine(5)
	w.want(Sent, 1)
	w.c.Mine(1)
	w.want(Mined, 1)
	w.c.Reorg(2, true)
	w.want(Sent, 1) // sent again
	if !w.row.Mined.IsZero() || !w.row.Cost.IsZero() {
		t.Errorf("%+v", w.row)
	}
	w.c.Mine(1)
	w.want(Mined, 1)
	w.c.Mine(3)
	w.want(Final, 1)
	w.moved(1)
}

func TestForgottenTransactionIsSentAgain(t *testing.T) {
	w := newWorld(t, 0)
	w.want(Sent, 1)
	w.c.Forget()
	w.want(Sent, 1)
	w.c.Mine(1)
	w.want(Final, 1)
	w.moved(1)
}

// Another process with the same key takes the nonce.
func TestSharedKeyIsNoticed(t *testing.T) {
	w := newWorld(t, 2)
	w.want(Sent, 1)
	w.c.Forget()
	if _, err := w.c.Send(t.Context(), w.key, chain.Transfer{To: w.to, Amount: wherry.Tokens(5)}, nil); err != nil {
		t.Fatal(err)
	}
	w.want(Sent, 1)
	if !strings.Contains(w.row.Error, "another process") {
		t.Errorf("it says %q", w.row.Error)
	}
	w.c.Mine(1)
	w.want(Sent, 1) // that block may still go
	w.c.Mine(2)
	w.want(Failed, 1)
	if !strings.Contains(w.row.Error, "another process") {
		t.Errorf("it says %q", w.row.Error)
	}
	w.moved(5)
}

// The other's transaction goes with its block, and ours takes its place after all.
func TestSharedKeyAndAReorg(t *testing.T) {
	w := newWorld(t, 3)
	w.c.Mine(5)
	w.want(Sent, 1)
	w.c.Forget()
	if _, err := w.c.Send(t.Context(), w.key, chain.Transfer{To: w.to, Amount: wherry.Tokens(5)}, nil); err != nil {
		t.Fatal(err)
	}
	w.c.Mine(1)
	w.want(Sent, 1)
	w.c.Reorg(2, true)
	w.want(Sent, 1)
	w.c.Mine(4)
	w.want(Final, 1)
	w.moved(1)
}

func TestNonceThatIsMissingIsFilled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, 0)
		if _, err := w.c.Send(t.Context(), w.key, chain.Approve{}, nil); err != nil { // by nobody who would send it again
			t.Fatal(err)
		}
		w.want(Sent, 1)
		w.c.Forget()
		w.want(Sent, 1)
		w.c.Mine(1)
		w.want(Sent, 1)
		time.Sleep(Patience)
		w.want(Sent, 1)
		w.c.Mine(2)
		w.want(Final, 1)
		w.moved(1)
	})
}

func TestCeilingHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, 0)
		w.row.Most = wherry.Base(1)
		w.want(Failed, 0)
		if !strings.Contains(w.row.Error, "more than 1") {
			t.Errorf("it says %q", w.row.Error)
		}

		w = newWorld(t, 0)
		w.row.Most = wherry.Base(200_000_000_000_000) // 60,000 gas at 3.3 gwei
		w.want(Sent, 1)
		w.c.SetGasPrice(3_000_000_000)
		time.Sleep(Patience)
		w.want(Sent, 1)
		if w.row.Error == "" {
			t.Error("nobody says why it waits")
		}
		n := len(w.saved)
		w.want(Sent, 1)
		if len(w.saved) != n {
			t.Error("the same is stored twice")
		}
		w.c.SetGasPrice(1_000_000_000)
		w.c.Mine(1)
		w.want(Final, 1)
		if w.row.Error != "" {
			t.Errorf("it still says %q", w.row.Error)
		}
	})
}

func TestWhatIsOfNoUseIsCalledOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, 2)
		w.row.Until = time.Now().Add(time.Hour)
		w.c.SetGasPrice(1_000_000_000)
		w.want(Sent, 1)
		time.Sleep(time.Hour)
		w.want(Sent, 2)
		if !w.row.Tries[1].Cancel {
			t.Fatal("it is not called off")
		}
		w.c.Mine(1)
		w.want(Mined, 2)
		w.c.Mine(2)
		w.want(Failed, 2)
		w.moved(0)

		w = newWorld(t, 2)
		w.row.Until = time.Now().Add(time.Hour)
		w.want(Sent, 1)
		w.c.Forget()
		time.Sleep(time.Hour)
		w.want(Failed, 1) // not sent again
		w.c.Mine(1)
		w.moved(0)

		w = newWorld(t, 2)
		w.row.Until = time.Now()
		w.want(Failed, 0)
	})
}

// What waits would be refused by now: it is called off, so that it holds up
// nothing behind it.
func TestWhatWouldBeRefusedIsCalledOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, 0)
		w.want(Sent, 1)
		w.c.SetGasPrice(5_000_000_000)
		w.c.Take(w.key.Address())
		time.Sleep(Patience)
		w.want(Sent, 2)
		if !w.row.Tries[1].Cancel {
			t.Fatal("it is not called off")
		}
		w.c.Mine(1)
		w.want(Failed, 2)
		if !strings.Contains(w.row.Error, string(chain.InsufficientBalance)) {
			t.Errorf("it says %q", w.row.Error)
		}
		w.moved(0)
	})
}

func TestAnswerThatIsLostIsNoFailure(t *testing.T) {
	w := newWorld(t, 0)
	w.c.LoseAnswers(true)
	if err := w.step(); wherry.CodeOf(err) != wherry.Unreachable || w.row.State != Sent {
		t.Fatalf("%s, %v", w.row.State, err)
	}
	w.c.LoseAnswers(false)
	w.c.SetDown(true)
	if err := w.step(); wherry.CodeOf(err) != wherry.Unreachable || w.row.State != Sent {
		t.Fatalf("%s, %v", w.row.State, err)
	}
	w.c.SetDown(false)
	w.c.Mine(1)
	w.want(Final, 1)
	w.moved(1)
}

func TestRefusedBeforeAnythingLeft(t *testing.T) {
	w := newWorld(t, 0)
	w.c.Take(w.key.Address())
	w.want(Failed, 0)
	if n, err := w.c.Nonces(t.Context(), w.key.Address()); err != nil || n.Pending != 0 {
		t.Errorf("nonces %+v, %v", n, err)
	}
}

// What cannot be stored does not leave: neither the first try nor another.
func TestNothingLeavesUnstored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("disk full")
		w := newWorld(t, 0)
		if err := w.stepSaving(full); !errors.Is(err, full) {
			t.Fatal(err)
		}
		w.c.Mine(1)
		w.moved(0)
		w.want(Sent, 1)
		w.c.SetGasPrice(10_000_000_000)
		time.Sleep(Patience)
		if err := w.stepSaving(full); !errors.Is(err, full) {
			t.Fatal(err)
		}
		w.c.Mine(1)
		w.moved(0)
	})
}

// TestCutAtEveryStore kills the process before and after every store of a row
// that is replaced twice and undone once, and finds the money moved once.
func TestCutAtEveryStore(t *testing.T) {
	dead := errors.New("killed")
	for cut := range 12 {
		for _, before := range []bool{true, false} {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, 3)
				w.c.Mine(5)
				n := 0
				step := func() {
					most := w.row
					err := Step(t.Context(), w.c, w.key, chain.Transfer{To: w.to, Amount: wherry.Tokens(1)}, w.row, func(r Row) error {
						kill := n == cut
						n++
						if kill && before {
							return dead
						}
						most = r
						if kill {
							return dead // stored, and the process never learns of it
						}
						return nil
					})
					w.row = most
					if err != nil && !errors.Is(err, dead) {
						t.Fatal(err)
					}
				}
				for i := 0; !w.row.State.Done(); i++ {
					if i > 60 {
						t.Fatalf("cut %d: it is still %s", cut, w.row.State)
					}
					step()
					switch i {
					case 2:
						w.c.SetGasPrice(10_000_000_000)
					case 4, 5, 6, 7:
						time.Sleep(Patience)
					case 14:
						w.c.Reorg(2, true)
					}
					if i > 8 {
						w.c.Mine(1)
					}
				}
				if w.row.State != Final {
					t.Errorf("cut %d: %s: %s", cut, w.row.State, w.row.Error)
				}
				w.moved(1)
			})
		}
	}
}

// TestTheTable reads what Next decides about the rows of its table.
func TestTheTable(t *testing.T) {
	tx := func(id byte, nonce uint64) Try { return Try{Tx: chain.Tx{ID: wherry.Hash{id}, Nonce: nonce}} }
	now := time.Unix(1_800_000_000, 0)
	base := Row{State: Sent, At: now, Tries: []Try{tx(1, 5), tx(2, 5)}}
	old := base
	old.At = now.Add(-Patience)
	over := old
	over.Until = now
	mined := base
	mined.State, mined.Mined, mined.Block, mined.Cost = Mined, wherry.Hash{2}, 9, wherry.Base(1)
	called := base
	called.Tries = []Try{tx(1, 5), {Tx: chain.Tx{ID: wherry.Hash{2}, Nonce: 5}, Cancel: true}}
	many := old
	many.Tries = slices.Repeat([]Try{tx(1, 5)}, maxTries)
	one := func(s chain.State) []chain.Status { return []chain.Status{{}, {State: s, Block: 9}} }
	turn := chain.Nonces{Final: 4, Latest: 5, Pending: 6}
	for name, c := range map[string]struct {
		row    Row
		nonces chain.Nonces
		tries  []chain.Status
		want   State
		do     Do
	}{
		"final":                        {base, turn, one(chain.Finalized), Final, Rest},
		"the older is final":           {base, turn, []chain.Status{{State: chain.Finalized}, {State: chain.Sent}}, Final, Rest},
		"refused":                      {base, turn, one(chain.Failed), Failed, Rest},
		"mined":                        {base, turn, one(chain.Mined), Mined, Rest},
		"called off":                   {called, turn, one(chain.Finalized), Failed, Rest},
		"called off too late":          {called, turn, []chain.Status{{State: chain.Finalized}, {}}, Final, Rest},
		"waits":                        {base, turn, one(chain.Sent), Sent, Rest},
		"waits long":                   {old, turn, one(chain.Sent), Sent, Raise},
		"waits long, often raised":     {many, turn, []chain.Status{{State: chain.Sent}}, Sent, Rest},
		"waits for a lower one":        {old, chain.Nonces{Latest: 4, Pending: 6}, one(chain.Sent), Sent, Rest},
		"waits where one is missing":   {base, chain.Nonces{Latest: 4, Pending: 4}, one(chain.Sent), Sent, Rest},
		"the same, long":               {old, chain.Nonces{Latest: 4, Pending: 4}, one(chain.Sent), Sent, Fill},
		"forgotten":                    {base, turn, one(chain.Unknown), Sent, Again},
		"undone":                       {mined, turn, one(chain.Unknown), Sent, Again},
		"of no use":                    {over, turn, one(chain.Sent), Sent, Void},
		"of no use and forgotten":      {over, turn, one(chain.Unknown), Failed, Rest},
		"of no use, and mined":         {over, turn, one(chain.Mined), Mined, Rest},
		"another is mined":             {old, chain.Nonces{Final: 5, Latest: 6, Pending: 6}, one(chain.Unknown), Sent, Rest},
		"another is final":             {old, chain.Nonces{Final: 6, Latest: 6, Pending: 6}, one(chain.Unknown), Failed, Rest},
		"seen in a block by one alone": {old, chain.Nonces{Final: 5, Latest: 6, Pending: 6}, one(chain.Sent), Sent, Rest},
	} {
		got, do := Next(c.row, Seen{c.nonces, append(c.tries, make([]chain.Status, max(0, len(c.row.Tries)-len(c.tries)))...)}, now)
		if got.State != c.want || do != c.do {
			t.Errorf("%s: %s and %s, want %s and %s", name, got.State, do, c.want, c.do)
		}
		if got.State == Sent && (!got.Mined.IsZero() || !got.Cost.IsZero() || got.Block != 0) {
			t.Errorf("%s: what was undone is still there: %+v", name, got)
		}
	}
}

func TestRowAsText(t *testing.T) {
	r, err := ParseRow(Sent, `{"id":"0x0100000000000000000000000000000000000000000000000000000000000000","from":"0x0000000000000000000000000000000000000000","nonce":4,"raw":"Ag=="}`, "why")
	if err != nil || len(r.Tries) != 1 || r.Tx().Nonce != 4 || string(r.Tx().Raw) != "\x02" || r.Error != "why" || !r.At.IsZero() {
		t.Fatalf("the earlier form: %+v, %v", r, err)
	}
	if text, err := (Row{}).Text(); text != nil || err != nil {
		t.Error(text, err)
	}
	if r, err := ParseRow(Planned, "", ""); err != nil || !r.Tx().ID.IsZero() {
		t.Error(r, err)
	}
	if _, err := ParseRow(Sent, "{", ""); err == nil {
		t.Error("took half a row")
	}
}
