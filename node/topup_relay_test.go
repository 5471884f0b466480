package node

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
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

// A proxy was started without the name of the relayer that a command names by its
// URL: it gets the message all the same.
func TestRelayerNamedByItsURLGetsTheMessage(t *testing.T) {
	p, c := follower(t)
	relayer, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	on := channel.Chain{ID: c.Params().ID, Contract: c.Params().Contract}
	got := make(chan wire.Submission, 16)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var answer any
		if r.URL.Path == "/v1/terms" {
			now := uint64(time.Now().Unix())
			answer, _ = wire.Quote{Chain: on, Issued: now, ValidUntil: now + 300, Fees: []wire.Fee{{Kind: wire.TopUpPermit, Fee: wherry.Base(1)}}}.Sign(relayer)
		} else {
			body, _ := io.ReadAll(r.Body)
			var s wire.Submission
			if codec.Unmarshal(body, &s) != nil {
				w.WriteHeader(http.StatusBadRequest)
				return
			}
			got <- s
			answer = wire.Status{Version: wire.Version, ID: s.ID(), Kind: s.Kind, State: "planned"}
		}
		b, _ := codec.Marshal(answer)
		_, _ = w.Write(b)
	}))
	defer server.Close()
	network, err := Network{
		Name: "test", Chains: []ChainEntry{{ID: on.ID, RPC: []string{server.URL}, Hubs: on.Contract, Token: c.Params().Token}},
	}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "network.toml")
	if err := os.WriteFile(file, network, 0o600); err != nil {
		t.Fatal(err)
	}
	running := Config{Network: file} // as the proxy was started
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		_, err := relayArgs{Relayer: server.URL, MaxFee: wherry.Tokens(1)}.into(running).topUp(ctx, p, topUpArgs{Amount: wherry.Tokens(3)}, nil, nil)
		done <- err
	}()
	select {
	case s := <-got:
		if s.Relayer != relayer.Address() || s.Kind != wire.TopUpPermit {
			t.Errorf("%+v", s)
		}
		cancel()
		<-done
	case err := <-done:
		t.Errorf("nobody got the message: %v", err)
	}
}
