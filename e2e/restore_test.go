package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/node"
)

// hubSays runs a command as the hub's operator and reads its JSON.
func hubSays(t *testing.T, n *devnet.Net, into any, args ...string) {
	t.Helper()
	out, err := n.Run(t.Context(), "hub", append(append([]string{"hub"}, args...), "--json")...)
	if err != nil {
		t.Fatalf("hub %s: %v", strings.Join(args, " "), err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("hub %s: %s: %v", strings.Join(args, " "), out, err)
	}
}

// TestHubIsRestoredFromABackup is a bad day from its beginning to its end, by the
// commands of docs/recovery.md: a backup, more payments, the disk is lost. The
// restored hub takes no orders; a provider shows what it holds, and is paid all
// of it.
func TestHubIsRestoredFromABackup(t *testing.T) {
	t.Parallel()
	n := up(t)
	page := func() {
		eventually(t, "a page through the tunnel", func() error {
			_, err := get(t, through(t, n), n.SiteURL("/"), 1<<10)
			return err
		})
	}
	page()
	var b node.HubBackup
	hubSays(t, n, &b, "backup", "--to", t.TempDir())
	if b.Records == 0 || b.Bytes == 0 {
		t.Fatalf("%+v", b)
	}
	var before node.HubState
	eventually(t, "more is paid than the backup knows of", func() error {
		page()
		hubSays(t, n, &before, "status")
		if !b.Sums.Earned.Less(before.Out.Amount) {
			return fmt.Errorf("%s are earned, as in the backup", before.Out)
		}
		return nil
	})
	if err := n.Consumer().Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	hubSays(t, n, &before, "status")

	var j node.JournalContents
	hubSays(t, n, &j, "journal", "verify") // of the running hub
	if !j.Whole || j.Last <= b.Records {
		t.Fatalf("%+v", j)
	}
	if err := n.Hub().Kill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(j.At); err != nil {
		t.Fatal(err)
	}
	var r node.HubRestored
	hubSays(t, n, &r, "restore", b.File)
	if r.Whole || !r.Asked || r.Records != b.Records {
		t.Fatalf("%+v", r)
	}
	if err := n.Hub().Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	p := n.Provider(1) // the cheapest, which was paid
	if err := p.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	var after node.HubState
	eventually(t, "the provider shows what it holds", func() error {
		hubSays(t, n, &after, "status")
		if after.Out.Less(before.Out.Amount) {
			return fmt.Errorf("the hub knows of %s, and has signed %s", after.Out, before.Out)
		}
		return nil
	})
	if after.Serving || !strings.Contains(after.Problem, "not whole") {
		t.Fatalf("serving %t, %q", after.Serving, after.Problem)
	}
	eventually(t, "everything is paid", func() error {
		_, err := n.Run(t.Context(), "hub", "hub", "settle")
		hubSays(t, n, &after, "status")
		if after.Paid.Less(before.Out.Amount) {
			return fmt.Errorf("%s of %s are paid: %w", after.Paid, before.Out, err)
		}
		return nil
	})
}
