package e2e

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/devnet"
)

// bin holds the programs under test.
var bin string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "wherry-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // another user runs these programs too
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	bin = dir
	build := exec.Command("go", "build", "-trimpath", "-o", dir, "../cmd/wherry", "../cmd/wherrydev")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as they are released
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// open plans a network in a directory of the test's.
func open(t *testing.T, dir string) *devnet.Net {
	t.Helper()
	n, err := devnet.Open(dir, filepath.Join(bin, "wherry"), filepath.Join(bin, "wherrydev"))
	if err != nil {
		t.Fatal(err)
	}
	n.Say, n.Loud = t.Logf, true
	return n
}

// up starts a network with its consumer, and stops it at the end of the test.
func up(t *testing.T) *devnet.Net {
	t.Helper()
	n := quiet(t)
	if err := n.Consumer().Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return n
}

// quiet is up without the consumer's proxy.
func quiet(t *testing.T) *devnet.Net {
	t.Helper()
	n := open(t, t.TempDir())
	t.Cleanup(func() {
		if err := n.Down(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			logs(t, n)
		}
	})
	if err := n.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	return n
}

// logs shows what every role had to say.
func logs(t *testing.T, n *devnet.Net) {
	for _, p := range n.Processes() {
		b, err := os.ReadFile(p.Err())
		if err == nil && len(b) > 0 {
			t.Logf("%s:\n%s", p.Name, b[max(0, len(b)-4096):])
		}
	}
}

// through returns an HTTP client that goes through the network's consumer.
func through(t *testing.T, n *devnet.Net) *http.Client {
	t.Helper()
	u, err := url.Parse(n.ProxyURL())
	if err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{Proxy: http.ProxyURL(u), DisableKeepAlives: true}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: time.Minute}
}

// get fetches a page of the site and returns its first limit bytes.
func get(t *testing.T, c *http.Client, to string, limit int64) (string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, to, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := c.Do(r)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var b bytes.Buffer
	_, err = io.Copy(&b, io.LimitReader(resp.Body, limit))
	return b.String(), err
}

// agree waits until the books agree. A difference that stays is a loss.
func agree(t *testing.T, n *devnet.Net) *devnet.Books {
	t.Helper()
	b, wrong, err := n.Settled(t.Context(), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if len(wrong) > 0 {
		t.Fatalf("the books do not agree:\n  %s\n%s", strings.Join(wrong, "\n  "), b.Text())
	}
	return b
}
