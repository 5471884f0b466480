package main

import (
	"strings"
	"testing"
	"time"

	"rsc.io/qr"
)

func TestParseSize(t *testing.T) {
	for text, want := range map[string]uint64{
		"5GiB": 5 << 30, "500MB": 500e6, "1 TiB": 1 << 40, "64KiB": 64 << 10,
		"": 0, "5": 0, "GiB": 0, "-5GiB": 0, "0GiB": 0, "1.5GiB": 0, "99999999TiB": 0, "5gib": 0, "18446744073709551615GB": 0,
	} {
		if got, err := parseSize(text); got != want || (err == nil) != (want > 0) {
			t.Errorf("%q is %d (%v), want %d", text, got, err, want)
		}
	}
}

func TestParseSpan(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"30d": 720 * time.Hour, "12h": 12 * time.Hour, "90m": 90 * time.Minute, "366d": 366 * 24 * time.Hour,
		"": 0, "d": 0, "0d": 0, "-3d": 0, "367d": 0, "1.5d": 0, "soon": 0, "-5m": 0, "0s": 0,
	} {
		if got, err := parseSpan(text); got != want || (err == nil) != (want > 0) {
			t.Errorf("%q is %v (%v), want %v", text, got, err, want)
		}
	}
}

// The picture is the code: read back from its characters, cell by cell.
func TestCodeIsDrawnWhole(t *testing.T) {
	q, err := qr.Encode(strings.Repeat("PrivateKey ", 30), qr.L)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(blocks(q), "\n"), "\n")
	dark := func(x, y int) bool {
		line := []rune(lines[(y+2)/2])
		switch line[x+2] {
		case '█':
			return false
		case '▀':
			return (y+2)%2 == 1
		case '▄':
			return (y+2)%2 == 0
		}
		return true
	}
	for y := range q.Size {
		for x := range q.Size {
			if dark(x, y) != q.Black(x, y) {
				t.Fatalf("cell %d,%d is %v in the picture", x, y, dark(x, y))
			}
		}
	}
	for _, at := range [][2]int{{-1, 0}, {0, -1}, {q.Size, 3}, {3, q.Size}, {-2, -2}} {
		if dark(at[0], at[1]) {
			t.Errorf("the margin is dark at %v", at)
		}
	}
}
