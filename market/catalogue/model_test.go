package catalogue_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/market/catalogue"
	"github.com/wherrynet/wherry/market/offer"
	"pgregory.net/rapid"
)

// model is the catalogue as one would explain it: a list of what came, and the
// rules in the order in which they are stated.
type model struct {
	held   map[offer.Key]offer.Signed
	proven map[offer.Key]uint32
	tokens int
}

func (m *model) judge(s offer.Signed, forged bool, now time.Time) catalogue.Refusal {
	gone := func(o offer.Signed) bool {
		if o.Withdrawn() {
			return now.Unix()-int64(o.Seq) >= 86400
		}
		return o.Expired(now)
	}
	if s.Provider == key(4).Address() {
		return catalogue.NotAdmitted
	}
	old, known := m.held[s.Key()]
	if known && old.ID == s.ID && !forged {
		return "known"
	}
	if gone(s) || known && s.Seq < old.Seq {
		return catalogue.Stale
	}
	if int64(s.Seq) > now.Unix()+120 {
		return catalogue.FromFuture
	}
	twin := false
	switch {
	case known && s.Seq == old.Seq:
		if old.ID == s.ID || m.proven[s.Key()] >= s.Seq {
			return "known"
		}
		twin = true
	case known && s.Seq-old.Seq < 60 && (!s.Withdrawn() || old.Withdrawn()):
		return catalogue.TooOften
	}
	if m.tokens == 0 {
		return catalogue.SourceBusy
	}
	m.tokens--
	switch {
	case forged:
		return catalogue.BadSignature
	case twin:
		m.proven[s.Key()] = s.Seq
		return catalogue.Equivocates
	}
	m.held[s.Key()] = s
	return ""
}

// TestAdmissionAgainstModel draws any sequence of records and times.
func TestAdmissionAgainstModel(t *testing.T) {
	signed := map[[4]int]offer.Signed{} // signing is slow: once each
	get := func(n, seq, lease, price int) offer.Signed {
		k := [4]int{n, seq, lease, price}
		if s, ok := signed[k]; ok {
			return s
		}
		s := record(byte(n), seq, func(o *offer.Offer) {
			o.Lease = time.Duration(lease) * time.Second
			o.Rate.PerGiB = wherry.Base(uint64(price))
		})
		signed[k] = s
		return s
	}
	rapid.Check(t, func(t *rapid.T) {
		m := model{map[offer.Key]offer.Signed{}, map[offer.Key]uint32{}, rapid.IntRange(3, 30).Draw(t, "tokens")}
		c, err := catalogue.Open(catalogue.Config{
			ChainID: chainID, SourceRate: 1e-12, SourceBurst: float64(m.tokens),
			Admit: func(a wherry.Address) bool { return a != key(4).Address() },
		})
		if err != nil {
			t.Fatal(err)
		}
		now := start
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 30, 60, 400}).Draw(t, "wait")) * time.Second)
			seq := int(now.Sub(start)/time.Second) + rapid.SampledFrom([]int{-900, -600, -60, -1, 0, 0, 1, 59, 60, 120, 121}).Draw(t, "seq")
			s := get(rapid.IntRange(1, 4).Draw(t, "provider"), seq, rapid.SampledFrom([]int{0, 600, 3600}).Draw(t, "lease"), rapid.IntRange(1, 2).Draw(t, "price"))
			raw, forged := slices.Clone(s.Raw), rapid.IntRange(0, 5).Draw(t, "forged") == 0
			if forged {
				raw[len(raw)-10] ^= 1
			}
			want := m.judge(s, forged, now)
			news, err := c.Add(raw, "peer", now)
			var got catalogue.Refusal
			errors.As(err, &got)
			if err == nil && !news {
				got = "known"
			}
			if got != want {
				t.Fatalf("provider %s, %d s from now, lease %s, forged %v: got %q, want %q",
					s.Provider.Short(), int64(s.Seq)-now.Unix(), s.Lease, forged, got, want)
			}
			live := 0
			for _, s := range m.held {
				if !s.Expired(now) {
					live++
				}
			}
			if got := len(c.Offers(now)); got != live {
				t.Fatalf("%d offers, want %d", got, live)
			}
		}
	})
}
