package server

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/wherrynet/wherry"
)

// socketMode lets the owner and the group connect.
const socketMode = 0o660

// Listen makes the socket. Its folder is made when it is not there; the socket
// of a node that is gone is taken away, and one that answers is a Conflict. With
// owner and group below zero they stay what they are.
func Listen(ctx context.Context, path string, owner, group int) (*net.UnixListener, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "socket: %w", err)
	}
	if err := clearStale(ctx, path); err != nil {
		return nil, err
	}
	// Under a name of its own until its mode is right: nobody connects before.
	at := path + ".new"
	_ = os.Remove(at) // left by a start that was cut off
	l, err := new(net.ListenConfig).Listen(ctx, "unix", at)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "socket %s: %w", path, err)
	}
	u := l.(*net.UnixListener)
	u.SetUnlinkOnClose(false) // the name is another by then
	err = errors.Join(os.Chmod(at, socketMode))
	if err == nil && (owner >= 0 || group >= 0) {
		err = os.Chown(at, owner, group)
	}
	if err == nil {
		err = os.Rename(at, path)
	}
	if err != nil {
		_ = u.Close()
		_ = os.Remove(at)
		return nil, wherry.Errorf(wherry.Invalid, "socket %s: %w", path, err)
	}
	return u, nil
}

// clearStale takes away what a node left that was killed. Anything but a socket
// stays.
func clearStale(ctx context.Context, path string) error {
	st, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "socket: %w", err)
	}
	if st.Mode().Type() != fs.ModeSocket {
		return wherry.Errorf(wherry.Conflict, "socket %s: something else is there", path)
	}
	d := net.Dialer{Timeout: time.Second}
	c, err := d.DialContext(ctx, "unix", path)
	if err == nil {
		_ = c.Close()
		return wherry.Errorf(wherry.Conflict, "socket %s: a node answers there already", path)
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return wherry.Errorf(wherry.Conflict, "socket %s: %w", path, err)
	}
	return os.Remove(path)
}
