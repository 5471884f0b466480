package evm

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/wherrynet/wherry"
)

// patience is how long the other endpoints may take once enough have answered.
const patience = 2 * time.Second

// each asks one endpoint after the other until one has an answer: for what any
// of them may say. An error with a code other than Unreachable is an answer.
func (c *Chain) each(ctx context.Context, ask func(context.Context, *endpoint) error) error {
	var last error
	for _, e := range c.preferred() {
		err := c.one(ctx, e, ask)
		if err == nil {
			c.good.Store(e)
			return nil
		}
		if e.checked.Load() && isAnswer(err) {
			return err
		}
		if last == nil || wherry.CodeOf(last) == wherry.Unreachable {
			if last = err; !isAnswer(err) {
				last = wherry.Errorf(wherry.Unreachable, "chain %d: %s: %w", c.params.ID, e.host, plain(err))
			}
		}
		if ctx.Err() != nil {
			break
		}
	}
	return last
}

// isAnswer reports whether an error says something about the chain, and not
// about the endpoint.
func isAnswer(err error) bool {
	switch wherry.CodeOf(err) {
	case wherry.Internal, wherry.Unreachable:
		return false
	}
	return true
}

// one asks one endpoint, after it has shown once what it is.
func (c *Chain) one(ctx context.Context, e *endpoint, ask func(context.Context, *endpoint) error) error {
	own, cancel := context.WithTimeout(ctx, e.timeout)
	defer cancel()
	if !e.checked.Load() {
		if _, err := e.identify(own, c.params); err != nil {
			if !isAnswer(err) && ctx.Err() == nil {
				e.failed(stateDown, cut(plain(err)))
			}
			return err
		}
	}
	err := ask(own, e)
	_, refused := errors.AsType[rpc.Error](err)
	switch {
	case err == nil, refused, isAnswer(err):
		e.answered()
	case ctx.Err() == nil:
		e.failed(stateDown, cut(plain(err)))
	}
	return err
}

// cut shortens an error for a screen.
func cut(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text[:min(len(text), 200)]
}

// answer is what one endpoint said.
type answer[T any] struct {
	from  *endpoint
	value T
	err   error
}

// gather asks all endpoints that are worth it at the same time, and returns what
// they said, in the order of the configuration. Once enough have answered the
// others have little time left: what is slower is left alone for a while. Where
// none answers, those that were left alone are asked, too. No endpoint's answer
// at all is an error.
func gather[T any](ctx context.Context, c *Chain, ask func(context.Context, *endpoint) (T, error)) ([]answer[T], error) {
	now, later := c.worth()
	out := gatherFrom(ctx, c, now, ask)
	if len(out) == 0 || !hasAnswer(out) && len(later) > 0 {
		out = append(out, gatherFrom(ctx, c, later, ask)...)
	}
	var good []answer[T]
	var last error
	for _, a := range out {
		if a.err == nil || a.from.checked.Load() && isAnswer(a.err) {
			good = append(good, a)
		} else if last == nil {
			last = a.err
			if !isAnswer(a.err) {
				last = wherry.Errorf(wherry.Unreachable, "chain %d: %s: %w", c.params.ID, a.from.host, plain(a.err))
			}
		}
	}
	if len(good) == 0 {
		return nil, last
	}
	return good, nil
}

func hasAnswer[T any](all []answer[T]) bool {
	for _, a := range all {
		if a.err == nil || isAnswer(a.err) {
			return true
		}
	}
	return false
}

func gatherFrom[T any](ctx context.Context, c *Chain, from []*endpoint, ask func(context.Context, *endpoint) (T, error)) []answer[T] {
	if len(from) == 0 {
		return nil
	}
	asking, stop := context.WithCancel(ctx)
	defer stop()
	type numbered struct {
		n int
		answer[T]
	}
	said := make(chan numbered, len(from)) // nobody waits to be heard
	for n, e := range from {
		go func() {
			var v T
			err := c.one(asking, e, func(ctx context.Context, e *endpoint) (err error) {
				v, err = ask(ctx, e)
				return err
			})
			said <- numbered{n, answer[T]{e, v, err}}
		}()
	}
	out, heard := make([]answer[T], len(from)), make([]bool, len(from))
	var hurry <-chan time.Time
	enough := 0
	for range from {
		select {
		case a := <-said:
			out[a.n], heard[a.n] = a.answer, true
			if a.err != nil {
				continue
			}
			if enough++; enough == c.agree {
				t := time.NewTimer(patience)
				defer t.Stop()
				hurry = t.C
			}
			continue
		case <-hurry:
		}
		break
	}
	for n, e := range from {
		if !heard[n] {
			err := wherry.Errorf(wherry.Unreachable, "it is slower than others by more than %s", patience)
			e.failed(stateDown, err.Error())
			out[n] = answer[T]{from: e, err: err}
		}
	}
	return out
}
