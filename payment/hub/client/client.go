// Package client asks a hub: a provider for payouts, a consumer for its account
// and for a way out. It speaks the HTTP API that payment/hub serves, and checks
// that an answer belongs to its question; what the answer is worth is for the
// books of payment/channel to judge.
//
// payment/earnings, payment/wallet and the node's session wing use it, each
// behind an interface of its own.
package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/solvency"
)

// ContentType of requests and answers.
const ContentType = "application/cbor"

// MaxAnswer bounds an answer, in bytes.
const MaxAnswer = 1 << 20

// Client talks to one hub. Its methods are safe for concurrent use. Errors
// carry the code that the hub gave, and are a channel.Later where it says when to
// come back; Unreachable means that nobody answered, so
// that the request may or may not have been done: repeating it does no harm.
type Client struct {
	URL  string         // of the hub, as http://host:port; of several processes of one hub, with commas between
	Hub  wherry.Address // who must answer
	HTTP *http.Client   // nil means one with a timeout of 20 s
}

var defaultHTTP = &http.Client{
	Timeout: 20 * time.Second,
	Transport: &http.Transport{
		MaxIdleConnsPerHost: 16, IdleConnTimeout: 90 * time.Second, ResponseHeaderTimeout: 15 * time.Second,
	},
}

// Terms returns the hub's signed terms for deposits on a chain, verified.
func (c Client) Terms(ctx context.Context, chainA uint64) (channel.SignedTerms, error) {
	var t channel.SignedTerms
	if err := c.do(ctx, http.MethodGet, "/v1/terms?chain="+strconv.FormatUint(chainA, 10), nil, &t); err != nil {
		return channel.SignedTerms{}, err
	}
	if t.Hub != c.Hub || t.A.ID != chainA {
		return channel.SignedTerms{}, wherry.Errorf(wherry.Refused, "terms of another hub or chain")
	}
	if err := t.Verify(); err != nil {
		return channel.SignedTerms{}, wherry.Errorf(wherry.Refused, "terms: %w", err)
	}
	return t, nil
}

// Bind tells the hub where to pay.
func (c Client) Bind(ctx context.Context, b channel.Binding) (channel.Bound, error) {
	var out channel.Bound
	body, err := codec.Marshal(b.Request())
	if err == nil {
		err = c.do(ctx, http.MethodPost, "/v1/bind", body, &out)
	}
	return out, err
}

// Pay hands in a batch as the bytes that the provider keeps: the same bytes
// again get the same answer. The answer's Request is checked against them.
func (c Client) Pay(ctx context.Context, batch []byte) (channel.Answer, error) {
	var out channel.Answer
	if err := c.do(ctx, http.MethodPost, "/v1/pay", batch, &out); err != nil {
		return channel.Answer{}, err
	}
	if out.Request != wherry.Keccak256(batch) {
		return channel.Answer{}, wherry.Errorf(wherry.Refused, "answer to another batch")
	}
	return out, nil
}

// Payout asks for the newest payouts of the provider that owns key.
func (c Client) Payout(ctx context.Context, key *identity.Key, chainB channel.Chain) (channel.Payouts, error) {
	var out channel.Payouts
	err := c.ask(ctx, "/v1/payout", channel.AskPayout, key, chainB, nil, &out)
	if err == nil && out.Provider != key.Address() {
		err = wherry.Errorf(wherry.Refused, "payouts of another provider")
	}
	return out, err
}

// Show is Payout, and shows the hub a payout that it has signed: one whose
// journal does not know of it goes on by that.
func (c Client) Show(ctx context.Context, key *identity.Key, chainB channel.Chain, held channel.HeldPayout) (channel.Payouts, error) {
	var out channel.Payouts
	err := c.send(ctx, "/v1/payout", channel.Request{Ask: channel.AskPayout, Chain: chainB, Held: &held}, key, &out)
	if err == nil && out.Provider != key.Address() {
		err = wherry.Errorf(wherry.Refused, "payouts of another provider")
	}
	return out, err
}

// Account asks what the hub knows of the channel of the consumer that owns key.
func (c Client) Account(ctx context.Context, key *identity.Key, chainA channel.Chain) (channel.Account, error) {
	var out channel.Account
	err := c.ask(ctx, "/v1/account", channel.AskAccount, key, chainA, nil, &out)
	if err == nil && out.Consumer != key.Address() {
		err = wherry.Errorf(wherry.Refused, "account of another consumer")
	}
	return out, err
}

// Close asks the hub's consent to leave at once. An answer without a signature
// says when to ask again.
func (c Client) Close(ctx context.Context, key *identity.Key, chainA channel.Chain) (channel.Closed, error) {
	var out channel.Closed
	if err := c.ask(ctx, "/v1/close", channel.AskClose, key, chainA, nil, &out); err != nil {
		return channel.Closed{}, err
	}
	if out.Consumer != key.Address() {
		return channel.Closed{}, wherry.Errorf(wherry.Refused, "close of another consumer")
	}
	if !out.Sig.IsZero() {
		if err := identity.Verify(c.Hub, out.Close().Digest(chainA.Domain()), out.Sig); err != nil {
			return channel.Closed{}, wherry.Errorf(wherry.Refused, "close: %w", err)
		}
	}
	return out, nil
}

// Orders asks what became of orders of the consumer that owns key, at most
// channel.MaxOrders. A number that the hub has never seen is used up by asking.
// The answer is signed, and verified.
func (c Client) Orders(ctx context.Context, key *identity.Key, chainA channel.Chain, seqs []uint64) (channel.Orders, error) {
	var out channel.Orders
	if err := c.ask(ctx, "/v1/orders", channel.AskOrders, key, chainA, seqs, &out); err != nil {
		return channel.Orders{}, err
	}
	same := out.Hub == c.Hub && out.Consumer == key.Address() && out.A == chainA && len(out.Orders) == len(seqs)
	for i := range out.Orders {
		same = same && out.Orders[i].Seq == seqs[i]
	}
	if !same {
		return channel.Orders{}, wherry.Errorf(wherry.Refused, "orders of somebody else, or others than asked for")
	}
	if err := out.Verify(); err != nil {
		return channel.Orders{}, wherry.Errorf(wherry.Refused, "orders: %w", err)
	}
	return out, nil
}

// Solvency returns the hub's statement about a chain: the newest, or an earlier
// one by its number. What it is worth is for payment/solvency to judge; that the
// hub did not sign it is for its Check to say, too.
func (c Client) Solvency(ctx context.Context, id, seq uint64) (solvency.Statement, error) {
	path := "/v1/solvency?chain=" + strconv.FormatUint(id, 10)
	if seq != 0 {
		path += "&seq=" + strconv.FormatUint(seq, 10)
	}
	var out solvency.Statement
	err := c.do(ctx, http.MethodGet, path, nil, &out)
	if err == nil && seq != 0 && out.Seq != seq {
		err = wherry.Errorf(wherry.Refused, "statement of another number")
	}
	return out, err
}

// SolvencyProof asks for the part of the payee that owns key in what the hub
// owes on a chain.
func (c Client) SolvencyProof(ctx context.Context, key *identity.Key, ch channel.Chain) (solvency.Proof, error) {
	var out solvency.Proof
	return out, c.ask(ctx, "/v1/solvency", channel.AskProof, key, ch, nil, &out)
}

// Health returns nil when the hub answers and serves.
func (c Client) Health(ctx context.Context) error {
	return c.do(ctx, http.MethodGet, "/v1/health", nil, nil)
}

func (c Client) ask(ctx context.Context, path string, q channel.Question, key *identity.Key, ch channel.Chain, seqs []uint64, out any) error {
	return c.send(ctx, path, channel.Request{Ask: q, Chain: ch, Seqs: seqs}, key, out)
}

func (c Client) send(ctx context.Context, path string, r channel.Request, key *identity.Key, out any) error {
	r.Hub, r.Time = c.Hub, uint64(time.Now().Unix())
	r, err := r.Sign(key)
	if err != nil {
		return err
	}
	body, err := codec.Marshal(r)
	if err != nil {
		return err
	}
	return c.do(ctx, http.MethodPost, path, body, out)
}

// do asks the hub. Where it has several addresses, the one that answered last goes
// first, and the next is asked when it is unreachable or stands by.
func (c Client) do(ctx context.Context, method, path string, body []byte, out any) error {
	all := strings.Split(c.URL, ",")
	if len(all) == 1 {
		return c.try(ctx, c.URL, method, path, body, out)
	}
	from := 0
	if v, ok := served.Load(c.URL); ok {
		from = v.(int) % len(all)
	}
	var errs []error
	for i := range all {
		at := (from + i) % len(all)
		tctx, cancel := context.WithTimeout(ctx, patience)
		err := c.try(tctx, all[at], method, path, body, out)
		cancel()
		if wherry.CodeOf(err) != wherry.Unreachable || ctx.Err() != nil {
			served.Store(c.URL, at)
			return err
		}
		errs = append(errs, err)
	}
	return wherry.Errorf(wherry.Unreachable, "%w", errors.Join(errs...))
}

// served is which of a hub's addresses has answered last, by all of them.
var served sync.Map

// patience is how long one of several addresses is waited for: longer than the
// servers of a hub's journal need to elect a leader.
const patience = 10 * time.Second

func (c Client) try(ctx context.Context, url, method, path string, body []byte, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, url+path, bytes.NewReader(body))
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "hub %s: %w", url, err)
	}
	req.Header.Set("Accept", ContentType)
	if body != nil {
		req.Header.Set("Content-Type", ContentType)
	}
	h := c.HTTP
	if h == nil {
		h = defaultHTTP
	}
	resp, err := h.Do(req)
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "hub %s: %w", url, err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, MaxAnswer+1))
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "hub %s: %w", url, err)
	}
	if len(b) > MaxAnswer {
		return wherry.Errorf(wherry.Refused, "hub %s: answer of more than %d bytes", url, MaxAnswer)
	}
	if resp.StatusCode != http.StatusOK {
		return failure(resp.StatusCode, b)
	}
	if out == nil {
		return nil
	}
	if err := codec.Unmarshal(b, out); err != nil {
		return wherry.Errorf(wherry.Refused, "hub %s: %w", url, err)
	}
	return nil
}

// failure turns an answer that is not a success into an error with its code.
func failure(status int, body []byte) error {
	var f channel.Failure
	if err := codec.Unmarshal(body, &f); err == nil && f.Code.Known() && f.Code != wherry.Answer {
		err := wherry.Errorf(f.Code, "hub: %w", errors.New(clip(f.Message)))
		if f.Retry > 0 {
			return channel.Later{After: spread(f.Retry), Err: err}
		}
		return err
	}
	return wherry.Errorf(wherry.Refused, "hub answers with status %s", fmt.Sprint(status))
}

// maxRetry bounds how long a hub may keep somebody away by asking.
const maxRetry = time.Minute

// spread returns so many milliseconds and up to half as much again, so that those
// who were sent away together do not come back together.
func spread(ms uint64) time.Duration {
	after := time.Duration(min(ms, uint64(maxRetry/time.Millisecond))) * time.Millisecond
	return after + rand.N(after/2+1) //nolint:gosec // nobody gains by guessing it
}

func clip(s string) string {
	if len(s) > channel.MaxReason {
		return s[:channel.MaxReason]
	}
	return s
}
