// Package whole writes small files that are there as a whole or not at all: a
// configuration, what is remembered of a hub, where a node is asked. Whoever reads
// one finds the old bytes or the new ones, also after a power cut, and however many
// write it at the same time.
package whole

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// Write puts b at path, for the owner alone, in place of what was there. It is on
// the disk when Write returns. Of those who write at the same time one is last; none
// touches what another has not finished.
func Write(path string, b []byte) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the error says more
		}
	}()
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes a directory's entries durable. Windows has no such call and no
// need of one.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
