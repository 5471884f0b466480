package link_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/wherrynet/wherry/link"
)

// flip is a mask that anybody can see through: it turns all bits, and appends its
// tail to what is shorter than 200 bytes.
type flip struct{ tail []byte }

func (f flip) Seal(b []byte) []byte {
	if len(b) < 200 {
		b = slices.Concat(b, f.tail)
	}
	for i := range b {
		b[i] = ^b[i]
	}
	return b
}

func (f flip) Open(b []byte) int {
	if len(b) < 4 || b[0] != 0xfb {
		return 0
	}
	for i := range b {
		b[i] = ^b[i]
	}
	if n := len(b) - len(f.tail); n >= 32 && n < 200 && bytes.Equal(b[n:], f.tail) {
		return n
	}
	return len(b)
}

func TestMaskedPacketsArriveAsTheyWereSent(t *testing.T) {
	m := flip{bytes.Repeat([]byte{7}, 33)}
	a, b := run(t, link.Config{Key: key(1)}), run(t, link.Config{Key: key(2)})
	out, in := wire(t, a), started(t, wire(t, b), 128)
	a.SetMask(m)
	b.SetMask(m)
	sizes := append(repeat(40, 1452), 600, 32, 150, 1452, 199, 200)
	packets, kept := sequence(sizes...), sequence(sizes...)
	if err := out.WritePackets(slices.Clone(packets), b.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	expect(t, in, a.LocalAddr(), kept)
	for i, p := range packets {
		if len(p) != sizes[i] {
			t.Errorf("packet %d of the caller's has %d bytes, had %d", i, len(p), sizes[i])
		}
	}
}

// Who has set a mask does not answer to plain WireGuard, nor to another mask.
func TestPlainPacketsAreJunkBehindAMask(t *testing.T) {
	m := flip{[]byte{1}}
	a, b := run(t, link.Config{Key: key(1)}), run(t, link.Config{Key: key(2)})
	out, in := wire(t, a), started(t, wire(t, b), 128)
	b.SetMask(m)
	before := b.Stats()
	plain := sequence(300, 300)
	if err := out.WritePackets(plain, b.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	a.SetMask(m)
	masked := sequence(301)
	want := sequence(301)
	if err := out.WritePackets(masked, b.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	expect(t, in, a.LocalAddr(), want)
	if got := b.Stats().Junk - before.Junk; got < 2 {
		t.Errorf("%d packets are junk, 2 were plain", got)
	}
	b.SetMask(nil)
	a.SetMask(nil)
	plain = sequence(302)
	if err := out.WritePackets(plain, b.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	expect(t, in, a.LocalAddr(), sequence(302))
}

// A peer that knows no mask is served beside those that do.
func TestPlainPeersBesideMaskedOnes(t *testing.T) {
	m := flip{[]byte{1}}
	phone, masked, provider := run(t, link.Config{Key: key(1)}), run(t, link.Config{Key: key(2)}), run(t, link.Config{Key: key(3)})
	fromPhone, fromMasked, w := wire(t, phone), wire(t, masked), wire(t, provider)
	in := started(t, w, 128)
	atPhone := started(t, fromPhone, 128)
	masked.SetMask(m)
	provider.SetMask(m)
	provider.AllowPlain(true)
	for _, from := range []struct {
		s *link.Socket
		w *link.Wire
	}{{phone, fromPhone}, {masked, fromMasked}} {
		if err := from.w.WritePackets(sequence(300, 32), provider.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		expect(t, in, from.s.LocalAddr(), sequence(300, 32))
	}
	if err := w.WritePlain(sequence(400), phone.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	expect(t, atPhone, provider.LocalAddr(), sequence(400))
}
