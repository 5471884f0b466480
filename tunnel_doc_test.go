package wherry_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// drawingOf returns the drawing in the comment of a Go file that begins with a
// sentence.
func drawingOf(t *testing.T, path, sentence string) string {
	t.Helper()
	_, rest, ok := strings.Cut(readText(t, path), "// "+sentence+"\n//\n")
	drawing, _, ok2 := strings.Cut(rest, "\n//\n// ")
	if !ok || !ok2 {
		t.Fatalf("%s has no drawing under %q", path, sentence)
	}
	var b strings.Builder
	b.WriteString("```\n")
	for line := range strings.SplitSeq(drawing, "\n") {
		b.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), "\t") + "\n")
	}
	b.WriteString("```\n")
	return b.String()
}

// lived is a machine to which something has happened, and what it did then.
type lived struct {
	m       tunnel.Machine
	effects []string
}

// live feeds events to a machine whose disk and guard work.
func (l *lived) live(events ...tunnel.Event) {
	now := time.Unix(1_700_000_000, 0)
	for len(events) > 0 {
		var out []tunnel.Effect
		l.m, out = tunnel.Step(l.m, now, events[0])
		events = events[1:]
		for _, f := range out {
			name := strings.TrimPrefix(fmt.Sprintf("%T", f), "tunnel.")
			switch f := f.(type) {
			case tunnel.Persist:
				events = append(events, tunnel.Saves{Serial: f.Serial})
			case tunnel.Guard:
				name += " (" + f.Policy.String() + ")"
				events = append(events, tunnel.GuardSet{Serial: f.Serial})
			case tunnel.Release:
				events = append(events, tunnel.GuardSet{Serial: f.Serial})
			}
			l.effects = append(l.effects, name)
		}
	}
}

// in returns a machine in a state.
func in(s tunnel.State) *lived {
	l := &lived{}
	l.live(tunnel.Started{Saved: tunnel.Saved{State: tunnel.Disconnected}})
	if s != tunnel.Disconnected {
		l.live(tunnel.Connect{Wish: tunnel.Wish{Provider: "bob"}})
	}
	switch s {
	case tunnel.Connected:
		l.live(tunnel.Opened{Session: 1})
	case tunnel.Reconnecting:
		l.live(tunnel.Opened{Session: 1}, tunnel.Lost{Session: 1, Cause: tunnel.Unreachable})
	case tunnel.Blocked:
		l.live(tunnel.Failed{Session: 1, Cause: tunnel.OverBudget})
	case tunnel.Disconnecting:
		l.live(tunnel.Opened{Session: 1}, tunnel.Disconnect{})
	case tunnel.Disconnected, tunnel.Connecting:
	}
	l.effects = nil
	return l
}

// happenings are the columns of the table, each with what happens.
var happenings = []struct {
	what string
	make func(m tunnel.Machine) tunnel.Event
}{
	{"connect", func(tunnel.Machine) tunnel.Event { return tunnel.Connect{Wish: tunnel.Wish{Provider: "carol"}} }},
	{"a session is open", func(m tunnel.Machine) tunnel.Event { return tunnel.Opened{Session: m.Opening} }},
	{"nobody answers", func(m tunnel.Machine) tunnel.Event {
		return tunnel.Failed{Session: m.Opening, Cause: tunnel.Unreachable}
	}},
	{"nobody fits", func(m tunnel.Machine) tunnel.Event {
		return tunnel.Failed{Session: m.Opening, Cause: tunnel.NoOffer}
	}},
	{"the provider is silent", func(m tunnel.Machine) tunnel.Event { return tunnel.Silent{Session: m.Current} }},
	{"the session is lost", func(m tunnel.Machine) tunnel.Event {
		return tunnel.Lost{Session: m.Current, Cause: tunnel.Unreachable}
	}},
	{"the money is spent", func(m tunnel.Machine) tunnel.Event {
		return tunnel.Lost{Session: m.Current, Cause: tunnel.OverBudget}
	}},
	{"the link is down", func(tunnel.Machine) tunnel.Event { return tunnel.LinkDown{} }},
	{"an address changes", func(tunnel.Machine) tunnel.Event { return tunnel.Moved{} }},
	{"rules are flushed", func(tunnel.Machine) tunnel.Event { return tunnel.GuardChanged{} }},
	{"money or offers come", func(tunnel.Machine) tunnel.Event { return tunnel.Eased{} }},
	{"the session is paid and left", func(m tunnel.Machine) tunnel.Event { return tunnel.Stopped{Session: m.Leaving} }},
	{"disconnect", func(tunnel.Machine) tunnel.Event { return tunnel.Disconnect{} }},
}

func transitions() string {
	var b strings.Builder
	b.WriteString("| in | when | then | by |\n|---|---|---|---|\n")
	for _, s := range tunnel.States {
		for _, h := range happenings {
			l := in(s)
			l.live(h.make(l.m))
			if l.m.State == s && len(l.effects) == 0 {
				continue
			}
			then := l.m.State.String()
			if l.m.State == s {
				then = "the same"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", s, h.what, then, strings.Join(l.effects, ", "))
		}
	}
	return b.String()
}

func policies() string {
	var b strings.Builder
	b.WriteString("| state | lockdown off | lockdown on |\n|---|---|---|\n")
	for _, s := range tunnel.States {
		row := func(lockdown bool) string {
			with, without := s.Lets(true, lockdown), s.Lets(false, lockdown)
			if with == without {
				return with.String()
			}
			return with.String() + "; without a session " + without.String()
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", s, row(false), row(true))
	}
	return b.String()
}

func blocks() string {
	var b strings.Builder
	b.WriteString("| cause | means | blocks | tried again by itself | to go on |\n|---|---|---|---|---|\n")
	for _, c := range tunnel.Causes() {
		i := c.Info()
		blocks, again := "no, another provider is tried", "at once, then with pauses that grow"
		if i.Blocks {
			blocks, again = "yes", "when something changes"
			if i.Retry > 0 {
				again = fmt.Sprintf("every %d s, and when something changes", i.Retry/time.Second)
			}
		}
		var ways []string
		for _, w := range api.ToGoOn(i.Code, false) {
			if i.Blocks {
				ways = append(ways, "`"+w.Command+"`")
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", c, i.Meaning, blocks, again, strings.Join(ways, "; "))
	}
	return b.String()
}

// What docs/tunnel.md says of the states is made from the machine itself: go test
// . -update writes it.
func TestTunnelInTheManual(t *testing.T) {
	golden(t, "docs/tunnel.md", "drawing", drawingOf(t, "session/consumer/tunnel/state.go", "State is where the tunnel is."))
	golden(t, "docs/tunnel.md", "policies", policies())
	golden(t, "docs/tunnel.md", "transitions", transitions())
	golden(t, "docs/tunnel.md", "causes", blocks())
}
