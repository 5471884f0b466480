package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/api/server"
	"github.com/wherrynet/wherry/api/server/enginetest"
)

var update = flag.Bool("update", false, "write the golden files")

// serve runs a server on a socket of its own and returns a client of it. It ends
// with the test.
func serve(t *testing.T, cfg server.Config) (*http.Client, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run", "wherry.sock")
	l, err := server.Listen(t.Context(), path, -1, -1)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Access.UID == 0 {
		cfg.Access.UID = uint32(os.Getuid())
	}
	s, err := server.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	c := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", path)
	}}}
	t.Cleanup(func() {
		c.CloseIdleConnections()
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return c, path
}

// ask makes one request and returns the answer.
func ask(t *testing.T, c *http.Client, method, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://wherry"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(b)
}

func TestDescriptionIsTheCommittedOne(t *testing.T) {
	c, _ := serve(t, server.Config{Engine: &enginetest.Engine{}, Version: "1"})
	_, got := ask(t, c, "GET", "/v1/openapi.yaml", "")
	const golden = "../../docs/openapi.yaml"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != got {
		t.Errorf("docs/openapi.yaml is not what the server says (%v): go test ./api/server -update", err)
	}
	if !strings.Contains(got, "openapi: 3.1.0") {
		t.Errorf("it is no OpenAPI 3.1: %.200s", got)
	}
}

// Each row is a request and what the answer has to hold.
func TestRequests(t *testing.T) {
	down := func() *enginetest.Engine {
		return &enginetest.Engine{Tunnel: api.Status{Provider: &api.Peer{Name: "lill-ekorre", Country: "SE"}}}
	}
	up := func() *enginetest.Engine {
		e := down()
		e.Show(api.Status{State: api.Connected, Closed: true})
		return e
	}
	fails := func(code wherry.Code) func() *enginetest.Engine {
		return func() *enginetest.Engine {
			e := down()
			e.OnConnect = func(context.Context, api.Connect) error { return wherry.Errorf(code, "because of the secret") }
			return e
		}
	}
	for name, c := range map[string]struct {
		engine             func() *enginetest.Engine
		method, path, body string
		status             int
		want               []string
		not                string
	}{
		"status":         {down, "GET", "/v1/status", "", 200, []string{`"schema":"wherry.status/1"`, `"state":"disconnected"`, `"closed":false`, `"problems":[]`, `"to_go_on":[]`, `"seen_as":[]`}, "null"},
		"connect":        {down, "POST", "/v1/connection", `{"place":{"country":"SE"}}`, 200, []string{`"state":"connected"`, `"name":"lill-ekorre"`}, ""},
		"nothing asked":  {down, "POST", "/v1/connection", `{}`, 200, []string{`"state":"connected"`}, ""},
		"price":          {down, "POST", "/v1/connection", `{"max_per_gib":{"amount":"0.1","currency":"FARE"}}`, 200, []string{`"state":"connected"`}, ""},
		"float":          {down, "POST", "/v1/connection", `{"max_per_gib":0.1}`, 400, []string{`"code":"invalid"`, `body.max_per_gib`}, ""},
		"other currency": {down, "POST", "/v1/connection", `{"max_per_gib":{"amount":"0.1","currency":"USD"}}`, 400, []string{`"code":"invalid"`}, ""},
		"unknown wish":   {down, "POST", "/v1/connection", `{"plaec":"se"}`, 400, []string{`"code":"invalid"`, `body.plaec`}, ""},
		"place":          {down, "POST", "/v1/connection", `{"place":{"country":"sweden"}}`, 400, []string{`"code":"invalid"`, `two letters`}, ""},
		"no JSON":        {down, "POST", "/v1/connection", `{"place":`, 400, []string{`"code":"invalid"`}, ""},
		"no body":        {down, "POST", "/v1/connection", ``, 400, []string{`"code":"invalid"`}, ""},
		"large body":     {down, "POST", "/v1/connection", `{"provider":"` + strings.Repeat("x", 70<<10) + `"}`, 400, []string{`"code":"invalid"`, `too large`}, ""},
		"unknown query":  {down, "GET", "/v1/status?verbose=1", "", 400, []string{`"code":"invalid"`}, ""},
		"no money":       {fails(wherry.NotFunded), "POST", "/v1/connection", `{}`, 402, []string{`"type":"urn:wherry:error:not_funded"`, `"status":402`, `"try":[]`, `"request":"req_`}, ""},
		"nobody":         {fails(wherry.NoOffer), "POST", "/v1/connection", `{}`, 503, []string{`"code":"no_offer"`}, ""},
		"our fault":      {fails(wherry.Internal), "POST", "/v1/connection", `{}`, 500, []string{`"code":"internal"`}, "secret"},
		"plan":           {down, "POST", "/v1/plan", `{}`, 200, []string{`"schema":"wherry.plan/1"`}, ""},
		"disconnect":     {up, "DELETE", "/v1/connection", "", 200, []string{`"state":"disconnected"`}, ""},
		"reconnect":      {up, "POST", "/v1/connection/reconnect?other=true", "", 200, []string{`"state":"connected"`}, ""},
		"not wanted":     {down, "POST", "/v1/connection/reconnect", "", 409, []string{`"code":"conflict"`}, ""},
		"settings":       {down, "GET", "/v1/settings", "", 200, []string{`"schema":"wherry.settings/1"`, `"lan":"block"`, `"dns":[]`}, "null"},
		"set":            {down, "PATCH", "/v1/settings", `{"lan":"allow","dns":["192.0.2.53"]}`, 200, []string{`"lan":"allow"`, `"dns":["192.0.2.53"]`, `"lockdown":false`}, ""},
		"set wrong":      {down, "PATCH", "/v1/settings", `{"lan":"maybe"}`, 400, []string{`body.lan`}, ""},
		"set null":       {down, "PATCH", "/v1/settings", `{"lan":null}`, 400, []string{`body.lan`}, ""},
		"set mtu":        {down, "PATCH", "/v1/settings", `{"mtu":100}`, 400, []string{`1280`}, ""},
		"set dns":        {down, "PATCH", "/v1/settings", `{"dns":["one"]}`, 400, []string{`body.dns`}, ""},
		"unset":          {down, "DELETE", "/v1/settings/dns-block", "", 200, []string{`"dns_block":[]`}, ""},
		"unset what":     {down, "DELETE", "/v1/settings/dns-blok", "", 400, []string{`nearest is dns-block`}, ""},
		"provider":       {down, "GET", "/v1/provider", "", 404, []string{`"code":"not_found"`}, ""},
		"nowhere":        {down, "GET", "/v2/status", "", 404, []string{`"code":"not_found"`, "openapi.yaml"}, ""},
		"method":         {down, "PUT", "/v1/status", "", 404, []string{`"code":"not_found"`}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := serve(t, server.Config{Engine: c.engine()})
			resp, got := ask(t, client, c.method, c.path, c.body)
			kind := "application/json"
			if c.status >= 400 {
				kind = api.ProblemType
			}
			if resp.StatusCode != c.status || resp.Header.Get("Content-Type") != kind || !strings.HasPrefix(resp.Header.Get("Wherry-Request-Id"), "req_") {
				t.Errorf("%s, %v\n%s", resp.Status, resp.Header, got)
			}
			for _, w := range c.want {
				if !strings.Contains(got, w) {
					t.Errorf("no %s in\n%s", w, got)
				}
			}
			if c.not != "" && strings.Contains(got, c.not) {
				t.Errorf("%s in\n%s", c.not, got)
			}
			if !json.Valid([]byte(got)) {
				t.Errorf("not JSON: %s", got)
			}
		})
	}
}

// A page in a browser on this computer cannot reach the socket; if something
// lets it, it is refused.
func TestWebPagesAreRefused(t *testing.T) {
	c, _ := serve(t, server.Config{Engine: &enginetest.Engine{}})
	if resp, got := ask(t, c, "POST", "/v1/connection", "{}", "Origin", "https://example.org"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("%s %s", resp.Status, got)
	}
}

func TestWhatTakesLongIsPending(t *testing.T) {
	e := &enginetest.Engine{}
	release := make(chan struct{})
	e.OnConnect = func(context.Context, api.Connect) error {
		e.Show(api.Status{State: api.Connecting, Closed: true})
		<-release
		return nil
	}
	c, _ := serve(t, server.Config{Engine: e})
	began := time.Now()
	resp, got := ask(t, c, "POST", "/v1/connection?wait=0", "{}")
	if resp.StatusCode != http.StatusAccepted || !strings.Contains(got, `"state":"connecting"`) || time.Since(began) > 30*time.Second {
		t.Errorf("%s %s", resp.Status, got)
	}
	close(release)
	for s := range e.Watch(t.Context()) { // the request is over, and the engine goes on
		if s.State == api.Connected {
			break
		}
	}
}

// A request that comes twice with one key does what it says once.
func TestIdempotencyKey(t *testing.T) {
	e := &enginetest.Engine{}
	c, _ := serve(t, server.Config{Engine: e})
	for range 3 {
		if resp, got := ask(t, c, "POST", "/v1/connection", `{"place":{"country":"SE"}}`, "Idempotency-Key", "k1"); resp.StatusCode != http.StatusOK {
			t.Fatalf("%s %s", resp.Status, got)
		}
	}
	if resp, got := ask(t, c, "POST", "/v1/connection", `{"place":{"country":"NO"}}`, "Idempotency-Key", "k1"); resp.StatusCode != http.StatusConflict {
		t.Errorf("the key for another wish: %s %s", resp.Status, got)
	}
	if resp, _ := ask(t, c, "POST", "/v1/connection", `{"place":{"country":"NO"}}`, "Idempotency-Key", "k2"); resp.StatusCode != http.StatusOK {
		t.Error(resp.Status)
	}
	for range 2 { // without a key each is its own
		ask(t, c, "POST", "/v1/connection", `{}`)
	}
	if got, want := strings.Join(e.Asked(), ","), "connect SE,connect NO,connect ,connect "; got != want {
		t.Errorf("the engine was asked %q, want %q", got, want)
	}
}

// Two requests with one key at once are one piece of work with one outcome.
func TestIdempotencyKeyAtOnce(t *testing.T) {
	e := &enginetest.Engine{}
	begun, release := make(chan struct{}, 9), make(chan struct{})
	e.OnConnect = func(context.Context, api.Connect) error {
		begun <- struct{}{}
		<-release
		return wherry.Errorf(wherry.NotFunded, "no money")
	}
	c, _ := serve(t, server.Config{Engine: e})
	out := make(chan int, 2)
	for range 2 {
		go func() {
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://wherry/v1/connection", strings.NewReader("{}"))
			r.Header.Set("Idempotency-Key", "same")
			resp, err := c.Do(r)
			if err != nil {
				out <- 0
				return
			}
			_ = resp.Body.Close()
			out <- resp.StatusCode
		}()
	}
	<-begun
	close(release)
	if a, b := <-out, <-out; a != http.StatusPaymentRequired || b != a {
		t.Errorf("answers %d and %d", a, b)
	}
	if len(e.Asked()) != 1 {
		t.Errorf("asked %v", e.Asked())
	}
}

func TestOffersComeInPages(t *testing.T) {
	e := &enginetest.Engine{}
	for _, id := range []string{"off_1", "off_2", "off_3"} {
		e.Market = append(e.Market, api.Offer{ID: id, Place: wherry.Place{Country: "SE", City: "Lund"}, IPType: "hosting", PerGiB: api.Money{Amount: wherry.Tokens(1)}})
	}
	c, _ := serve(t, server.Config{Engine: e})
	var all []string
	next := ""
	for range 4 {
		_, got := ask(t, c, "GET", "/v1/offers?place=se/lu&max_per_gib=1&limit=2&cursor="+next, "")
		var p api.Offers
		if err := json.Unmarshal([]byte(got), &p); err != nil || p.Schema != api.OffersSchema || p.Total != 3 {
			t.Fatalf("%v %s", err, got)
		}
		for _, o := range p.Items {
			all = append(all, o.ID)
		}
		if p.Next == nil {
			break
		}
		next = *p.Next
	}
	if strings.Join(all, " ") != "off_1 off_2 off_3" {
		t.Errorf("pages hold %v", all)
	}
	for query, want := range map[string]int{
		"place=no": 200, "place=norway": 400, "max_per_gib=much": 400, "limit=0": 400, "limit=501": 400, "ip_type=space": 400, "cursor=off_9": 409,
	} {
		resp, got := ask(t, c, "GET", "/v1/offers?"+query, "")
		if resp.StatusCode != want || want == 200 && !strings.Contains(got, `"items":[]`) {
			t.Errorf("%s: %s %s", query, resp.Status, got)
		}
	}
}

func TestProviderIsServed(t *testing.T) {
	c, _ := serve(t, server.Config{Engine: &enginetest.Engine{}, Provider: func(context.Context) (api.ProviderStatus, error) {
		return api.ProviderStatus{Selling: true, Seats: 64}, nil
	}})
	if _, got := ask(t, c, "GET", "/v1/provider", ""); !strings.Contains(got, `"schema":"wherry.provider/1","selling":true`) {
		t.Error(got)
	}
}

// A fault of ours is an answer, and its text stays in the log.
func TestPanicIsAnAnswer(t *testing.T) {
	e := &enginetest.Engine{OnSet: func(api.Settings) error { panic("the secret") }}
	var log bytes.Buffer
	c, _ := serve(t, server.Config{Engine: e, Log: logTo(&log)})
	resp, got := ask(t, c, "PATCH", "/v1/settings", `{"lan":"allow"}`)
	if resp.StatusCode != 500 || strings.Contains(got, "secret") || !strings.Contains(got, `"code":"internal"`) {
		t.Errorf("%s %s", resp.Status, got)
	}
	if resp, _ := ask(t, c, "GET", "/v1/status", ""); resp.StatusCode != 200 {
		t.Error("it does not go on")
	}
}
