package node

import (
	"context"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// A top-up that a relayer has in hand is followed, also once there is gas: with a
// transaction of its own besides, the consumer would deposit twice.
func TestTopUpInARelayersHandsIsNotRepeatedWithGas(t *testing.T) {
	p, c := follower(t)
	relayer, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	now := uint64(time.Now().Unix())
	q, err := wire.Quote{
		Chain: channel.Chain{ID: c.Params().ID, Contract: c.Params().Contract}, Issued: now, ValidUntil: now + 300,
		Fees: []wire.Fee{{Kind: wire.TopUpPermit, Fee: wherry.Base(1)}},
	}.Sign(relayer)
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.RelayTopUp(t.Context(), p.id, wherry.Tokens(3), q, wherry.Tokens(1))
	if err != nil {
		t.Fatal(err)
	}
	_, err = Config{}.topUp(t.Context(), p, topUpArgs{Amount: wherry.Tokens(5)}, nil, nil)
	if wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("another is begun meanwhile: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	got, err := Config{}.topUp(ctx, p, topUpArgs{Amount: wherry.Tokens(3)}, nil, nil)
	if wherry.CodeOf(err) != wherry.Pending || got.Relayer == nil || *got.Relayer != r.Relayer {
		t.Errorf("%+v, %v", got, err)
	}
	if all, err := p.Actions(t.Context(), 10); err != nil || len(all) != 0 {
		t.Errorf("%d transactions of its own (%v)", len(all), err)
	}
	in, err := c.In(t.Context(), p.id.Hub, p.Address(), chain.Latest)
	if err != nil || !in.Deposited.IsZero() {
		t.Errorf("%+v, %v", in, err)
	}
}
