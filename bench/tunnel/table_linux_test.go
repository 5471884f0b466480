package tunnel

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wherrynet/wherry/service/cloak"
)

// A figure is measured of every contender in every round; its ratios are taken within
// a round, so that what else the computer does weighs on both sides, and the median
// of the rounds' ratios counts.
type figure struct {
	name    string
	unit    string
	udp     bool // proxies of TCP have none
	measure func(*contender) float64
}

// target is what a figure of ours should be, as a multiple of somebody else's.
type target struct {
	of     string
	least  float64
	figure string // "": each of TCP's
}

var targets = []target{
	{"bare", 0.95, ""},
	{"upstream", 1.15, ""},
	{"openvpn", 5, ""},
	{"shadowsocks", 1, ""},
	{"upstream", 1.05, "small"},
	{"openvpn", 1, "small"},
}

// only chooses contenders for a closer look, with the first table alone.
var only = flag.String("only", "", "contenders, with commas between them")

// ours is the contender that the targets are about.
const ours = "wherry"

func (l *lab) measure(w *website, all []*contender) string {
	tcp := func(streams int, up bool) func(*contender) float64 {
		return func(c *contender) float64 { return c.stream(w, streams, up) }
	}
	figures := []figure{
		{name: "1 up", unit: "Gbit/s", measure: tcp(1, true)},
		{name: "4 up", unit: "Gbit/s", measure: tcp(4, true)},
		{name: "1 down", unit: "Gbit/s", measure: tcp(1, false)},
		{name: "small", unit: "kpps", udp: true, measure: func(c *contender) float64 { return c.small(w) }},
	}
	got := make(map[string]map[string][]float64) // by figure and contender, one a round
	for _, f := range figures {
		got[f.name] = make(map[string][]float64)
	}
	for round := range *rounds + 1 { // the first doesn't count
		for _, f := range figures {
			for i := range all {
				c := all[i]
				if round%2 == 1 { // every other round the other way round
					c = all[len(all)-1-i]
				}
				if f.udp && c.tcpOnly {
					continue
				}
				if v := f.measure(c); round > 0 {
					got[f.name][c.name] = append(got[f.name][c.name], v)
				}
			}
		}
	}
	var s strings.Builder
	fmt.Fprintf(&s, "%-12s", "")
	for _, f := range figures {
		fmt.Fprintf(&s, " %14s", f.name+" "+f.unit)
	}
	fmt.Fprintf(&s, " %20s\n", "peak MB near, far")
	for _, c := range all {
		fmt.Fprintf(&s, "%-12s", c.name)
		for _, f := range figures {
			fmt.Fprintf(&s, " %14s", cell(got[f.name][c.name], "%.2f"))
		}
		if len(c.processes) == 2 {
			_, near := c.processes[0].rss()
			_, far := c.processes[1].rss()
			fmt.Fprintf(&s, " %13.0f %6.0f", near, far)
		}
		s.WriteString("\n")
	}
	fmt.Fprintf(&s, "\n%s as a multiple of\n", ours)
	for _, c := range all {
		if c.name == ours {
			continue
		}
		fmt.Fprintf(&s, "%-12s", c.name)
		for _, f := range figures {
			fmt.Fprintf(&s, " %14s", cell(ratios(got[f.name][ours], got[f.name][c.name]), "%.2f"))
		}
		for _, t := range targets {
			if t.of != c.name {
				continue
			}
			for _, f := range figures {
				if t.figure == f.name || t.figure == "" && !f.udp {
					r := ratios(got[f.name][ours], got[f.name][c.name])
					if len(r) > 0 {
						fmt.Fprintf(&s, "   %s %s %.2f", f.name, map[bool]string{true: "≥", false: "MISSES"}[median(r) >= t.least], t.least)
					}
				}
			}
		}
		s.WriteString("\n")
	}
	return s.String()
}

// ratios divides round by round.
func ratios(a, b []float64) (out []float64) {
	for i := range min(len(a), len(b)) {
		if b[i] > 0 {
			out = append(out, a[i]/b[i])
		}
	}
	return out
}

func cell(all []float64, format string) string {
	if len(all) == 0 {
		return "-"
	}
	return fmt.Sprintf(format, median(all))
}

// delays is the second table: round trips, in milliseconds.
func (l *lab) delays(w *website, all []*contender) string {
	type row struct{ idle, idle99, load, load99 []float64 }
	rows := make(map[string]*row)
	tenth := make(map[string]float64)
	for _, c := range all {
		if !c.tcpOnly {
			rows[c.name] = &row{}
			tenth[c.name] = c.stream(w, 1, true) / 10
		}
	}
	tenth["veth"] = tenth[ours] // what it carries itself is of no interest
	for range *rounds {
		for _, c := range all {
			r := rows[c.name]
			if r == nil {
				continue
			}
			a, b := c.delay(0)
			d, e := c.delay(tenth[c.name])
			r.idle, r.idle99, r.load, r.load99 = append(r.idle, a), append(r.idle99, b), append(r.load, d), append(r.load99, e)
		}
	}
	var s strings.Builder
	fmt.Fprintf(&s, "%-12s %12s %12s %12s %12s %16s\n", "ms", "idle p50", "p99", "10 % p50", "p99", "added at 10 %")
	for _, c := range all {
		r := rows[c.name]
		if r == nil {
			continue
		}
		var added []float64
		for i := range r.load {
			added = append(added, r.load[i]-rows["veth"].load[i])
		}
		fmt.Fprintf(&s, "%-12s %12.2f %12.2f %12.2f %12.2f %16.2f\n", c.name, median(r.idle), median(r.idle99), median(r.load), median(r.load99), median(added))
	}
	return s.String()
}

// BenchmarkWhole prints the tables of docs/performance.md for whole machines.
func BenchmarkWhole(b *testing.B) {
	l := newLab(b)
	w := serveWeb(b, l.web)
	var all []*contender
	for _, o := range []struct {
		name  string
		start func(name string) *contender
	}{
		{"veth", l.raw},
		{"bare", l.own("bare", "bare", cloak.Key{})},
		{"upstream", l.upstream},
		{ours, l.own("consumer", "provider", cloak.NewKey())},
		{"unmasked", l.own("consumer", "provider", cloak.Key{})},
		{"proxy", l.own("proxy", "provider", cloak.Key{})},
		{"forwarder", l.own("consumer", "forwarder", cloak.Key{})},
		{"openvpn", l.openvpn},
		{"shadowsocks", l.shadowsocks},
	} {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), o.name) {
			continue
		}
		if program, ok := programs[o.name]; ok && !installed(program) {
			b.Logf("%s is not installed, and %s not measured", program, o.name)
			continue
		}
		all = append(all, o.start(o.name))
	}
	for _, c := range all {
		c.await()
	}
	fmt.Printf("\nTCP and small packets, medians of %d rounds of %v s\n\n%s", *rounds, *seconds, l.measure(w, all))
	if *only != "" {
		return
	}
	fmt.Printf("\nround trips\n\n%s", l.delays(w, all))
	fmt.Printf("\none provider\n\n%s", l.many(b))
}

// BenchmarkMany is the third table alone.
func BenchmarkMany(b *testing.B) { fmt.Print(newLab(b).many(b)) }
