package tunnel

import "fmt"

// Event is something that happened.
type Event interface{ event() }

// The events. Those that name a session or a serial number which is not the
// machine's any more change nothing.
type (
	// Started is the first event of a process: what the last one left.
	Started struct {
		Saved    Saved
		Settings Settings
		Shut     bool // the guard's rules are in the kernel
	}
	// Connect says that somebody wants a tunnel, or another one.
	Connect struct{ Wish Wish }
	// Disconnect orders the end of it.
	Disconnect struct{}
	// Reconnect asks for a new session under the same wish.
	Reconnect struct{}
	// Changed says that the settings have changed. Lesser ones, as for the LAN, are
	// not in Settings, and the guard is asked again because of them.
	Changed struct{ Settings Settings }
	// Eased says that what may have stood in the way has changed: money came, a
	// budget was raised, offers are new.
	Eased struct{}

	// GuardSet is the answer to Guard and to Release.
	GuardSet struct {
		Serial uint64
		Err    error
	}
	// GuardChanged says that somebody else has changed what the guard had set, or
	// that the guard itself was started anew.
	GuardChanged struct{}
	// Saves is the answer to Persist.
	Saves struct {
		Serial uint64
		Err    error
	}

	// Opened says that a session's opening is paid and traffic could flow.
	Opened struct{ Session ID }
	// Failed says that a session that was opened or prepared has not come about.
	Failed struct {
		Session ID
		Cause   Cause
		Why     string
	}
	// Lost says that an open session has ended.
	Lost struct {
		Session ID
		Cause   Cause
		Why     string
	}
	// Silent says that packets go into a session and nothing comes back.
	Silent struct{ Session ID }
	// Heard takes Silent back.
	Heard struct{ Session ID }
	// Prepared says that a spare is negotiated, and not paid.
	Prepared struct{ Session ID }
	// Stopped says that a session is gone, after Stop.
	Stopped struct{ Session ID }

	// LinkDown says that no link is up any more, LinkUp that one is.
	LinkDown struct{}
	LinkUp   struct{}
	// Moved says that an address or a route of this computer has changed.
	Moved struct{}
	// Woke says that the computer has slept, or its clock has jumped.
	Woke struct{}
	// Passed says that the time of Wake has come.
	Passed struct{}
	// Halt says that the process is about to end, and nothing else is meant by it.
	Halt struct{}
)

func (Started) event()      {}
func (Connect) event()      {}
func (Disconnect) event()   {}
func (Reconnect) event()    {}
func (Changed) event()      {}
func (Eased) event()        {}
func (GuardSet) event()     {}
func (GuardChanged) event() {}
func (Saves) event()        {}
func (Opened) event()       {}
func (Failed) event()       {}
func (Lost) event()         {}
func (Silent) event()       {}
func (Heard) event()        {}
func (Prepared) event()     {}
func (Stopped) event()      {}
func (LinkDown) event()     {}
func (LinkUp) event()       {}
func (Moved) event()        {}
func (Woke) event()         {}
func (Passed) event()       {}
func (Halt) event()         {}

// Effect is something to be done.
type Effect interface{ effect() }

// The effects, to be performed in order; one that waits for others is performed
// beside them and answers with an event.
type (
	// Persist makes durable what a crash must not forget, before anything after it
	// is done. The answer is Saves.
	Persist struct {
		Serial uint64
		Saved  Saved
	}
	// Guard closes the guard to a policy, at once and wholly. The answer is
	// GuardSet.
	Guard struct {
		Serial uint64
		Guarding
	}
	// Release opens the guard: exactly what was there is there again. The answer is
	// GuardSet.
	Release struct{ Serial uint64 }
	// Open chooses providers that fit the wish, negotiates with the first that
	// answers, and pays the opening. The answer is Opened or Failed.
	Open struct {
		Session ID
		Wish    Wish
	}
	// Prepare does the same up to the payment. The answer is Prepared or Failed; a
	// Failed may follow a Prepared.
	Prepare struct {
		Session ID
		Wish    Wish
	}
	// Use pays the opening of a session that is prepared. The answer is Opened or
	// Failed.
	Use struct{ Session ID }
	// Attach leads the packets of the tunnel's interface into a session, and no
	// longer into another one.
	Attach struct{ Session ID }
	// Stop ends a session in whatever stage it is: with the last payment when it is
	// left in good order, at once when not. The answer is Stopped.
	Stop struct {
		Session ID
		Pay     bool
	}
	// Renew shakes hands with a session's provider at once.
	Renew struct{ Session ID }
	// Say tells the person what no state shows.
	Say struct{ Note Note }
)

func (Persist) effect() {}
func (Guard) effect()   {}
func (Release) effect() {}
func (Open) effect()    {}
func (Prepare) effect() {}
func (Use) effect()     {}
func (Attach) effect()  {}
func (Stop) effect()    {}
func (Renew) effect()   {}
func (Say) effect()     {}

// Note is something to be told.
type Note string

// The notes.
const (
	Repairing   Note = "another program has changed the firewall, the routes or the DNS settings: they are set again"
	NotSaved    Note = "the state could not be written: after a crash this computer stays closed and waits for an order"
	NotGuarded  Note = "the guard could not be set"
	NotReleased Note = "the guard could not be released"
	Switched    Note = "the provider was left for another one"
)

// String returns the effect as documents and failing tests show it.
func (g Guarding) String() string {
	if g.Session != 0 {
		return fmt.Sprintf("%s of session %d", g.Policy, g.Session)
	}
	return g.Policy.String()
}
