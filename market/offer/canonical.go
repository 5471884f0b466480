package offer

import (
	"bytes"

	"github.com/wherrynet/wherry"
)

// Bounds on the shape of a record's CBOR. Size bounds the rest.
const maxDepth = 4

// canonical refuses bytes that are not the deterministic encoding (RFC 8949,
// section 4.2.1) of one value: lengths in their shortest form and definite, map
// keys in ascending order and each once, nothing behind the value. Only the
// kinds that a record needs are allowed: integers, byte and text strings,
// arrays, maps and the booleans.
func canonical(b []byte) error {
	rest, err := skip(b, maxDepth)
	if err != nil {
		return err
	}
	if len(rest) != 0 {
		return wherry.Errorf(wherry.Invalid, "offer with %d bytes behind its end", len(rest))
	}
	return nil
}

// skip returns what lies behind the value at the front of b.
func skip(b []byte, depth int) ([]byte, error) {
	if depth == 0 {
		return nil, wherry.Errorf(wherry.Invalid, "offer that is nested too deep")
	}
	major, n, rest, err := head(b)
	if err != nil {
		return nil, err
	}
	switch major {
	case 0, 1: // integers
		return rest, nil
	case 2, 3: // byte and text strings
		if n > uint64(len(rest)) {
			return nil, errShort
		}
		return rest[n:], nil
	case 4: // array
		if n > uint64(len(rest)) {
			return nil, errShort
		}
		for range n {
			if rest, err = skip(rest, depth-1); err != nil {
				return nil, err
			}
		}
		return rest, nil
	case 5: // map
		return skipMap(rest, n, depth-1)
	default: // 7; head lets no tag through
		if n != 20 && n != 21 {
			return nil, wherry.Errorf(wherry.Invalid, "offer with a value of a kind that no record has")
		}
		return rest, nil
	}
}

func skipMap(b []byte, n uint64, depth int) ([]byte, error) {
	if n > uint64(len(b)) {
		return nil, errShort
	}
	var last []byte
	for range n {
		rest, err := skip(b, depth)
		if err != nil {
			return nil, err
		}
		key := b[:len(b)-len(rest)]
		if bytes.Compare(key, last) <= 0 {
			return nil, wherry.Errorf(wherry.Invalid, "offer whose keys are not in order, each once")
		}
		last = key
		if b, err = skip(rest, depth); err != nil {
			return nil, err
		}
	}
	return b, nil
}

var errShort = wherry.Errorf(wherry.Invalid, "offer that ends in the middle")

// head reads an initial byte and the argument behind it.
func head(b []byte) (major byte, n uint64, rest []byte, err error) {
	if len(b) == 0 {
		return 0, 0, nil, errShort
	}
	major, low, rest := b[0]>>5, b[0]&0x1f, b[1:]
	if major == 6 || low > 27 || major == 7 && low >= 24 {
		return 0, 0, nil, wherry.Errorf(wherry.Invalid, "offer with a tag, a float or an indefinite length")
	}
	if low < 24 {
		return major, uint64(low), rest, nil
	}
	size := 1 << (low - 24)
	if len(rest) < size {
		return 0, 0, nil, errShort
	}
	for _, c := range rest[:size] {
		n = n<<8 | uint64(c)
	}
	if low == 24 && n < 24 || low > 24 && n>>(size*4) == 0 {
		return 0, 0, nil, wherry.Errorf(wherry.Invalid, "offer with a number that is longer than it needs to be")
	}
	return major, n, rest[size:], nil
}
