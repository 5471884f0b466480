package channel

import "time"

// Later is an error, mostly Busy, that says when to try again.
type Later struct {
	After time.Duration
	Err   error
}

// Error is that of Err.
func (l Later) Error() string { return l.Err.Error() }

// Unwrap returns Err, whose code counts.
func (l Later) Unwrap() error { return l.Err }
