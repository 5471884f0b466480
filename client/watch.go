package client

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

const (
	quietMost = 45 * time.Second // three times what a node sends a sign of life in
	againWait = time.Second      // until the stream is asked for again
	maxEvent  = 1 << 20          // bytes of one line of the stream
)

// Watch yields the status and each change of it until ctx ends. When the stream
// breaks it yields the error; whoever goes on ranging has it taken up again,
// from where it broke where the node is the same.
func (c *Client) Watch(ctx context.Context) iter.Seq2[api.Status, error] {
	return func(yield func(api.Status, error) bool) {
		last := ""
		for ctx.Err() == nil {
			err := c.stream(ctx, &last, func(s api.Status) bool { return yield(s, nil) })
			if err == nil || ctx.Err() != nil {
				return
			}
			if !yield(api.Status{}, err) {
				return
			}
			select {
			case <-ctx.Done():
			case <-time.After(againWait):
			}
		}
	}
}

// stream reads one stream. It returns nil when yield wants no more.
func (c *Client) stream(ctx context.Context, last *string, yield func(api.Status) bool) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	quiet := time.AfterFunc(quietMost, cancel)
	defer quiet.Stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://wherry/v1/events", nil)
	if err != nil {
		return err
	}
	if *last != "" {
		req.Header.Set("Last-Event-ID", *last)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return c.reach(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		text, err := io.ReadAll(io.LimitReader(resp.Body, maxEvent))
		if err != nil {
			return c.reach(err)
		}
		return failed(text)
	}
	for e, err := range readEvents(resp.Body) {
		quiet.Reset(quietMost)
		if err != nil {
			return wherry.Errorf(wherry.Unreachable, "the stream of events has ended: %w", err)
		}
		if e.name != "status" {
			continue
		}
		var s api.Status
		if err := json.Unmarshal(e.data, &s); err != nil {
			return wherry.Errorf(wherry.Internal, "read an event: %w", err)
		}
		*last = e.id
		if !yield(s) {
			return nil
		}
	}
	return nil
}

// event is one server-sent event; a comment is one without a name.
type event struct {
	id, name string
	data     []byte
}

// readEvents reads a stream of events (WHATWG HTML, 9.2.6), with as much of it as
// a node sends: one line of data per event. It ends with an error.
func readEvents(r io.Reader) iter.Seq2[event, error] {
	return func(yield func(event, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, maxEvent)
		var e event
		for lines.Scan() {
			line := lines.Text()
			field, value, _ := strings.Cut(line, ":")
			value = strings.TrimPrefix(value, " ")
			switch {
			case line == "":
				if !yield(e, nil) {
					return
				}
				e = event{}
			case field == "id":
				e.id = value
			case field == "event":
				e.name = value
			case field == "data":
				e.data = []byte(value)
			}
		}
		err := lines.Err()
		if err == nil {
			err = io.EOF
		}
		yield(event{}, err)
	}
}
