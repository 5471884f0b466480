package hub

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// Check is one thing that a hub needs, and whether it is there.
type Check struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	// Warning says that orders are taken all the same.
	Warning bool   `json:"warning,omitempty"`
	Says    string `json:"says,omitempty"` // what is missing
	Try     string `json:"try,omitempty"`  // what an operator can do
}

// Checks returns what the hub needs to serve, in the order in which an operator
// would look.
func (h *Hub) Checks() []Check {
	h.mu.Lock()
	defer h.mu.Unlock()
	journal := Check{Name: "journal", OK: true}
	if err := h.unfit(); err != nil {
		journal.OK = false
		journal.Says, journal.Try = err.Error(), "see the recovery manual before anything else; do not delete the journal"
	}
	out := []Check{journal}
	if h.book.Draining() {
		out = append(out, Check{Name: "orders", Says: "the hub is being drained: it takes no new orders", Try: "wherry hub drain --cancel takes them again"})
	}
	for _, w := range h.watches {
		out = append(out, h.checkChain(w)...)
	}
	return out
}

// checkChain is called with mu held.
func (h *Hub) checkChain(w *watch) []Check {
	name := func(what string) string { return fmt.Sprintf("chain %d %s", w.id, what) }
	read := Check{Name: name("is read"), OK: true}
	switch at, heard := h.heard[w.id]; {
	case !heard:
		read.OK, read.Says = false, "it was not read to its end since the start"
	case time.Since(at) > h.cfg.Stale:
		read.OK, read.Says = false, fmt.Sprintf("it was last read to its end %s ago", time.Since(at).Round(time.Second))
	}
	if !read.OK {
		if read.Try = "look at its endpoints"; w.failed != "" {
			read.Says += ": " + w.failed
		}
		return []Check{read} // the rest is not known
	}
	open := Check{Name: name("is open"), OK: !w.retired && w.opened}
	switch {
	case w.retired:
		open.Says, open.Try = "the hub is retired there", "go on with a new key"
	case !w.opened:
		open.Says, open.Try = "the hub is not open there: nobody can be paid", fmt.Sprintf("wherry hub open --chain %d --fund AMOUNT", w.id)
		open.Warning = true
	}
	gas := Check{Name: name("has gas money"), OK: !w.gas.IsZero(), Warning: w.gas.IsZero()}
	if gas.Warning {
		gas.Says, gas.Try = "the hub's key has none: nothing can be collected or paid", "send some to "+h.address.String()
	}
	money := Check{Name: name("has free money"), OK: true}
	var need wherry.Amount
	for _, o := range h.book.Owed(w.id) {
		need = add(need, o.Base.SubFloor(o.Paid).SubFloor(o.Reserved))
	}
	if w.free.Less(need) {
		money.OK, money.Warning = false, true
		money.Says = fmt.Sprintf("%s %s are free, and %s are owed beyond the reserves", w.free, wherry.Currency, need)
		money.Try = fmt.Sprintf("wherry hub open --chain %d --fund AMOUNT adds to it", w.id)
	}
	out := []Check{read, open, gas, money}
	for _, e := range w.endpoints() {
		if e.State != "ok" {
			out = append(out, Check{
				Name: name("endpoint " + e.Host), Warning: true, Says: strings.TrimSuffix("it is "+e.State+": "+e.Error, ": "),
				Try: "another endpoint in its place: two have to agree about what is final",
			})
		}
	}
	return out
}

// endpoints returns how the servers do that the chain is seen through.
func (w *watch) endpoints() []chain.Endpoint {
	if c, ok := w.chain.(interface{ Endpoints() []chain.Endpoint }); ok {
		return c.Endpoints()
	}
	return nil
}

// Ready reports whether all checks hold that orders depend on.
func Ready(checks []Check) bool {
	for _, c := range checks {
		if !c.OK && !c.Warning {
			return false
		}
	}
	return true
}

// WatchHandler serves what machines look at: GET /metrics for Prometheus, GET
// /healthz (the journal is sound; otherwise restart will not help) and GET
// /readyz (orders are taken; the body says what is missing). It changes nothing
// and names nobody, but says how much money there is.
func (h *Hub) WatchHandler() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		h.writeMetrics(w)
	})
	m.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		if err := h.Err(); err != nil {
			writeJSON(w, http.StatusServiceUnavailable, h.Checks())
			return
		}
		writeJSON(w, http.StatusOK, []Check{{Name: "journal", OK: true}})
	})
	m.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		checks, status := h.Checks(), http.StatusOK
		if !Ready(checks) {
			status = http.StatusServiceUnavailable
		}
		writeJSON(w, status, checks)
	})
	return m
}
