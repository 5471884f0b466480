package keystore

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/wherrynet/wherry"
)

// fileName is geth's: the time in UTC with nanoseconds, its colons replaced,
// and the address without 0x.
func fileName(a wherry.Address, now time.Time) string {
	return "UTC--" + now.UTC().Format("2006-01-02T15-04-05.000000000Z") + "--" + hex.EncodeToString(a[:])
}

// writeNew makes path with data, whole and on the disk, or not at all. The file
// must not exist. What was written is read back and given to check before it
// gets its name.
func writeNew(path string, data []byte, check func([]byte) error) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".new-*") // mode 0600; a name that Scan passes over
	if err != nil {
		return err
	}
	defer func() {
		f.Close()           // a second close does nothing; the first one is checked below
		os.Remove(f.Name()) // the link, if made, stays
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	back, err := os.ReadFile(f.Name())
	if err != nil {
		return err
	}
	if err := check(back); err != nil {
		return fmt.Errorf("what was written does not read back: %w", err)
	}
	// A link, unlike a rename, fails where the name is taken.
	if err := os.Link(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes the directory's entries durable. Windows has no such call and
// no need of one.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
