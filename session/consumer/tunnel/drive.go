package tunnel

import (
	"fmt"
	"time"
)

// drive does what the machine as it now is calls for. Each rule looks at facts
// alone, so it does not matter by which event they came about.
func (s *step) drive() {
	if s.Halted {
		return
	}
	s.switchOver()
	if (s.State == Connecting || s.State == Reconnecting) && s.Offline && s.Current == 0 && s.Opening == 0 {
		s.block(Offline, "")
	}
	if s.State == Blocked && s.due(s.RetryAt) && s.Wish != (Wish{}) && s.Cause != GuardFailed {
		s.Offline = false // if that is still so, the try finds out
		s.again()
	}
	if s.State == Disconnecting && s.Leaving != 0 && !s.now.Before(s.LeaveBy) {
		s.Leaving = 0
	}
	s.useSpare()
	s.guard()
	s.attach()
	s.open()
	s.spare()
}

// due reports whether a time that was set has come.
func (s *step) due(t time.Time) bool { return !t.IsZero() && !s.now.Before(t) }

// switchOver leaves a silent session as soon as another one is at hand. A spare
// that was kept is meant for that; one that was only begun with the silence gets
// some more time, in which the silence may end.
func (s *step) switchOver() {
	if s.Silent.IsZero() {
		return
	}
	silent := s.now.Sub(s.Silent)
	if s.SpareReady && (s.spares() || silent >= s.Patience.Switch) {
		s.Cause = Silence
		s.abandon()
		return
	}
	if s.State == Connected && silent >= s.Patience.Admit {
		s.State, s.Cause, s.Try = Reconnecting, Silence, 1
	}
}

// guard asks for what should hold, once, and again when it failed.
func (s *step) guard() {
	want := s.wants()
	if s.Writing {
		return
	}
	if want == s.Asked && !s.GuardAt.IsZero() && !s.due(s.GuardAt) {
		return
	}
	if want != s.Asked || s.Stale {
		s.GuardAt, s.Stale, s.Pending, s.Asked = time.Time{}, false, true, want
		s.Serial++
		if want.Policy == Everything {
			s.Shut = false // from here on nobody knows, until it is closed again
			s.do(Release{s.Serial})
		} else {
			s.do(Guard{s.Serial, want})
		}
	}
	s.disconnected()
}

// disconnected ends an ordered disconnect once the guard has what it wants.
func (s *step) disconnected() {
	if s.State != Disconnecting || s.Leaving != 0 || s.Pending || s.Stale || s.Holds != s.wants() || s.Asked != s.Holds {
		return
	}
	s.State, s.Cause, s.Why = Disconnected, "", ""
	s.persist()
}

// guardSet takes the guard's answer.
func (s *step) guardSet(e GuardSet) {
	if e.Serial != s.Serial || !s.Pending {
		return
	}
	s.Pending = false
	if e.Err == nil {
		s.guardHolds()
		return
	}
	s.Stale = true // what holds now is what held before
	s.GuardAt = s.now.Add(s.Patience.Guard)
	why := fmt.Sprint(e.Err)
	switch {
	case s.Fresh: // nothing has changed yet: the wish is refused
		s.refuse(GuardFailed, e.Err)
		s.GuardAt = time.Time{} // and what the state before it wants is asked for anew
		s.do(Say{NotGuarded})
		s.persist()
	case s.State == Disconnecting:
		s.Cause, s.Why = GuardFailed, why
		s.do(Say{NotReleased})
	case s.State == Disconnected:
		s.Cause, s.Why = GuardFailed, why
		s.do(Say{NotGuarded})
	default:
		s.block(GuardFailed, why)
		s.do(Say{NotGuarded})
	}
}

func (s *step) guardHolds() {
	s.Holds, s.Fresh = s.Asked, false
	s.Shut = s.Asked.Policy != Everything
	switch {
	case s.State == Blocked && s.Cause == GuardFailed && s.Wish != (Wish{}):
		s.again()
	case s.State == Blocked && s.Cause == GuardFailed:
		s.Cause = StateLost
	case s.State == Disconnected && s.Cause == GuardFailed:
		s.Cause, s.Why = "", ""
	}
}

// holds reports whether the guard has what it was asked for.
func (s *step) holds(g Guarding) bool {
	return s.Shut && !s.Pending && !s.Stale && s.GuardAt.IsZero() && s.Holds == g && s.Asked == g
}

// attach lets traffic flow once the guard lets nothing else out.
func (s *step) attach() {
	if s.Current == 0 || s.Attached || !s.holds(Guarding{OnlyTunnel, s.Current}) {
		return
	}
	s.Attached = true
	s.do(Attach{s.Current})
	s.State, s.Try, s.Cause, s.Why = Connected, 0, "", ""
}

// useSpare pays what is at hand. It needs no other rules than those that hold: any
// closed guard lets our own packets to a spare's provider out, since it was
// negotiated with behind one.
func (s *step) useSpare() {
	if s.State != Connecting && s.State != Reconnecting || s.Current != 0 || s.Opening != 0 || s.Offline {
		return
	}
	if !s.SpareReady || !s.Shut || s.Pending || s.Stale {
		return
	}
	s.Opening, s.Using = s.Spare, true
	s.Spare, s.SpareReady, s.SpareAt = 0, false, time.Time{}
	s.do(Use{s.Opening})
}

// open begins the next try, behind a guard that is known to be closed.
func (s *step) open() {
	if s.State != Connecting && s.State != Reconnecting || s.Current != 0 || s.Opening != 0 || s.Offline {
		return
	}
	if s.due(s.RetryAt) {
		s.RetryAt = time.Time{}
	}
	if !s.RetryAt.IsZero() || !s.holds(Guarding{Policy: OnlyEntry}) {
		return
	}
	if s.Spare != 0 { // it is at hand, or about to be
		return
	}
	s.Last++
	s.Opening, s.Using = s.Last, false
	s.do(Open{s.Opening, s.Wish})
}

// spare keeps a second session negotiated where the person wants one, or while
// the first is silent.
func (s *step) spare() {
	if s.due(s.SpareAt) || s.Current == 0 || s.Offline {
		s.SpareAt = time.Time{}
	}
	wanted := s.spares() || !s.Silent.IsZero()
	switch {
	case s.Current == 0 || !s.Attached || s.Offline || !s.SpareAt.IsZero():
	case s.Spare == 0 && wanted:
		s.prepare()
	case s.Spare != 0 && !wanted: // the setting was turned off
		s.dropSpare()
	}
}
