package wallet

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity/typed"
)

// The second top-up's allowance took the place of the first one's, so that one of
// two top-ups to hubs on the same chain failed.
func TestTwoHubsAreToppedUpAtOnce(t *testing.T) {
	w := newWorldOn(t, chaintest.Config{Manual: true})
	w.chain.Mine(depth + 1)
	other := key(7)
	_, err := w.chain.Send(t.Context(), other, chain.OpenHub{
		Hub: other.Address(), Signature: other.Sign(typed.Owner{Owner: other.Address()}.Digest(w.chain.Params().Domain())),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	channels := []Channel{{Hub: w.hub.Address(), Chain: w.chain}, {Hub: other.Address(), Chain: w.chain}}
	wal, err := Open(t.Context(), Config{Path: w.path, Key: w.payer, Channels: channels, Every: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer wal.Close()
	for _, c := range channels {
		if _, err := wal.TopUp(t.Context(), c.ID(), wherry.Base(300)); err != nil {
			t.Fatal(err)
		}
	}
	w.settle(wal)
	all, err := wal.Balances(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range all {
		if b.Deposit != wherry.Base(300) {
			t.Errorf("deposit of %s with hub %s: want 300", b.Deposit.BaseString(), b.Hub)
		}
	}
	acc, err := w.chain.Account(t.Context(), w.payer.Address(), chain.Latest)
	if err != nil || !acc.Allowance.IsZero() {
		t.Errorf("an allowance of %s is left: %v", acc.Allowance.BaseString(), err)
	}
}
