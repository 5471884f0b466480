package hub

import (
	"fmt"
	"io"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"time"

	vm "github.com/VictoriaMetrics/metrics"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
)

// metrics is what a hub counts, for Prometheus. No label names a consumer, a
// payee or a provider. Sums of money are floating-point numbers of tokens
// there, since Prometheus knows no others: for curves, not for books.
type metrics struct {
	set      *vm.Set
	accepted *vm.Counter
	commit   *timing            // how long changes of the book waited until they were durable
	snapshot *timing            // how long snapshots of the book took
	pause    *timing            // how long the book was held to begin one
	requests map[string]*timing // how long requests took, by path; fixed once serving begins
}

func newMetrics() *metrics {
	m := &metrics{set: vm.NewSet(), requests: map[string]*timing{}}
	m.accepted = m.set.NewCounter(name("promises_total", "result", "accepted"))
	m.commit = newTiming(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10)
	m.snapshot = newTiming(.01, .1, .5, 1, 5, 10, 60)
	m.pause = newTiming(.0001, .001, .005, .01, .025, .05, .1, .5)
	return m
}

// name writes a metric's name with its labels.
func name(metric string, labels ...string) string {
	var b strings.Builder
	b.WriteString("wherry_hub_" + metric)
	for i := 0; i+1 < len(labels); i += 2 {
		sep := ","
		if i == 0 {
			sep = "{"
		}
		b.WriteString(sep + labels[i] + "=" + strconv.Quote(labels[i+1]))
	}
	if len(labels) > 0 {
		b.WriteString("}")
	}
	return b.String()
}

// count adds to a counter that is made when it is first needed.
func (m *metrics) count(metric string, n int, labels ...string) {
	m.set.GetOrCreateCounter(name(metric, labels...)).Add(n)
}

// measure counts what a handler of a path answers. It is called before serving.
func (m *metrics) measure(path string, next http.HandlerFunc) http.HandlerFunc {
	took := m.requests[path]
	if took == nil {
		took = newTiming(m.commit.bounds...)
		m.requests[path] = took
	}
	ok := m.set.GetOrCreateCounter(name("requests_total", "path", path, "status", "200"))
	return func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		s := statusWriter{ResponseWriter: w, status: http.StatusOK}
		next(&s, r)
		took.observe(time.Since(began))
		if s.status == http.StatusOK {
			ok.Inc()
			return
		}
		m.count("requests_total", 1, "path", path, "status", strconv.Itoa(s.status))
	}
}

// answered counts the promises of a batch that has its answer.
func (m *metrics) answered(items int, a channel.Answer) {
	for _, r := range a.Refused {
		m.count("promises_total", 1, "result", string(r.Code))
	}
	m.accepted.Add(items - len(a.Refused))
}

// ended counts a transaction that is done.
func (m *metrics) ended(t channel.HubTx) {
	id := strconv.FormatUint(t.Chain, 10)
	m.count("transactions_total", 1, "chain", id, "kind", t.Kind.String(), "result", t.State.String())
	m.set.GetOrCreateFloatCounter(name("gas_ether_total", "chain", id)).Add(tokenFloat(t.Cost))
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (s *statusWriter) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach what is below.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// writeMetrics writes everything that is counted, and the hub's state as it is,
// in Prometheus' text format.
func (h *Hub) writeMetrics(w io.Writer) {
	h.metrics.set.WritePrometheus(w)
	h.metrics.commit.write(w, "commit_seconds", "")
	h.metrics.snapshot.write(w, "snapshot_seconds", "")
	h.metrics.pause.write(w, "snapshot_pause_seconds", "")
	for path, t := range h.metrics.requests {
		t.write(w, "request_seconds", fmt.Sprintf("path=%q", path))
	}
	put := func(metric string, v float64, labels ...string) { vm.WriteGaugeFloat64(w, name(metric, labels...), v) }
	s := h.Status()
	put("serving", truth(s.Serving))
	put("draining", truth(s.Draining))
	put("requests_in_hand", float64(h.room.inHand()))
	put("requests_in_hand_limit", float64(h.room.requests))
	put("journal_records", float64(s.Records))
	put("journal_tail_bytes", float64(h.journal.SinceSnapshot()))
	open := map[string]int{}
	for _, t := range s.Transactions {
		if !t.Done {
			open[strconv.FormatUint(t.Chain, 10)+t.Kind]++
		}
	}
	for _, cs := range s.Chains {
		id := strconv.FormatUint(cs.Chain, 10)
		put("chain_final_block", float64(cs.Block), "chain", id)
		put("gas_ether", tokenFloat(cs.Gas), "chain", id)
		silent := -1.0 // never heard of since the start
		if !cs.Heard.IsZero() {
			silent = time.Since(cs.Heard).Seconds()
		}
		put("chain_silent_seconds", silent, "chain", id)
		for _, kind := range []channel.TxKind{channel.TxCollect, channel.TxPush} {
			put("transactions_open", float64(open[id+kind.String()]), "chain", id, "kind", kind.String())
		}
	}
	for _, t := range s.Totals.Chains {
		id := strconv.FormatUint(t.Chain, 10)
		put("channels", float64(t.Consumers), "chain", id)
		put("payees", float64(t.Payees), "chain", id)
		for _, x := range []struct {
			what string
			v    wherry.Amount
		}{
			{"deposited", t.Deposited},
			{"collected", t.In},
			{"spent", t.Spent},
			{"pending", t.Pending},
			{"uncollected", t.Uncollected},
			{"credit", t.Credit},
			{"earned", t.Earned},
			{"paid", t.Out},
			{"owed", t.Owed},
			{"reserved", t.Reserved},
			{"fee", t.Fee},
			{"free", t.Free},
		} {
			put("tokens", tokenFloat(x.v), "chain", id, "what", x.what)
		}
	}
	vm.WriteProcessMetrics(w)
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// tokenFloat returns an amount of base units in tokens, or of wei in ether, for
// a curve.
func tokenFloat(a wherry.Amount) float64 {
	n, ok := new(big.Float).SetString(a.BaseString())
	if !ok {
		return 0
	}
	f, _ := n.Quo(n, big.NewFloat(1e18)).Float64()
	return f
}
