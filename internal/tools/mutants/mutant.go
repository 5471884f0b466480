package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// A mutant is one guard taken out, and the test that has to notice.
type mutant struct {
	Rule    string // of the list in docs/security.md
	Without string // what is missing, in words
	File    string // from the root of the module
	From    string // stands in it once
	To      string
	Test    string // name of the test
	Pkg     string // of the test; that of File when empty
}

func (m mutant) solidity() bool { return strings.HasSuffix(m.File, ".sol") }

func (m mutant) pkg() string {
	if m.Pkg != "" {
		return m.Pkg
	}
	return path.Dir(m.File)
}

// apply returns the file without the guard.
func (m mutant) apply(root string) ([]byte, error) {
	raw, err := os.ReadFile(filepath.Join(root, m.File))
	if err != nil {
		return nil, err
	}
	if n := strings.Count(string(raw), m.From); n != 1 {
		return nil, fmt.Errorf("%s: %q stands there %d times", m.File, m.From, n)
	}
	return []byte(strings.Replace(string(raw), m.From, m.To, 1)), nil
}

// try runs the test without the guard, and returns how it failed: nothing when
// it passed. A program that does not compile is an error, and not a failed test.
func (m mutant) try(ctx context.Context) (string, error) {
	root, err := os.Getwd()
	if err != nil {
		return "", err
	}
	mutated, err := m.apply(root)
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(dir) }() // a temporary folder
	if m.solidity() {
		return m.tryContract(ctx, root, dir, mutated)
	}
	file, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	text, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, m.File): file}})
	if err != nil {
		return "", err
	}
	if err := errors.Join(os.WriteFile(file, mutated, 0o600), os.WriteFile(overlay, text, 0o600)); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-count", "1", "-timeout", "5m", "-overlay", overlay, "-run", "^"+m.Test+"$", "./"+m.pkg())
	return verdict(cmd, "--- FAIL: "+m.Test, "panic: test timed out")
}

// tryContract runs a forge test in a copy of the contracts.
func (m mutant) tryContract(ctx context.Context, root, dir string, mutated []byte) (string, error) {
	from, to := filepath.Join(root, "contracts"), filepath.Join(dir, "contracts")
	if err := os.CopyFS(to, withoutModules{os.DirFS(from)}); err != nil {
		return "", err
	}
	modules, err := filepath.EvalSymlinks(filepath.Join(from, "node_modules"))
	if err != nil {
		return "", fmt.Errorf("npm ci in contracts first: %w", err)
	}
	name := filepath.Join(dir, m.File)
	if err := errors.Join(os.Symlink(modules, filepath.Join(to, "node_modules")), os.WriteFile(name, mutated, 0o600)); err != nil {
		return "", err
	}
	contract, test, _ := strings.Cut(m.Test, ".")
	cmd := exec.CommandContext(ctx, "./forge", "test", "--match-path", "test/"+contract+".t.sol", "--match-test", "^"+test+"\\b")
	cmd.Dir = to
	cmd.Env = append(os.Environ(), "FOUNDRY_OPTIMIZER=false") // it means the same, and compiles in half the time
	return verdict(cmd, "[FAIL")
}

func verdict(cmd *exec.Cmd, failed ...string) (string, error) {
	out, err := cmd.CombinedOutput()
	exit, died := errors.AsType[*exec.ExitError](err)
	switch {
	case err == nil && strings.Contains(string(out), "no tests to run"):
		return string(out), errors.New("there is no such test")
	case err == nil:
		return "", nil
	case !died:
		return string(out), err
	}
	for _, f := range failed {
		if strings.Contains(string(out), f) {
			return string(out), nil
		}
	}
	return string(out), fmt.Errorf("it did not come to the test: %w", exit)
}
