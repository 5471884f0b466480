package wherry_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// badDoc says what is wrong with the package comments of one package, or "".
func badDoc(name string, docs []string) string {
	switch len(docs) {
	case 0:
		return "no file says what the package is for"
	case 1:
	default:
		return fmt.Sprintf("%d files say what the package is for: keep one", len(docs))
	}
	want := "Package " + name + " "
	if name == "main" {
		want = "Command "
	}
	if !strings.HasPrefix(docs[0], want) {
		return fmt.Sprintf("the comment begins %.30q: want %q", docs[0], want)
	}
	// "Package meter implements metering." says nothing that the name does not.
	if len(strings.Fields(docs[0])) < 12 {
		return fmt.Sprintf("the comment is too short to say what it is for: %q", docs[0])
	}
	return ""
}

// docsOf returns the name and the package comments of a package's files.
func docsOf(t *testing.T, p pkg) (name string, docs []string) {
	t.Helper()
	names := append(append([]string{}, p.GoFiles...), p.CgoFiles...)
	if len(names) == 0 { // a package of tests alone
		names = append(append(names, p.TestGoFiles...), p.XTestGoFiles...)
	}
	for _, n := range names {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, n), nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		name = strings.TrimSuffix(f.Name.Name, "_test")
		if f.Doc != nil && !ast.IsGenerated(f) {
			docs = append(docs, f.Doc.Text())
		}
	}
	return name, docs
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, p := range packages(t) {
		name, docs := docsOf(t, p)
		if bad := badDoc(name, docs); bad != "" {
			t.Errorf("%s: %s", p.room(), bad)
		}
	}
}

func TestPackageCommentDetector(t *testing.T) {
	const good = "Package meter turns time and bytes into what is owed, for both sides of a session."
	for _, c := range []struct {
		name string
		docs []string
		bad  bool
	}{
		{"meter", []string{good}, false},
		{"main", []string{"Command wherry is the whole product in one binary: every role is a sub-command of it."}, false},
		{"meter", nil, true},
		{"meter", []string{good, good}, true},
		{"meter", []string{"Package meter implements metering."}, true},
		{"meter", []string{"This turns time and bytes into what is owed, for both sides of a session."}, true},
		{"main", []string{"Package main is the whole product in one binary: every role is a sub-command of it."}, true},
	} {
		if got := badDoc(c.name, c.docs); (got != "") != c.bad {
			t.Errorf("%q: %q, want refused: %v", c.docs, got, c.bad)
		}
	}
}
