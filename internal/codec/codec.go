// Package codec is the one binary form that wherry's programs speak to each
// other: deterministic CBOR (RFC 8949, section 4.2) with integer keys, read
// strictly. One value has one encoding, and a peer's bytes are bounded before
// anything is allocated for them.
package codec

import (
	"encoding/binary"
	"io"
	"reflect"

	"github.com/fxamacker/cbor/v2"
	"github.com/wherrynet/wherry"
)

// Bounds on what a stranger may send in one message.
const (
	maxDepth    = 8
	maxElements = 4096
	maxPairs    = 256
)

var (
	enc cbor.EncMode
	dec cbor.DecMode
)

func init() {
	eo := cbor.CoreDetEncOptions()
	eo.BinaryMarshaler = cbor.BinaryMarshalerByteString
	var err error
	if enc, err = eo.EncMode(); err != nil {
		panic(err) // options are constants
	}
	dec, err = cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		TagsMd:            cbor.TagsForbidden,
		MaxNestedLevels:   maxDepth,
		MaxArrayElements:  maxElements,
		MaxMapPairs:       maxPairs,
		UTF8:              cbor.UTF8RejectInvalid,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
		BinaryUnmarshaler: cbor.BinaryUnmarshalerByteString,
		NaN:               cbor.NaNDecodeForbidden,
		Inf:               cbor.InfDecodeForbidden,
	}.DecMode()
	if err != nil {
		panic(err)
	}
}

// Marshal returns v's one encoding.
func Marshal(v any) ([]byte, error) {
	b, err := enc.Marshal(v)
	if err != nil {
		return nil, wherry.Errorf(wherry.Internal, "encode %T: %w", v, err)
	}
	return b, nil
}

// Unmarshal reads exactly one value. Duplicate keys, indefinite lengths, tags,
// deep nesting and bytes behind the value are refused with the code Invalid.
// Unknown keys are ignored, so that a message may grow. A type with a bare array
// of bytes in it is Internal: see strict.
func Unmarshal(data []byte, v any) error {
	if err := strict(reflect.TypeOf(v)); err != nil {
		return err
	}
	if err := dec.Unmarshal(data, v); err != nil {
		return wherry.Errorf(wherry.Invalid, "decode %s: %w", reflect.TypeOf(v), err)
	}
	return nil
}

// WriteFrame writes v behind its length, four bytes in network order. A value
// over limit bytes is not written.
func WriteFrame(w io.Writer, limit int, v any) error {
	b, err := Marshal(v)
	if err != nil {
		return err
	}
	if len(b) > limit {
		return wherry.Errorf(wherry.Internal, "message of %d bytes: at most %d", len(b), limit)
	}
	f := make([]byte, 4, 4+len(b))
	binary.BigEndian.PutUint32(f, uint32(len(b)))
	_, err = w.Write(append(f, b...))
	return err
}

// ReadFrame reads what WriteFrame writes. The announced length is checked
// against limit before memory is taken; an empty frame is Invalid.
func ReadFrame(r io.Reader, limit int, v any) error {
	b, err := ReadRaw(r, limit)
	if err != nil {
		return err
	}
	return Unmarshal(b, v)
}

// ReadRaw reads one frame without decoding it; see ReadFrame.
func ReadRaw(r io.Reader, limit int) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n == 0 {
		return nil, wherry.Errorf(wherry.Invalid, "message of no bytes")
	}
	if uint64(n) > uint64(limit) {
		return nil, wherry.Errorf(wherry.Invalid, "message of %d bytes announced: at most %d", n, limit)
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return b, nil
}
