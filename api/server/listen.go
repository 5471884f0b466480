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
	// Under a name of its own until its mode is right: nobody connects before. The
	// folder may be somebody else's: no link of theirs is followed out of it.
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "socket %s: %w", path, err)
	}
	defer root.Close()
	at := path + ".new"
	name, hidden := filepath.Base(path), filepath.Base(at)
	_ = os.Remove(at) // left by a start that was cut off
	l, err := new(net.ListenConfig).Listen(ctx, "unix", at)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "socket %s: %w", path, err)
	}
	u := l.(*net.UnixListener)
	u.SetUnlinkOnClose(false) // the name is another by then
	err = settle(root, hidden, owner, group)
	if err == nil {
		err = root.Rename(hidden, name)
	}
	if err != nil {
		_ = u.Close()
		_ = root.Remove(hidden)
		return nil, wherry.Errorf(wherry.Invalid, "socket %s: %w", path, err)
	}
	return u, nil
}

// settle gives a socket its mode and owner, and nothing else that is at its name.
func settle(root *os.Root, name string, owner, group int) error {
	st, err := root.Lstat(name)
	if err == nil && st.Mode().Type() != fs.ModeSocket {
		err = wherry.Errorf(wherry.Conflict, "somebody has exchanged it")
	}
	if err == nil {
		err = root.Chmod(name, socketMode)
	}
	if err == nil && (owner >= 0 || group >= 0) {
		err = root.Lchown(name, owner, group)
	}
	return err
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
