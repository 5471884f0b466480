package wherry_test

import (
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
)

func TestParsePlace(t *testing.T) {
	for in, want := range map[string]wherry.Place{
		"":       {},
		"se":     {Country: "SE"},
		"SE/Got": {Country: "SE", City: "Got"},
		"se/":    {Country: "SE"},
		"jp/東京":  {Country: "JP", City: "東京"},
	} {
		if got, err := wherry.ParsePlace(in); err != nil || got != want {
			t.Errorf("%q is %+v, %v; want %+v", in, got, err, want)
		}
	}
	for _, in := range []string{
		"s", "swe", "s1", "/got", "åä", "se/" + strings.Repeat("x", wherry.MaxCity+1),
	} {
		if got, err := wherry.ParsePlace(in); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%q is %+v, %v; want an error", in, got, err)
		}
	}
}

// A city is a stranger's text on somebody's terminal.
func TestCityCannotSteerATerminal(t *testing.T) {
	for name, city := range map[string]string{
		"escape":         "\x1b[31mred",
		"C1 escape":      "\u009b31m",
		"line feed":      "a\nb",
		"delete":         "\x7f",
		"text direction": "\u202egnirb",
		"zero width":     "a\u200bb",
		"line separator": "a\u2028b",
		"not UTF-8":      "\xff",
	} {
		if err := (wherry.Place{Country: "SE", City: city}).Check(); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s is let through", name)
		}
	}
	if err := (wherry.Place{Country: "BR", City: "São Paulo (SP), 2"}).Check(); err != nil {
		t.Errorf("an ordinary city: %v", err)
	}
}

func TestHolds(t *testing.T) {
	got := wherry.Place{Country: "SE", City: "Gothenburg"}
	for in, want := range map[string]bool{
		"": true, "se": true, "se/got": true, "se/GOTHENBURG": true, "se/sto": false, "de": false,
	} {
		p, err := wherry.ParsePlace(in)
		if err != nil {
			t.Fatal(err)
		}
		if p.Holds(got) != want {
			t.Errorf("%q holds %s: want %v", in, got, want)
		}
	}
}

func FuzzParsePlace(f *testing.F) {
	f.Add("se/got")
	f.Add("jp/東京")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := wherry.ParsePlace(s)
		if err != nil {
			return
		}
		if back, err := wherry.ParsePlace(p.String()); err != nil || back != p {
			t.Errorf("%q became %+v, which prints as %q and reads as %+v, %v", s, p, p, back, err)
		}
		if !p.Holds(p) {
			t.Errorf("%+v does not hold itself", p)
		}
	})
}
