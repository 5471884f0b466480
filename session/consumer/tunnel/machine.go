package tunnel

import (
	"time"

	"github.com/wherrynet/wherry"
)

// ID names one try at one session: numbers grow and are never used twice by one
// machine. Zero is none.
type ID uint64

// Wish is what somebody wants to be connected to. Zero fields do not matter.
type Wish struct {
	Place      wherry.Place  `json:"place,omitzero"`
	Provider   string        `json:"provider,omitempty"` // its address, or its name
	IPType     string        `json:"ip_type,omitempty"`
	MaxPerGiB  wherry.Amount `json:"max_per_gib,omitzero"`
	MaxPerHour wherry.Amount `json:"max_per_hour,omitzero"`
	Budget     wherry.Amount `json:"budget,omitzero"` // from the wish until the disconnect, over all providers
	Spare      string        `json:"spare,omitempty"` // on or off; empty is as the setting
	Since      time.Time     `json:"since,omitzero"`  // when it was wished, from which the budget counts
}

// Settings are the person's that outlive a wish.
type Settings struct {
	Lockdown bool // closed while disconnected, too
	Spare    bool // a second session is kept negotiated
}

// Saved is what of a machine is on disk.
type Saved struct {
	State State `json:"state"`
	Wish  Wish  `json:"wish,omitzero"`
}

// Guarding is what the guard is asked for.
type Guarding struct {
	Policy  Policy
	Session ID // whose tunnel, with OnlyTunnel
}

// Patience is how long the machine waits. Zero fields mean what their comment
// says.
type Patience struct {
	Switch  time.Duration // of silence, until another provider takes over without a spare: 600 ms
	Admit   time.Duration // of silence, until the state says so: 1.5 s
	First   time.Duration // until the second try; it doubles: 200 ms
	Most    time.Duration // between two tries: 10 s
	Spare   time.Duration // until a spare that failed is tried again: 5 s
	Leaving time.Duration // for the last payment at a disconnect: 12 s
	Guard   time.Duration // until a guard that failed is tried again: 1 s
}

func (p *Patience) fill() {
	def := func(d *time.Duration, to time.Duration) {
		if *d <= 0 {
			*d = to
		}
	}
	def(&p.Switch, 600*time.Millisecond)
	def(&p.Admit, 1500*time.Millisecond)
	def(&p.First, 200*time.Millisecond)
	def(&p.Most, 10*time.Second)
	def(&p.Spare, 5*time.Second)
	def(&p.Leaving, 12*time.Second)
	def(&p.Guard, time.Second)
}

// Machine is everything that the decisions depend on. The zero value is blocked,
// and moves with Started.
type Machine struct {
	State    State
	Cause    Cause     // why it is blocked, or the last try failed; empty when all is well
	Why      string    // the failure in words
	Since    time.Time // when State began
	Wish     Wish      // while somebody wants a tunnel
	Settings Settings
	Patience Patience
	Try      int    // of the connecting that goes on, from 1
	Switches int    // providers that were left since the wish, because they failed
	Offline  bool   // no link is up
	Unsaved  bool   // the disk did not take the newest state
	Written  uint64 // serial number of the newest Persist
	Halted   bool   // the process ends

	// The guard. Shut is whether it is known to be closed.
	Shut    bool
	Fresh   bool     // the wish has not been closed behind yet: it can still be refused
	Writing bool     // a fresh wish is being written: nothing is closed before it is on disk
	Asked   Guarding // newest
	Holds   Guarding // newest that was answered with success
	Serial  uint64   // of Asked
	Pending bool     // Asked has no answer
	Stale   bool     // Asked has to be asked again
	GuardAt time.Time

	// The sessions.
	Last       ID        // newest
	Current    ID        // opened; it carries once Attached
	Attached   bool      // the tunnel's packets go into Current
	Silent     time.Time // since when Current is silent; zero when it is not
	Opening    ID        // being opened
	Using      bool      // Opening was a spare: its addresses are known already
	RetryAt    time.Time // not before
	Spare      ID        // being negotiated, or ready
	SpareReady bool
	SpareAt    time.Time // not before
	Leaving    ID        // being paid and left, before the guard is released
	LeaveBy    time.Time // no longer
}

// carries reports whether there is a session into which packets can go.
func (m *Machine) carries() bool { return m.Current != 0 || m.Leaving != 0 }

// wants returns what the guard should hold now.
func (m *Machine) wants() Guarding {
	g := Guarding{Policy: m.State.Lets(m.carries(), m.Settings.Lockdown), Session: m.Current}
	if m.State == Connecting && m.Current != 0 {
		g.Policy = OnlyTunnel // opened, and waits for the guard
	}
	if m.Using && m.Current == 0 && m.Opening != 0 && m.Wanted() && m.State != Blocked {
		// The guard is set while the opening is paid. Packets wait in front of the
		// interface, into which nobody has led them yet.
		g = Guarding{OnlyTunnel, m.Opening}
	}
	if m.State == Disconnecting && m.Leaving == 0 {
		g.Policy = Disconnected.Lets(false, m.Settings.Lockdown)
	}
	if m.Leaving != 0 {
		g.Session = m.Leaving
	}
	if g.Policy != OnlyTunnel {
		g.Session = 0
	}
	return g
}

// spares reports whether a second session is to be kept.
func (m *Machine) spares() bool {
	if m.Wish.Spare != "" {
		return m.Wish.Spare == "on"
	}
	return m.Settings.Spare
}

// Wanted reports whether somebody wants a tunnel.
func (m *Machine) Wanted() bool { return m.State != Disconnected && m.State != Disconnecting }

// saved is what a crash must not forget.
func (m *Machine) saved() Saved {
	s := Saved{State: m.State}
	if m.Wanted() {
		s.Wish = m.Wish
		if m.Wish == (Wish{}) {
			return s // blocked without a wish
		}
		s.State = Connecting // what a new process does with a wish
	}
	return s
}

// Wake returns when Step wants a Passed, zero for never.
func (m *Machine) Wake() time.Time {
	var at time.Time
	soon := func(t time.Time) {
		if !t.IsZero() && (at.IsZero() || t.Before(at)) {
			at = t
		}
	}
	if m.Halted {
		return at
	}
	soon(m.RetryAt)
	soon(m.SpareAt)
	soon(m.GuardAt)
	if m.Leaving != 0 {
		soon(m.LeaveBy)
	}
	if !m.Silent.IsZero() {
		if m.SpareReady {
			soon(m.Silent.Add(m.Patience.Switch))
		}
		if m.State == Connected {
			soon(m.Silent.Add(m.Patience.Admit))
		}
	}
	return at
}
