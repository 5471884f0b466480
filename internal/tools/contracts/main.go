// Command contracts makes what is committed about the contracts: the compiled
// artefacts in contracts/abi, the Go bindings in chain/evm/bindings and the
// signature vectors in contracts/vectors.
//
// It runs the pinned compiler of contracts/node_modules (so Node is needed
// here, and only here) and the pinned abigen of tools/abigen/go.mod. With -check it
// writes nothing, and fails if what it would write differs by one byte from
// what is there.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	check := flag.Bool("check", false, "compare with what is there instead of writing")
	root := flag.String("root", ".", "the repository")
	flag.Parse()
	if err := run(*root, *check); err != nil {
		fmt.Fprintln(os.Stderr, "contracts:", err)
		os.Exit(1)
	}
}

// output is a file to be: its path below the repository, and its bytes.
type output struct {
	path string
	data []byte
}

func run(root string, check bool) error {
	contracts, err := compile(root)
	if err != nil {
		return err
	}
	var outputs []output
	for _, c := range contracts {
		outputs = append(outputs, c.artefact())
		bound, err := c.bind(root)
		if err != nil {
			return err
		}
		outputs = append(outputs, bound)
	}
	for _, extra := range extras {
		more, err := extra()
		if err != nil {
			return err
		}
		outputs = append(outputs, more...)
	}
	slices.SortFunc(outputs, func(a, b output) int { return bytes.Compare([]byte(a.path), []byte(b.path)) })

	var stale []error
	for _, o := range outputs {
		full := filepath.Join(root, o.path)
		old, err := os.ReadFile(full)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		same := err == nil && bytes.Equal(old, o.data)
		switch {
		case same:
		case check:
			stale = append(stale, fmt.Errorf("%s is not what the sources make of it", o.path))
		default:
			if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(full, o.data, 0o644); err != nil {
				return err
			}
			fmt.Println("wrote", o.path)
		}
	}
	return errors.Join(stale...)
}

// extras are further things to write, each beside the code that makes it.
var extras []func() ([]output, error)
