//go:build unix

package keystore

import (
	"path/filepath"
	"syscall"
	"testing"
)

// Opening a pipe waits for somebody to write to it, which may be never.
func TestPipeInTheDirectoryDoesNotHang(t *testing.T) {
	s := cheap(t)
	if err := syscall.Mkfifo(filepath.Join(s.Dir(), "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	infos, skipped, err := s.Scan()
	if err != nil || len(infos) != 0 || len(skipped) != 1 {
		t.Errorf("scan: %v, %v, %v; want the pipe skipped", infos, skipped, err)
	}
}
