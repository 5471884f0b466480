package tunnel_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// stories are the lives that a crash can end. Each is told once to its end, to
// count its effects, and then once per effect, with the crash behind it.
var stories = map[string]struct {
	settings tunnel.Settings
	events   []tunnel.Event
}{
	"connect": {events: []tunnel.Event{tunnel.Connect{}}},
	"fail over": {events: []tunnel.Event{
		tunnel.Connect{}, tunnel.Opened{Session: 1}, tunnel.Silent{Session: 1}, tunnel.Prepared{Session: 2}, tunnel.Passed{}, tunnel.Opened{Session: 2},
	}},
	"fail over to a spare": {settings: tunnel.Settings{Spare: true}, events: []tunnel.Event{
		tunnel.Connect{}, tunnel.Opened{Session: 1}, tunnel.Prepared{Session: 2}, tunnel.Silent{Session: 1}, tunnel.Opened{Session: 2},
	}},
	"out of money": {events: []tunnel.Event{
		tunnel.Connect{}, tunnel.Opened{Session: 1}, tunnel.Lost{Session: 1, Cause: tunnel.OverBudget}, tunnel.Eased{}, tunnel.Opened{Session: 2},
	}},
	"link": {events: []tunnel.Event{
		tunnel.Connect{}, tunnel.Opened{Session: 1}, tunnel.LinkDown{}, tunnel.LinkUp{}, tunnel.Heard{Session: 1},
	}},
	"rules flushed": {events: []tunnel.Event{tunnel.Connect{}, tunnel.Opened{Session: 1}, tunnel.GuardChanged{}}},
	"disconnect": {events: []tunnel.Event{
		tunnel.Connect{}, tunnel.Opened{Session: 1}, tunnel.Disconnect{}, tunnel.Stopped{Session: 1},
	}},
	"disconnect in lockdown": {settings: tunnel.Settings{Lockdown: true}, events: []tunnel.Event{
		tunnel.Connect{}, tunnel.Opened{Session: 1}, tunnel.Disconnect{}, tunnel.Stopped{Session: 1},
	}},
	"lockdown on and off": {events: []tunnel.Event{
		tunnel.Changed{Settings: tunnel.Settings{Lockdown: true}}, tunnel.Changed{},
	}},
	"another wish": {events: []tunnel.Event{
		tunnel.Connect{}, tunnel.Opened{Session: 1}, tunnel.Connect{Wish: tunnel.Wish{Provider: "bob"}}, tunnel.Opened{Session: 2},
	}},
}

// tell lives a story up to and including its effect number last, and returns how
// many effects it had.
func tell(w *world, events []tunnel.Event, last int) (effects int) {
	step := func() bool {
		if effects >= last || !w.perform() {
			return false
		}
		effects++
		return true
	}
	for _, e := range events {
		if _, ok := e.(tunnel.Passed); ok {
			w.now = w.now.Add(3 * time.Second)
		}
		w.feed(e)
		for step() || effects < last && w.answer() {
		}
		if effects >= last {
			return effects
		}
	}
	return effects
}

// A crash behind any effect leaves a closed computer closed, and the process after
// it closes first and then goes on, without an order.
func TestCrashBetweenAnyTwoEffects(t *testing.T) {
	for name, story := range stories {
		t.Run(name, func(t *testing.T) {
			begin := func() *world {
				w := newWorld()
				w.settle()
				if story.settings != (tunnel.Settings{}) {
					w.feed(tunnel.Changed{Settings: story.settings})
					w.settle()
				}
				return w
			}
			all := tell(begin(), story.events, 1<<20)
			if all < 2 {
				t.Fatalf("a story of %d effects", all)
			}
			for last := 1; last <= all; last++ {
				w := begin()
				tell(w, story.events, last)
				disk, closed, lockdown := w.disk, w.closed(), w.settings.Lockdown
				w.crash()
				if closed && !w.closed() {
					t.Errorf("after effect %d of %d the crash itself opens the guard", last, all)
				}
				first, sealed := tunnel.Effect(nil), closed
				for len(w.todo) > 0 || len(w.events) > 0 {
					if len(w.todo) > 0 && first == nil {
						first = w.todo[0]
					}
					if !w.perform() {
						w.answer()
					}
					if sealed && !w.closed() && disk.State != tunnel.Disconnecting {
						t.Errorf("after effect %d of %d the next process opens the guard; on disk is %v", last, all, disk.State)
					}
				}
				if disk.Wish != (tunnel.Wish{}) {
					if _, ok := first.(tunnel.Guard); !ok {
						t.Errorf("after effect %d of %d the next process begins with %#v, and not with the guard", last, all, first)
					}
				}
				w.kind()
				wanted := disk.Wish != (tunnel.Wish{})
				switch {
				case wanted && w.m.State != tunnel.Connected,
					!wanted && w.m.State != tunnel.Disconnected,
					!wanted && w.closed() != lockdown:
					t.Errorf("after effect %d of %d and a new process: %v (%s), closed %v; on disk was %+v", last, all, w.m.State, w.m.Cause, w.closed(), disk)
				}
				if len(w.bad) > 0 {
					t.Errorf("after effect %d of %d: %s", last, all, strings.Join(w.bad, "\n"))
				}
			}
		})
	}
}
