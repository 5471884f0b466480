package evm_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
)

// funded is a world with a hub and a consumer's final deposit of ten.
type funded struct {
	*world
	hub, owner, alice *identity.Key
}

func newFunded(t *testing.T) *funded {
	t.Helper()
	f := &funded{open(t), must(identity.Generate()), must(identity.Generate()), must(identity.Generate())}
	f.Fund(f.owner.Address(), wherry.Tokens(100))
	f.Fund(f.hub.Address(), wherry.Amount{})
	f.Fund(f.alice.Address(), wherry.Tokens(100))
	f.do(f.owner, chain.Approve{Amount: wherry.Tokens(50)})
	f.do(f.owner, openHub(f.world, f.hub, f.owner, wherry.Tokens(50)))
	f.do(f.alice, chain.Approve{Amount: wherry.Tokens(50)})
	f.do(f.alice, chain.TopUp{Hub: f.hub.Address(), Consumer: f.alice.Address(), Amount: wherry.Tokens(10)})
	f.Mine(4)
	return f
}

// richer makes an endpoint double what the contract says of anybody's deposit.
func richer(method, _ string, result json.RawMessage) (json.RawMessage, bool) {
	// deposited, settled, exit and not-before: four words.
	if text := string(result); method == "eth_call" && len(text) == 2+2+4*64 {
		return json.RawMessage(`"0x` + strings.Repeat("0", 44) + "8" + text[48:]), true
	}
	return nil, false
}

func TestDepositThatOneEndpointInventsDoesNotCount(t *testing.T) {
	f := newFunded(t)
	hub, alice := f.hub.Address(), f.alice.Address()
	two, m := f.through(2)
	m[1].set(func(m *middleman) { m.lie = richer })
	if in, err := two.In(t.Context(), hub, alice, chain.Final); wherry.CodeOf(err) != wherry.Unreachable || !strings.Contains(err.Error(), "do not agree") {
		t.Errorf("two that do not agree say %+v, %v", in, err)
	}
	if got := states(two); !slices.Equal(got, []string{"disagrees", "disagrees"}) {
		t.Errorf("endpoints are %v", got)
	}
	m[1].set(func(m *middleman) { m.lie = nil })
	if in := f.in(two, hub, alice, chain.Final); in.Deposited != wherry.Tokens(10) {
		t.Errorf("deposit %s", in.Deposited)
	}
	if got := states(two); !slices.Equal(got, []string{"ok", "ok"}) {
		t.Errorf("endpoints are %v once they agree", got)
	}

	three, m := f.through(3)
	m[0].set(func(m *middleman) { m.lie = richer })
	if in := f.in(three, hub, alice, chain.Final); in.Deposited != wherry.Tokens(10) {
		t.Errorf("the one who lies is believed: %s", in.Deposited)
	}
	all := three.Endpoints()
	if got := states(three); !slices.Equal(got, []string{"disagrees", "ok", "ok"}) || !strings.Contains(all[0].Error, "final") {
		t.Errorf("endpoints are %+v", all)
	}
	if strings.Contains(all[0].Host, "http") || all[1].Head == 0 || all[0].Since.IsZero() {
		t.Errorf("endpoints are %+v", all)
	}
}

// Another hash at the same final height: the endpoint is on another branch.
func TestEndpointOnAnotherBranchIsFound(t *testing.T) {
	f := newFunded(t)
	other := func(method, _ string, result json.RawMessage) (json.RawMessage, bool) {
		if method != "eth_getBlockByNumber" || string(result) == "null" {
			return nil, false
		}
		var h map[string]json.RawMessage
		if err := json.Unmarshal(result, &h); err != nil {
			t.Error(err)
		}
		h["hash"] = json.RawMessage(`"0x` + strings.Repeat("ab", 32) + `"`)
		return must(json.Marshal(h)), true
	}
	two, m := f.through(2)
	m[0].set(func(m *middleman) { m.lie = other })
	for name, err := range map[string]error{
		"head":    second(two.Head(t.Context(), chain.Final)),
		"block":   second(two.Block(t.Context(), 3)),
		"deposit": second(two.In(t.Context(), f.hub.Address(), f.alice.Address(), chain.Final)),
	} {
		if wherry.CodeOf(err) != wherry.Unreachable {
			t.Errorf("%s: %v", name, err)
		}
	}
	three, m := f.through(3)
	m[2].set(func(m *middleman) { m.lie = other })
	want := must(f.c.Head(t.Context(), chain.Final))
	if h, err := three.Head(t.Context(), chain.Final); err != nil || h != want {
		t.Errorf("final head %+v (%v), want %+v", h, err, want)
	}
	if got := states(three); got[2] != "disagrees" {
		t.Errorf("endpoints are %v", got)
	}
}

func second[T any](_ T, err error) error { return err }

func TestEndpointThatIsBehindIsTolerated(t *testing.T) {
	f := newFunded(t)
	f.Mine(30)
	two, m := f.through(2)
	m[0].set(func(m *middleman) { m.behind = 25 })
	newest := must(f.c.Head(t.Context(), chain.Latest))
	if h, err := two.Head(t.Context(), chain.Latest); err != nil || h != newest {
		t.Errorf("newest block %+v, %v", h, err)
	}
	if h, err := two.Head(t.Context(), chain.Final); err != nil || h.Number != newest.Number-25-2 {
		t.Errorf("final block %d of %d: both have to have it (%v)", h.Number, newest.Number, err)
	}
	if got := states(two); !slices.Equal(got, []string{"behind", "ok"}) {
		t.Errorf("endpoints are %v", got)
	}
	f.do(f.alice, chain.TopUp{Hub: f.hub.Address(), Consumer: f.alice.Address(), Amount: wherry.Tokens(5)})
	f.Mine(5)
	if in := f.in(two, f.hub.Address(), f.alice.Address(), chain.Latest); in.Deposited != wherry.Tokens(15) {
		t.Errorf("newest deposit %s", in.Deposited)
	}
	if in := f.in(two, f.hub.Address(), f.alice.Address(), chain.Final); in.Deposited != wherry.Tokens(10) {
		t.Errorf("deposit %s counts, and one endpoint has not seen it", in.Deposited)
	}
	if _, err := two.Events(t.Context(), f.hub.Address(), 1, newest.Number+3); err != nil {
		t.Errorf("events of the newest blocks: %v", err)
	}
	// With three, the one that is behind holds up nothing that is final either.
	three, m := f.through(3)
	m[1].set(func(m *middleman) { m.behind = 25 })
	if in := f.in(three, f.hub.Address(), f.alice.Address(), chain.Final); in.Deposited != wherry.Tokens(15) {
		t.Errorf("final deposit %s", in.Deposited)
	}
}

func TestDeadEndpointHoldsNobodyUp(t *testing.T) {
	f := newFunded(t)
	three, m := f.through(3)
	m[0].set(func(m *middleman) { m.dead = true })
	for range 20 {
		if in := f.in(three, f.hub.Address(), f.alice.Address(), chain.Final); in.Deposited != wherry.Tokens(10) {
			t.Errorf("deposit %s", in.Deposited)
		}
	}
	if n := m[0].count(); n > 12 {
		t.Errorf("the dead one was asked %d times", n)
	}
	if all := three.Endpoints(); all[0].State != "down" || all[0].Error == "" {
		t.Errorf("endpoints are %+v", all)
	}
	// Of two, one is not enough for what is final, and is for the rest.
	two, m := f.through(2)
	m[1].set(func(m *middleman) { m.dead = true })
	if _, err := two.In(t.Context(), f.hub.Address(), f.alice.Address(), chain.Final); wherry.CodeOf(err) != wherry.Unreachable || !strings.Contains(err.Error(), "1 of 2") {
		t.Errorf("final by one: %v", err)
	}
	if in := f.in(two, f.hub.Address(), f.alice.Address(), chain.Latest); in.Deposited != wherry.Tokens(10) {
		t.Errorf("newest by one: %s", in.Deposited)
	}
	id, err := two.Send(t.Context(), f.alice, chain.Transfer{To: f.owner.Address(), Amount: wherry.Tokens(1)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	st, err := chain.Await(t.Context(), two, id, chain.Mined, time.Millisecond)
	f.Mine(5)
	if err != nil || st.State != chain.Mined {
		t.Errorf("%+v, %v", st, err)
	}
	if st, err := two.Status(t.Context(), id); err != nil || st.State != chain.Mined {
		t.Errorf("final by the word of one: %+v, %v", st, err)
	}
}

func TestSlowEndpointIsLeftBehind(t *testing.T) {
	f := newFunded(t)
	three, m := f.through(3)
	m[1].set(func(m *middleman) { m.delay = time.Minute })
	began := time.Now()
	for range 5 {
		if in := f.in(three, f.hub.Address(), f.alice.Address(), chain.Latest); in.Deposited != wherry.Tokens(10) {
			t.Errorf("deposit %s", in.Deposited)
		}
	}
	if d := time.Since(began); d > 9*time.Second {
		t.Errorf("five questions took %s", d)
	}
	if got := states(three); got[1] != "down" {
		t.Errorf("endpoints are %v", got)
	}
}

func TestLeavingIsSeenWhenAnySeesIt(t *testing.T) {
	f := newFunded(t)
	two, m := f.through(2)
	f.do(f.alice, chain.RequestExit{Hub: f.hub.Address()})
	for _, i := range []int{0, 1} {
		m[i].set(func(m *middleman) { m.behind = 1 })
		if in := f.in(two, f.hub.Address(), f.alice.Address(), chain.Latest); !in.Leaving() {
			t.Errorf("endpoint %d is behind, and the other is not heard", i)
		}
		m[i].set(func(m *middleman) { m.behind = 0 })
	}
	// The one with the newest block keeps silent about it.
	m[0].set(func(m *middleman) {
		m.lie = func(method, _ string, result json.RawMessage) (json.RawMessage, bool) {
			if text := string(result); method == "eth_call" && len(text) == 2+2+4*64 {
				return json.RawMessage(text[:4+2*64-1] + strings.Repeat("0", 64) + text[4+3*64-1:]), true
			}
			return nil, false
		}
	})
	if in := f.in(two, f.hub.Address(), f.alice.Address(), chain.Latest); !in.Leaving() {
		t.Error("one that keeps silent is believed")
	}
	head := must(f.c.Head(t.Context(), chain.Latest)).Number
	hidden := func(method, _ string, _ json.RawMessage) (json.RawMessage, bool) {
		return json.RawMessage("[]"), method == "eth_getLogs"
	}
	m[0].set(func(m *middleman) { m.lie = hidden })
	asked := func(first, last uint64) (n int) {
		evs, err := two.Events(t.Context(), f.hub.Address(), first, last)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range evs {
			if e.Kind == chain.ExitRequested {
				n++
			}
		}
		return n
	}
	if n := asked(head, head); n != 1 {
		t.Errorf("%d events in the newest block, which one endpoint hides", n)
	}
	f.Mine(4)
	if _, err := two.Events(t.Context(), f.hub.Address(), 1, head); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("a final event that one endpoint hides: %v", err)
	}
	m[0].set(func(m *middleman) { m.lie = nil })
	if n := asked(1, head+2); n != 1 {
		t.Errorf("%d events", n)
	}
}

func TestReserveIsTheLeastThatAnySays(t *testing.T) {
	f := newFunded(t)
	payee := must(identity.Generate()).Address()
	push := func(reserve uint64) {
		f.do(f.hub, chain.Push{Hub: f.hub.Address(), Items: []chain.PushItem{{Payee: payee, Reserve: wherry.Tokens(reserve)}}})
	}
	push(5)
	push(9)
	two, m := f.through(2)
	for _, i := range []int{0, 1} {
		m[i].set(func(m *middleman) { m.behind = 1 })
		if o, err := two.Out(t.Context(), f.hub.Address(), payee, chain.Latest); err != nil || o.Reserved != wherry.Tokens(5) {
			t.Errorf("reserve %s (%v), and endpoint %d says 5", o.Reserved, err, i)
		}
		m[i].set(func(m *middleman) { m.behind = 0 })
	}
	f.do(f.owner, chain.AnnounceCut{Hub: f.hub.Address(), Payee: payee})
	m[0].set(func(m *middleman) { m.behind = 1 })
	if o, err := two.Out(t.Context(), f.hub.Address(), payee, chain.Latest); err != nil || o.UnlockAt.IsZero() {
		t.Errorf("a cut that one has seen: %+v, %v", o, err)
	}
}

// One endpoint says thanks and forgets; another takes the transaction.
func TestTransactionGoesToAll(t *testing.T) {
	f := newFunded(t)
	two, m := f.through(2)
	m[0].set(func(m *middleman) {
		m.to = "http://127.0.0.1:1" // nothing passes
		m.lie = nil
	})
	id, err := two.Send(t.Context(), f.alice, chain.Transfer{To: f.owner.Address(), Amount: wherry.Tokens(1)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	m[0].set(func(m *middleman) { m.to = f.dev.URL() })
	if _, err := chain.Await(t.Context(), two, id, chain.Mined, time.Millisecond); err != nil {
		t.Fatal(err)
	}
	// One takes it, the other says that its nonce is used: it is on its way.
	m[1].set(func(m *middleman) {
		m.lie = func(method, _ string, _ json.RawMessage) (json.RawMessage, bool) {
			return json.RawMessage(`"0x` + strings.Repeat("00", 32) + `"`), method == "eth_sendRawTransaction"
		}
	})
	if _, err := two.Send(t.Context(), f.alice, chain.Transfer{To: f.owner.Address(), Amount: wherry.Tokens(1)}, nil); err != nil {
		t.Fatal(err)
	}
}
