package hub

import (
	"math/big"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
)

// metrics is what a hub counts, for Prometheus. No label names a consumer, a
// payee or a provider. Sums of money are floating-point numbers of tokens
// there, since Prometheus knows no others: for curves, not for books.
type metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec   // path, status
	seconds   *prometheus.HistogramVec // path
	promises  *prometheus.CounterVec   // result
	commit    prometheus.Histogram
	snapshot  prometheus.Histogram
	snapshots *prometheus.CounterVec // result
	txs       *prometheus.CounterVec // chain, kind, result
	spent     *prometheus.CounterVec // chain
}

// quick are the bounds of what should take milliseconds, in seconds.
var quick = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

func newMetrics(h *Hub) *metrics {
	const prefix = "wherry_hub_"
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: prefix + "requests_total", Help: "Requests that were answered, by path and HTTP status.",
		}, []string{"path", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: prefix + "request_seconds", Help: "How long requests took, by path.", Buckets: quick,
		}, []string{"path"}),
		promises: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: prefix + "promises_total", Help: "Promises in batches that were answered: accepted (also again), or the code of the refusal.",
		}, []string{"result"}),
		commit: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: prefix + "commit_seconds", Help: "How long changes of the book waited until they were durable.", Buckets: quick,
		}),
		snapshot: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: prefix + "snapshot_seconds", Help: "How long snapshots of the book took.", Buckets: prometheus.ExponentialBuckets(.01, 3, 9),
		}),
		snapshots: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: prefix + "snapshots_total", Help: "Snapshots of the book, by result: ok or failed.",
		}, []string{"result"}),
		txs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: prefix + "transactions_total", Help: "Transactions that are done, by chain, kind and result: final or failed.",
		}, []string{"chain", "kind", "result"}),
		spent: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: prefix + "gas_ether_total", Help: "What transactions that are done have cost, in the chain's own coin.",
		}, []string{"chain"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.promises, m.commit, m.snapshot, m.snapshots, m.txs, m.spent,
		bookCollector{h}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// handler serves the metrics.
func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
}

// measure counts what a handler answers.
func (m *metrics) measure(path string, next http.HandlerFunc) http.HandlerFunc {
	seconds := m.seconds.WithLabelValues(path)
	ok := m.requests.WithLabelValues(path, "200")
	return func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		s := statusWriter{ResponseWriter: w, status: http.StatusOK}
		next(&s, r)
		seconds.Observe(time.Since(began).Seconds())
		if s.status == http.StatusOK {
			ok.Inc()
			return
		}
		m.requests.WithLabelValues(path, strconv.Itoa(s.status)).Inc()
	}
}

// answered counts the promises of a batch that has its answer.
func (m *metrics) answered(items int, a channel.Answer) {
	for _, r := range a.Refused {
		m.promises.WithLabelValues(string(r.Code)).Inc()
	}
	if n := items - len(a.Refused); n > 0 {
		m.promises.WithLabelValues("accepted").Add(float64(n))
	}
}

// ended counts a transaction that is done.
func (m *metrics) ended(t channel.HubTx) {
	id := strconv.FormatUint(t.Chain, 10)
	m.txs.WithLabelValues(id, t.Kind.String(), t.State.String()).Inc()
	m.spent.WithLabelValues(id).Add(tokenFloat(t.Cost))
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (s *statusWriter) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach what is below.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// bookCollector reads the hub's state whenever somebody looks.
type bookCollector struct{ hub *Hub }

func gauge(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("wherry_hub_"+name, help, labels, nil)
}

var (
	descServing  = gauge("serving", "1 while orders are taken, 0 otherwise; the health page says why.")
	descDraining = gauge("draining", "1 while the hub is being drained.")
	descInHand   = gauge("requests_in_hand", "Requests that are being answered.")
	descInHandMx = gauge("requests_in_hand_limit", "How many may be, before the hub answers that it is busy.")
	descRecords  = gauge("journal_records", "Number of the newest record of the journal.")
	descTail     = gauge("journal_tail_bytes", "What would have to be read behind the newest snapshot.")
	descBlock    = gauge("chain_final_block", "Newest final block that is in the book.", "chain")
	descHeard    = gauge("chain_silent_seconds", "How long ago the chain was read to its end; -1 before the first time.", "chain")
	descOpenTxs  = gauge("transactions_open", "Transactions that are not done.", "chain", "kind")
	descGas      = gauge("gas_ether", "What the hub's key has for gas, in the chain's own coin.", "chain")
	descChannels = gauge("channels", "Consumers' channels in the book.", "chain")
	descPayees   = gauge("payees", "Payees in the book.", "chain")
	descTokens   = gauge("tokens", "Sums of the book in tokens, by what they are.", "chain", "what")
)

// Describe implements prometheus.Collector.
func (bookCollector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		descServing, descDraining, descInHand, descInHandMx, descRecords, descTail, descBlock, descHeard, descOpenTxs,
		descGas, descChannels, descPayees, descTokens,
	} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (c bookCollector) Collect(out chan<- prometheus.Metric) {
	h := c.hub
	put := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	s := h.Status()
	put(descServing, truth(s.Serving))
	put(descDraining, truth(s.Draining))
	put(descInHand, float64(len(h.slots)))
	put(descInHandMx, float64(cap(h.slots)))
	put(descRecords, float64(s.Records))
	put(descTail, float64(h.journal.SinceSnapshot()))
	open := map[[2]string]int{}
	for _, t := range s.Transactions {
		if !t.Done {
			open[[2]string{strconv.FormatUint(t.Chain, 10), t.Kind}]++
		}
	}
	for _, cs := range s.Chains {
		id := strconv.FormatUint(cs.Chain, 10)
		put(descBlock, float64(cs.Block), id)
		put(descGas, tokenFloat(cs.Gas), id)
		silent := -1.0
		if !cs.Heard.IsZero() {
			silent = time.Since(cs.Heard).Seconds()
		}
		put(descHeard, silent, id)
		for _, kind := range []channel.TxKind{channel.TxCollect, channel.TxPush} {
			put(descOpenTxs, float64(open[[2]string{id, kind.String()}]), id, kind.String())
		}
	}
	for _, t := range s.Totals.Chains {
		id := strconv.FormatUint(t.Chain, 10)
		put(descChannels, float64(t.Consumers), id)
		put(descPayees, float64(t.Payees), id)
		for what, v := range map[string]wherry.Amount{
			"deposited": t.Deposited, "collected": t.In, "spent": t.Spent, "pending": t.Pending, "uncollected": t.Uncollected,
			"credit": t.Credit, "earned": t.Earned, "paid": t.Out, "owed": t.Owed, "reserved": t.Reserved, "fee": t.Fee, "free": t.Free,
		} {
			put(descTokens, tokenFloat(v), id, what)
		}
	}
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
