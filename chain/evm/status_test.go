package evm

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// TestReceiptAheadOfTheHeadIsNotMined gives a receipt of block 5 while the head
// is 4, as nodes do for a moment: reads would not yet see its effect.
func TestReceiptAheadOfTheHeadIsNotMined(t *testing.T) {
	for newest, want := range map[string]chain.State{
		"0x4": chain.Sent, "0x5": chain.Mined, "0x7": chain.Finalized,
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `[{"jsonrpc":"2.0","id":1,"result":"`+newest+`"},
				{"jsonrpc":"2.0","id":2,"result":{"blockNumber":"0x5","status":"0x1","gasUsed":"0x1","effectiveGasPrice":"0x1"}},
				{"jsonrpc":"2.0","id":3,"result":null}]`)
		}))
		defer srv.Close()
		e, err := dial(t.Context(), srv.URL, time.Second*10, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer e.client.Close()
		e.checked.Store(true)
		c := &Chain{params: chain.Params{Depth: 2}, endpoints: []*endpoint{e}, agree: 1}
		st, err := c.Status(t.Context(), wherry.Hash{1})
		if err != nil || st.State != want {
			t.Errorf("head %s: %s (%v), want %s", newest, st.State, err, want)
		}
	}
}
