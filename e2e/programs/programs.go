// Package programs builds the programs under test, as they are released. The test
// mains of the end-to-end packages call it.
package programs

import (
	"fmt"
	"os"
	"os/exec"
)

// With builds wherry and wherrydev into a directory that exists while use runs, and
// returns what use returns, or 1 if they do not build. Anybody may read the
// directory: some tests run the programs as another user.
func With(use func(dir string) int) int {
	dir, err := os.MkdirTemp("", "wherry-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	build := exec.Command("go", "build", "-trimpath", "-o", dir, "github.com/wherrynet/wherry/cmd/wherry", "github.com/wherrynet/wherry/cmd/wherrydev") //nolint:noctx // it ends by itself
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return use(dir)
}
