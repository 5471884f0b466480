package e2e

import (
	"os"
	"strings"
	"testing"

	"github.com/wherrynet/wherry/devnet"
)

// secrets is what no log may hold: where the consumer is, and where it goes.
func secrets(n *devnet.Net) []string { return []string{n.ConsumerAddress().String(), devnet.SiteName} }

// TestLogsTellNothing reads every log of a network in which everybody logs all
// that they can, after a trip with a page, a refused port and a name that does
// not exist.
func TestLogsTellNothing(t *testing.T) {
	t.Parallel()
	n := up(t)
	c := through(t, n)
	if _, err := get(t, c, n.SiteURL("/"), 1<<10); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"http://127.0.0.1:1/", "http://nobody." + devnet.SiteName + "/"} {
		if _, err := get(t, c, to, 1<<10); err == nil {
			t.Errorf("%s was reached", to)
		}
	}
	if err := n.Consumer().Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, p := range n.Processes() {
		b, err := os.ReadFile(p.Err())
		if err != nil {
			t.Fatal(err)
		}
		read += len(b)
		for _, s := range found(n, string(b)) {
			t.Errorf("the log of %s holds %s", p.Name, s)
		}
	}
	if read == 0 {
		t.Error("nobody logged anything: this test looks at nothing")
	}
}

// TestSecretsAreFound is the control: the search must see what it looks for.
func TestSecretsAreFound(t *testing.T) {
	t.Parallel()
	n := open(t, t.TempDir())
	if got := found(n, "peer="+n.ConsumerAddress().String()+":4711 name=demo.test."); len(got) != len(secrets(n)) {
		t.Errorf("found %q", got)
	}
}

func found(n *devnet.Net, log string) (out []string) {
	for _, s := range secrets(n) {
		if strings.Contains(log, s) {
			out = append(out, s)
		}
	}
	return out
}
