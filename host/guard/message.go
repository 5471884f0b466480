package guard

import (
	"errors"
	"net/netip"
	"strings"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
)

// A message is one packet of a SOCK_SEQPACKET pair. Wishes are below 4 KiB.
const maxMessage = 16 << 10

// op is what a request asks for.
type op uint8

const (
	opApply   op = iota + 1 // Wish
	opRelease               // nothing
	opTUN                   // TUN; the answer carries a file
	opMark                  // carries a socket
	opState                 // nothing; the answer has State
)

type tunRequest struct {
	Name  string         `cbor:"1,keyasint"`
	MTU   int            `cbor:"2,keyasint"`
	Inner []netip.Prefix `cbor:"3,keyasint,omitempty"`
}

type request struct {
	Seq  uint64      `cbor:"1,keyasint"`
	Op   op          `cbor:"2,keyasint"`
	Wish *Wish       `cbor:"3,keyasint,omitempty"`
	TUN  *tunRequest `cbor:"4,keyasint,omitempty"`
}

// reply answers the request with its number; number 0 is a Change that nobody
// asked for.
type reply struct {
	Seq    uint64      `cbor:"1,keyasint"`
	Code   wherry.Code `cbor:"2,keyasint,omitempty"`
	Text   string      `cbor:"3,keyasint,omitempty"`
	State  *State      `cbor:"4,keyasint,omitempty"`
	Change *Change     `cbor:"5,keyasint,omitempty"`
}

// decodeRequest reads what the unprivileged side sent. What it wishes may be a
// stranger's idea, and is checked where it is used.
func decodeRequest(b []byte) (request, error) {
	var q request
	if len(b) > maxMessage {
		return q, wherry.Errorf(wherry.Invalid, "request of %d bytes: at most %d", len(b), maxMessage)
	}
	if err := codec.Unmarshal(b, &q); err != nil {
		return request{}, err
	}
	if q.Seq == 0 || q.Op < opApply || q.Op > opState || (q.Wish != nil) != (q.Op == opApply) || (q.TUN != nil) != (q.Op == opTUN) {
		return request{}, wherry.Errorf(wherry.Invalid, "request %d of kind %d does not hold what it should", q.Seq, q.Op)
	}
	return q, nil
}

// failure puts an error into a reply.
func failure(seq uint64, err error) reply {
	const longest = 1000
	r := reply{Seq: seq}
	if err != nil {
		r.Code, r.Text = wherry.CodeOf(err), err.Error()
		if len(r.Text) > longest {
			r.Text = r.Text[:longest]
		}
		r.Text = strings.ToValidUTF8(r.Text, "?")
	}
	return r
}

// err is the error that failure put in.
func (r reply) err() error {
	if r.Code == "" {
		return nil
	}
	return &wherry.Error{Code: r.Code, Err: errors.New(r.Text)}
}
