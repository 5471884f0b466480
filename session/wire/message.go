package wire

import (
	"errors"
	"io"
	"net"
	"unicode"
	"unicode/utf8"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
)

const (
	// Version is the version of the messages that this package speaks.
	Version = 1
	// MaxToProvider and MaxToConsumer bound one encoded Message, in bytes, by who
	// reads it. A provider listens to strangers and is told little; a consumer may
	// be shown a hub's answer to a whole batch, for the refusal in it.
	MaxToProvider = 2 << 10
	MaxToConsumer = 128 << 10
	// MaxReason bounds the text that says why, in bytes.
	MaxReason = 200
	// ControlPort is the TCP port of control on the provider's inner addresses.
	ControlPort = 7099
)

// Message is one message: exactly one of its fields is set. A message that has
// none is of a kind this version does not know, and is passed over.
type Message struct {
	Open    *Open    `cbor:"1,keyasint,omitempty"`
	Accept  *Accept  `cbor:"2,keyasint,omitempty"`
	Refuse  *Refuse  `cbor:"3,keyasint,omitempty"`
	Invoice *Invoice `cbor:"4,keyasint,omitempty"`
	Promise *Promise `cbor:"5,keyasint,omitempty"`
	Receipt *Receipt `cbor:"6,keyasint,omitempty"`
	Resume  *Resume  `cbor:"7,keyasint,omitempty"`
	Close   *Close   `cbor:"8,keyasint,omitempty"`
	Ping    *Ping    `cbor:"9,keyasint,omitempty"`
	Decline *Decline `cbor:"10,keyasint,omitempty"`
	Begin   *Begin   `cbor:"11,keyasint,omitempty"`
}

// checker is a message that can say what is wrong with itself.
type checker interface{ check() error }

// kinds returns the fields that are set.
func (m Message) kinds() []checker {
	var set []checker
	add := func(present bool, c checker) {
		if present {
			set = append(set, c)
		}
	}
	add(m.Open != nil, m.Open)
	add(m.Accept != nil, m.Accept)
	add(m.Refuse != nil, m.Refuse)
	add(m.Invoice != nil, m.Invoice)
	add(m.Promise != nil, m.Promise)
	add(m.Receipt != nil, m.Receipt)
	add(m.Resume != nil, m.Resume)
	add(m.Close != nil, m.Close)
	add(m.Ping != nil, m.Ping)
	add(m.Decline != nil, m.Decline)
	add(m.Begin != nil, m.Begin)
	return set
}

// Empty reports whether m is of a kind that this version does not know.
func (m Message) Empty() bool { return len(m.kinds()) == 0 }

// Encode returns m's bytes without the frame.
func Encode(m Message) ([]byte, error) { return codec.Marshal(m) }

// Decode reads what Encode writes, and checks every bound but the length of all,
// which Read does. Errors have the code Invalid.
func Decode(b []byte) (Message, error) {
	var m Message
	if err := codec.Unmarshal(b, &m); err != nil {
		return Message{}, err
	}
	set := m.kinds()
	if len(set) > 1 {
		return Message{}, wherry.Errorf(wherry.Invalid, "message of %d kinds at once", len(set))
	}
	for _, c := range set {
		if err := c.check(); err != nil {
			return Message{}, err
		}
	}
	return m, nil
}

// Write writes m as one frame.
func Write(w io.Writer, m Message) error { return codec.WriteFrame(w, MaxToConsumer, m) }

// Read reads the next message of a known kind, of at most limit bytes. A peer that sends too many of
// unknown kinds is cut off. Errors of what was sent have the code Invalid, those
// of the connection are passed on with the code Unreachable.
func Read(r io.Reader, limit int) (Message, error) {
	const patience = 16
	for range patience {
		b, err := codec.ReadRaw(r, limit)
		if err != nil {
			if wherry.CodeOf(err) == wherry.Invalid {
				return Message{}, err
			}
			return Message{}, readError(err)
		}
		m, err := Decode(b)
		if err != nil || !m.Empty() {
			return m, err
		}
	}
	return Message{}, wherry.Errorf(wherry.Invalid, "%d messages of unknown kinds", patience)
}

func readError(err error) error {
	var ne net.Error
	if errors.As(err, &ne) && ne.Timeout() {
		return wherry.Errorf(wherry.Timeout, "read a message: %w", err)
	}
	return wherry.Errorf(wherry.Unreachable, "read a message: %w", err)
}

func checkVersion(v uint64) error {
	if v != Version {
		return wherry.Errorf(wherry.Invalid, "version %d: want %d", v, Version)
	}
	return nil
}

func checkSession(id wherry.SessionID) error {
	if id == (wherry.SessionID{}) {
		return wherry.Errorf(wherry.Invalid, "message without a session")
	}
	return nil
}

func checkReason(s string) error {
	if len(s) > MaxReason {
		return wherry.Errorf(wherry.Invalid, "reason of %d bytes: at most %d", len(s), MaxReason)
	}
	for _, r := range s {
		if !printable(r) {
			return wherry.Errorf(wherry.Invalid, "reason with an unprintable character")
		}
	}
	return nil
}

// printable reports whether a terminal shows r and does nothing else: no control
// character of either set, and none that turns the direction of the text.
func printable(r rune) bool { return unicode.IsPrint(r) && r != utf8.RuneError }

// first returns the first error.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
