package offer_test

import (
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/market/offer"
)

func TestIPTypeText(t *testing.T) {
	for v := range offer.IPMobile + 1 {
		if got, err := offer.ParseIPType(v.String()); got != v || err != nil {
			t.Errorf("%s: %v, %v", v, got, err)
		}
	}
	if got, err := offer.ParseIPType(""); got != offer.IPAny || err != nil {
		t.Errorf("nothing: %v, %v", got, err)
	}
	if _, err := offer.ParseIPType("datacentre"); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("got %v", err)
	}
}

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		offer.NATSymmetric.String(): "symmetric", (offer.IPv4 | offer.IPv6).String(): "v4+v6", offer.Families(0).String(): "none",
		offer.AccessListed.String(): "listed", offer.NAT(9).String(): "?", offer.IPType(9).String(): "?",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
