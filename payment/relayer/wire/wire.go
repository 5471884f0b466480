// Package wire is what people who hold no gas and relayers say to each other:
// quotes, submissions and their status, as deterministic CBOR, with the checks
// that need nobody's answer. It does no I/O.
//
// payment/relayer answers with it, payment/relayer/client asks with it, and
// payment/wallet makes submissions of it.
//
// A submission is worth nothing to anybody but the relayer that it names: the
// contract refuses every other sender, and takes each signature once. Its name
// is the digest that the consumer signed, so that asking twice is asking once.
package wire

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// Version of all messages here.
const Version = 1

// Bounds on what either side reads, in bytes and items.
const (
	MaxRequest = 4 << 10
	MaxAnswer  = 64 << 10
	MaxIDs     = 64 // that one question for status may hold
)

// ContentType of requests and answers.
const ContentType = "application/cbor"

// Kind is what a relayer is asked to submit.
type Kind uint64

// The kinds. Finalize has no signature: anybody may ask for it, since its money
// has one way to go.
const (
	TopUpPermit Kind = 1 // chain.TopUpPermit
	TopUpAuth   Kind = 2 // chain.TopUpAuth
	Leave       Kind = 3 // chain.RequestExitFor; the fee is paid when it is finalized, which the relayer sees to
	Close       Kind = 4 // chain.CoopExitFor, with the hub's consent
	Finalize    Kind = 5 // chain.FinalizeExit
	TakeBack    Kind = 6 // chain.TakeBackFor: money at a deposit address, to the consumer
	Sweep       Kind = 7 // chain.Sweep: stands in quotes alone; addresses are shown, not submitted
)

var kinds = [...]string{
	TopUpPermit: "topup_permit", TopUpAuth: "topup_auth", Leave: "leave", Close: "close", Finalize: "finalize",
	TakeBack: "take_back", Sweep: "sweep",
}

// Known reports whether k is a kind.
func (k Kind) Known() bool { return k >= TopUpPermit && k <= Sweep }

// String returns the kind's word.
func (k Kind) String() string {
	if !k.Known() {
		return "unknown"
	}
	return kinds[k]
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (k *Kind) UnmarshalText(text []byte) error {
	for i, w := range kinds {
		if w != "" && w == string(text) {
			*k = Kind(i)
			return nil
		}
	}
	return wherry.Errorf(wherry.Invalid, "kind %q is not known", text)
}

// Fee is what one kind costs, in tokens.
type Fee struct {
	Kind Kind          `cbor:"1,keyasint" json:"kind"`
	Fee  wherry.Amount `cbor:"2,keyasint" json:"fee"`
}

// Quote is what a relayer asks for its work on one chain, and until when: a
// submission that carries it pays its fees, whatever gas costs meanwhile, or is
// refused; it never pays more.
type Quote struct {
	Version    uint64             `cbor:"0,keyasint" json:"version"`
	Relayer    wherry.Address     `cbor:"1,keyasint" json:"relayer"`
	Chain      channel.Chain      `cbor:"2,keyasint" json:"chain"`
	Issued     uint64             `cbor:"3,keyasint" json:"issued"`      // unix seconds
	ValidUntil uint64             `cbor:"4,keyasint" json:"valid_until"` // unix seconds
	Fees       []Fee              `cbor:"5,keyasint" json:"fees"`        // what it does, one entry per kind
	Sig        identity.Signature `cbor:"6,keyasint" json:"sig"`
}

// IsZero reports whether there is no quote.
func (q Quote) IsZero() bool { return q.Version == 0 && q.Sig.IsZero() }

// digest returns what the relayer signs.
func (q Quote) digest() (wherry.Hash, error) {
	q.Sig = identity.Signature{}
	return tagged("wherry relayer quote 1\n", q)
}

// Sign returns q signed by its relayer's key.
func (q Quote) Sign(key *identity.Key) (Quote, error) {
	q.Version, q.Relayer = Version, key.Address()
	d, err := q.digest()
	if err != nil {
		return Quote{}, err
	}
	q.Sig = key.Sign(d)
	return q, nil
}

// Verify returns nil when the relayer that q names signed it.
func (q Quote) Verify() error {
	d, err := q.digest()
	if err != nil {
		return err
	}
	if q.Version != Version {
		return wherry.Errorf(wherry.Invalid, "quote of version %d", q.Version)
	}
	return identity.Verify(q.Relayer, d, q.Sig)
}

// Of returns the fee for a kind, and whether the relayer does it at all. A kind
// that stands twice costs what it costs first.
func (q Quote) Of(k Kind) (wherry.Amount, bool) {
	for _, f := range q.Fees {
		if f.Kind == k {
			return f.Fee, true
		}
	}
	return wherry.Amount{}, false
}

// Status is how far a submission has come.
type Status struct {
	Version uint64        `cbor:"0,keyasint" json:"version"`
	ID      wherry.Hash   `cbor:"1,keyasint" json:"id"`
	Kind    Kind          `cbor:"2,keyasint" json:"kind"`
	State   string        `cbor:"3,keyasint" json:"state"` // planned, sent, mined, final or failed, as in payment/onchain
	Tx      wherry.Hash   `cbor:"4,keyasint" json:"tx"`    // zero while planned
	Fee     wherry.Amount `cbor:"5,keyasint" json:"fee"`   // what the consumer signed, or what is owed
	Gas     uint64        `cbor:"6,keyasint" json:"gas_used"`
	Cost    wherry.Amount `cbor:"7,keyasint" json:"cost_wei"` // what the relayer paid, in wei
	Error   string        `cbor:"8,keyasint" json:"error"`    // why it failed
	Due     uint64        `cbor:"9,keyasint" json:"due"`      // unix seconds before which it cannot be sent; zero = at once
	Next    wherry.Hash   `cbor:"10,keyasint" json:"next"`    // of a Leave: what finalizes it, once that is known
}

// StatusRequest asks how far submissions have come.
type StatusRequest struct {
	Version uint64        `cbor:"0,keyasint"`
	IDs     []wherry.Hash `cbor:"1,keyasint"` // at most MaxIDs
}

// Statuses answers a StatusRequest; what is not known is left out.
type Statuses struct {
	Version uint64   `cbor:"0,keyasint" json:"version"`
	Items   []Status `cbor:"1,keyasint" json:"items"`
}

// Health is the answer of GET /v1/health.
type Health struct {
	Version uint64         `cbor:"0,keyasint" json:"version"`
	Relayer wherry.Address `cbor:"1,keyasint" json:"relayer"`
	Open    uint64         `cbor:"2,keyasint" json:"open"` // submissions that are not at their end
}

func tagged(tag string, v any) (wherry.Hash, error) {
	b, err := codec.Marshal(v)
	if err != nil {
		return wherry.Hash{}, err
	}
	return wherry.Keccak256([]byte(tag), b), nil
}
