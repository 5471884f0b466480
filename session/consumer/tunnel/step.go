package tunnel

import (
	"fmt"
	"time"
)

// step is one call of Step: the machine as it becomes, and what follows.
type step struct {
	Machine
	now time.Time
	out []Effect
	was Machine
}

// Step decides what follows from an event at a time. The machine that it is
// given stays as it was.
func Step(m Machine, now time.Time, e Event) (Machine, []Effect) {
	m.Patience.fill()
	s := step{Machine: m, now: now, was: m}
	if s.Halted {
		return m, nil
	}
	s.take(e)
	s.drive()
	if s.State != s.was.State {
		s.Since = now
	}
	return s.Machine, s.out
}

func (s *step) do(e ...Effect) { s.out = append(s.out, e...) }

func (s *step) take(e Event) {
	switch e := e.(type) {
	case Started:
		s.started(e)
	case Connect:
		s.connect(e.Wish)
	case Disconnect:
		s.disconnect()
	case Reconnect:
		if s.Wanted() && s.Wish != (Wish{}) {
			s.leave(true)
			s.again()
		}
	case Changed:
		s.Settings, s.Stale = e.Settings, true
		if s.State == Disconnected && s.was.Settings.Lockdown && !e.Settings.Lockdown {
			s.State = Disconnecting // a crash before the release is over must not forget it
			s.persist()
		}
	case Eased:
		s.eased()
	case GuardSet:
		s.guardSet(e)
	case GuardChanged:
		if s.Asked.Policy != Everything {
			s.do(Say{Repairing})
			s.Stale = true
		}
	case Saves:
		if e.Serial == s.Written {
			s.saves(e.Err)
		}
	case LinkDown, LinkUp, Moved, Woke:
		s.network(e)
	case Passed: // what is due is in drive
	case Halt:
		s.leave(true)
		s.Halted = true
	default:
		s.session(e)
	}
}

// started goes on with what the last process has left.
func (s *step) started(e Started) {
	s.Settings, s.Shut = e.Settings, e.Shut
	s.Stale = e.Shut || e.Settings.Lockdown // what is in the kernel may be of any state
	if !e.Shut {
		s.Asked, s.Holds = Guarding{Policy: Everything}, Guarding{Policy: Everything}
	}
	switch {
	case e.Saved.Wish != (Wish{}) && e.Saved.State != Disconnected && e.Saved.State != Disconnecting:
		s.Wish, s.State, s.Try = e.Saved.Wish, Connecting, 1
	case e.Saved.State == Disconnecting:
		s.State, s.Stale = Disconnecting, true
	case e.Shut && !e.Settings.Lockdown: // nobody knows why it is closed: stay so
		s.block(StateLost, "")
	default:
		s.State = Disconnected
	}
}

// connect begins with a wish, or changes it.
func (s *step) connect(w Wish) {
	if w.Since.IsZero() {
		w.Since = s.now
	}
	s.Fresh = s.Fresh || !s.Wanted()
	if s.Fresh {
		s.Writing, s.Stale, s.GuardAt = true, true, time.Time{}
	}
	s.leave(true)
	s.Leaving = 0
	s.Wish, s.Switches = w, 0
	s.again()
	s.persist()
}

// again tries from the beginning, at once.
func (s *step) again() {
	s.State = Connecting
	if s.was.Current != 0 {
		s.State = Reconnecting
	}
	s.Try, s.RetryAt, s.Cause, s.Why = 1, time.Time{}, "", ""
	if s.Offline {
		s.Cause = Offline
	}
}

// disconnect is the only way to the guard's release.
func (s *step) disconnect() {
	if !s.Wanted() {
		return
	}
	s.Leaving, s.LeaveBy = s.Current, s.now.Add(s.Patience.Leaving)
	s.leave(true)
	s.State, s.Wish, s.Cause, s.Why, s.Fresh = Disconnecting, Wish{}, "", "", false
	s.RetryAt, s.Try, s.Writing = time.Time{}, 0, false
	s.persist()
}

// leave stops every session. The open one is paid first if pay says so.
func (s *step) leave(pay bool) {
	for _, id := range []ID{s.Current, s.Opening, s.Spare} {
		if id != 0 {
			s.do(Stop{id, pay && id == s.Current})
		}
	}
	s.Current, s.Attached, s.Silent = 0, false, time.Time{}
	s.Opening, s.Using, s.Spare, s.SpareReady, s.SpareAt = 0, false, 0, false, time.Time{}
}

// block stops everything and waits for what the cause says.
func (s *step) block(c Cause, why string) {
	s.leave(true)
	s.State, s.Cause, s.Why = Blocked, c, why
	s.RetryAt = time.Time{}
	if again := c.Info().Retry; again > 0 && c != GuardFailed {
		s.RetryAt = s.now.Add(again)
	}
}

// saves takes the disk's answer. A wish that a crash would forget is not begun:
// what an older order has left on disk might open the guard behind it.
func (s *step) saves(err error) {
	s.Unsaved = err != nil
	if s.Unsaved {
		s.do(Say{NotSaved})
	}
	if s.Writing && s.Unsaved {
		s.refuse(Internal, err)
	}
	s.Writing = false
}

// refuse takes a fresh wish back, as if it had never been.
func (s *step) refuse(c Cause, why error) {
	s.leave(false)
	s.State, s.Wish, s.Fresh, s.Writing, s.Try = Disconnected, Wish{}, false, false, 0
	s.Cause, s.Why, s.RetryAt = c, fmt.Sprint(why), time.Time{}
}

func (s *step) persist() {
	s.Written++
	s.do(Persist{s.Written, s.saved()})
}

// eased tries at once what it would have tried later.
func (s *step) eased() {
	switch {
	case s.State == Blocked && s.Wish != (Wish{}) && s.Cause != GuardFailed && s.Cause != Offline:
		s.again()
	case s.State == Connecting || s.State == Reconnecting:
		s.RetryAt = time.Time{}
	}
	s.SpareAt = time.Time{}
}

// network takes what the computer's own network does.
func (s *step) network(e Event) {
	switch e.(type) {
	case LinkDown:
		s.Offline, s.Silent = true, time.Time{} // nobody can answer
		if s.State == Connected {
			s.State, s.Cause = Reconnecting, Offline
		}
		return
	case LinkUp:
		s.Offline = false
	}
	if s.State == Disconnected || s.State == Disconnecting {
		return
	}
	switch {
	case s.State != Blocked:
		s.RetryAt = time.Time{}
	case s.Cause == Offline || s.Cause == NoOffer:
		s.again()
	}
	if s.Current == 0 || s.Offline {
		return
	}
	s.do(Renew{s.Current})
	if s.State == Reconnecting && s.Attached { // it was offline: from now on it could answer
		s.Cause = Silence
		s.Silent = s.now
		s.prepare()
	}
	if _, slept := e.(Woke); slept && s.Spare != 0 { // what was accepted before has expired
		s.do(Stop{s.Spare, false})
		s.Spare, s.SpareReady, s.SpareAt = 0, false, time.Time{}
	}
}
