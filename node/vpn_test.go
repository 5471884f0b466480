package node

import (
	"fmt"
	"log/slog"
	"net/netip"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/host/guard"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
	"github.com/wherrynet/wherry/session/wire"
)

func TestVPNConnects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEarth(t, "bob", "carol")
		n := e.engine(t.TempDir(), api.DefaultSettings())
		n.connect(api.Connect{})
		n.carriedBy("bob", time.Second)
		if s := n.Status(); s.State != api.Connected || !s.Closed || s.Provider.Name != "bob" {
			t.Errorf("status %+v", s)
		}
		if err := n.Disconnect(t.Context()); err != nil {
			t.Fatal(err)
		}
		if e.closed || e.releases != 1 {
			t.Errorf("closed %v after %d releases", e.closed, e.releases)
		}
		n.end()
	})
}

// The figures that the tunnel is built for, where a round trip takes 20 ms: from
// the provider's silent death until traffic comes back through another.
func TestVPNFailsOver(t *testing.T) {
	for _, c := range []struct {
		spare  bool
		within time.Duration
	}{{false, 1500 * time.Millisecond}, {true, 400 * time.Millisecond}} {
		t.Run(fmt.Sprintf("spare=%v", c.spare), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := newEarth(t, "bob", "carol", "dave")
				settings := api.DefaultSettings()
				settings.Spare = c.spare
				n := e.engine(t.TempDir(), settings)
				n.connect(api.Connect{})
				n.carriedBy("bob", time.Second)
				time.Sleep(time.Minute)
				if len(e.paid) != 1 {
					t.Errorf("paid %v: a spare costs nothing until it is used", e.paid)
				}
				e.do(func() { e.providers[0].dead = true })
				time.Sleep(2 * e.providers[0].rtt) // what was on its way has arrived
				took := n.carriedBy("", 10*time.Second)
				took += 2 * e.providers[0].rtt
				t.Logf("traffic again after %s", took)
				if took > c.within {
					t.Errorf("traffic again after %s, want %s", took, c.within)
				}
				if !e.closed || e.releases != 0 {
					t.Error("the guard was opened")
				}
				if s := n.Status(); s.State != api.Connected || s.Provider.Name == "bob" {
					t.Errorf("status %+v", s)
				}
				n.end()
				if !e.closed {
					t.Error("the end of the process opened the guard")
				}
			})
		})
	}
}

// A spare is renewed before its provider forgets it, and is still good after an
// hour.
func TestVPNSpareIsRenewed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEarth(t, "bob", "carol")
		settings := api.DefaultSettings()
		settings.Spare = true
		n := e.engine(t.TempDir(), settings)
		n.connect(api.Connect{})
		time.Sleep(10 * time.Minute)
		if want := int(10 * time.Minute / spareLife); e.held < want {
			t.Errorf("negotiated %d times in 10 minutes, want %d", e.held, want)
		}
		if len(e.paid) != 1 {
			t.Errorf("paid %v", e.paid)
		}
		n.end()
	})
}

// Where the only other provider is dead too, the spare that does not answer does
// not hold up a third.
func TestVPNSpareIsDeadToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEarth(t, "bob", "carol", "dave")
		settings := api.DefaultSettings()
		settings.Spare = true
		n := e.engine(t.TempDir(), settings)
		n.connect(api.Connect{})
		n.carriedBy("bob", time.Second)
		time.Sleep(5 * time.Second)
		e.do(func() { // the spare is one of the others, whoever it is
			e.providers[0].dead, e.providers[1].dead, e.providers[2].dead = true, true, true
			e.providers = append(e.providers, &someone{name: "erin", rtt: 20 * time.Millisecond})
		})
		if took := n.carriedBy("erin", 10*time.Second); took > 1500*time.Millisecond {
			t.Errorf("traffic again after %s", took)
		}
		n.end()
	})
}

func TestVPNHostileProvidersAreLeftOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEarth(t, "mallory", "trudy", "carol")
		e.providers[0].refuses = wherry.Errorf(wherry.Invalid, "the provider hands out inner addresses of a network that this computer is on")
		e.providers[1].refuses = wherry.Errorf(wherry.NotFunded, "the provider refuses: you have no money")
		n := e.engine(t.TempDir(), api.DefaultSettings())
		n.connect(api.Connect{})
		n.carriedBy("carol", time.Second)
		n.end()
	})
}

func TestVPNOutOfMoneyBlocksAndGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEarth(t, "bob")
		n := e.engine(t.TempDir(), api.DefaultSettings())
		e.broke = wherry.Errorf(wherry.OverBudget, "today's budget is spent: 2 of 2")
		if err := n.Connect(t.Context(), api.Connect{}); wherry.CodeOf(err) != wherry.OverBudget {
			t.Fatalf("connect: %v", err)
		}
		s := n.Status()
		if s.State != api.Blocked || !s.Closed || s.Cause.Code != wherry.OverBudget || len(s.ToGoOn) == 0 {
			t.Errorf("status %+v", s)
		}
		e.do(func() { e.broke = nil })
		n.queue.add(tunnel.Eased{})
		n.carriedBy("bob", 2*time.Second)
		n.end()
	})
}

// A process that dies anywhere leaves the computer closed, and the next one goes
// on with the wish by itself.
func TestVPNGoesOnAfterACrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, dir := newEarth(t, "bob", "carol"), t.TempDir()
		n := e.engine(dir, api.DefaultSettings())
		n.connect(api.Connect{Provider: "carol"})
		n.end() // as a crash leaves it: the guard is not told anything
		if !e.closed {
			t.Fatal("open after the end")
		}
		e.attached = nil
		n = e.engine(dir, api.DefaultSettings())
		n.carriedBy("carol", 2*time.Second)
		if e.releases != 0 {
			t.Error("the guard was released on the way")
		}
		n.end()
	})
}

func TestVPNGuardThatFailsRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEarth(t, "bob")
		e.fails = wherry.Errorf(wherry.Internal, "netlink: operation not permitted")
		n := e.engine(t.TempDir(), api.DefaultSettings())
		if err := n.Connect(t.Context(), api.Connect{}); wherry.CodeOf(err) != wherry.Internal {
			t.Errorf("connect: %v", err)
		}
		if s := n.Status(); s.State != api.Disconnected || s.Closed {
			t.Errorf("status %+v", s)
		}
		e.do(func() { e.fails = nil })
		n.end()
	})
}

func TestVPNWithoutGuard(t *testing.T) {
	v := newVPN(VPNOptions{Settings: api.DefaultSettings()}, slog.New(slog.DiscardHandler), vpnDisk{filepath.Join(t.TempDir(), "x")})
	if err := v.Connect(t.Context(), api.Connect{}); wherry.CodeOf(err) != wherry.Forbidden {
		t.Errorf("connect: %v", err)
	}
}

func TestVPNLinkComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEarth(t, "bob", "carol")
		n := e.engine(t.TempDir(), api.DefaultSettings())
		set := func(to bool) {
			e.do(func() {
				e.offline = !to
				for _, p := range e.providers {
					p.dead = !to
				}
			})
			e.changes <- guard.Change{What: guard.Links}
		}
		n.connect(api.Connect{})
		n.carriedBy("bob", time.Second)
		set(false)
		time.Sleep(30 * time.Second)
		if s := n.Status(); s.State != api.Reconnecting || !s.Closed {
			t.Errorf("status %+v", s)
		}
		set(true)
		time.Sleep(time.Second)
		if s := n.Status(); s.State != api.Connected || s.Provider.Name != "bob" {
			t.Errorf("status %+v", s)
		}
		if len(e.paid) != 1 {
			t.Errorf("paid %v: the session was there still", e.paid)
		}
		n.end()
	})
}

func TestJumped(t *testing.T) {
	now := time.Now()
	if jumped(now, now.Add(time.Second)) {
		t.Error("a second is no jump")
	}
	if !jumped(now, now.Add(time.Minute)) {
		t.Error("a minute between two ticks is one")
	}
}

func TestForeignInnerAddresses(t *testing.T) {
	in := acceptInner("10.87.0.2", "10.87.0.1")
	for local, bad := range map[string]bool{"10.87.0.77/24": true, "10.87.0.2/32": true, "192.168.1.9/24": false, "10.0.0.5/8": true} {
		if err := collides(in, netip.MustParsePrefix(local)); (err != nil) != bad {
			t.Errorf("in %s: %v", local, err)
		}
	}
}

func TestPublicAddresses(t *testing.T) {
	for a, want := range map[string]bool{
		"45.0.0.1": true, "2a0e::1": true, "10.1.2.3": false, "192.168.1.1": false, "127.0.0.1": false, "169.254.1.1": false,
		"100.64.0.9": false, "224.0.0.1": false, "0.0.0.0": false, "::1": false, "fe80::1": false, "fd00::1": false, "::ffff:10.0.0.1": false,
	} {
		if got := public(netip.MustParseAddr(a)); got != want {
			t.Errorf("%s counts as public: %v", a, got)
		}
	}
}

func acceptInner(consumer4, provider4 string) wire.Inner {
	return wire.Inner{Consumer4: netip.MustParseAddr(consumer4), Provider4: netip.MustParseAddr(provider4)}
}

// Whoever turns lockdown on is closed when that returns, and open again when it is
// turned off.
func TestVPNLockdownIsInForce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEarth(t, "bob")
		n := e.engine(t.TempDir(), api.DefaultSettings())
		for _, on := range []bool{true, false} {
			if _, err := n.Set(t.Context(), api.SettingsPatch{Lockdown: &on}); err != nil {
				t.Fatal(err)
			}
			if e.closed != on || n.Status().Closed != on {
				t.Errorf("lockdown %v: closed %v, and says %v", on, e.closed, n.Status().Closed)
			}
		}
		n.end()
	})
}

// What providers say of our money blocks nobody: only the wallet's own word does.
func TestProvidersWordDoesNotBlock(t *testing.T) {
	for _, code := range []wherry.Code{wherry.NotFunded, wherry.OverBudget, wherry.TermsChanged, wherry.Locked, wherry.Internal} {
		err := fruitless([]error{wherry.Errorf(code, "the provider refuses: no"), wherry.Errorf(wherry.Unreachable, "dial")})
		if c := tunnel.CauseOf(wherry.CodeOf(err)); c.Info().Blocks {
			t.Errorf("a provider's %s comes to %s, which blocks", code, c)
		}
		v := newVPN(VPNOptions{}, slog.New(slog.DiscardHandler), vpnDisk{})
		v.dealer = newEarth(t)
		if c := tunnel.CauseOf(wherry.CodeOf(v.blame(company{}, wherry.Errorf(code, "no")))); c.Info().Blocks {
			t.Errorf("a provider's %s in a session comes to %s, which blocks", code, c)
		}
	}
}
