package relayer

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/relayer/client"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

func ask(t *testing.T, s *httptest.Server, method, path, accept string, body []byte) (int, []byte) {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Accept", accept)
	resp, err := s.Client().Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, b
}

func TestAPI(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	s := httptest.NewServer(r.Handler())
	defer s.Close()

	code, b := ask(t, s, http.MethodGet, "/v1/terms?chain=8001", "application/json", nil)
	var q struct {
		Relayer wherry.Address `json:"relayer"`
		Fees    []struct {
			Kind string        `json:"kind"`
			Fee  wherry.Amount `json:"fee"`
		} `json:"fees"`
	}
	if err := json.Unmarshal(b, &q); err != nil || code != 200 || q.Relayer != r.Address() || len(q.Fees) != 6 || q.Fees[0].Kind != "topup_permit" || q.Fees[0].Fee.IsZero() {
		t.Errorf("%d %s %v", code, b, err)
	}
	for path, want := range map[string]int{
		"/v1/terms": 400, "/v1/terms?chain=7": 404, "/v1/status?id=0x": 400, "/v1/status?id=" + wherry.Hash{1}.String(): 404, "/v1/nothing": 404,
	} {
		if code, b := ask(t, s, http.MethodGet, path, "", nil); code != want {
			t.Errorf("%s: %d %s", path, code, b)
		}
	}
	up := w.sign(w.topUp(w.quote(r), wherry.Tokens(5)))
	body, err := codec.Marshal(up)
	if err != nil {
		t.Fatal(err)
	}
	if code, b = ask(t, s, http.MethodPost, "/v1/submit", "", body[:len(body)-1]); code != 400 {
		t.Errorf("cut short: %d %s", code, b)
	}
	if code, b = ask(t, s, http.MethodPost, "/v1/submit", "", append(body, make([]byte, wire.MaxRequest)...)); code != 400 {
		t.Errorf("too long: %d %s", code, b)
	}
	if code, b = ask(t, s, http.MethodPost, "/v1/submit", "application/json", body); code != 200 || !strings.Contains(string(b), `"state":"planned"`) {
		t.Errorf("%d %s", code, b)
	}
	w.settle(r)
	many, err := codec.Marshal(wire.StatusRequest{Version: 1, IDs: []wherry.Hash{up.ID(), {1}}})
	if err != nil {
		t.Fatal(err)
	}
	code, b = ask(t, s, http.MethodPost, "/v1/status", "", many)
	var got wire.Statuses
	if err := codec.Unmarshal(b, &got); err != nil || code != 200 || len(got.Items) != 1 || got.Items[0].State != "final" {
		t.Errorf("%d %x %v", code, b, err)
	}
	h, err := client.Client{URL: s.URL}.Health(t.Context())
	if err != nil || h.Relayer != r.Address() || h.Open != 0 {
		t.Errorf("%+v %v", h, err)
	}
}

// A relayer with all hands full says so instead of queueing.
func TestTooManyRequests(t *testing.T) {
	w := newWorld(t)
	w.cfg = func(c *Config) { c.MaxRequests = 1 }
	r := w.open()
	s := httptest.NewServer(r.Handler())
	defer s.Close()
	r.slots <- struct{}{}
	_, err := client.Client{URL: s.URL}.Quote(t.Context(), w.name())
	wantCode(t, err, wherry.Busy)
	<-r.slots
	if _, err = (client.Client{URL: s.URL}).Quote(t.Context(), w.name()); err != nil {
		t.Error(err)
	}
}

// Whoever sends a request slowly keeps nobody out.
func TestSlowRequestsHoldNoPlace(t *testing.T) {
	w := newWorld(t)
	w.cfg = func(c *Config) { c.MaxRequests = 1 }
	r := w.open()
	s := httptest.NewServer(r.Handler())
	defer s.Close()
	body, more := io.Pipe()
	defer more.Close()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/v1/status", body)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		if resp, err := s.Client().Do(q); err == nil {
			_ = resp.Body.Close()
		}
	}()
	if _, err := more.Write([]byte{0xa2}); err != nil {
		t.Fatal(err)
	}
	for len(r.reading) == 0 && len(r.slots) == 0 {
		time.Sleep(time.Millisecond)
	}
	if _, err = (client.Client{URL: s.URL}).Quote(t.Context(), w.name()); err != nil {
		t.Error(err)
	}
	for range cap(r.reading) - 1 {
		r.reading <- struct{}{}
	}
	_, err = client.Client{URL: s.URL}.Quote(t.Context(), w.name())
	wantCode(t, err, wherry.Busy)
}

// What a relayer answers is held against what was asked.
func TestClientIsNotFooled(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	q := w.quote(r)
	other, err := wire.Quote{Chain: w.name(), ValidUntil: 1 << 40}.Sign(key(9))
	if err != nil {
		t.Fatal(err)
	}
	cheaper := q
	cheaper.Fees = nil
	elsewhere, err := wire.Quote{Chain: channel.Chain{ID: 1}}.Sign(w.relayer)
	if err != nil {
		t.Fatal(err)
	}
	var answer any
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		b, _ := codec.Marshal(answer)
		_, _ = rw.Write(b)
	}))
	defer s.Close()
	c := client.Client{URL: s.URL, Relayer: w.relayer.Address()}
	for name, a := range map[string]any{"another relayer": other, "changed": cheaper, "another chain": elsewhere, "no quote": "hello", "too long": make([]byte, 2*wire.MaxAnswer)} {
		answer = a
		if _, err := c.Quote(t.Context(), w.name()); wherry.CodeOf(err) != wherry.Refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	answer = wire.Status{ID: wherry.Hash{9}}
	_, err = c.Submit(t.Context(), w.sign(w.topUp(q, wherry.Tokens(5))))
	wantCode(t, err, wherry.Refused)
	_, err = c.Status(t.Context(), wherry.Hash{1})
	wantCode(t, err, wherry.Refused)
	s.Close()
	_, err = c.Quote(t.Context(), w.name())
	wantCode(t, err, wherry.Unreachable)
}

// No bytes from a stranger bring the relayer down, and what it takes reads back
// as the same.
func FuzzSubmission(f *testing.F) {
	token := typed.TokenDomain{ChainID: 1, Token: wherry.Address{5}}
	for _, k := range []wire.Kind{wire.TopUpPermit, wire.TopUpAuth, wire.Leave, wire.Close, wire.Finalize} {
		s := wire.Submission{
			Kind: k, Chain: channel.Chain{ID: 1, Contract: wherry.Address{1}}, Hub: wherry.Address{2}, Deposited: wherry.Tokens(1), Relayer: wherry.Address{3}, Deadline: 4,
		}
		b, err := codec.Marshal(s.Sign(key(1), token))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var s wire.Submission
		if codec.Unmarshal(data, &s) != nil {
			return
		}
		if s.Check(token) != nil {
			return
		}
		if s.Call() == nil || s.ID().IsZero() || !s.Kind.Known() {
			t.Errorf("%+v passes", s)
		}
		b, err := codec.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back wire.Submission
		if err := codec.Unmarshal(b, &back); err != nil || back.ID() != s.ID() {
			t.Errorf("%+v, %v", back, err)
		}
	})
}
