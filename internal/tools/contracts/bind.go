package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// bind makes the Go binding of a contract with the pinned abigen.
func (c contract) bind(root string) (output, error) {
	tmp, err := os.MkdirTemp("", "bind")
	if err != nil {
		return output{}, err
	}
	defer os.RemoveAll(tmp)
	abi, bin, out := filepath.Join(tmp, "abi"), filepath.Join(tmp, "bin"), filepath.Join(tmp, "out.go")
	if err := os.WriteFile(abi, c.ABI, 0o600); err != nil {
		return output{}, err
	}
	if err := os.WriteFile(bin, []byte(c.Bytecode), 0o600); err != nil {
		return output{}, err
	}
	cmd := exec.Command("go", "tool", "-modfile=tools/abigen/go.mod", "abigen", "--v2",
		"--abi", abi, "--bin", bin, "--pkg", "bindings", "--type", c.Name, "--out", out)
	cmd.Dir = root
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return output{}, fmt.Errorf("abigen %s: %w: %s", c.Name, err, said.Bytes())
	}
	code, err := os.ReadFile(out)
	if err != nil {
		return output{}, err
	}
	return output{"chain/evm/bindings/" + strings.ToLower(c.Name) + "_gen.go", code}, nil
}
