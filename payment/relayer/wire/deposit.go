package wire

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
)

// MaxShown is how many deposit addresses one request may show.
const MaxShown = 16

// Deposit names a deposit address, as typed.Deposit does.
type Deposit struct {
	Hub      wherry.Address `cbor:"1,keyasint" json:"hub"`
	Consumer wherry.Address `cbor:"2,keyasint" json:"consumer"`
	Cap      wherry.Amount  `cbor:"3,keyasint" json:"cap"`
}

// Typed returns d as the contract knows it.
func (d Deposit) Typed() typed.Deposit {
	return typed.Deposit{Hub: d.Hub, Consumer: d.Consumer, Cap: d.Cap}
}

// Show asks a relayer to look after deposit addresses. Anybody may show any: all
// that can come of it is that money goes where it was sent to.
type Show struct {
	Version uint64        `cbor:"0,keyasint"`
	Chain   channel.Chain `cbor:"1,keyasint"`
	Items   []Deposit     `cbor:"2,keyasint"` // at most MaxShown
}

// Shown answers a Show.
type Shown struct {
	Version uint64        `cbor:"0,keyasint" json:"version"`
	Fee     wherry.Amount `cbor:"1,keyasint" json:"fee"`   // for sweeping one
	Least   wherry.Amount `cbor:"2,keyasint" json:"least"` // that has to be there to be swept
}

// Check returns nil when s has its form.
func (s Show) Check() error {
	switch {
	case s.Version != Version:
		return wherry.Errorf(wherry.Invalid, "show: of another version")
	case len(s.Items) == 0 || len(s.Items) > MaxShown:
		return wherry.Errorf(wherry.Invalid, "show: %d deposit addresses: want 1 to %d", len(s.Items), MaxShown)
	}
	for _, d := range s.Items {
		if d.Hub.IsZero() || d.Consumer.IsZero() || !d.Cap.FitsChain() {
			return wherry.Errorf(wherry.Invalid, "show: a deposit address without hub or consumer, or with a cap that does not fit")
		}
	}
	return nil
}
