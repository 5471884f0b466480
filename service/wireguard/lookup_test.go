package wireguard

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/wherrynet/wherry"
)

// noExit lets nothing out.
type noExit struct{}

func (noExit) DialContext(context.Context, netip.Addr, string, netip.AddrPort) (net.Conn, error) {
	return nil, errors.New("no")
}

func (noExit) Exchange(context.Context, []byte, bool) ([]byte, error) { return nil, errors.New("no") }

var someQuestion = question{id: 7, name: dnsmessage.MustNewName("a.test."), typ: dnsmessage.TypeA}

// answerOf makes an answer to someQuestion and lets change spoil it.
func answerOf(t testing.TB, change func(*dnsmessage.Message)) []byte {
	t.Helper()
	alias := dnsmessage.MustNewName("b.test.")
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: 7, Response: true},
		Questions: []dnsmessage.Question{{Name: someQuestion.name, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET}},
		Answers: []dnsmessage.Resource{
			{Header: dnsmessage.ResourceHeader{Name: someQuestion.name, Type: dnsmessage.TypeCNAME, Class: dnsmessage.ClassINET}, Body: &dnsmessage.CNAMEResource{CNAME: alias}},
			{Header: dnsmessage.ResourceHeader{Name: alias, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET}, Body: &dnsmessage.AResource{A: [4]byte{198, 41, 0, 4}}},
		},
	}
	if change != nil {
		change(&m)
	}
	b, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAnswersAreMatchedToTheQuestion(t *testing.T) {
	addrs, truncated, err := someQuestion.answer(answerOf(t, nil))
	if err != nil || truncated || len(addrs) != 1 || addrs[0] != netip.MustParseAddr("198.41.0.4") {
		t.Fatalf("got %v, %v, %v", addrs, truncated, err)
	}
	for name, change := range map[string]func(*dnsmessage.Message){
		"another number":   func(m *dnsmessage.Message) { m.ID = 8 },
		"no response":      func(m *dnsmessage.Message) { m.Response = false },
		"another name":     func(m *dnsmessage.Message) { m.Questions[0].Name = dnsmessage.MustNewName("c.test.") },
		"another type":     func(m *dnsmessage.Message) { m.Questions[0].Type = dnsmessage.TypeAAAA },
		"another class":    func(m *dnsmessage.Message) { m.Questions[0].Class = dnsmessage.ClassCHAOS },
		"without question": func(m *dnsmessage.Message) { m.Questions = nil },
	} {
		if _, _, err := someQuestion.answer(answerOf(t, change)); !errors.Is(err, errNoAnswer) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for code, want := range map[dnsmessage.RCode]wherry.Code{
		dnsmessage.RCodeNameError: wherry.NotFound, dnsmessage.RCodeServerFailure: wherry.Unreachable, dnsmessage.RCodeRefused: wherry.Unreachable,
	} {
		if _, _, err := someQuestion.answer(answerOf(t, func(m *dnsmessage.Message) { m.RCode = code })); wherry.CodeOf(err) != want {
			t.Errorf("%v: %v", code, err)
		}
	}
	if _, truncated, err := someQuestion.answer(answerOf(t, func(m *dnsmessage.Message) { m.Truncated = true })); !truncated || err != nil {
		t.Errorf("truncated: %v, %v", truncated, err)
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add(answerOf(f, nil))
	f.Add([]byte{0, 7, 0x80, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		addrs, _, err := someQuestion.answer(b)
		if len(addrs) > lookupMost || err != nil && len(addrs) > 0 {
			t.Fatalf("%d addresses and %v", len(addrs), err)
		}
	})
}
