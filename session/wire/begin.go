package wire

import "github.com/wherrynet/wherry"

// Begin says that a consumer wants to use what it has opened for later: the first
// invoice follows at once.
type Begin struct {
	Session wherry.SessionID `cbor:"1,keyasint"`
}

func (b *Begin) check() error { return checkSession(b.Session) }
