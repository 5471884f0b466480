package hub

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
)

// get asks the handler that machines look at.
func (w *world) get(path string) (int, string) {
	w.t.Helper()
	rec := httptest.NewRecorder()
	w.hub.WatchHandler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	return rec.Code, rec.Body.String()
}

func TestDrainTakesNoOrdersAndSettles(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))

	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := w.hub.Drain(short); wherry.CodeOf(err) != wherry.Pending {
		t.Fatalf("with an order unrevealed: %v", err)
	}
	before := *c
	a, err := w.client.Pay(t.Context(), p.batch(2, nil, c.order(p, 2, "0.1")))
	if err != nil || len(a.Refused) != 1 || a.Refused[0].Code != wherry.Refused {
		t.Fatalf("an order while draining: %+v, %v", a, err)
	}
	c.total = before.total // it was refused: the next order may use the same total
	if status, body := w.get("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "drain") {
		t.Fatalf("ready: %d %s", status, body)
	}
	if status, _ := w.get("/healthz"); status != http.StatusOK {
		t.Fatalf("healthy: %d", status)
	}
	p.pay(p.batch(0, []uint64{1})) // preimages are taken all the while
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := w.hub.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	if s := w.hub.Totals(); s.Out != tokens("0.099") || !s.Owed.IsZero() || !s.Uncollected.IsZero() {
		t.Fatalf("drained, and totals are %+v", s)
	}
	// It stays so: after a restart, and for whoever goes on from its journal.
	closed := func(after string, tick uint64, want bool) {
		t.Helper()
		before := *c
		body := p.batch(tick, nil, c.order(p, tick, "0.1"))
		a, err := w.client.Pay(t.Context(), body)
		if err != nil || (len(a.Refused) == 1) != want {
			t.Fatalf("%s: %+v, %v", after, a, err)
		}
		if want {
			c.total = before.total
		}
		if status, body := w.get("/readyz"); (status == http.StatusServiceUnavailable) != want || strings.Contains(body, "drain") != want {
			t.Errorf("%s: ready %d %s", after, status, body)
		}
		if s := w.hub.Status(); s.Draining != want {
			t.Errorf("%s: the status says draining: %v", after, s.Draining)
		}
	}
	w.restart()
	closed("after a restart", 3, true)
	if err := w.hub.takeSnapshot(); err != nil {
		t.Fatal(err)
	}
	w.restart()
	closed("after a restart from a snapshot", 4, true)
	if err := w.hub.Undrain(); err != nil {
		t.Fatal(err)
	}
	w.restart()
	closed("once it takes orders again", 5, false)
}

// metric returns a sample's value as it is written.
func metric(text, sample string) string {
	for line := range strings.Lines(text) {
		if v, ok := strings.CutPrefix(line, sample+" "); ok {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

func TestMetricsCountWhatHappened(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	p.pay(p.batch(2, []uint64{1}, c.order(p, 2, "0.2")))
	forged := c.order(p, 2, "0.3")
	forged.Sig[7] ^= 1
	if a, err := w.client.Pay(t.Context(), p.batch(2, nil, forged)); err != nil || len(a.Refused) != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	w.raw("/v1/pay", []byte("garbage"))
	p.pay(p.batch(0, []uint64{2}))
	w.settle()

	status, text := w.get("/metrics")
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	for sample, want := range map[string]string{
		`wherry_hub_serving`:                                                      "1",
		`wherry_hub_draining`:                                                     "0",
		`wherry_hub_promises_total{result="accepted"}`:                            "2",
		`wherry_hub_promises_total{result="forbidden"}`:                           "1",
		`wherry_hub_requests_total{path="/v1/pay",status="200"}`:                  "4",
		`wherry_hub_requests_total{path="/v1/pay",status="400"}`:                  "1",
		`wherry_hub_tokens{chain="11",what="spent"}`:                              "0.3",
		`wherry_hub_tokens{chain="22",what="paid"}`:                               "0.297",
		`wherry_hub_tokens{chain="22",what="owed"}`:                               "0",
		`wherry_hub_transactions_total{chain="11",kind="collect",result="final"}`: "1",
		`wherry_hub_transactions_total{chain="22",kind="push",result="final"}`:    "1",
		`wherry_hub_transactions_open{chain="22",kind="push"}`:                    "0",
		`wherry_hub_channels{chain="11"}`:                                         "1",
		`wherry_hub_payees{chain="22"}`:                                           "1",
		`wherry_hub_journal_records`:                                              "",
		`wherry_hub_commit_seconds_count`:                                         "",
		`wherry_hub_request_seconds_count{path="/v1/pay"}`:                        "5",
	} {
		switch got := metric(text, sample); {
		case got == "":
			t.Errorf("%s is missing", sample)
		case want != "" && got != want:
			t.Errorf("%s is %s, want %s", sample, got, want)
		}
	}
	if found := regexp.MustCompile(`(?i)0x[0-9a-f]{8,}`).FindString(text); found != "" {
		t.Errorf("metrics name somebody: %s", found)
	}
}

// What a dashboard or an alert asks for has to be there, with the labels that it
// selects by.
func TestDashboardAndAlertsAskForWhatIsThere(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	a, err := w.client.Pay(t.Context(), p.batch(1, nil, c.order(p, 1, "4.9")))
	if err != nil || len(a.Refused) == 0 {
		t.Fatalf("%+v, %v", a, err)
	}
	p.pay(p.batch(0, []uint64{1}))
	w.settle()
	w.hub.metrics.count("snapshots_total", 0, "result", "ok") // none was due yet
	_, text := w.get("/metrics")
	names := regexp.MustCompile(`\b(wherry_hub|process)_\w+`)
	for _, file := range []string{"../../packaging/prometheus/hub.rules.yml", "../../packaging/grafana/hub.json"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		asked := map[string]bool{}
		for _, n := range names.FindAllString(string(b), -1) {
			asked[n] = true
		}
		if len(asked) < 10 {
			t.Errorf("%s asks for %d metrics only", file, len(asked))
		}
		for n := range asked {
			if !regexp.MustCompile(`(?m)^` + n + `[ {]`).MatchString(text) {
				t.Errorf("%s asks for %s, which the hub does not have", file, n)
			}
		}
	}
	var dashboard struct{ Panels []struct{ Title string } }
	b, err := os.ReadFile("../../packaging/grafana/hub.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(bytes.NewReader(b)).Decode(&dashboard); err != nil || len(dashboard.Panels) < 10 {
		t.Errorf("the dashboard has %d panels: %v", len(dashboard.Panels), err)
	}
}

func TestHealthSaysWhatIsMissing(t *testing.T) {
	w := newWorld(t, 0, nil)
	if checks := w.hub.Checks(); !Ready(checks) {
		t.Fatalf("not ready: %+v", checks)
	}
	find := func(name string) Check {
		for _, c := range w.hub.Checks() {
			if c.Name == name {
				return c
			}
		}
		t.Fatalf("there is no check %q", name)
		return Check{}
	}
	if c := find("chain 22 is open"); !c.OK {
		t.Errorf("%+v", c)
	}
	w.send(w.b, testKey("owner"), chain.Retire{Hub: w.key.Address()})
	w.until("the hub knows that it is retired", func() bool { return !Ready(w.hub.Checks()) })
	if c := find("chain 22 is open"); c.OK || !strings.Contains(c.Says, "retired") || c.Try == "" {
		t.Errorf("%+v", c)
	}
}

func TestHealthNamesAChainOnWhichTheHubIsNotOpen(t *testing.T) {
	third := chaintest.New(chaintest.Config{ChainID: 33})
	w := newWorld(t, 0, func(c *Config) { c.Chains = append(c.Chains, third) })
	w.until("all chains are read", func() bool { return Ready(w.hub.Checks()) })
	for _, c := range w.hub.Checks() {
		if c.Name == "chain 33 is open" {
			if c.OK || !c.Warning || !strings.Contains(c.Try, "wherry hub open --chain 33") {
				t.Errorf("%+v", c)
			}
			return
		}
	}
	t.Error("chain 33 is not checked")
}
