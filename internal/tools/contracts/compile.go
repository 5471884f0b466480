package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// targets are the contracts that are deployed, and so committed in compiled form.
var targets = []string{"Hubs", "Token"}

// settings are those of contracts/foundry.toml; both must make the same bytecode.
var settings = map[string]any{
	"viaIR":      true,
	"evmVersion": "osaka",
	"optimizer":  map[string]any{"enabled": true, "runs": 20_000},
	"metadata":   map[string]any{"bytecodeHash": "none", "appendCBOR": false},
	"remappings": []string{"solady/=node_modules/solady/src/"},
	"outputSelection": map[string]any{
		"*": map[string]any{"*": []string{"abi", "evm.bytecode.object"}},
	},
}

// contract is one compiled contract.
type contract struct {
	Name     string          `json:"name"`
	Compiler string          `json:"compiler"`
	ABI      json.RawMessage `json:"abi"`
	Bytecode string          `json:"bytecode"` // creation code, 0x…
}

// compile compiles the targets with everything they import.
func compile(root string) ([]contract, error) {
	dir := filepath.Join(root, "contracts")
	sources := map[string]any{}
	for _, name := range targets {
		if err := addSource(dir, "src/"+name+".sol", sources); err != nil {
			return nil, err
		}
	}
	input, err := json.Marshal(map[string]any{"language": "Solidity", "sources": sources, "settings": settings})
	if err != nil {
		return nil, err
	}
	raw, err := solc(dir, input, "--standard-json")
	if err != nil {
		return nil, err
	}
	version, err := solc(dir, nil, "--version")
	if err != nil {
		return nil, err
	}
	return pick(raw, compilerVersion(version))
}

// pick takes the targets out of the compiler's answer, or its errors.
func pick(raw []byte, version string) ([]contract, error) {
	var answer struct {
		Errors []struct {
			Severity         string `json:"severity"`
			FormattedMessage string `json:"formattedMessage"`
		} `json:"errors"`
		Contracts map[string]map[string]struct {
			ABI json.RawMessage `json:"abi"`
			EVM struct {
				Bytecode struct {
					Object string `json:"object"`
				} `json:"bytecode"`
			} `json:"evm"`
		} `json:"contracts"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, fmt.Errorf("compiler's answer: %w", err)
	}
	var errs []error
	for _, e := range answer.Errors {
		if e.Severity == "error" {
			errs = append(errs, errors.New(e.FormattedMessage))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	var out []contract
	for _, name := range targets {
		c, ok := answer.Contracts["src/"+name+".sol"][name]
		if !ok || c.EVM.Bytecode.Object == "" {
			return nil, fmt.Errorf("compiler gave no bytecode for %s", name)
		}
		out = append(out, contract{name, version, c.ABI, "0x" + c.EVM.Bytecode.Object})
	}
	return out, nil
}

var importPath = regexp.MustCompile(`(?m)^import\s[^;]*?"([^"]+)";`)

// addSource reads a source and, in turn, what it imports, as the compiler names them.
func addSource(dir, name string, into map[string]any) error {
	if _, ok := into[name]; ok {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return fmt.Errorf("source (are the npm packages installed?): %w", err)
	}
	into[name] = map[string]string{"content": string(text)}
	for _, m := range importPath.FindAllSubmatch(text, -1) {
		path := string(m[1])
		if rest, ok := strings.CutPrefix(path, "solady/"); ok {
			path = "node_modules/solady/src/" + rest
		} else {
			path = filepath.ToSlash(filepath.Join(filepath.Dir(name), path))
		}
		if err := addSource(dir, path, into); err != nil {
			return err
		}
	}
	return nil
}

func solc(dir string, input []byte, args ...string) ([]byte, error) {
	cmd := exec.Command("node", append([]string{"solc.mjs"}, args...)...)
	cmd.Dir = dir
	cmd.Stdin = bytes.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("solc: %w: %s", err, stderr.Bytes())
	}
	return out, nil
}

// compilerVersion takes 0.8.37+commit.… out of what the compiler says of itself.
func compilerVersion(text []byte) string {
	_, after, _ := strings.Cut(string(text), "Version: ")
	version, _, _ := strings.Cut(strings.TrimSpace(after), ".Linux")
	return version
}

// artefact is the contract as contracts/abi holds it.
func (c contract) artefact() output {
	var abi bytes.Buffer
	if err := json.Indent(&abi, c.ABI, "  ", "  "); err != nil {
		panic(err) // it was decoded as JSON before
	}
	text := fmt.Sprintf("{\n  \"name\": %q,\n  \"compiler\": %q,\n  \"abi\": %s,\n  \"bytecode\": %q\n}\n",
		c.Name, c.Compiler, abi.Bytes(), c.Bytecode)
	return output{"contracts/abi/" + c.Name + ".json", []byte(text)}
}
