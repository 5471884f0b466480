package wherry

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Place is where something is: a country by its two letters of ISO 3166-1, and
// a city as the provider wrote it. Either may be empty.
type Place struct {
	Country string `json:"country,omitempty"` // two upper-case letters
	City    string `json:"city,omitempty"`    // at most MaxCity bytes
}

// MaxCity bounds a city's name, in bytes.
const MaxCity = 24

// ParsePlace reads "se", "SE" or "se/got". An empty string is anywhere. Errors
// have the code Invalid.
func ParsePlace(s string) (Place, error) {
	if s == "" {
		return Place{}, nil
	}
	country, city, _ := strings.Cut(s, "/")
	p := Place{Country: strings.ToUpper(country), City: city}
	if err := p.Check(); err != nil {
		return Place{}, err
	}
	return p, nil
}

// Check reports what is wrong with p, with the code Invalid.
func (p Place) Check() error {
	if p.Country != "" || p.City != "" {
		if len(p.Country) != 2 || !upper(p.Country[0]) || !upper(p.Country[1]) {
			return Errorf(Invalid, "country %q: want two letters, as in se", clip(p.Country))
		}
	}
	if len(p.City) > MaxCity {
		return Errorf(Invalid, "city of %d bytes: at most %d", len(p.City), MaxCity)
	}
	for _, r := range p.City {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return Errorf(Invalid, "city %q: has an unprintable character", clip(p.City))
		}
	}
	return nil
}

// Holds reports whether q lies in p: an empty country holds everything, a
// country holds its cities, and a city holds those whose name begins like it,
// whatever the case.
func (p Place) Holds(q Place) bool {
	if p.Country != "" && p.Country != q.Country {
		return false
	}
	return strings.HasPrefix(strings.ToLower(q.City), strings.ToLower(p.City))
}

// String returns the form that ParsePlace reads.
func (p Place) String() string {
	if p.City == "" {
		return p.Country
	}
	return p.Country + "/" + p.City
}

func upper(c byte) bool { return 'A' <= c && c <= 'Z' }
