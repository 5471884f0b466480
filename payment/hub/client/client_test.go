package client

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// lying is a hub that answers every request with the same status and value.
func lying(t *testing.T, hub *identity.Key, status int, v any) Client {
	t.Helper()
	body, ok := v.([]byte)
	if !ok {
		var err error
		if body, err = codec.Marshal(v); err != nil {
			t.Fatal(err)
		}
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write(body)
	}))
	t.Cleanup(s.Close)
	return Client{URL: s.URL, Hub: hub.Address()}
}

func key(t *testing.T) *identity.Key {
	t.Helper()
	k, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestAnswersToSomethingElseAreRefused(t *testing.T) {
	hub, me := key(t), key(t)
	ctx := t.Context()
	chainA := channel.Chain{ID: 1}
	orders := func(change func(*channel.Orders)) channel.Orders {
		o := channel.Orders{
			Version: 1, Hub: hub.Address(), Consumer: me.Address(), A: chainA,
			Orders: []channel.OrderStatus{{Seq: 5, State: channel.FateRefused}},
		}
		change(&o)
		d, err := o.Digest()
		if err != nil {
			t.Fatal(err)
		}
		o.Sig = hub.Sign(d)
		return o
	}
	ask := func(c Client) error { _, err := c.Orders(ctx, me, chainA, []uint64{5}); return err }
	if err := ask(lying(t, hub, 200, orders(func(*channel.Orders) {}))); err != nil {
		t.Fatalf("an honest answer: %v", err)
	}
	unsigned := orders(func(*channel.Orders) {})
	unsigned.Orders[0].State = channel.FateVoid
	forgedClose := channel.Closed{Version: 1, Consumer: me.Address(), Settled: wherry.Base(1), Sig: me.Sign(wherry.Hash{1})}
	for name, err := range map[string]error{
		"other seq":    ask(lying(t, hub, 200, orders(func(o *channel.Orders) { o.Orders[0].Seq = 6 }))),
		"fewer":        ask(lying(t, hub, 200, orders(func(o *channel.Orders) { o.Orders = nil }))),
		"other's":      ask(lying(t, hub, 200, orders(func(o *channel.Orders) { o.Consumer = hub.Address() }))),
		"other chain":  ask(lying(t, hub, 200, orders(func(o *channel.Orders) { o.A.ID = 2 }))),
		"other hub":    ask(lying(t, hub, 200, orders(func(o *channel.Orders) { o.Hub = me.Address() }))),
		"not signed":   ask(lying(t, hub, 200, unsigned)),
		"garbage":      ask(lying(t, hub, 200, []byte{0xff})),
		"endless":      ask(lying(t, hub, 200, make([]byte, MaxAnswer+1))),
		"other batch":  second(lying(t, hub, 200, channel.Answer{Version: 1}).Pay(ctx, []byte{1})),
		"terms":        second(lying(t, hub, 200, channel.SignedTerms{Version: 1, Hub: hub.Address(), A: chainA}).Terms(ctx, 1)),
		"other terms":  second(lying(t, hub, 200, channel.SignedTerms{Version: 1, A: chainA}).Terms(ctx, 1)),
		"payouts":      second(lying(t, hub, 200, channel.Payouts{Version: 1}).Payout(ctx, me, chainA)),
		"account":      second(lying(t, hub, 200, channel.Account{Version: 1}).Account(ctx, me, chainA)),
		"close":        second(lying(t, hub, 200, channel.Closed{Version: 1}).Close(ctx, me, chainA)),
		"forged close": second(lying(t, hub, 200, forgedClose).Close(ctx, me, chainA)),
		"bare status":  ask(lying(t, hub, 500, []byte("<html>"))),
		"no such code": ask(lying(t, hub, 400, channel.Failure{Code: "nonsense"})),
	} {
		if wherry.CodeOf(err) != wherry.Refused {
			t.Errorf("%s: %v, want refused", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestCodesOfTheHubArrive(t *testing.T) {
	hub := key(t)
	c := lying(t, hub, 402, channel.Failure{Code: wherry.NotFunded, Message: "no"})
	if err := c.Health(t.Context()); wherry.CodeOf(err) != wherry.NotFunded {
		t.Errorf("%v", err)
	}
	if err := (Client{URL: "http://127.0.0.1:1", Hub: hub.Address()}).Health(context.Background()); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("%v", err)
	}
}

// TestSeveralAddresses asks a hub that two machines run: one is gone, one stands
// by, one serves. Whoever served last is asked first.
func TestSeveralAddresses(t *testing.T) {
	hub := key(t)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	asked := 0
	standby := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		b, err := codec.Marshal(channel.Failure{Code: wherry.Unreachable, Message: "standby"})
		if err != nil {
			t.Error(err)
		}
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write(b)
	}))
	defer standby.Close()
	serves := lying(t, hub, http.StatusOK, []byte{})
	c := Client{URL: gone.URL + "," + standby.URL + "," + serves.URL, Hub: hub.Address()}
	for range 3 {
		if err := c.Health(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 {
		t.Errorf("the standby is asked %d times", asked)
	}
	c.URL = gone.URL + "," + standby.URL
	if err := c.Health(context.Background()); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("nobody serves: %v", err)
	}
	refuses := lying(t, hub, http.StatusForbidden, channel.Failure{Code: wherry.Forbidden, Message: "no"})
	c.URL = refuses.URL + "," + serves.URL
	if err := c.Health(context.Background()); wherry.CodeOf(err) != wherry.Forbidden {
		t.Errorf("a no is an answer, and was %v", err)
	}
}
