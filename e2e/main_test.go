package e2e

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/e2e/programs"
)

// bin holds the programs under test.
var bin string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	flag.Parse()
	if err := parallel(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return programs.With(func(dir string) int {
		bin = dir
		return m.Run()
	})
}

// together is how many networks run at a time, where -parallel says nothing: a
// trip keeps one core busy for a moment, and waits for blocks most of its time.
const together = 5

// blocks counts the networks of this process, which has a block of loopback
// addresses for each.
var blocks atomic.Uint32

// parallel sets how many tests run at a time, unless whoever runs them says.
func parallel() (err error) {
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "test.parallel" })
	if !said {
		err = flag.Set("test.parallel", fmt.Sprint(together))
	}
	return err
}

// open plans a network in a directory of the test's, or reads what lies there.
func open(t *testing.T, dir string) *devnet.Net {
	t.Helper()
	at := devnet.Block{byte(1 + os.Getpid()%254), byte(blocks.Add(1))}
	n, err := devnet.OpenAt(dir, filepath.Join(bin, "wherry"), filepath.Join(bin, "wherrydev"), at)
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
