package nat

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func setting(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(path(name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(b))
}

// What an exit switches on is switched off again, also by the one who comes after a
// crash; what was on stays on.
func TestForwardingIsPutBack(t *testing.T) {
	newWorld(t)
	file := filepath.Join(t.TempDir(), "forwarding")
	ways := []Way{{"up0", public4}, {"up0", public6}}
	four, six := "ipv4/conf/up0/forwarding", "ipv6/conf/up0/force_forwarding"
	if _, err := os.Stat(path(six)); err != nil {
		six = "ipv6/conf/all/forwarding"
	}
	before4, before6 := setting(t, four), setting(t, six)
	if before4 != "0" || before6 != "0" {
		t.Fatalf("a new namespace forwards: %s, %s", before4, before6)
	}
	if _, err := Forward("wherry0", ways, file); err != nil {
		t.Fatal(err)
	}
	if setting(t, four) != "1" || setting(t, six) != "1" || setting(t, "ipv4/conf/lan0/forwarding") != "0" {
		t.Error("the way out does not forward, or the LAN does")
	}
	// The first one has crashed. The second finds forwarding on, and knows better.
	f, err := Forward("wherry0", ways, file)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Opened) != 2 {
		t.Errorf("opened for the tunnel's sake: %v", f.Opened)
	}
	if err := f.Restore(); err != nil {
		t.Fatal(err)
	}
	if setting(t, four) != "0" || setting(t, six) != "0" {
		t.Error("forwarding was not switched off again")
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("what was remembered is still there")
	}

	sysctl(t, "net.ipv4.conf.up0.forwarding", "1")
	if f, err = Forward("wherry0", ways[:1], file); err != nil || len(f.Opened) != 0 {
		t.Errorf("a router: %v, %v", f.Opened, err)
	}
	if err := f.Restore(); err != nil || setting(t, four) != "1" {
		t.Errorf("a router does not forward any more: %v", err)
	}
}

// What is remembered names settings that an exit changes, and nothing else: whoever
// can write the file, which is not root everywhere, would write any file as root.
func TestNothingElseIsPutBack(t *testing.T) {
	newWorld(t)
	dir := t.TempDir()
	victim, file := filepath.Join(dir, "victim"), filepath.Join(dir, "forwarding")
	up, err := filepath.Rel(settings, victim)
	if err != nil {
		t.Fatal(err)
	}
	host := setting(t, "ipv4/conf/lan0/rp_filter")
	remembered, err := json.Marshal(map[string]string{
		up: "1", "ipv4/conf/../../" + up: "1", "ipv4/conf/lan0/rp_filter": "2", "ipv4/ip_forward": "1", "ipv4/conf/lan0/forwarding": "many",
		"ipv4/conf/up0/forwarding": "0",
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, remembered, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Forward("wherry0", []Way{{"up0", public4}}, file)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.was) != 1 {
		t.Errorf("believed: %v", f.was)
	}
	if err := f.Restore(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(victim); err == nil {
		t.Error("a file was written that is no setting")
	}
	if got := setting(t, "ipv4/conf/lan0/rp_filter"); got != host {
		t.Errorf("another setting is %s, and was %s", got, host)
	}
	if got := setting(t, "ipv4/conf/up0/forwarding"); got != "0" {
		t.Errorf("the setting of ours is %s", got)
	}
}
