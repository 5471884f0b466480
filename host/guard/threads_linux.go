package guard

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// allThreads makes a system call on every thread of the process: the kernel keeps
// rights per thread. In a build with cgo it answers ENOTSUP.
func allThreads(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, errno syscall.Errno) {
	return syscall.AllThreadsSyscall(trap, a1, a2, a3)
}

func capset(header *unix.CapUserHeader, data *unix.CapUserData) syscall.Errno {
	_, _, errno := syscall.AllThreadsSyscall(unix.SYS_CAPSET, uintptr(unsafe.Pointer(header)), uintptr(unsafe.Pointer(data)), 0)
	return errno
}
