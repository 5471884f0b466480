package cloak_test

import (
	"bytes"
	"crypto/aes"
	"crypto/rand"
	"testing"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry/service/cloak"
)

func mask(t testing.TB, k cloak.Key) *cloak.Mask {
	t.Helper()
	m, err := cloak.New(k)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// messages of WireGuard by type and length; the last has data.
var messages = []struct {
	kind byte
	size int
}{{1, 148}, {2, 92}, {3, 64}, {4, 32}, {4, 1452}}

func message(kind byte, size int) []byte {
	b := make([]byte, size)
	_, _ = rand.Read(b)
	b[0], b[1], b[2], b[3] = kind, 0, 0, 0
	if kind == 1 || kind == 2 {
		clear(b[size-16:]) // the second MAC, that is mostly not there
	}
	return b
}

func TestWhatIsMaskedComesBack(t *testing.T) {
	m := mask(t, cloak.NewKey())
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.SampledFrom(messages).Draw(t, "message")
		size := w.size
		if w.kind == 4 {
			size = rapid.IntRange(32, 9000).Draw(t, "size")
		}
		plain := message(w.kind, size)
		sealed := m.Seal(bytes.Clone(plain))
		grown := len(sealed) - len(plain)
		switch data := w.kind == 4 && size > 32; {
		case data && grown != 0:
			t.Fatalf("data has grown by %d bytes", grown)
		case !data && (grown < 16 || grown > cloak.MaxGrowth):
			t.Fatalf("a message without data has %d bytes of padding", grown)
		}
		if n := m.Open(sealed); n != size || !bytes.Equal(sealed[:n], plain) {
			t.Fatalf("%d of %d bytes came back, equal %v", n, size, bytes.Equal(sealed[:n], plain))
		}
	})
}

// Nothing of what WireGuard is known by is left: neither its first bytes, nor its
// lengths, nor the zeros at the end of a handshake.
func TestNothingIsLeftToKnowItBy(t *testing.T) {
	m := mask(t, cloak.NewKey())
	for _, w := range messages {
		first, lengths, zeros := map[byte]int{}, map[int]bool{}, 0
		const runs = 2000
		for range runs {
			b := m.Seal(message(w.kind, w.size))
			first[b[0]]++
			lengths[len(b)] = true
			if bytes.Contains(b, make([]byte, 8)) {
				zeros++
			}
		}
		if len(first) < 200 {
			t.Errorf("type %d: the first byte has %d values in %d messages", w.kind, len(first), runs)
		}
		for v, n := range first {
			if n > runs/20 {
				t.Errorf("type %d: the first byte is %#x in %d of %d messages", w.kind, v, n, runs)
			}
		}
		if w.size <= 148 && len(lengths) < 300 {
			t.Errorf("type %d: %d lengths", w.kind, len(lengths))
		}
		if zeros > 0 {
			t.Errorf("type %d: zeros are seen in %d of %d messages", w.kind, zeros, runs)
		}
	}
}

func TestStrangersBytesAreLeftAlone(t *testing.T) {
	m, other := mask(t, cloak.NewKey()), mask(t, cloak.NewKey())
	for _, w := range messages {
		for range 1000 {
			for name, b := range map[string][]byte{
				"plain": message(w.kind, w.size), "another key's": other.Seal(message(w.kind, w.size)), "short": make([]byte, 31), "empty": {},
			} {
				was := bytes.Clone(b)
				if n := m.Open(b); n != 0 || !bytes.Equal(b, was) {
					t.Fatalf("%s message of type %d: %d bytes are taken, unchanged %v", name, w.kind, n, bytes.Equal(b, was))
				}
			}
		}
	}
	quic := append([]byte{0xc3, 0, 0, 0, 1}, make([]byte, 1195)...)
	if got := m.Seal(bytes.Clone(quic)); !bytes.Equal(got, quic) {
		t.Error("what is not WireGuard's was masked")
	}
}

func TestSealNeedsNoMemoryForData(t *testing.T) {
	m := mask(t, cloak.NewKey())
	b := message(4, 1452)
	if n := testing.AllocsPerRun(100, func() { b = m.Seal(b); m.Open(b) }); n > 0 {
		t.Errorf("%v allocations per packet", n)
	}
}

func TestMaskNeedsAKey(t *testing.T) {
	if _, err := cloak.New(cloak.Key{}); err == nil {
		t.Error("a mask without a key was made")
	}
}

func FuzzOpen(f *testing.F) {
	m := mask(f, cloak.Key{1})
	for _, w := range messages {
		f.Add(m.Seal(message(w.kind, w.size)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		was := bytes.Clone(b)
		switch n := m.Open(b); {
		case n == 0 && !bytes.Equal(b, was):
			t.Error("a stranger's message was changed")
		case n < 0 || n > len(b):
			t.Errorf("%d bytes of %d", n, len(b))
		case n > 0 && b[1]|b[2]|b[3] != 0:
			t.Error("the header is not WireGuard's")
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	m := mask(b, cloak.NewKey())
	p := message(4, 1452)
	b.SetBytes(int64(len(p)))
	for b.Loop() {
		p = m.Seal(p)
		p[0], p[1], p[2], p[3] = 4, 0, 0, 0
	}
}

// The mask is what docs/protocol.md says, step by step.
func TestMaskIsWhatTheProtocolSays(t *testing.T) {
	key := cloak.Key{1, 2, 3}
	block, err := aes.NewCipher(key[:])
	if err != nil {
		t.Fatal(err)
	}
	m := mask(t, key)
	for _, w := range messages {
		plain := message(w.kind, w.size)
		b := m.Seal(bytes.Clone(plain))
		block.Decrypt(b[:16], b[:16])
		n := int(b[1]) | int(b[2])<<8
		if len(b)-n != w.size || b[3] != 0 || b[0] != w.kind {
			t.Fatalf("type %d: %d bytes, of which %d are padding", w.kind, len(b), n)
		}
		if w.kind != 4 {
			counter := make([]byte, 16)
			block.Encrypt(counter, b[:16])
			for i := range counter {
				counter[i] ^= 0x5c
			}
			for at := 16; at < w.size; at += 16 {
				stream := make([]byte, 16)
				block.Encrypt(stream, counter)
				for i := at; i < min(at+16, w.size); i++ {
					b[i] ^= stream[i-at]
				}
				for i := 15; i >= 0; i-- {
					if counter[i]++; counter[i] != 0 {
						break
					}
				}
			}
		}
		b[1], b[2] = 0, 0
		if !bytes.Equal(b[:w.size], plain) {
			t.Errorf("type %d: something else comes back", w.kind)
		}
	}
}
