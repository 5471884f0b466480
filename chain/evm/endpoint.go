package evm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// maxAnswer bounds one answer of an endpoint, in bytes. Events of 2000 busy
// blocks fit.
const maxAnswer = 32 << 20

// endpoint is one JSON-RPC server.
type endpoint struct {
	client  *rpc.Client
	host    string // for messages: a URL may hold a secret
	timeout time.Duration
	checked atomic.Bool // identify has been satisfied
	health
}

// dialer is net.Dialer.DialContext, or what stands for it.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

func dial(ctx context.Context, raw string, timeout time.Duration, by dialer) (*endpoint, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, wherry.Errorf(wherry.Invalid, "an endpoint is not a URL as in http://127.0.0.1:8545")
	}
	transport := http.DefaultTransport.(*http.Transport).Clone() // its documented type
	transport.ResponseHeaderTimeout = timeout
	if by != nil {
		transport.DialContext, transport.Proxy = by, nil
	}
	client, err := rpc.DialOptions(ctx, raw, rpc.WithHTTPClient(&http.Client{
		Timeout: timeout, Transport: bounded{transport},
	}))
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "endpoint %s: %w", u.Host, err)
	}
	return &endpoint{client: client, host: u.Host, timeout: timeout}, nil
}

// bounded cuts answers off at maxAnswer.
type bounded struct{ next *http.Transport }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	return resp, nil
}

// CloseIdleConnections lets rpc.Client.Close end what is kept open.
func (b bounded) CloseIdleConnections() { b.next.CloseIdleConnections() }

// plain takes the URL out of an error.
func plain(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// identify checks that the endpoint speaks the chain and that the contract is
// there, and returns the contract's terms.
func (e *endpoint) identify(ctx context.Context, want chain.Params) (terms, error) {
	var id hexutil.Uint64
	var code hexutil.Bytes
	var raw [5]hexutil.Bytes
	requests := []rpc.BatchElem{request("eth_chainId", &id), request("eth_getCode", &code, want.Contract, "latest")}
	for i, data := range packTerms() {
		requests = append(requests, view(want.Contract, data, "latest", &raw[i]))
	}
	if err := e.client.BatchCallContext(ctx, requests); err != nil {
		return terms{}, plain(err)
	}
	if err := errors.Join(requests[0].Error, requests[1].Error); err != nil {
		return terms{}, err
	}
	wrong := func(format string, args ...any) (terms, error) {
		e.wrong(fmt.Sprintf(format, args...))
		return terms{}, wherry.Errorf(wherry.Invalid, "chain %d at %s: %s", want.ID, e.host, fmt.Sprintf(format, args...))
	}
	if uint64(id) != want.ID {
		return wrong("it is chain %d", uint64(id))
	}
	if len(code) == 0 {
		return wrong("there is no contract at %s", want.Contract)
	}
	t, err := unpackTerms(raw)
	switch {
	case err != nil:
		return wrong("the contract at %s is not a Hubs", want.Contract)
	case t.life != want.Life:
		return wrong("the contract at %s is of another version", want.Contract)
	case t.token != want.Token:
		return wrong("the contract's token is %s, not %s", t.token, want.Token)
	case t.deposit != want.DepositAddress(probe):
		return wrong("the contract at %s has other deposit addresses", want.Contract)
	case want.Delay != 0 && t.delay != want.Delay:
		return wrong("the contract's delay is %s, not %s", t.delay, want.Delay)
	case !want.MinTopUp.IsZero() && t.minTopUp != want.MinTopUp:
		return wrong("the contract's least top-up is %s, not %s", t.minTopUp, want.MinTopUp)
	}
	e.checked.Store(true)
	return t, nil
}

// request is one JSON-RPC call of a batch.
func request(method string, result any, args ...any) rpc.BatchElem {
	return rpc.BatchElem{Method: method, Args: args, Result: result}
}

// view is a call of a contract that changes nothing.
func view(to wherry.Address, data []byte, at string, result *hexutil.Bytes) rpc.BatchElem {
	return request("eth_call", result, message{To: &to, Data: data}, at)
}

// message is a call as JSON-RPC wants it.
type message struct {
	From *wherry.Address `json:"from,omitempty"`
	To   *wherry.Address `json:"to,omitempty"`
	Data hexutil.Bytes   `json:"data"`
}

// batch sends requests together and returns the first error.
func (e *endpoint) batch(ctx context.Context, requests ...rpc.BatchElem) error {
	if err := e.client.BatchCallContext(ctx, requests); err != nil {
		return plain(err)
	}
	for _, r := range requests {
		if r.Error != nil {
			return r.Error
		}
	}
	return nil
}
