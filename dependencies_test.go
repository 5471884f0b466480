package wherry_test

import (
	"bufio"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// requires returns the modules that go.mod requires directly, with versions.
func requires(t *testing.T) map[string]string {
	t.Helper()
	direct := map[string]string{}
	inside := false
	for s := bufio.NewScanner(strings.NewReader(readText(t, "go.mod"))); s.Scan(); {
		line := strings.TrimSpace(s.Text())
		switch {
		case strings.HasPrefix(line, "require ("):
			inside = true
			continue
		case line == ")":
			inside = false
		}
		line, one := strings.CutPrefix(line, "require ")
		if !inside && !one || strings.HasSuffix(line, "// indirect") {
			continue
		}
		if f := strings.Fields(line); len(f) >= 2 {
			direct[f[0]] = f[1]
		}
	}
	if len(direct) < 5 {
		t.Fatalf("only %d modules were found in go.mod", len(direct))
	}
	return direct
}

var dependencyRow = regexp.MustCompile("(?m)^\\| `([^` ]+) (v[^` ]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|")

// Every module that we chose has a row that says why, and no row outlives it.
func TestDependenciesAreExplained(t *testing.T) {
	rows := map[string]string{}
	for _, m := range dependencyRow.FindAllStringSubmatch(readText(t, "docs/dependencies.md"), -1) {
		rows[m[1]] = m[2]
		for _, cell := range m[3:] {
			if strings.TrimSpace(cell) == "" {
				t.Errorf("the row of %s has an empty cell", m[1])
			}
		}
	}
	direct := requires(t)
	for _, name := range slices.Sorted(maps.Keys(direct)) {
		switch rows[name] {
		case direct[name]:
		case "":
			t.Errorf("docs/dependencies.md does not say why we depend on %s %s", name, direct[name])
		default:
			t.Errorf("docs/dependencies.md has %s %s, go.mod has %s", name, rows[name], direct[name])
		}
		delete(rows, name)
	}
	for name := range rows {
		t.Errorf("docs/dependencies.md explains %s, which go.mod does not require", name)
	}
}

// What the product links is what whoever runs it has to trust. Go's own modules
// are left out, and so is what only the tests need.
func TestDependenciesAreFew(t *testing.T) {
	const most = 20
	linked := links(t, "./cmd/wherry")
	var chosen []string
	for name := range requires(t) {
		if !strings.HasPrefix(name, "golang.org/x/") && len(forbidden(linked, name)) > 0 {
			chosen = append(chosen, name)
		}
	}
	slices.Sort(chosen)
	if len(chosen) > most || len(chosen) < 5 {
		t.Errorf("the product links %d modules that we chose, %v: at most %d", len(chosen), chosen, most)
	}
}
