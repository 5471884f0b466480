package hub

import (
	"context"
	"os"
	"runtime/debug"
	runtimemetrics "runtime/metrics"
	"time"
)

// garbage is how much memory may be waiting to be collected. By default the runtime
// lets it grow to as much as is in use, which would double a hub of many channels;
// and since a book at rest has no pointers in it, collecting more often costs little.
const garbage = 32 << 20

// BoundGarbage keeps what a process holds above what it uses at about 32 MiB,
// however large the book is, until ctx ends. It is for a process that is a hub, and
// is begun before Open. The variable GOGC, when set, wins.
func BoundGarbage(ctx context.Context) {
	if os.Getenv("GOGC") != "" {
		return
	}
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	t := time.NewTicker(250 * time.Millisecond)
	defer t.Stop()
	live := []runtimemetrics.Sample{{Name: "/gc/heap/live:bytes"}}
	for last := 0; ; {
		runtimemetrics.Read(live)
		if p := gcPercent(live[0].Value.Uint64()); p != last {
			debug.SetGCPercent(p)
			last = p
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// gcPercent returns how much more than live the heap may grow.
func gcPercent(live uint64) int {
	const least, most = 10, 400
	return int(min(max(garbage*100/max(live, 1), least), most))
}
