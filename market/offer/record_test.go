package offer_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/market/offer"
	"pgregory.net/rapid"
)

const chainID = 31337

var now = time.Unix(1_800_000_000, 0).UTC()

func key(n byte) *identity.Key {
	k, err := identity.KeyFromBytes(bytes.Repeat([]byte{n}, 32))
	if err != nil {
		panic(err)
	}
	return k
}

// full returns an offer that uses every field, each near its bound.
func full(k *identity.Key) offer.Offer {
	var control [32]byte
	for i := range control {
		control[i] = 0xff
	}
	o := offer.Offer{
		Provider: k.Address(), Seq: uint32(now.Unix()), Lease: 6 * time.Hour, Service: "wireguard",
		Place: wherry.Place{Country: "SE", City: "Göteborg"}, ASN: 4_294_967_295, IPType: offer.IPResidential,
		Rate:       wherry.Rate{PerHour: wherry.MaxOnChain, PerGiB: wherry.MaxOnChain},
		PayeeChain: 1 << 62, ControlKey: control, NAT: offer.NATSymmetric, MaskID: 1<<64 - 1,
		Policy:   offer.Policy{Classes: 1<<64 - 1, Hash: wherry.Keccak256(nil)},
		Families: offer.IPv4 | offer.IPv6, Capacity: offer.Capacity{Seats: 1 << 20, Kbps: 1 << 30, Load: 8},
		Credit: offer.Credit{Bytes: 1 << 50, Seconds: 3600}, Trial: offer.Trial{Bytes: 1 << 50, Kbps: 1 << 30},
		Caps: offer.Caps{DayBytes: 1 << 50, MonthBytes: 1 << 50}, Access: offer.AccessListed, Name: strings.Repeat("n", offer.MaxName),
		Owner: k.Address(),
	}
	for i := range offer.MaxHubs {
		o.Hubs = append(o.Hubs, offer.HubRef{ChainID: uint64(i + 1), Hub: key(byte(i + 1)).Address()})
	}
	o.Hubs = o.Hubs[:2]
	o.Endpoints = []netip.AddrPort{netip.MustParseAddrPort("203.0.113.9:41000"), netip.MustParseAddrPort("[2001:db8::1]:41000")}
	return o
}

func plain(k *identity.Key) offer.Offer {
	return offer.Offer{
		Provider: k.Address(), Seq: uint32(now.Unix()), Lease: time.Hour, Service: "wireguard", PayeeChain: 2,
		Hubs:      []offer.HubRef{{ChainID: 1, Hub: key(9).Address()}},
		Endpoints: []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:41000")}, ControlKey: [32]byte{1},
	}
}

func sign(t testing.TB, o offer.Offer, k *identity.Key) offer.Signed {
	t.Helper()
	s, err := offer.Sign(o, k, chainID)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSignedComesBackAsItWas(t *testing.T) {
	k := key(1)
	for name, o := range map[string]offer.Offer{"plain": plain(k), "full": full(k)} {
		s := sign(t, o, k)
		if got := fmt.Sprintf("%+v", s.Offer); got != fmt.Sprintf("%+v", o) {
			t.Errorf("%s: got %s", name, got)
		}
		if len(s.Raw) > offer.MaxSize {
			t.Errorf("%s: %d bytes", name, len(s.Raw))
		}
		again, err := offer.Parse(s.Raw, chainID)
		if err != nil || again.ID != s.ID || !bytes.Equal(again.Raw, s.Raw) {
			t.Errorf("%s: parsed again: %v", name, err)
		}
		t.Logf("%s: %d bytes, %s", name, len(s.Raw), s.ID.Short())
	}
}

var _ = cbor.Marshal
var _ = hex.EncodeToString
var _ = rapid.Check
