package wallet

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
)

var errCut = errors.New("the process dies here")

func TestPaidTrip(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(100)
	for i := byte(1); i <= 5; i++ {
		p := w.pay(wal, 7, 1, i)
		if p.Total != wherry.Base(7*uint64(i)) {
			t.Errorf("promise %d of %d", i, p.Total)
		}
		if b := w.balance(wal); b.Pending != wherry.Base(7) || b.AtRisk != wherry.Base(7) {
			t.Errorf("pending %d, at risk %d", b.Pending, b.AtRisk)
		}
		r, _ := lock(i)
		for range 2 {
			if err := wal.Acknowledge(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
	}
	if b := w.balance(wal); b.Spent != wherry.Base(35) || b.Left != wherry.Base(65) || !b.Pending.IsZero() || !b.AtRisk.IsZero() {
		t.Errorf("%+v", b)
	}
	s, err := wal.Sessions(t.Context(), 10)
	if err != nil || len(s) != 1 || s[0].Paid != wherry.Base(35) || s[0].Provider != key(3).Address() || s[0].Hub != w.hub.Address() {
		t.Errorf("%+v %v", s, err)
	}
	orders, err := wal.Orders(t.Context(), wherry.SessionID{1})
	if err != nil || len(orders) != 5 {
		t.Fatal(orders, err)
	}
	for i, o := range orders {
		if o.State != "revealed" || channel.Lock(o.Preimage) != o.Promise.Hashlock || o.Seq != uint64(i+1) {
			t.Errorf("%+v", o)
		}
	}
	if err := wal.Acknowledge(t.Context(), wherry.Hash{1}); wherry.CodeOf(err) != wherry.NotFound {
		t.Error(err)
	}
	v, err := OpenView(t.Context(), w.path, w.payer.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if b, err := v.Balance(t.Context(), w.id()); err != nil || b != w.balance(wal) {
		t.Errorf("seen from outside: %+v %v", b, err)
	}
}

// A promise whose commit is not known to have been made does not leave, and the
// next call gives the same bytes if it was.
func TestPromiseIsOnTheDiskBeforeItLeaves(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(100)
	_, h := lock(1)
	wal.db.Cut = func() error { return errCut }
	if p, err := wal.Pay(t.Context(), w.id(), order(7, 1), h, all); !errors.Is(err, errCut) || !p.Sig.IsZero() {
		t.Fatalf("%+v %v", p, err)
	}
	wal = w.reopen(wal)
	if b := w.balance(wal); b.Pending != wherry.Base(7) {
		t.Fatalf("pending %d after the crash", b.Pending)
	}
	orders, err := wal.Orders(t.Context(), wherry.SessionID{1})
	if err != nil || len(orders) != 1 {
		t.Fatal(orders, err)
	}
	if p := w.pay(wal, 7, 1, 1); p != orders[0].Promise {
		t.Error("another promise after the crash")
	}
	// The same in one process: a failed commit must not leave the book ahead of
	// the disk, or behind it.
	wal.db.Cut = func() error { wal.db.Cut = nil; return errCut }
	_, h2 := lock(2)
	if _, err := wal.Pay(t.Context(), w.id(), order(5, 2), h2, all); !errors.Is(err, errCut) {
		t.Fatal(err)
	}
	p := w.pay(wal, 3, 3, 3)
	if p.Total != wherry.Base(15) || p.Order.Seq != 3 {
		t.Errorf("total %d, number %d", p.Total, p.Order.Seq)
	}
}

func TestSameInvoiceSameBytes(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(100)
	first := w.pay(wal, 7, 1, 1)
	w.pay(wal, 7, 2, 2)
	if again := w.pay(wal, 7, 1, 1); again != first {
		t.Error("another promise")
	}
	wal = w.reopen(wal)
	if again := w.pay(wal, 7, 1, 1); again != first {
		t.Error("another promise after a restart")
	}
	r, h := lock(1)
	if err := wal.Acknowledge(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if again := w.pay(wal, 7, 1, 1); again != first {
		t.Error("another promise after its end")
	}
	_, err := wal.Pay(t.Context(), w.id(), order(8, 1), h, all)
	wantCode(t, err, wherry.Conflict)
	_, err = wal.Pay(t.Context(), w.id(), order(7, 3), h, all)
	wantCode(t, err, wherry.Conflict) // R7: its preimage is known
}

// R7: the disk remembers the locks that memory has forgotten.
func TestR7LockIsRememberedForEver(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(900)
	w.pay(wal, 1, 1, 1)
	r, h := lock(1)
	if err := wal.Acknowledge(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	wal.book = channel.NewPayer(wal.Address()) // a memory without any lock
	s := channel.State{Deposit: wherry.Base(900), Highest: wherry.Base(1), Used: wherry.Base(1), Paid: wherry.Base(1), Seq: 1}
	if err := wal.book.Load(w.id(), s); err != nil {
		t.Fatal(err)
	}
	_, err := wal.Pay(t.Context(), w.id(), order(1, 2), h, all)
	wantCode(t, err, wherry.Conflict)
	o := order(1, 3)
	o.Provider = key(9).Address()
	w.pay(wal, 1, 4, 4)
	_, h4 := lock(4)
	_, err = wal.Pay(t.Context(), w.id(), o, h4, all)
	wantCode(t, err, wherry.Conflict)
}

func TestRefusalFreesCreditForGood(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(100)
	slow := w.pay(wal, 10, 1, 1)
	fast := w.pay(wal, 5, 2, 2)
	a := channel.Answer{Version: channel.Version, Refused: []channel.Refusal{{Code: wherry.Conflict, Order: slow.ID()}}}
	d, err := a.Digest()
	if err != nil {
		t.Fatal(err)
	}
	a.Sig = key(5).Sign(d)
	wantCode(t, wal.Refused(t.Context(), w.id(), a), wherry.Forbidden)
	a.Sig = w.hub.Sign(d)
	p := Payer{Wallet: wal, ID: w.id(), Limits: all}
	for range 2 { // the hub may have said so already when it was asked
		if err := p.Refused(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	other := channel.Answer{Version: channel.Version, Refused: []channel.Refusal{{Code: wherry.Conflict, Order: fast.Digest()}}}
	if d, err = other.Digest(); err != nil {
		t.Fatal(err)
	}
	other.Sig = w.hub.Sign(d)
	wantCode(t, p.Refused(t.Context(), other), wherry.NotFound)
	wal = w.reopen(wal)
	if next := w.pay(wal, 4, 3, 3); next.Total != fast.Total {
		t.Errorf("total %d: its credit is not used first", next.Total)
	}
	if next := w.pay(wal, 7, 4, 4); next.Total != wherry.Base(16) {
		t.Errorf("total %d", next.Total)
	}
}

// Rule 3 of the architecture: parallel sessions draw on one book.
func TestParallelSessionsShareOneBook(t *testing.T) {
	w := newWorld(t)
	wal := w.funded(500)
	var mu sync.Mutex
	seen := map[uint64]wherry.Amount{}
	var wg sync.WaitGroup
	for s := range byte(4) {
		wg.Go(func() {
			for i := range byte(10) {
				r, h := lock(s*16 + i)
				p, err := wal.Pay(t.Context(), w.id(), order(3, s), h, all)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if _, ok := seen[p.Order.Seq]; ok {
					t.Errorf("number %d twice", p.Order.Seq)
				}
				seen[p.Order.Seq] = p.Total
				mu.Unlock()
				if i%2 == 0 {
					if err := wal.Acknowledge(t.Context(), r); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	for seq := uint64(1); seq <= 40; seq++ {
		if seen[seq] != wherry.Base(3*seq) {
			t.Errorf("number %d: total %d", seq, seen[seq])
		}
	}
	if b := w.balance(wal); b.Spent != wherry.Base(60) || b.Pending != wherry.Base(60) {
		t.Errorf("%+v", b)
	}
}

// The deposit counts when it is final, and not before.
func TestDepositCountsWhenItIsFinal(t *testing.T) {
	w := newWorld(t)
	wal := w.open()
	if _, err := wal.TopUp(t.Context(), w.id(), wherry.Base(50)); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := wal.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	in, err := w.chain.In(t.Context(), w.hub.Address(), w.payer.Address(), chain.Latest)
	if err != nil || in.Deposited != wherry.Base(50) {
		t.Fatal(in, err)
	}
	_, h := lock(1)
	_, err = wal.Pay(t.Context(), w.id(), order(1, 1), h, all)
	wantCode(t, err, wherry.NotFunded)
	w.settle(wal)
	w.pay(wal, 1, 1, 1)
	acc, _, err := wal.Account(t.Context(), w.id())
	if err != nil || !acc.Allowance.IsZero() || acc.Tokens != wherry.Base(950) {
		t.Errorf("%+v %v", acc, err)
	}
	_, err = wal.TopUp(t.Context(), w.id(), wherry.Base(951))
	wantCode(t, err, wherry.NotFunded)
	_, err = wal.TopUp(t.Context(), w.id(), wherry.Amount{})
	wantCode(t, err, wherry.Invalid)
}

// Cutting the process after each of its commits in turn, with the transaction's
// answer lost or not, tops up exactly once.
func TestTopUpIsMadeOnceWhereverTheProcessDies(t *testing.T) {
	for _, lost := range []bool{false, true} {
		for at := 1; ; at++ {
			w := newWorld(t)
			wal := w.open()
			n := 0
			wal.db.Cut = func() error {
				if n++; n >= at {
					return errCut // and from then on: the process is gone
				}
				return nil
			}
			_, err := wal.TopUp(t.Context(), w.id(), wherry.Base(70))
			planned := err == nil || errors.Is(err, errCut)
			w.chain.LoseAnswers(lost)
			for range 8 {
				_ = wal.Refresh(t.Context())
				w.chain.Mine(1)
			}
			w.chain.LoseAnswers(false)
			done := n < at
			wal = w.reopen(wal)
			w.settle(wal)
			if b := w.balance(wal); !planned || b.Deposit != wherry.Base(70) {
				t.Fatalf("cut at commit %d, answers lost %v: deposit of %d", at, lost, b.Deposit)
			}
			actions, err := wal.Actions(t.Context(), 10)
			if err != nil || len(actions) != 2 {
				t.Fatal(actions, err)
			}
			for _, a := range actions {
				if a.State != onchain.Final {
					t.Fatalf("cut at commit %d: %+v", at, a)
				}
			}
			if err := wal.Close(); err != nil {
				t.Fatal(err)
			}
			if done {
				if at < 6 {
					t.Errorf("only %d commits were cut", at-1)
				}
				break
			}
		}
	}
}

func TestTopUpSurvivesAReorg(t *testing.T) {
	for _, drop := range []bool{false, true} {
		w := newWorld(t)
		w.chain.Mine(5)
		wal := w.open()
		id, err := wal.TopUp(t.Context(), w.id(), wherry.Base(70))
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if err := wal.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if a, err := wal.Action(t.Context(), id); err != nil || a.State != onchain.Mined {
			t.Fatal(a, err)
		}
		w.chain.Reorg(3, drop)
		w.settle(wal)
		if b := w.balance(wal); b.Deposit != wherry.Base(70) {
			t.Errorf("dropped %v: deposit of %d", drop, b.Deposit)
		}
	}
}

func TestFailedActionSaysWhy(t *testing.T) {
	w := newWorld(t)
	wal := w.open()
	w.chain.TakeGas(w.payer.Address(), wherry.Amount{})
	id, err := wal.TopUp(t.Context(), w.id(), wherry.Base(70))
	if err != nil {
		t.Fatal(err)
	}
	a, err := wal.Wait(t.Context(), id)
	wantCode(t, err, wherry.Conflict)
	if a.State != onchain.Failed || a.Error == "" {
		t.Errorf("%+v", a)
	}
	_, err = wal.Action(t.Context(), 99)
	wantCode(t, err, wherry.NotFound)
}

func TestWaitGivesUpAndTheActionGoesOn(t *testing.T) {
	w := newWorld(t)
	wal := w.open()
	w.chain.SetDown(true)
	_, err := wal.TopUp(t.Context(), w.id(), wherry.Base(70))
	wantCode(t, err, wherry.Unreachable)
	w.chain.SetDown(false)
	id, err := wal.TopUp(t.Context(), w.id(), wherry.Base(70))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	_, err = wal.Wait(ctx, id)
	wantCode(t, err, wherry.Pending)
	w.settle(wal)
	if a, err := wal.Action(t.Context(), id); err != nil || a.State != onchain.Final {
		t.Error(a, err)
	}
}

func TestReceiptsAreKept(t *testing.T) {
	w := newWorld(t)
	wal := w.open()
	s := wherry.SessionID{1}
	_, err := wal.Receipt(t.Context(), s)
	wantCode(t, err, wherry.NotFound)
	for _, body := range []string{"first", "second"} {
		if err := wal.SaveReceipt(t.Context(), s, key(3).Address(), []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := wal.Receipt(t.Context(), s); err != nil || string(b) != "second" {
		t.Errorf("%q %v", b, err)
	}
}

// Two commands at once, each of which has seen no top-up under way, plan one.
func TestTwoTopUpsAtOnceAreOne(t *testing.T) {
	w := newWorld(t)
	wal := w.open()
	var g sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		g.Go(func() { _, errs[i] = wal.TopUp(t.Context(), w.id(), wherry.Base(30)) })
	}
	g.Wait()
	for i, err := range errs {
		if err != nil {
			wantCode(t, err, wherry.Conflict)
			errs[i] = nil
		}
	}
	w.settle(wal)
	if b := w.balance(wal); b.Deposit != wherry.Base(30) {
		t.Errorf("%s are deposited", b.Deposit)
	}
	if _, err := wal.TopUp(t.Context(), w.id(), wherry.Base(30)); err != nil {
		t.Errorf("another one, later: %v", err)
	}
}
