package node

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub/client"
	"github.com/wherrynet/wherry/payment/wallet"
)

type echo struct{ Text string }

// served runs a control for a book until the test ends, or stop is called.
func served(t *testing.T, book string) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- serveControl(ctx, book, map[string]task{
			"echo": func(_ context.Context, args json.RawMessage) (any, error) {
				var e echo
				err := json.Unmarshal(args, &e)
				return e, err
			},
			"half": func(context.Context, json.RawMessage) (any, error) {
				return echo{"as far as it is"}, wherry.Errorf(wherry.Pending, "not final yet")
			},
			"no": func(context.Context, json.RawMessage) (any, error) {
				return nil, wherry.Errorf(wherry.NotFunded, "no money")
			},
		})
	}()
	for deadline := time.Now().Add(10 * time.Second); ; {
		if _, err := os.Stat(controlPath(book)); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("nobody serves")
		}
		time.Sleep(time.Millisecond)
	}
	ended := false
	stop = func() {
		if ended {
			return
		}
		ended = true
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(stop)
	return stop
}

func TestRunningNodeDoesWhatACommandAsks(t *testing.T) {
	book := filepath.Join(t.TempDir(), "book.db")
	busy := wherry.Errorf(wherry.Conflict, "%s is in use", book)
	if _, err := elsewhere[echo](t.Context(), book, "echo", echo{}, busy); wherry.CodeOf(err) != wherry.Conflict || !strings.Contains(err.Error(), "in use") {
		t.Errorf("nobody answers: %v", err)
	}
	stop := served(t, book)
	if e, err := elsewhere[echo](t.Context(), book, "echo", echo{"a"}, busy); err != nil || e.Text != "a" {
		t.Errorf("%+v, %v", e, err)
	}
	if e, err := elsewhere[echo](t.Context(), book, "half", echo{}, busy); wherry.CodeOf(err) != wherry.Pending || e.Text == "" {
		t.Errorf("a result that is not final: %+v, %v", e, err)
	}
	if _, err := elsewhere[echo](t.Context(), book, "no", echo{}, busy); wherry.CodeOf(err) != wherry.NotFunded || err.Error() != "no money" {
		t.Errorf("an error: %v", err)
	}
	if _, err := elsewhere[echo](t.Context(), book, "what", echo{}, busy); err == nil {
		t.Error("an unknown task is done")
	}
	if _, err := elsewhere[echo](t.Context(), book, "echo", echo{strings.Repeat("x", 2*maxControl)}, busy); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("an endless question: %v", err)
	}
	stop()
	if _, err := os.Stat(controlPath(book)); !os.IsNotExist(err) {
		t.Errorf("the word is left behind: %v", err)
	}
}

// Whoever cannot read the file beside the book cannot move its money, though
// everybody on the computer can reach the address.
func TestCommandNeedsTheWord(t *testing.T) {
	book := filepath.Join(t.TempDir(), "book.db")
	served(t, book)
	info, err := os.Stat(controlPath(book))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the word: %v, %v", info.Mode(), err)
	}
	text, err := os.ReadFile(controlPath(book))
	if err != nil {
		t.Fatal(err)
	}
	var d desk
	if err := json.Unmarshal(text, &d); err != nil || len(d.Word) != 64 || !strings.HasPrefix(d.URL, "http://127.0.0.1:") {
		t.Fatalf("%+v, %v", d, err)
	}
	for _, word := range []string{"", "x", strings.Repeat("0", 64)} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.URL+"/echo", strings.NewReader(`{"Text":"a"}`))
		if err != nil {
			t.Fatal(err)
		}
		if word != "" {
			r.Header.Set("Authorization", "Bearer "+word)
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		var a controlAnswer
		err = json.NewDecoder(resp.Body).Decode(&a)
		_ = resp.Body.Close()
		if err != nil || a.Code != wherry.Unauthenticated || len(a.Result) > 0 {
			t.Errorf("with the word %q: %+v, %v", word, a, err)
		}
	}
}

// A node that was killed leaves its word behind, and another program may answer at its
// address since: it does not hear the word, and the next command goes on.
func TestWordOfANodeThatIsGone(t *testing.T) {
	heard := make(chan *http.Request, 16)
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		heard <- r
		_, _ = w.Write([]byte(`{"result":{"Text":"a lie"}}`))
	}))
	defer other.Close()
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	busy := wherry.Errorf(wherry.Conflict, "in use")
	for what, at := range map[string]string{"nobody answers": closed.URL, "somebody else answers": other.URL} {
		book := filepath.Join(t.TempDir(), "book.db")
		text, err := json.Marshal(desk{URL: at, Word: strings.Repeat("ab", 32)})
		if err == nil {
			err = os.WriteFile(controlPath(book), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, err := elsewhere[echo](t.Context(), book, "echo", echo{"a"}, busy); !errors.Is(err, errLeft) || e.Text != "" {
			t.Errorf("%s: %+v, %v", what, e, err)
		}
		if _, err := os.Stat(controlPath(book)); !os.IsNotExist(err) {
			t.Errorf("%s: it is still there: %v", what, err)
		}
		if _, err := elsewhere[echo](t.Context(), book, "echo", echo{"a"}, busy); wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("%s, the second time: %v", what, err)
		}
		stop := served(t, book) // and a node that comes is asked
		if e, err := elsewhere[echo](t.Context(), book, "echo", echo{"a"}, busy); err != nil || e.Text != "a" {
			t.Errorf("%s: %+v, %v", what, e, err)
		}
		stop()
	}
	close(heard)
	for r := range heard {
		if r.Header.Get("Authorization") != "" || r.Method != http.MethodGet {
			t.Errorf("a stranger heard %s %s", r.Method, r.Header)
		}
	}
}

// follower is a purse on a chain that makes blocks by hand.
func follower(t *testing.T) (*purse, *chaintest.Chain) {
	t.Helper()
	c := chaintest.New(chaintest.Config{Manual: true})
	key, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	c.Give(key.Address(), wherry.Tokens(100))
	desk := &hubDesk{key: testKey(7)}
	hub := desk.key.Address()
	desk.terms = channel.SignedTerms{
		Version: channel.Version, Hub: hub, A: channel.Chain{ID: c.Params().ID, Contract: c.Params().Contract}, FeePPM: 10_000,
		PayoutLife: 12 * 3600, ValidUntil: uint64(time.Now().Add(time.Hour).Unix()),
	}
	server := httptest.NewServer(desk)
	t.Cleanup(server.Close)
	pins, err := Config{State: t.TempDir()}.trust(Network{Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	known := &met{}
	w, err := wallet.Open(t.Context(), wallet.Config{
		Path: filepath.Join(t.TempDir(), "w.db"), Key: key, Every: time.Millisecond, Channels: []wallet.Channel{{Hub: hub, Chain: c}},
		Relayer: Config{}.relayers(Network{}, known),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	its := way{
		hub: HubEntry{Name: "north", Address: hub, URL: server.URL, Chains: []uint64{c.Params().ID}},
		id:  channel.ID{A: c.Params().Domain(), Hub: hub}, chain: c, client: &client.Client{URL: server.URL, Hub: hub},
	}
	return &purse{Wallet: w, way: its, ways: []way{its}, pins: pins, met: known}, c
}

// A top-up that is interrupted says how far it is; the same command follows it,
// and another is refused meanwhile.
func TestInterruptedTopUpIsFollowedAndNotRepeated(t *testing.T) {
	p, c := follower(t)
	for n := range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		got, err := Config{}.topUp(ctx, p, topUpArgs{Amount: wherry.Tokens(3)}, nil, nil)
		cancel()
		if wherry.CodeOf(err) != wherry.Pending || got.State == "final" || !strings.Contains(err.Error(), "same command") {
			t.Fatalf("%+v, %v", got, err)
		}
		all, err := p.Actions(t.Context(), 10)
		if err != nil || len(all) != 2 { // the approval, and what it is for
			t.Fatalf("after %d commands there are %d actions (%v)", n+1, len(all), err)
		}
		if n == 0 && !strings.Contains(errText(Config{}.topUp(t.Context(), p, topUpArgs{Amount: wherry.Tokens(5)}, nil, nil)), "on its way still") {
			t.Error("another is begun meanwhile")
		}
		c.Mine(n) // nothing, then the approval
	}
	go func() {
		for t.Context().Err() == nil { // blocks come as long as somebody waits for them
			c.Mine(1)
			time.Sleep(time.Millisecond)
		}
	}()
	got, err := Config{}.topUp(t.Context(), p, topUpArgs{Amount: wherry.Tokens(3)}, nil, nil)
	if err != nil || got.State != "final" || got.GasUsed == 0 || got.CostWei == "0" || got.ID.IsZero() {
		t.Fatalf("%+v, %v", got, err)
	}
	in, err := c.In(t.Context(), p.id.Hub, p.Address(), chain.Latest)
	if err != nil || in.Deposited != wherry.Tokens(3) {
		t.Errorf("%s are deposited (%v)", in.Deposited, err)
	}
}

func errText[T any](_ T, err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
