package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// refusal is a problem document in the form that huma takes.
type refusal struct {
	api.Refusal
}

// Error implements error.
func (r *refusal) Error() string { return r.Detail }

// GetStatus implements huma.StatusError.
func (r *refusal) GetStatus() int { return r.Status }

// ContentType implements huma.ContentTypeFilter.
func (r *refusal) ContentType(string) string { return api.ProblemType }

// huma makes its own errors, those of validation above all, by two variables of
// its package. This package is the one door to it, so they are ours to set, once
// and before anything runs.
func init() {
	huma.NewError = func(status int, text string, errs ...error) huma.StatusError {
		return refused(context.Background(), status, text, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, text string, errs ...error) huma.StatusError {
		if ctx == nil {
			return refused(context.Background(), status, text, errs)
		}
		return refused(ctx.Context(), status, text, errs)
	}
}

// refused turns what huma found wrong into one of our codes.
func refused(ctx context.Context, status int, text string, errs []error) *refusal {
	var all []string
	for _, err := range errs {
		if err == nil {
			continue
		}
		var d *huma.ErrorDetail
		if errors.As(err, &d) && d.Location != "" {
			all = append(all, d.Location+": "+d.Message) // the value is left out: it may be anything
			continue
		}
		all = append(all, err.Error())
	}
	if len(all) > 0 {
		text += ": " + strings.Join(all, "; ")
	}
	code := wherry.Invalid
	if status >= http.StatusInternalServerError {
		code = wherry.Internal
	}
	return &refusal{api.Refuse(wherry.Errorf(code, "%s", text), requestID(ctx))}
}

// refuse turns an error of the engine into an answer. What nobody gave a code to
// goes to the log.
func (s *Server) refuse(ctx context.Context, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		err = wherry.Errorf(wherry.Timeout, "it took too long")
	}
	if wherry.CodeOf(err) == wherry.Internal {
		s.cfg.Log.Error("request not served", "request", requestID(ctx), "err", err)
	}
	return &refusal{api.Refuse(err, requestID(ctx))}
}

// write answers a request that reaches no operation.
func (s *Server) write(w http.ResponseWriter, r *http.Request, err error) {
	p := api.Refuse(err, requestID(r.Context()))
	w.Header().Set("Content-Type", api.ProblemType)
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // who asked is gone, or has it
}

// requestHeader names the request in the answer, in a problem document and in
// the log.
const requestHeader = "Wherry-Request-Id"

type requestKey struct{}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

func newRequestID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return "req_" + hex.EncodeToString(b[:])
}
