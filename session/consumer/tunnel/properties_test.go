package tunnel_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

var failures = []tunnel.Cause{
	tunnel.Unreachable, tunnel.Refused, tunnel.Hostile, tunnel.NoOffer, tunnel.NotFunded, tunnel.OverBudget,
	tunnel.TermsChanged, tunnel.Internal, tunnel.Locked, tunnel.PriceTooHigh,
}

// act does one thing that can happen to a computer, drawn at random.
func act(t *rapid.T, w *world) string {
	id := func() tunnel.ID { // also of sessions that are gone
		return tunnel.ID(rapid.Uint64Range(0, uint64(w.m.Last)+1).Draw(t, "session"))
	}
	live := func(stages ...string) tunnel.ID {
		for n := w.m.Last; n > 0; n-- {
			if slices.Contains(stages, w.stage[n]) {
				return n
			}
		}
		return id()
	}
	move := func(n tunnel.ID, from, to string) {
		if w.stage[n] == from {
			w.stage[n] = to
		}
	}
	cause := rapid.SampledFrom(failures)
	what := rapid.IntRange(0, 27).Draw(t, "what")
	for what != 14 && w.perform() { // a crash may come between two effects
	}
	switch what {
	case 0, 1:
		w.feed(tunnel.Connect{Wish: tunnel.Wish{Place: wherry.Place{Country: rapid.SampledFrom([]string{"SE", "NO"}).Draw(t, "country")}}})
		return "connect"
	case 2:
		w.feed(tunnel.Disconnect{})
		return "disconnect"
	case 3:
		w.feed(tunnel.Reconnect{})
		return "reconnect"
	case 4:
		w.feed(tunnel.Changed{Settings: tunnel.Settings{Lockdown: rapid.Bool().Draw(t, "lockdown"), Spare: rapid.Bool().Draw(t, "spare")}})
		return "settings"
	case 5:
		w.feed(tunnel.Eased{})
		return "eased"
	case 6:
		w.feed(tunnel.GuardChanged{})
		return "guard changed"
	case 7:
		w.guards = rapid.Bool().Draw(t, "guards")
		return "guard"
	case 8:
		w.writes = rapid.Bool().Draw(t, "writes")
		return "disk"
	case 9:
		w.feed(tunnel.LinkDown{})
		return "link down"
	case 10, 11:
		w.feed(tunnel.LinkUp{})
		return "link up"
	case 12:
		w.feed(tunnel.Moved{})
		return "moved"
	case 13:
		w.feed(tunnel.Woke{})
		return "woke"
	case 14:
		w.crash()
		return "crash"
	case 15, 16, 17:
		n := live("opening")
		w.feed(tunnel.Opened{Session: n})
		return "opened"
	case 18:
		n := live("opening", "preparing", "prepared")
		move(n, "opening", "gone")
		move(n, "preparing", "gone")
		move(n, "prepared", "gone")
		w.feed(tunnel.Failed{Session: n, Cause: cause.Draw(t, "cause")})
		return "failed"
	case 19:
		w.feed(tunnel.Lost{Session: live("open"), Cause: cause.Draw(t, "cause")})
		return "lost"
	case 20, 21:
		w.feed(tunnel.Silent{Session: live("open")})
		return "silent"
	case 22:
		w.feed(tunnel.Heard{Session: live("open")})
		return "heard"
	case 23, 24:
		n := live("preparing")
		w.feed(tunnel.Prepared{Session: n})
		return "prepared"
	case 25:
		n := live("stopping")
		w.feed(tunnel.Stopped{Session: n})
		return "stopped"
	default:
		at := w.m.Wake()
		if at.IsZero() || rapid.Bool().Draw(t, "early") {
			at = w.now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "ms")) * time.Millisecond)
		}
		w.now = at
		w.feed(tunnel.Passed{})
		return "passed"
	}
}

// Whatever happens, and wherever between two effects it happens: the guard is not
// released before it is ordered, nobody is dialled while it is open, lockdown
// means lockdown; and when everything works again the machine is where the newest
// order wants it.
func TestClosedWhateverHappens(t *testing.T) {
	for range 20 { // hundreds of lives each, a tenth of a second in all
		rapid.Check(t, closedWhateverHappens)
	}
}

func closedWhateverHappens(t *rapid.T) {
	w := newWorld()
	var story []string
	for range rapid.IntRange(1, 60).Draw(t, "length") {
		before := w.closed() && !w.ordered
		story = append(story, act(t, w))
		for range rapid.IntRange(0, 6).Draw(t, "effects") {
			if rapid.Bool().Draw(t, "answer") {
				w.answer()
			} else {
				w.perform()
			}
		}
		if before && !w.ordered && !w.closed() {
			w.wrong("it was closed, nobody ordered a disconnect, and it is open")
		}
		if len(w.bad) > 0 {
			t.Fatalf("%s\nafter %s", strings.Join(w.bad, "\n"), strings.Join(story, ", "))
		}
	}
	w.kind()
	if len(w.bad) > 0 {
		t.Fatalf("at the end: %s\nafter %s", strings.Join(w.bad, "\n"), strings.Join(story, ", "))
	}
	switch {
	case w.m.State == tunnel.Connected && w.kernel.Policy == tunnel.OnlyTunnel && w.attached == w.m.Current:
	case w.m.State == tunnel.Disconnected && w.closed() == w.settings.Lockdown:
	case w.m.State == tunnel.Blocked && w.closed() && (w.m.Cause == tunnel.StateLost || w.m.Cause == tunnel.Locked):
	default:
		t.Fatalf("everything works, and the machine is %v (%s) with the kernel at %v: %+v\nafter %s",
			w.m.State, w.m.Cause, w.kernel, w.m, strings.Join(story, ", "))
	}
}
