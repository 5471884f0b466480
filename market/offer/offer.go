package offer

import (
	"net/netip"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
)

// Offer is a provider's price and terms for one service. Everything about the
// place and the line is what the provider declares; nothing here was measured.
type Offer struct {
	Provider wherry.Address
	Seq      uint32        // when it was signed, in unix seconds; the newest counts
	Lease    time.Duration // whole seconds that it holds; 0 takes the offer back
	Service  string        // what is sold, as "wireguard"

	Place  wherry.Place
	ASN    uint32 // the exit's autonomous system; 0 is not said
	IPType IPType

	Rate       wherry.Rate
	Hubs       []HubRef // the hubs that it takes payment through
	PayeeChain uint64   // id of the chain on which it wants to be paid

	Endpoints  []netip.AddrPort // where its socket is; empty when only relays reach it
	Relays     []wherry.Address // providers that pass on first messages to it
	ControlKey [32]byte         // Ed25519 key of its link certificate
	NAT        NAT
	MaskID     uint64 // which mask secret its socket expects; 0 is plain

	Policy   Policy
	Families Families
	Capacity Capacity
	Credit   Credit
	Trial    Trial
	Caps     Caps
	Access   Access

	Name  string         // what its owner calls it; printable, at most MaxName bytes
	Owner wherry.Address // who runs it, where that is told; zero is nobody
}

// Bounds on what an offer may hold. A record beyond one of them is Invalid
// wherever it comes from.
const (
	MaxSize      = 512 // bytes of a signed record
	MaxName      = 24
	MaxService   = 16
	MaxHubs      = 4
	MaxEndpoints = 4
	MaxRelays    = 3

	MaxLease  = 24 * time.Hour  // a longer one would outlive what it says
	MaxAhead  = 2 * time.Minute // how far a record's clock may be ahead of ours
	MaxCredit = time.Hour       // the longest time that may be offered unpaid

	maxBytes = 1 << 50 // of credit, trial and caps
	maxSeats = 1 << 20
	maxKbps  = 1 << 30
)

// Spacing is the least distance of the sequence numbers of two offers of one
// provider and service, in seconds. Taking an offer back is exempt.
const Spacing = 60

// HubRef names a hub on one chain: the chain on which a consumer's deposit with
// it lies.
type HubRef struct {
	ChainID uint64
	Hub     wherry.Address
}

// Policy says what a provider's exit lets through: classes that choosing can
// compare, and the hash of the whole policy that the provider serves.
type Policy struct {
	Classes uint64
	Hash    wherry.Hash
}

// Classes of traffic that an exit lets through.
const (
	ClassWeb      = 1 << iota // TCP 80 and 443, UDP 443
	ClassMail                 // TCP 25, from server to server; handing mail in (465, 587) is ClassOtherTCP
	ClassPeer                 // file sharing
	ClassOtherTCP             // any other TCP
	ClassOtherUDP             // any other UDP
)

// String returns the classes in words, as in "web, mail", and "nothing said" for none.
func (p Policy) String() string {
	var words []string
	for i, w := range []string{"web", "mail", "file sharing", "other TCP", "other UDP"} {
		if p.Classes&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return "nothing said"
	}
	return strings.Join(words, ", ")
}

// Capacity is how much a provider carries at once. Load is how many eighths of
// the seats are taken: coarse, so that it tells nothing of single consumers.
type Capacity struct {
	Seats uint32
	Kbps  uint32
	Load  uint8
}

// Credit is what a provider carries unpaid at the start of a session.
type Credit struct {
	Bytes   uint64
	Seconds uint32
}

// Trial is what a provider carries for nothing before the first payment.
type Trial struct {
	Bytes uint64
	Kbps  uint32
}

// Caps bound what one consumer may use; 0 is no bound. What a provider carries for all
// of them together is its own affair, and said when it is used up.
type Caps struct {
	DayBytes     uint64
	MonthBytes   uint64
	SessionBytes uint64 // of one session, both directions as on the wire; it ends there
}

// Key is what an offer replaces its elders by: of two records with one Key, the
// newer counts.
type Key struct {
	Provider wherry.Address
	Service  string
}

// Key returns o's key.
func (o *Offer) Key() Key { return Key{o.Provider, o.Service} }

// Withdrawn reports whether the record takes the offer back.
func (o *Offer) Withdrawn() bool { return o.Lease == 0 }

// SignedAt returns when the record was signed, as its signer says.
func (o *Offer) SignedAt() time.Time { return time.Unix(int64(o.Seq), 0).UTC() }

// Expires returns when the lease ends.
func (o *Offer) Expires() time.Time { return o.SignedAt().Add(o.Lease) }

// Expired reports whether the offer no longer holds at now. One that was taken
// back never held.
func (o *Offer) Expired(now time.Time) bool { return o.Withdrawn() || !now.Before(o.Expires()) }

// Ahead reports whether the record claims to be signed more than MaxAhead after
// now.
func (o *Offer) Ahead(now time.Time) bool { return o.SignedAt().After(now.Add(MaxAhead)) }

// Withdraw returns the record that takes o back.
func (o *Offer) Withdraw() Offer {
	return Offer{Provider: o.Provider, Service: o.Service, Seq: o.Seq + 1}
}

// NextSeq returns the sequence number of a new record at now when prev (nil for
// none) is the last one: far enough behind it that nobody refuses it as too
// frequent. Where that would lie more than MaxAhead after now, nobody would
// take it yet, and ok is false.
func NextSeq(prev *Offer, now time.Time) (seq uint32, ok bool) {
	seq = uint32(now.Unix())
	if prev != nil {
		seq = max(seq, prev.Seq+Spacing)
	}
	next := Offer{Seq: seq}
	return seq, !next.Ahead(now)
}
