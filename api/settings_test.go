package api_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// other has a value for each key that is not the default.
var other = map[string]string{
	"lockdown": "on", "lan": "allow", "auto-connect": "SE/got", "spare": "on", "ipv6": "off", "dns": "192.0.2.53,2001:db8::53",
	"dns-block": "malware,ads", "protocol": "wireguard", "forwarding": "open", "mtu": "1400",
}

func TestEverySettingIsSetAndReadBack(t *testing.T) {
	def := api.DefaultSettings()
	if err := def.Check(); err != nil {
		t.Fatal(err)
	}
	all := def
	var patch api.SettingsPatch
	for _, k := range api.AllSettings() {
		if got, err := def.Get(k.Key); err != nil || got != k.Values[0] {
			t.Errorf("%s is %q at first, %v: the first of %v", k.Key, got, err, k.Values)
		}
		v, ok := other[k.Key]
		if !ok || k.Meaning == "" {
			t.Errorf("%s has no meaning, or no value in this test", k.Key)
			continue
		}
		one := def
		if err := one.Set(k.Key, v); err != nil {
			t.Error(err)
		}
		if got, _ := one.Get(k.Key); got != v || one.Equal(def) {
			t.Errorf("%s=%s reads %q", k.Key, v, got)
		}
		if err := one.Unset(k.Key); err != nil || !one.Equal(def) {
			t.Errorf("%s: %v, %+v", k.Key, err, one)
		}
		if err := all.Set(k.Key, v); err != nil {
			t.Error(err)
		}
		if err := patch.Set(k.Key, v); err != nil {
			t.Error(err)
		}
	}
	if got, err := def.With(patch); err != nil || !got.Equal(all) {
		t.Errorf("the patch makes %+v, %v", got, err)
	}
	if back, err := api.ParseSettings("# kept\n\n" + all.Text()); err != nil || !back.Equal(all) {
		t.Errorf("%+v, %v", back, err)
	}
	if len(other) != len(api.AllSettings()) || reflect.TypeFor[api.SettingsPatch]().NumField() != len(other) || reflect.TypeFor[api.Settings]().NumField() != len(other) {
		t.Error("table, settings and patch have not the same keys")
	}
	if def.Text() != "" {
		t.Errorf("the defaults are written down: %q", def.Text())
	}
}

// A key of JSON is the key of the command line with an underscore.
func TestKeysAreTheSameInJSON(t *testing.T) {
	b, err := json.Marshal(api.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	for _, k := range api.AllSettings() {
		if _, ok := m[strings.ReplaceAll(k.Key, "-", "_")]; !ok {
			t.Errorf("%s is not in %s", k.Key, b)
		}
	}
}

func TestWrongSettingsAreRefused(t *testing.T) {
	for _, kv := range [][2]string{
		{"lockdown", "yes"},
		{"lockdown", ""},
		{"lan", "off"},
		{"auto-connect", ""},
		{"auto-connect", "sweden"},
		{"ipv6", "1"},
		{"dns", ""},
		{"dns", "one.one.one.one"},
		{"dns", "0.0.0.0"},
		{"dns", "127.0.0.1"},
		{"dns", "fe80::1%eth0"},
		{"dns", "::ffff:127.0.0.1"},
		{"dns", "192.0.2.1,192.0.2.2,192.0.2.3,192.0.2.4,192.0.2.5"},
		{"dns-block", "all"},
		{"dns-block", ""},
		{"protocol", "cloak"},
		{"forwarding", "on"},
		{"mtu", "1279"},
		{"mtu", "9001"},
		{"mtu", "01400"},
		{"mtu", "-1400"},
		{"mtu", "0"},
		{"no-such-key", "on"},
		{"", ""},
	} {
		s := api.DefaultSettings()
		if err := s.Set(kv[0], kv[1]); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s=%s: %v", kv[0], kv[1], err)
		}
		if !s.Equal(api.DefaultSettings()) {
			t.Errorf("%s=%s was refused and has changed something", kv[0], kv[1])
		}
		var p api.SettingsPatch
		if err := p.Set(kv[0], kv[1]); err == nil || p != (api.SettingsPatch{}) {
			t.Errorf("%s=%s: patch %+v, %v", kv[0], kv[1], p, err)
		}
	}
	lan, mtu := "everything", 5
	for _, p := range []api.SettingsPatch{{LAN: &lan}, {MTU: &mtu}} {
		if _, err := api.DefaultSettings().With(p); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%+v: %v", p, err)
		}
	}
	if (api.Settings{}).Check() == nil {
		t.Error("settings that nobody has made pass")
	}
}

func TestUnknownKeysNameTheNearest(t *testing.T) {
	for key, want := range map[string]string{
		"lockdwon": "nearest is lockdown", "auto_connect": "nearest is auto-connect", "LAN": "nearest is lan", "dns-blocks": "nearest is dns-block",
		"kill-switch-of-mine": "wherry get lists them", strings.Repeat("x", 5000): "wherry get lists them",
	} {
		err := (&api.Settings{}).Set(key, "on")
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 200 {
			t.Errorf("%.20s: %v", key, err)
		}
	}
}

func TestSettingsFileIsStrict(t *testing.T) {
	for _, bad := range []string{"lockdown", "lockdown=on\nlockdown=on", "lockdwon=on", "mtu=5"} {
		if _, err := api.ParseSettings(bad); wherry.CodeOf(err) != wherry.Invalid || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// A patch leaves the lists of the settings that it changed alone.
func TestPatchSharesNothing(t *testing.T) {
	a := api.DefaultSettings()
	a.DNSBlock = []string{"ads"}
	b, err := a.With(api.SettingsPatch{})
	if err != nil {
		t.Fatal(err)
	}
	b.DNSBlock[0] = "social"
	if a.DNSBlock[0] != "ads" {
		t.Error("two settings share a list")
	}
}

func FuzzParseSettings(f *testing.F) {
	f.Add("lockdown=on\ndns=192.0.2.1")
	f.Add("mtu=auto\n# x\nauto-connect=se/got")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := api.ParseSettings(text)
		if err != nil {
			return
		}
		if err := s.Check(); err != nil {
			t.Fatalf("%q was read and is wrong: %v", text, err)
		}
		if back, err := api.ParseSettings(s.Text()); err != nil || !back.Equal(s) {
			t.Fatalf("%q comes back as %+v, %v", text, back, err)
		}
	})
}

func FuzzParseRefusal(f *testing.F) {
	f.Add([]byte(`{"code":"no_offer","detail":"x"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := api.ParseRefusal(b).Err(); !wherry.CodeOf(err).Known() {
			t.Fatalf("%q makes %v", b, err)
		}
	})
}
