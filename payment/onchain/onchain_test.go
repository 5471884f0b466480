package onchain

import (
	"context"
	"errors"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
)

// fakeChain answers as a test tells it to.
type fakeChain struct {
	chain.Chain
	status  chain.Status
	err     error // of Status
	send    error
	after   bool // send fails only once the transaction is stored
	resend  error
	resends int
}

func (c *fakeChain) Status(context.Context, wherry.Hash) (chain.Status, error) {
	return c.status, c.err
}

func (c *fakeChain) Resend(context.Context, chain.Tx) error {
	c.resends++
	return c.resend
}

func (c *fakeChain) Send(_ context.Context, _ *identity.Key, _ chain.Call, record func(chain.Tx) error) (wherry.Hash, error) {
	if c.send != nil && !c.after {
		return wherry.Hash{}, c.send
	}
	if err := record(testTx); err != nil {
		return wherry.Hash{}, err
	}
	return testTx.ID, c.send
}

var testTx = chain.Tx{ID: wherry.Hash{1}, Nonce: 4, Raw: []byte{2}}

func TestRowFollowsItsTransaction(t *testing.T) {
	down := wherry.Errorf(wherry.Unreachable, "down")
	no := wherry.Errorf(wherry.Conflict, "no")
	for name, c := range map[string]struct {
		from    State
		chain   fakeChain
		want    State // "" for no change
		reason  string
		err     wherry.Code
		resends int
	}{
		"planned":                {from: Planned, want: Sent},
		"refused before leaving": {from: Planned, chain: fakeChain{send: no}, want: Failed, reason: "no"},
		"refused after storing":  {from: Planned, chain: fakeChain{send: no, after: true}, want: Sent, err: wherry.Conflict},
		"answer lost":            {from: Planned, chain: fakeChain{send: down, after: true}, want: Sent, err: wherry.Unreachable},
		"chain down":             {from: Planned, chain: fakeChain{send: down}, err: wherry.Unreachable},
		"still sent":             {from: Sent, chain: fakeChain{status: chain.Status{State: chain.Sent}}},
		"mined":                  {from: Sent, chain: fakeChain{status: chain.Status{State: chain.Mined}}, want: Mined},
		"mined and refused":      {from: Sent, chain: fakeChain{status: chain.Status{State: chain.Mined, Reverted: true, Reason: "why"}}, want: Mined, reason: "why"},
		"final":                  {from: Mined, chain: fakeChain{status: chain.Status{State: chain.Finalized}}, want: Final},
		"final and refused":      {from: Mined, chain: fakeChain{status: chain.Status{State: chain.Finalized, Reverted: true, Reason: "why"}}, want: Failed, reason: "why"},
		"failed":                 {from: Mined, chain: fakeChain{status: chain.Status{State: chain.Failed, Reverted: true, Reason: "why"}}, want: Failed, reason: "why"},
		"undone":                 {from: Mined, want: Sent, resends: 1},
		"never arrived":          {from: Sent, resends: 1},
		"nonce taken":            {from: Sent, chain: fakeChain{resend: no}, want: Failed, reason: "another transaction took its place", resends: 1},
		"cannot resend":          {from: Sent, chain: fakeChain{resend: down}, err: wherry.Unreachable, resends: 1},
		"cannot ask":             {from: Sent, chain: fakeChain{err: down}, err: wherry.Unreachable},
		"done":                   {from: Final, chain: fakeChain{err: down}},
	} {
		t.Run(name, func(t *testing.T) {
			row := Row{State: c.from}
			if c.from != Planned {
				row.Tx = testTx
			}
			var got Row
			err := Step(t.Context(), &c.chain, nil, chain.RequestExit{}, row, func(r Row) error { got = r; return nil })
			if wherry.CodeOf(err) != c.err || got.State != c.want || got.Error != c.reason || c.chain.resends != c.resends {
				t.Fatalf("%+v, %d resends, %v", got, c.chain.resends, err)
			}
			if (got.State == Sent || got.State == Mined) && got.Tx.ID != testTx.ID {
				t.Error("the transaction is not stored")
			}
		})
	}
}

// What cannot be stored does not leave.
func TestNothingLeavesUnstored(t *testing.T) {
	full := errors.New("disk full")
	err := Step(t.Context(), &fakeChain{}, nil, chain.RequestExit{}, Row{State: Planned}, func(Row) error { return full })
	if !errors.Is(err, full) {
		t.Fatal(err)
	}
}

func TestTransactionAsText(t *testing.T) {
	text, err := Row{Tx: testTx}.TxText()
	if err != nil {
		t.Fatal(err)
	}
	tx, err := ParseTx(text.(string))
	if err != nil || tx.ID != testTx.ID || tx.Nonce != testTx.Nonce || string(tx.Raw) != string(testTx.Raw) {
		t.Fatal(tx, err)
	}
	if text, err := (Row{}).TxText(); text != nil || err != nil {
		t.Error(text, err)
	}
	if tx, err := ParseTx(""); err != nil || !tx.ID.IsZero() {
		t.Error(tx, err)
	}
	if _, err := ParseTx("{"); err == nil {
		t.Error("took half a transaction")
	}
}
