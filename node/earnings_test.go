package node

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/earnings"
	"github.com/wherrynet/wherry/payment/hub/client"
)

func testKey(n byte) *identity.Key {
	k, err := identity.KeyFromBytes(append(make([]byte, 31), n))
	if err != nil {
		panic(err)
	}
	return k
}

// hubDesk answers a provider's first questions.
type hubDesk struct {
	key   *identity.Key
	terms channel.SignedTerms
}

func (h *hubDesk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var out any
	switch r.URL.Path {
	case "/v1/terms":
		h.terms.Sig = h.key.Sign(h.terms.Terms().Digest(h.terms.A.Domain()))
		out = h.terms
	case "/v1/bind":
		body, _ := io.ReadAll(r.Body)
		var b channel.BindRequest
		if codec.Unmarshal(body, &b) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		out = channel.Bound{Version: channel.Version, Payee: b.Payee, Seq: b.Seq}
	default:
		w.WriteHeader(http.StatusNotFound)
		return
	}
	body, err := codec.Marshal(out)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	_, _ = w.Write(body)
}

func newPayeeBook(t *testing.T) (*payeeBook, *hubDesk) {
	t.Helper()
	c := chaintest.New(chaintest.Config{ChainID: 2})
	b := c.Params().Domain()
	h := &hubDesk{key: testKey(9)}
	h.terms = channel.SignedTerms{
		Version: channel.Version, Hub: h.key.Address(), A: channel.Chain{ID: 1, Contract: wherry.Address{1}}, FeePPM: 10_000,
		PayoutLife: 12 * 3600, ValidUntil: uint64(time.Now().Add(time.Hour).Unix()), Payees: []channel.Chain{{ID: b.ChainID, Contract: b.Contract}},
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	cl := client.Client{URL: server.URL, Hub: h.key.Address()}
	key := testKey(1)
	book, err := earnings.Open(t.Context(), earnings.Config{
		Path: filepath.Join(t.TempDir(), "book.db"), Key: key, Hub: cl.Hub, Chain: c, Hubs: cl,
		Deposits: []typed.Domain{h.terms.A.Domain()}, Trust: defaultTrust,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return &payeeBook{
		Book: book, hub: cl, a: []uint64{1}, payee: key, trust: defaultTrust, log: Config{}.log(), doubt: make(chan struct{}, 1),
	}, h
}

// A fee that has changed would make every payout look short, and every tick lost.
func TestChangedFeeIsLearnt(t *testing.T) {
	b, h := newPayeeBook(t)
	for _, fee := range []uint64{10_000, 20_000, 5_000} {
		h.terms.FeePPM = fee
		if err := b.greet(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.ready.Store(true)
		if b.fee != fee {
			t.Errorf("the fee is %d, want %d", b.fee, fee)
		}
	}
	if err := b.Serve(t.Context()); err != nil {
		t.Errorf("greeted, and may not serve: %v", err)
	}
}

func TestShortAnswerAsksForTheFeeAnew(t *testing.T) {
	b, h := newPayeeBook(t)
	if err := b.greet(t.Context()); err != nil {
		t.Fatal(err)
	}
	tick, lock, err := b.NextTick(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p := channel.SignedPromise{
		Consumer: testKey(2).Address(), A: h.terms.A.Domain(), Hub: b.Hub(), Total: wherry.Base(1000), Hashlock: lock,
		Order: typed.Order{Provider: testKey(1).Address(), ChainB: b.Domain().ChainID, ContractB: b.Domain().Contract, Amount: wherry.Base(1000), Seq: 1},
	}
	p.Sig = testKey(2).Sign(p.Digest())
	if err := b.CheckPromise(tick, p); err != nil {
		t.Fatal(err)
	}
	q, err := b.Batch(t.Context(), tick, []channel.SignedPromise{p})
	if err != nil {
		t.Fatal(err)
	}
	request, err := q.Request()
	if err != nil {
		t.Fatal(err)
	}
	a := channel.Answer{Version: channel.Version, Request: request, Tick: tick, Locked: channel.SignedPayout{
		Payee: b.Payee(), Total: wherry.Base(980), Expiry: uint64(time.Now().Add(12 * time.Hour).Unix()), Hashlock: lock,
	}}
	a.Locked.Sig = h.key.Sign(a.Locked.Payout().Digest(b.Domain()))
	if r, err := b.Answer(t.Context(), q, a); wherry.CodeOf(err) != wherry.Refused || !r.IsZero() {
		t.Fatalf("an answer of less: %v", err)
	}
	select {
	case <-b.doubt:
	default:
		t.Error("nobody asks for the terms")
	}
}

func TestTermsThatDoNotFitAreRefused(t *testing.T) {
	for name, change := range map[string]func(*channel.SignedTerms){
		"over":             func(s *channel.SignedTerms) { s.ValidUntil = uint64(time.Now().Add(-time.Second).Unix()) },
		"another chain":    func(s *channel.SignedTerms) { s.Payees[0].ID++ },
		"another contract": func(s *channel.SignedTerms) { s.Payees[0].Contract[0]++ },
		"too short a life": func(s *channel.SignedTerms) { s.PayoutLife = 9 * 3600 },
	} {
		t.Run(name, func(t *testing.T) {
			b, h := newPayeeBook(t)
			change(&h.terms)
			if err := b.greet(t.Context()); wherry.CodeOf(err) != wherry.Refused {
				t.Errorf("got %v, want refused", err)
			}
		})
	}
}

func TestTermsOfAnotherKeyAreRefused(t *testing.T) {
	b, h := newPayeeBook(t)
	h.key = testKey(8)
	if err := b.greet(t.Context()); wherry.CodeOf(err) != wherry.Refused {
		t.Errorf("got %v, want refused", err)
	}
}
