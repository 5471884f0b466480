package node

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/guard"
)

// nobody is the user and group of whoever has no other (65534 on every Linux).
const nobody = 65534

// OpenDaemon takes this computer's tunnel over. It is called as root and does, in
// this order: claim the state directory, read what only root can read, make the
// socket, start the guard with root's rights, and give up its own for good. What
// talks to strangers is opened after that.
func (c Config) OpenDaemon(ctx context.Context, o DaemonOptions) (_ *Daemon, err error) {
	if os.Geteuid() != 0 {
		return nil, wherry.Errorf(wherry.Forbidden, "the daemon has to be started as root, to start its guard; it gives root's rights up at once. wherry proxy needs no root")
	}
	d := &Daemon{log: c.log()}
	defer func() {
		if err != nil {
			d.Close()
		}
	}()
	c.State = or(c.State, DaemonState)
	uid, gid, err := c.Daemon.who()
	if err != nil {
		return nil, err
	}
	if d.Group, err = c.Daemon.group(); err != nil {
		return nil, err
	}
	if err = fixed(c.State); err != nil {
		return nil, err
	}
	if d.close, err = claim(c.State); err != nil {
		return nil, err
	}
	network, pass, err := c.asRoot()
	if err != nil {
		return nil, err
	}
	if err := handOver(c.State, uid, gid); err != nil {
		return nil, err
	}
	owner, share := socketOf(uid, gid, d.Group)
	d.UID = uint32(owner)
	if d.Listener, err = o.Listen(ctx, or(c.Daemon.Socket, DaemonSocket), owner, share); err != nil {
		return nil, err
	}
	keeper, err := guard.Start(GuardCommand(o.GuardDir))
	if err != nil {
		return nil, err
	}
	d.guard = keeper
	defer func() {
		if err != nil { // nobody runs it: see it off
			gone, stop := context.WithCancel(ctx)
			stop()
			_ = keeper.Run(gone)
		}
	}()
	if err := guard.Drop(uid, gid); err != nil {
		return nil, err
	}
	if _, err := os.ReadDir(c.State); err != nil {
		return nil, wherry.Errorf(wherry.Forbidden, "user %d, whom the daemon becomes, cannot reach its state directory: %w; see to it that every directory above it lets others through", uid, err)
	}
	c.log().Info("root's rights are given up", "uid", uid, "gid", gid)
	c.Network = filepath.Join(c.State, "network.toml")
	if err := writeNew(c.Network, network); err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "state directory: %w", err)
	}
	c.PasswordFile, c.Passphrase = "", func() (string, error) { return pass, nil }
	settings := settingsFile(filepath.Join(c.State, "settings"))
	held, err := settings.load()
	if err != nil {
		return nil, err
	}
	d.cfg = c
	d.VPN, err = c.OpenVPN(ctx, VPNOptions{Guard: keeper, Settings: held, Save: settings.save})
	return d, err
}

// asRoot returns what only root may be able to read: the text of the network and
// the passphrase, which stays in memory. It writes nothing: the state directory
// belongs to somebody else by now, who might have put a link there.
func (c Config) asRoot() (network []byte, pass string, err error) {
	n, err := LoadNetwork(c.Network)
	if err != nil {
		return nil, "", err
	}
	if network, err = n.Encode(); err != nil {
		return nil, "", err
	}
	if dir := os.Getenv("CREDENTIALS_DIRECTORY"); c.PasswordFile == "" && dir != "" {
		if f := filepath.Join(dir, "password"); exists(f) {
			c.PasswordFile = f
		}
	}
	pass, err = c.ReadPassphrase()
	return network, pass, err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// who returns whom the daemon becomes.
func (d DaemonConfig) who() (uid, gid int, err error) {
	name := d.User
	if name == "" {
		name = "wherry"
		if _, err := user.Lookup(name); err != nil {
			return nobody, nobody, nil //nolint:nilerr // the system has no user for us
		}
	}
	u, err := user.Lookup(name)
	if err != nil {
		u, err = user.LookupId(name)
	}
	if n, bad := strconv.Atoi(name); err != nil && bad == nil && n > 0 {
		return n, n, nil // a number that has no name
	}
	if err != nil {
		return 0, 0, wherry.Errorf(wherry.Invalid, "daemon.user: there is no user %q: adduser --system --group %s", name, name)
	}
	if uid, err = strconv.Atoi(u.Uid); err == nil {
		gid, err = strconv.Atoi(u.Gid)
	}
	if err != nil || uid == 0 || gid == 0 {
		return 0, 0, wherry.Errorf(wherry.Invalid, "daemon.user: %s has rights that the daemon has to give up", name)
	}
	return uid, gid, nil
}

// socketOf returns whose the socket is. Whoever reaches it spends money: where the
// daemon has no user of its own, other programs are that user too, and it is root's.
func socketOf(uid, gid int, group *uint32) (owner, share int) {
	owner, share = uid, gid
	if uid == nobody {
		owner, share = 0, 0
	}
	if group != nil {
		share = int(*group)
	}
	return owner, share
}

// group returns the group whose members may use the socket; nil where there is
// none.
func (d DaemonConfig) group() (*uint32, error) {
	name := or(d.Group, "wherry")
	g, err := user.LookupGroup(name)
	if err != nil {
		g, err = user.LookupGroupId(name)
	}
	if err != nil {
		if d.Group == "" {
			return nil, nil
		}
		return nil, wherry.Errorf(wherry.Invalid, "daemon.group: there is no group %q: addgroup --system %s", name, name)
	}
	n, err := strconv.ParseUint(g.Gid, 10, 32)
	id := uint32(n)
	return &id, err
}

// goingDown reports whether this computer is being shut down, where systemd can
// say. Where it cannot, nobody knows.
func goingDown(ctx context.Context) bool {
	if !exists("/run/systemd/system") {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	out, _ := exec.CommandContext(ctx, "systemctl", "is-system-running").Output() // its exit status says whether all is well
	return strings.TrimSpace(string(out)) == "stopping"
}

// fixed refuses a state directory whose path somebody else than root can change: what
// root made in the directory is handed over to the daemon's user, and must not be what
// a link that was put in its place leads to. The directory itself may be that user's.
func fixed(dir string) error {
	full, err := filepath.Abs(dir)
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "state directory: %w", err)
	}
	at := "/"
	parts := strings.Split(strings.Trim(full, "/"), "/")
	const mostLinks = 32
	for links := 0; len(parts) > 0; {
		above, err := os.Lstat(at)
		if err != nil {
			return nil //nolint:nilerr // the rest is not there yet: we make it
		}
		mode, uid := above.Mode(), ownerOf(above)
		if uid != 0 || mode&0o022 != 0 && mode&fs.ModeSticky == 0 {
			return wherry.Errorf(wherry.Forbidden, "state directory %s: others than root can exchange what is in %s; the daemon's default is %s", dir, at, DaemonState)
		}
		next := filepath.Join(at, parts[0])
		parts = parts[1:]
		st, err := os.Lstat(next)
		if err != nil {
			return nil //nolint:nilerr // see above
		}
		if mode&fs.ModeSticky != 0 && ownerOf(st) != 0 { // whose it is may exchange it
			return wherry.Errorf(wherry.Forbidden, "state directory %s: %s is not root's, and can be exchanged; the daemon's default is %s", dir, next, DaemonState)
		}
		if st.Mode().Type() != fs.ModeSymlink {
			at = next
			continue
		}
		to, err := os.Readlink(next)
		if links++; err != nil || links > mostLinks {
			return wherry.Errorf(wherry.Invalid, "state directory %s: %s leads nowhere", dir, next)
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(at, to)
		}
		at, parts = "/", append(strings.Split(strings.Trim(filepath.Clean(to), "/"), "/"), parts...)
	}
	return nil
}

// ownerOf returns whose a file is.
func ownerOf(st fs.FileInfo) uint32 {
	sys, ok := st.Sys().(*syscall.Stat_t)
	if !ok {
		return nobody
	}
	return sys.Uid
}

// claim makes this process the one daemon of a state directory, which is made when
// it is not there. What it returns gives the claim back.
func claim(dir string) (release func(), err error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "state directory: %w", err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, wherry.Errorf(wherry.Invalid, "state directory: %w", err)
	}
	path := filepath.Join(dir, "daemon.lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0o600)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "state directory: %w", err)
	}
	// What has a second name may be somebody's elsewhere, and is about to be emptied.
	st, err := f.Stat()
	if sys, ok := st.Sys().(*syscall.Stat_t); err != nil || !ok || !st.Mode().IsRegular() || sys.Nlink > 1 {
		return nil, errors.Join(wherry.Errorf(wherry.Invalid, "state directory: %s is no file of the daemon's", path), f.Close())
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		var b [16]byte
		n, _ := f.Read(b[:]) // without a number it says that
		pid := or(strings.TrimSpace(string(b[:n])), "of unknown number")
		return nil, wherry.Errorf(wherry.Conflict, "a daemon owns %s already: process %s; wherry status asks it", dir, pid)
	}
	err = f.Truncate(0)
	if err == nil {
		_, err = fmt.Fprintf(f, "%d\n", os.Getpid())
	}
	if err != nil {
		return nil, errors.Join(wherry.Errorf(wherry.Invalid, "state directory: %w", err), f.Close())
	}
	return func() { _ = f.Close() }, nil // the lock goes with it
}

// handOver gives what root has made in a directory to whom the daemon becomes: a
// key that was made with sudo, or the directory itself. What belongs to others
// stays theirs, a file with a second name may be somebody's elsewhere, and no link
// leads out of the directory, whatever is done to it meanwhile.
func handOver(dir string, uid, gid int) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "state directory: %w", err)
	}
	defer root.Close()
	err = fs.WalkDir(root.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		st, ok := info.Sys().(*syscall.Stat_t)
		if !ok || st.Uid != 0 || st.Nlink > 1 && !e.IsDir() {
			return nil
		}
		return root.Lchown(path, uid, gid)
	})
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "state directory: %w", err)
	}
	return nil
}
