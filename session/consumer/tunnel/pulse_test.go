package tunnel_test

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// line is a tunnel as its counts tell it: what is sent comes back after rtt until
// it is cut.
type line struct {
	p              tunnel.Pulse
	rtt            time.Duration
	now            time.Time
	sent, received uint64
	due            []time.Time
	cut            bool
	lossy          int // every so many answers are lost
	n              int
	probes         int
}

func (l *line) send(bytes uint64) {
	l.sent += bytes
	if l.n++; !l.cut && (l.lossy == 0 || l.n%l.lossy != 0) {
		l.due = append(l.due, l.now.Add(l.rtt))
	}
}

// run goes on for d, with every telling when to send, and returns when it fell
// silent, -1 for never.
func (l *line) run(d time.Duration, every time.Duration) time.Duration {
	begin, lastBeat, next := l.now, l.now, l.now
	for beat := time.Duration(0); l.now.Sub(begin) < d; l.now = l.now.Add(5 * time.Millisecond) {
		for len(l.due) > 0 && !l.now.Before(l.due[0]) {
			l.due, l.received = l.due[1:], l.received+200
		}
		if every > 0 && !l.now.Before(next) {
			l.send(200)
			next = next.Add(every)
		}
		if l.now.Sub(lastBeat) < beat {
			continue
		}
		var b tunnel.Beat
		l.p, b = l.p.Feel(l.now, l.sent, l.received)
		beat, lastBeat = b.Next, l.now
		if b.Probe {
			l.probes++
			l.send(180)
		}
		if b.Silent {
			return l.now.Sub(begin)
		}
	}
	return -1
}

func newLine(rtt time.Duration) *line {
	return &line{p: tunnel.Pulse{RTT: rtt}, rtt: rtt, now: time.Unix(1_700_000_000, 0)}
}

func TestPulse(t *testing.T) {
	for _, c := range []struct {
		name         string
		rtt, traffic time.Duration
		within       time.Duration // of the cut
	}{
		{"fast, busy", time.Millisecond, 10 * time.Millisecond, 280 * time.Millisecond},
		{"fast, ping", time.Millisecond, time.Second, 1300 * time.Millisecond}, // of which a second is waiting for the next
		{"usual, busy", 30 * time.Millisecond, 10 * time.Millisecond, 300 * time.Millisecond},
		{"far, busy", 150 * time.Millisecond, 10 * time.Millisecond, 850 * time.Millisecond},
		{"satellite, busy", 600 * time.Millisecond, 10 * time.Millisecond, 1900 * time.Millisecond},
		{"fast, idle", time.Millisecond, 0, 11 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLine(c.rtt)
			if at := l.run(30*time.Second, c.traffic); at >= 0 {
				t.Fatalf("a live provider counts as silent after %s", at)
			}
			l.cut, l.due = true, nil
			at := l.run(30*time.Second, c.traffic)
			if at < 0 || at > c.within {
				t.Errorf("silent after %s, want within %s", at, c.within)
			}
			if at < 150*time.Millisecond {
				t.Errorf("silent after %s: a hiccup would be one", at)
			}
		})
	}
}

// A lossy path is not a dead one.
func TestPulseLoss(t *testing.T) {
	for _, traffic := range []time.Duration{10 * time.Millisecond, time.Second, 0} {
		l := newLine(20 * time.Millisecond)
		l.lossy = 3
		if at := l.run(10*time.Minute, traffic); at >= 0 {
			t.Errorf("with a third of the answers lost and traffic every %s: silent after %s", traffic, at)
		}
	}
}

// What a computer that does nothing pays for probes.
func TestPulseIdleIsCheap(t *testing.T) {
	l := newLine(20 * time.Millisecond)
	l.run(time.Hour, 0)
	if l.probes > 400 {
		t.Errorf("%d probes in an hour", l.probes)
	}
	if l.probes < 300 {
		t.Errorf("%d probes in an hour: a dead provider would not be noticed", l.probes)
	}
}

func TestPulseForgets(t *testing.T) {
	l := newLine(time.Millisecond)
	l.run(time.Second, 10*time.Millisecond)
	l.now = l.now.Add(time.Hour) // it slept, with packets of ours unanswered
	l.sent += 1000
	l.p = l.p.Forget()
	if at := l.run(time.Second, 10*time.Millisecond); at >= 0 {
		t.Errorf("silent %s after waking", at)
	}
}
