package journal

import (
	"errors"
	"os"
	"syscall"
)

// syncData is fdatasync: the size is synced where it changed, the times are not.
func syncData(f *os.File) error {
	for {
		err := syscall.Fdatasync(int(f.Fd()))
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
