package node

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/needs"
)

func TestOneDaemonPerStateDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lib", "state")
	release, err := claim(dir)
	if err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(dir); err != nil || st.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", st, err)
	}
	_, err = claim(dir)
	if wherry.CodeOf(err) != wherry.Conflict || !strings.Contains(err.Error(), "process "+strconv.Itoa(os.Getpid())) {
		t.Errorf("a second one: %v", err)
	}
	release()
	if again, err := claim(dir); err != nil {
		t.Errorf("after the first: %v", err)
	} else {
		again()
	}
	// A link in the place of the lock leads nowhere.
	victim := filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(victim, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	lock := filepath.Join(dir, "daemon.lock")
	if err := errors.Join(os.Remove(lock), os.Symlink(victim, lock)); err != nil {
		t.Fatal(err)
	}
	if _, err := claim(dir); err == nil {
		t.Error("it follows a link")
	}
	if err := errors.Join(os.Remove(lock), os.Link(victim, lock)); err != nil {
		t.Fatal(err)
	}
	if _, err := claim(dir); err == nil {
		t.Error("it takes a file that has another name")
	}
	if b, _ := os.ReadFile(victim); string(b) != "mine" {
		t.Error("and has written there")
	}
}

func TestWhomTheDaemonBecomes(t *testing.T) {
	for name, want := range map[string]int{"nobody": 65534, "65534": 65534, "31415": 31415} {
		if uid, gid, err := (DaemonConfig{User: name}).who(); err != nil || uid != want || gid != want {
			t.Errorf("%s: %d %d %v", name, uid, gid, err)
		}
	}
	for _, bad := range []string{"root", "0", "-1", "no-such-user-here", "4294967296000"} {
		if uid, _, err := (DaemonConfig{User: bad}).who(); wherry.CodeOf(err) != wherry.Invalid && bad != "4294967296000" || err == nil && bad != "4294967296000" {
			t.Errorf("%s: %d %v", bad, uid, err)
		}
	}
	if g, err := (DaemonConfig{Group: "root"}).group(); err != nil || g == nil || *g != 0 {
		t.Errorf("%v %v", g, err)
	}
	if _, err := (DaemonConfig{Group: "no-such-group-here"}).group(); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("got %v", err)
	}
}

// Programs that run as nobody do not spend our money, because we run so too.
func TestSocketIsNotNobodys(t *testing.T) {
	group := uint32(31000)
	for _, c := range []struct {
		uid, gid     int
		group        *uint32
		owner, share int
	}{
		{31415, 31416, nil, 31415, 31416},
		{31415, 31416, &group, 31415, 31000},
		{nobody, nobody, nil, 0, 0},
		{nobody, nobody, &group, 0, 31000},
	} {
		if owner, share := socketOf(c.uid, c.gid, c.group); owner != c.owner || share != c.share {
			t.Errorf("a daemon of %d: the socket is %d's, and of group %d", c.uid, owner, share)
		}
	}
}

// What root made is handed over, and nothing outside of the directory is.
func TestStateIsHandedOver(t *testing.T) {
	needs.Root(t)
	const uid = 31415
	dir, outside := t.TempDir(), t.TempDir()
	owner := func(path string) uint32 {
		t.Helper()
		st, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		return st.Sys().(*syscall.Stat_t).Uid
	}
	sub := filepath.Join(dir, "keystore")
	err := errors.Join(
		os.Mkdir(sub, 0o700),
		os.WriteFile(filepath.Join(sub, "key"), nil, 0o600),
		os.WriteFile(filepath.Join(dir, "theirs"), nil, 0o600), os.Chown(filepath.Join(dir, "theirs"), 999, 999),
		os.WriteFile(filepath.Join(outside, "linked"), nil, 0o600), os.Link(filepath.Join(outside, "linked"), filepath.Join(dir, "second-name")),
		os.WriteFile(filepath.Join(outside, "target"), nil, 0o600), os.Symlink(filepath.Join(outside, "target"), filepath.Join(dir, "link")),
		os.Mkdir(filepath.Join(outside, "folder"), 0o700), os.WriteFile(filepath.Join(outside, "folder", "file"), nil, 0o600),
		os.Symlink(filepath.Join(outside, "folder"), filepath.Join(dir, "folder")),
	)
	if err != nil {
		t.Fatal(err)
	}
	if err := handOver(dir, uid, uid); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]uint32{
		dir: uid, sub: uid, filepath.Join(sub, "key"): uid, filepath.Join(dir, "theirs"): 999, filepath.Join(dir, "second-name"): 0,
		filepath.Join(outside, "linked"): 0, filepath.Join(outside, "target"): 0, filepath.Join(outside, "folder", "file"): 0, outside: 0,
	} {
		if got := owner(path); got != want {
			t.Errorf("%s belongs to %d, want %d", path, got, want)
		}
	}
}

// Whoever can exchange a directory on the way to the state would be handed over what
// root has elsewhere.
func TestStateWhoseWayIsSomebodyElses(t *testing.T) {
	needs.Root(t)
	dir := t.TempDir()
	at := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	err := errors.Join(
		os.MkdirAll(at("fixed", "state"), 0o755), os.Chown(at("fixed", "state"), 999, 999), // after the first start
		os.MkdirAll(at("home", "state"), 0o755), os.Chown(at("home"), 999, 999),
		os.MkdirAll(at("home", "deep", "state"), 0o755),
		os.MkdirAll(at("open", "state"), 0o755), os.Chmod(at("open"), 0o777),
		os.MkdirAll(at("sticky", "state"), 0o755), os.Chmod(at("sticky"), 0o777|os.ModeSticky),
		os.MkdirAll(at("sticky", "theirs"), 0o755), os.Chown(at("sticky", "theirs"), 999, 999),
		os.Symlink("../fixed/state", at("sticky", "link")), os.Lchown(at("sticky", "link"), 999, 999),
		os.Symlink("fixed", at("ours")), os.Symlink(at("home"), at("away")), os.Symlink("round", at("round")),
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, good := range []string{at("fixed", "state"), at("fixed", "new", "er"), at("sticky", "state"), at("ours", "state")} {
		if err := fixed(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{
		at("home", "state"), at("home", "deep", "state"), at("home", "new"), at("open", "state"), at("sticky", "theirs"), at("sticky", "link"), at("away", "state"), at("round"),
	} {
		if err := fixed(bad); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
	// The daemon asks.
	c := Config{State: at("home", "state"), Network: at("none.toml")}
	if _, err := c.OpenDaemon(t.Context(), DaemonOptions{}); wherry.CodeOf(err) != wherry.Forbidden {
		t.Errorf("the daemon: %v", err)
	}
}

// Without root the daemon says what to do instead.
func TestDaemonNeedsRoot(t *testing.T) {
	if os.Getenv("WHERRY_TEST_DAEMON") != "" || os.Geteuid() != 0 {
		_, err := Config{}.OpenDaemon(t.Context(), DaemonOptions{})
		if wherry.CodeOf(err) != wherry.Forbidden || !strings.Contains(err.Error(), "wherry proxy") {
			t.Errorf("got %v", err)
		}
		return
	}
	self, err := os.Open("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	defer self.Close()
	cmd := exec.CommandContext(t.Context(), "/proc/self/fd/3", "-test.run=TestDaemonNeedsRoot")
	cmd.ExtraFiles = []*os.File{self}
	cmd.Env, cmd.Dir = []string{"WHERRY_TEST_DAEMON=1"}, "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// A daemon that cannot begin leaves no claim, no socket and no guard behind.
func TestDaemonThatCannotBegin(t *testing.T) {
	needs.Root(t)
	dir := t.TempDir()
	c := Config{State: filepath.Join(dir, "state"), Network: filepath.Join(dir, "none.toml")}
	if _, err := c.OpenDaemon(t.Context(), DaemonOptions{}); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("without a network: %v", err)
	}
	release, err := claim(c.State)
	if err != nil {
		t.Fatalf("the claim stays: %v", err)
	}
	release()
}
