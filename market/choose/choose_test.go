package choose_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/market/choose"
	"github.com/wherrynet/wherry/market/offer"
	"pgregory.net/rapid"
)

var (
	now = time.Unix(1_800_000_000, 0)
	hub = offer.HubRef{ChainID: 1, Hub: wherry.Address{0xab}}
)

func rng() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) } //nolint:gosec // a test repeats itself

// make1 returns provider n's offer at a price per GiB. Choosing looks at no signature.
func make1(n byte, perGiB uint64, change ...func(*offer.Offer)) offer.Signed {
	o := offer.Offer{
		Provider: wherry.Address{n}, Seq: uint32(now.Unix()) - 100, Lease: time.Hour, Service: "wireguard",
		Place: wherry.Place{Country: "SE"}, IPType: offer.IPHosting, Families: offer.IPv4,
		Rate: wherry.Rate{PerGiB: wherry.Base(perGiB)}, Hubs: []offer.HubRef{hub}, PayeeChain: 2,
		Endpoints: []netip.AddrPort{netip.MustParseAddrPort("192.0.2.1:1")}, ControlKey: [32]byte{1},
	}
	for _, f := range change {
		f(&o)
	}
	return offer.Signed{Offer: o, ID: offer.ID{n}}
}

func names(cs []choose.Candidate) string {
	var b strings.Builder
	for _, c := range cs {
		fmt.Fprintf(&b, "%d", c.Offer.Provider[0])
	}
	return b.String()
}

func TestCheapestFirst(t *testing.T) {
	got, err := choose.Rank([]offer.Signed{make1(1, 30), make1(2, 10), make1(3, 20)}, choose.Want{}, now, rng())
	if err != nil || names(got) != "231" {
		t.Errorf("got %s, %v", names(got), err)
	}
	one, err := choose.Cheapest([]offer.Signed{make1(1, 30), make1(2, 10)}, choose.Want{}, now, rng())
	if err != nil || one.Offer.Provider[0] != 2 || one.Cost != wherry.Base(10) {
		t.Errorf("got %v, %v", one, err)
	}
}

func TestExpectedUseWeighsThePrice(t *testing.T) {
	byTime := make1(1, 0, func(o *offer.Offer) { o.Rate = wherry.Rate{PerHour: wherry.Base(1000)} })
	byBytes := make1(2, 1000)
	for _, c := range []struct {
		use  choose.Use
		want string
	}{
		{choose.Use{Time: 10 * time.Hour, Bytes: wherry.GiB}, "21"},
		{choose.Use{Time: time.Hour, Bytes: 10 * wherry.GiB}, "12"},
	} {
		got, err := choose.Rank([]offer.Signed{byTime, byBytes}, choose.Want{Use: c.use}, now, rng())
		if err != nil || names(got) != c.want {
			t.Errorf("%v: got %s, %v", c.use, names(got), err)
		}
	}
}

func TestEqualsAreDrawn(t *testing.T) {
	offers := []offer.Signed{make1(1, 5), make1(2, 5), make1(3, 5), make1(4, 9)}
	first := map[byte]int{}
	r := rng()
	for range 300 {
		got, err := choose.Rank(offers, choose.Want{}, now, r)
		if err != nil || got[3].Offer.Provider[0] != 4 {
			t.Fatalf("got %s, %v", names(got), err)
		}
		first[got[0].Offer.Provider[0]]++
	}
	for n := range byte(3) {
		if first[n+1] < 60 {
			t.Errorf("provider %d came first %d times of 300", n+1, first[n+1])
		}
	}
}

func TestEveryWishFilters(t *testing.T) {
	for _, c := range []struct {
		wish choose.Wish
		want choose.Want
		bad  func(*offer.Offer)
	}{
		{choose.WishLive, choose.Want{}, func(o *offer.Offer) { o.Seq -= 3600 }},
		{choose.WishLive, choose.Want{}, func(o *offer.Offer) { o.Lease = 0 }},
		{choose.WishLive, choose.Want{}, func(o *offer.Offer) { o.Seq += 300 }},
		{choose.WishService, choose.Want{}, func(o *offer.Offer) { o.Service = "proxy" }},
		{choose.WishProvider, choose.Want{Provider: wherry.Address{1}}, func(*offer.Offer) {}},
		{choose.WishBlocked, choose.Want{Blocked: func(a wherry.Address) bool { return a[0] == 9 }}, func(*offer.Offer) {}},
		{choose.WishPlace, choose.Want{Place: wherry.Place{Country: "SE"}}, func(o *offer.Offer) { o.Place.Country = "DE" }},
		{choose.WishIPType, choose.Want{IPType: offer.IPHosting}, func(o *offer.Offer) { o.IPType = offer.IPResidential }},
		{choose.WishFamilies, choose.Want{Families: offer.IPv4}, func(o *offer.Offer) { o.Families = offer.IPv6 }},
		{choose.WishReach, choose.Want{}, func(o *offer.Offer) { o.Endpoints, o.Relays = nil, []wherry.Address{{5}} }},
		{choose.WishAccess, choose.Want{}, func(o *offer.Offer) { o.Access = offer.AccessListed }},
		{choose.WishPayee, choose.Want{PayeeChains: []uint64{2, 3}}, func(o *offer.Offer) { o.PayeeChain = 4 }},
		{choose.WishHub, choose.Want{Usable: func(h offer.HubRef) bool { return h == hub }}, func(o *offer.Offer) { o.Hubs[0].ChainID = 7 }},
	} {
		good, bad := make1(1, 10), make1(9, 1, c.bad)
		got, err := choose.Rank([]offer.Signed{bad, good}, c.want, now, rng())
		if err != nil || names(got) != "1" {
			t.Errorf("%s: got %s, %v", c.wish, names(got), err)
		}
		_, err = choose.Rank([]offer.Signed{bad}, c.want, now, rng())
		none, ok := errors.AsType[*choose.None](err)
		if wherry.CodeOf(err) != wherry.NoOffer || !ok || none.Missed[c.wish] != 1 || none.Cheapest != nil {
			t.Errorf("%s alone: %v, %+v", c.wish, err, none)
		}
	}
}

func TestCandidateNamesTheUsableHubs(t *testing.T) {
	other := offer.HubRef{ChainID: 9, Hub: wherry.Address{0xcd}}
	o := make1(1, 1, func(o *offer.Offer) { o.Hubs = []offer.HubRef{other, hub} })
	got, err := choose.Rank([]offer.Signed{o}, choose.Want{Usable: func(h offer.HubRef) bool { return h == hub }}, now, rng())
	if err != nil || len(got[0].Hubs) != 1 || got[0].Hubs[0] != hub {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestPriceCap(t *testing.T) {
	want := choose.Want{Ceiling: &wherry.Rate{PerHour: wherry.Base(5), PerGiB: wherry.Base(15)}}
	cheap := make1(1, 10)
	dear := make1(2, 20)
	hourly := make1(3, 1, func(o *offer.Offer) { o.Rate.PerHour = wherry.Base(6) })
	elsewhere := make1(4, 1, func(o *offer.Offer) { o.Service = "proxy" })
	got, err := choose.Rank([]offer.Signed{cheap, dear, hourly}, want, now, rng())
	if err != nil || names(got) != "1" {
		t.Errorf("got %s, %v", names(got), err)
	}
	_, err = choose.Rank([]offer.Signed{dear, hourly, elsewhere}, want, now, rng())
	none, ok := errors.AsType[*choose.None](err)
	if wherry.CodeOf(err) != wherry.PriceTooHigh || wherry.CodeOf(err).Info().Exit != 5 || !ok {
		t.Fatalf("got %v", err)
	}
	if none.Fitting != 2 || none.Cheapest.Offer.Provider[0] != 3 || none.Seen != 3 {
		t.Errorf("got %+v", none)
	}
	if !strings.Contains(err.Error(), none.Cheapest.Offer.Provider.String()) {
		t.Errorf("the message does not name the cheapest: %v", err)
	}
}

func TestNoOfferAtAll(t *testing.T) {
	_, err := choose.Rank(nil, choose.Want{Ceiling: &wherry.Rate{}}, now, rng())
	if wherry.CodeOf(err) != wherry.NoOffer || wherry.CodeOf(err).Info().Exit != 6 {
		t.Errorf("got %v", err)
	}
}

func TestCostBeyondAnyAmountIsLeftOut(t *testing.T) {
	huge := make1(1, 1, func(o *offer.Offer) { o.Rate.PerGiB = wherry.MaxOnChain })
	use := choose.Use{Bytes: 1 << 60}
	if _, err := choose.Rank([]offer.Signed{huge}, choose.Want{Use: use}, now, rng()); err != nil {
		t.Errorf("the dearest price that a contract can pay has a cost: %v", err)
	}
	huge.Rate.PerGiB, _ = wherry.AmountFromBytes([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255})
	if _, err := choose.Rank([]offer.Signed{huge}, choose.Want{Use: use}, now, rng()); wherry.CodeOf(err) != wherry.NoOffer {
		t.Errorf("got %v", err)
	}
}

// TestRankAgainstModel: whatever the offers are, the result is every offer that
// a plain filter leaves, in ascending cost, and none above the ceiling.
func TestRankAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ceiling := wherry.Rate{PerHour: wherry.Base(rapid.Uint64Range(0, 20).Draw(t, "hour")), PerGiB: wherry.Base(rapid.Uint64Range(0, 20).Draw(t, "gib"))}
		n := rapid.IntRange(0, 12).Draw(t, "n")
		var offers []offer.Signed
		want := 0
		for i := range n {
			o := make1(byte(i+1), rapid.Uint64Range(0, 30).Draw(t, "price"), func(o *offer.Offer) {
				o.Rate.PerHour = wherry.Base(rapid.Uint64Range(0, 30).Draw(t, "hourly"))
				o.Place.Country = rapid.SampledFrom([]string{"SE", "DE"}).Draw(t, "country")
			})
			offers = append(offers, o)
			if o.Place.Country == "SE" && o.Rate.Within(ceiling) {
				want++
			}
		}
		got, err := choose.Rank(offers, choose.Want{Place: wherry.Place{Country: "SE"}, Ceiling: &ceiling}, now, rng())
		if len(got) != want || (err == nil) != (want > 0) {
			t.Fatalf("got %d, %v; want %d", len(got), err, want)
		}
		for i, c := range got {
			if !c.Offer.Rate.Within(ceiling) || c.Offer.Place.Country != "SE" || i > 0 && c.Cost.Less(got[i-1].Cost) {
				t.Fatalf("%d: %+v", i, c)
			}
		}
	})
}
