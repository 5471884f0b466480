package wherry_test

import (
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
)

// The examples that EIP-55 lists: all capitals, all small, and mixed.
var eip55 = []string{
	"0x52908400098527886E0F7030069857D2E4169EE7",
	"0x8617E340B3D01FA5F11F306F4090FD50E238070D",
	"0xde709f2102306220921060314715629080e2fb77",
	"0x27b1fdb04752bbc536007a920d24acb045561c26",
	"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
	"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
	"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
	"0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
}

func TestChecksumOfEIP55(t *testing.T) {
	for _, s := range eip55 {
		a, err := wherry.ParseAddress(s)
		if err != nil {
			t.Fatal(err)
		}
		if a.String() != s {
			t.Errorf("%s prints as %s", s, a)
		}
		lower, err := wherry.ParseAddress(strings.ToLower(s))
		if err != nil || lower != a {
			t.Errorf("%s in lower case is %s, %v", s, lower, err)
		}
		upper, err := wherry.ParseAddress("0x" + strings.ToUpper(s[2:]))
		if err != nil || upper != a {
			t.Errorf("%s in upper case is %s, %v", s, upper, err)
		}
	}
}

func TestSlipOfTheHandIsNoAddress(t *testing.T) {
	const good = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
	for i := 2; i < len(good); i++ {
		c := good[i]
		if c >= '0' && c <= '9' {
			continue
		}
		bad := good[:i] + string(c^0x20) + good[i+1:] // the other case
		if _, err := wherry.ParseAddress(bad); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s is taken for an address", bad)
		}
	}
}

func TestParseAddressRefuses(t *testing.T) {
	for _, s := range []string{
		"", "0x", "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed0", "0X52908400098527886E0F7030069857D2E4169EE7",
		"0xzz908400098527886e0f7030069857d2e4169ee7",
	} {
		if a, err := wherry.ParseAddress(s); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%q is %s, %v; want an error", s, a, err)
		}
	}
}

func TestAddressForms(t *testing.T) {
	a := wherry.MustAddress(eip55[4])
	if got := a.Short(); got != "0x5aAe…eAed" {
		t.Errorf("short form %s", got)
	}
	w := a.Word()
	if wherry.Address(w[12:]) != a || [12]byte(w[:12]) != [12]byte{} {
		t.Errorf("word %x of %s", w, a)
	}
	defer func() {
		if recover() == nil {
			t.Error("MustAddress took a bad constant")
		}
	}()
	wherry.MustAddress("0x")
}

func FuzzParseAddress(f *testing.F) {
	for _, s := range eip55 {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := wherry.ParseAddress(s)
		if err != nil {
			return
		}
		if !strings.EqualFold(a.String(), s) {
			t.Errorf("%q became %s", s, a)
		}
	})
}
