package hub

import (
	"fmt"
	"io"
	"sort"
	"strconv"
	"sync/atomic"
	"time"
)

// timing counts durations in classes, as a Prometheus histogram. It is safe for
// concurrent use.
type timing struct {
	bounds []float64 // seconds, ascending
	counts []atomic.Uint64
	nanos  atomic.Int64
}

func newTiming(bounds ...float64) *timing {
	return &timing{bounds: bounds, counts: make([]atomic.Uint64, len(bounds)+1)}
}

func (t *timing) observe(d time.Duration) {
	t.counts[sort.SearchFloat64s(t.bounds, d.Seconds())].Add(1)
	t.nanos.Add(int64(d))
}

// write writes the classes, each with all smaller ones in it, as the format
// wants it. labels may be empty, or as in path="/x".
func (t *timing) write(w io.Writer, metric, labels string) {
	sep := ""
	if labels != "" {
		sep = ","
	}
	var sum uint64
	for i := range t.counts {
		sum += t.counts[i].Load()
		le := "+Inf"
		if i < len(t.bounds) {
			le = strconv.FormatFloat(t.bounds[i], 'g', -1, 64)
		}
		fmt.Fprintf(w, "wherry_hub_%s_bucket{%s%sle=%q} %d\n", metric, labels, sep, le, sum)
	}
	if labels != "" {
		labels = "{" + labels + "}"
	}
	fmt.Fprintf(w, "wherry_hub_%s_sum%s %g\n", metric, labels, time.Duration(t.nanos.Load()).Seconds())
	fmt.Fprintf(w, "wherry_hub_%s_count%s %d\n", metric, labels, sum)
}
