package journal

import (
	"errors"
	"os"
	"syscall"
)

// syncData is fdatasync: the size is synced where it changed, the times are not.
func syncData(f *os.File) error {
	return again(func() error { return syscall.Fdatasync(int(f.Fd())) })
}

// allocate is fallocate, which gives the file its size and its blocks, so that
// syncing what is written into it changes neither. A file system without it gets
// zeros written.
func allocate(f *os.File, size int64) error {
	err := again(func() error { return syscall.Fallocate(int(f.Fd()), 0, 0, size) })
	if errors.Is(err, syscall.EOPNOTSUPP) || errors.Is(err, syscall.ENOSYS) {
		return writeZeros(f, size)
	}
	return err
}

// again repeats a call that a signal interrupted.
func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
