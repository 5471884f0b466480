package hub

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/journal"
)

// backup asks the running hub for one, as its operator's command does.
func (w *world) backup() []byte {
	w.t.Helper()
	s := httptest.NewServer(w.hub.AdminHandler())
	defer s.Close()
	resp, err := http.Get(s.URL + "/v1/admin/backup")
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		w.t.Fatalf("%s, %v", resp.Status, err)
	}
	return b
}

// restoreFrom stops the hub, loses its disk, and starts it from a backup.
func (w *world) restoreFrom(b []byte, o RestoreOptions) Copy {
	w.t.Helper()
	w.halt()
	c, err := w.unpack(b, o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.start()
	return c
}

func (w *world) unpack(b []byte, o RestoreOptions) (Copy, error) {
	w.cfg.Dir = filepath.Join(w.t.TempDir(), "restored")
	return Restore(context.Background(), w.cfg.Dir, "it", func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }, o, time.Now())
}

func (w *world) show(p *provider, held channel.HeldPayout) (channel.Payouts, error) {
	return w.client.Show(context.Background(), p.key, w.chainB(), held)
}

// refusesOrders checks that a hub takes no order of anybody, gives no consent
// and signs nothing new, and says why.
func (w *world) refusesOrders(p *provider, c *consumer, tick uint64) {
	w.t.Helper()
	ctx := context.Background()
	if _, err := w.client.Pay(ctx, p.batch(tick, nil, c.order(p, tick, "0.1"))); wherry.CodeOf(err) != wherry.Refused || !strings.Contains(err.Error(), "not whole") {
		w.t.Errorf("pay: %v", err)
	}
	if err := w.client.Health(ctx); wherry.CodeOf(err) != wherry.Refused {
		w.t.Errorf("health: %v", err)
	}
	if _, err := w.client.Close(ctx, c.key, w.chainA()); wherry.CodeOf(err) != wherry.Conflict {
		w.t.Errorf("close: %v", err)
	}
	if _, err := w.client.Orders(ctx, c.key, w.chainA(), []uint64{99}); wherry.CodeOf(err) != wherry.Refused {
		w.t.Errorf("orders: %v", err)
	}
	if _, err := w.client.Bind(ctx, channel.Bind(p.key, p.payee, w.b.Params().Domain(), 2)); wherry.CodeOf(err) != wherry.Refused {
		w.t.Errorf("bind: %v", err)
	}
	if _, err := w.hub.Solvency(ctx, w.b.Params().ID); wherry.CodeOf(err) != wherry.Refused {
		w.t.Errorf("solvency: %v", err)
	}
	if s := w.hub.Status(); s.Serving || !strings.Contains(s.Error, "not whole") {
		w.t.Errorf("status: %t %q", s.Serving, s.Error)
	}
}

// TestRestoredHubTakesNoOrdersAndPaysWhatItOwes is the bad day: the disk is gone,
// the backup is older than what was signed.
func TestRestoredHubTakesNoOrdersAndPaysWhatItOwes(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	p.pay(p.batch(2, []uint64{1}, c.order(p, 2, "0.1")))
	old := w.backup()
	p.pay(p.batch(3, []uint64{2}, c.order(p, 3, "0.1")))
	newest := p.pay(p.batch(0, []uint64{3}))
	found := w.restoreFrom(old, RestoreOptions{Hub: w.key.Address()})
	if found.Hub != w.key.Address() || found.Whole == nil || found.Records == 0 || len(found.Chains) != 2 {
		t.Fatalf("%+v", found)
	}
	w.refusesOrders(p, c, 9)
	// What the backup knows counts still: the preimage of tick 2 is good.
	p.pay(p.batch(0, []uint64{2}))
	if got := w.hub.Totals(); got.Spent != tokens("0.2") {
		t.Fatalf("%+v", got)
	}
	// The provider shows what it holds, and gets it.
	got, err := w.show(p, channel.HeldPayout{Payout: newest.Unlocked})
	if err != nil || got.Unlocked.Total != newest.Unlocked.Total {
		t.Fatalf("%+v, %v", got, err)
	}
	w.settleAnyway()
	if got := w.tokensOf(w.b, p.payee.Address()); got != tokens("0.297") {
		t.Fatalf("the payee has %s", got)
	}
	if got := w.tokensOf(w.a, w.a.Params().Contract); got.IsZero() {
		t.Fatal("nothing is there")
	}
	if in := w.hub.Totals().In; in.Less(tokens("0.2")) {
		t.Fatalf("%s are collected", in)
	}
	w.restart() // it stays so
	w.refusesOrders(p, c, 10)
	if err := w.hub.takeSnapshot(); err != nil {
		t.Fatal(err)
	}
	w.restart()
	w.refusesOrders(p, c, 11)
}

// settleAnyway settles although the hub serves nobody.
func (w *world) settleAnyway() {
	w.t.Helper()
	w.hub.force(1)
	w.until("everything is paid", func() bool {
		w.hub.kick()
		t := w.hub.Totals()
		return t.Owed.IsZero() && t.Uncollected.IsZero()
	})
	w.hub.force(-1)
}

// TestRestoredHubHonoursAPreimageThatIsShown: the locked payout is newer than the
// backup, and its lock is open.
func TestRestoredHubHonoursAPreimageThatIsShown(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	old := w.backup()
	a := p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	w.restoreFrom(old, RestoreOptions{})
	if got, err := w.show(p, channel.HeldPayout{Payout: a.Locked}); err != nil || !got.Unlocked.IsZero() {
		t.Fatalf("honoured without its preimage: %+v, %v", got, err)
	}
	got, err := w.show(p, channel.HeldPayout{Payout: a.Locked, Preimage: p.secret(1)})
	if err != nil || got.Unlocked.Total != a.Locked.Total {
		t.Fatalf("%+v, %v", got, err)
	}
}

// TestWholeHubIsNotMovedByItsOwnPayouts: nothing that a hub with a whole journal
// has ever signed says otherwise, whenever it is shown.
func TestWholeHubIsNotMovedByItsOwnPayouts(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c, d := w.provider("p"), w.consumer("c", "5"), w.consumer("d", "5")
	var all []channel.HeldPayout
	keep := func(tick uint64, a channel.Answer) {
		for _, o := range []channel.SignedPayout{a.Locked, a.Unlocked} {
			if !o.IsZero() {
				all = append(all, channel.HeldPayout{Payout: o, Preimage: p.secret(tick)}, channel.HeldPayout{Payout: o})
			}
		}
		for _, h := range all {
			if _, err := w.show(p, h); err != nil {
				t.Fatal(err)
			}
		}
	}
	keep(1, p.pay(p.batch(1, nil, c.order(p, 1, "0.1"))))
	keep(1, p.pay(p.batch(1, nil, d.order(p, 1, "0.2"))))
	keep(2, p.pay(p.batch(2, nil, c.order(p, 2, "0.1")))) // 1 is unrevealed
	keep(0, p.pay(p.batch(0, []uint64{2})))
	keep(3, p.pay(p.batch(3, []uint64{1}, c.order(p, 3, "0.1"))))
	w.b.Advance(13 * time.Hour) // tick 3 expires
	w.a.Advance(13 * time.Hour)
	w.b.Mine(2)
	w.a.Mine(2)
	w.until("the tick is void", func() bool { return w.hub.Totals().Pending.IsZero() })
	keep(4, p.pay(p.batch(4, nil, d.order(p, 4, "0.3"))))
	if err := w.hub.Err(); err != nil {
		t.Fatal(err)
	}
}

// TestForeignPayoutsProveNothing: only the hub's own signature does, under this
// chain and contract.
func TestForeignPayoutsProveNothing(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	a := p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	more := channel.SignedPayout{Payee: p.payee.Address(), Total: tokens("4")}
	more.Sig = p.key.Sign(more.Payout().Digest(w.b.Params().Domain()))
	other := channel.SignedPayout{Payee: p.payee.Address(), Total: tokens("4")}
	other.Sig = w.key.Sign(other.Payout().Digest(w.a.Params().Domain()))
	raised := a.Locked
	raised.Total = tokens("4")
	for what, o := range map[string]channel.SignedPayout{"of another": more, "of another chain": other, "changed": raised} {
		if _, err := w.show(p, channel.HeldPayout{Payout: o, Preimage: p.secret(1)}); wherry.CodeOf(err) != wherry.Forbidden {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := w.hub.Err(); err != nil {
		t.Fatal(err)
	}
}

// TestOperatorWhoKnowsTheLastRecord may go on; one who is wrong may not.
func TestOperatorWhoKnowsTheLastRecord(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	old := w.backup()
	last := w.hub.Status().Records
	w.halt()
	if _, err := w.unpack(old, RestoreOptions{Last: last + 1}); wherry.CodeOf(err) != wherry.Refused {
		t.Fatalf("a backup that is known to be older: %v", err)
	}
	if _, err := os.Stat(w.cfg.Dir); err == nil {
		t.Fatal("it was restored all the same")
	}
	if _, err := w.unpack(old, RestoreOptions{Hub: p.key.Address()}); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("the backup of another hub: %v", err)
	}
	w.restoreFrom(old, RestoreOptions{Last: last})
	p.pay(p.batch(2, []uint64{1}, c.order(p, 2, "0.1")))
	p.pay(p.batch(0, []uint64{2}))
	w.settle()
	if got := w.tokensOf(w.b, p.payee.Address()); got != tokens("0.198") {
		t.Fatalf("the payee has %s", got)
	}
}

// TestEvidenceEndsTheOperatorsWord: the operator was wrong, and the chain or a
// payee shows it. The hub stops for good, before it takes an order where the
// chain knows.
func TestEvidenceEndsTheOperatorsWord(t *testing.T) {
	for _, by := range []string{"a payee", "a settlement", "a collection"} {
		t.Run(by, func(t *testing.T) {
			w := newWorld(t, 0, nil)
			p, c := w.provider("p"), w.consumer("c", "5")
			old := w.backup()
			last := w.hub.Status().Records
			a := p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
			newest := p.pay(p.batch(0, []uint64{1}))
			switch by {
			case "a settlement":
				w.send(w.b, p.payee, chain.Settle{Hub: w.key.Address(), Payouts: []chain.SignedPayout{{
					Payout: a.Locked.Payout(), Signature: a.Locked.Sig, Preimage: p.secret(1),
				}}})
			case "a collection":
				w.send(w.a, c.key, chain.RequestExit{Hub: w.key.Address()})
				w.until("the promise is collected", func() bool { return w.hub.Totals().In == tokens("0.1") })
			}
			w.halt()
			_, err := w.unpack(old, RestoreOptions{Last: last, Chains: w.cfg.Chains})
			if by != "a payee" && (wherry.CodeOf(err) != wherry.Refused || !strings.Contains(err.Error(), "older")) {
				t.Fatalf("the chain knows better: %v", err)
			}
			w.restoreFrom(old, RestoreOptions{Last: last}) // without asking the chains
			if by == "a payee" {
				if err := w.hub.Err(); err != nil {
					t.Fatal(err)
				}
				if _, err := w.show(p, channel.HeldPayout{Payout: newest.Unlocked}); err != nil {
					t.Fatal(err)
				}
			}
			w.refusesOrders(p, c, 5)
			w.restart()
			w.refusesOrders(p, c, 6)
		})
	}
}

// TestHandedOverJournal is moved to another disk: the old one is not opened any
// more, and the copy is whole.
func TestHandedOverJournal(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	first := p.batch(1, nil, c.order(p, 1, "0.1"))
	before := p.pay(first)
	var b bytes.Buffer
	if _, err := BackupDir(w.cfg.Dir, &b, true, time.Now()); wherry.CodeOf(err) != wherry.Busy {
		t.Fatalf("the journal of a running hub: %v", err)
	}
	w.halt()
	old := w.cfg.Dir
	b.Reset()
	if c, err := BackupDir(old, &b, true, time.Now()); err != nil || !c.Moved {
		t.Fatalf("%+v, %v", c, err)
	}
	if _, err := Open(w.cfg); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("the old journal opens: %v", err)
	}
	var again bytes.Buffer // the copy was lost on the way
	if c, err := BackupDir(old, &again, true, time.Now()); err != nil || !c.Moved {
		t.Fatalf("%+v, %v", c, err)
	}
	w.restoreFrom(b.Bytes(), RestoreOptions{})
	if a := p.pay(first); a.Locked != before.Locked {
		t.Fatal("the same batch gets another answer")
	}
	p.pay(p.batch(2, []uint64{1}, c.order(p, 2, "0.1")))
	p.pay(p.batch(0, []uint64{2}))
	w.settle()
}

// TestBackupHasASnapshotToo backs up a hub that has taken one.
func TestBackupHasASnapshotToo(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	if err := w.hub.takeSnapshot(); err != nil {
		t.Fatal(err)
	}
	p.pay(p.batch(2, []uint64{1}, c.order(p, 2, "0.1")))
	b := w.backup()
	want := w.hub.Totals()
	found, err := ReadBackup("it", bytes.NewReader(b))
	if err != nil || found.Snapshot == 0 || found.Records <= found.Snapshot {
		t.Fatalf("%+v, %v", found, err)
	}
	w.restoreFrom(b, RestoreOptions{Last: found.Records})
	if got := w.hub.Totals(); got.Spent != want.Spent || got.Pending != want.Pending || got.Earned != want.Earned {
		t.Fatalf("%+v, want %+v", got, want)
	}
}

// TestReadDirLooksAtALiveHub reads the journal of a running hub, and finds its book.
func TestReadDirLooksAtALiveHub(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	if err := w.hub.takeSnapshot(); err != nil {
		t.Fatal(err)
	}
	p.pay(p.batch(0, []uint64{1}))
	kinds := map[string]int{}
	found, err := ReadDir(w.cfg.Dir, func(_ uint64, kind string, _ []byte) { kinds[kind]++ })
	if err != nil || found.Records != w.hub.Status().Records || found.Hub != w.key.Address() || found.Whole != nil {
		t.Fatalf("%+v, %v", found, err)
	}
	if kinds["pay"] == 0 || kinds["ins"] == 0 || kinds["open"] != 1 || kinds["end"] != 1 || kinds["unreadable"] != 0 {
		t.Fatalf("%v", kinds)
	}
	var spent wherry.Amount
	for _, x := range found.Totals {
		spent = add(spent, x.Spent)
	}
	if spent != w.hub.Totals().Spent || spent.IsZero() {
		t.Fatalf("%s are spent", spent)
	}
}

// TestBackupThatFailsOnTheWayIsNone: a journal that cannot be read any more.
func TestBackupThatFailsOnTheWayIsNone(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	if err := w.hub.Backup(full{}, time.Now()); err == nil {
		t.Fatal("a backup that nobody took is made")
	}
	if err := w.hub.Err(); err != nil {
		t.Fatalf("the hub minds: %v", err)
	}
	p.pay(p.batch(0, []uint64{1}))
}

// remote is a log that has no copy to give.
type remote struct{ journal.Log }

// TestBackupOfAJournalThatIsElsewhere is the book, and what is behind it is not missed.
func TestBackupOfAJournalThatIsElsewhere(t *testing.T) {
	dir := t.TempDir()
	w := newWorld(t, 0, func(c *Config) {
		c.Dir = dir
		c.Journal = func(load, replay func([]byte) error) (journal.Log, journal.Recovery, error) {
			l, rec, err := journal.Config{Dir: dir}.Opener()(load, replay)
			return remote{l}, rec, err
		}
	})
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	b := w.backup()
	w.cfg.Journal = nil // what is restored is on this disk
	p.pay(p.batch(0, []uint64{1}))
	want := w.hub.Totals()
	found, err := ReadBackup("it", bytes.NewReader(b))
	if err != nil || found.Snapshot != found.Records || found.Hub != w.key.Address() {
		t.Fatalf("%+v, %v", found, err)
	}
	w.restoreFrom(b, RestoreOptions{Last: found.Records})
	p.pay(p.batch(0, []uint64{1}))
	if got := w.hub.Totals(); got.Spent != want.Spent || got.Earned != want.Earned {
		t.Fatalf("%+v, want %+v", got, want)
	}
}

type full struct{}

func (full) Write(b []byte) (int, error) { return len(b) / 2, errFull }
