package evm

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

func TestEveryEventOfTheContractIsDecoded(t *testing.T) {
	for name := range hubs.GetABI().Events {
		if _, ok := decoders[topic(name)]; !ok {
			t.Errorf("event %s has no decoder", name)
		}
	}
}

func TestEveryErrorOfTheContractIsKnown(t *testing.T) {
	for name := range hubs.GetABI().Errors {
		if r := chain.Refusal(name); !r.Known() {
			t.Errorf("error %s is not in the table of refusals", name)
		}
	}
	for text, want := range map[string]chain.Refusal{
		"TransferFromFailed()": chain.TransferFromFailed, "Panic(uint256)": chain.AmountTooLarge,
		"AuthorizationAlreadyUsed()": chain.AuthorizationUsed, "TooEarly()": chain.TooEarly,
	} {
		s := selector(text)
		if got := refusal(s[:]); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	for _, raw := range [][]byte{nil, {1, 2, 3}, {1, 2, 3, 4}} {
		if got := refusal(raw); got.Known() {
			t.Errorf("%x is %s", raw, got)
		}
	}
}

func TestUnknownLogIsAnError(t *testing.T) {
	for name, l := range map[string]*types.Log{
		"without a topic": {},
		"unknown topic":   {Topics: []common.Hash{{1}}},
		"cut short":       {Topics: []common.Hash{common.Hash(topic("Funded")), {}}, Data: []byte{1, 2, 3}},
		"a topic missing": {Topics: []common.Hash{common.Hash(topic("HubOpened")), {}}},
	} {
		if ev, err := decode(l); err == nil {
			t.Errorf("%s: %+v", name, ev)
		}
	}
}

func TestTimesStayWithinTheCalendar(t *testing.T) {
	if !instant(0).IsZero() {
		t.Errorf("no time is %s", instant(0))
	}
	if _, err := instant(1<<64 - 1).MarshalJSON(); err != nil {
		t.Error(err)
	}
}

// FuzzAnswers feeds whatever an endpoint may say to everything that reads it.
func FuzzAnswers(f *testing.F) {
	word := make([]byte, 32)
	f.Add(topic("Funded").String(), append(word, word...), append(word, word...))
	f.Add(topic("Skipped").String(), append(word, word...), append(word, word...))
	f.Add("", []byte{}, []byte{1})
	f.Fuzz(func(t *testing.T, first string, topics, data []byte) {
		l := &types.Log{Data: data}
		if h, err := wherry.ParseHash(first); err == nil {
			l.Topics = append(l.Topics, common.Hash(h))
		}
		for len(topics) >= 32 && len(l.Topics) < 6 {
			l.Topics = append(l.Topics, common.Hash(topics[:32]))
			topics = topics[32:]
		}
		if ev, err := decode(l); err == nil && ev.Kind == chain.NoEvent {
			t.Errorf("an event of no kind: %+v", ev)
		}
		_, _ = unpackHub(data)
		_, _ = unpackIn(data)
		_, _ = unpackOut(data)
		_, _ = unpackAccount(data, data, data, nil)
		_, _ = unpackTerms([5]hexutil.Bytes{data, data, data, data, data})
		_ = refusal(data)
	})
}
