// Package client talks to a running node over its unix socket, with the values of
// package api. cmd/wherry is made of it, and any Go program on the computer may
// use it; it links no part of a node.
//
// An error has the code that the node gave it. Two cannot come from a node, since
// nobody was reached: see NoDaemon and NotAllowed.
package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// DefaultSocket is where a node answers that the system has started.
const DefaultSocket = "/run/wherry/wherry.sock"

const (
	maxAnswer  = 8 << 20          // bytes of one answer
	answerWait = 30 * time.Second // for what does not wait for a tunnel
	leaveWait  = 2 * time.Minute  // for a session to end in good order
)

// Client is a way to one node. It may be used by several goroutines at once.
type Client struct {
	socket string
	http   *http.Client
}

// New returns a Client of the node that answers on a socket; "" is
// DefaultSocket. It connects when something is asked for.
func New(socket string) *Client {
	if socket == "" {
		socket = DefaultSocket
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}
	return &Client{socket: socket, http: &http.Client{Transport: &http.Transport{
		DialContext: dial, DisableCompression: true, MaxIdleConns: 2, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 16 << 10,
	}}}
}

// Close gives up what connections there are. The client can be used on.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// absent is an error of a node that is not reached.
type absent struct {
	allowed bool // it is only not running
	err     error
}

func (a *absent) Error() string { return a.err.Error() }
func (a *absent) Unwrap() error { return a.err }

// NoDaemon reports whether err says that no node answers on the socket.
func NoDaemon(err error) bool {
	a, ok := errors.AsType[*absent](err)
	return ok && a.allowed
}

// NotAllowed reports whether err says that this user may not use the socket.
func NotAllowed(err error) bool {
	a, ok := errors.AsType[*absent](err)
	return ok && !a.allowed
}

// reach explains an error of the connection.
func (c *Client) reach(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return &absent{false, wherry.Errorf(wherry.Forbidden, "this user may not use the daemon: %s is for root and the members of its group", c.socket)}
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED):
		return &absent{true, wherry.Errorf(wherry.Unreachable, "no daemon answers on %s", c.socket)}
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, context.DeadlineExceeded):
		return wherry.Errorf(wherry.Timeout, "the daemon has not answered in time")
	}
	return wherry.Errorf(wherry.Unreachable, "the daemon on %s: %w", c.socket, err)
}

// request is one request.
type request struct {
	method, path string
	query        url.Values
	body         any
	once         bool // done once, however often it is sent
	wait         time.Duration
}

// do makes a request and reads the answer into into. What has a key is sent again
// when the connection breaks, since the node does it once.
func (c *Client) do(ctx context.Context, r request, into any) (status int, err error) {
	ctx, cancel := context.WithTimeout(ctx, max(r.wait, answerWait))
	defer cancel()
	var body []byte
	if r.body != nil {
		if body, err = json.Marshal(r.body); err != nil {
			return 0, err
		}
	}
	key := ""
	if r.once {
		var b [16]byte
		_, _ = rand.Read(b[:]) // never fails
		key = hex.EncodeToString(b[:])
	}
	for try := 0; ; try++ {
		status, err = c.send(ctx, r, body, key, into)
		if err == nil || ctx.Err() != nil || try > 0 || !again(err, r) {
			return status, err
		}
	}
}

// again reports whether a request may be sent once more after err.
func again(err error, r request) bool {
	broken := errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
	return broken && (r.once || r.method == http.MethodGet)
}

func (c *Client) send(ctx context.Context, r request, body []byte, key string, into any) (int, error) {
	u := url.URL{Scheme: "http", Host: "wherry", Path: r.path, RawQuery: r.query.Encode()}
	req, err := http.NewRequestWithContext(ctx, r.method, u.String(), bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	if len(body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, c.reach(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return 0, c.reach(err)
	}
	if len(text) > maxAnswer {
		return 0, wherry.Errorf(wherry.Internal, "the daemon's answer has more than %d bytes", maxAnswer)
	}
	if resp.StatusCode >= http.StatusBadRequest {
		return resp.StatusCode, failed(text)
	}
	if into != nil {
		if err := json.Unmarshal(text, into); err != nil {
			return resp.StatusCode, wherry.Errorf(wherry.Internal, "read the daemon's answer: %w", err)
		}
	}
	return resp.StatusCode, nil
}

// failed returns the error that a problem document tells of.
func failed(text []byte) error {
	r := api.ParseRefusal(text)
	if r.Code == wherry.Internal && r.Request != "" {
		return wherry.Errorf(wherry.Internal, "the daemon: %s (%s)", r.Detail, r.Request)
	}
	return r.Err()
}

// Status returns where the tunnel is.
func (c *Client) Status(ctx context.Context) (s api.Status, err error) {
	_, err = c.do(ctx, request{method: http.MethodGet, path: "/v1/status"}, &s)
	return s, err
}

// Connect tells the node a wish and waits for so long until traffic passes. It
// returns Pending, and the status, when that takes longer: the node goes on. Any
// other error means that everything is as it was, or that the computer is blocked,
// which Status says.
func (c *Client) Connect(ctx context.Context, wish api.Connect, wait time.Duration) (api.Status, error) {
	return c.change(ctx, request{method: http.MethodPost, path: "/v1/connection", body: wish, once: true}, wait)
}

// Reconnect asks for a new session for the present wish, perhaps with another
// provider. Its errors are those of Connect; Conflict means that nothing is wanted.
func (c *Client) Reconnect(ctx context.Context, other bool, wait time.Duration) (api.Status, error) {
	r := request{method: http.MethodPost, path: "/v1/connection/reconnect", query: url.Values{}, once: true}
	if other {
		r.query.Set("other", "true")
	}
	return c.change(ctx, r, wait)
}

// maxWait is the longest that a node holds an answer back.
const maxWait = 2 * time.Minute

func (c *Client) change(ctx context.Context, r request, wait time.Duration) (s api.Status, err error) {
	wait = min(max(wait, 0), maxWait)
	if r.query == nil {
		r.query = url.Values{}
	}
	r.query.Set("wait", strconv.Itoa(int(wait/time.Second)))
	r.wait = wait + answerWait
	status, err := c.do(ctx, r, &s)
	if err == nil && status == http.StatusAccepted {
		err = wherry.Errorf(wherry.Pending, "not connected yet; the daemon goes on")
	}
	return s, err
}

// Disconnect ends the session in good order and opens the network, unless
// lockdown is on. Without a session it does nothing.
func (c *Client) Disconnect(ctx context.Context) (s api.Status, err error) {
	status, err := c.do(ctx, request{method: http.MethodDelete, path: "/v1/connection", wait: leaveWait + answerWait}, &s)
	if err == nil && status == http.StatusAccepted {
		err = wherry.Errorf(wherry.Pending, "not disconnected yet; the daemon goes on")
	}
	return s, err
}

// Plan says what Connect would do now.
func (c *Client) Plan(ctx context.Context, wish api.Connect) (p api.Plan, err error) {
	_, err = c.do(ctx, request{method: http.MethodPost, path: "/v1/plan", body: wish}, &p)
	return p, err
}

// Settings returns the settings that hold.
func (c *Client) Settings(ctx context.Context) (s api.Settings, err error) {
	var d api.SettingsDocument
	_, err = c.do(ctx, request{method: http.MethodGet, path: "/v1/settings"}, &d)
	return d.Settings, err
}

// Set changes settings, all or none of them, and returns those that hold then.
func (c *Client) Set(ctx context.Context, change api.SettingsPatch) (api.Settings, error) {
	var d api.SettingsDocument
	_, err := c.do(ctx, request{method: http.MethodPatch, path: "/v1/settings", body: change}, &d)
	return d.Settings, err
}

// Offers asks the market, the cheapest first: a page of at most limit, behind the
// offer that cursor names. A limit of 0 is the node's own.
func (c *Client) Offers(ctx context.Context, q api.OffersQuery, limit int, cursor string) (o api.Offers, err error) {
	v := url.Values{}
	set := func(key string, value string) {
		if value != "" && value != "0" {
			v.Set(key, value)
		}
	}
	set("place", q.Place.String())
	set("ip_type", q.IPType)
	set("cursor", cursor)
	set("limit", strconv.Itoa(limit))
	if q.MaxPerGiB != nil {
		v.Set("max_per_gib", q.MaxPerGiB.String())
	}
	if q.MaxPerHour != nil {
		v.Set("max_per_hour", q.MaxPerHour.String())
	}
	_, err = c.do(ctx, request{method: http.MethodGet, path: "/v1/offers", query: v}, &o)
	return o, err
}

// Provider says what the node sells.
func (c *Client) Provider(ctx context.Context) (p api.ProviderStatus, err error) {
	_, err = c.do(ctx, request{method: http.MethodGet, path: "/v1/provider"}, &p)
	return p, err
}
