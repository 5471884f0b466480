package chain_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

var (
	hub   = wherry.MustAddress("0x0000000000000000000000000000000000000001")
	alice = wherry.MustAddress("0x00000000000000000000000000000000000a11ce")
)

func TestEveryRefusalHasWordsAndACode(t *testing.T) {
	for _, r := range []chain.Refusal{
		chain.BadParameter, chain.BadAccount, chain.BadSignature, chain.AlreadyOpen, chain.NotOpen,
		chain.AlreadyRetired, chain.NotAllowed, chain.OtherRelayer, chain.BelowMinimum, chain.ZeroAmount,
		chain.InsufficientFunds, chain.WrongAmountReceived, chain.AmountTooLarge, chain.AlreadyLeaving,
		chain.NotLeaving, chain.TooEarly, chain.NothingDeposited, chain.WrongState, chain.SignatureExpired,
		chain.DeadlineTooFar, chain.SignatureVoid, chain.Reentered, chain.TransferFromFailed,
		chain.InsufficientBalance, chain.AuthorizationExpired, chain.AuthorizationUsed,
	} {
		err := chain.Refuse(chain.Retire{}, r)
		if !r.Known() || wherry.CodeOf(err) == wherry.Internal || !strings.Contains(err.Error(), string(r)) {
			t.Errorf("%s: %v with code %s", r, err, wherry.CodeOf(err))
		}
		if !errors.Is(err, r) {
			t.Errorf("%s is not found in %v", r, err)
		}
	}
	if err := chain.Refuse(chain.Retire{}, "NewTrouble"); wherry.CodeOf(err) != wherry.Conflict || !strings.Contains(err.Error(), "NewTrouble") {
		t.Errorf("an unknown refusal: %v", err)
	}
}

func TestCallsThatTheContractHasNoWordsForAreRefused(t *testing.T) {
	big, err := wherry.MaxOnChain.Add(wherry.Base(1))
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range []chain.Call{
		chain.OpenHub{Amount: big},
		chain.Fund{Amount: big},
		chain.Withdraw{Amount: big},
		chain.TopUp{Amount: big},
		chain.TopUpPermit{TopUp: typed.TopUp{Deposited: big}},
		chain.TopUpPermit{TopUp: typed.TopUp{Fee: big}},
		chain.TopUpAuth{TopUp: typed.TopUp{Deposited: big}},
		chain.TopUpAuth{TopUp: typed.TopUp{Fee: big}},
		chain.Collect{Claims: []chain.Claim{{Promise: typed.Promise{Total: big}}}},
		chain.Settle{Payouts: []chain.SignedPayout{{Payout: typed.Payout{Total: big}}}},
		chain.Push{Items: []chain.PushItem{{Total: big}}},
		chain.Push{Items: []chain.PushItem{{Reserve: big}}},
		chain.CutReserve{Reserve: big},
		chain.RequestExitFor{Leave: typed.Leave{Deposited: big}},
		chain.RequestExitFor{Leave: typed.Leave{Fee: big}},
		chain.CoopExit{Close: typed.Close{Deposited: big}},
		chain.CoopExit{Close: typed.Close{Settled: big}},
		chain.CoopExitFor{Leave: typed.Leave{Deposited: big}},
		chain.CoopExitFor{Leave: typed.Leave{Fee: big}},
		chain.CoopExitFor{Close: typed.Close{Deposited: big}},
		chain.CoopExitFor{Close: typed.Close{Settled: big}},
	} {
		if err := chain.Check(call); !errors.Is(err, chain.AmountTooLarge) {
			t.Errorf("%s with too large an amount: %v", call.Name(), err)
		}
	}
	for _, call := range []chain.Call{
		chain.Approve{Amount: big},
		chain.Transfer{Amount: big},
		chain.Retire{},
		chain.AnnounceCut{},
		chain.RequestExit{},
		chain.FinalizeExit{},
		chain.Fund{Amount: wherry.MaxOnChain},
	} {
		if err := chain.Check(call); err != nil {
			t.Errorf("%s: %v", call.Name(), err)
		}
	}
	other := chain.Collect{Hub: hub, Claims: []chain.Claim{{Promise: typed.Promise{Hub: alice}}}}
	if err := chain.Check(other); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a promise to another hub: %v", err)
	}
}

func TestEventsAreReadable(t *testing.T) {
	b, err := json.Marshal(chain.Event{Kind: chain.Skipped, Hub: hub, Account: alice, Reason: chain.Stale, Total: wherry.Tokens(2)})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"kind":"skipped"`, `"reason":"stale"`, `"total":"2"`, alice.String()} {
		if !strings.Contains(string(b), want) {
			t.Errorf("%s is not in %s", want, b)
		}
	}
	if chain.Kind(200).String() != "none" || chain.Reason(200).String() != "unknown" {
		t.Errorf("unknown ones are %s and %s", chain.Kind(200), chain.Reason(200))
	}
}

func TestStatesGrow(t *testing.T) {
	words := ""
	for s := chain.Unknown; s <= chain.Failed; s++ {
		words += s.String() + " "
	}
	if words != "unknown sent mined final failed " {
		t.Errorf("the states are %s", words)
	}
	if chain.Final.String() != "final" || chain.Latest.String() != "latest" {
		t.Error("the views are not called what JSON-RPC calls them")
	}
}

func TestLeftAndLeaving(t *testing.T) {
	in := chain.In{Deposited: wherry.Base(5), Settled: wherry.Base(2)}
	if in.Left() != wherry.Base(3) || in.Leaving() {
		t.Errorf("left %s, leaving %t", in.Left(), in.Leaving())
	}
	in.ExitAt = time.Unix(1, 0)
	if !in.Leaving() {
		t.Error("a channel with an exit time is not leaving")
	}
}

// sent sends a transfer of alice's on a chain that waits for Mine.
func sent(t *testing.T, c *chaintest.Chain) wherry.Hash {
	t.Helper()
	key, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	c.Give(key.Address(), wherry.Tokens(1))
	id, err := c.Send(t.Context(), key, chain.Transfer{To: alice, Amount: wherry.Base(1)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestAwaitWaitsForAsMuchAsIsWanted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := chaintest.New(chaintest.Config{Depth: 3, Manual: true})
		id := sent(t, c)
		go func() {
			for range 4 {
				time.Sleep(time.Minute)
				c.Mine(1)
			}
		}()
		start := time.Now()
		st, err := chain.Await(t.Context(), c, id, chain.Mined, time.Second)
		if err != nil || st.State != chain.Mined || time.Since(start).Round(time.Minute) != time.Minute {
			t.Errorf("after %s it is %s (%v)", time.Since(start), st.State, err)
		}
		st, err = chain.Await(t.Context(), c, id, chain.Finalized, time.Second)
		if err != nil || st.State != chain.Finalized || time.Since(start).Round(time.Minute) != 4*time.Minute {
			t.Errorf("after %s it is %s (%v)", time.Since(start), st.State, err)
		}
		synctest.Wait()
	})
}

func TestAwaitOutlastsAnOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := chaintest.New(chaintest.Config{Manual: true})
		id := sent(t, c)
		c.SetDown(true)
		go func() {
			time.Sleep(time.Hour)
			c.SetDown(false)
			c.Mine(1)
		}()
		if st, err := chain.Await(t.Context(), c, id, chain.Mined, time.Second); err != nil || st.Block == 0 {
			t.Errorf("status %+v, %v", st, err)
		}
	})
}

func TestAwaitThatIsGivenUpSaysThatItGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := chaintest.New(chaintest.Config{Manual: true})
		id := sent(t, c)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		st, err := chain.Await(ctx, c, id, chain.Mined, time.Second)
		if wherry.CodeOf(err) != wherry.Pending || st.State != chain.Sent {
			t.Errorf("status %+v, %v", st, err)
		}
	})
}
