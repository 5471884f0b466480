package catalogue_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/market/catalogue"
	"github.com/wherrynet/wherry/market/offer"
)

const chainID = 31337

var start = time.Unix(1_800_000_000, 0)

func key(n byte) *identity.Key {
	k, err := identity.KeyFromBytes(bytes.Repeat([]byte{n}, 32))
	if err != nil {
		panic(err)
	}
	return k
}

// record returns provider n's signed offer of seq seconds after start.
func record(n byte, seq int, change ...func(*offer.Offer)) offer.Signed {
	o := offer.Offer{
		Provider: key(n).Address(), Seq: uint32(start.Unix() + int64(seq)), Lease: time.Hour, Service: "wireguard", PayeeChain: 2,
		Rate:      wherry.Rate{PerGiB: wherry.Base(7)},
		Hubs:      []offer.HubRef{{ChainID: 1, Hub: wherry.Address{9}}},
		Endpoints: []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:41000")}, ControlKey: [32]byte{1},
	}
	for _, f := range change {
		f(&o)
	}
	s, err := offer.Sign(o, key(n), chainID)
	if err != nil {
		panic(err)
	}
	return s
}

func withdraw(s offer.Signed, n byte) offer.Signed {
	w, err := offer.Sign(s.Withdraw(), key(n), chainID)
	if err != nil {
		panic(err)
	}
	return w
}

func open(t testing.TB, cfg catalogue.Config) *catalogue.Catalogue {
	t.Helper()
	cfg.ChainID = chainID
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	c, err := catalogue.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// add admits a record that is expected to be news, or to be refused with why.
func add(t *testing.T, c *catalogue.Catalogue, raw []byte, now time.Time, why catalogue.Refusal) {
	t.Helper()
	news, err := c.Add(raw, "peer", now)
	var got catalogue.Refusal
	errors.As(err, &got)
	if got != why || news != (why == "") || (err != nil) != (why != "") {
		t.Errorf("got %v, %v; want refusal %q", news, err, why)
	}
}

func TestOfferIsFound(t *testing.T) {
	c := open(t, catalogue.Config{})
	changed := c.Changed()
	s := record(1, 0)
	add(t, c, s.Raw, start, "")
	select {
	case <-changed:
	default:
		t.Error("nobody was told")
	}
	if got := c.Offers(start); len(got) != 1 || got[0].ID != s.ID {
		t.Errorf("got %v", got)
	}
	if news, err := c.Add(s.Raw, "another", start); news || err != nil {
		t.Errorf("the same again: %v, %v", news, err)
	}
}

func TestOfferExpires(t *testing.T) {
	c := open(t, catalogue.Config{})
	add(t, c, record(1, 0).Raw, start, "")
	add(t, c, record(2, 60).Raw, start, "")
	for _, step := range []struct{ seconds, want int }{{0, 2}, {3599, 2}, {3600, 1}, {3659, 1}, {3660, 0}} {
		if got := c.Offers(start.Add(time.Duration(step.seconds) * time.Second)); len(got) != step.want {
			t.Errorf("after %d s: %d offers, want %d", step.seconds, len(got), step.want)
		}
	}
	add(t, c, record(3, -3600).Raw, start, catalogue.Stale)
}

func TestRecordTooLargeOrMalformed(t *testing.T) {
	c := open(t, catalogue.Config{})
	add(t, c, make([]byte, offer.MaxSize+1), start, catalogue.Malformed)
	add(t, c, nil, start, catalogue.Malformed)
	add(t, c, bytes.Repeat([]byte{0xff}, 200), start, catalogue.Malformed)
}

func TestUnknownProvider(t *testing.T) {
	c := open(t, catalogue.Config{Admit: func(a wherry.Address) bool { return a == key(1).Address() }})
	add(t, c, record(1, 0).Raw, start, "")
	add(t, c, record(2, 0).Raw, start, catalogue.NotAdmitted)
}

func TestOlderRecordIsStale(t *testing.T) {
	c := open(t, catalogue.Config{})
	add(t, c, record(1, 100).Raw, start, "")
	add(t, c, record(1, 0).Raw, start, catalogue.Stale)
}

func TestRecordFromTheFuture(t *testing.T) {
	c := open(t, catalogue.Config{})
	add(t, c, record(1, 121).Raw, start, catalogue.FromFuture)
	add(t, c, record(1, 120).Raw, start, "")
}

func TestRecordsOfOneProviderAreSpaced(t *testing.T) {
	c := open(t, catalogue.Config{})
	add(t, c, record(1, 0).Raw, start, "")
	add(t, c, record(1, 59).Raw, start, catalogue.TooOften)
	add(t, c, record(1, 60).Raw, start, "")
	add(t, c, record(1, 30, func(o *offer.Offer) { o.Service = "proxy" }).Raw, start, "") // another key
}

func TestNextSeqIsAdmitted(t *testing.T) {
	c := open(t, catalogue.Config{})
	now, first := start, record(1, 0)
	add(t, c, first.Raw, now, "")
	gone := withdraw(first, 1)
	add(t, c, gone.Raw, now, "")
	seq, ok := offer.NextSeq(&gone.Offer, now) // restarted at once
	if !ok {
		t.Fatal("nobody would take it")
	}
	add(t, c, record(1, int(int64(seq)-start.Unix())).Raw, now, "")
	if got := c.Offers(now); len(got) != 1 {
		t.Errorf("%d offers", len(got))
	}
	again := record(1, int(int64(seq)-start.Unix()))
	if _, ok := offer.NextSeq(&again.Offer, now); !ok {
		return
	}
	t.Error("a third record within a minute would not be refused as from the future")
}

func TestWithdrawTakesBack(t *testing.T) {
	c := open(t, catalogue.Config{})
	first := record(1, 0)
	gone := withdraw(first, 1)
	add(t, c, first.Raw, start, "")
	add(t, c, gone.Raw, start, "")
	if got := c.Offers(start); len(got) != 0 {
		t.Errorf("%d offers", len(got))
	}
	add(t, c, first.Raw, start, catalogue.Stale) // a peer that has not heard
	c.Purge(start.Add(2 * time.Hour))
	add(t, c, first.Raw, start.Add(30*time.Minute), catalogue.Stale)
	add(t, c, withdraw(gone, 1).Raw, start, catalogue.TooOften) // only an offer's withdrawal is exempt
	c.Purge(start.Add(25 * time.Hour))
	if _, held := c.Last(first.Key()); held {
		t.Error("a record that says nothing any more is kept")
	}
}

func TestBadSignature(t *testing.T) {
	c := open(t, catalogue.Config{})
	bad := slices.Clone(record(1, 0).Raw)
	bad[len(bad)-10] ^= 1
	add(t, c, bad, start, catalogue.BadSignature)
	foreign, err := offer.Sign(record(1, 0).Offer, key(1), chainID+1)
	if err != nil {
		t.Fatal(err)
	}
	add(t, c, foreign.Raw, start, catalogue.BadSignature)
}

func TestSourceIsRationed(t *testing.T) {
	c := open(t, catalogue.Config{SourceRate: 1, SourceBurst: 2})
	bad := slices.Clone(record(1, 0).Raw)
	bad[len(bad)-10] ^= 1
	add(t, c, bad, start, catalogue.BadSignature)
	add(t, c, bad, start, catalogue.BadSignature)
	add(t, c, bad, start, catalogue.SourceBusy)
	if news, err := c.Add(record(1, 0).Raw, "somebody else", start); !news || err != nil {
		t.Errorf("another source pays for it: %v", err)
	}
	add(t, c, record(1, 60).Raw, start.Add(time.Second), "") // one second, one signature
	if err := c.Publish(record(2, 0), start.Add(time.Second)); err != nil {
		t.Errorf("our own signatures are rationed: %v", err)
	}
}

func TestProviderHasFewServices(t *testing.T) {
	c := open(t, catalogue.Config{MaxPerProvider: 2})
	for i, service := range []string{"a", "b", "c"} {
		why := catalogue.Refusal("")
		if i == 2 {
			why = catalogue.Full
		}
		add(t, c, record(1, 0, func(o *offer.Offer) { o.Service = service }).Raw, start, why)
	}
}

func TestCatalogueIsBounded(t *testing.T) {
	c := open(t, catalogue.Config{MaxOffers: 2})
	add(t, c, record(1, 0).Raw, start, "")
	add(t, c, record(2, 0, func(o *offer.Offer) { o.Lease = time.Minute }).Raw, start, "")
	add(t, c, record(3, 0).Raw, start, catalogue.Full)
	add(t, c, record(3, 0).Raw, start.Add(2*time.Minute), "") // in the place of one that expired
}

func TestEquivocationIsProven(t *testing.T) {
	path := filepath.Join(t.TempDir(), "offers")
	c := open(t, catalogue.Config{Path: path})
	now := time.Now()
	at := int(now.Sub(start) / time.Second)
	one, two := record(1, at), record(1, at, func(o *offer.Offer) { o.Rate.PerGiB = wherry.Base(1) })
	add(t, c, one.Raw, now, "")
	add(t, c, two.Raw, now, catalogue.Equivocates)
	if news, err := c.Add(two.Raw, "peer", now); news || err != nil {
		t.Errorf("the proof again: %v, %v", news, err)
	}
	c.Close()
	for _, c := range []*catalogue.Catalogue{c, open(t, catalogue.Config{Path: path})} {
		got := c.Proofs()
		if len(got) != 1 || !bytes.Equal(got[0].A, one.Raw) || !bytes.Equal(got[0].B, two.Raw) || got[0].Seq != one.Seq {
			t.Errorf("got %d proofs", len(got))
		}
	}
}

// TestForgedEquivocationIsNone: without the provider's signature under both,
// there is no proof.
func TestForgedEquivocationIsNone(t *testing.T) {
	c := open(t, catalogue.Config{})
	one, two := record(1, 0), record(1, 0, func(o *offer.Offer) { o.Rate.PerGiB = wherry.Base(1) })
	add(t, c, one.Raw, start, "")
	forged := slices.Clone(two.Raw)
	forged[len(forged)-10] ^= 1
	add(t, c, forged, start, catalogue.BadSignature)
	if got := c.Proofs(); len(got) != 0 {
		t.Errorf("got %d proofs", len(got))
	}
}

// TestCheaperTestsComeFirst: a record that fails several tests is refused by the
// first of them in the stated order, and costs no signature check.
func TestCheaperTestsComeFirst(t *testing.T) {
	spoil := func(s offer.Signed) []byte {
		b := slices.Clone(s.Raw)
		b[len(b)-10] ^= 1
		return b
	}
	admit := func(a wherry.Address) bool { return a != key(3).Address() }
	c := open(t, catalogue.Config{Admit: admit, SourceRate: 1e-9, SourceBurst: 1})
	add(t, c, record(1, 100).Raw, start, "") // and the ration is used up
	add(t, c, spoil(record(3, 500)), start, catalogue.NotAdmitted)
	add(t, c, spoil(record(1, 0)), start, catalogue.Stale)
	add(t, c, spoil(record(1, 500)), start, catalogue.FromFuture)
	add(t, c, spoil(record(1, 110)), start, catalogue.TooOften)
	add(t, c, spoil(record(2, 0)), start, catalogue.SourceBusy)
}

func TestRecordsSurviveARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "offers")
	now := time.Now()
	at := int(now.Sub(start) / time.Second)
	c := open(t, catalogue.Config{Path: path})
	gone := record(3, at)
	for _, s := range []offer.Signed{record(1, at-60), record(1, at), record(2, at), gone, withdraw(gone, 3)} {
		add(t, c, s.Raw, now, "")
	}
	c.Close()
	again := open(t, catalogue.Config{Path: path})
	if got := again.Offers(now); len(got) != 2 {
		t.Errorf("%d offers came back", len(got))
	}
	if last, _ := again.Last(gone.Key()); !last.Withdrawn() {
		t.Error("the withdrawal was forgotten")
	}
	add(t, again, gone.Raw, now, catalogue.Stale)
}

func TestTornTailIsCutOff(t *testing.T) {
	now := time.Now()
	at := int(now.Sub(start) / time.Second)
	path := filepath.Join(t.TempDir(), "offers")
	c := open(t, catalogue.Config{Path: path})
	add(t, c, record(1, at).Raw, now, "")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	add(t, c, record(2, at).Raw, now, "")
	c.Close()
	both, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(both) {
		if err := os.WriteFile(path, both[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		c := open(t, catalogue.Config{Path: path, Log: slog.New(slog.DiscardHandler)})
		want := 0
		if cut >= len(whole) {
			want = 1
		}
		if got := len(c.Offers(now)); got != want {
			t.Fatalf("cut at %d of %d: %d offers, want %d", cut, len(both), got, want)
		}
		c.Close()
		if cut%37 != 0 {
			continue
		}
		c = open(t, catalogue.Config{Path: path}) // what was cut is written anew
		add(t, c, record(3, at).Raw, now, "")
		c.Close()
		if got := len(open(t, catalogue.Config{Path: path}).Offers(now)); got != want+1 {
			t.Fatalf("cut at %d: %d offers after one more", cut, got)
		}
	}
}

func TestDamagedRecordIsNotBelieved(t *testing.T) {
	now := time.Now()
	at := int(now.Sub(start) / time.Second)
	path := filepath.Join(t.TempDir(), "offers")
	c := open(t, catalogue.Config{Path: path})
	add(t, c, record(1, at).Raw, now, "")
	add(t, c, record(2, at).Raw, now, "")
	c.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 16; i < len(b); i += 11 {
		bad := slices.Clone(b)
		bad[i] ^= 0x20
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		c := open(t, catalogue.Config{Path: path, Log: slog.New(slog.DiscardHandler)})
		for _, s := range c.Offers(now) {
			if _, err := offer.Parse(s.Raw, chainID); err != nil {
				t.Fatalf("byte %d changed: %v", i, err)
			}
		}
		if len(c.Offers(now)) == 2 {
			t.Fatalf("byte %d changed, and nobody noticed", i)
		}
		c.Close()
	}
}

// TestForgedFileIsNotBelieved: who can write to the file still cannot make an
// offer, and what another network's catalogue holds is none here.
func TestForgedFileIsNotBelieved(t *testing.T) {
	c := open(t, catalogue.Config{Admit: func(a wherry.Address) bool { return a != key(3).Address() }})
	forged := slices.Clone(record(1, 0).Raw)
	forged[len(forged)-10] ^= 1
	foreign, err := offer.Sign(record(1, 0).Offer, key(1), chainID+1)
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range [][]byte{forged, foreign.Raw, record(3, 0).Raw, record(1, -9000).Raw, {1, 2, 3}} {
		b := catalogue.Entry(raw)
		if n := c.Load(b, start); n != len(b) {
			t.Errorf("%d of %d bytes are whole", n, len(b))
		}
	}
	if got := c.Offers(start); len(got) != 0 {
		t.Errorf("%d offers", len(got))
	}
	c.Load(catalogue.Entry(record(1, 0).Raw), start)
	if got := c.Offers(start); len(got) != 1 {
		t.Errorf("control: %d offers", len(got))
	}
}

func TestForeignFileIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "diary")
	if err := os.WriteFile(path, []byte("dear diary, today"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := catalogue.Open(catalogue.Config{ChainID: chainID, Path: path})
	if wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("got %v", err)
	}
	b, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(b), "dear diary") {
		t.Errorf("the file was changed: %q, %v", b, err)
	}
}

func TestFileDoesNotGrowForever(t *testing.T) {
	if testing.Short() {
		t.Skip("signs thousands of records")
	}
	path := filepath.Join(t.TempDir(), "offers")
	c := open(t, catalogue.Config{Path: path})
	big := func(o *offer.Offer) { o.Relays = []wherry.Address{{1}, {2}, {3}}; o.Name = strings.Repeat("x", 24) }
	var now time.Time
	for i := range 9000 {
		now = start.Add(time.Duration(i) * time.Minute)
		add(t, c, record(1, i*60, big).Raw, now, "")
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 1<<20+4096 {
		t.Errorf("the file has %d bytes for one record", info.Size())
	}
}

func TestFullDiskIsDoneWithout(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	c := open(t, catalogue.Config{})
	c.BreakDisk(t)
	add(t, c, record(1, 0).Raw, start, "")
	add(t, c, record(2, 0).Raw, start, "")
	if got := c.Offers(start); len(got) != 2 {
		t.Errorf("%d offers", len(got))
	}
}
