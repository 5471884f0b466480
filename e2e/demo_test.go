package e2e

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/node"
)

// TestDemoTwice runs the demonstration as a person without privileges, twice.
func TestDemoTwice(t *testing.T) {
	t.Parallel()
	for i := range 2 {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			home := t.TempDir()
			cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "wherrydev"), "demo")
			cmd.Env = []string{"PATH=/nonexistent", "HOME=" + home, "TMPDIR=" + home} // neither npm nor a compiler
			if os.Getuid() == 0 {
				const nobody = 65534
				for d := home; d != os.TempDir() && d != "/"; d = filepath.Dir(d) {
					if err := os.Chmod(d, 0o755); err != nil {
						t.Fatal(err)
					}
				}
				if err := os.Chown(home, nobody, nobody); err != nil {
					t.Fatal(err)
				}
				cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
			}
			out, err := cmd.CombinedOutput()
			t.Logf("%s", out)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(out), "\n"); n > 60 {
				t.Errorf("%d lines: at most 60", n)
			}
			for _, want := range []string{"not one base unit is missing", "exit 5", "stays refused", "127.0.0.11", "127.0.0.12"} {
				if !strings.Contains(string(out), want) {
					t.Errorf("the demonstration does not say %q", want)
				}
			}
		})
	}
}

// TestUpDownKeepsTheBooks uses a network, stops it, and finds the same books.
func TestUpDownKeepsTheBooks(t *testing.T) {
	t.Parallel()
	n := up(t)
	page, err := get(t, through(t, n), n.SiteURL("/"), 1<<10)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(page, "You appear as 127.") {
		t.Errorf("the page says %q", page)
	}
	if err := n.Consumer().Stop(t.Context()); err != nil { // ends the session, and with it the last tick
		t.Fatal(err)
	}
	before := agree(t, n)
	if before.Consumer.Spent.IsZero() {
		t.Fatal("nothing was spent")
	}
	if err := n.Down(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := open(t, n.Dir)
	if err := again.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := agree(t, again)
	if after.Consumer.Spent != before.Consumer.Spent || after.Hub.In != before.Hub.In {
		t.Errorf("before: spent %s, hub in %s; after: spent %s, hub in %s", before.Consumer.Spent, before.Hub.In, after.Consumer.Spent, after.Hub.In)
	}
	status, err := again.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !status.Agree {
		t.Errorf("status: %v", status.Problems)
	}
}

// TestSecondUpIsRefused finds that a network which runs is not started again.
func TestSecondUpIsRefused(t *testing.T) {
	t.Parallel()
	n := up(t)
	err := open(t, n.Dir).Up(t.Context())
	if err == nil || !strings.Contains(err.Error(), "runs already") {
		t.Errorf("a second up: %v", err)
	}
}

// TestBooksThatLieAreFound is the control: the check must see one base unit.
func TestBooksThatLieAreFound(t *testing.T) {
	t.Parallel()
	n := up(t)
	if _, err := get(t, through(t, n), n.SiteURL("/"), 1<<10); err != nil {
		t.Fatal(err)
	}
	if err := n.Consumer().Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := agree(t, n)
	for name, lie := range map[string]func(*devnet.Books){
		"consumer": func(b *devnet.Books) { b.Consumer.Left.Amount, _ = b.Consumer.Left.Sub(one) },
		"hub":      func(b *devnet.Books) { b.Hub.Fee.Amount, _ = b.Hub.Fee.Add(one) },
		"provider": func(b *devnet.Books) {
			e := b.Providers["de"]
			e.Waiting.Amount, _ = e.Waiting.Add(one)
			b.Providers["de"] = e
		},
	} {
		t.Run(name, func(t *testing.T) {
			copied := *b
			copied.Providers = map[string]node.EarningsState{}
			maps.Copy(copied.Providers, b.Providers)
			lie(&copied)
			if len(copied.Check()) == 0 {
				t.Error("one base unit is missing and nobody noticed")
			}
		})
	}
}

var one = wherry.Base(1)
