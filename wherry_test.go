package wherry_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
)

func TestKeccak256(t *testing.T) {
	const empty = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
	if got := wherry.Keccak256(); got.String() != empty {
		t.Errorf("hash of nothing is %s", got)
	}
	if wherry.Keccak256([]byte("ab"), []byte("c")) != wherry.Keccak256([]byte("abc")) {
		t.Error("the parts are not joined")
	}
}

func TestHashAndSessionRoundTrip(t *testing.T) {
	h := wherry.Keccak256([]byte("x"))
	id := wherry.SessionID(h)
	type both struct {
		H wherry.Hash
		S wherry.SessionID
	}
	text, err := json.Marshal(both{h, id})
	if err != nil {
		t.Fatal(err)
	}
	var back both
	if err := json.Unmarshal(text, &back); err != nil || back != (both{h, id}) {
		t.Errorf("%s reads back as %v, %v", text, back, err)
	}
	if len(id.Short()) != len("ses_")+8 || !strings.HasPrefix(id.String(), id.Short()) {
		t.Errorf("short form %s of %s", id.Short(), id)
	}
}

// A session and a hash are both 32 bytes, and their texts can't be confused.
func TestIdentifiersCannotBeConfused(t *testing.T) {
	h := wherry.Keccak256([]byte("x"))
	id := wherry.SessionID(h)
	if _, err := wherry.ParseHash(id.String()); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a session's text is a hash: %v", err)
	}
	if _, err := wherry.ParseSessionID(h.String()); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a hash's text is a session: %v", err)
	}
	for _, s := range []string{"", "0x", "ses_", h.String()[:65], id.String() + "0", "0x" + strings.Repeat("g", 64)} {
		if _, err := wherry.ParseHash(s); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("hash %q: %v", s, err)
		}
		if _, err := wherry.ParseSessionID(s); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("session %q: %v", s, err)
		}
	}
	if _, err := wherry.ParseSessionID("ses_" + strings.Repeat("g", 64)); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("session of other letters: %v", err)
	}
}

func TestErrorsQuoteLittleOfWhatAStrangerWrote(t *testing.T) {
	_, err := wherry.ParseHash(strings.Repeat("a", 1<<20))
	if err == nil || len(err.Error()) > 300 {
		t.Errorf("the error has %d bytes", len(err.Error()))
	}
}

func TestFixedLengthsAreExact(t *testing.T) {
	for name, read := range map[string]func([]byte) error{
		"hash":    new(wherry.Hash).UnmarshalBinary,
		"session": new(wherry.SessionID).UnmarshalBinary,
		"address": new(wherry.Address).UnmarshalBinary,
	} {
		want := 32
		if name == "address" {
			want = 20
		}
		for n := range 40 {
			if err := read(make([]byte, n)); (err == nil) != (n == want) || n != want && wherry.CodeOf(err) != wherry.Invalid {
				t.Errorf("%s of %d bytes: %v", name, n, err)
			}
		}
	}
}
