package wireguard

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
)

func TestKeyHasOneText(t *testing.T) {
	priv, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	k := priv.Public()
	got, err := ParseKey(k.String())
	if err != nil || got != k || k.IsZero() {
		t.Fatalf("%v came back as %v, %v", k, got, err)
	}
	b, err := json.Marshal(map[string]Key{"key": k})
	if err != nil || !strings.Contains(string(b), k.String()) {
		t.Errorf("in JSON it is %s, %v", b, err)
	}
	text := k.String()
	for _, bad := range []string{"", "=", text[:43], text + "=", text[:42] + "!=", " " + text[1:], text[:43] + "A", strings.Repeat("A", 42) + "B="} {
		if _, err := ParseKey(bad); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%q: %v, want invalid", bad, err)
		}
	}
}

func TestPrivateKeyIsNeverPrinted(t *testing.T) {
	priv, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	raw := priv.Bytes()
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", priv)
	for _, s := range []string{fmt.Sprint(priv), fmt.Sprintf("%v %+v %#v %s", priv, priv, priv, priv), log.String()} {
		if strings.Contains(s, fmt.Sprint(raw[5])+" "+fmt.Sprint(raw[6])) || !strings.Contains(s, "[private key]") {
			t.Errorf("printed as %s", s)
		}
	}
	again, err := PrivateKeyFrom(raw)
	if err != nil || again.Public() != priv.Public() {
		t.Error("a key that was kept is another")
	}
	if _, err := PrivateKeyFrom([32]byte{}); err == nil {
		t.Error("zeroes are a key")
	}
}

func TestConfigIsChecked(t *testing.T) {
	priv, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	addr := []netip.Addr{netip.MustParseAddr("10.0.0.1")}
	for name, c := range map[string]Config{
		"no wire":       {PrivateKey: priv},
		"no key":        {Wire: newStill()},
		"small MTU":     {Wire: newStill(), PrivateKey: priv, MTU: 500},
		"large MTU":     {Wire: newStill(), PrivateKey: priv, MTU: 65000},
		"flows":         {Wire: newStill(), PrivateKey: priv, FlowsPerPeer: -1},
		"two of four":   {Wire: newStill(), PrivateKey: priv, Addrs: append(addr, netip.MustParseAddr("10.0.0.2"))},
		"mapped":        {Wire: newStill(), PrivateKey: priv, Addrs: []netip.Addr{netip.MustParseAddr("::ffff:10.0.0.1")}},
		"multicast":     {Wire: newStill(), PrivateKey: priv, Addrs: []netip.Addr{netip.MustParseAddr("224.0.0.1")}},
		"zone":          {Wire: newStill(), PrivateKey: priv, Addrs: []netip.Addr{netip.MustParseAddr("fe80::1%x")}},
		"exit, no addr": {Wire: newStill(), PrivateKey: priv, Exit: noExit{}},
	} {
		if _, err := New(c); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
	d, err := New(Config{Wire: newStill(), PrivateKey: priv, Addrs: addr, Exit: noExit{}})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	other, _ := GenerateKey()
	for name, p := range map[string]Peer{
		"no key":     {Inner: []netip.Addr{netip.MustParseAddr("10.0.0.2")}},
		"itself":     {Key: d.PublicKey(), Inner: []netip.Addr{netip.MustParseAddr("10.0.0.2")}},
		"no address": {Key: other.Public()},
		"no unicast": {Key: other.Public(), Inner: []netip.Addr{netip.MustParseAddr("0.0.0.0")}},
	} {
		if err := d.AddPeer(p); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
	if err := d.SetAllowance(other.Public(), 1); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("an allowance for nobody: %v", err)
	}
	if err := d.AddPeer(Peer{Key: other.Public(), Inner: []netip.Addr{netip.MustParseAddr("10.0.0.2")}}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Tunnel(other.Public()); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("a consumer as a way out: %v", err)
	}
	if !d.LastReceived(other.Public()).IsZero() {
		t.Error("something was received")
	}
}
