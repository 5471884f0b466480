package vpn

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/e2e/lab"
	"github.com/wherrynet/wherry/internal/needs"
)

// looksLikeWireGuard is what any box on the way can tell at sight.
func looksLikeWireGuard(p lab.Packet) bool {
	b := p.Payload
	if !p.UDP() || len(b) < 32 || b[1]|b[2]|b[3] != 0 {
		return false
	}
	return b[0] >= 1 && b[0] <= 4
}

// Whoever sits on the way sees that two computers talk, and not by what: neither
// we nor the classifier that operators use know the tunnel again. The same
// provider without the mask is recognised by both.
func TestNobodyOnTheWayRecognisesTheTunnel(t *testing.T) {
	reader := needs.Program(t, "ndpiReader")
	w := newWorld(t)
	w.Consumer.IP("link", "set", "eth0", "gso_max_segs", "1") // so that the eyes see what is on a real wire
	w.Internet.IP("link", "set", "second", "gso_max_segs", "1")
	eyes := w.Router.Capture(lab.Side)
	tunnel := func(p lab.Packet) bool {
		return p.UDP() && (p.Dst.Addr() == lab.Second4 || p.Src.Addr() == lab.Second4)
	}

	classify := func(fits func(lab.Packet) bool) string {
		file := filepath.Join(t.TempDir(), "tunnel.pcap")
		eyes.WritePCAP(file, fits)
		out, err := exec.CommandContext(t.Context(), reader, "-i", file, "-v", "1").CombinedOutput()
		if err != nil {
			t.Fatalf("ndpiReader: %v\n%s", err, out)
		}
		return string(out)
	}
	ride := func() (opened time.Time) {
		eyes.Reset()
		consumer := w.start(w.Consumer, "proxy", "de", "--json", "--config", w.config())
		opened = time.Now()
		at := &url.URL{Scheme: "socks5h", Host: "127.0.0.1:1080"}
		browser := &http.Client{
			Transport: &http.Transport{Proxy: http.ProxyURL(at), DialContext: w.Consumer.DialContext, DisableKeepAlives: true},
			Timeout:   30 * time.Second,
		}
		for range 3 {
			err := errors.New("not asked yet")
			for try := 0; err != nil && try < 10; try++ { // a provider that has just come back may close a first session
				if _, err = fetch(t.Context(), browser, "http://"+devnet.SiteName+"/file", 256<<10); err != nil {
					t.Logf("again: %v", err)
					time.Sleep(time.Second)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		consumer.stop(t)
		if n := eyes.Count(tunnel); n < 100 {
			t.Fatalf("only %d packets of the tunnel were seen", n)
		}
		return opened
	}

	opened := ride()
	masked := eyes.Packets(func(p lab.Packet) bool { return tunnel(p) && looksLikeWireGuard(p) })
	for what, fits := range map[string]func(lab.Packet) bool{
		"from the first packet on": tunnel,
		"without its opening":      func(p lab.Packet) bool { return tunnel(p) && p.At.After(opened) },
	} {
		if verdict := classify(fits); strings.Contains(strings.ToLower(verdict), "wireguard") {
			t.Errorf("the classifier knows the masked tunnel, %s:\n%s", what, verdict)
		}
	}

	w.stopProvider("de")
	w.change("provider-de", "[provider]\n", "[provider]\nplain = true\n")
	w.start(w.Second, "provide", "--json", "--config", filepath.Join(w.dir, "provider-de", "wherry.toml"))
	ride()
	plain := func(p lab.Packet) bool { return tunnel(p) && looksLikeWireGuard(p) }
	if verdict := classify(plain); !strings.Contains(strings.ToLower(verdict), "wireguard") {
		t.Errorf("control: the classifier does not know the plain tunnel either:\n%s", verdict)
	}
	w.Proved("packets of a masked tunnel that look like WireGuard", masked, eyes.Count(plain))
}

// stopProvider ends one that wherrydev has started.
func (w *world) stopProvider(name string) {
	w.t.Helper()
	file := filepath.Join(w.dir, "provider-"+name, "pid")
	b, err := os.ReadFile(file)
	if err != nil {
		w.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		w.t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
		w.t.Fatal(err)
	}
	for range 300 {
		if syscall.Kill(pid, 0) != nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err := os.Remove(file); err != nil { // it is not wherrydev's any more
		w.t.Fatal(err)
	}
}

// change edits a role's configuration.
func (w *world) change(role, from, to string) {
	w.t.Helper()
	file := filepath.Join(w.dir, role, "wherry.toml")
	b, err := os.ReadFile(file)
	if err != nil {
		w.t.Fatal(err)
	}
	if !strings.Contains(string(b), from) {
		w.t.Fatalf("%s has no %q:\n%s", file, from, b)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(b), from, to, 1)), 0o600); err != nil {
		w.t.Fatal(err)
	}
}
