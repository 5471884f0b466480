package client

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestReadEvents(t *testing.T) {
	const text = "retry: 1000\n\n: still here\n\nid: a-1\nevent: status\ndata: {\"x\":1}\n\nid: a-2\nevent: other\ndata:none\n\nid: cut"
	var got []string
	for e, err := range readEvents(strings.NewReader(text)) {
		if err != nil {
			got = append(got, err.Error())
			break
		}
		got = append(got, e.id+"|"+e.name+"|"+string(e.data))
	}
	if want := `|| || a-1|status|{"x":1} a-2|other|none EOF`; strings.Join(got, " ") != want {
		t.Errorf("%q", got)
	}
}

func FuzzReadEvents(f *testing.F) {
	f.Add([]byte("id: 1\nevent: status\ndata: {}\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		n := 0
		for _, err := range readEvents(bytes.NewReader(b)) {
			if n++; n > len(b)+1 {
				t.Fatal("more events than bytes")
			}
			if err != nil && !errors.Is(err, io.EOF) && len(b) < maxEvent {
				t.Fatal(err)
			}
		}
	})
}
