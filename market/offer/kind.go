package offer

import (
	"strings"

	"github.com/wherrynet/wherry"
)

// IPType is what kind of line a provider declares to leave from.
type IPType uint8

// The IP types. Any is what an offer says that does not tell.
const (
	IPAny IPType = iota
	IPResidential
	IPHosting
	IPMobile
)

var ipTypes = [...]string{IPAny: "any", IPResidential: "residential", IPHosting: "hosting", IPMobile: "mobile"}

// String returns the word that ParseIPType reads.
func (t IPType) String() string { return word(ipTypes[:], t) }

// ParseIPType reads "residential", "hosting", "mobile", and "any" or nothing.
// Errors have the code Invalid.
func ParseIPType(s string) (IPType, error) {
	if s == "" {
		return IPAny, nil
	}
	for i, w := range ipTypes {
		if w == s {
			return IPType(i), nil
		}
	}
	return IPAny, wherry.Errorf(wherry.Invalid, "IP type %q: want %s", clip(s), strings.Join(ipTypes[:], ", "))
}

// Families are the IP versions that an exit carries.
type Families uint8

// The families.
const (
	IPv4 Families = 1 << iota
	IPv6
)

// String returns "v4", "v6", "v4+v6" or "none".
func (f Families) String() string {
	return word([]string{0: "none", IPv4: "v4", IPv6: "v6", IPv4 | IPv6: "v4+v6"}, f)
}

// NAT says how a provider's socket stands to the internet.
type NAT uint8

// The NAT kinds, easiest first after the unknown.
const (
	NATUnknown NAT = iota
	NATPublic
	NATMapped
	NATCone
	NATSymmetric
)

// String returns the kind in a word.
func (n NAT) String() string {
	return word([]string{NATUnknown: "unknown", NATPublic: "public", NATMapped: "mapped", NATCone: "cone", NATSymmetric: "symmetric"}, n)
}

// Access says whom a provider serves.
type Access uint8

// The access policies. The zero value is the closed one's opposite on purpose:
// an offer that says nothing is made to everybody.
const (
	AccessEverybody Access = iota
	AccessListed           // those on a list of the provider's own
)

// String returns the policy in a word.
func (a Access) String() string {
	return word([]string{AccessEverybody: "everybody", AccessListed: "listed"}, a)
}

// word returns the word for v, and "?" for a value that Check refuses.
func word[T ~uint8](words []string, v T) string {
	if int(v) < len(words) {
		return words[v]
	}
	return "?"
}
