package relayer

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

const (
	readWithin = 10 * time.Second
	maxReason  = 256 // bytes of an error that travel
)

// Handler serves the public API:
//
//	GET  /v1/terms?chain=ID   wire.Quote
//	POST /v1/submit           wire.Submission → wire.Status
//	POST /v1/show             wire.Show → wire.Shown
//	GET  /v1/status?id=HASH   wire.Status
//	POST /v1/status           wire.StatusRequest → wire.Statuses
//	GET  /v1/health           wire.Health
//
// Bodies are CBOR; answers are JSON for who asks for it in Accept.
func (r *Relayer) Handler() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /v1/terms", r.serve(r.getTerms))
	m.HandleFunc("POST /v1/submit", r.serve(func(q *http.Request, body []byte) (any, error) {
		var s wire.Submission
		if err := codec.Unmarshal(body, &s); err != nil {
			return nil, err
		}
		return r.Submit(q.Context(), s)
	}))
	m.HandleFunc("POST /v1/show", r.serve(func(q *http.Request, body []byte) (any, error) {
		var s wire.Show
		if err := codec.Unmarshal(body, &s); err != nil {
			return nil, err
		}
		return r.Show(q.Context(), s)
	}))
	m.HandleFunc("GET /v1/status", r.serve(r.getStatus))
	m.HandleFunc("POST /v1/status", r.serve(func(q *http.Request, body []byte) (any, error) {
		var ask wire.StatusRequest
		if err := codec.Unmarshal(body, &ask); err != nil {
			return nil, err
		}
		return r.Status(q.Context(), ask.IDs)
	}))
	m.HandleFunc("GET /v1/health", r.serve(func(q *http.Request, _ []byte) (any, error) {
		t, err := r.Totals(q.Context())
		return wire.Health{Version: wire.Version, Relayer: r.Address(), Open: t.Open}, err
	}))
	return m
}

func (r *Relayer) getTerms(q *http.Request, _ []byte) (any, error) {
	id, err := strconv.ParseUint(q.URL.Query().Get("chain"), 10, 64)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "which chain? /v1/terms?chain=ID")
	}
	return r.Quote(q.Context(), id)
}

func (r *Relayer) getStatus(q *http.Request, _ []byte) (any, error) {
	var id wherry.Hash
	if err := id.UnmarshalText([]byte(q.URL.Query().Get("id"))); err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "which request? /v1/status?id=0x…: %w", err)
	}
	j, err := r.find(q.Context(), id)
	if err != nil {
		return nil, err
	}
	return j.status(), nil
}

// serve bounds a request, answers it, and turns errors into a Failure. With too
// many in hand it says when to come back instead of queueing. One that is not read
// yet holds none of their places.
func (r *Relayer) serve(answer func(*http.Request, []byte) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, q *http.Request) {
		body, err := r.read(w, q)
		if err != nil {
			fail(w, q, err)
			return
		}
		select {
		case r.slots <- struct{}{}:
			defer func() { <-r.slots }()
		default:
			fail(w, q, wherry.Errorf(wherry.Busy, "too many requests: come back in a second"))
			return
		}
		out, err := answer(q, body)
		if wherry.CodeOf(err) == wherry.Internal {
			r.log.Error("request is not answered", "path", q.URL.Path, "err", err)
			err = wherry.Errorf(wherry.Internal, "the relayer has made a mistake")
		}
		if err != nil {
			fail(w, q, err)
			return
		}
		write(w, q, http.StatusOK, out)
	}
}

// read returns a request's body, which has to come soon.
func (r *Relayer) read(w http.ResponseWriter, q *http.Request) ([]byte, error) {
	select {
	case r.reading <- struct{}{}:
		defer func() { <-r.reading }()
	default:
		return nil, wherry.Errorf(wherry.Busy, "too many requests are being read: come back in a second")
	}
	// A connection that does not support deadlines is bounded by its server.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(readWithin))
	body, err := io.ReadAll(http.MaxBytesReader(w, q.Body, wire.MaxRequest))
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "request: %w", err)
	}
	return body, nil
}

// fail writes an error.
func fail(w http.ResponseWriter, q *http.Request, err error) {
	code := wherry.CodeOf(err)
	f := channel.Failure{Code: code, Message: clip(err.Error())}
	if code == wherry.Busy {
		w.Header().Set("Retry-After", "1")
	}
	status := code.Info().HTTP
	if status < 300 {
		status = http.StatusInternalServerError
	}
	write(w, q, status, f)
}

// write writes an answer in the form that was asked for.
func write(w http.ResponseWriter, q *http.Request, status int, v any) {
	var b []byte
	var err error
	kind := wire.ContentType
	if strings.Contains(q.Header.Get("Accept"), "json") {
		kind = "application/json"
		b, err = json.Marshal(v)
	} else {
		b, err = codec.Marshal(v)
	}
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = w.Write(b) // who asked is gone, or has it
}

func clip(s string) string {
	if len(s) > maxReason {
		return s[:maxReason]
	}
	return s
}
