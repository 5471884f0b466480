package catalogue

import (
	"os"
	"testing"
	"time"
)

// BreakDisk gives c a file that is always full.
func (c *Catalogue) BreakDisk(t *testing.T) {
	t.Helper()
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.disk = &diskLog{f: f, path: "/dev/full"}
}

// Load admits the entries of b as those of a file; see load.
func (c *Catalogue) Load(b []byte, now time.Time) int { return c.load(b, now) }

// Entry is raw as the file holds it.
func Entry(raw []byte) []byte { return appendEntry(nil, letterOffer, raw) }
