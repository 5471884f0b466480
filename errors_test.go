package wherry_test

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
)

var update = flag.Bool("update", false, "write golden files anew")

// declaredCodes reads the constants of type Code from the source.
func declaredCodes(t *testing.T) []wherry.Code {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []wherry.Code
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			if id, ok := v.Type.(*ast.Ident); !ok || id.Name != "Code" {
				t.Errorf("a constant in errors.go does not say that it is a Code: %v", v.Names)
				continue
			}
			word, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, wherry.Code(word))
		}
	}
	return out
}

func TestEveryCodeHasARow(t *testing.T) {
	table := wherry.Codes()
	declared := declaredCodes(t)
	if len(declared) < 10 {
		t.Fatalf("only %d codes were found in the source", len(declared))
	}
	for _, c := range declared {
		i, ok := table[c]
		if !ok {
			t.Errorf("%s has no row", c)
			continue
		}
		if i.HTTP < 200 || i.HTTP > 599 || i.Exit < 1 || i.Exit > 130 || i.Meaning == "" {
			t.Errorf("%s has an incomplete row: %+v", c, i)
		}
		if !c.Known() || c.Info() != i {
			t.Errorf("%s: Info is %+v", c, c.Info())
		}
		if string(c) != strings.ToLower(string(c)) || strings.ContainsAny(string(c), " -") {
			t.Errorf("%q is not a snake_case word", c)
		}
		delete(table, c)
	}
	for c := range table {
		t.Errorf("the row %s has no constant", c)
	}
}

func TestUnknownCodeMeansInternal(t *testing.T) {
	c := wherry.Code("made_up_by_a_peer")
	if c.Known() || c.Info() != wherry.Internal.Info() {
		t.Errorf("an unknown code is %+v", c.Info())
	}
	wherry.Codes()[c] = wherry.CodeInfo{}
	if c.Known() {
		t.Error("the table can be written to from outside")
	}
}

func TestCodeOf(t *testing.T) {
	inner := wherry.Errorf(wherry.NotFound, "no such thing")
	for _, c := range []struct {
		err  error
		want wherry.Code
	}{
		{nil, ""},
		{errors.New("plain"), wherry.Internal},
		{inner, wherry.NotFound},
		{fmt.Errorf("open: %w", inner), wherry.NotFound},
		{wherry.Errorf(wherry.Refused, "hub: %w", inner), wherry.Refused},
	} {
		if got := wherry.CodeOf(c.err); got != c.want {
			t.Errorf("%v has the code %q, want %q", c.err, got, c.want)
		}
	}
	if !errors.Is(wherry.Errorf(wherry.Refused, "hub: %w", inner), inner) {
		t.Error("the cause is lost")
	}
}

// The table in docs/json.md is made from the code: go test . -update writes it.
func TestCodesInTheManual(t *testing.T) {
	var b strings.Builder
	b.WriteString("| code | HTTP | exit | meaning |\n|---|--:|--:|---|\n")
	table := wherry.Codes()
	for _, c := range declaredCodes(t) {
		i := table[c]
		fmt.Fprintf(&b, "| `%s` | %d | %d | %s |\n", c, i.HTTP, i.Exit, i.Meaning)
	}
	golden(t, "docs/json.md", "codes", b.String())
}

// Every exit status is one that the manual's table of exit statuses explains.
func TestExitStatusesAreFew(t *testing.T) {
	known := []int{1, 2, 3, 4, 5, 6, 8, 130}
	for c, i := range wherry.Codes() {
		if !slices.Contains(known, i.Exit) {
			t.Errorf("%s exits with %d", c, i.Exit)
		}
	}
}
