package wire

import (
	"strings"

	"github.com/wherrynet/wherry"
)

// Refuse is a provider's no to an Open, and why. The link has authenticated who
// says it.
type Refuse struct {
	Session wherry.SessionID `cbor:"1,keyasint"`
	Code    wherry.Code      `cbor:"2,keyasint"`
	Reason  string           `cbor:"3,keyasint"`
}

// Err returns r as an error of its code.
func (r Refuse) Err() error {
	return wherry.Errorf(known(r.Code), "the provider refuses: %s", r.Reason)
}

func (r *Refuse) check() error {
	return first(checkSession(r.Session), checkCode(r.Code), checkReason(r.Reason))
}

// Close ends a session, from either side. A consumer that is done sends an
// empty code; the provider then asks for the rest, and closes too.
type Close struct {
	Session wherry.SessionID `cbor:"1,keyasint"`
	Code    wherry.Code      `cbor:"2,keyasint"` // empty: nothing is wrong
	Reason  string           `cbor:"3,keyasint"`
}

// Err returns c as an error of its code, and nil when nothing is wrong.
func (c Close) Err() error {
	if c.Code == "" {
		return nil
	}
	return wherry.Errorf(known(c.Code), "%s", c.Reason)
}

func (c *Close) check() error {
	return first(checkSession(c.Session), checkCode(c.Code), checkReason(c.Reason))
}

// Clip shortens a reason to what a message may hold, and takes out what a
// terminal would obey.
func Clip(reason string) string {
	s := strings.Map(func(r rune) rune {
		if !printable(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(reason, "?"))
	if len(s) > MaxReason {
		s = strings.ToValidUTF8(s[:MaxReason], "")
	}
	return s
}

// known maps a code that this version does not have to Refused.
func known(c wherry.Code) wherry.Code {
	if c.Known() {
		return c
	}
	return wherry.Refused
}

func checkCode(c wherry.Code) error {
	if len(c) > 32 {
		return wherry.Errorf(wherry.Invalid, "code of %d bytes: at most 32", len(c))
	}
	return checkReason(string(c))
}
