package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/netip"
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

// noon is when all screens are made.
var noon = time.Date(2026, 3, 5, 14, 5, 30, 0, time.UTC)

// serving runs a daemon's server for an engine and returns its socket.
func serving(t *testing.T, e server.Engine) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "w.sock")
	l, err := server.Listen(t.Context(), path, -1, -1)
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(server.Config{Engine: e, Access: server.Access{UID: uint32(os.Getuid())}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return path
}

// command runs one command at noon and returns what it prints.
func command(t *testing.T, socket string, args ...string) (out, errOut string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	a := &app{stdin: strings.NewReader(""), out: &o, errOut: &e, now: func() time.Time { return noon }}
	code = a.run(t.Context(), append([]string{"--socket", socket}, args...))
	return o.String(), e.String(), code
}

func money(s string) *api.Money { return &api.Money{Amount: wherry.MustAmount(s)} }

// tunnel is a status like that of the manual.
func tunnel() api.Status {
	s := api.DefaultSettings()
	s.DNSBlock = []string{"ads", "trackers"}
	return api.Status{
		State: api.Connected, Since: noon.Add(-134 * time.Minute), Closed: true,
		Provider:    &api.Peer{Name: "lill-ekorre", Country: "SE", City: "Gothenburg", IPType: "residential"},
		Price:       &api.Price{PerGiB: *money("0.08"), PerHour: *money("0.002")},
		PaidThrough: &api.Channel{Name: "nordic-1", Left: *money("7.63"), Deposit: *money("10")},
		SeenAs:      []netip.Addr{netip.MustParseAddr("198.51.100.72"), netip.MustParseAddr("2001:db8:5::72")},
		Carried:     api.Carried{DownBytes: 3446711910, UpBytes: 300647711, DownBitsPerSecond: 17300000, UpBitsPerSecond: 1100000},
		Spent:       api.Spent{Session: *money("0.2843"), Day: money("0.61")},
		Limits:      api.Limits{Session: money("2"), Day: money("2"), MaxPerGiB: money("0.12")},
		AtRisk:      *money("0.000123456"), Settings: s,
	}
}

// Each screen of the manual, with the engine that makes it. What is printed, on
// both streams, is in testdata/screens.
func TestScreens(t *testing.T) {
	shows := func(s api.Status) *enginetest.Engine {
		e := &enginetest.Engine{Tunnel: tunnel(), Planned: api.Plan{
			Provider: *tunnel().Provider, Price: *tunnel().Price, PaidThrough: *tunnel().PaidThrough, Limits: tunnel().Limits, AtRisk: *money("0.0001"), Others: 11,
		}}
		for i, city := range []string{"Gothenburg", "Umeå"} {
			e.Market = append(e.Market, api.Offer{
				ID: fmt.Sprintf("off_%d", i), Name: []string{"lill-ekorre", "bergtagen"}[i], Place: wherry.Place{Country: "SE", City: city}, IPType: "residential",
				PerGiB: *money([]string{"0.08", "0.09"}[i]), PerHour: *money("0.002"), Expires: noon.Add(time.Hour),
			})
		}
		e.Show(s)
		return e
	}
	fails := func(code wherry.Code, text string) *enginetest.Engine {
		e := shows(api.Status{})
		e.OnConnect = func(context.Context, api.Connect) error { return wherry.Errorf(code, "%s", text) }
		return e
	}
	slow := shows(api.Status{State: api.Connecting, Closed: true, Since: noon.Add(-2 * time.Second)})
	slow.OnConnect = func(ctx context.Context, _ api.Connect) error {
		<-ctx.Done()
		return wherry.Errorf(wherry.Pending, "later")
	}
	stuck := shows(api.Status{})
	stuck.OnConnect = func(context.Context, api.Connect) error {
		stuck.Show(api.Status{State: api.Blocked, Closed: true, ToGoOn: api.ToGoOn(wherry.NotFunded, false)})
		return wherry.Errorf(wherry.NotFunded, "no hub has a deposit of yours")
	}
	locked := shows(api.Status{State: api.Disconnected, Closed: true, Since: noon.Add(-26 * time.Hour)})
	plain := tunnel()
	plain.Limits, plain.Spent.Day, plain.Carried, plain.PaidThrough = api.Limits{}, nil, api.Carried{}, nil
	plain.Settings = api.DefaultSettings()
	plain.Settings.IPv6, plain.Settings.LAN, plain.Settings.Spare, plain.Settings.Forwarding = false, api.Allow, true, api.Open
	plain.Problems = []api.Problem{{Code: wherry.Conflict, Message: "another VPN's routes come before ours", Try: []string{"ending it"}}}
	third := api.Status{
		State: api.Connecting, Since: noon.Add(-8 * time.Second), Closed: true, Try: 3, Wanted: &api.Wanted{Place: wherry.Place{Country: "SE"}},
		Provider: tunnel().Provider, Price: tunnel().Price, Cause: &api.Cause{Code: wherry.Unreachable, Message: "kustlinjen does not answer"},
	}
	again := third
	again.State, again.Try, again.Provider, again.Wanted = api.Reconnecting, 12, nil, &api.Wanted{Provider: "lill-ekorre"}
	broke := api.Status{
		State: api.Blocked, Since: noon.Add(-3*time.Minute - 30*time.Second), Closed: true,
		Cause: &api.Cause{Code: wherry.OverBudget, Message: "this session's budget is spent: 2.00 of 2.00 FARE"}, ToGoOn: api.ToGoOn(wherry.OverBudget, false),
	}
	for name, c := range map[string]struct {
		engine *enginetest.Engine
		args   string
		code   int
	}{
		"status-connected":      {shows(tunnel()), "status", 0},
		"status-connected-bare": {shows(plain), "status", 0},
		"status-connecting":     {shows(third), "status", 0},
		"status-reconnecting":   {shows(again), "status", 0},
		"status-blocked":        {shows(broke), "status", 0},
		"status-lockdown":       {locked, "status", 0},
		"status-open":           {shows(api.Status{}), "status", 0},
		"status-json":           {shows(tunnel()), "status --json", 0},
		"status-check":          {shows(tunnel()), "status --check", 0},
		"status-check-no":       {shows(broke), "status --check", 3},
		"status-check-json":     {shows(broke), "status --check --json", 3},
		"connect":               {shows(api.Status{}), "connect se", 0},
		"up":                    {shows(api.Status{}), "up lill-ekorre -q", 0},
		"connect-json":          {shows(api.Status{}), "connect se --json", 0},
		"connect-dry-run":       {shows(api.Status{}), "connect --dry-run", 0},
		"connect-dry-run-json":  {shows(api.Status{}), "connect --dry-run --json", 0},
		"connect-no-wait":       {slow, "connect --no-wait", 8},
		"connect-too-dear":      {fails(wherry.PriceTooHigh, "no provider in Japan sells at or below 0.05 FARE/GiB; the cheapest is sakura-2 at 0.062"), "connect jp --max-price 0.05", 5},
		"connect-too-dear-json": {fails(wherry.PriceTooHigh, "no provider in Japan sells at or below 0.05 FARE/GiB"), "connect jp --json", 5},
		"connect-no-money":      {fails(wherry.NotFunded, "no hub has a deposit of yours"), "connect", 5},
		"connect-blocked":       {stuck, "connect", 5},
		"connect-nobody":        {fails(wherry.NoOffer, "nobody sells in Antarctica"), "connect aq", 6},
		"connect-malformed":     {shows(api.Status{}), "connect swe/", 6},
		"connect-wrong-price":   {shows(api.Status{}), "connect --max-price much", 2},
		"disconnect":            {shows(tunnel()), "disconnect", 0},
		"down-json":             {shows(tunnel()), "down --json", 0},
		"reconnect":             {shows(tunnel()), "reconnect --other", 0},
		"reconnect-nothing":     {shows(api.Status{}), "reconnect", 1},
		"offers":                {shows(api.Status{}), "offers se --max-price 0.085", 0},
		"offers-json":           {shows(api.Status{}), "offers no --json", 0},
		"complete-connect":      {shows(api.Status{}), "__complete connect ", 0},
		"wait-connected":        {shows(tunnel()), "wait --for connected", 0},
		"wait-disconnected":     {shows(api.Status{}), "wait --for disconnected --json", 0},
		"wait-in-vain":          {shows(broke), "wait --for connected --timeout 100ms", 3},
		"wait-wrong":            {shows(broke), "wait --for godot", 2},
		"get":                   {shows(api.Status{}), "get", 0},
		"get-one":               {shows(api.Status{}), "get lan", 0},
		"get-json":              {shows(api.Status{}), "get --json", 0},
		"get-wrong":             {shows(api.Status{}), "get kill-switch", 2},
		"set":                   {shows(api.Status{}), "set lan=allow dns-block=ads,trackers", 0},
		"set-json":              {shows(api.Status{}), "set lockdown=on --json", 0},
		"set-wrong-key":         {shows(api.Status{}), "set lockdwon=on", 2},
		"set-wrong-value":       {shows(api.Status{}), "set lan=allow mtu=9", 2},
		"set-no-value":          {shows(api.Status{}), "set lan", 2},
		"unset":                 {shows(api.Status{}), "unset lan mtu", 0},
		"complete-set":          {shows(api.Status{}), "__complete set lan=allow f", 0},
		"complete-set-value":    {shows(api.Status{}), "__complete set dns-block=", 0},
		"complete-unset":        {shows(api.Status{}), "__complete unset lan ", 0},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "connect-malformed" {
				c.engine.OnConnect = func(context.Context, api.Connect) error {
					return wherry.Errorf(wherry.NoOffer, "no provider is called swe/")
				}
			}
			args := strings.Split(c.args, " ")
			out, errOut, code := command(t, serving(t, c.engine), args...)
			if code != c.code {
				t.Errorf("exit status %d, want %d", code, c.code)
			}
			if strings.Contains(out+errOut, "\x1b") {
				t.Error("colour in a pipe")
			}
			if strings.Contains(c.args, "--json") {
				for line := range strings.SplitSeq(strings.TrimSpace(out+errOut), "\n") {
					if !json.Valid([]byte(line)) {
						t.Errorf("not JSON: %s", line)
					}
				}
			}
			got := fmt.Sprintf("$ wherry %s\n%s--- standard error, exit status %d\n%s", c.args, out, code, errOut)
			path := filepath.Join("testdata", "screens", name+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(path); err != nil || string(want) != got {
				t.Errorf("%s: %v\n%s", path, err, got)
			}
		})
	}
}

// What stood in lan before a set that fails is there after it.
func TestSetIsAllOrNothing(t *testing.T) {
	e := &enginetest.Engine{}
	socket := serving(t, e)
	if _, _, code := command(t, socket, "set", "lan=allow", "mtu=9"); code != 2 {
		t.Errorf("exit status %d", code)
	}
	if e.Settings().LAN != api.Block {
		t.Error("half of it was done")
	}
}

// Steps are printed while they happen, and the stream as it comes.
func TestStepsAndWatch(t *testing.T) {
	e := &enginetest.Engine{Tunnel: tunnel()}
	seen := make(chan struct{})
	e.OnConnect = func(ctx context.Context, _ api.Connect) error {
		s := tunnel()
		s.State, s.Provider, s.Try = api.Connecting, &api.Peer{Name: "kustlinjen", Country: "SE", City: "Malmö", Address: wherry.Address{1}}, 1
		e.Show(s)
		<-seen
		return nil
	}
	socket := serving(t, e)
	errOut := &waitingFor{text: "asking kustlinjen, Malmö, Sweden", found: seen}
	var out bytes.Buffer
	a := &app{stdin: strings.NewReader(""), out: &out, errOut: errOut, now: func() time.Time { return noon }}
	if code := a.run(t.Context(), []string{"--socket", socket, "connect"}); code != 0 {
		t.Errorf("exit status %d: %s", code, errOut.b.String())
	}
	if !strings.Contains(out.String(), "You appear as") || strings.Contains(out.String(), "asking") {
		t.Errorf("standard output has\n%s", &out)
	}

	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	blocked := make(chan struct{})
	lines := &waitingFor{text: "Blocked — nothing leaves this computer", found: blocked}
	a = &app{stdin: strings.NewReader(""), out: lines, errOut: &bytes.Buffer{}, now: func() time.Time { return noon }}
	done := make(chan int, 1)
	go func() { done <- a.run(ctx, []string{"--socket", socket, "status", "--watch"}) }()
	e.Show(api.Status{State: api.Blocked, Closed: true})
	select {
	case <-blocked:
	case <-ctx.Done():
		t.Errorf("the change is not printed: %s", lines.b.String())
	}
	stop()
	if code := <-done; code != 0 {
		t.Errorf("exit status %d", code)
	}
}

// waitingFor is a stream that tells when a text has gone through.
type waitingFor struct {
	b     bytes.Buffer
	text  string
	found chan struct{}
}

func (w *waitingFor) Write(p []byte) (int, error) {
	had := strings.Contains(w.b.String(), w.text)
	w.b.Write(p)
	if !had && strings.Contains(w.b.String(), w.text) {
		close(w.found)
	}
	return len(p), nil
}

func TestNumbersForPeople(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0.00", "2": "2.00", "0.33": "0.33", "0.2843": "0.284", "0.000123456": "0.000123", "7.639": "7.63", "13.53": "13.53", "0.1": "0.10", "0.100000000000000001": "0.10",
	} {
		if got := amount(*money(in)); got != want {
			t.Errorf("amount %s: %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{"0": "0", "0.08": "0.080", "0.002": "0.002", "0.00012": "0.00012", "1.25": "1.250"} {
		if got := price(*money(in)); got != want {
			t.Errorf("price %s: %s, want %s", in, got, want)
		}
	}
	for in, want := range map[uint64]string{0: "0 B", 999: "999 B", 1000: "0.98 KiB", 3446711910: "3.21 GiB", 1 << 40: "1.00 TiB", 1<<64 - 1: "16.0 EiB"} {
		if got := size(in); got != want {
			t.Errorf("size %d: %s, want %s", in, got, want)
		}
	}
	for in, want := range map[uint64]string{0: "0 bit/s", 18400000: "18.4 Mbit/s", 999: "999 bit/s", 1000: "1.00 kbit/s"} {
		if got := speed(in); got != want {
			t.Errorf("speed %d: %s, want %s", in, got, want)
		}
	}
	for in, want := range map[time.Duration]string{-time.Second: "0 s", 8 * time.Second: "8 s", 134 * time.Minute: "2 h 14 min", 50 * time.Hour: "2 d 2 h"} {
		if got := lasted(in); got != want {
			t.Errorf("lasted %s: %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{"SE": "Sweden", "ZW": "Zimbabwe", "AD": "Andorra", "QQ": "QQ", "": "", "S": "S", "AE United": "AE United"} {
		if got := country(in); got != want {
			t.Errorf("country %s: %s, want %s", in, got, want)
		}
	}
}
