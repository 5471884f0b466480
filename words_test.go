package wherry_test

import (
	"go/scanner"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// vagueNames are names of packages of which nobody can say what does not belong
// in them.
var vagueNames = []string{
	"util", "utils", "common", "base", "core", "helper", "helpers", "manager", "types", "models",
	"shared", "misc", "lib", "pkg",
}

// otherWords are words for which docs/glossary.md has another one. Two words for
// one idea cost every reader a search.
var otherWords = map[string]string{
	"proposal":   "offer: a proposal is what one votes on",
	"voucher":    "promise, or ticket for blind prepaid value",
	"cheque":     "promise",
	"accountant": "hub",
	"hermes":     "hub",
	"transactor": "relayer",
	"whitelist":  "access policy, exclude or allowed, as it is meant",
}

// excusedWords are the files in which such a word may stand.
var excusedWords = map[string]string{
	"docs/glossary.md": "lists the words that we do not use",
	"words_test.go":    "is this list",
}

func vagueName(name string) bool {
	return slices.Contains(vagueNames, name)
}

func TestPackageNamesSayWhatTheyHold(t *testing.T) {
	for _, p := range packages(t) {
		name, _ := docsOf(t, p)
		if vagueName(name) || vagueName(path.Base(p.ImportPath)) {
			t.Errorf("%s: nobody can say what does not belong in %s", p.room(), name)
		}
	}
}

// wordsOf returns the words within a text or an identifier in lower case:
// IHubProposalID holds i, hub, proposal and id.
func wordsOf(text string) []string {
	var out []string
	for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		letters := []rune(run)
		start := 0
		for i := 1; i < len(letters); i++ {
			rises := unicode.IsLower(letters[i-1]) && unicode.IsUpper(letters[i])
			falls := i+1 < len(letters) && unicode.IsUpper(letters[i-1]) && unicode.IsUpper(letters[i]) && unicode.IsLower(letters[i+1])
			if rises || falls {
				out = append(out, strings.ToLower(string(letters[start:i])))
				start = i
			}
		}
		out = append(out, strings.ToLower(string(letters[start:])))
	}
	return out
}

// strangers returns the words of a text for which the glossary has another one.
func strangers(text string) []string {
	var out []string
	for _, w := range wordsOf(text) {
		for _, form := range []string{w, strings.TrimSuffix(w, "s")} {
			if _, bad := otherWords[form]; bad {
				out = append(out, form)
				break
			}
		}
	}
	return out
}

// spoken returns the parts of a file in which our words are looked for: the
// identifiers and comments of Go, and everything in other files. What Go code
// quotes may be another program's word.
func spoken(name, text string) string {
	if !strings.HasSuffix(name, ".go") {
		return text
	}
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile(name, -1, len(text)), []byte(text), func(token.Position, string) {}, scanner.ScanComments)
	var b strings.Builder
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			return b.String()
		}
		if tok == token.IDENT || tok == token.COMMENT {
			b.WriteString(lit + "\n")
		}
	}
}

func TestOneIdeaOneWord(t *testing.T) {
	used := map[string]bool{}
	files(t, []string{".go", ".sol", ".md", ".toml", ".yaml"}, func(name string) {
		text := readText(t, name)
		if generated(text) {
			return
		}
		bad := strangers(spoken(name, text))
		if _, ok := excusedWords[name]; ok {
			used[name] = used[name] || len(bad) > 0 || name == "words_test.go"
			return
		}
		for _, w := range bad {
			t.Errorf("%s says %q: our word is %s", name, w, otherWords[w])
		}
	})
	for name := range excusedWords {
		if !used[name] {
			t.Errorf("%s is excused and says none of the words", name)
		}
	}
}

func TestWordsDetector(t *testing.T) {
	for text, want := range map[string]string{
		"func NewProposalID()":        "proposal",
		"PROPOSAL_ID":                 "proposal",
		"the proposals of a provider": "proposal",
		"hub_voucher":                 "voucher",
		"ErrVouchers":                 "voucher",
		"IAccountant":                 "accountant",
		"checkqueue, propose, offer":  "",
		"`myst.HermesPromise`":        "hermes",
	} {
		if got := strings.Join(strangers(text), " "); got != want {
			t.Errorf("%q holds %q, want %q", text, got, want)
		}
	}
	const code = "package p\n// a cheque\nvar voucher = \"proposal\"\n"
	if got := strings.Join(strangers(spoken("p.go", code)), " "); got != "cheque voucher" {
		t.Errorf("in Go code: %q", got)
	}
	if !vagueName("utils") || vagueName("meter") {
		t.Error("vague names are not told apart")
	}
}
