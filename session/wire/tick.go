package wire

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/meter"
)

func checkUse(u meter.Use) error {
	if u.Millis > meter.MaxMillis || u.Bytes > meter.MaxBytes {
		return wherry.Errorf(wherry.Invalid, "a use of %d bytes and %d ms", u.Bytes, u.Millis)
	}
	return nil
}

// Invoice asks for a session's running total under a tick's hash lock.
type Invoice struct {
	Session  wherry.SessionID `cbor:"1,keyasint"`
	Tick     channel.TickID   `cbor:"2,keyasint"`
	Hashlock wherry.Hash      `cbor:"3,keyasint"`
	Due      wherry.Amount    `cbor:"4,keyasint"` // since the session began
	Paid     wherry.Amount    `cbor:"5,keyasint"` // of which the hub has cleared
	Use      meter.Use        `cbor:"6,keyasint"` // what it is for
}

func (i *Invoice) check() error {
	if i.Hashlock.IsZero() {
		return wherry.Errorf(wherry.Invalid, "invoice without a hash lock")
	}
	if i.Due.Less(i.Paid) {
		return wherry.Errorf(wherry.Invalid, "invoice below what is paid")
	}
	return first(checkSession(i.Session), checkAmount("invoice", i.Due), checkUse(i.Use))
}

// Promise answers an Invoice. Consumer, hub, chain and hash lock are known from
// the open and the invoice. An Amount of zero adds nothing and is not signed:
// by the consumer's count nothing more is owed.
type Promise struct {
	Session wherry.SessionID   `cbor:"1,keyasint"`
	Tick    channel.TickID     `cbor:"2,keyasint"`
	Amount  wherry.Amount      `cbor:"3,keyasint"` // what this one adds
	Total   wherry.Amount      `cbor:"4,keyasint"` // the running total of the consumer's channel
	Seq     uint64             `cbor:"5,keyasint"`
	Sig     identity.Signature `cbor:"6,keyasint"`
}

func (p *Promise) check() error {
	if p.Amount.IsZero() && (!p.Sig.IsZero() || p.Seq != 0 || !p.Total.IsZero()) {
		return wherry.Errorf(wherry.Invalid, "promise of nothing with a signature")
	}
	if p.Total.Less(p.Amount) {
		return wherry.Errorf(wherry.Invalid, "promise of more than its total")
	}
	return first(checkSession(p.Session), checkAmount("promise", p.Total))
}

// Receipt shows the preimage of a tick's hash lock, so that the consumer knows
// that its promise counts, and states what was delivered and paid in all,
// signed by the provider.
type Receipt struct {
	Session  wherry.SessionID   `cbor:"1,keyasint"`
	Tick     channel.TickID     `cbor:"2,keyasint"`
	Preimage wherry.Hash        `cbor:"3,keyasint"` // zero when the tick added nothing
	Paid     wherry.Amount      `cbor:"4,keyasint"` // since the session began
	Use      meter.Use          `cbor:"5,keyasint"` // covered by it
	Sig      identity.Signature `cbor:"6,keyasint"`
}

// Digest returns what the provider signs: everything but Sig.
func (r Receipt) Digest() wherry.Hash {
	r.Sig = identity.Signature{}
	return digest("wherry/receipt/v1", r)
}

// Sign sets r.Sig.
func (r *Receipt) Sign(k *identity.Key) { r.Sig = k.Sign(r.Digest()) }

// Verify returns nil when provider signed r.
func (r Receipt) Verify(provider wherry.Address) error {
	return identity.Verify(provider, r.Digest(), r.Sig)
}

func (r *Receipt) check() error {
	return first(checkSession(r.Session), checkAmount("receipt", r.Paid), checkUse(r.Use))
}

// Decline tells a consumer that the hub did not take its promise: the hub's
// signed answer, by which the consumer knows that it may use that credit again.
type Decline struct {
	Session wherry.SessionID `cbor:"1,keyasint"`
	Tick    channel.TickID   `cbor:"2,keyasint"`
	Answer  channel.Answer   `cbor:"3,keyasint"`
}

func (d *Decline) check() error {
	if n := len(d.Answer.Refused); n == 0 || n > channel.MaxBatch {
		return wherry.Errorf(wherry.Invalid, "decline with %d refusals", n)
	}
	for _, r := range d.Answer.Refused {
		if err := first(checkCode(r.Code), checkReason(r.Reason)); err != nil {
			return err
		}
	}
	return checkSession(d.Session)
}

// Resume is a consumer's first message on a new connection inside the tunnel.
// The tunnel itself proves who sends it: the inner address that it comes from
// belongs to one tunnel key.
type Resume struct {
	Version uint64           `cbor:"0,keyasint"`
	Session wherry.SessionID `cbor:"1,keyasint"`
}

func (r *Resume) check() error { return first(checkVersion(r.Version), checkSession(r.Session)) }

// Ping asks for a Ping with Reply set and the same number: a sign of life where
// nothing else is to be said.
type Ping struct {
	Number uint64 `cbor:"1,keyasint"`
	Reply  bool   `cbor:"2,keyasint,omitempty"`
}

func (p *Ping) check() error { return nil }
