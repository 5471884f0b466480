package offer

import "testing"

// TestOnlyTheDeterministicEncodingIsCanonical looks at the walker alone: what it
// refuses, the decoder behind it may refuse too, or may not.
func TestOnlyTheDeterministicEncodingIsCanonical(t *testing.T) {
	for _, c := range []struct {
		name string
		b    []byte
		want bool
	}{
		{"a small number", []byte{0x17}, true},
		{"a number in a byte", []byte{0x18, 24}, true},
		{"a number in a byte too many", []byte{0x18, 23}, false},
		{"a number in two bytes", []byte{0x19, 1, 0}, true},
		{"a number in two bytes too many", []byte{0x19, 0, 255}, false},
		{"a number in four bytes", []byte{0x1a, 0, 1, 0, 0}, true},
		{"a number in four bytes too many", []byte{0x1a, 0, 0, 255, 255}, false},
		{"a number in eight bytes", []byte{0x1b, 0, 0, 0, 1, 0, 0, 0, 0}, true},
		{"a number in eight bytes too many", []byte{0x1b, 0, 0, 0, 0, 255, 255, 255, 255}, false},
		{"a number that is cut", []byte{0x19, 1}, false},
		{"a negative number", []byte{0x20}, true},
		{"nothing", nil, false},
		{"two values", []byte{0, 0}, false},
		{"a string", []byte{0x42, 1, 2}, true},
		{"a string that is cut", []byte{0x42, 1}, false},
		{"a string of no known length", []byte{0x5f, 0x41, 1, 0xff}, false},
		{"a text", []byte{0x61, 'a'}, true},
		{"an array", []byte{0x82, 1, 2}, true},
		{"an array that is cut", []byte{0x82, 1}, false},
		{"an array longer than the record", []byte{0x9b, 1, 0, 0, 0, 0, 0, 0, 0}, false},
		{"a map", []byte{0xa2, 0, 1, 1, 1}, true},
		{"a map with a key twice", []byte{0xa2, 0, 1, 0, 1}, false},
		{"a map out of order", []byte{0xa2, 1, 1, 0, 1}, false},
		{"a map that is cut", []byte{0xa2, 0, 1, 1}, false},
		{"a map longer than the record", []byte{0xbb, 1, 0, 0, 0, 0, 0, 0, 0}, false},
		{"true", []byte{0xf5}, true},
		{"null", []byte{0xf6}, false},
		{"undefined", []byte{0xf7}, false},
		{"a simple value", []byte{0xf8, 32}, false},
		{"a float", []byte{0xf9, 0, 0}, false},
		{"a tag", []byte{0xc1, 0}, false},
		{"a break", []byte{0xff}, false},
		{"as deep as may be", []byte{0x81, 0x81, 0x81, 1}, true},
		{"deeper", []byte{0x81, 0x81, 0x81, 0x81, 1}, false},
	} {
		if err := canonical(c.b); (err == nil) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
