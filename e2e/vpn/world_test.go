package vpn

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/e2e/lab"
	"github.com/wherrynet/wherry/e2e/programs"
)

// bin holds the programs under test.
var bin string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	return programs.With(func(dir string) int {
		bin = dir
		return tell(m.Run())
	})
}

// tell shows the table of what was proved. go test shows nothing of a run that
// passes, so it is written to a file too, if one is named.
func tell(code int) int {
	lab.WriteClaims(os.Stdout)
	if name := os.Getenv("WHERRY_CLAIMS"); name != "" {
		f, err := os.Create(name)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer f.Close()
		lab.WriteClaims(f)
	}
	return code
}

// world is a home with a network on its internet.
type world struct {
	*lab.Home
	t   *testing.T
	dir string // of the network
}

// newWorld builds the home and starts the network on it, without the consumer.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Home: lab.New(t).NewHome(), t: t, dir: t.TempDir()}
	layout, err := json.Marshal(devnet.Layout{
		Ledger: lab.Ledger4,
		Web:    devnet.Place{NetNS: w.Web.NS, Addr: lab.Web4, DNS: lab.Names4},
		Providers: []devnet.Place{
			{NetNS: w.Provider.NS, Addr: lab.Provider4},
			{NetNS: w.Second.NS, Addr: lab.Second4},
		},
		Consumer: w.Consumer.NS,
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(w.dir, "layout.json")
	if err := os.WriteFile(file, layout, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			w.logs()
		}
		if out, err := w.Ledger.Command(context.WithoutCancel(t.Context()), filepath.Join(bin, "wherrydev"), "down", "--dir", w.dir).CombinedOutput(); err != nil {
			t.Errorf("wherrydev down: %v\n%s", err, out)
		}
	})
	w.dev("up", "--layout", file)
	return w
}

// dev runs wherrydev on the ledger's host.
func (w *world) dev(args ...string) {
	w.t.Helper()
	args = append(args, "--dir", w.dir)
	if out, err := w.Ledger.Command(w.t.Context(), filepath.Join(bin, "wherrydev"), args...).CombinedOutput(); err != nil {
		w.t.Fatalf("wherrydev %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// logs shows what every role had to say.
func (w *world) logs() {
	files, err := filepath.Glob(filepath.Join(w.dir, "*", "err.log"))
	if err != nil {
		w.t.Error(err)
	}
	for _, f := range files {
		if b, err := os.ReadFile(f); err == nil && len(b) > 0 {
			w.t.Logf("%s:\n%s", filepath.Base(filepath.Dir(f)), b[max(0, len(b)-4096):])
		}
	}
}

// config is the consumer's.
func (w *world) config() string { return filepath.Join(w.dir, "consumer", "wherry.toml") }

// program is the product, running on a host.
type program struct {
	*exec.Cmd
	out  *devnet.Lines
	errs string // file
	done chan struct{}
}

// start runs wherry on a host until the test ends, and waits for its ready line.
func (w *world) start(h *lab.Host, args ...string) *program {
	w.t.Helper()
	dir := w.t.TempDir()
	p := &program{Cmd: h.Command(context.WithoutCancel(w.t.Context()), filepath.Join(bin, "wherry"), args...), done: make(chan struct{})}
	out, err := os.Create(filepath.Join(dir, "out"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer out.Close()
	p.errs = filepath.Join(dir, "err")
	errs, err := os.Create(p.errs)
	if err != nil {
		w.t.Fatal(err)
	}
	defer errs.Close()
	p.Stdout, p.Stderr = out, errs
	p.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "NO_COLOR=1"}
	if err := p.Start(); err != nil {
		w.t.Fatal(err)
	}
	go func() { _ = p.Wait(); close(p.done) }()
	w.t.Cleanup(func() {
		p.stop(w.t)
		if w.t.Failed() {
			b, _ := os.ReadFile(p.errs)
			w.t.Logf("%s:\n%s", strings.Join(args, " "), b[max(0, len(b)-8192):])
		}
	})
	p.out = devnet.Follow(out.Name())
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	for {
		line, err := p.out.Next(ctx, p.done)
		if err != nil {
			b, _ := os.ReadFile(p.errs)
			w.t.Fatalf("wherry %s is not ready: %v\n%s", strings.Join(args, " "), err, b)
		}
		var r devnet.Ready
		if json.Unmarshal(line, &r) == nil && r.Schema == devnet.ReadySchema {
			return p
		}
	}
}

func (p *program) stop(t testing.TB) {
	t.Helper()
	_ = p.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-p.done:
	case <-time.After(30 * time.Second):
		_ = p.Process.Kill()
		<-p.done
		t.Error("the program did not end within 30 s of SIGTERM")
	}
}

// run runs wherry on a host and returns what it prints.
func (w *world) run(h *lab.Host, args ...string) (string, error) {
	var out, errs bytes.Buffer
	cmd := h.Command(w.t.Context(), filepath.Join(bin, "wherry"), args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + w.dir, "NO_COLOR=1"}
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if err != nil {
		err = fmt.Errorf("wherry %s: %w\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out.String(), err
}

// fetch gets a page over a client, up to limit bytes.
func fetch(ctx context.Context, c *http.Client, url string, limit int64) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
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

// direct is a client of a program on a host that knows nothing of a tunnel.
func direct(h *lab.Host) *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: h.DialContext, DisableKeepAlives: true}, Timeout: 10 * time.Second}
}

// outside keeps the packets that the consumer sent and that are not the tunnel's
// own: WireGuard and the link to a provider, and TCP to the network's servers
// and the providers' catalogues.
func outside(c *lab.Capture) []lab.Packet {
	return c.Packets(func(p lab.Packet) bool {
		if p.Src.Addr() != lab.Consumer4 && p.Src.Addr() != lab.Consumer6 && p.Src.Addr().IsValid() && !p.Src.Addr().IsLinkLocalUnicast() {
			return false // towards the consumer
		}
		provider := func(a netip.Addr) bool { return a == lab.Provider4 || a == lab.Second4 }
		switch {
		case p.Neighbourly():
			return false
		case p.UDP() && provider(p.Dst.Addr()) && p.Dst.Port() == 41641:
			return false
		case p.TCP() && (p.Dst.Addr() == lab.Ledger4 || provider(p.Dst.Addr()) && p.Dst.Port() == 7070):
			return false
		}
		return p.Ether != 0
	})
}
