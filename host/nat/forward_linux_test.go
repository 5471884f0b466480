package nat

import (
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
