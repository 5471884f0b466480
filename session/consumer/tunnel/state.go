package tunnel

// State is where the tunnel is.
//
//	                connect                 opened
//	disconnected ───────────► connecting ───────────► connected
//	      ▲                     ▲    │                 │     ▲
//	      │             try     │    │ nothing helps   │     │ opened, or
//	      │             again   │    ▼      by itself  │     │ heard again
//	 the  │                     └─ blocked ◄───────────┤     │
//	guard │                        │  ▲                │     │
//	 is   │                        │  │ nothing helps  ▼     │
//	open  │                        │  └────────── reconnecting
//	again │     disconnect         │              silent, lost, offline
//	      └── disconnecting ◄──────┴── disconnect, from every state
//
// A state that is added later is closed until somebody opens it in Lets.
type State uint8

// The states. The zero value fails closed.
const (
	Blocked       State = iota // nothing leaves, and a Cause says why
	Disconnected               // nobody wants a tunnel
	Connecting                 // to the first provider of a wish
	Connected                  // traffic flows through a provider
	Reconnecting               // the provider is lost or silent, another or the same is tried
	Disconnecting              // ordered: the session is being paid and left
)

// States are all states, in the order of the documentation.
var States = [...]State{Disconnected, Connecting, Connected, Reconnecting, Blocked, Disconnecting}

// String returns the state's word, as in status and on disk.
func (s State) String() string {
	switch s {
	case Disconnected:
		return "disconnected"
	case Connecting:
		return "connecting"
	case Connected:
		return "connected"
	case Reconnecting:
		return "reconnecting"
	case Disconnecting:
		return "disconnecting"
	case Blocked:
	}
	return "blocked"
}

// MarshalText implements encoding.TextMarshaler with the state's word.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the state's word. What it does not know is Blocked.
func (s *State) UnmarshalText(text []byte) error {
	*s = Blocked
	for _, t := range States {
		if t.String() == string(text) {
			*s = t
		}
	}
	return nil
}

// Policy is what the guard lets out of the machine, beside what a network needs
// to work at all (neighbour discovery, DHCP), which is the guard's to say.
type Policy uint8

// The policies, from closed to open. The zero value lets nothing out.
const (
	Nothing    Policy = iota // not even our own sockets
	OnlyEntry                // our own marked sockets: providers that are tried, hubs, chains
	OnlyTunnel               // that, and everybody through the tunnel's interface
	Everything               // the guard is released
)

// String returns the policy in words.
func (p Policy) String() string {
	switch p {
	case OnlyEntry:
		return "only our own sockets"
	case OnlyTunnel:
		return "only through the tunnel"
	case Everything:
		return "everything"
	case Nothing:
	}
	return "nothing"
}

// Lets returns what may leave in s, where session says whether there is a session
// into which packets can go, and lockdown is the setting.
func (s State) Lets(session, lockdown bool) Policy {
	switch s {
	case Connecting, Blocked:
		return OnlyEntry
	case Connected, Reconnecting, Disconnecting:
		if session {
			return OnlyTunnel
		}
		return OnlyEntry
	case Disconnected:
		if !lockdown {
			return Everything
		}
	}
	return Nothing
}
