package codec

import (
	"encoding"
	"reflect"
	"sync"

	"github.com/fxamacker/cbor/v2"
	"github.com/wherrynet/wherry"
)

var (
	byBinary = reflect.TypeFor[encoding.BinaryUnmarshaler]()
	byCBOR   = reflect.TypeFor[cbor.Unmarshaler]()
)

// checked remembers what strict said about a type: reflect.Type to error or nil.
var checked sync.Map

// strict refuses to decode into an array of bytes whose type does not read
// itself. The library fills such an array up with zeros, or cuts off what does
// not fit, so that a stranger could send one key or hash in many forms. Every
// such type has an UnmarshalBinary that asks for the exact length.
func strict(t reflect.Type) error {
	if v, ok := checked.Load(t); ok {
		err, _ := v.(error)
		return err
	}
	err := walk(t, map[reflect.Type]bool{})
	checked.Store(t, err)
	return err
}

func walk(t reflect.Type, seen map[reflect.Type]bool) error {
	if t == nil || seen[t] {
		return nil
	}
	seen[t] = true
	if p := reflect.PointerTo(t); p.Implements(byBinary) || p.Implements(byCBOR) {
		return nil
	}
	switch t.Kind() {
	case reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return wherry.Errorf(wherry.Internal, "decode %s: it has no UnmarshalBinary, and would take any length", t)
		}
		return walk(t.Elem(), seen)
	case reflect.Slice, reflect.Pointer:
		return walk(t.Elem(), seen)
	case reflect.Map:
		if err := walk(t.Key(), seen); err != nil {
			return err
		}
		return walk(t.Elem(), seen)
	case reflect.Struct:
		for f := range t.Fields() {
			if f.IsExported() {
				if err := walk(f.Type, seen); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
