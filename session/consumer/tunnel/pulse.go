package tunnel

import "time"

// Pulse tells whether a provider has fallen silent, by nothing but the counts of
// one session's tunnel, which it is shown every some dozens of milliseconds. It
// asks for a probe when it can't tell: a small message inside the tunnel that any
// live provider answers at once. The zero value with an RTT is ready.
//
// A tunnel in which nothing is sent is never silent, so a probe is due whenever
// nothing has come for a while; while only probes are answered that while doubles,
// up to Idle, so that a computer which does nothing costs next to nothing.
type Pulse struct {
	RTT  time.Duration // of the session's negotiation, or better; 0 is unknown
	Idle time.Duration // between two probes of an idle tunnel; zero means 10 s

	sent, received uint64
	heard          time.Time // of the newest growth of received
	asked          time.Time // of the first growth of sent since; zero for none
	probed         time.Time
	gap            time.Duration // from heard until the next probe of an idle tunnel
	mark           uint64        // received, when the newest probe was asked for
	silent         bool
	live           bool // something was received since the beginning
}

// The shape of a Pulse. An answer to a probe with what carries it is smaller than
// probeBytes.
const (
	firstGap   = 150 * time.Millisecond
	probeAfter = 60 * time.Millisecond // without an answer to what was sent, or to a probe
	leastWait  = 160 * time.Millisecond
	mostWait   = 1200 * time.Millisecond
	probeBytes = 1024
)

// Beat is what a Pulse concludes.
type Beat struct {
	Probe  bool // send one now
	Silent bool // nothing came back for too long
	Next   time.Duration
}

// Wait returns for how long an answer may be missing before the provider counts
// as silent: four round trips, within bounds.
func (p Pulse) Wait() time.Duration {
	return min(max(4*p.RTT, leastWait), mostWait)
}

// Feel takes the counts of the tunnel at a time. They never go back.
func (p Pulse) Feel(now time.Time, sent, received uint64) (Pulse, Beat) {
	if p.heard.IsZero() {
		p.heard, p.gap = now, firstGap
		p.sent, p.received = sent, received
	}
	if received > p.received {
		if received-p.mark > probeBytes { // more than what a probe brings
			p.gap = firstGap
		}
		if p.RTT > 0 && !p.probed.IsZero() && p.asked.Equal(p.probed) { // it answers the probe
			p.RTT = min(p.RTT, max(now.Sub(p.probed), time.Millisecond))
		}
		p.heard, p.asked, p.silent, p.live = now, time.Time{}, false, true
	}
	if sent > p.sent && p.asked.IsZero() && received == p.received {
		p.asked = now
	}
	p.sent, p.received = sent, received
	b := Beat{Next: 40 * time.Millisecond}
	waits := !p.asked.IsZero() && now.Sub(p.asked) >= probeAfter
	idle := now.Sub(p.heard) >= p.gap
	if (waits || idle) && now.Sub(p.probed) >= max(probeAfter, p.RTT) {
		b.Probe, p.probed, p.mark = true, now, received
		if !waits {
			p.gap = min(2*p.gap, p.idle())
		}
		if p.asked.IsZero() {
			p.asked = now
		}
	}
	if !p.asked.IsZero() && now.Sub(p.asked) >= p.Wait() {
		p.silent = true
	}
	b.Silent = p.silent
	if !p.asked.IsZero() {
		b.Next = 20 * time.Millisecond
	}
	if p.asked.IsZero() && now.Sub(p.heard) > 2*time.Second {
		b.Next = 100 * time.Millisecond // idle; whoever begins to send is noticed soon enough
	}
	return p, b
}

func (p Pulse) idle() time.Duration {
	if p.Idle > 0 {
		return p.Idle
	}
	return 10 * time.Second
}

// Heard reports whether anything was received since the beginning, or since
// Forget.
func (p Pulse) Heard() bool { return p.live }

// Forget begins anew, as after the computer has slept or was offline: what was not
// answered then says nothing.
func (p Pulse) Forget() Pulse { return Pulse{RTT: p.RTT, Idle: p.Idle} }
