package evm_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/evm"
)

// middleman is an endpoint that asks a dev chain and tells what it likes.
type middleman struct {
	*httptest.Server
	t  *testing.T
	to string

	mu     sync.Mutex // guards what follows
	asked  int
	dead   bool
	delay  time.Duration
	behind uint64                                                                      // blocks that it does not know yet
	lie    func(method, params string, result json.RawMessage) (json.RawMessage, bool) // false: what the chain says
}

type rpcCall struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params,omitempty"`
}

type rpcAnswer struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   json.RawMessage `json:"error,omitempty"`
}

func newMiddleman(w *world) *middleman {
	m := &middleman{t: w.T, to: w.dev.URL()}
	m.Server = httptest.NewServer(m)
	w.Cleanup(m.Close)
	return m
}

func (m *middleman) set(change func(*middleman)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change(m)
}

func (m *middleman) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.asked
}

func (m *middleman) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	m.mu.Lock()
	m.asked++
	dead, delay, behind, lie := m.dead, m.delay, m.behind, m.lie
	m.mu.Unlock()
	if delay > 0 {
		select {
		case <-r.Context().Done():
			return
		case <-time.After(delay):
		}
	}
	if dead {
		http.Error(w, "gone", http.StatusBadGateway)
		return
	}
	var calls []rpcCall
	batch := json.Unmarshal(body, &calls) == nil
	if !batch {
		calls = make([]rpcCall, 1)
		if err := json.Unmarshal(body, &calls[0]); err != nil {
			m.t.Error(err)
		}
	}
	answers := make([]rpcAnswer, len(calls))
	for i, c := range calls {
		answers[i] = m.answer(c, behind)
		if lie != nil && answers[i].Error == nil {
			if told, ok := lie(c.Method, string(c.Params), answers[i].Result); ok {
				answers[i].Result = told
			}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	if batch {
		_ = json.NewEncoder(w).Encode(answers)
		return
	}
	_ = json.NewEncoder(w).Encode(answers[0])
}

// answer asks the chain, as it was some blocks ago.
func (m *middleman) answer(c rpcCall, behind uint64) rpcAnswer {
	if behind > 0 {
		head := hexNumber(string(m.pass(rpcCall{Version: "2.0", ID: c.ID, Method: "eth_blockNumber"}).Result)) - behind
		at := `"0x` + strconv.FormatUint(head, 16) + `"`
		if c.Method == "eth_blockNumber" {
			return rpcAnswer{Version: "2.0", ID: c.ID, Result: json.RawMessage(at)}
		}
		c.Params = json.RawMessage(strings.ReplaceAll(string(c.Params), `"latest"`, at))
		if c.Method == "eth_getBlockByNumber" {
			if text := strings.Trim(strings.Split(string(c.Params), ",")[0], "[ "); hexNumber(text) > head {
				return rpcAnswer{Version: "2.0", ID: c.ID, Result: json.RawMessage("null")}
			}
		}
	}
	return m.pass(c)
}

func (m *middleman) pass(c rpcCall) rpcAnswer {
	b, err := json.Marshal(c)
	if err != nil {
		m.t.Error(err)
	}
	a := rpcAnswer{Version: "2.0", ID: c.ID}
	resp, err := http.Post(m.to, "application/json", bytes.NewReader(b))
	if err != nil {
		a.Error = json.RawMessage(`{"code":1,"message":"the chain is gone"}`)
		return a
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		m.t.Error(err)
	}
	if a.Result == nil && a.Error == nil {
		a.Result = json.RawMessage("null")
	}
	return a
}

func hexNumber(text string) uint64 {
	n, _ := strconv.ParseUint(strings.TrimPrefix(strings.Trim(text, `"`), "0x"), 16, 64)
	return n
}

// through opens the chain by way of n middlemen.
func (w *world) through(n int) (*evm.Chain, []*middleman) {
	w.Helper()
	cfg := w.cfg
	cfg.RPC = nil
	all := make([]*middleman, n)
	for i := range all {
		all[i] = newMiddleman(w)
		cfg.RPC = append(cfg.RPC, all[i].URL)
	}
	return w.connect(cfg), all
}

// states returns how the endpoints of c do.
func states(c *evm.Chain) (out []string) {
	for _, e := range c.Endpoints() {
		out = append(out, e.State)
	}
	return out
}

// in reads a consumer's channel.
func (w *world) in(c chain.Chain, hub, consumer wherry.Address, at chain.At) chain.In {
	w.Helper()
	v, err := c.In(w.Context(), hub, consumer, at)
	if err != nil {
		w.Fatal(err)
	}
	return v
}
