package dns_test

import (
	"testing"

	"github.com/wherrynet/wherry/internal/needs"
	"golang.org/x/sys/unix"
)

// mounted makes a file a mount of itself, as containers have it.
func mounted(t *testing.T, path string) {
	t.Helper()
	needs.Root(t)
	if err := unix.Mount(path, path, "", unix.MS_BIND, ""); err != nil {
		needs.Missing(t, "mounts ("+err.Error()+")")
	}
	t.Cleanup(func() { _ = unix.Unmount(path, unix.MNT_DETACH) })
}
