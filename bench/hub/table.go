package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// build says with which cryptography this program was built.
func build() string {
	if cgo {
		return "cgo, libsecp256k1"
	}
	return "no cgo"
}

// machine names the computer as far as Linux tells.
func machine() string {
	name := runtime.GOARCH
	if f, err := os.Open("/proc/cpuinfo"); err == nil {
		defer f.Close()
		for s := bufio.NewScanner(f); s.Scan(); {
			if k, v, ok := strings.Cut(s.Text(), ":"); ok && strings.TrimSpace(k) == "model name" {
				name = strings.TrimSpace(v)
				break
			}
		}
	}
	return fmt.Sprintf("%d × %s, %s, %s", runtime.GOMAXPROCS(0), name, runtime.GOOS, runtime.Version())
}

// print writes the tables in the form that docs/performance.md holds.
func (r *result) print(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s, %s, %s; median of %d rounds; the run took %s\n\n",
		time.Now().UTC().Format(time.DateOnly), machine(), r.build, r.set.rounds, r.took.Round(time.Second))
	fmt.Fprintln(out, "| candidate | batches of | hub CPU per promise | crypto alone | share of that ceiling | promises/s, loader on the same cores | by CPU used | p50 / p99 when full | p50 / p99 at half load |")
	fmt.Fprintln(out, "|---|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, v := range r.rows {
		var full []time.Duration
		for _, s := range v.slices {
			full = append(full, s.waits...)
		}
		half := "–"
		if len(v.half) > 0 {
			half = waits(v.half)
		}
		fmt.Fprintf(out, "| %s | %d | %.1f µs | %.1f µs | %.2f | %.1fk | %.1fk | %s | %s |\n",
			v.name, v.size, v.cpu(), v.ceiling(), v.share(), v.rate()/1000, v.median(slice.capacity)/1000, waits(full), half)
	}
	r.targets(out)
	r.shares(out)
	if l := r.large; l != nil {
		l.print(out)
	}
	return out.Flush()
}

// targets holds the hub against what it has to reach: as it was said, and for a
// machine that is as fast as this one was during the run.
func (r *result) targets(out io.Writer) {
	fmt.Fprintln(out, "\n| batches of | crypto alone, here and on the machine of reference | hub CPU per promise | at most | at most, at the speed of here | promises/s | at least | at least, at the speed of here |")
	fmt.Fprintln(out, "|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, v := range r.rows {
		t, ok := targets[v.size]
		if !ok || v.name != "hub" {
			continue
		}
		s := t.scaled(v.size, v.ceiling())
		fmt.Fprintf(out, "| %d | %.1f µs, %.1f µs: %.2f | %.1f µs | %.0f µs%s | %.1f µs%s | %.1fk | %.0fk%s | %.1fk%s |\n",
			v.size, v.ceiling(), reference.perPromise(v.size), v.ceiling()/reference.perPromise(v.size),
			v.cpu(), t.cpu, missed(v.cpu() > t.cpu), s.cpu, missed(v.cpu() > s.cpu),
			v.rate()/1000, t.rate/1000, missed(v.rate() < t.rate), s.rate/1000, missed(v.rate() < s.rate))
	}
}

func missed(is bool) string {
	if is {
		return " (missed)"
	}
	return ""
}

// shares says what a check and a signature cost, and what part of the cores the
// loader took.
func (r *result) shares(out io.Writer) {
	var check, sign []float64
	var loader, all float64
	for _, v := range r.rows {
		for _, s := range v.slices {
			if v.program == "" {
				check, sign = append(check, float64(s.crypto.Check.Nanoseconds())/1e3), append(sign, float64(s.crypto.Sign.Nanoseconds())/1e3)
			}
			loader += s.loader.Seconds()
			all += s.loader.Seconds() + s.hub.Seconds()
		}
	}
	if len(check) == 0 {
		return
	}
	fmt.Fprintf(out, "\nCrypto alone: %.1f µs to check a promise (%.1f to %.1f), %.1f µs to sign a payout (%.1f to %.1f). The loader took %.0f %% of the CPU in use.\n",
		quantile(check, 0.5), slices.Min(check), slices.Max(check), quantile(sign, 0.5), slices.Min(sign), slices.Max(sign), 100*loader/all)
}

func (l *large) print(out io.Writer) {
	fmt.Fprintf(out, "\n| %d channels, each of which has paid | |\n|---|--:|\n", l.channels)
	fmt.Fprintf(out, "| on disk: a snapshot, and %d MiB of records behind it | %d MB |\n", tailBytes>>20, l.disk/1e6)
	fmt.Fprintf(out, "| cold start: from the start of the process until it serves | %.1f s |\n", quantile(l.start, 0.5).Seconds())
	fmt.Fprintf(out, "| resident memory after the start | %.0f MB |\n", megabytes(l.idle))
	fmt.Fprintf(out, "| resident memory after load | %.0f MB |\n", megabytes(l.loaded))
	fmt.Fprintf(out, "| promises/s in batches of 64, and with %dk channels; median of the turns' ratios | %.1fk, %.1fk: %.2f |\n",
		smallBook/1000, l.big.rate()/1000, l.small.rate()/1000, l.ratio(slice.rate))
	fmt.Fprintf(out, "| hub CPU per promise, and with %dk channels; median of the turns' ratios | %.1f µs, %.1f µs: %.2f |\n",
		smallBook/1000, l.big.cpu(), l.small.cpu(), l.ratio(slice.perPromise))
	if v := l.busy; v != nil {
		fmt.Fprintf(out, "| with an order open in each: cold start | %.1f s |\n", quantile(v.start, 0.5).Seconds())
		fmt.Fprintf(out, "| with an order open in each: resident memory after the start, and after load | %.0f MB, %.0f MB |\n", megabytes(v.idle), megabytes(v.loaded))
		fmt.Fprintf(out, "| with an order open in each: hub CPU per promise | %.1f µs |\n", v.big.cpu())
	}
}

func megabytes(bytes []int64) float64 {
	var all []float64
	for _, b := range bytes {
		all = append(all, float64(b)/1e6)
	}
	return quantile(all, 0.5)
}

func waits(all []time.Duration) string {
	ms := func(q float64) float64 { return float64(quantile(all, q).Microseconds()) / 1000 }
	return fmt.Sprintf("%.1f / %.1f ms", ms(0.5), ms(0.99))
}
