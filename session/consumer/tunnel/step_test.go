package tunnel_test

import (
	"errors"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// connected is a world with session 1 open and attached.
func connected(t *testing.T, settings tunnel.Settings) *world {
	t.Helper()
	w := newWorld()
	w.feed(tunnel.Changed{Settings: settings})
	w.feed(tunnel.Connect{Wish: tunnel.Wish{Place: wherry.Place{Country: "SE"}}})
	w.settle()
	w.feed(tunnel.Opened{Session: 1})
	w.settle()
	if w.m.State != tunnel.Connected || w.attached != 1 {
		t.Fatalf("%v with session %d attached", w.m.State, w.attached)
	}
	return w
}

func (w *world) after(d time.Duration) {
	w.now = w.now.Add(d)
	w.feed(tunnel.Passed{})
	w.settle()
}

func expect(t *testing.T, w *world, s tunnel.State, c tunnel.Cause, attached tunnel.ID) {
	t.Helper()
	if w.m.State != s || w.m.Cause != c || w.attached != attached {
		t.Errorf("%v (%s), session %d attached; want %v (%s), %d", w.m.State, w.m.Cause, w.attached, s, c, attached)
	}
	for _, b := range w.bad {
		t.Error(b)
	}
}

func TestSilentProviderIsLeftForTheNext(t *testing.T) {
	w := connected(t, tunnel.Settings{})
	w.feed(tunnel.Silent{Session: 1})
	w.settle()
	w.feed(tunnel.Prepared{Session: 2})
	w.settle()
	expect(t, w, tunnel.Connected, "", 1) // it may still be a hiccup
	w.after(600 * time.Millisecond)
	expect(t, w, tunnel.Reconnecting, tunnel.Silence, 1)
	if w.stage[1] != "stopping" || w.stage[2] != "opening" {
		t.Errorf("session 1 is %s and 2 is %s", w.stage[1], w.stage[2])
	}
	w.feed(tunnel.Opened{Session: 2})
	w.settle()
	expect(t, w, tunnel.Connected, "", 2)
}

func TestSpareTakesOverAtOnce(t *testing.T) {
	w := connected(t, tunnel.Settings{Spare: true})
	w.feed(tunnel.Prepared{Session: 2})
	w.settle()
	w.feed(tunnel.Silent{Session: 1})
	w.settle()
	if w.stage[2] != "opening" {
		t.Fatalf("the spare is %s", w.stage[2])
	}
	w.feed(tunnel.Opened{Session: 2})
	w.settle()
	expect(t, w, tunnel.Connected, "", 2)
	if w.stage[3] != "preparing" {
		t.Errorf("the next spare is %q", w.stage[3])
	}
}

func TestHiccupCostsNothing(t *testing.T) {
	w := connected(t, tunnel.Settings{})
	w.feed(tunnel.Silent{Session: 1})
	w.settle()
	w.feed(tunnel.Prepared{Session: 2})
	w.feed(tunnel.Heard{Session: 1})
	w.settle()
	w.after(time.Minute)
	expect(t, w, tunnel.Connected, "", 1)
	if w.stage[2] != "stopping" {
		t.Errorf("the other session, which nobody paid, is %s", w.stage[2])
	}
}

// Where nobody else is there, the session is kept and the state tells the truth.
func TestSilenceWithoutAnybodyElse(t *testing.T) {
	w := connected(t, tunnel.Settings{})
	w.feed(tunnel.Silent{Session: 1})
	w.settle()
	w.feed(tunnel.Failed{Session: 2, Cause: tunnel.NoOffer})
	w.after(1600 * time.Millisecond)
	expect(t, w, tunnel.Reconnecting, tunnel.Silence, 1)
	w.feed(tunnel.Heard{Session: 1})
	w.settle()
	expect(t, w, tunnel.Connected, "", 1)
}

func TestOutOfMoneyGoesOnByItself(t *testing.T) {
	w := connected(t, tunnel.Settings{})
	w.feed(tunnel.Lost{Session: 1, Cause: tunnel.NotFunded, Why: "empty"})
	w.settle()
	expect(t, w, tunnel.Blocked, tunnel.NotFunded, 1)
	if w.kernel.Policy != tunnel.OnlyEntry {
		t.Errorf("the kernel lets out %v", w.kernel)
	}
	w.feed(tunnel.Eased{})
	w.settle()
	w.feed(tunnel.Opened{Session: 2})
	w.settle()
	expect(t, w, tunnel.Connected, "", 2)
}

func TestGuardThatCannotCloseRefusesTheWish(t *testing.T) {
	w := newWorld()
	w.guards = false
	w.feed(tunnel.Connect{})
	w.settle()
	expect(t, w, tunnel.Disconnected, tunnel.GuardFailed, 0)
	if w.disk.State != tunnel.Disconnected || w.m.Last != 0 {
		t.Errorf("on disk is %v, and %d sessions were begun", w.disk.State, w.m.Last)
	}
}

// A guard that fails later blocks: nothing is carried behind rules that nobody
// knows.
func TestGuardThatFailsLaterBlocks(t *testing.T) {
	w := connected(t, tunnel.Settings{})
	w.guards = false
	w.feed(tunnel.GuardChanged{})
	w.settle()
	expect(t, w, tunnel.Blocked, tunnel.GuardFailed, 1)
	w.guards = true
	w.after(time.Second)
	w.kind()
	if w.m.State != tunnel.Connected {
		t.Errorf("%v after the guard works again", w.m.State)
	}
}

func TestWishThatCannotBeWrittenIsRefused(t *testing.T) {
	w := newWorld()
	w.writes = false
	w.feed(tunnel.Connect{})
	w.settle()
	expect(t, w, tunnel.Disconnected, tunnel.Internal, 0)
	if w.closed() {
		t.Error("the guard was closed for a wish that a crash would forget")
	}
}

func TestOfflineKeepsTheSession(t *testing.T) {
	w := connected(t, tunnel.Settings{})
	w.feed(tunnel.LinkDown{})
	w.settle()
	expect(t, w, tunnel.Reconnecting, tunnel.Offline, 1)
	w.after(time.Minute)
	if w.stage[1] != "open" {
		t.Fatalf("the session is %s while there is no network", w.stage[1])
	}
	w.feed(tunnel.LinkUp{})
	w.feed(tunnel.Heard{Session: 1})
	w.settle()
	expect(t, w, tunnel.Connected, "", 1)
}

func TestDisconnectWaitsForTheLastPaymentAndNoLonger(t *testing.T) {
	w := connected(t, tunnel.Settings{})
	w.feed(tunnel.Disconnect{})
	w.settle()
	expect(t, w, tunnel.Disconnecting, "", 1)
	if w.kernel.Policy != tunnel.OnlyTunnel || w.disk.State != tunnel.Disconnecting {
		t.Errorf("while it pays the kernel lets out %v, and on disk is %v", w.kernel, w.disk.State)
	}
	w.after(13 * time.Second)
	expect(t, w, tunnel.Disconnected, "", 1)
	if w.closed() {
		t.Error("still closed")
	}
}

func TestLockdownNeverOpens(t *testing.T) {
	w := connected(t, tunnel.Settings{Lockdown: true})
	w.feed(tunnel.Disconnect{})
	w.settle()
	w.feed(tunnel.Stopped{Session: 1})
	w.settle()
	expect(t, w, tunnel.Disconnected, "", 1)
	if w.kernel.Policy != tunnel.Nothing {
		t.Errorf("the kernel lets out %v", w.kernel)
	}
	w.feed(tunnel.Changed{})
	w.settle()
	if w.closed() {
		t.Error("lockdown was turned off, and it is still closed")
	}
}

func TestProcessFindsAClosedComputerAndNoWish(t *testing.T) {
	w := newWorld()
	w.kernel = tunnel.Guarding{Policy: tunnel.OnlyTunnel, Session: 7}
	w.start()
	w.settle()
	expect(t, w, tunnel.Blocked, tunnel.StateLost, 0)
	w.feed(tunnel.Disconnect{})
	w.settle()
	if w.m.State != tunnel.Disconnected || w.closed() {
		t.Errorf("%v, closed %v", w.m.State, w.closed())
	}
}

func TestHaltLeavesEverythingClosed(t *testing.T) {
	w := connected(t, tunnel.Settings{})
	w.feed(tunnel.Halt{})
	w.settle()
	w.feed(tunnel.Disconnect{})
	w.settle()
	if !w.closed() || w.disk.Wish == (tunnel.Wish{}) {
		t.Errorf("closed %v, and on disk is %+v", w.closed(), w.disk)
	}
	if w.stage[1] != "stopping" {
		t.Errorf("the session is %s", w.stage[1])
	}
}

// Each code of the project has a cause, and each cause a code.
func TestCauses(t *testing.T) {
	for code := range wherry.Codes() {
		if c := tunnel.CauseOf(code); c.Info().Meaning == "" {
			t.Errorf("code %s comes to cause %q", code, c)
		}
	}
	for _, c := range tunnel.Causes() {
		if i := c.Info(); i.Meaning == "" || !i.Code.Known() {
			t.Errorf("%s means %+v", c, i)
		}
	}
	if tunnel.CauseOf(wherry.CodeOf(errors.New("anything"))) != tunnel.Internal {
		t.Error("an error without a code is not internal")
	}
}

// A first wish is on disk before anything is closed for it: an older order that is
// still there, as to disconnect, might open the guard behind it. The answer to an
// older write says nothing about this one.
func TestFirstWishIsWrittenBeforeTheGuardCloses(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	m, _ := tunnel.Step(tunnel.Machine{}, now, tunnel.Started{Saved: tunnel.Saved{State: tunnel.Disconnected}})
	m, out := tunnel.Step(m, now, tunnel.Connect{})
	if len(out) != 1 {
		t.Fatalf("a wish begins with %#v", out)
	}
	p, ok := out[0].(tunnel.Persist)
	if !ok {
		t.Fatalf("a wish begins with %#v", out)
	}
	if m, out = tunnel.Step(m, now, tunnel.Saves{Serial: p.Serial - 1}); len(out) != 0 {
		t.Errorf("after an older write: %#v", out)
	}
	if _, out = tunnel.Step(m, now, tunnel.Saves{Serial: p.Serial}); len(out) != 1 {
		t.Errorf("after it is written: %#v", out)
	} else if _, ok := out[0].(tunnel.Guard); !ok {
		t.Errorf("after it is written: %#v", out)
	}
}
