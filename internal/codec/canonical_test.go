package codec_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/wherrynet/wherry/internal/codec"
)

// Numbers at every boundary are written as Marshal does, and read back; a longer
// form of the same number is not.
func TestReaderTakesTheShortestForm(t *testing.T) {
	for _, v := range []uint64{0, 23, 24, 255, 256, 65535, 65536, math.MaxUint32, math.MaxUint32 + 1, math.MaxUint64} {
		want, err := codec.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		got := codec.AppendUint(nil, v)
		if !bytes.Equal(got, want) {
			t.Errorf("%d is written as %x, want %x", v, got, want)
		}
		if r := codec.NewReader(got); r.Uint() != v || !r.OK() {
			t.Errorf("%d does not read", v)
		}
	}
	for _, long := range [][]byte{{0x18, 23}, {0x19, 0, 255}, {0x1a, 0, 0, 255, 255}, {0x1b, 0, 0, 0, 0, 255, 255, 255, 255}, {0x1c}, {0x1f}, {0x19, 1}, {}} {
		if r := codec.NewReader(long); r.Uint() != 0 || r.OK() {
			t.Errorf("%x is a number", long)
		}
	}
}

func TestReaderHoldsBounds(t *testing.T) {
	list := codec.AppendArray(nil, 3, true)
	if n, is := codec.NewReader(list).Array(3); n != 3 || !is {
		t.Errorf("%d %v", n, is)
	}
	r := codec.NewReader(list)
	if n, is := r.Array(2); n != 0 || is || r.OK() {
		t.Errorf("a list that is too long: %d %v", n, is)
	}
	if n, is := codec.NewReader(codec.AppendArray(nil, 0, true)).Array(2); n != 0 || !is {
		t.Errorf("an empty list: %d %v", n, is)
	}
	r = codec.NewReader(codec.AppendArray(nil, 0, false))
	if n, is := r.Array(2); n != 0 || is || !r.OK() {
		t.Errorf("no list: %d %v", n, is)
	}
	text := codec.AppendBytes(nil, []byte("abc"))
	if b := codec.NewReader(text).Bytes(3); string(b) != "abc" {
		t.Errorf("%q", b)
	}
	var two [2]byte
	for name, read := range map[string]func(*codec.Reader){
		"too long":      func(r *codec.Reader) { r.Bytes(2) },
		"not as long":   func(r *codec.Reader) { r.Fixed(two[:]) },
		"not a number":  func(r *codec.Reader) { r.Uint() },
		"not a map":     func(r *codec.Reader) { r.Map(3) },
		"not this key":  func(r *codec.Reader) { r.Key(3) },
		"not to an end": func(*codec.Reader) {},
		"senseless":     func(r *codec.Reader) { r.Bytes(3); r.Fail() },
	} {
		r := codec.NewReader(text)
		if read(r); r.OK() {
			t.Errorf("%s: is taken", name)
		}
	}
	if r := codec.NewReader(text[:3]); r.Bytes(3) != nil || r.OK() {
		t.Error("a string is longer than what is there")
	}
	if two != [2]byte{} {
		t.Errorf("%x was written", two)
	}
}
