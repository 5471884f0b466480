package wherry_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	testName   = regexp.MustCompile("`(Test\\w+)`")
	inPackage  = regexp.MustCompile("in\\s+`([\\w/]+)`")
	rehearsed  = regexp.MustCompile(`(?s)Rehearsed by (.*?)\n\n`)
	runbook    = regexp.MustCompile(`(?m)runbook: (\S+)#(\S+)`)
	notInWords = regexp.MustCompile(`[^a-z0-9 -]`)
)

// anchor returns the name by which a heading is linked to.
func anchor(heading string) string {
	return strings.ReplaceAll(notInWords.ReplaceAllString(strings.ToLower(heading), ""), " ", "-")
}

// Every bad day in docs/recovery.md is rehearsed by tests that exist.
func TestBadDaysAreRehearsed(t *testing.T) {
	pages := strings.Split(readText(t, "docs/recovery.md")+"\n\n", "\n## ")
	if len(pages) < 6 {
		t.Fatalf("%d pages", len(pages))
	}
	for _, page := range pages[1:] {
		title, _, _ := strings.Cut(page, "\n")
		m := rehearsed.FindStringSubmatch(page + "\n\n")
		if m == nil {
			t.Errorf("%q names no test", title)
			continue
		}
		names := testName.FindAllStringSubmatch(m[1], -1)
		rooms := inPackage.FindAllStringSubmatch(m[1], -1)
		if len(names) == 0 || len(rooms) == 0 {
			t.Errorf("%q: name tests as `TestX` in `package`", title)
		}
		for _, n := range names {
			found := false
			for _, r := range rooms {
				found = found || hasTest(t, r[1], n[1])
			}
			if !found {
				t.Errorf("%q is said to be rehearsed by %s, which is not there", title, n[1])
			}
		}
	}
}

// hasTest reports whether a package has a test of a name.
func hasTest(t *testing.T, room, test string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.FromSlash(room), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "\nfunc "+test+"(t *testing.T)") {
			return true
		}
	}
	return false
}

// Every alert sends its reader to a page that is there.
func TestAlertsHaveRunbooks(t *testing.T) {
	links := runbook.FindAllStringSubmatch(readText(t, "packaging/prometheus/hub.rules.yml"), -1)
	if len(links) < 5 {
		t.Fatalf("%d alerts name a page", len(links))
	}
	for _, l := range links {
		found := false
		for line := range strings.Lines(readText(t, l[1])) {
			h, ok := strings.CutPrefix(line, "## ")
			found = found || ok && anchor(strings.TrimSpace(h)) == l[2]
		}
		if !found {
			t.Errorf("%s has no heading %q", l[1], l[2])
		}
	}
}
