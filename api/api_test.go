package api_test

import (
	"encoding/json"
	"errors"
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
)

var update = flag.Bool("update", false, "write the golden files")

func money(s string) *api.Money { return &api.Money{Amount: wherry.MustAmount(s)} }

// connected is a status in which every field is set.
func connected(t *testing.T) api.Status {
	t.Helper()
	hub, err := wherry.ParseAddress("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23")
	if err != nil {
		t.Fatal(err)
	}
	id := wherry.SessionID{1, 2, 3}
	s := api.DefaultSettings()
	s.DNSBlock = []string{"ads", "trackers"}
	return api.Status{
		State: api.Connected, Since: time.Date(2026, 3, 5, 11, 48, 10, 0, time.UTC), Closed: true,
		Cause: &api.Cause{Code: wherry.Unreachable, Message: "the first provider fell silent"}, Try: 2,
		Wanted:   &api.Wanted{Place: wherry.Place{Country: "SE"}},
		Provider: &api.Peer{Name: "lill-ekorre", Address: hub, Country: "SE", City: "Gothenburg", IPType: "residential"},
		Session:  &id, Protocol: "wireguard", Price: &api.Price{PerGiB: *money("0.08"), PerHour: *money("0.002")},
		PaidThrough: &api.Channel{Hub: hub, Name: "nordic-1", Chain: 7, Left: *money("7.63"), Deposit: *money("10")},
		SeenAs:      []netip.Addr{netip.MustParseAddr("198.51.100.72"), netip.MustParseAddr("2001:db8:5::72")},
		Carried:     api.Carried{DownBytes: 3446711910, UpBytes: 300647711, DownBitsPerSecond: 18400000, UpBitsPerSecond: 1100000},
		Spent:       api.Spent{Session: *money("0.284"), Day: money("0.61")},
		Limits:      api.Limits{Session: money("2"), Day: money("2"), MaxPerGiB: money("0.12"), MaxPerHour: money("0.1")},
		AtRisk:      *money("0.0001"), Settings: s,
		Problems: []api.Problem{{Code: wherry.Conflict, Message: "Docker's containers go around the tunnel"}},
		ToGoOn:   api.ToGoOn(wherry.OverBudget, false),
	}
}

// golden compares v, as indented JSON, with a file.
func golden(t *testing.T, name string, v any) {
	t.Helper()
	got, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(got) != string(want) {
		t.Errorf("%s: %v\n%s", path, err, got)
	}
}

func TestGoldenJSON(t *testing.T) {
	golden(t, "connected.json", connected(t).Fill())
	golden(t, "zero.json", api.Status{State: api.Disconnected, Settings: api.DefaultSettings()}.Fill())
	golden(t, "refusal.json", api.Refuse(wherry.Errorf(wherry.PriceTooHigh, "no provider in JP sells at or below 0.05"), "req_1"))
	golden(t, "settings.json", api.SettingsDocument{Schema: api.SettingsSchema, Settings: api.DefaultSettings()})
}

func TestStatusSurvivesJSON(t *testing.T) {
	want := connected(t).Fill()
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got api.Status
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(got)
	if err != nil || string(again) != string(b) {
		t.Errorf("%v\n%s\n%s", err, b, again)
	}
}

func TestListsAreNeverNull(t *testing.T) {
	for _, v := range []any{
		api.Status{}.Fill(), api.Refuse(errors.New("x"), ""),
		api.Status{Problems: []api.Problem{{}}}.Fill(), api.DefaultSettings(),
	} {
		b, err := json.Marshal(v)
		if err != nil || strings.Contains(string(b), "null") {
			t.Errorf("%v: %s", err, b)
		}
	}
}

func TestMoneyInAnotherCurrencyIsRefused(t *testing.T) {
	var m api.Money
	for _, bad := range []string{`{"amount":"1","currency":"USD"}`, `{"amount":"-1","currency":"FARE"}`, `1.5`, `{"amount":1,"currency":"FARE"}`} {
		if json.Unmarshal([]byte(bad), &m) == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

func TestConnectTo(t *testing.T) {
	for in, want := range map[string]api.Connect{
		"":       {},
		"se":     {Place: wherry.Place{Country: "SE"}},
		"se/got": {Place: wherry.Place{Country: "SE", City: "got"}},
		"0x2c7536e3605d9c16a7a3d7b1898e529396a65c23": {Provider: "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23"},
		"lill-ekorre": {Provider: "lill-ekorre"},
	} {
		var got api.Connect
		if err := got.To(in); err != nil || got != want {
			t.Errorf("%q: %+v, %v", in, got, err)
		}
	}
	for _, bad := range []string{"s1", "0x12", "0x2C7536e3605d9c16a7a3d7b1898e529396a65c23", "se/" + strings.Repeat("x", 30)} {
		if err := new(api.Connect).To(bad); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestConnectCheck(t *testing.T) {
	for name, c := range map[string]api.Connect{
		"both":      {Provider: "x", Place: wherry.Place{Country: "SE"}},
		"ip type":   {IPType: "satellite"},
		"no budget": {Budget: &api.Money{}},
		"too much":  {MaxPerGiB: money("79228162515")},
		"place":     {Place: wherry.Place{City: "got"}},
	} {
		if err := c.Check(); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is said over the socket comes back as the same error; the text of an
// error of ours without a code does not leave the process.
func TestRefusalsComeBack(t *testing.T) {
	for code := range wherry.Codes() {
		b, err := json.Marshal(api.Refuse(wherry.Errorf(code, "some text"), "r"))
		if err != nil {
			t.Fatal(err)
		}
		back := api.ParseRefusal(b)
		if got := back.Err(); wherry.CodeOf(got) != code || code != wherry.Internal && got.Error() != "some text" || back.Status != code.Info().HTTP {
			t.Errorf("%s: %v, %+v", code, got, back)
		}
	}
	for _, err := range []error{errors.New("/var/lib/secret"), wherry.Errorf(wherry.Internal, "/var/lib/secret"), wherry.Errorf("unheard", "/var/lib/secret")} {
		if b, _ := json.Marshal(api.Refuse(err, "")); strings.Contains(string(b), "secret") {
			t.Errorf("%s", b)
		}
	}
	for _, bad := range []string{"", "null", "{}", `{"code":"unheard of"}`, "<html>"} {
		if got := wherry.CodeOf(api.ParseRefusal([]byte(bad)).Err()); got != wherry.Internal {
			t.Errorf("%s: %s", bad, got)
		}
	}
}

// Each way out of a blocked state is a command, and the last opens the network.
func TestEveryCauseHasAWayOut(t *testing.T) {
	for code := range wherry.Codes() {
		for _, lockdown := range []bool{false, true} {
			ways := api.ToGoOn(code, lockdown)
			last := ways[len(ways)-1]
			if len(ways) != 2 || last.Command != "wherry disconnect" || lockdown == strings.HasPrefix(last.Does, "opens") {
				t.Errorf("%s: %+v", code, ways)
			}
		}
	}
}

func ExampleSettings_Set() {
	s := api.DefaultSettings()
	fmt.Println(s.Set("dns_blok", "ads"))
	fmt.Println(s.Set("dns-block", "ads,trackers"), s.Text())
	// Output:
	// there is no setting "dns_blok"; the nearest is dns-block
	// <nil> dns-block=ads,trackers
}
