package hub

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub/client"
)

// Bounds on a request.
const (
	maxBody    = 64 << 10 // a batch of the largest size has 50 KB
	maxSmall   = 4 << 10
	readWithin = 10 * time.Second
)

// Handler serves the public API.
func (h *Hub) Handler() http.Handler {
	m := http.NewServeMux()
	h.route(m, "GET", "/v1/terms", h.serve(maxSmall, h.getTerms))
	h.route(m, "GET", "/v1/solvency", h.serve(maxSmall, h.getSolvency))
	h.route(m, "POST", "/v1/solvency", h.serve(maxSmall, h.postSolvency))
	h.route(m, "GET", "/v1/health", h.serve(maxSmall, h.getHealth))
	h.route(m, "POST", "/v1/pay", h.serve(maxBody, func(_ *http.Request, body []byte) (any, error) { return h.Pay(body) }))
	h.route(m, "POST", "/v1/bind", h.serve(maxSmall, post(h.Bind)))
	h.route(m, "POST", "/v1/payout", h.serve(maxSmall, post(h.Payout)))
	h.route(m, "POST", "/v1/account", h.serve(maxSmall, post(h.Account)))
	h.route(m, "POST", "/v1/orders", h.serve(maxSmall, post(h.Orders)))
	h.route(m, "POST", "/v1/close", h.serve(maxSmall, func(r *http.Request, body []byte) (any, error) {
		var q channel.Request
		if err := codec.Unmarshal(body, &q); err != nil {
			return nil, err
		}
		return h.Leave(r.Context(), q)
	}))
	return m
}

// route serves a path, and counts what it answers.
func (h *Hub) route(m *http.ServeMux, method, path string, f http.HandlerFunc) {
	m.HandleFunc(method+" "+path, h.metrics.measure(path, f))
}

// AdminHandler serves what only the operator may do: keep it on loopback or a
// socket. POST /v1/admin/settle is SettleNow, POST and DELETE /v1/admin/drain are
// Drain and Undrain, GET /v1/admin/status is Status; they answer JSON. GET
// /v1/admin/backup is Backup, as bytes.
func (h *Hub) AdminHandler() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("POST /v1/admin/settle", func(w http.ResponseWriter, r *http.Request) {
		if err := h.SettleNow(r.Context()); err != nil {
			fail(w, r, err)
			return
		}
		writeJSON(w, http.StatusOK, h.Status())
	})
	m.HandleFunc("POST /v1/admin/drain", func(w http.ResponseWriter, r *http.Request) {
		if err := h.Drain(r.Context()); err != nil {
			fail(w, r, err)
			return
		}
		writeJSON(w, http.StatusOK, h.Status())
	})
	m.HandleFunc("DELETE /v1/admin/drain", func(w http.ResponseWriter, r *http.Request) {
		if err := h.Undrain(); err != nil {
			fail(w, r, err)
			return
		}
		writeJSON(w, http.StatusOK, h.Status())
	})
	m.HandleFunc("GET /v1/admin/backup", h.getBackup)
	m.HandleFunc("GET /v1/admin/owed", h.getOwed)
	m.HandleFunc("GET /v1/admin/status", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, h.Status())
	})
	return m
}

// post turns a method on a message into a handler of its bytes.
func post[Q, A any](f func(Q) (A, error)) func(*http.Request, []byte) (any, error) {
	return func(_ *http.Request, body []byte) (any, error) {
		var q Q
		if err := codec.Unmarshal(body, &q); err != nil {
			return nil, err
		}
		return f(q)
	}
}

// serve bounds a request, answers it, and turns errors into a Failure. A hub
// with too many requests in hand says when to come back instead of queueing.
func (h *Hub) serve(limit int64, answer func(*http.Request, []byte) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := h.read(w, r, limit)
		if err != nil {
			fail(w, r, err)
			return
		}
		entered, size := time.Now(), int64(len(body))
		if after, ok := h.room.enter(size, entered); !ok {
			h.metrics.count("requests_refused_total", 1)
			fail(w, r, busy(after, "the hub has as much in hand as it can do"))
			return
		}
		defer func() { h.room.leave(size, entered, time.Now()) }()
		out, err := answer(r, body)
		if err == nil {
			var b []byte
			if b, err = answerBytes(out); err == nil {
				w.Header().Set("Content-Type", client.ContentType)
				_, _ = w.Write(b) // who asked is gone, or has it
				return
			}
		}
		if wherry.CodeOf(err) == wherry.Internal {
			h.log.Error("request is not answered", "path", r.URL.Path, "err", err)
			err = wherry.Errorf(wherry.Internal, "the hub has made a mistake")
		}
		fail(w, r, err)
	}
}

// answerBytes returns what an answer is sent as.
func answerBytes(out any) ([]byte, error) {
	if a, ok := out.(channel.Answer); ok {
		return a.Encode()
	}
	return codec.Marshal(out)
}

// read returns a request's body. Only so many are read at once, and each has to
// come soon: a request that is not read yet holds no place in the room.
func (h *Hub) read(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	select {
	case h.reading <- struct{}{}:
		defer func() { <-h.reading }()
	default:
		return nil, busy(time.Second, "too many requests are being read")
	}
	if r.ContentLength > limit {
		return nil, wherry.Errorf(wherry.Invalid, "request: too large: %d bytes are allowed", limit)
	}
	// A connection that does not support deadlines is bounded by its server.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(readWithin))
	var body []byte
	var err error
	if r.ContentLength >= 0 {
		body = make([]byte, r.ContentLength)
		_, err = io.ReadFull(r.Body, body)
	} else {
		body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	}
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "request: %w", err)
	}
	return body, nil
}

// fail writes an error: in CBOR, or in JSON for who asks for it.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	code := wherry.CodeOf(err)
	f := channel.Failure{Code: code, Message: clip(err.Error())}
	if _, later := errors.AsType[channel.Later](err); later || code == wherry.Busy {
		after := retryAfter(err)
		f.Retry = uint64(after.Milliseconds())
		w.Header().Set("Retry-After", strconv.Itoa(int((after+time.Second-1)/time.Second)))
	}
	status := code.Info().HTTP
	if status < 300 && code != wherry.Pending {
		status = http.StatusInternalServerError
	}
	if a := r.Header.Get("Accept"); strings.Contains(a, "json") || strings.HasPrefix(r.URL.Path, "/v1/admin/") {
		writeJSON(w, status, f)
		return
	}
	b, merr := codec.Marshal(f)
	if merr != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", client.ContentType)
	w.WriteHeader(status)
	_, _ = w.Write(b)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // who asked is gone, or has it
}

// Health is the answer of GET /v1/health.
type Health struct {
	Version uint64         `cbor:"0,keyasint"` // 1
	Hub     wherry.Address `cbor:"1,keyasint"`
}

func (h *Hub) getHealth(*http.Request, []byte) (any, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.ready(); err != nil {
		return nil, err
	}
	return Health{Version: channel.Version, Hub: h.address}, nil
}

func (h *Hub) getTerms(r *http.Request, _ []byte) (any, error) {
	id, err := strconv.ParseUint(r.URL.Query().Get("chain"), 10, 64)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "which chain? /v1/terms?chain=ID")
	}
	return h.Terms(id, time.Now())
}

// termsCache holds signed terms by chain, so that asking costs nothing.
type termsCache struct {
	mu sync.Mutex // guards by
	by map[uint64]channel.SignedTerms
}

// Terms returns the hub's signed terms for deposits on a chain. They are good for
// a day at least.
func (h *Hub) Terms(chainA uint64, now time.Time) (channel.SignedTerms, error) {
	d, ok := h.book.Domain(chainA)
	if !ok {
		return channel.SignedTerms{}, wherry.Errorf(wherry.NotFound, "no deposits are taken on chain %d", chainA)
	}
	until := uint64(now.Truncate(time.Hour).Add(25 * time.Hour).Unix())
	h.terms.mu.Lock()
	defer h.terms.mu.Unlock()
	if t, ok := h.terms.by[chainA]; ok && t.ValidUntil == until {
		return t, nil
	}
	c := h.cfg.Terms
	t := channel.SignedTerms{
		Version: channel.Version, Hub: h.address, A: channel.Chain{ID: chainA, Contract: d.Contract}, FeePPM: c.FeePPM,
		MinReserve: c.MinReserve, MinPush: c.MinPush, MaxOpen: c.MaxOpen, PayoutLife: h.rules.PayoutLife, ValidUntil: until,
	}
	for _, w := range h.watches {
		p := w.chain.Params()
		t.Payees = append(t.Payees, channel.Chain{ID: p.ID, Contract: p.Contract})
	}
	t.Sig = h.cfg.Key.Sign(t.Terms().Digest(d))
	if h.terms.by == nil {
		h.terms.by = map[uint64]channel.SignedTerms{}
	}
	h.terms.by[chainA] = t
	return t, nil
}

// Leave answers a consumer that wants to leave at once: with consent, or with
// when to ask again.
func (h *Hub) Leave(ctx context.Context, r channel.Request) (channel.Closed, error) {
	if err := h.check(r, channel.AskClose); err != nil {
		return channel.Closed{}, err
	}
	h.mu.Lock()
	_, err := h.book.Account(channel.InID{Chain: r.Chain.ID, Consumer: r.Who})
	h.mu.Unlock()
	if err != nil {
		return channel.Closed{}, err // the chain is not asked for the sake of a stranger
	}
	select {
	case h.asking <- struct{}{}:
		defer func() { <-h.asking }()
	default: // a chain that takes its time must not keep out those who pay
		return channel.Closed{}, busy(time.Second, "many ask to leave already")
	}
	w := h.watch(r.Chain.ID)
	in, err := w.chain.In(ctx, h.address, r.Who, chain.Latest)
	if err != nil {
		return channel.Closed{}, err
	}
	// The contract counts the life of a Close from the newest block, which is long past the newest final one.
	head, err := w.chain.Head(ctx, chain.Latest)
	if err != nil {
		return channel.Closed{}, err
	}
	var out channel.Closed
	err = h.change(func() ([]channel.HubEvent, error) {
		if err := h.unread(); err != nil { // it may have spent more than the book says
			return nil, err
		}
		if err := h.freshChain(r.Chain.ID); err != nil {
			return nil, err
		}
		if w.retired {
			return nil, wherry.Errorf(wherry.Conflict, "the hub is retired: leave with the delay")
		}
		if err := h.book.Whole(); err != nil {
			return nil, wherry.Errorf(wherry.Conflict, "leave with the delay: %w", err)
		}
		e, c, err := h.book.Close(channel.InID{Chain: r.Chain.ID, Consumer: r.Who}, in.Deposited, in.Settled,
			uint64(max(in.NotBefore.Unix(), 0)), uint64(head.Time.Unix()), uint64(w.chain.Params().Life/time.Second))
		out = c
		return []channel.HubEvent{e}, err
	})
	if err != nil || out.Pending != 0 {
		return out, err
	}
	out.Sig = h.cfg.Key.Sign(out.Close().Digest(r.Chain.Domain()))
	return out, nil
}

func (h *Hub) watch(id uint64) *watch {
	for _, w := range h.watches {
		if w.id == id {
			return w
		}
	}
	return nil
}

// NewServer returns a server of a handler with the bounds that a stranger needs.
func NewServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 2 * readWithin,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
	}
}
