package stream

import (
	"bytes"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wherrynet/wherry/payment/journal"
	"github.com/wherrynet/wherry/payment/journal/stream/streamtest"
)

// recordOf64 is about what a hub records of a batch of 64 promises.
const recordOf64 = 64*190 + 300

// BenchmarkBatchesOf64 appends and commits records of the size of 64 promises from
// 32 callers at once, in three servers that sync each write, in three that sync
// now and then, and on this disk.
//
//	go test -run - -bench BatchesOf64 ./payment/journal/stream
func BenchmarkBatchesOf64(b *testing.B) {
	for _, c := range []struct {
		name string
		open func(*testing.B) journal.Opener
	}{
		{"ThreeServers", func(b *testing.B) journal.Opener {
			return quick(b, streamtest.New(b, 3), "bench", 3).Opener(b.Context())
		}},
		{"Disk", func(b *testing.B) journal.Opener { return journal.Config{Dir: b.TempDir()}.Opener() }},
	} {
		b.Run(c.name, func(b *testing.B) {
			l, _, err := c.open(b)(nothing, nothing)
			if err != nil {
				b.Fatal(err)
			}
			record := bytes.Repeat([]byte("r"), recordOf64)
			var left, waited atomic.Int64
			left.Store(int64(b.N))
			var wg sync.WaitGroup
			b.ResetTimer()
			for range 32 {
				wg.Go(func() {
					for left.Add(-1) >= 0 {
						began := time.Now()
						n, err := l.Append(record)
						if err == nil {
							err = l.Commit(n)
						}
						if err != nil {
							b.Error(err)
							return
						}
						waited.Add(int64(time.Since(began)))
					}
				})
			}
			wg.Wait()
			b.StopTimer()
			b.ReportMetric(float64(b.N*64)/b.Elapsed().Seconds(), "promises/s")
			b.ReportMetric(float64(waited.Load())/float64(b.N)/1e6, "ms/commit")
			if err := l.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
