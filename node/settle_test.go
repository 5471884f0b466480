package node

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/hub"
)

// A hub that is still at it when the person has no more patience: the command
// says what is under way, and that it is not done.
func TestHubSettleThatIsNotFinalSaysSo(t *testing.T) {
	var asked atomic.Bool
	done := hub.Transaction{ID: 1, Chain: 31001, Kind: "collect", State: "final", Hash: wherry.Hash{1}, Done: true}
	open := hub.Transaction{ID: 2, Chain: 31002, Kind: "push", State: "sent", Hash: wherry.Hash{2}, Items: 7, Tries: 2}
	m := http.NewServeMux()
	m.HandleFunc("GET /v1/admin/status", func(w http.ResponseWriter, _ *http.Request) {
		s := hub.Status{Transactions: []hub.Transaction{done}}
		if asked.Load() {
			s.Transactions = append(s.Transactions, open)
		}
		_ = json.NewEncoder(w).Encode(s)
	})
	m.HandleFunc("POST /v1/admin/settle", func(_ http.ResponseWriter, r *http.Request) {
		asked.Store(true)
		<-r.Context().Done()
	})
	srv := httptest.NewServer(m)
	defer srv.Close()
	c := Config{Hub: HubConfig{Admin: netip.MustParseAddrPort(strings.TrimPrefix(srv.URL, "http://"))}}
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		for !asked.Load() {
			time.Sleep(time.Millisecond)
		}
		interrupt()
	}()
	r, err := c.HubSettle(ctx)
	if wherry.CodeOf(err) != wherry.Pending || !strings.Contains(err.Error(), "same command") {
		t.Errorf("interrupted: %v", err)
	}
	if len(r.Transactions) != 1 || r.Transactions[0].ID != open.Hash || r.Transactions[0].State != "sent" || r.Transactions[0].Tries != 2 {
		t.Errorf("%+v: want what is under way, and not what was done before", r.Transactions)
	}
	all, err := c.HubTransactions(t.Context(), 0)
	if err != nil || len(all.Items) != 2 || all.Items[0].ID != open.Hash {
		t.Errorf("%+v, %v", all, err)
	}
	if one, err := c.HubTransactions(t.Context(), 31001); err != nil || len(one.Items) != 1 || one.Items[0].ID != done.Hash {
		t.Errorf("%+v, %v", one, err)
	}
}
