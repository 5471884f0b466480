package wherry_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// mention is how the documents point into the code: a package's name, and what
// is in it.
var mention = regexp.MustCompile("\\[`([a-z]\\w*)\\.([A-Z]\\w*(?:\\.[A-Z]\\w*)?)`\\]")

// What the documents name in the code is there, under that name.
func TestDocumentsNameWhatIsThere(t *testing.T) {
	declared := declarations(t)
	docs, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, doc := range docs {
		for _, m := range mention.FindAllStringSubmatch(readText(t, doc), -1) {
			seen++
			if !declared[m[1]+"."+m[2]] {
				t.Errorf("%s names %s.%s, which is not in the code", doc, m[1], m[2])
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d names were found", seen)
	}
}

// declarations returns all exported functions, methods and types, as
// package.Name and package.Type.Method.
func declarations(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "bindings") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range f.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				out[f.Name.Name+"."+receiver(d)+d.Name.Name] = true
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if s, ok := s.(*ast.TypeSpec); ok {
						out[f.Name.Name+"."+s.Name.Name] = true
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// receiver returns a method's type and a dot, or nothing for a function.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) != 1 {
		return ""
	}
	of := d.Recv.List[0].Type
	if s, ok := of.(*ast.StarExpr); ok {
		of = s.X
	}
	if i, ok := of.(*ast.IndexExpr); ok {
		of = i.X
	}
	if i, ok := of.(*ast.Ident); ok {
		return i.Name + "."
	}
	return ""
}
