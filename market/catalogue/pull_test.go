package catalogue_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/market/catalogue"
	"github.com/wherrynet/wherry/market/offer"
)

// today returns provider n's offer signed back seconds ago.
func today(n byte, back int, change ...func(*offer.Offer)) offer.Signed {
	return record(n, int(time.Since(start)/time.Second)-back, change...)
}

func serve(t testing.TB, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// filled returns a catalogue with n providers' offers.
func filled(t *testing.T, n int, cfg catalogue.Config) *catalogue.Catalogue {
	t.Helper()
	c := open(t, cfg)
	for i := range n {
		if err := c.Publish(today(byte(i+1), 0), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func TestPullCopiesAndThenAsksForNews(t *testing.T) {
	theirs := filled(t, 3, catalogue.Config{})
	var asked []string
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Query().Get("since"))
		theirs.Handler().ServeHTTP(w, r)
	}))
	ours := open(t, catalogue.Config{Peers: []string{url}})
	for i, want := range []int{3, 0, 1} {
		if i == 2 {
			if err := theirs.Publish(today(9, 0), time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		if added, err := ours.Pull(t.Context(), url); added != want || err != nil {
			t.Errorf("pull %d: %d, %v", i, added, err)
		}
	}
	if len(asked) != 3 || asked[0] != "" || asked[1] == "" || asked[1] != asked[2] {
		t.Errorf("asked since %q", asked)
	}
	if got := len(ours.Offers(time.Now())); got != 4 {
		t.Errorf("%d offers", got)
	}
}

func TestPullGoesOnWherePagesEnd(t *testing.T) {
	theirs := filled(t, 10, catalogue.Config{Page: 3})
	url := serve(t, theirs.Handler())
	ours := open(t, catalogue.Config{Peers: []string{url}})
	if added, err := ours.Pull(t.Context(), url); added != 10 || err != nil {
		t.Errorf("got %d, %v", added, err)
	}
}

// TestPullFromAPeerThatStartedAnew: a cursor of another process means nothing.
func TestPullFromAPeerThatStartedAnew(t *testing.T) {
	now := filled(t, 2, catalogue.Config{})
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { now.Handler().ServeHTTP(w, r) }))
	ours := open(t, catalogue.Config{Peers: []string{url}})
	if added, err := ours.Pull(t.Context(), url); added != 2 || err != nil {
		t.Fatalf("got %d, %v", added, err)
	}
	now = filled(t, 4, catalogue.Config{})
	if added, err := ours.Pull(t.Context(), url); added != 2 || err != nil {
		t.Errorf("got %d, %v", added, err)
	}
}

func TestWithdrawalsArePulled(t *testing.T) {
	theirs := filled(t, 1, catalogue.Config{})
	url := serve(t, theirs.Handler())
	ours := open(t, catalogue.Config{Peers: []string{url}})
	if _, err := ours.Pull(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	last, _ := theirs.Last(offer.Key{Provider: key(1).Address(), Service: "wireguard"})
	if err := theirs.Publish(withdraw(last, 1), time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := ours.Pull(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	if got := len(ours.Offers(time.Now())); got != 0 {
		t.Errorf("%d offers", got)
	}
}

func TestHandlerAnswers(t *testing.T) {
	c := filled(t, 2, catalogue.Config{})
	url := serve(t, c.Handler()) + catalogue.OffersPath
	get := func(method, url string, header ...string) (*http.Response, []byte) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp, b
	}
	resp, body := get("GET", url)
	var raws [][]byte
	if err := codec.Unmarshal(body, &raws); err != nil || len(raws) != 2 {
		t.Fatalf("got %d records, %v", len(raws), err)
	}
	for _, raw := range raws {
		if _, err := offer.Parse(raw, chainID); err != nil {
			t.Error(err)
		}
	}
	etag, cursor := resp.Header.Get("ETag"), resp.Header.Get(catalogue.CursorHeader)
	for _, c := range []struct {
		name, method, url string
		header            []string
		status, bytes     int
	}{
		{"unchanged", "GET", url, []string{"If-None-Match", etag}, 304, 0},
		{"since now", "GET", url + "?since=" + cursor, nil, 200, 1},
		{"since nonsense", "GET", url + "?since=zzz-1", nil, 200, len(body)},
		{"since the future", "GET", url + "?since=" + strings.Split(cursor, "-")[0] + "-99999999999999999999", nil, 200, len(body)},
		{"head", "HEAD", url, nil, 200, 0},
		{"post", "POST", url, nil, 405, -1},
		{"elsewhere", "GET", url + "/x", nil, 404, -1},
	} {
		resp, b := get(c.method, c.url, c.header...)
		if resp.StatusCode != c.status || c.bytes >= 0 && len(b) != c.bytes {
			t.Errorf("%s: %d and %d bytes", c.name, resp.StatusCode, len(b))
		}
	}
}

// answer is a peer that says always the same.
func answer(body []byte, header ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.Write(body)
	})
}

func list(t *testing.T, raws ...[]byte) []byte {
	t.Helper()
	b, err := codec.Marshal(raws)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPeerThatLies(t *testing.T) {
	good := today(1, 0).Raw
	forged := slices.Clone(today(2, 0).Raw)
	forged[len(forged)-10] ^= 1
	for name, c := range map[string]struct {
		handler http.Handler
		added   int
		code    wherry.Code
	}{
		"one bad record among good ones": {answer(list(t, good, forged, today(3, 0).Raw)), 2, ""},
		"records from the future":        {answer(list(t, today(1, -500).Raw)), 0, ""},
		"nothing":                        {answer(nil), 0, wherry.Refused},
		"a web page":                     {answer([]byte("<!doctype html>")), 0, wherry.Refused},
		"half a list":                    {answer(list(t, good, today(3, 0).Raw)[:300]), 1, wherry.Refused},
		"bytes behind the list":          {answer(append(list(t, good), 0)), 1, wherry.Refused},
		"a list without an end":          {answer([]byte{0x9f, 0x40}), 0, wherry.Refused},
		"2^32 records announced":         {answer([]byte{0x9a, 255, 255, 255, 255}), 0, wherry.Refused},
		"2^64 records announced":         {answer([]byte{0x9b, 255, 255, 255, 255, 255, 255, 255, 255}), 0, wherry.Refused},
		"a record of 1 GiB announced":    {answer([]byte{0x81, 0x5a, 0x40, 0, 0, 0}), 0, wherry.Refused},
		"records of no bytes":            {answer(append([]byte{0x99, 0x4e, 0x20}, bytes.Repeat([]byte{0x40}, 20000)...)), 0, wherry.Refused},
		"too many bad records":           {answer(list(t, slices.Repeat([][]byte{forged}, 200)...)), 0, wherry.Refused},
		"a list as an error": {http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			w.Write(list(t, good))
		}), 0, wherry.Refused},
		"an error":               {http.NotFoundHandler(), 0, wherry.Refused},
		"somewhere else":         {http.RedirectHandler("http://192.0.2.1/", http.StatusFound), 0, wherry.Refused},
		"the same page for ever": {answer(list(t, good), catalogue.CursorHeader, "a-1", catalogue.MoreHeader, "1"), 1, ""},
		"a long cursor":          {answer(list(t, good), catalogue.CursorHeader, strings.Repeat("x", 5000), catalogue.MoreHeader, "1"), 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			url := serve(t, c.handler)
			ours := open(t, catalogue.Config{Peers: []string{url}})
			added, err := ours.Pull(t.Context(), url)
			if added != c.added || wherry.CodeOf(err) != c.code {
				t.Errorf("added %d, %v (%s)", added, err, wherry.CodeOf(err))
			}
		})
	}
}

// TestPagesWithoutEnd: a peer may promise more as often as it likes.
func TestPagesWithoutEnd(t *testing.T) {
	asked := 0
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		answer(list(t, today(1, 0).Raw), catalogue.CursorHeader, strings.Repeat("x", asked%100), catalogue.MoreHeader, "1").ServeHTTP(w, r)
	}))
	ours := open(t, catalogue.Config{Peers: []string{url}})
	if added, err := ours.Pull(t.Context(), url); added > 1 || err != nil || asked > 2 {
		t.Errorf("asked %d times: %d, %v", asked, added, err)
	}
}

func TestAnswerIsBoundedInBytes(t *testing.T) {
	url := serve(t, filled(t, 20, catalogue.Config{}).Handler())
	ours := open(t, catalogue.Config{Peers: []string{url}, MaxPull: 1000})
	added, err := ours.Pull(t.Context(), url)
	if added == 0 || added > 5 || err == nil {
		t.Errorf("added %d, %v", added, err)
	}
}

func TestAnswerIsBoundedInTime(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte{0x82})
		http.NewResponseController(w).Flush()
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	ours := open(t, catalogue.Config{Peers: []string{url}, PullTimeout: 100 * time.Millisecond})
	if _, err := ours.Pull(t.Context(), url); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// TestRationedPullGoesOnLater: what was not checked for want of ration is asked
// for again.
func TestRationedPullGoesOnLater(t *testing.T) {
	url := serve(t, filled(t, 6, catalogue.Config{}).Handler())
	ours := open(t, catalogue.Config{Peers: []string{url}, SourceBurst: 2, SourceRate: 1e6})
	total := 0
	for range 20 {
		added, err := ours.Pull(t.Context(), url)
		if total += added; err == nil {
			break
		}
		if wherry.CodeOf(err) != wherry.Busy {
			t.Fatal(err)
		}
	}
	if total != 6 {
		t.Errorf("got %d of 6", total)
	}
}

// logged counts the records of each level.
type logged struct {
	slog.Handler
	warn *int
}

func (l logged) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }
func (l logged) Handle(context.Context, slog.Record) error        { *l.warn++; return nil }
func (l logged) WithAttrs([]slog.Attr) slog.Handler               { return l }
func (l logged) WithGroup(string) slog.Handler                    { return l }

func TestLyingPeerIsReportedOnce(t *testing.T) {
	forged := slices.Clone(today(2, 0).Raw)
	forged[len(forged)-10] ^= 1
	url := serve(t, answer(list(t, forged)))
	warnings := 0
	ours := open(t, catalogue.Config{Peers: []string{url}, Log: slog.New(logged{warn: &warnings})})
	for range 5 {
		if _, err := ours.Pull(t.Context(), url); err != nil {
			t.Fatal(err)
		}
	}
	if warnings != 1 {
		t.Errorf("%d warnings", warnings)
	}
}

// inMemory is an HTTP transport to handlers by host name, which works in a
// synctest bubble.
type inMemory map[string]http.Handler

func (m inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	h := m[r.URL.Host]
	if h == nil {
		return nil, &net.OpError{Op: "dial", Err: errors.New("nobody there")}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result(), nil
}

// TestOfferSpreads: a chain of nodes that each know only their neighbour. The
// first node's peer is down at the start, and nobody minds.
func TestOfferSpreads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := inMemory{}
		ctx, cancel := context.WithCancel(context.Background())
		var all []*catalogue.Catalogue
		done := make(chan error, 4)
		for i, name := range []string{"a", "b", "c", "d"} {
			peer := "http://down"
			if i > 0 {
				peer = "http://" + []string{"a", "b", "c", "d"}[i-1]
			}
			c, err := catalogue.Open(catalogue.Config{ChainID: chainID, Peers: []string{peer}, Client: &http.Client{Transport: net}})
			if err != nil {
				t.Fatal(err)
			}
			net[name] = c.Handler()
			all = append(all, c)
		}
		for _, c := range all {
			go func() { done <- c.Run(ctx) }()
		}
		time.Sleep(time.Hour) // past any first pause
		if err := all[0].Publish(today(1, 0), time.Now()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		for i, c := range all {
			if got := len(c.Offers(time.Now())); got != 1 {
				t.Errorf("node %d has %d offers after a minute", i, got)
			}
		}
		time.Sleep(2 * time.Hour)
		for i, c := range all {
			if got := len(c.Offers(time.Now())); got != 0 {
				t.Errorf("node %d has %d offers after the lease", i, got)
			}
			if _, held := c.Last(offer.Key{Provider: key(1).Address(), Service: "wireguard"}); held {
				t.Errorf("node %d keeps an expired offer", i)
			}
		}
		cancel()
		for range all {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	})
}

// TestDeadPeerIsAskedLessAndLess: and as often as before once it answers.
func TestDeadPeerIsAskedLessAndLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		var up atomic.Bool
		peer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if asked.Add(1); !up.Load() {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			w.Write([]byte{0x80})
		})
		c, err := catalogue.Open(catalogue.Config{
			ChainID: chainID, Peers: []string{"http://a"}, Every: time.Second, Client: &http.Client{Transport: inMemory{"a": peer}},
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() { done <- c.Run(ctx) }()
		time.Sleep(24 * time.Hour)
		if n := asked.Load(); n < 24*4 || n > 24*9+20 {
			t.Errorf("asked %d times in a day", n)
		}
		up.Store(true)
		time.Sleep(20 * time.Minute)
		asked.Store(0)
		time.Sleep(100 * time.Second)
		if n := asked.Load(); n < 80 || n > 130 {
			t.Errorf("asked %d times in 100 s", n)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func FuzzPull(f *testing.F) {
	f.Add([]byte{0x80})
	f.Add([]byte{0x81, 0x58, 0x20})
	f.Add(append([]byte{0x81, 0x58, byte(len(record(1, 0).Raw))}, record(1, 0).Raw...))
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := catalogue.Open(catalogue.Config{
			ChainID: chainID, Peers: []string{"http://a"}, Client: &http.Client{Transport: inMemory{"a": answer(body)}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Pull(t.Context(), "http://a"); err != nil && wherry.CodeOf(err) == wherry.Internal {
			t.Errorf("%x: %v", body, err)
		}
	})
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 1, 0, 0, 0, 0, 'o'})
	f.Fuzz(func(t *testing.T, b []byte) {
		c := open(t, catalogue.Config{})
		if n := c.Load(b, start); n < 0 || n > len(b) {
			t.Errorf("%d of %d bytes are good", n, len(b))
		}
	})
}
