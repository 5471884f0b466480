package offer

import "github.com/wherrynet/wherry"

var ipTypes = [...]string{IPAny: "any", IPResidential: "residential", IPHosting: "hosting", IPMobile: "mobile"}

// String returns the word that people use.
func (t IPType) String() string {
	if int(t) >= len(ipTypes) {
		return ipTypes[IPAny]
	}
	return ipTypes[t]
}

// ParseIPType reads the form of String; empty is any. Errors have the code
// Invalid.
func ParseIPType(s string) (IPType, error) {
	if s == "" {
		return IPAny, nil
	}
	for i, word := range ipTypes {
		if s == word {
			return IPType(i), nil
		}
	}
	return IPAny, wherry.Errorf(wherry.Invalid, "IP type %.20q: want residential, hosting or mobile", s)
}
