package wire_test

import (
	"bytes"
	"testing"

	"github.com/wherrynet/wherry/session/wire"
)

// fuzz holds the decoder of one kind to three things: it does not panic, what it
// takes has one encoding, and that is taken again.
func fuzz(f *testing.F, kind string) {
	seed, err := wire.Encode(messages(f)[kind])
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	for i := range seed {
		c := bytes.Clone(seed)
		c[i] ^= 0x80
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := wire.Decode(b)
		if err != nil {
			return
		}
		once, err := wire.Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		again, err := wire.Decode(once)
		if err != nil {
			t.Fatalf("what was taken is refused: %v", err)
		}
		if twice, err := wire.Encode(again); err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("two encodings of one message: %x and %x, %v", once, twice, err)
		}
	})
}

func FuzzOpen(f *testing.F)    { fuzz(f, "open") }
func FuzzAccept(f *testing.F)  { fuzz(f, "accept") }
func FuzzRefuse(f *testing.F)  { fuzz(f, "refuse") }
func FuzzInvoice(f *testing.F) { fuzz(f, "invoice") }
func FuzzPromise(f *testing.F) { fuzz(f, "promise") }
func FuzzReceipt(f *testing.F) { fuzz(f, "receipt") }
func FuzzResume(f *testing.F)  { fuzz(f, "resume") }
func FuzzClose(f *testing.F)   { fuzz(f, "close") }
func FuzzPing(f *testing.F)    { fuzz(f, "ping") }
func FuzzDecline(f *testing.F) { fuzz(f, "decline") }
func FuzzBegin(f *testing.F)   { fuzz(f, "begin") }

// FuzzRead feeds a stream of frames.
func FuzzRead(f *testing.F) {
	var all bytes.Buffer
	for _, m := range messages(f) {
		_ = wire.Write(&all, m)
	}
	f.Add(all.Bytes())
	f.Add([]byte{0x40, 0, 0, 0})
	f.Add([]byte{0, 0, 0, 0})
	f.Fuzz(func(_ *testing.T, b []byte) {
		r := bytes.NewReader(b)
		for {
			if _, err := wire.Read(r, wire.MaxToProvider); err != nil {
				return
			}
		}
	})
}
