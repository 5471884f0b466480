package node

import (
	"encoding/json"
	"testing"

	"github.com/wherrynet/wherry"
)

func TestMoneyIsATextWithACurrency(t *testing.T) {
	b, err := json.Marshal(Money{Amount: wherry.MustAmount("0.284")})
	if err != nil || string(b) != `{"amount":"0.284","currency":"FARE"}` {
		t.Fatalf("%s, %v", b, err)
	}
	var m Money
	if err := json.Unmarshal(b, &m); err != nil || m.Amount != wherry.MustAmount("0.284") {
		t.Errorf("came back as %s, %v", m, err)
	}
	for _, bad := range []string{`{"amount":"1","currency":"USD"}`, `{"amount":1,"currency":"FARE"}`, `"1"`, `{"amount":"1"}`} {
		if err := json.Unmarshal([]byte(bad), &m); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

func TestEventHoldsOnlyWhatItSays(t *testing.T) {
	b, err := json.Marshal(Event{Schema: EventSchema, Event: EventPromise, Amount: Money{Amount: wherry.Base(1)}})
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"spent", "at_risk", "per_gib", "code"} {
		if _, ok := m[k]; ok {
			t.Errorf("an event of a promise holds %s: %s", k, b)
		}
	}
	if _, ok := m["amount"]; !ok {
		t.Errorf("%s holds no amount", b)
	}
}
