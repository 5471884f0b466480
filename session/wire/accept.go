package wire

import (
	"net/netip"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/session/meter"
)

// Inner are the addresses inside the tunnel of one session.
type Inner struct {
	Consumer4 netip.Addr `cbor:"1,keyasint"`
	Consumer6 netip.Addr `cbor:"2,keyasint"`
	Provider4 netip.Addr `cbor:"3,keyasint"`
	Provider6 netip.Addr `cbor:"4,keyasint"`
}

// IsZero reports whether there is no tunnel.
func (i Inner) IsZero() bool { return i == Inner{} }

// Accept is a provider's yes. It repeats the terms, so that both sides hold one
// signed document, and its signature binds both tunnel keys: its own, and the
// consumer's by the digest of the open that it answers.
type Accept struct {
	Version   uint64             `cbor:"0,keyasint"`
	Session   wherry.SessionID   `cbor:"1,keyasint"`
	Open      wherry.Hash        `cbor:"2,keyasint"` // Open.Digest
	TunnelKey TunnelKey          `cbor:"3,keyasint"` // zero for a service without a tunnel
	Inner     Inner              `cbor:"4,keyasint"`
	DNS       netip.Addr         `cbor:"5,keyasint"` // resolver inside the tunnel
	PerHour   wherry.Amount      `cbor:"6,keyasint"`
	PerGiB    wherry.Amount      `cbor:"7,keyasint"`
	Opening   wherry.Amount      `cbor:"8,keyasint"` // of the first invoice; the least a session costs
	Credit    meter.Credit       `cbor:"9,keyasint"` // the most that may be unpaid
	ChainB    uint64             `cbor:"10,keyasint"`
	ContractB wherry.Address     `cbor:"11,keyasint"`
	Sig       identity.Signature `cbor:"12,keyasint"`
	Mask      MaskKey            `cbor:"13,keyasint"` // of the tunnel's packets; zero: they are plain WireGuard
}

// Rate returns the agreed price.
func (a Accept) Rate() wherry.Rate { return wherry.Rate{PerHour: a.PerHour, PerGiB: a.PerGiB} }

// Digest returns what the provider signs: everything but Sig.
func (a Accept) Digest() wherry.Hash {
	a.Sig = identity.Signature{}
	return digest("wherry/accept/v1", a)
}

// Sign sets a.Sig.
func (a *Accept) Sign(k *identity.Key) { a.Sig = k.Sign(a.Digest()) }

// Verify returns nil when a is provider's answer to o, for both tunnel keys,
// at the price of o.
func (a Accept) Verify(provider wherry.Address, o Open) error {
	switch {
	case a.Session != o.Session:
		return wherry.Errorf(wherry.Invalid, "accept of another session")
	case a.Open != o.Digest():
		return wherry.Errorf(wherry.Invalid, "accept of another open")
	case a.Rate() != o.Rate():
		return wherry.Errorf(wherry.PriceTooHigh, "accept at another price than the offer's")
	case (a.TunnelKey == TunnelKey{}) != (o.TunnelKey == TunnelKey{}):
		return wherry.Errorf(wherry.Invalid, "accept with one tunnel key")
	}
	return identity.Verify(provider, a.Digest(), a.Sig)
}

func (a *Accept) check() error {
	err := first(checkVersion(a.Version), checkSession(a.Session), checkRate(a.Rate()),
		checkAmount("opening", a.Opening))
	switch {
	case err != nil:
		return err
	case a.Credit.Bytes > meter.MaxCreditBytes || a.Credit.Seconds > meter.MaxCreditSeconds:
		return wherry.Errorf(wherry.Invalid, "credit above %d bytes or %d seconds", uint64(meter.MaxCreditBytes), meter.MaxCreditSeconds)
	case a.TunnelKey == TunnelKey{}:
		if !a.Inner.IsZero() || a.DNS.IsValid() || a.Mask != (MaskKey{}) {
			return wherry.Errorf(wherry.Invalid, "inner addresses or a mask without a tunnel")
		}
		return nil
	}
	return first(
		checkInner(a.Inner.Consumer4, true), checkInner(a.Inner.Provider4, true),
		checkInner(a.Inner.Consumer6, false), checkInner(a.Inner.Provider6, false),
		a.checkDistinct(),
	)
}

// checkInner refuses an address that could be anything but the inside of a
// tunnel: a consumer in TUN mode is going to route it.
func checkInner(ip netip.Addr, four bool) error {
	if ip.Is4() != four || ip.Zone() != "" || ip.Is4In6() || !ip.IsPrivate() {
		return wherry.Errorf(wherry.Invalid, "inner address %s: want a private one", ip)
	}
	return nil
}

func (a *Accept) checkDistinct() error {
	if a.Inner.Consumer4 == a.Inner.Provider4 || a.Inner.Consumer6 == a.Inner.Provider6 {
		return wherry.Errorf(wherry.Invalid, "both ends have one inner address")
	}
	if a.DNS.IsValid() && a.DNS != a.Inner.Provider4 && a.DNS != a.Inner.Provider6 {
		return wherry.Errorf(wherry.Invalid, "a resolver outside of the tunnel")
	}
	return nil
}
