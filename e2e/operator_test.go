package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/node"
)

// TestOperatorDrainsTakesItsFeeAndRetires goes through a hub's last day: it is
// drained, its owner withdraws what is free, and its key ends.
func TestOperatorDrainsTakesItsFeeAndRetires(t *testing.T) {
	t.Parallel()
	n := up(t)
	if _, err := get(t, through(t, n), n.SiteURL("/"), 1<<10); err != nil {
		t.Fatal(err)
	}
	if err := n.Consumer().Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	var state node.HubState
	run := func(into any, args ...string) {
		t.Helper()
		out, err := n.Run(t.Context(), "hub", args...)
		if err != nil {
			t.Fatalf("wherry %s: %v", strings.Join(args, " "), err)
		}
		if err := json.Unmarshal(out, into); err != nil {
			t.Fatalf("wherry %s: %v in %s", strings.Join(args, " "), err, out)
		}
	}
	run(&state, "hub", "drain")
	if !state.Draining || !state.Pending.IsZero() || state.Paid.Amount != state.Out.Amount || state.Out.IsZero() {
		t.Fatalf("after draining: %+v", state)
	}
	agree(t, n)

	network, err := node.LoadNetwork(n.NetworkFile())
	if err != nil {
		t.Fatal(err)
	}
	b := network.Chains[len(network.Chains)-1].ID // on which the providers are paid
	var out struct {
		State string `json:"state"`
	}
	if _, err := n.Run(t.Context(), "hub", "hub", "withdraw", "1000000", "--chain", fmt.Sprint(b)); exitCode(err) != 5 {
		t.Fatalf("withdrawing more than is free: %v", err)
	}
	run(&out, "hub", "withdraw", "1", "--chain", fmt.Sprint(b))
	if out.State != "mined" && out.State != "final" {
		t.Fatalf("withdrawn: %+v", out)
	}
	if _, err := n.Run(t.Context(), "hub", "hub", "retire", "--chain", fmt.Sprint(b)); exitCode(err) != 2 {
		t.Fatalf("retiring without being sure: %v", err)
	}
	run(&out, "hub", "retire", "--chain", fmt.Sprint(b), "--sure")
	eventually(t, "the hub sees that it is retired", func() error {
		run(&state, "hub", "status")
		if state.Serving || !hasProblem(state, "retired") {
			return fmt.Errorf("%+v", state)
		}
		return nil
	})
}

func hasProblem(s node.HubState, word string) bool {
	for _, c := range s.Checks {
		if !c.OK && strings.Contains(c.Says, word) {
			return true
		}
	}
	return false
}

// exitCode returns the exit status of a command that ran and failed.
func exitCode(err error) int {
	if e, ok := errors.AsType[*devnet.RunError](err); ok {
		return e.Exit
	}
	return 0
}
