// Package needs is how a test says that it cannot run without something that a
// machine may lack: a program, root, a kernel feature. Where the thing is
// missing the test is skipped, with a line that says so; where the environment
// has CI set, nothing may be missing and the test fails instead, so that a
// machine that lost a program does not turn half of the tests off in silence.
//
// Only tests call it.
package needs

import (
	"os"
	"os/exec"
	"testing"
)

// Program wants an executable on the path and returns where it is.
func Program(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		Missing(t, "the program "+name)
	}
	return path
}

// Root wants the rights of root: namespaces, TUN devices, nftables.
func Root(t testing.TB) {
	t.Helper()
	if os.Geteuid() != 0 {
		Missing(t, "root")
	}
}

// File wants something at a path, such as /dev/net/tun.
func File(t testing.TB, path string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		Missing(t, path)
	}
}

// Missing ends the test, because what is not there.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("MISSING: this test needs %s, and CI may lack nothing", what)
	}
	t.Skipf("MISSING: this test needs %s", what)
}
