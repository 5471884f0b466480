package guard

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/wherrynet/wherry"
	"golang.org/x/sys/unix"
)

const lockName = "guard.lock"

// claim makes this the one guard of a directory, until the file is closed. One that is
// about to end, and closes what was open for a daemon that is gone, is waited for: two
// would write over each other's rules, and over what was there before them.
func claim(dir string, wait time.Duration) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("directory of the guard: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("directory of the guard: %w", err)
	}
	const again = 20 * time.Millisecond
	for end := time.Now().Add(wait); ; time.Sleep(again) {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err == nil {
			return f, nil
		}
		if err != unix.EWOULDBLOCK && err != unix.EINTR || !time.Now().Before(end) {
			_ = f.Close()
			return nil, wherry.Errorf(wherry.Conflict, "another guard runs: end its daemon first (%w)", err)
		}
	}
}
