package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/wherrynet/wherry"
)

// conn asks the servers. Its methods answer once or return an error; who calls
// decides what an error means.
type conn struct {
	cfg   Config
	nc    *nats.Conn
	js    jetstream.JetStream
	other atomic.Int64 // when a writer last called, in Unix nanoseconds
}

// dial connects to one of the servers, and sees to it that the streams are there.
func dial(ctx context.Context, cfg Config) (*conn, error) {
	c, err := connect(cfg)
	if err != nil {
		return nil, err
	}
	if err := c.listen(ctx); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// connect connects to one of the servers.
func connect(cfg Config) (*conn, error) {
	o := []nats.Option{
		nats.Name("wherry journal " + cfg.Name), nats.MaxReconnects(-1), nats.Timeout(dialWithin),
		nats.ReconnectWait(50 * time.Millisecond), nats.ReconnectJitter(50*time.Millisecond, 50*time.Millisecond),
		// What cannot be sent now is sent again by us, not by a buffer; and a server
		// that says nothing is left soon.
		nats.ReconnectBufSize(-1), nats.PingInterval(cfg.beat()), nats.MaxPingsOutstanding(3),
		nats.IgnoreDiscoveredServers(),
	}
	if cfg.User != "" {
		o = append(o, nats.UserInfo(cfg.User, cfg.Password))
	}
	if cfg.Creds != "" {
		o = append(o, nats.UserCredentials(cfg.Creds))
	}
	if cfg.CA != "" {
		o = append(o, nats.RootCAs(cfg.CA))
	}
	opts := nats.GetDefaultOptions()
	for _, f := range o {
		if err := f(&opts); err != nil {
			return nil, wherry.Errorf(wherry.Invalid, "journal %s: %w", cfg.Name, err)
		}
	}
	opts.Servers = cfg.Servers
	nc, err := opts.Connect()
	switch {
	case errors.Is(err, nats.ErrAuthorization):
		return nil, wherry.Errorf(wherry.Forbidden, "journal %s: the servers do not let this hub in: %w", cfg.Name, err)
	case err != nil:
		return nil, wherry.Errorf(wherry.Unreachable, "journal %s: none of the servers %v answers: %w", cfg.Name, cfg.Servers, err)
	}
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(dialWithin))
	if err != nil {
		nc.Close()
		return nil, wherry.Errorf(wherry.Internal, "journal %s: %w", cfg.Name, err)
	}
	return &conn{cfg: cfg, nc: nc, js: js}, nil
}

// listen prepares the streams, and hears from now on whether a writer is there.
func (c *conn) listen(ctx context.Context) error {
	if err := c.prepare(ctx); err != nil {
		return err
	}
	_, err := c.nc.Subscribe(c.cfg.aliveSubject(), func(*nats.Msg) { c.other.Store(time.Now().UnixNano()) })
	if err != nil {
		return c.explain(c.cfg.Name, err)
	}
	return nil
}

// call says to whoever listens that a writer is there. Nothing is stored: it
// passes through any server, also while none of them leads.
func (c *conn) call() { _ = c.nc.Publish(c.cfg.aliveSubject(), nil) } // the next one comes in a beat

// called returns when a writer called last, by what has come here.
func (c *conn) called() time.Time { return time.Unix(0, c.other.Load()) }

// dialWithin is how long one server may take to answer a connection, and the
// cluster to make a stream.
const dialWithin = 3 * time.Second

const ownerKey = "wherry-owner"

// streams are how the two have to be.
func (c *conn) streams() []jetstream.StreamConfig {
	s := jetstream.StreamConfig{
		Name: c.cfg.Name, Subjects: []string{c.cfg.logSubject(), c.cfg.manifestSubject()},
		Description: "journal of a wherry hub", Metadata: map[string]string{ownerKey: c.cfg.Owner},
		Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardNew, Storage: jetstream.FileStorage,
		Replicas: c.cfg.Replicas, DenyDelete: true, AllowDirect: true,
		MaxMsgs: -1, MaxBytes: -1, MaxConsumers: -1, MaxMsgsPerSubject: -1,
	}
	t := s
	t.Name, t.Subjects, t.Description = c.cfg.snapshots(), []string{c.cfg.chunkSubject() + ">"}, "snapshots of the journal "+c.cfg.Name
	return []jetstream.StreamConfig{s, t}
}

// prepare makes the streams, or checks those that are there: one that forgets, or
// that somebody else keeps, is no journal.
func (c *conn) prepare(ctx context.Context) error {
	for _, want := range c.streams() {
		s, err := c.js.Stream(ctx, want.Name)
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			s, err = c.js.CreateStream(ctx, want)
		}
		if err != nil {
			return c.explain(want.Name, err)
		}
		got := s.CachedInfo().Config
		switch {
		case got.Metadata[ownerKey] != want.Metadata[ownerKey]:
			return wherry.Errorf(wherry.Conflict, "journal %s: the stream belongs to %q, and this is %s: choose another name", want.Name, got.Metadata[ownerKey], c.cfg.Owner)
		case got.Replicas < want.Replicas || got.Storage != want.Storage || got.Retention != want.Retention ||
			got.Discard != want.Discard || got.MaxAge != 0 || got.MaxMsgs > 0 || got.MaxMsgsPerSubject > 0 ||
			got.AllowRollup || !got.DenyDelete || !got.AllowDirect || got.Sealed || got.Mirror != nil || len(got.Sources) > 0:
			return wherry.Errorf(wherry.Conflict, "journal %s: the stream is not as a journal has to be: %d replicas on files, without limits on age and number, without deletion", want.Name, want.Replicas)
		case !same(got.Subjects, want.Subjects):
			return wherry.Errorf(wherry.Conflict, "journal %s: the stream takes %v, and a journal %v", want.Name, got.Subjects, want.Subjects)
		}
	}
	return nil
}

func same(a, b []string) bool {
	set := func(s []string) map[string]bool {
		m := map[string]bool{}
		for _, v := range s {
			m[v] = true
		}
		return m
	}
	return maps.Equal(set(a), set(b))
}

// explain says in our words why the servers do not do what they are asked.
func (c *conn) explain(name string, err error) error {
	if e, ok := errors.AsType[*jetstream.APIError](err); ok {
		switch {
		case errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount):
			return wherry.Errorf(wherry.Conflict, "journal %s: the servers run without JetStream: %w", name, err)
		case e.ErrorCode == 10005 || e.ErrorCode == 10074: // no suitable peers; replicas need a cluster
			return wherry.Errorf(wherry.Unreachable, "journal %s: the cluster has no %d servers to keep it: %w", name, c.cfg.Replicas, err)
		case e.Code == 503 || e.ErrorCode == 10008:
			return wherry.Errorf(wherry.Unreachable, "journal %s: the cluster has no leader, since most of its servers do not answer: %w", name, err)
		}
		return wherry.Errorf(wherry.Refused, "journal %s: %w", name, err)
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrNoStreamResponse) || errors.Is(err, nats.ErrTimeout) {
		return wherry.Errorf(wherry.Unreachable, "journal %s: the cluster has no leader, since most of its servers do not answer: %w", name, err)
	}
	return wherry.Errorf(wherry.Unreachable, "journal %s: %w", name, err)
}

// span returns the stream's first and newest sequence. Only the leader answers.
func (c *conn) span(ctx context.Context) (first, last uint64, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.attempt())
	defer cancel()
	s, err := c.js.Stream(ctx, c.cfg.Name)
	if err != nil {
		return 0, 0, c.explain(c.cfg.Name, err)
	}
	state := s.CachedInfo().State
	return state.FirstSeq, state.LastSeq, nil
}

// stored is a message as the servers hold it.
type stored struct {
	seq  uint64
	data []byte
}

// ask reads one message from the leader: by its sequence, or the newest of a
// subject. It is nil when there is none.
func (c *conn) ask(ctx context.Context, seq uint64, subject string) (*stored, error) {
	q, err := json.Marshal(struct {
		Seq  uint64 `json:"seq,omitempty"`
		Last string `json:"last_by_subj,omitempty"`
	}{seq, subject})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.cfg.attempt())
	defer cancel()
	r, err := c.nc.RequestWithContext(ctx, "$JS.API.STREAM.MSG.GET."+c.cfg.Name, q)
	if err != nil {
		return nil, c.explain(c.cfg.Name, err)
	}
	var a struct {
		Message *struct {
			Seq  uint64 `json:"seq"`
			Data []byte `json:"data"`
		} `json:"message"`
		Error *jetstream.APIError `json:"error"`
	}
	if err := json.Unmarshal(r.Data, &a); err != nil {
		return nil, wherry.Errorf(wherry.Internal, "journal %s: %w", c.cfg.Name, err)
	}
	switch {
	case a.Error != nil && a.Error.ErrorCode == jetstream.JSErrCodeMessageNotFound:
		return nil, nil
	case a.Error != nil:
		return nil, c.explain(c.cfg.Name, a.Error)
	case a.Message == nil:
		return nil, wherry.Errorf(wherry.Internal, "journal %s: an answer without a message", c.cfg.Name)
	}
	return &stored{a.Message.Seq, a.Message.Data}, nil
}

const (
	fetchMessages = 1000
	fetchBytes    = 4 << 20
)

// fetch reads messages of a stream from a sequence on, as many as there are, up
// to a bound, from any server: what it has is a beginning of the stream. filter
// is a subject, or "" for all.
func (c *conn) fetch(ctx context.Context, name string, from uint64, filter string) ([]stored, error) {
	q, err := json.Marshal(struct {
		Seq   uint64 `json:"seq"`
		Next  string `json:"next_by_subj,omitempty"`
		Batch int    `json:"batch"`
		Bytes int    `json:"max_bytes"`
	}{from, filter, fetchMessages, fetchBytes})
	if err != nil {
		return nil, err
	}
	inbox := c.nc.NewRespInbox()
	sub, err := c.nc.SubscribeSync(inbox)
	if err != nil {
		return nil, c.explain(name, err)
	}
	defer func() { _ = sub.Unsubscribe() }()
	if err := c.nc.PublishRequest("$JS.API.DIRECT.GET."+name, inbox, q); err != nil {
		return nil, c.explain(name, err)
	}
	ctx, cancel := context.WithTimeout(ctx, c.cfg.attempt())
	defer cancel()
	var out []stored
	for {
		m, err := sub.NextMsgWithContext(ctx)
		if err != nil {
			return nil, c.explain(name, err)
		}
		switch s := m.Header.Get("Status"); s {
		case "":
			seq, err := strconv.ParseUint(m.Header.Get(jetstream.SequenceHeader), 10, 64)
			if err != nil {
				return nil, wherry.Errorf(wherry.Internal, "journal %s: a message without a sequence", name)
			}
			out = append(out, stored{seq, m.Data})
		case "204", "404": // the end of what there is
			return out, nil
		default:
			return nil, c.explain(name, fmt.Errorf("%s %s", s, m.Header.Get("Description")))
		}
	}
}

// publish sends bytes for a place, once, and returns where they are.
func (c *conn) publish(ctx context.Context, subject string, data []byte, place uint64) (uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.attempt())
	defer cancel()
	a, err := c.js.PublishMsg(ctx, &nats.Msg{Subject: subject, Data: data},
		jetstream.WithExpectStream(c.cfg.Name), jetstream.WithExpectLastSequence(place-1), jetstream.WithRetryAttempts(0))
	if errors.Is(err, jetstream.ErrNoStreamResponse) || errors.Is(err, nats.ErrNoResponders) {
		return 0, errors.Join(errNobodyThere, c.explain(c.cfg.Name, err))
	}
	if err != nil {
		return 0, c.explain(c.cfg.Name, err)
	}
	return a.Sequence, nil
}

// chunk stores a piece of a snapshot, and returns where it is. When nothing is
// known of it, it is stored again: a reader takes one of two.
func (c *conn) chunk(ctx context.Context, subject string, data []byte) (uint64, error) {
	until := time.Now().Add(c.cfg.Patience)
	for {
		actx, cancel := context.WithTimeout(ctx, c.cfg.attempt())
		a, err := c.js.PublishMsg(actx, &nats.Msg{Subject: subject, Data: data}, jetstream.WithExpectStream(c.cfg.snapshots()))
		cancel()
		if err == nil {
			return a.Sequence, nil
		}
		if ctx.Err() != nil || time.Now().After(until) {
			return 0, c.explain(c.cfg.snapshots(), err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// purge removes the messages of a stream before a sequence.
func (c *conn) purge(ctx context.Context, name string, before uint64) error {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Patience)
	defer cancel()
	s, err := c.js.Stream(ctx, name)
	if err == nil {
		err = s.Purge(ctx, jetstream.WithPurgeSequence(before))
	}
	if err != nil {
		return c.explain(name, err)
	}
	return nil
}

// room leaves space for the headers that a message has besides.
func (c *conn) room() int { return int(c.nc.MaxPayload()) - 1024 }

func (c *conn) close() { c.nc.Close() }
