package codec_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
)

type inner struct {
	N uint64 `cbor:"1,keyasint"`
}

type message struct {
	Text    string           `cbor:"1,keyasint,omitempty"`
	Amount  wherry.Amount    `cbor:"2,keyasint"`
	Who     wherry.Address   `cbor:"3,keyasint"`
	Hash    wherry.Hash      `cbor:"4,keyasint"`
	Session wherry.SessionID `cbor:"5,keyasint"`
	List    []inner          `cbor:"6,keyasint,omitempty"`
	Bytes   []byte           `cbor:"7,keyasint,omitempty"`
}

func anyMessage(t *rapid.T) message {
	a, err := wherry.AmountFromBytes(bytes.TrimLeft(rapid.SliceOfN(rapid.Byte(), 0, 16).Draw(t, "amount"), "\x00"))
	if err != nil {
		t.Fatal(err)
	}
	var list []inner
	for _, n := range rapid.SliceOfN(rapid.Uint64(), 0, 5).Draw(t, "list") {
		list = append(list, inner{n})
	}
	fixed := rapid.SliceOfN(rapid.Byte(), 32, 32)
	m := message{
		Text: rapid.String().Draw(t, "text"), Amount: a, List: list,
		Who:     wherry.Address(fixed.Draw(t, "who")[:20]),
		Hash:    wherry.Hash(fixed.Draw(t, "hash")),
		Session: wherry.SessionID(fixed.Draw(t, "session")),
	}
	if b := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "bytes"); len(b) > 0 {
		m.Bytes = b
	}
	return m
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMessage(t)
		b, err := codec.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := codec.Marshal(m)
		if !bytes.Equal(b, again) {
			t.Fatal("one value has two encodings")
		}
		var back message
		if err := codec.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, m) {
			t.Fatalf("%x reads back as %+v, %v; want %+v", b, back, err, m)
		}
	})
}

// The bytes themselves, so that a change of library or options is seen.
func TestTheForm(t *testing.T) {
	b, err := codec.Marshal(message{Text: "hi", Amount: wherry.Base(258), Who: wherry.Address{1}, List: []inner{{7}}})
	if err != nil {
		t.Fatal(err)
	}
	zero := "5820" + strings.Repeat("00", 32)
	want := "a6" + "01" + "626869" + "02" + "420102" + "03" + "54" + "01" + strings.Repeat("00", 19) +
		"04" + zero + "05" + zero + "06" + "81" + "a10107"
	if got := hex.EncodeToString(b); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// pairs returns n entries of a map in which no key stands twice.
func pairs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "19 %04x 00", 1000+i)
	}
	return b.String()
}

func nested(levels int) string { return "a1 06" + strings.Repeat("81", levels) + "a0" }

func TestStrictReading(t *testing.T) {
	for name, in := range map[string]string{
		"nothing":                   "",
		"cut short":                 "a1 01 62 68",
		"bytes behind":              "a0 00",
		"two values":                "a0 a0",
		"a key twice":               "a2 01 61 61 01 61 62",
		"unknown key twice":         "a2 18 63 01 18 63 02",
		"map without end":           "bf 01 61 61 ff",
		"text without end":          "a1 01 7f 61 61 ff",
		"bytes without end":         "a1 07 5f 41 61 ff",
		"list without end":          "a1 06 9f ff",
		"a tag":                     "a1 02 c2 41 01",
		"a tag around it all":       "d9 d9f7 a0",
		"not UTF-8":                 "a1 01 61 ff",
		"nesting":                   nested(20),
		"nesting in an unknown key": "a1 18 63" + strings.Repeat("81", 40) + "00",
		"nine levels":               "a1 18 63" + strings.Repeat("81", 8) + "00",
		"list of a million":         "a1 06 9a 000f4240",
		"list that is all there":    "a1 06 99 1001" + strings.Repeat("a0", 4097),
		"map that is all there":     "b9 0101" + pairs(257),
		"infinity":                  "a1 18 63 f9 7c00",
		"not a number, inside":      "a1 18 63 f9 7e00",
		"map of a million":          "ba 000f4240",
		"text of a gigabyte":        "a1 01 7a 40000000",
		"bytes of 2^63":             "a1 07 5b 8000000000000000",
		"an amount as a number":     "a1 02 05",
		"an amount as a float":      "a1 02 fb 3ff0000000000000",
		"an amount of 17 bytes":     "a1 02 51 01" + strings.Repeat("00", 16),
		"an amount with a zero":     "a1 02 42 0001",
		"an address of 19 bytes":    "a1 03 53" + strings.Repeat("11", 19),
		"an address of 21 bytes":    "a1 03 55" + strings.Repeat("11", 21),
		"a hash of 31 bytes":        "a1 04 58 1f" + strings.Repeat("11", 31),
		"a hash of 33 bytes":        "a1 04 58 21" + strings.Repeat("11", 33),
		"not a number":              "f9 7e00",
		"a number, not a map":       "05",
		"reserved additional info":  "1c",
	} {
		t.Run(name, func(t *testing.T) {
			var m message
			err := codec.Unmarshal(unhex(in), &m)
			if wherry.CodeOf(err) != wherry.Invalid {
				t.Errorf("%s is read as %+v, %v", in, m, err)
			}
		})
	}
}

func TestAMessageMayGrow(t *testing.T) {
	var m message
	if err := codec.Unmarshal(unhex("a2 01 62 6869 18 63 82 01 02"), &m); err != nil || m.Text != "hi" {
		t.Errorf("an unknown key is not passed over: %+v, %v", m, err)
	}
}

func TestUnencodableIsOurFault(t *testing.T) {
	if _, err := codec.Marshal(make(chan int)); wherry.CodeOf(err) != wherry.Internal {
		t.Errorf("a Go channel was encoded: %v", err)
	}
}

func TestFrame(t *testing.T) {
	var b bytes.Buffer
	for i := range uint64(3) {
		if err := codec.WriteFrame(&b, 100, inner{i}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range uint64(3) {
		var m inner
		if err := codec.ReadFrame(&b, 100, &m); err != nil || m.N != i {
			t.Fatalf("frame %d is %+v, %v", i, m, err)
		}
	}
	var m inner
	if err := codec.ReadFrame(&b, 100, &m); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v, want EOF", err)
	}
}

func TestTooLongIsNotWritten(t *testing.T) {
	var b bytes.Buffer
	err := codec.WriteFrame(&b, 10, message{})
	if wherry.CodeOf(err) != wherry.Internal || b.Len() != 0 {
		t.Errorf("%d bytes were written, %v", b.Len(), err)
	}
}

// counter says how much was asked of it; it never runs dry.
type counter struct{ n int }

func (c *counter) Read(p []byte) (int, error) {
	c.n += len(p)
	clear(p)
	return len(p), nil
}

func TestAnnouncedGigabyteIsRefusedUnread(t *testing.T) {
	for _, n := range []uint32{1 << 30, math.MaxUint32, 1001} {
		head := binary.BigEndian.AppendUint32(nil, n)
		rest := &counter{}
		var m message
		err := codec.ReadFrame(io.MultiReader(bytes.NewReader(head), rest), 1000, &m)
		if wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%d bytes announced: %v", n, err)
		}
		if rest.n != 0 {
			t.Errorf("%d bytes announced: %d were read", n, rest.n)
		}
	}
}

func TestFrameOfNoBytes(t *testing.T) {
	var m message
	if err := codec.ReadFrame(bytes.NewReader(make([]byte, 8)), 1000, &m); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a frame of no bytes: %v", err)
	}
	if b, err := codec.ReadRaw(bytes.NewReader(make([]byte, 8)), 1000); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a frame of no bytes is %x, %v", b, err)
	}
}

func TestFrameCutShort(t *testing.T) {
	var whole bytes.Buffer
	if err := codec.WriteFrame(&whole, 1000, message{Text: "hi"}); err != nil {
		t.Fatal(err)
	}
	for n := 1; n < whole.Len(); n++ {
		var m message
		err := codec.ReadFrame(bytes.NewReader(whole.Bytes()[:n]), 1000, &m)
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
}

// FuzzUnmarshal: no bytes panic, and what was read encodes and reads back as
// the same.
func FuzzUnmarshal(f *testing.F) {
	b, err := codec.Marshal(message{Text: "x", Amount: wherry.Tokens(3), List: []inner{{1}, {2}}, Bytes: []byte{1}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(unhex(nested(5)))
	f.Add(unhex("bf ff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var m message
		if err := codec.Unmarshal(data, &m); err != nil {
			if wherry.CodeOf(err) != wherry.Invalid {
				t.Fatalf("the error %v is not Invalid", err)
			}
			return
		}
		b, err := codec.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var back message
		if err := codec.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if again, _ := codec.Marshal(back); !bytes.Equal(b, again) {
			t.Fatalf("%x reads back as %x", b, again)
		}
	})
}

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte{0, 0, 0, 1, 0xa0})
	f.Add([]byte{0x40, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := codec.ReadRaw(bytes.NewReader(data), 64)
		if err == nil && (len(b) == 0 || len(b) > 64) {
			t.Errorf("a frame of %d bytes", len(b))
		}
	})
}

func TestBareArrayOfBytesIsRefused(t *testing.T) {
	type inside struct {
		Key [32]byte `cbor:"1,keyasint"`
	}
	for _, v := range []any{new([4]byte), &inside{}, &[]inside{}, &map[[4]byte]int{}, &map[int]*inside{}} {
		for range 2 { // the second answer comes from memory
			if err := codec.Unmarshal(unhex("a0"), v); wherry.CodeOf(err) != wherry.Internal {
				t.Errorf("%T: %v", v, err)
			}
		}
	}
}
