package tunnel_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// world is a computer around the machine: a disk, a kernel with a guard, and
// sessions. It performs effects one by one and notes what must never be.
type world struct {
	m   tunnel.Machine
	now time.Time

	disk     tunnel.Saved // survives a crash
	settings tunnel.Settings
	kernel   tunnel.Guarding // survives a crash
	writes   bool            // the disk takes writes
	guards   bool            // the guard works

	todo     []tunnel.Effect // not performed yet
	events   []tunnel.Event  // answers that the machine has not seen
	stage    map[tunnel.ID]string
	attached tunnel.ID

	ordered bool // the newest order is to disconnect, or there was none
	sealed  bool // it was closed since the newest first wish
	bad     []string
}

func newWorld() *world {
	w := &world{
		now: time.Unix(1_700_000_000, 0), kernel: tunnel.Guarding{Policy: tunnel.Everything},
		disk:   tunnel.Saved{State: tunnel.Disconnected},
		writes: true, guards: true, ordered: true, stage: map[tunnel.ID]string{},
	}
	w.start()
	return w
}

func (w *world) wrong(format string, args ...any) {
	w.bad = append(w.bad, fmt.Sprintf(format, args...))
}

func (w *world) closed() bool { return w.kernel.Policy != tunnel.Everything }

// start is a new process.
func (w *world) start() {
	w.m, w.todo, w.events, w.stage, w.attached = tunnel.Machine{}, nil, nil, map[tunnel.ID]string{}, 0
	w.feed(tunnel.Started{Saved: w.disk, Settings: w.settings, Shut: w.closed()})
}

// crash ends the process between any two effects. What is closed stays closed.
func (w *world) crash() {
	w.ordered = w.ordered || !w.sealed // a wish that was not closed behind yet is forgotten, or not
	w.start()
}

// feed gives the machine an event, once all that followed from earlier ones is
// done.
func (w *world) feed(e tunnel.Event) {
	for w.perform() {
	}
	if c, ok := e.(tunnel.Changed); ok {
		w.settings = c.Settings
	}
	move := func(id tunnel.ID, from, to string) {
		if w.stage[id] == from {
			w.stage[id] = to
		}
	}
	switch e := e.(type) {
	case tunnel.Opened:
		move(e.Session, "opening", "open")
	case tunnel.Prepared:
		move(e.Session, "preparing", "prepared")
	case tunnel.Stopped:
		move(e.Session, "stopping", "gone")
	case tunnel.Disconnect:
		w.ordered = true
	case tunnel.Connect:
		w.sealed = w.sealed && !w.ordered
		w.ordered = false
	}
	var out []tunnel.Effect
	w.m, out = tunnel.Step(w.m, w.now, e)
	w.todo = append(w.todo, out...)
	if at := w.m.Wake(); !at.IsZero() && !at.After(w.now) {
		w.wrong("after %T at %v the machine still wants to be woken in the past", e, w.m.State)
	}
	if w.m.State == tunnel.Disconnected {
		w.ordered = true // in good order, or the wish was refused
	}
	w.check(e)
}

func (w *world) check(e tunnel.Event) {
	switch w.m.State {
	case tunnel.Connected:
		if w.m.Current == 0 || !w.m.Attached || !w.m.Shut {
			w.wrong("connected without a session behind a closed guard, after %T", e)
		}
	case tunnel.Connecting, tunnel.Reconnecting, tunnel.Disconnecting:
	case tunnel.Disconnected, tunnel.Blocked:
		if w.m.Current != 0 || w.m.Opening != 0 || w.m.Spare != 0 {
			w.wrong("%v with sessions, after %T", w.m.State, e)
		}
	}
}

// perform does the next effect, and reports whether there was one.
func (w *world) perform() bool {
	if len(w.todo) == 0 {
		return false
	}
	e := w.todo[0]
	w.todo = w.todo[1:]
	dialled := func(id tunnel.ID) {
		if !w.closed() {
			w.wrong("%T of session %d while the guard is open", e, id)
		}
	}
	switch e := e.(type) {
	case tunnel.Persist:
		if !w.writes {
			w.events = append(w.events, tunnel.Saves{Serial: e.Serial, Err: errors.New("disk full")})
			break
		}
		w.disk = e.Saved
		w.events = append(w.events, tunnel.Saves{Serial: e.Serial})
	case tunnel.Guard:
		if !w.guards {
			w.events = append(w.events, tunnel.GuardSet{Serial: e.Serial, Err: errors.New("not permitted")})
			break
		}
		if e.Policy == tunnel.Everything {
			w.wrong("the guard is asked to let everything out without being released")
		}
		w.kernel, w.sealed = e.Guarding, true
		w.events = append(w.events, tunnel.GuardSet{Serial: e.Serial})
	case tunnel.Release:
		if !w.ordered {
			w.wrong("the guard is released, and nobody ordered a disconnect")
		}
		if w.settings.Lockdown && w.closed() {
			w.wrong("the guard is released in spite of lockdown")
		}
		if !w.guards {
			w.events = append(w.events, tunnel.GuardSet{Serial: e.Serial, Err: errors.New("not permitted")})
			break
		}
		w.kernel = tunnel.Guarding{Policy: tunnel.Everything}
		w.events = append(w.events, tunnel.GuardSet{Serial: e.Serial})
	case tunnel.Open:
		dialled(e.Session)
		w.stage[e.Session] = "opening"
	case tunnel.Prepare:
		dialled(e.Session)
		w.stage[e.Session] = "preparing"
	case tunnel.Use:
		dialled(e.Session)
		if w.stage[e.Session] != "prepared" && w.stage[e.Session] != "gone" {
			w.wrong("session %d is used, and is %q", e.Session, w.stage[e.Session])
		}
		w.stage[e.Session] = "opening"
	case tunnel.Attach:
		if w.kernel != (tunnel.Guarding{Policy: tunnel.OnlyTunnel, Session: e.Session}) {
			w.wrong("session %d is attached behind %v", e.Session, w.kernel)
		}
		w.attached = e.Session
	case tunnel.Stop:
		w.stage[e.Session] = "stopping"
	}
	return true
}

// answer gives the machine the oldest answer, and reports whether there was one.
func (w *world) answer() bool {
	if len(w.events) == 0 {
		return false
	}
	e := w.events[0]
	w.events = w.events[1:]
	w.feed(e)
	return true
}

// settle performs and answers until nothing is left.
func (w *world) settle() {
	for w.perform() || w.answer() {
	}
}

// kind lets every session do the best it can, until nothing changes any more.
func (w *world) kind() {
	w.writes, w.guards = true, true
	w.feed(tunnel.LinkUp{})
	for range 200 {
		w.settle()
		for id, stage := range w.stage {
			switch stage {
			case "opening":
				w.feed(tunnel.Opened{Session: id})
			case "preparing":
				w.feed(tunnel.Prepared{Session: id})
			case "stopping":
				w.feed(tunnel.Stopped{Session: id})
			}
		}
		w.settle()
		at := w.m.Wake()
		if at.IsZero() {
			w.now = w.now.Add(time.Second)
			w.feed(tunnel.Heard{Session: w.m.Current})
			continue
		}
		w.now = at
		w.feed(tunnel.Passed{})
	}
	w.settle()
}
