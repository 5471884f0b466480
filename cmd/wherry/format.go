package main

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// Numbers are for people here: three digits that count, cut off and not rounded,
// so that nothing looks like more than it is. JSON has all of them.

// amount shows money: 2.00, 0.284, 0.0001.
func amount(m api.Money) string { return digits(m.String(), 2) }

// price shows a price, which is small: 0.080, 1.250.
func price(m api.Money) string {
	if m.IsZero() {
		return "0"
	}
	return digits(m.String(), 3)
}

// digits cuts a decimal number behind its third digit that counts, with at least
// so many decimals.
func digits(s string, least int) string {
	whole, frac, _ := strings.Cut(s, ".")
	keep := least
	if whole == "0" {
		if zeros := len(frac) - len(strings.TrimLeft(frac, "0")); zeros < len(frac) {
			keep = max(least, zeros+3)
		}
	}
	frac = frac[:min(keep, len(frac))]
	for len(frac) > least && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	return whole + "." + frac + strings.Repeat("0", least-min(least, len(frac)))
}

// size shows bytes in the unit of 1024s that fits: 3.21 GiB.
func size(n uint64) string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}
	i := 0
	v := float64(n)
	for v >= 1000 && i < len(units)-1 {
		v /= 1024
		i++
	}
	return three(v, i == 0) + " " + units[i]
}

// speed shows bits per second in the unit of 1000s that fits: 18.4 Mbit/s.
func speed(n uint64) string {
	units := []string{"bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"}
	i := 0
	v := float64(n)
	for v >= 1000 && i < len(units)-1 {
		v /= 1000
		i++
	}
	return three(v, i == 0) + " " + units[i]
}

// three shows three digits.
func three(v float64, whole bool) string {
	switch {
	case whole || v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

// lasted shows how long something took, in at most two units: 2 h 14 min.
func lasted(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600:
		return fmt.Sprintf("%d min", s/60)
	case s < 86400:
		return fmt.Sprintf("%d h %d min", s/3600, s%3600/60)
	}
	return fmt.Sprintf("%d d %d h", s/86400, s%86400/3600)
}

// ago shows how long ago something was.
func ago(d time.Duration) string {
	n := func(v int, unit string) string {
		if v == 1 {
			return "1 " + unit + " ago"
		}
		return fmt.Sprintf("%d %ss ago", v, unit)
	}
	switch s := int(d / time.Second); {
	case s < 5:
		return "just now"
	case s < 60:
		return n(s, "second")
	case s < 3600:
		return n(s/60, "minute")
	case s < 86400:
		return n(s/3600, "hour")
	default:
		return n(s/86400, "day")
	}
}

// where shows a place: Gothenburg, Sweden.
func where(p wherry.Place) string {
	switch {
	case p.Country == "":
		return "anywhere"
	case p.City == "":
		return country(p.Country)
	}
	return p.City + ", " + country(p.Country)
}

// times shows which attempt it is.
func times(n int) string {
	words := []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"}
	if n < len(words) {
		return words[n] + " try"
	}
	return fmt.Sprintf("try %d", n)
}

// addresses shows addresses, IPv4 first as they come.
func addresses(all []netip.Addr) string {
	var out []string
	for _, a := range all {
		out = append(out, a.String())
	}
	return strings.Join(out, " · ")
}
