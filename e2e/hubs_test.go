package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/node"
	"github.com/wherrynet/wherry/payment/solvency"
)

// trip takes a trip to a provider and ends it, so that its hub owes it something.
// It returns the hub that was paid through, by its name.
func trip(t *testing.T, n *devnet.Net, place string) string {
	t.Helper()
	p := n.Consumer(place)
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := get(t, through(t, n), n.SiteURL("/"), 1<<10); err != nil {
		t.Fatal(err)
	}
	if err := p.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	return opened(t, p)
}

// opened returns the hub that the newest session of a consumer was paid through.
func opened(t *testing.T, p *devnet.Process) (hub string) {
	t.Helper()
	ended := make(chan struct{})
	close(ended)
	events := devnet.Follow(p.Out())
	defer events.Close()
	for {
		line, err := events.Next(t.Context(), ended)
		if err != nil {
			return hub
		}
		var e node.Event
		if json.Unmarshal(line, &e) == nil && e.Event == node.EventOpened {
			hub = e.Hub
		}
	}
}

// verify runs wherry hubs verify as a role.
func verify(t *testing.T, n *devnet.Net, role string, hub ...string) (r node.HubsVerifyResult, exit int) {
	t.Helper()
	out, err := n.Run(t.Context(), role, append([]string{"hubs", "verify"}, hub...)...)
	if e, ok := errors.AsType[*devnet.RunError](err); ok {
		exit = e.Exit
	} else if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatalf("%v: %v\n%s", role, err, out)
	}
	return r, exit
}

func flaws(r node.HubsVerifyResult) (out []solvency.Flaw) {
	for _, i := range r.Items {
		for _, p := range i.Problems {
			out = append(out, p.Flaw)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestHubsProveWhatTheyOwe finds that honest hubs pass, for each provider with its
// own part and for a consumer without one, before and after they have paid; and
// that a hub which lies, in each of the ways, is caught by its name by the
// provider that it hurts, which takes no more orders through it and does again
// once it is honest.
func TestHubsProveWhatTheyOwe(t *testing.T) {
	t.Parallel()
	n := quiet(t)
	if hub := trip(t, n, "de"); hub != "north" {
		t.Fatalf("de is paid through %s", hub)
	}
	if hub := trip(t, n, "us"); hub != "south" {
		t.Fatalf("us is paid through %s", hub)
	}
	for role, hub := range map[string]string{"provider-de": "north", "provider-us": "south"} {
		eventually(t, "the last preimage is with the hub", func() error {
			r, _ := verify(t, n, role, hub)
			if own := r.Items[1].Own; own == nil || own.Earned.IsZero() {
				return wherry.Errorf(wherry.Pending, "%s has %+v", role, own)
			}
			return nil
		})
	}
	for _, role := range []string{"provider-se", "provider-de", "provider-us", "consumer"} {
		r, exit := verify(t, n, role)
		if exit != 0 || !r.OK || len(r.Items) != 4 { // two hubs on two chains
			t.Fatalf("%s: exit %d: %+v", role, exit, r)
		}
		for _, i := range r.Items {
			owes := role == "provider-de" && i.Name == "north" || role == "provider-us" && i.Name == "south"
			if owes && i.Chain == 31002 && (i.Own == nil || i.Own.Earned.IsZero() || i.Own.Said.Less(i.Own.Earned.Amount)) {
				t.Errorf("%s at %s: its own part is %+v", role, i.Name, i.Own)
			}
		}
	}
	if _, err := n.Run(t.Context(), "hub-2", "hub", "settle"); err != nil {
		t.Fatal(err)
	}
	if r, exit := verify(t, n, "provider-us"); exit != 0 || !r.OK {
		t.Errorf("after it was paid: exit %d: %+v", exit, r)
	}
	for kind, want := range map[devnet.Cheat]solvency.Flaw{
		devnet.LeaveOut:   solvency.OwnLeafMissing,
		devnet.Understate: solvency.OwnLeafTooSmall,
		devnet.Reserves:   solvency.ReservesOverstated,
	} {
		t.Run(string(kind), func(t *testing.T) { caught(t, n, kind, want) })
	}
	// Last: what it has signed stays against it until a person forgives it.
	t.Run(string(devnet.TwoFaces), func(t *testing.T) {
		caught(t, n, devnet.TwoFaces, solvency.TwoStatements)
		if _, err := n.Run(t.Context(), "provider-de", "hubs", "accept", "north"); err != nil {
			t.Fatal(err)
		}
		trusted(t, n, true)
	})
}

// caught lets the hub north cheat, and be honest again.
func caught(t *testing.T, n *devnet.Net, kind devnet.Cheat, want solvency.Flaw) {
	if err := n.Cheat(t.Context(), "north", kind); err != nil {
		t.Fatal(err)
	}
	r, exit := verify(t, n, "provider-de", "north")
	if exit != 3 || r.OK || !slices.Equal(flaws(r), []solvency.Flaw{want}) {
		t.Errorf("%s: exit %d, %v", kind, exit, flaws(r))
	}
	if r, exit := verify(t, n, "provider-de", "south"); exit != 0 || !r.OK {
		t.Errorf("%s of north: south is blamed: %+v", kind, r)
	}
	trusted(t, n, false)
	if kind == devnet.Reserves { // which a consumer can see as well
		_, err := n.Run(t.Context(), "consumer", "wallet", "topup", "1", "--hub", "north")
		if e, ok := errors.AsType[*devnet.RunError](err); !ok || e.Exit != 6 || !strings.Contains(e.Error(), string(want)) {
			t.Errorf("%s: a consumer puts more in: %v", kind, err)
		}
	}
	if err := n.Cheat(t.Context(), "north", devnet.Off); err != nil {
		t.Fatal(err)
	}
	if kind != devnet.TwoFaces {
		trusted(t, n, true)
		if r, exit := verify(t, n, "provider-de", "north"); exit != 0 {
			t.Errorf("honest again: %+v", r)
		}
		if _, err := n.Run(t.Context(), "consumer", "wallet", "topup", "1", "--hub", "north"); err != nil {
			t.Errorf("honest again: %v", err)
		}
	}
}

// trusted waits until provider de takes orders through north, or takes none and
// says why.
func trusted(t *testing.T, n *devnet.Net, want bool) {
	t.Helper()
	eventually(t, "de sees how north is", func() error {
		out, err := n.Run(t.Context(), "provider-de", "provide", "earnings")
		if err != nil {
			return err
		}
		var s node.EarningsState
		if err := json.Unmarshal(out, &s); err != nil {
			return err
		}
		if got := s.Items[0].Problem == ""; got != want {
			return wherry.Errorf(wherry.Pending, "its problem is %q", s.Items[0].Problem)
		}
		return nil
	})
}

// TestConsumerGoesToTheOtherHub loses the hub that a session is paid through for
// good, in the middle, and finds that the consumer goes on with the money that it
// has at another one; that it is told so where a provider takes no other; and that
// the books of both hubs agree once the first is back.
func TestConsumerGoesToTheOtherHub(t *testing.T) {
	t.Parallel()
	n := quiet(t)
	p := n.Consumer("se")
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := func() error {
		_, err := get(t, through(t, n), n.SiteURL("/"), 1<<10)
		return err
	}
	if err := page(); err != nil {
		t.Fatal(err)
	}
	if hub := opened(t, p); hub != "north" {
		t.Fatalf("the first session is paid through %s, and north has more", hub)
	}
	if err := n.Hub().Kill(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a session through south", func() error {
		c := through(t, n)
		c.Timeout = time.Minute
		if _, err := get(t, c, n.SiteURL("/file"), 1<<30); err != nil { // more than anybody carries unpaid
			return err
		}
		if hub := opened(t, p); hub != "south" {
			return wherry.Errorf(wherry.Pending, "the session is paid through %s", hub)
		}
		return nil
	})
	if err := p.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	_, err := n.Run(ctx, "consumer", "proxy", "de") // paid through north alone
	if e, ok := errors.AsType[*devnet.RunError](err); !ok || e.Exit != 5 && e.Exit != 6 || !strings.Contains(e.Error(), "north") {
		t.Errorf("a provider whose hub is gone: %v", err)
	}
	if err := n.Hub().Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "se sells through north again", func() error {
		return n.Consumer("se").Start(t.Context()) // its wallet asks the hub what became of the last order
	})
	if err := n.Consumer().Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := agree(t, n)
	if b.Hub.In.IsZero() || b.Hubs["south"].In.IsZero() {
		t.Errorf("north had %s, south %s", b.Hub.In, b.Hubs["south"].In)
	}
}

// TestDepositsWithSeveralHubs finds that commands about money ask which hub is
// meant where that is not plain.
func TestDepositsWithSeveralHubs(t *testing.T) {
	t.Parallel()
	n := quiet(t)
	_, err := n.Run(t.Context(), "consumer", "wallet", "leave")
	if exitCode(err) != 2 || !strings.Contains(err.Error(), "--hub") {
		t.Errorf("leave, with deposits at two hubs: %v", err)
	}
	if _, err := n.Run(t.Context(), "consumer", "wallet", "leave", "--hub", "nowhere"); exitCode(err) != 1 {
		t.Errorf("leave a hub that there is not: %v", err)
	}
	if _, err := n.Run(t.Context(), "consumer", "wallet", "leave", "--hub", "south"); err != nil {
		t.Fatal(err)
	}
	_, err = n.Run(t.Context(), "consumer", "proxy", "us")
	if exitCode(err) != 5 || !strings.Contains(err.Error(), "south") {
		t.Errorf("a provider that takes another hub alone: %v", err)
	}
	if _, err := n.Run(t.Context(), "consumer", "wallet", "topup", "1"); err != nil {
		t.Errorf("top up, with one deposit left: %v", err)
	}
	b := agree(t, n)
	if got := b.Consumer.With(b.Hub.Hub).PutIn.Amount; got != wherry.Tokens(11) {
		t.Errorf("%s is put in at the hub that is left", got)
	}
}
