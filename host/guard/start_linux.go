package guard

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// ChildFD is where a process that Start made finds its end of the socket pair.
const ChildFD = 3

// leave is how long the guard is waited for when its client goes: it closes what
// was open first.
const leave = 10 * time.Second

// Start starts the guard as a process of its own, with this one's rights: call it
// before Drop. The command has to hand its descriptor ChildFD to Serve; see Child.
func Start(command []string) (*Client, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("start the guard: %w", err)
	}
	mine, theirs := os.NewFile(uintptr(fds[0]), "guard"), os.NewFile(uintptr(fds[1]), "guard")
	defer theirs.Close()
	conn, err := unixConn(mine)
	if err != nil {
		return nil, err
	}
	//nolint:noctx // it outlives every request; closing its socket ends it
	cmd := exec.Command(command[0], command[1:]...)
	cmd.ExtraFiles = []*os.File{theirs}
	cmd.Stderr = os.Stderr
	// A terminal's interrupt is for the daemon, which then ends the guard in order.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start the guard: %w", err), conn.Close())
	}
	c := NewClient(conn)
	c.child = cmd
	return c, nil
}

// Child returns the socket of a process that Start made.
func Child() (*net.UnixConn, error) {
	unix.CloseOnExec(ChildFD)
	return unixConn(os.NewFile(ChildFD, "guard"))
}

func unixConn(f *os.File) (*net.UnixConn, error) {
	defer f.Close()
	c, err := net.FileConn(f)
	if err != nil {
		return nil, fmt.Errorf("socket of the guard: %w", err)
	}
	u, ok := c.(*net.UnixConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("socket of the guard: it is a %s", c.LocalAddr().Network()), c.Close())
	}
	return u, nil
}

// wait sees the guard's process off. One that does not go is killed: the rules
// that it leaves are those that it last put in place.
func wait(cmd *exec.Cmd) error {
	late := time.AfterFunc(leave, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("the guard: %w", err)
	}
	return nil
}

// Limit takes every right from this process but CAP_NET_ADMIN, for good. It is
// for the guard's own process, whose user stays root so that it can write files
// of root. It needs a build without cgo, and says so otherwise.
func Limit() error {
	const version3 = 0x20080522 // _LINUX_CAPABILITY_VERSION_3
	header := unix.CapUserHeader{Version: version3}
	data := [2]unix.CapUserData{{Effective: 1 << unix.CAP_NET_ADMIN, Permitted: 1 << unix.CAP_NET_ADMIN}}
	if _, _, errno := allThreads(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0); errno != 0 {
		return fmt.Errorf("give up rights: %w", errno)
	}
	if errno := capset(&header, &data[0]); errno != 0 {
		return fmt.Errorf("give up rights: %w", errno)
	}
	return nil
}

// Drop makes the calling process an unprivileged user's, on all of its threads and
// for good. What Start started keeps its rights.
func Drop(uid, gid int) error {
	if uid == 0 || gid == 0 {
		return fmt.Errorf("give up rights: user %d and group %d still have them", uid, gid)
	}
	if err := syscall.Setgroups(nil); err != nil {
		return fmt.Errorf("give up groups: %w", err)
	}
	if err := syscall.Setresgid(gid, gid, gid); err != nil {
		return fmt.Errorf("become group %d: %w", gid, err)
	}
	if err := syscall.Setresuid(uid, uid, uid); err != nil {
		return fmt.Errorf("become user %d: %w", uid, err)
	}
	// A program that this process starts may not win back what it gave up. Where
	// the build has cgo the runtime cannot say so on every thread: then file modes
	// alone keep that.
	if _, _, errno := allThreads(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0); errno != 0 && errno != syscall.ENOTSUP {
		return fmt.Errorf("give up rights: %w", errno)
	}
	return nil
}
