package offer_test

import (
	"bytes"
	"encoding/binary"
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
		Caps: offer.Caps{DayBytes: 1 << 50, MonthBytes: 1 << 50, SessionBytes: 1 << 50}, Access: offer.AccessListed, Name: strings.Repeat("n", offer.MaxName),
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

// forge signs raw CBOR as k's offer, whatever it says.
func forge(t *testing.T, k *identity.Key, body []byte, service string, seq uint32) []byte {
	t.Helper()
	var chain [32]byte
	binary.BigEndian.PutUint64(chain[24:], chainID)
	provider, name, content := k.Address(), wherry.Keccak256([]byte(service)), wherry.Keccak256(body)
	d := wherry.Keccak256([]byte("wherry/offer/v1"), chain[:], provider[:], name[:], binary.BigEndian.AppendUint32(nil, seq), content[:])
	sig := k.Sign(d).Bytes65()
	return append(bytes.Clone(body), sig[:]...)
}

// fields returns an offer's map as it is before encoding.
func fields(k *identity.Key) map[uint64]any {
	p := k.Address()
	return map[uint64]any{
		0: 1, 1: p[:], 2: uint32(now.Unix()), 3: 3600, 4: "wireguard", 8: []any{[]any{1, p[:]}},
		9: []any{[]any{[]byte{127, 0, 0, 1}, 41000}}, 11: bytes.Repeat([]byte{7}, 32), 12: 2,
	}
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	m, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	b, err := m.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestRecordLayout pins the keys and the digest: what is signed today is read by
// every later version.
func TestRecordLayout(t *testing.T) {
	k := key(1)
	f := fields(k)
	raw := forge(t, k, encode(t, f), "wireguard", uint32(now.Unix()))
	s, err := offer.Parse(raw, chainID)
	if err != nil {
		t.Fatal(err)
	}
	if s.Provider != k.Address() || s.Service != "wireguard" || s.Lease != time.Hour || s.PayeeChain != 2 ||
		s.Endpoints[0].String() != "127.0.0.1:41000" || s.Hubs[0].ChainID != 1 || s.ControlKey[0] != 7 {
		t.Errorf("got %+v", s.Offer)
	}
	mine := sign(t, s.Offer, k)
	if !bytes.Equal(mine.Raw, raw) {
		t.Errorf("signed again it is\n%x, was\n%x", mine.Raw, raw)
	}
	full := sign(t, full(k), k)
	var got map[uint64]any
	if err := cbor.Unmarshal(full.Raw[:len(full.Raw)-65], &got); err != nil {
		t.Fatal(err)
	}
	for i := range uint64(25) {
		if _, ok := got[i]; !ok && i != 10 {
			t.Errorf("key %d is missing", i)
		}
	}
}

// TestUnknownKeysAreKept: a later version may add keys, and this one relays them
// under their signature.
func TestUnknownKeysAreKept(t *testing.T) {
	k := key(1)
	f := fields(k)
	f[25], f[4242] = "new", []any{1, true, map[uint64]any{1: -5}}
	raw := forge(t, k, encode(t, f), "wireguard", uint32(now.Unix()))
	s, err := offer.Parse(raw, chainID)
	if err != nil || !bytes.Equal(s.Raw, raw) {
		t.Errorf("got %v", err)
	}
}

func TestMalformedRecordsAreRefused(t *testing.T) {
	k := key(1)
	owner := k.Address()
	with := func(key uint64, v any) []byte {
		f := fields(k)
		f[key] = v
		return encode(t, f)
	}
	without := func(key uint64) []byte {
		f := fields(k)
		delete(f, key)
		return encode(t, f)
	}
	good := encode(t, fields(k))
	many := func(n int, v any) []any {
		out := make([]any, n)
		for i := range out {
			out[i] = v
		}
		return out
	}
	for name, body := range map[string][]byte{
		"of no bytes":                  {},
		"that ends in the middle":      good[:len(good)-1],
		"with bytes behind its end":    append(bytes.Clone(good), 0),
		"that is no map":               encode(t, []any{1, 2}),
		"of another version":           with(0, 2),
		"without a version":            without(0),
		"without a provider":           without(1),
		"with half a provider":         with(1, owner[:10]),
		"of nobody":                    with(1, make([]byte, 20)),
		"without a sequence number":    without(2),
		"with a number beyond 32 bits": with(2, uint64(1)<<32),
		"with a negative number":       with(2, -1),
		"with an endless lease":        with(3, 86401),
		"without a service":            without(4),
		"with a service in capitals":   with(4, "WireGuard"),
		"with a long service":          with(4, strings.Repeat("a", 17)),
		"with a long country":          with(5, []any{"SWE", "", 0, 0}),
		"with a long city":             with(5, []any{"SE", strings.Repeat("x", 25), 0, 0}),
		"with a city of escapes":       with(5, []any{"SE", "\x1b[2J", 0, 0}),
		"with a city that turns":       with(5, []any{"SE", "a\u202eb", 0, 0}),
		"with an unknown IP type":      with(5, []any{"SE", "", 0, 4}),
		"with half a place":            with(5, []any{"SE"}),
		"with an absurd hourly price":  with(6, bytes.Repeat([]byte{255}, 13)),
		"with an absurd price":         with(7, bytes.Repeat([]byte{255}, 16)),
		"with a price beyond 128 bits": with(7, bytes.Repeat([]byte{255}, 17)),
		"with a price in two forms":    with(7, []byte{0, 1}),
		"with a price as a number":     with(7, 5),
		"with no hub":                  without(8),
		"with five hubs":               with(8, many(5, []any{1, owner[:]})),
		"with a hub on no chain":       with(8, many(1, []any{0, owner[:]})),
		"with a hub of nobody":         with(8, many(1, []any{1, make([]byte, 20)})),
		"with half a hub":              with(8, many(1, []any{1, owner[:3]})),
		"with no way to reach it":      without(9),
		"with five endpoints":          with(9, many(5, []any{[]byte{1, 2, 3, 4}, 5})),
		"with an odd address":          with(9, many(1, []any{[]byte{1, 2, 3}, 5})),
		"with a mapped address":        with(9, many(1, []any{append(append(make([]byte, 10), 255, 255), 1, 2, 3, 4), 5})),
		"with no port":                 with(9, many(1, []any{[]byte{1, 2, 3, 4}, 0})),
		"with the unspecified address": with(9, many(1, []any{make([]byte, 4), 5})),
		"with a multicast address":     with(9, many(1, []any{[]byte{224, 0, 0, 1}, 5})),
		"with the broadcast address":   with(9, many(1, []any{[]byte{255, 255, 255, 255}, 5})),
		"with four relays":             with(10, many(4, owner[:])),
		"with a relay of nobody":       with(10, many(1, make([]byte, 20))),
		"with half a relay":            with(10, many(1, owner[:5])),
		"without a control key":        without(11),
		"with a short control key":     with(11, make([]byte, 31)),
		"with a zero control key":      with(11, make([]byte, 32)),
		"without a payee chain":        without(12),
		"with a short policy":          with(13, []any{1, []byte{1}}),
		"with an unknown family":       with(14, 4),
		"with an unknown NAT":          with(15, 5),
		"with absurd seats":            with(16, []any{1<<20 + 1, 1, 1}),
		"with an absurd line":          with(16, []any{1, 1<<30 + 1, 1}),
		"with nine eighths of load":    with(16, []any{1, 1, 9}),
		"with an absurd credit":        with(17, []any{1<<50 + 1, 1}),
		"with a credit of hours":       with(17, []any{1, 3601}),
		"with a credit of ages":        with(17, []any{1, uint64(1) << 33}),
		"with an absurd trial":         with(18, []any{1<<50 + 1, 1}),
		"with an absurd trial's line":  with(18, []any{1, 1<<30 + 1}),
		"with a trial beyond 32 bits":  with(18, []any{1, uint64(1)<<32 + 1}),
		"with absurd caps":             with(19, []any{1, 1<<50 + 1}),
		"with an unknown access":       with(20, 2),
		"with a long name":             with(21, strings.Repeat("n", 25)),
		"with a name of two lines":     with(21, "a\nb"),
		"with half an owner":           with(22, owner[:2]),
		"with an absurd session cap":   with(24, uint64(1)<<50+1),
		"with a float":                 with(30, 1.5),
		"with nothing":                 with(30, nil),
		"with a tag":                   with(30, cbor.Tag{Number: 1, Content: 5}),
		"that is nested too deep":      with(30, []any{[]any{[]any{[]any{1}}}}),
		"with a key twice":             append(append([]byte{good[0] + 1}, good[1:]...), good[len(good)-2:]...),
		"with an unknown key twice":    append(append([]byte{good[0] + 2}, good[1:]...), 0x18, 25, 1, 0x18, 25, 1),
		"with keys out of order":       swapped(good),
		"with a long form of a number": append([]byte{good[0], 0, 0x18, 1}, good[3:]...),
		"of indefinite length":         append(append([]byte{0xbf}, good[1:]...), 0xff),
		"with an endless string":       with(30, "")[:len(with(30, ""))-1],
		"with a string that is longer": append(with(30, "")[:len(with(30, ""))-1], 0x7a, 0xff, 0xff, 0xff, 0xff),
		"with an array that is longer": append(with(30, "")[:len(with(30, ""))-1], 0x9b, 255, 255, 255, 255, 255, 255, 255, 255),
	} {
		if _, err := offer.Parse(forge(t, k, body, "wireguard", uint32(now.Unix())), chainID); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("an offer %s: %v", name, err)
		}
	}
	if _, err := offer.Parse(forge(t, k, good, "wireguard", uint32(now.Unix())), chainID); err != nil {
		t.Errorf("control: %v", err)
	}
}

// swapped exchanges the first two pairs of a map, each of which is the key's
// byte and a value; the second is a 20-byte string.
func swapped(b []byte) []byte {
	out := []byte{b[0]}
	out = append(out, b[3:3+22]...)
	out = append(out, b[1:3]...)
	return append(out, b[25:]...)
}

func TestOversizedRecordIsRefused(t *testing.T) {
	k := key(1)
	f := fields(k)
	for n := 0; ; n++ {
		f[25] = make([]byte, n)
		raw := forge(t, k, encode(t, f), "wireguard", uint32(now.Unix()))
		_, err := offer.Parse(raw, chainID)
		if (err != nil) != (len(raw) > offer.MaxSize) {
			t.Fatalf("%d bytes: %v", len(raw), err)
		}
		if len(raw) > offer.MaxSize+3 {
			break
		}
	}
	big := full(k)
	big.Relays = []wherry.Address{{1}, {2}, {3}}
	big.Endpoints = append(big.Endpoints, big.Endpoints...)
	if _, err := offer.Sign(big, k, chainID); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("signing one: %v", err)
	}
}

func TestForeignSignatureIsRefused(t *testing.T) {
	k := key(1)
	raw := sign(t, plain(k), k).Raw
	check := func(name string, raw []byte, chain uint64) {
		t.Helper()
		if _, err := offer.Parse(raw, chain); wherry.CodeOf(err) != wherry.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	check("another chain's", raw, chainID+1)
	check("somebody else's", forge(t, key(2), raw[:len(raw)-65], "wireguard", uint32(now.Unix())), chainID)
	check("of another service", forge(t, k, raw[:len(raw)-65], "proxy", uint32(now.Unix())), chainID)
	check("of another number", forge(t, k, raw[:len(raw)-65], "wireguard", 5), chainID)
	for i := range 65 {
		bad := bytes.Clone(raw)
		bad[len(raw)-1-i] ^= 1 << (i % 8)
		check(fmt.Sprintf("with byte %d changed", i), bad, chainID)
	}
	second := bytes.Clone(raw) // the same signature with the other convention for v
	second[len(raw)-1] += 27
	check("in a second form", second, chainID)
	if _, err := offer.Sign(plain(k), key(2), chainID); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("signing for somebody else: %v", err)
	}
}

func TestChangedRecordIsRefused(t *testing.T) {
	k := key(1)
	raw := sign(t, full(k), k).Raw
	for i := range raw {
		bad := bytes.Clone(raw)
		bad[i] ^= 1
		if _, err := offer.Parse(bad, chainID); err == nil {
			t.Errorf("byte %d changed, and nobody noticed", i)
		}
	}
}

func TestTimesOfAnOffer(t *testing.T) {
	o := plain(key(1)) // signed at now, for an hour
	for _, c := range []struct {
		after          time.Duration
		expired, ahead bool
	}{
		{-121 * time.Second, false, true},
		{-120 * time.Second, false, false},
		{0, false, false},
		{time.Hour - time.Second, false, false},
		{time.Hour, true, false},
	} {
		at := now.Add(c.after)
		if o.Expired(at) != c.expired || o.Ahead(at) != c.ahead {
			t.Errorf("after %s: expired %v, ahead %v", c.after, o.Expired(at), o.Ahead(at))
		}
	}
}

func TestWithdrawIsNewerAndHoldsNothing(t *testing.T) {
	k := key(1)
	o := full(k)
	w := o.Withdraw()
	s := sign(t, w, k)
	if s.Key() != o.Key() || s.Seq != o.Seq+1 || !s.Withdrawn() || !s.Expired(now) {
		t.Errorf("got %+v", s.Offer)
	}
	if len(s.Raw) > 120 {
		t.Errorf("%d bytes to say nothing", len(s.Raw))
	}
}

func TestNextSeq(t *testing.T) {
	at := uint32(now.Unix())
	for _, c := range []struct {
		prev uint32
		want uint32
		ok   bool
	}{{0, at, true}, {at - 100, at, true}, {at - 30, at + 30, true}, {at, at + 60, true}, {at + 60, at + 120, true}, {at + 61, at + 121, false}} {
		var prev *offer.Offer
		if c.prev != 0 {
			prev = &offer.Offer{Seq: c.prev}
		}
		if seq, ok := offer.NextSeq(prev, now); seq != c.want || ok != c.ok {
			t.Errorf("after %d: %d, %v", int64(c.prev)-int64(at), int64(seq)-int64(at), ok)
		}
	}
}

func TestIDText(t *testing.T) {
	s := sign(t, plain(key(1)), key(1))
	text := s.ID.String()
	if !strings.HasPrefix(text, "off_") || !strings.HasPrefix(text, s.ID.Short()) {
		t.Errorf("got %s", text)
	}
	var back offer.ID
	if err := back.UnmarshalText([]byte(text)); err != nil || back != s.ID {
		t.Errorf("got %s, %v", back, err)
	}
	for _, bad := range []string{"", "off_", "ses_" + text[4:], text + "0", "off_" + strings.Repeat("x", 64)} {
		if _, err := offer.ParseID(bad); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// drawn makes any offer that passes Check.
func drawn(k *identity.Key) *rapid.Generator[offer.Offer] {
	return rapid.Custom(func(t *rapid.T) offer.Offer {
		o := plain(k)
		o.Seq = rapid.Uint32Range(1, 1<<32-1).Draw(t, "seq")
		o.Lease = time.Duration(rapid.IntRange(0, 86400).Draw(t, "lease")) * time.Second
		o.Service = rapid.StringMatching("[a-z0-9-]{1,16}").Draw(t, "service")
		o.Place.Country = rapid.StringMatching("[A-Z]{2}").Draw(t, "country")
		o.Place.City = rapid.StringMatching("[A-Za-zåäö ]{0,8}").Draw(t, "city")
		o.ASN = rapid.Uint32().Draw(t, "asn")
		o.IPType = offer.IPType(rapid.IntRange(0, 3).Draw(t, "ip_type"))
		o.Rate.PerHour = wherry.Base(rapid.Uint64().Draw(t, "hour"))
		o.Rate.PerGiB = wherry.Base(rapid.Uint64().Draw(t, "gib"))
		o.PayeeChain = rapid.Uint64Min(1).Draw(t, "payee")
		o.Policy.Classes = rapid.Uint64().Draw(t, "classes")
		o.Families = offer.Families(rapid.IntRange(0, 3).Draw(t, "families"))
		o.NAT = offer.NAT(rapid.IntRange(0, 4).Draw(t, "nat"))
		o.Capacity = offer.Capacity{Seats: rapid.Uint32Range(0, 1<<20).Draw(t, "seats"), Load: rapid.Uint8Range(0, 8).Draw(t, "load")}
		o.Credit = offer.Credit{Bytes: rapid.Uint64Range(0, 1<<50).Draw(t, "credit"), Seconds: rapid.Uint32Range(0, 3600).Draw(t, "seconds")}
		o.Trial.Bytes = rapid.Uint64Range(0, 1<<50).Draw(t, "trial")
		o.Caps.DayBytes = rapid.Uint64Range(0, 1<<50).Draw(t, "cap")
		o.Caps.SessionBytes = rapid.Uint64Range(0, 1<<50).Draw(t, "session cap")
		o.Name = rapid.StringMatching("[ -~]{0,24}").Draw(t, "name")
		o.MaskID = rapid.Uint64().Draw(t, "mask")
		return o
	})
}

func TestAnyOfferComesBackAsItWas(t *testing.T) {
	k := key(1)
	rapid.Check(t, func(t *rapid.T) {
		o := drawn(k).Draw(t, "offer")
		s, err := offer.Sign(o, k, chainID)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%+v", s.Offer); got != fmt.Sprintf("%+v", o) {
			t.Fatalf("got %s\nwant %+v", got, o)
		}
	})
}

func FuzzParse(f *testing.F) {
	k := key(1)
	for _, o := range []offer.Offer{plain(k), full(k)} {
		f.Add(sign(f, o, k).Raw)
		w := o.Withdraw()
		f.Add(sign(f, w, k).Raw)
	}
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{0x9b}, 200))
	f.Fuzz(func(t *testing.T, raw []byte) {
		u, err := offer.Decode(raw)
		if err != nil {
			if wherry.CodeOf(err) != wherry.Invalid {
				t.Errorf("%x: %v", raw, err)
			}
			return
		}
		if len(raw) > offer.MaxSize {
			t.Errorf("%d bytes were decoded", len(raw))
		}
		if err := u.Check(); err != nil {
			t.Errorf("%x: decoded, and then: %v", raw, err)
		}
		s, err := u.Verify(chainID)
		if err == nil && !bytes.Equal(s.Raw, raw) {
			t.Error("the bytes were changed")
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	raw := sign(b, full(key(1)), key(1)).Raw
	b.ReportAllocs()
	for b.Loop() {
		if _, err := offer.Decode(raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	raw := sign(b, full(key(1)), key(1)).Raw
	for b.Loop() {
		if _, err := offer.Parse(raw, chainID); err != nil {
			b.Fatal(err)
		}
	}
}
