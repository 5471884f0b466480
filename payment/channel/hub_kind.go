package channel

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
)

// EventKind returns the word for the kind of an event's record, as
// docs/journal.md has it: "unreadable" for what is none.
func EventKind(record []byte) string {
	var e HubEvent
	return kindOf(record, &e)
}

// SavedKind is EventKind for a record of a snapshot.
func SavedKind(record []byte) string {
	var r hubRecord
	return kindOf(record, &r)
}

// kindOf decodes a record and returns the name of the one field that is set.
func kindOf(record []byte, into any) string {
	if codec.Unmarshal(record, into) != nil {
		return "unreadable"
	}
	v := reflect.ValueOf(into).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Pointer && !f.IsNil() {
			return strings.ToLower(v.Type().Field(i).Name)
		}
	}
	return "unreadable"
}

// SavedOpening returns whose book a snapshot is, from its first record.
func SavedOpening(record []byte) (HubOpened, error) {
	var r hubRecord
	if err := codec.Unmarshal(record, &r); err != nil {
		return HubOpened{}, err
	}
	if r.Open == nil {
		return HubOpened{}, wherry.Errorf(wherry.Internal, "the snapshot does not begin with whose it is")
	}
	return *r.Open, nil
}

// Kind is a kind of record in a hub's journal.
type Kind struct {
	Key  string // of the record's one entry
	Name string
	Type string // of its value
}

// Kinds returns the kinds of a journal's records, and those of a snapshot's, in
// the order of their keys.
func Kinds() (events, saved []Kind) {
	return kindsOf(reflect.TypeFor[HubEvent]()), kindsOf(reflect.TypeFor[hubRecord]())
}

func kindsOf(t reflect.Type) []Kind {
	var out []Kind
	for f := range t.Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("cbor"), ",")
		out = append(out, Kind{key, strings.ToLower(f.Name), f.Type.Elem().Name()})
	}
	slices.SortFunc(out, func(a, b Kind) int { return cmp.Or(cmp.Compare(len(a.Key), len(b.Key)), cmp.Compare(a.Key, b.Key)) })
	return out
}
