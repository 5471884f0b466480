package offer

import (
	"encoding/binary"
	"encoding/hex"
	"net/netip"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
)

const (
	version       = 1
	signatureSize = 65
	domain        = "wherry/offer/v1"
)

// ID names one signed offer: the digest that its provider signed. It prints as
// off_ and hexadecimal digits.
type ID [32]byte

const idPrefix = "off_"

// String returns off_ and 64 hexadecimal digits.
func (id ID) String() string { return idPrefix + hex.EncodeToString(id[:]) }

// Short returns off_ and the first eight digits, for people's eyes only.
func (id ID) Short() string { return idPrefix + hex.EncodeToString(id[:4]) }

// MarshalText implements encoding.TextMarshaler with the form of String.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; see ParseID.
func (id *ID) UnmarshalText(text []byte) error {
	v, err := ParseID(string(text))
	if err != nil {
		return err
	}
	*id = v
	return nil
}

// ParseID reads the form that String writes. Errors have the code Invalid.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != len(idPrefix)+2*len(id) || s[:len(idPrefix)] != idPrefix {
		return ID{}, wherry.Errorf(wherry.Invalid, "offer id: want %s and 64 hexadecimal digits", idPrefix)
	}
	if _, err := hex.Decode(id[:], []byte(s[len(idPrefix):])); err != nil {
		return ID{}, wherry.Errorf(wherry.Invalid, "offer id: %w", err)
	}
	return id, nil
}

// Signed is an offer whose signature was checked, and the bytes that it came
// in. Only Sign, Parse and Unverified.Verify make one that holds anything.
type Signed struct {
	Offer
	ID  ID
	Raw []byte // the record with its signature; not to be changed
}

// Unverified is a record whose size, form and values were checked, and whose
// signature was not: enough to throw it away cheaply, not to believe it.
type Unverified struct {
	Offer
	raw []byte
}

// Sign makes the record of o with k, which must be o's provider's. The chain id
// is that of the network's registry: an offer to one network is none to another.
func Sign(o Offer, k *identity.Key, registryChainID uint64) (Signed, error) {
	if o.Provider != k.Address() {
		return Signed{}, wherry.Errorf(wherry.Invalid, "offer of %s signed by %s", o.Provider, k.Address())
	}
	if err := o.Check(); err != nil {
		return Signed{}, err
	}
	body, err := codec.Marshal(encode(&o))
	if err != nil {
		return Signed{}, err
	}
	d := digest(&o, body, registryChainID)
	sig := k.Sign(d).Bytes65()
	return Parse(append(body, sig[:]...), registryChainID)
}

// Parse reads a record and checks it whole: size, form, values, signature.
// Errors have the code Invalid, or Forbidden for a signature that is not the
// provider's for this chain. The record may be expired or from the future:
// that depends on the time, and Expired and Ahead tell.
func Parse(raw []byte, registryChainID uint64) (Signed, error) {
	u, err := Decode(raw)
	if err != nil {
		return Signed{}, err
	}
	return u.Verify(registryChainID)
}

// Decode checks everything of a record but its signature. The bytes are copied.
func Decode(raw []byte) (Unverified, error) {
	if len(raw) > MaxSize {
		return Unverified{}, wherry.Errorf(wherry.Invalid, "offer of %d bytes: at most %d", len(raw), MaxSize)
	}
	if len(raw) <= signatureSize {
		return Unverified{}, wherry.Errorf(wherry.Invalid, "offer of %d bytes: too short for one", len(raw))
	}
	raw = append([]byte(nil), raw...)
	b := raw[:len(raw)-signatureSize]
	if err := canonical(b); err != nil {
		return Unverified{}, err
	}
	var r record
	if err := codec.Unmarshal(b, &r); err != nil {
		return Unverified{}, err
	}
	o, err := r.decode()
	if err != nil {
		return Unverified{}, err
	}
	if err := o.Check(); err != nil {
		return Unverified{}, err
	}
	return Unverified{Offer: o, raw: raw}, nil
}

// ID returns what the record's ID is if its signature fits.
func (u Unverified) ID(registryChainID uint64) ID {
	return ID(digest(&u.Offer, u.raw[:len(u.raw)-signatureSize], registryChainID))
}

// Verify checks the signature. Its error has the code Forbidden.
func (u Unverified) Verify(registryChainID uint64) (Signed, error) {
	n := len(u.raw) - signatureSize
	var b [signatureSize]byte
	copy(b[:], u.raw[n:])
	if b[signatureSize-1] > 1 { // the other form of the recovery bit: one signature has one form here
		return Signed{}, identity.ErrSignature
	}
	sig, err := identity.SignatureFrom65(b)
	if err != nil {
		return Signed{}, err
	}
	d := digest(&u.Offer, u.raw[:n], registryChainID)
	if err := identity.Verify(u.Provider, d, sig); err != nil {
		return Signed{}, err
	}
	return Signed{Offer: u.Offer, ID: ID(d), Raw: u.raw}, nil
}

// digest is laid out so that a contract can judge two records of one provider,
// service and sequence number without reading CBOR.
func digest(o *Offer, body []byte, registryChainID uint64) wherry.Hash {
	var chain [32]byte
	binary.BigEndian.PutUint64(chain[24:], registryChainID)
	var seq [4]byte
	binary.BigEndian.PutUint32(seq[:], o.Seq)
	service := wherry.Keccak256([]byte(o.Service))
	hash := wherry.Keccak256(body)
	return wherry.Keccak256([]byte(domain), chain[:], o.Provider[:], service[:], seq[:], hash[:])
}

// record is the CBOR map. Keys are settled for good; a new field takes a new one.
type record struct {
	Version    uint64        `cbor:"0,keyasint"`
	Provider   []byte        `cbor:"1,keyasint"`
	Seq        uint32        `cbor:"2,keyasint"`
	Lease      uint32        `cbor:"3,keyasint"`
	Service    string        `cbor:"4,keyasint"`
	Where      *where        `cbor:"5,keyasint,omitempty"`
	PerHour    wherry.Amount `cbor:"6,keyasint,omitzero"`
	PerGiB     wherry.Amount `cbor:"7,keyasint,omitzero"`
	Hubs       []hubRef      `cbor:"8,keyasint,omitempty"`
	Endpoints  []endpoint    `cbor:"9,keyasint,omitempty"`
	Relays     [][]byte      `cbor:"10,keyasint,omitempty"`
	Control    []byte        `cbor:"11,keyasint,omitempty"`
	PayeeChain uint64        `cbor:"12,keyasint,omitempty"`
	Policy     *policy       `cbor:"13,keyasint,omitempty"`
	Families   uint8         `cbor:"14,keyasint,omitempty"`
	NAT        uint8         `cbor:"15,keyasint,omitempty"`
	Capacity   *capacity     `cbor:"16,keyasint,omitempty"`
	Credit     *pair         `cbor:"17,keyasint,omitempty"`
	Trial      *pair         `cbor:"18,keyasint,omitempty"`
	Caps       *pair         `cbor:"19,keyasint,omitempty"`
	Access     uint8         `cbor:"20,keyasint,omitempty"`
	Name       string        `cbor:"21,keyasint,omitempty"`
	Owner      []byte        `cbor:"22,keyasint,omitempty"`
	MaskID     uint64        `cbor:"23,keyasint,omitempty"`
	SessionCap uint64        `cbor:"24,keyasint,omitempty"`
}

type where struct {
	_       struct{} `cbor:",toarray"`
	Country string
	City    string
	ASN     uint32
	IPType  uint8
}

type hubRef struct {
	_       struct{} `cbor:",toarray"`
	ChainID uint64
	Hub     []byte
}

type endpoint struct {
	_    struct{} `cbor:",toarray"`
	IP   []byte
	Port uint16
}

type policy struct {
	_       struct{} `cbor:",toarray"`
	Classes uint64
	Hash    []byte
}

type capacity struct {
	_     struct{} `cbor:",toarray"`
	Seats uint32
	Kbps  uint32
	Load  uint8
}

type pair struct {
	_ struct{} `cbor:",toarray"`
	A uint64
	B uint64
}

// encode leaves out what has its zero value.
func encode(o *Offer) record {
	r := record{
		Version: version, Provider: o.Provider[:], Seq: o.Seq, Lease: uint32(o.Lease / time.Second), Service: o.Service,
		PerHour: o.Rate.PerHour, PerGiB: o.Rate.PerGiB, PayeeChain: o.PayeeChain,
		Families: uint8(o.Families), NAT: uint8(o.NAT), Access: uint8(o.Access), Name: o.Name, MaskID: o.MaskID,
		SessionCap: o.Caps.SessionBytes,
	}
	if w := (where{Country: o.Place.Country, City: o.Place.City, ASN: o.ASN, IPType: uint8(o.IPType)}); w != (where{}) {
		r.Where = &w
	}
	for _, h := range o.Hubs {
		r.Hubs = append(r.Hubs, hubRef{ChainID: h.ChainID, Hub: h.Hub[:]})
	}
	for _, e := range o.Endpoints {
		r.Endpoints = append(r.Endpoints, endpoint{IP: e.Addr().AsSlice(), Port: e.Port()})
	}
	for _, p := range o.Relays {
		r.Relays = append(r.Relays, p[:])
	}
	if o.ControlKey != [32]byte{} {
		r.Control = o.ControlKey[:]
	}
	if o.Policy != (Policy{}) {
		r.Policy = &policy{Classes: o.Policy.Classes, Hash: o.Policy.Hash[:]}
	}
	if c := o.Capacity; c != (Capacity{}) {
		r.Capacity = &capacity{Seats: c.Seats, Kbps: c.Kbps, Load: c.Load}
	}
	r.Credit = newPair(o.Credit.Bytes, uint64(o.Credit.Seconds))
	r.Trial = newPair(o.Trial.Bytes, uint64(o.Trial.Kbps))
	r.Caps = newPair(o.Caps.DayBytes, o.Caps.MonthBytes)
	if !o.Owner.IsZero() {
		r.Owner = o.Owner[:]
	}
	return r
}

func newPair(a, b uint64) *pair {
	if a == 0 && b == 0 {
		return nil
	}
	return &pair{A: a, B: b}
}

// decode turns the map into an Offer. Lengths and ranges of single fields are
// checked here, what they mean together in Check.
func (r *record) decode() (o Offer, err error) {
	if r.Version != version {
		return Offer{}, wherry.Errorf(wherry.Invalid, "offer of version %d: want %d", r.Version, version)
	}
	o = Offer{
		Seq: r.Seq, Lease: time.Duration(r.Lease) * time.Second, Service: r.Service,
		Rate: wherry.Rate{PerHour: r.PerHour, PerGiB: r.PerGiB}, PayeeChain: r.PayeeChain,
		Families: Families(r.Families), NAT: NAT(r.NAT), Access: Access(r.Access), Name: r.Name, MaskID: r.MaskID,
	}
	if err := exact(o.Provider[:], r.Provider, "provider"); err != nil {
		return Offer{}, err
	}
	if w := r.Where; w != nil {
		o.Place, o.ASN, o.IPType = wherry.Place{Country: w.Country, City: w.City}, w.ASN, IPType(w.IPType)
	}
	if p := r.Policy; p != nil {
		o.Policy.Classes = p.Classes
		if err := exact(o.Policy.Hash[:], p.Hash, "policy"); err != nil {
			return Offer{}, err
		}
	}
	if c := r.Capacity; c != nil {
		o.Capacity = Capacity{Seats: c.Seats, Kbps: c.Kbps, Load: c.Load}
	}
	if r.Control != nil {
		if err := exact(o.ControlKey[:], r.Control, "control key"); err != nil {
			return Offer{}, err
		}
	}
	if r.Owner != nil {
		if err := exact(o.Owner[:], r.Owner, "owner"); err != nil {
			return Offer{}, err
		}
	}
	if err := r.decodePairs(&o); err != nil {
		return Offer{}, err
	}
	return o, r.decodeLists(&o)
}

func (r *record) decodePairs(o *Offer) error {
	const word = 1<<32 - 1
	if c := r.Credit; c != nil {
		if c.B > word {
			return wherry.Errorf(wherry.Invalid, "offer with an absurd credit")
		}
		o.Credit = Credit{Bytes: c.A, Seconds: uint32(c.B)}
	}
	if t := r.Trial; t != nil {
		if t.B > word {
			return wherry.Errorf(wherry.Invalid, "offer with an absurd trial")
		}
		o.Trial = Trial{Bytes: t.A, Kbps: uint32(t.B)}
	}
	if c := r.Caps; c != nil {
		o.Caps.DayBytes, o.Caps.MonthBytes = c.A, c.B
	}
	o.Caps.SessionBytes = r.SessionCap
	return nil
}

func (r *record) decodeLists(o *Offer) error {
	if len(r.Hubs) > MaxHubs || len(r.Endpoints) > MaxEndpoints || len(r.Relays) > MaxRelays {
		return wherry.Errorf(wherry.Invalid, "offer with too many hubs, endpoints or relays")
	}
	for _, h := range r.Hubs {
		ref := HubRef{ChainID: h.ChainID}
		if err := exact(ref.Hub[:], h.Hub, "hub"); err != nil {
			return err
		}
		o.Hubs = append(o.Hubs, ref)
	}
	for _, e := range r.Endpoints {
		ip, ok := netip.AddrFromSlice(e.IP)
		if !ok {
			return wherry.Errorf(wherry.Invalid, "offer with an IP address of %d bytes", len(e.IP))
		}
		o.Endpoints = append(o.Endpoints, netip.AddrPortFrom(ip, e.Port))
	}
	for _, p := range r.Relays {
		var a wherry.Address
		if err := exact(a[:], p, "relay"); err != nil {
			return err
		}
		o.Relays = append(o.Relays, a)
	}
	return nil
}

// exact copies src to dst, which must have the same length.
func exact(dst, src []byte, what string) error {
	if len(dst) != len(src) {
		return wherry.Errorf(wherry.Invalid, "offer with a %s of %d bytes: want %d", what, len(src), len(dst))
	}
	copy(dst, src)
	return nil
}
