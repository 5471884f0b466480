package wherry_test

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"regexp"
	"strings"
	"testing"
)

// A file is about one thing, and one thing fits in 500 lines. excusedLong are
// those that may be longer, with the reason; nothing may be longer than 800.
var excusedLong = map[string]string{}

const (
	longFile    = 500
	tooLongFile = 800
)

// badLength says what is wrong with a file's length, or "".
func badLength(lines int, excused bool) string {
	switch {
	case lines > tooLongFile:
		return fmt.Sprintf("%d lines: more than %d cannot be excused", lines, tooLongFile)
	case lines > longFile && !excused:
		return fmt.Sprintf("%d lines: split it by question, or excuse it with a reason", lines)
	case lines <= longFile && excused:
		return "it is excused and need not be"
	}
	return ""
}

func TestFilesAreShort(t *testing.T) {
	seen := map[string]bool{}
	files(t, []string{".go", ".sol"}, func(name string) {
		text := readText(t, name)
		if generated(text) {
			return
		}
		_, excused := excusedLong[name]
		seen[name] = true
		if bad := badLength(strings.Count(text, "\n"), excused); bad != "" {
			t.Errorf("%s: %s", name, bad)
		}
	})
	for name, why := range excusedLong {
		if !seen[name] || why == "" {
			t.Errorf("%s is excused with the reason %q, and exists: %v", name, why, seen[name])
		}
	}
}

func TestLengthDetector(t *testing.T) {
	for _, c := range []struct {
		lines   int
		excused bool
		bad     bool
	}{
		{500, false, false},
		{501, false, true},
		{501, true, false},
		{801, true, true},
		{500, true, true},
	} {
		if got := badLength(c.lines, c.excused); (got != "") != c.bad {
			t.Errorf("%d lines, excused %v: %q", c.lines, c.excused, got)
		}
	}
}

// The documents that the README promises.
var documents = []string{
	"README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE",
	"docs/overview.md", "docs/glossary.md", "docs/architecture.md", "docs/payments.md", "docs/protocol.md",
	"docs/security.md", "docs/testing.md", "docs/dependencies.md", "docs/json.md", "docs/api.md", "docs/daemon.md", "docs/hub.md", "docs/recovery.md",
}

func TestDocumentsExist(t *testing.T) {
	for _, d := range documents {
		if st, err := os.Stat(d); err != nil || st.Size() < 300 {
			t.Errorf("%s is missing or says nothing: %v", d, err)
		}
	}
}

// link finds the targets of links in Markdown.
var link = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)]*)?\)`)

// deadLinks returns the links of a page, in folder dir, that lead nowhere in the
// repository.
func deadLinks(dir, page string) []string {
	var dead []string
	for _, m := range link.FindAllStringSubmatch(page, -1) {
		if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
			continue
		}
		if _, err := os.Stat(dir + "/" + m[1]); err != nil {
			dead = append(dead, m[1])
		}
	}
	return dead
}

func TestLinksLeadSomewhere(t *testing.T) {
	files(t, []string{".md"}, func(name string) {
		dir := "."
		if i := strings.LastIndex(name, "/"); i >= 0 {
			dir = name[:i]
		}
		for _, l := range deadLinks(dir, readText(t, name)) {
			t.Errorf("%s links to %s, which is not there", name, l)
		}
	})
	if got := deadLinks(".", "[a](no/such/file.md) [b](LICENSE) [c](https://example.org/)"); len(got) != 1 {
		t.Errorf("the detector finds %v", got)
	}
}

// A note to oneself in the tree is a task that nobody has; work that is left
// goes to the tracker, and what is known not to work into the documents.
func TestNoNotesToOneself(t *testing.T) {
	words := []string{"TO" + "DO", "FIX" + "ME", "XX" + "X"}
	files(t, []string{".go", ".sol", ".md", ".sh"}, func(name string) {
		for i, line := range strings.Split(readText(t, name), "\n") {
			for _, w := range words {
				if strings.Contains(line, w) {
					t.Errorf("%s:%d says %s", name, i+1, w)
				}
			}
		}
	})
}

func TestGoFilesAreFormatted(t *testing.T) {
	files(t, []string{".go"}, func(name string) {
		text := []byte(readText(t, name))
		if want, err := format.Source(text); err != nil || !bytes.Equal(want, text) {
			t.Errorf("%s is not formatted: gofmt -w %s (%v)", name, name, err)
		}
	})
}

// private finds what belongs to one machine or one way of fetching things:
// home directories, and the hosts of package registries.
var private = regexp.MustCompile(`/(home|root|Users)/[a-z]` + "|registry" + `\.npm|proxy\.` + "golang|deb" + `\.debian`)

func TestTheTreeNamesNoMachine(t *testing.T) {
	files(t, []string{".go", ".sol", ".md", ".toml", ".yaml", ".yml", ".json", ".mjs", "Makefile", "run"}, func(name string) {
		if m := private.FindString(readText(t, name)); m != "" {
			t.Errorf("%s says %s", name, m)
		}
	})
	for text, want := range map[string]bool{
		"cd /ho" + "me/ada/src": true, "https://registry" + ".npmjs.org/": true, "/homes": false, "a /rootless one": false,
	} {
		if private.MatchString(text) != want {
			t.Errorf("%q is found: %v", text, !want)
		}
	}
}

var schema = regexp.MustCompile(`\bwherry(?:dev)?\.[a-z]+/[0-9]+\b`)

// Every schema that a program prints is in docs/json.md, and no other.
func TestSchemasAreInTheManual(t *testing.T) {
	printed := map[string]bool{}
	files(t, []string{".go"}, func(name string) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, s := range schema.FindAllString(readText(t, name), -1) {
			printed[s] = true
		}
	})
	explained := map[string]bool{}
	for _, s := range schema.FindAllString(readText(t, "docs/json.md"), -1) {
		explained[s] = true
		if !printed[s] {
			t.Errorf("docs/json.md explains %s, which nothing prints", s)
		}
	}
	for s := range printed {
		if !explained[s] {
			t.Errorf("docs/json.md does not explain %s", s)
		}
	}
	if len(printed) < 5 {
		t.Errorf("only %d schemas were found", len(printed))
	}
}
