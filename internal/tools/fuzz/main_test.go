package main

import (
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	const out = `FuzzA
FuzzB
ok  	example.org/m/a	0.003s
?   	example.org/m/none	[no test files]
ok  	example.org/m/b	0.003s
FuzzC
ok  	example.org/m/c	(cached)
`
	want := []target{{"example.org/m/a", "FuzzA"}, {"example.org/m/a", "FuzzB"}, {"example.org/m/c", "FuzzC"}}
	if got := parse(out); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
