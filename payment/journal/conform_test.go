package journal_test

import (
	"testing"

	"github.com/wherrynet/wherry/payment/journal"
	"github.com/wherrynet/wherry/payment/journal/journaltest"
)

// TestConformance runs the suite of all journals on the one on disk: on a disk
// of the computer's, with segments of several sizes.
func TestConformance(t *testing.T) {
	for name, bytes := range map[string]int64{"one segment": 0, "many segments": 300} {
		t.Run(name, func(t *testing.T) {
			journaltest.Run(t, func(t *testing.T) journaltest.Place {
				fs := &mortal{}
				c := journal.Config{Dir: t.TempDir(), SegmentBytes: bytes, FS: fs}
				return journaltest.Place{
					Open:  c.Opener(),
					Crash: fs.die, Break: func() { fs.broken.Store(true) }, Mend: func() { fs.broken.Store(false) },
				}
			})
		})
	}
}
