package vpn

import (
	"context"
	"encoding/json"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/e2e/lab"
	"github.com/wherrynet/wherry/internal/needs"
	"github.com/wherrynet/wherry/node"
)

// A phone that knows nothing of us browses with the configuration that it was
// given, by the programs that everybody has; the computer at home pays. Revoked, it
// is cut off within a tick, and what it did not use was never paid.
func TestStockWireGuardIsPaidFromHome(t *testing.T) {
	quick := needs.Program(t, "wg-quick")
	userspace := needs.Program(t, "wireguard-go")
	w := newWorld(t)
	phone := w.Attacker
	w.start(w.Consumer, "proxy", "--json", "--config", w.config())

	out, err := w.run(w.Consumer, "export", "wireguard", "--prepay", "100MiB", "--expires", "1h", "--json", "--config", w.config())
	if err != nil {
		t.Fatal(err)
	}
	var x node.Export
	if err := json.Unmarshal([]byte(out), &x); err != nil {
		t.Fatal(err)
	}
	// The resolver that wg-quick would set is a program that this host does not have.
	conf := regexp.MustCompile(`(?m)^DNS = .*\n`).ReplaceAllString(x.Config, "")
	if conf == x.Config {
		t.Errorf("the configuration names no resolver:\n%s", x.Config)
	}
	name := "wg" + strings.TrimPrefix(x.ID, "exp_") // its control socket lies in a directory of all hosts
	file := filepath.Join(t.TempDir(), name+".conf")
	if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	wg := func(ctx context.Context, verb string) {
		cmd := phone.Command(ctx, quick, verb, file)
		cmd.Env = append(os.Environ(), "WG_QUICK_USERSPACE_IMPLEMENTATION="+userspace)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("wg-quick %s: %v\n%s", verb, err, out)
		}
	}
	wg(t.Context(), "up")
	t.Cleanup(func() { wg(context.WithoutCancel(t.Context()), "down") })

	browse := func(limit int64) (string, error) {
		return fetch(t.Context(), &http.Client{
			Transport: &http.Transport{DialContext: phone.DialContext, DisableKeepAlives: true}, Timeout: 20 * time.Second,
		}, "http://"+lab.Web4.String()+"/file", limit)
	}
	page, err := fetch(t.Context(), direct(phone), "http://"+lab.Web4.String()+"/", 1<<10)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page, lab.RouterOut4.String()) || !strings.Contains(page, endpointOf(t, x).String()) {
		t.Errorf("the site sees somebody else than the provider:\n%s", page)
	}
	const much = 20 << 20
	if got, err := browse(much); err != nil || len(got) < much {
		t.Fatalf("%d bytes through the phone's tunnel: %v", len(got), err)
	}
	time.Sleep(2 * time.Second) // the tick
	row := w.exported(x.ID)
	if row.Bytes < much || row.Spent.IsZero() {
		t.Errorf("the phone has carried %d bytes at least: counted %d, paid %s", much, row.Bytes, row.Spent.Amount)
	}

	began := time.Now()
	if _, err := w.run(w.Consumer, "export", "revoke", x.ID, "--config", w.config()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Until(began.Add(time.Second))) // a tick
	eyes := w.Web.Capture("eth0")
	if got, err := browse(1 << 10); err == nil {
		t.Errorf("%d bytes come through %v after it was revoked", len(got), time.Since(began))
	}
	if n := eyes.Count(func(p lab.Packet) bool { return p.SYN }); n > 0 {
		t.Errorf("%d connections of the phone reached the site after it was revoked", n)
	}
	end := w.exported(x.ID)
	if end.Open || end.Budget.Less(end.Spent.Amount) || !end.Spent.Less(end.Budget.Amount) {
		t.Errorf("it ended as %+v", end)
	}
}

// endpointOf returns the provider's address, as the configuration has it.
func endpointOf(t *testing.T, x node.Export) netip.Addr {
	t.Helper()
	m := regexp.MustCompile(`(?m)^Endpoint = (.*)$`).FindStringSubmatch(x.Config)
	if m == nil {
		t.Fatalf("the configuration has no endpoint:\n%s", x.Config)
	}
	at, err := netip.ParseAddrPort(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return at.Addr()
}

// exported returns an export as the list has it.
func (w *world) exported(id string) node.Export {
	w.t.Helper()
	out, err := w.run(w.Consumer, "export", "list", "--json", "--config", w.config())
	if err != nil {
		w.t.Fatal(err)
	}
	var l node.Exports
	if err := json.Unmarshal([]byte(out), &l); err != nil {
		w.t.Fatal(err)
	}
	for _, x := range l.Items {
		if x.ID == id {
			return x
		}
	}
	w.t.Fatalf("%s is not in the list:\n%s", id, out)
	return node.Export{}
}
