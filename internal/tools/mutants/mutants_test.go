package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const root = "../../.."

// TestTableFitsTheCode sees to it that each guard stands where the table says,
// and each test exists. Whether the tests fail without them, the program says.
func TestTableFitsTheCode(t *testing.T) {
	rules := map[string]bool{}
	for _, m := range table {
		rules[m.Rule] = true
		if _, err := m.apply(root); err != nil {
			t.Errorf("%s, %s: %v", m.Rule, m.Without, err)
		}
		if !exists(t, m) {
			t.Errorf("%s: there is no test %s in %s", m.Rule, m.Test, m.pkg())
		}
	}
	for _, r := range strings.Fields("R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16") {
		if !rules[r] {
			t.Errorf("no guard of %s is in the table", r)
		}
	}
}

func exists(t *testing.T, m mutant) bool {
	t.Helper()
	files, name := filepath.Join(root, m.pkg(), "*_test.go"), `(?m)^func `+m.Test+`\(`
	if m.solidity() {
		contract, test, _ := strings.Cut(m.Test, ".")
		files, name = filepath.Join(root, "contracts/test", contract+".t.sol"), `function `+test+`\(`
	}
	all, err := filepath.Glob(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if regexp.MustCompile(name).Match(b) {
			return true
		}
	}
	return false
}

// TestMutantThatChangesNothingIsAlive shows that a guard which no test misses is
// told from one that is missed.
func TestMutantThatChangesNothingIsAlive(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a package")
	}
	t.Chdir(root)
	m := mutant{File: "payment/channel/epoch.go", From: "want %d", To: "and not %d", Test: "TestPromisesOnlyGrow"}
	if out, err := m.try(t.Context()); err != nil || out != "" {
		t.Fatalf("found, or not tried: %v\n%s", err, out)
	}
	m.From, m.To = "return e[:], nil", "return e[:]"
	if _, err := m.try(t.Context()); err == nil {
		t.Error("what does not compile counts as found")
	}
}
