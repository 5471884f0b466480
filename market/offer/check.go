package offer

import (
	"net/netip"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/wherrynet/wherry"
)

// Check reports what is malformed or absurd in o, with the code Invalid. Sign
// and Parse both call it, so that nobody signs what nobody takes.
func (o *Offer) Check() error {
	switch {
	case o.Provider.IsZero():
		return wherry.Errorf(wherry.Invalid, "offer of nobody")
	case o.Seq == 0:
		return wherry.Errorf(wherry.Invalid, "offer without a sequence number")
	case o.Lease < 0 || o.Lease > MaxLease || o.Lease%time.Second != 0:
		return wherry.Errorf(wherry.Invalid, "offer with a lease of %s: want whole seconds up to %s", o.Lease, MaxLease)
	case !serviceName(o.Service):
		return wherry.Errorf(wherry.Invalid, "offer of service %q: want up to %d of a-z, 0-9 and -", clip(o.Service), MaxService)
	}
	if err := o.Place.Check(); err != nil {
		return err
	}
	if len(o.Name) > MaxName || !printable(o.Name) {
		return wherry.Errorf(wherry.Invalid, "offer with an unprintable name or one over %d bytes", MaxName)
	}
	if err := o.checkTerms(); err != nil {
		return err
	}
	return o.checkReach()
}

func (o *Offer) checkTerms() error {
	switch {
	case !o.Rate.PerHour.FitsChain() || !o.Rate.PerGiB.FitsChain():
		return wherry.Errorf(wherry.Invalid, "offer with a price above what a contract can pay")
	case len(o.Hubs) > MaxHubs:
		return wherry.Errorf(wherry.Invalid, "offer with %d hubs: at most %d", len(o.Hubs), MaxHubs)
	case o.IPType > IPMobile, o.NAT > NATSymmetric, o.Families > IPv4|IPv6, o.Access > AccessListed:
		return wherry.Errorf(wherry.Invalid, "offer with an IP type, NAT kind, family or access policy that does not exist")
	case o.Capacity.Seats > maxSeats || o.Capacity.Kbps > maxKbps || o.Capacity.Load > 8:
		return wherry.Errorf(wherry.Invalid, "offer with an absurd capacity")
	case o.Credit.Bytes > maxBytes || time.Duration(o.Credit.Seconds)*time.Second > MaxCredit:
		return wherry.Errorf(wherry.Invalid, "offer with an absurd credit")
	case o.Trial.Bytes > maxBytes || o.Trial.Kbps > maxKbps:
		return wherry.Errorf(wherry.Invalid, "offer with an absurd trial")
	case o.Caps.DayBytes > maxBytes || o.Caps.MonthBytes > maxBytes || o.Caps.SessionBytes > maxBytes:
		return wherry.Errorf(wherry.Invalid, "offer with absurd caps")
	}
	for i, h := range o.Hubs {
		if h.Hub.IsZero() || h.ChainID == 0 {
			return wherry.Errorf(wherry.Invalid, "offer with hub %d of nobody or no chain", i)
		}
	}
	if o.Withdrawn() {
		return nil
	}
	if len(o.Hubs) == 0 || o.PayeeChain == 0 {
		return wherry.Errorf(wherry.Invalid, "offer that names no hub or no chain to be paid on")
	}
	return nil
}

func (o *Offer) checkReach() error {
	if len(o.Endpoints) > MaxEndpoints || len(o.Relays) > MaxRelays {
		return wherry.Errorf(wherry.Invalid, "offer with %d endpoints and %d relays: at most %d and %d",
			len(o.Endpoints), len(o.Relays), MaxEndpoints, MaxRelays)
	}
	for i, e := range o.Endpoints {
		if !reachable(e) {
			return wherry.Errorf(wherry.Invalid, "offer whose endpoint %d is not an address and port that can be dialled", i)
		}
	}
	for i, r := range o.Relays {
		if r.IsZero() {
			return wherry.Errorf(wherry.Invalid, "offer whose relay %d is nobody", i)
		}
	}
	if o.Withdrawn() {
		return nil
	}
	if len(o.Endpoints)+len(o.Relays) == 0 {
		return wherry.Errorf(wherry.Invalid, "offer that names no way to reach it")
	}
	if o.ControlKey == [32]byte{} {
		return wherry.Errorf(wherry.Invalid, "offer without a control key")
	}
	return nil
}

// reachable reports whether e can be a peer's endpoint. Loopback and private
// addresses can: a network may live on one machine or in one house.
func reachable(e netip.AddrPort) bool {
	a := e.Addr()
	return e.Port() != 0 && a.IsValid() && a.Zone() == "" && !a.Is4In6() && !a.IsUnspecified() && !a.IsMulticast() &&
		a != netip.AddrFrom4([4]byte{255, 255, 255, 255})
}

func serviceName(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return s != "" && len(s) <= MaxService
}

// printable refuses what could move a terminal's cursor or turn a line around.
func printable(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

func clip(s string) string { return s[:min(len(s), 2*MaxService)] }
