package relayer

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
)

// A fee always pays for what it was made from, and a base unit less would not
// reach the margin.
func TestFeePaysForItsGas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Price{
			Rate:   wherry.Base(rapid.Uint64Range(1, 1<<63).Draw(t, "rate")),
			Margin: rapid.Uint64Range(0, 2_000_000).Draw(t, "margin"),
		}
		wei := wherry.Base(rapid.Uint64().Draw(t, "wei"))
		fee, err := p.Fee(wei)
		if err != nil {
			t.Fatal(err)
		}
		if p.Covers(fee).Less(wei) {
			t.Errorf("%s wei cost %s, which pays for %s", wei.BaseString(), fee, p.Covers(fee).BaseString())
		}
		if !fee.IsZero() && p.Margin == 0 {
			less, err := fee.Sub(wherry.Base(1))
			if err != nil || !p.Covers(less).Less(wei) {
				t.Errorf("%s is more than %s wei cost", fee, wei.BaseString())
			}
		}
	})
}

func TestFeeIsNeverBelowTheLeast(t *testing.T) {
	p := Price{Rate: wherry.Tokens(1), Least: wherry.Tokens(2)}
	if fee, err := p.Fee(wherry.Base(1)); err != nil || fee != wherry.Tokens(2) {
		t.Errorf("%s, %v", fee, err)
	}
	if _, err := (Price{Rate: wherry.MaxOnChain}).Fee(wherry.MaxOnChain); wherry.CodeOf(err) != wherry.Refused {
		t.Errorf("a fee above everything: %v", err)
	}
	if got := (Price{}).Covers(wherry.Tokens(1)); !got.IsZero() {
		t.Errorf("without a price a fee pays for %s wei", got.BaseString())
	}
}
