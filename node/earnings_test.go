package node

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/earnings"
	"github.com/wherrynet/wherry/payment/hub/client"
	"github.com/wherrynet/wherry/payment/solvency"
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
	key    *identity.Key
	terms  channel.SignedTerms
	chain  *chaintest.Chain
	last   solvency.Statement
	lie    func(*solvency.Statement) // changes a statement before it is signed
	silent bool                      // states nothing
}

// state answers with a statement that owes nobody anything.
func (h *hubDesk) state(w http.ResponseWriter, r *http.Request) any {
	if h.silent || r.URL.Query().Has("seq") && r.URL.Query().Get("seq") != fmt.Sprint(h.last.Seq) {
		w.WriteHeader(http.StatusNotFound)
		return nil
	}
	if r.Method == http.MethodPost || !r.URL.Query().Has("seq") {
		head, err := h.chain.Head(r.Context(), chain.Final)
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return nil
		}
		p := h.chain.Params()
		before, _ := h.last.ID()
		s := solvency.Statement{
			Version: solvency.Version, Hub: h.key.Address(), ChainID: p.ID, Contract: p.Contract, Seq: h.last.Seq + 1, Previous: before,
			Time: uint64(time.Now().Unix()), Block: head.Number, BlockHash: head.Hash,
		}
		if h.last.Seq == 0 {
			s.Previous = wherry.Hash{}
		}
		if h.lie != nil {
			h.lie(&s)
		}
		tree, _ := solvency.NewTree(s.Book(), nil)
		s.Root = tree.Root()
		s, _ = s.Sign(h.key)
		if h.lie == nil {
			h.last = s
		}
		if r.Method == http.MethodGet {
			return s
		}
		return solvency.Proof{Version: solvency.Version, Statement: s}
	}
	return h.last
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
	case "/v1/health":
		out = struct{}{}
	case "/v1/solvency":
		if out = h.state(w, r); out == nil {
			return
		}
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

// newHubDesk returns a hub that pays on a chain.
func newHubDesk(c *chaintest.Chain) *hubDesk {
	b := c.Params().Domain()
	h := &hubDesk{key: testKey(9), chain: c}
	h.terms = channel.SignedTerms{
		Version: channel.Version, Hub: h.key.Address(), A: channel.Chain{ID: 1, Contract: wherry.Address{1}}, FeePPM: 10_000,
		PayoutLife: 12 * 3600, ValidUntil: uint64(time.Now().Add(time.Hour).Unix()), Payees: []channel.Chain{{ID: b.ChainID, Contract: b.Contract}},
	}
	return h
}

func newPayeeBook(t *testing.T) (*payeeBook, *hubDesk) {
	t.Helper()
	c := chaintest.New(chaintest.Config{ChainID: 2})
	h := newHubDesk(c)
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
	pins, err := Config{State: t.TempDir()}.trust(Network{Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	entry := HubEntry{Name: "north", Address: cl.Hub, URL: cl.URL, Chains: []uint64{1}}
	return &payeeBook{
		Book: book, hub: cl, a: []uint64{1}, payee: key, trust: defaultTrust, log: Config{}.log(), doubt: make(chan struct{}, 1),
		entry: entry, pins: pins, every: time.Minute, verified: time.Now(),
		own: &verifier{hub: cl, entry: entry, chain: c, pins: pins, payee: key},
	}, h
}

// A fee that is raised, while a session runs, is followed by nobody: the way
// through the hub is shut until a person agrees. A lower one is no question.
func TestRaisedFeeShutsTheWay(t *testing.T) {
	b, h := newPayeeBook(t)
	ctx := t.Context()
	step := func(fee uint64, want wherry.Code) {
		t.Helper()
		h.terms.FeePPM = fee
		_ = b.look(ctx) // says what Serve says
		if err := b.Serve(ctx); wherry.CodeOf(err) != want {
			t.Errorf("fee %d: %v, want %q", fee, err, want)
		}
		if b.ready.Load() != (want == "") {
			t.Errorf("fee %d: new sessions are taken: %t", fee, b.ready.Load())
		}
		if why := b.pins.problem(b.Hub()); (why == "") != (want == "") {
			t.Errorf("fee %d: the screen says %q", fee, why)
		}
	}
	step(10_000, "")
	step(20_000, wherry.TermsChanged)
	step(500_000, wherry.TermsChanged)
	step(10_000, "") // the hub thinks better of it
	step(5_000, "")
	step(10_000, wherry.TermsChanged) // what was cheap once is agreed to
	now, err := b.hub.Terms(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.pins.agree(now); err != nil { // wherry hubs accept
		t.Fatal(err)
	}
	step(10_000, "")
	h.terms.PayoutLife -= 3600
	step(10_000, wherry.TermsChanged)
	b.pins.maxFee = 20_000
	h.terms.PayoutLife += 3600
	step(20_000, "")
	step(20_001, wherry.TermsChanged)
}

// A hub whose statement does not hold gets no new orders, and gets them again
// once it holds; one that was convicted does not until a person forgives it.
func TestCheatingHubIsNotTrusted(t *testing.T) {
	b, h := newPayeeBook(t)
	ctx := t.Context()
	look := func(what string, want wherry.Code, say string) {
		t.Helper()
		_ = b.look(ctx) // says what Serve says
		err := b.Serve(ctx)
		if wherry.CodeOf(err) != want || !strings.Contains(textOf(err), say) {
			t.Errorf("%s: %v, want %q that says %q", what, err, want, say)
		}
		if b.ready.Load() != (want == "") {
			t.Errorf("%s: new sessions are taken: %t", what, b.ready.Load())
		}
	}
	look("honest", "", "")
	h.lie = func(s *solvency.Statement) { s.Free = wherry.Tokens(1) }
	look("free overstated", wherry.Refused, "free_overstated")
	h.lie = nil
	look("right again", "", "")
	h.lie = func(s *solvency.Statement) {
		if s.Seq--; s.Seq > 0 { // what it said before, in other words
			s.Uncollected = wherry.Base(1)
		}
	}
	look("two statements", wherry.Refused, "two_statements")
	h.lie = nil
	look("convicted", wherry.Refused, "two_statements")
	if err := b.pins.forgive(b.Hub()); err != nil {
		t.Fatal(err)
	}
	look("forgiven", "", "")
	if c, err := b.pins.complaint(b.Hub(), payeeRole); err != nil || c.Text != "" {
		t.Errorf("%+v, %v", c, err)
	}
	h.silent = true
	look("silent, for a moment", "", "")
	b.verified = time.Now().Add(-provenWithin - time.Second)
	look("silent, for long", wherry.Refused, "proved")
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
