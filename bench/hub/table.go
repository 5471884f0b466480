package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
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

func median(all []ceiling, size int) float64 {
	var v []float64
	for _, c := range all {
		v = append(v, c.perPromise(size))
	}
	return quantile(v, 0.5)
}

// print writes the tables in the form that docs/performance.md holds.
func (r *result) print(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s, %s, %s; median of %d rounds; the run took %s\n\n",
		time.Now().UTC().Format(time.DateOnly), machine(), r.build, r.set.rounds, r.took.Round(time.Second))
	fmt.Fprintln(out, "| candidate | batches of | hub CPU per promise | crypto alone | share of that ceiling | promises/s, loader on the same cores | p50 / p99 when full | p50 / p99 at half load |")
	fmt.Fprintln(out, "|---|--:|--:|--:|--:|--:|--:|--:|")
	for _, v := range r.rows {
		c := median(r.crypto, v.size)
		if v.program != "" {
			c = median(r.pure, v.size)
		}
		var full []time.Duration
		for _, s := range v.slices {
			full = append(full, s.waits...)
		}
		half := "–"
		if len(v.half) > 0 {
			half = waits(v.half)
		}
		fmt.Fprintf(out, "| %s | %d | %.1f µs | %.1f µs | %.2f | %.1fk | %s | %s |\n",
			v.name, v.size, v.cpu(), c, c/v.cpu(), v.rate()/1000, waits(full), half)
	}
	r.shares(out)
	if l := r.large; l != nil {
		l.print(out)
	}
	return out.Flush()
}

// shares says what a check and a signature cost, and what part of the cores the
// loader took.
func (r *result) shares(out io.Writer) {
	var check, sign []float64
	for _, c := range r.crypto {
		check, sign = append(check, float64(c.Check.Nanoseconds())/1e3), append(sign, float64(c.Sign.Nanoseconds())/1e3)
	}
	var loader, all float64
	for _, v := range r.rows {
		for _, s := range v.slices {
			loader += s.loader.Seconds()
			all += s.loader.Seconds() + s.hub.Seconds()
		}
	}
	fmt.Fprintf(out, "\nCrypto alone: %.1f µs to check a promise, %.1f µs to sign a payout. The loader took %.0f %% of the CPU in use.\n",
		quantile(check, 0.5), quantile(sign, 0.5), 100*loader/all)
}

func (l *large) print(out io.Writer) {
	var idle, loaded []float64
	for i := range l.idle {
		idle, loaded = append(idle, float64(l.idle[i])/1e6), append(loaded, float64(l.loaded[i])/1e6)
	}
	fmt.Fprintf(out, "\n| %d channels, each of which has paid | |\n|---|--:|\n", l.channels)
	fmt.Fprintf(out, "| on disk: a snapshot, and %d MiB of records behind it | %d MB |\n", tailBytes>>20, l.disk/1e6)
	fmt.Fprintf(out, "| cold start: from the start of the process until it serves | %.1f s |\n", quantile(l.start, 0.5).Seconds())
	fmt.Fprintf(out, "| resident memory after the start | %.0f MB |\n", quantile(idle, 0.5))
	fmt.Fprintf(out, "| resident memory after load | %.0f MB |\n", quantile(loaded, 0.5))
	fmt.Fprintf(out, "| promises/s in batches of 64, and with %dk channels | %.1fk, %.1fk: %.2f |\n",
		smallBook/1000, l.big.rate()/1000, l.small.rate()/1000, l.big.rate()/l.small.rate())
	fmt.Fprintf(out, "| hub CPU per promise, and with %dk channels | %.1f µs, %.1f µs |\n", smallBook/1000, l.big.cpu(), l.small.cpu())
}

func waits(all []time.Duration) string {
	ms := func(q float64) float64 { return float64(quantile(all, q).Microseconds()) / 1000 }
	return fmt.Sprintf("%.1f / %.1f ms", ms(0.5), ms(0.99))
}
