package main

import (
	"flag"
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
	held := map[string]bool{}
	for _, m := range table {
		held[m.Rule] = true
		if _, err := m.apply(root); err != nil {
			t.Errorf("%s, %s: %v", m.Rule, m.Without, err)
		}
		if !exists(t, m) {
			t.Errorf("%s: there is no test %s in %s", m.Rule, m.Test, m.pkg())
		}
	}
	for _, r := range rules {
		if !held[r.name] {
			t.Errorf("no guard of %s is in the table", r.name)
		}
		delete(held, r.name)
	}
	for r := range held {
		t.Errorf("nobody says what rule %s is", r)
	}
}

var update = flag.Bool("update", false, "write the table into docs/security.md")

// The table in docs/security.md is made of the one here.
func TestRulesInTheManual(t *testing.T) {
	const name, begin, end = root + "/docs/security.md", "<!-- rules begin -->\n", "<!-- rules end -->"
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(raw), begin)
	old, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatal("docs/security.md has no place for the rules")
	}
	if old == manual() {
		return
	}
	if !*update {
		t.Fatal("docs/security.md has other rules: go test ./internal/tools/mutants -run InTheManual -update")
	}
	if err := os.WriteFile(name, []byte(before+begin+manual()+end+after), 0o644); err != nil {
		t.Fatal(err)
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
