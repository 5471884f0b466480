package tunnel

import "time"

// session takes what happens to sessions.
func (s *step) session(e Event) {
	switch e := e.(type) {
	case Opened:
		s.opened(e.Session)
	case Failed:
		s.failed(e)
	case Lost:
		s.lost(e)
	case Silent:
		if e.Session == s.Current && s.Attached && s.Silent.IsZero() && !s.Offline {
			s.Silent = s.now
			s.do(Renew{s.Current})
			s.prepare()
		}
	case Heard:
		s.heard(e.Session)
	case Prepared:
		if e.Session != 0 && e.Session == s.Spare {
			s.SpareReady = true
		}
	case Stopped:
		if e.Session == s.Leaving {
			s.Leaving = 0
		}
	}
}

func (s *step) opened(id ID) {
	if id == 0 || id != s.Opening {
		return // it was stopped while it opened
	}
	s.Opening, s.Using, s.Current, s.Attached, s.Silent = 0, false, id, false, time.Time{}
}

func (s *step) heard(id ID) {
	if id != s.Current || !s.Attached {
		return
	}
	s.Silent = time.Time{}
	if s.State == Reconnecting {
		s.State, s.Cause, s.Why, s.Try = Connected, "", "", 0
	}
	if !s.spares() {
		s.dropSpare()
	}
}

func (s *step) dropSpare() {
	if s.Spare != 0 {
		s.do(Stop{s.Spare, false})
	}
	s.Spare, s.SpareReady, s.SpareAt = 0, false, time.Time{}
}

func (s *step) failed(e Failed) {
	switch e.Session {
	case 0:
	case s.Spare:
		s.Spare, s.SpareReady = 0, false
		s.SpareAt = s.now.Add(s.Patience.Spare)
		if !s.Silent.IsZero() {
			s.SpareAt = s.now.Add(s.Patience.First)
		}
	case s.Opening:
		s.Opening, s.Using = 0, false
		s.Cause, s.Why = e.Cause, e.Why
		switch {
		case s.Offline:
			s.block(Offline, e.Why)
		case e.Cause.Info().Blocks:
			s.block(e.Cause, e.Why)
		default:
			s.later()
		}
	}
}

// later waits a while that grows before the next try.
func (s *step) later() {
	wait := s.Patience.First
	for i := 1; i < s.Try && wait < s.Patience.Most; i++ {
		wait *= 2
	}
	s.Try++
	s.RetryAt = s.now.Add(min(wait, s.Patience.Most))
}

// lost goes on without the session that carried.
func (s *step) lost(e Lost) {
	if e.Session == 0 || e.Session != s.Current {
		return
	}
	s.Cause, s.Why = e.Cause, e.Why
	if e.Cause.Info().Blocks {
		s.block(e.Cause, e.Why)
		return
	}
	s.abandon()
}

// abandon gives the session that carried up: packets wait until another is open.
func (s *step) abandon() {
	s.do(Stop{s.Current, false}, Say{Switched})
	s.Current, s.Attached, s.Silent = 0, false, time.Time{}
	s.State, s.Try, s.RetryAt = Reconnecting, 1, time.Time{}
	s.Switches++
}

// prepare begins to negotiate with somebody else, who is not paid yet.
func (s *step) prepare() {
	if s.Spare != 0 || s.Offline {
		return
	}
	s.Last++
	s.Spare, s.SpareReady, s.SpareAt = s.Last, false, time.Time{}
	s.do(Prepare{s.Spare, s.Wish})
}
