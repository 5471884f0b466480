// Package client asks a relayer: what it takes, to submit something, and how far
// that has come. It speaks the HTTP API that payment/relayer serves and checks
// that an answer belongs to its question; whether a fee is worth paying, and
// whether anything was done, is for payment/wallet to judge, which asks the
// chain and not the relayer.
package client

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// Client talks to one relayer. Its methods are safe for concurrent use. Errors
// carry the code that the relayer gave; Unreachable means that nobody answered,
// so that a submission may or may not have been taken: repeating it does no harm.
type Client struct {
	URL     string         // of the relayer, as http://host:port
	Relayer wherry.Address // who must answer; zero takes whoever signs the first quote
	HTTP    *http.Client   // nil means one with a timeout of 20 s
}

var defaultHTTP = &http.Client{
	Timeout:   20 * time.Second,
	Transport: &http.Transport{MaxIdleConnsPerHost: 4, IdleConnTimeout: 90 * time.Second, ResponseHeaderTimeout: 15 * time.Second},
}

// Quote returns what the relayer takes on a chain, verified to be its word.
func (c Client) Quote(ctx context.Context, on channel.Chain) (wire.Quote, error) {
	var q wire.Quote
	if err := c.do(ctx, http.MethodGet, "/v1/terms?chain="+strconv.FormatUint(on.ID, 10), nil, &q); err != nil {
		return wire.Quote{}, err
	}
	if !c.Relayer.IsZero() && q.Relayer != c.Relayer || q.Chain != on {
		return wire.Quote{}, wherry.Errorf(wherry.Refused, "relayer %s: a quote of another relayer, or for another chain", c.URL)
	}
	if err := q.Verify(); err != nil {
		return wire.Quote{}, wherry.Errorf(wherry.Refused, "relayer %s: quote: %w", c.URL, err)
	}
	return q, nil
}

// Submit hands a submission in and returns how far it has come. Repeating it
// changes nothing.
func (c Client) Submit(ctx context.Context, s wire.Submission) (wire.Status, error) {
	var st wire.Status
	body, err := codec.Marshal(s)
	if err == nil {
		err = c.do(ctx, http.MethodPost, "/v1/submit", body, &st)
	}
	if err == nil && s.Kind != wire.Finalize && st.ID != s.ID() {
		err = wherry.Errorf(wherry.Refused, "relayer %s: it answers about another request", c.URL)
	}
	return st, err
}

// Show asks the relayer to look after deposit addresses. Repeating it has them
// looked at again soon.
func (c Client) Show(ctx context.Context, s wire.Show) (wire.Shown, error) {
	var out wire.Shown
	s.Version = wire.Version
	body, err := codec.Marshal(s)
	if err == nil {
		err = c.do(ctx, http.MethodPost, "/v1/show", body, &out)
	}
	return out, err
}

// Status asks how far a request has come.
func (c Client) Status(ctx context.Context, id wherry.Hash) (wire.Status, error) {
	var st wire.Status
	err := c.do(ctx, http.MethodGet, "/v1/status?id="+id.String(), nil, &st)
	if err == nil && st.ID != id {
		err = wherry.Errorf(wherry.Refused, "relayer %s: it answers about another request", c.URL)
	}
	return st, err
}

// Health asks who answers and whether it works.
func (c Client) Health(ctx context.Context) (wire.Health, error) {
	var h wire.Health
	err := c.do(ctx, http.MethodGet, "/v1/health", nil, &h)
	return h, err
}

func (c Client) do(ctx context.Context, method, path string, body []byte, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.URL+path, bytes.NewReader(body))
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "relayer %s: %w", c.URL, err)
	}
	req.Header.Set("Accept", wire.ContentType)
	if body != nil {
		req.Header.Set("Content-Type", wire.ContentType)
	}
	h := c.HTTP
	if h == nil {
		h = defaultHTTP
	}
	resp, err := h.Do(req)
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "relayer %s: %w", c.URL, err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, wire.MaxAnswer+1))
	switch {
	case err != nil:
		return wherry.Errorf(wherry.Unreachable, "relayer %s: %w", c.URL, err)
	case len(b) > wire.MaxAnswer:
		return wherry.Errorf(wherry.Refused, "relayer %s: answer of more than %d bytes", c.URL, wire.MaxAnswer)
	case resp.StatusCode != http.StatusOK:
		return failure(resp.StatusCode, b)
	}
	if err := codec.Unmarshal(b, out); err != nil {
		return wherry.Errorf(wherry.Refused, "relayer %s: %w", c.URL, err)
	}
	return nil
}

// failure turns an answer that is not a success into an error with its code.
func failure(status int, body []byte) error {
	var f channel.Failure
	if err := codec.Unmarshal(body, &f); err == nil && f.Code.Known() && f.Code != wherry.Answer {
		if len(f.Message) > 256 {
			f.Message = f.Message[:256]
		}
		return wherry.Errorf(f.Code, "relayer: %s", f.Message)
	}
	return wherry.Errorf(wherry.Refused, "relayer answers with status %d", status)
}
