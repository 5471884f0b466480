package catalogue

import (
	"os"
	"testing"
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
