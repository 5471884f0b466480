package whole

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Many write one file at the same time: whoever reads it finds one of the texts as a
// whole, at every moment, and nothing is left behind.
func TestWritersDoNotClash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := Write(path, bytes.Repeat([]byte{'a'}, 4096)); err != nil {
		t.Fatal(err)
	}
	var writing, reading sync.WaitGroup
	stop := make(chan struct{})
	reading.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			b, err := os.ReadFile(path)
			if err != nil || len(b) != 4096 || !bytes.Equal(b, bytes.Repeat(b[:1], 4096)) {
				t.Errorf("%d bytes, %v", len(b), err)
				return
			}
		}
	})
	for i := range 8 {
		writing.Go(func() {
			for range 20 {
				if err := Write(path, bytes.Repeat([]byte{byte('a' + i)}, 4096)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	close(stop)
	reading.Wait()
	all, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(all) != 1 {
		t.Errorf("%d files, %v", len(all), err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestFailedWriteLeavesWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, []byte("x")); err == nil {
		t.Fatal("a directory was written over")
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 1 {
		t.Errorf("%d files, %v", len(all), err)
	}
	if err := Write(filepath.Join(dir, "nowhere", "file"), nil); err == nil {
		t.Error("a file in no directory")
	}
}
