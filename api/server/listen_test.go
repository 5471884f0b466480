package server

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// The socket's mode and owner are given to the socket, and not to what somebody has
// put in its place: the folder may be theirs.
func TestOnlyASocketIsSettled(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	victim := filepath.Join(outside, "victim")
	err := errors.Join(
		os.WriteFile(victim, nil, 0o600), os.Symlink(victim, filepath.Join(dir, "link")),
		os.Link(victim, filepath.Join(dir, "second-name")),
	)
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, name := range []string{"link", "second-name"} {
		if err := settle(root, name, os.Getuid(), os.Getgid()); err == nil {
			t.Errorf("%s is taken for a socket", name)
		}
	}
	if st, err := os.Stat(victim); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("the file elsewhere: %v, %v", st, err)
	}
}
