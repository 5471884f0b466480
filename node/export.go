package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/whole"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/market/choose"
	"github.com/wherrynet/wherry/service/wireguard"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/wire"
)

// An export is a session whose tunnel ends at somebody else's WireGuard: a phone's
// or a router's. Whoever runs here, the daemon or a proxy, keeps its control and
// pays for it. It lasts as long as that program and the provider's do.

// ExportOptions are what an export is to be.
type ExportOptions struct {
	Place    wherry.Place
	Provider string        // name or address; empty: the best that fits
	Bytes    uint64        // prepaid, both directions together
	For      time.Duration // until it ends by itself
}

// Export is one export.
type Export struct {
	Schema   string         `json:"schema"` // wherry.export/1
	ID       string         `json:"id"`
	Provider string         `json:"provider"`
	Address  wherry.Address `json:"address"` // of the provider
	Place    string         `json:"place"`
	Key      string         `json:"key"` // the phone's public key
	Opened   time.Time      `json:"opened"`
	Expires  time.Time      `json:"expires"`
	Budget   Money          `json:"budget"` // the most that it costs
	Spent    Money          `json:"spent"`
	Bytes    uint64         `json:"carried_bytes"` // as the provider counts them
	Open     bool           `json:"open"`
	Ended    string         `json:"ended,omitempty"` // why

	// Config is the configuration with its private key. It is shown once.
	Config string `json:"config,omitempty"`
}

// ExportSchema is the schema of an Export.
const ExportSchema = "wherry.export/1"

// Exports is a list of exports.
type Exports struct {
	Schema string   `json:"schema"` // wherry.exports/1
	Items  []Export `json:"items"`
}

// Bounds of an export.
const (
	maxExports   = 32
	longExport   = 366 * 24 * time.Hour
	keptExports  = 100 // ended ones that are still listed
	exportsSaved = 30 * time.Second
)

// exports are those of one consumer.
type exports struct {
	b        *buyer
	consumer *consumer.Consumer
	socket   *link.Socket
	file     string
	left     chan struct{} // closed when Run has left all sessions

	mu   sync.Mutex // guards what follows
	all  map[string]*export
	stop bool // no new ones
	wg   sync.WaitGroup
}

type export struct {
	row     Export
	session *consumer.Session // nil once it has ended
}

// openExports reads what earlier processes have exported. Those sessions ended
// with their process.
func (b *buyer) openExports(from netip.Addr, mark func(syscall.RawConn) error) (_ *exports, err error) {
	e := &exports{b: b, file: strings.TrimSuffix(b.book, ".db") + ".exports.json", all: map[string]*export{}, left: make(chan struct{})}
	text, err := os.ReadFile(e.file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var list Exports
	if err == nil {
		if err := json.Unmarshal(text, &list); err != nil {
			return nil, wherry.Errorf(wherry.Conflict, "%s is not as it was written: %w; move it away, exports end with the program that pays for them anyway", e.file, err)
		}
	}
	for _, row := range list.Items {
		if row.Open {
			row.Open, row.Ended = false, "the program that paid for it has ended"
		}
		e.all[row.ID] = &export{row: row}
	}
	if e.socket, err = link.Open(link.Config{Listen: netip.AddrPortFrom(from, 0), Key: b.key, Log: b.log, Mark: mark}); err != nil {
		return nil, err
	}
	e.consumer, err = consumer.New(consumer.Config{
		Key: b.key, Payer: b.money, Log: b.log, Leaving: leaveWait - 2*time.Second, Silence: exportSilence,
	})
	return e, err
}

// exportSilence is longer than a session's of our own: nobody here waits for a
// packet, and the provider keeps the session for 30 s without us.
const exportSilence = 25 * time.Second

// Run keeps the exports until ctx is done, and leaves them then in good order.
func (e *exports) Run(ctx context.Context) error {
	own, stop := context.WithCancel(context.WithoutCancel(ctx)) // the last receipts pass through the socket
	defer stop()
	g, own := errgroup.WithContext(own)
	g.Go(func() error { return ended(own, e.socket.Run(own)) })
	g.Go(func() error {
		defer stop()
		every := time.NewTicker(exportsSaved)
		defer every.Stop()
		for ctx.Err() == nil && own.Err() == nil {
			select {
			case <-every.C:
				e.expire(ctx)
				e.save()
			case <-own.Done():
			case <-ctx.Done():
			}
		}
		e.leaveAll(ctx)
		e.save()
		close(e.left)
		return nil
	})
	return g.Wait()
}

// make opens a session for a new key, and returns it with its configuration.
func (e *exports) make(ctx context.Context, o ExportOptions) (Export, error) {
	switch {
	case o.Bytes == 0 || o.For <= 0:
		return Export{}, wherry.Errorf(wherry.Invalid, "an export needs an amount of bytes to prepay, and a time until it ends")
	case o.For > longExport:
		return Export{}, wherry.Errorf(wherry.Invalid, "an export lasts a year at most")
	}
	e.mu.Lock()
	open := 0
	for _, x := range e.all {
		if x.session != nil {
			open++
		}
	}
	full := open >= maxExports || e.stop
	e.mu.Unlock()
	if full {
		return Export{}, wherry.Errorf(wherry.Busy, "there are %d exports: revoke one first", open)
	}
	if err := e.b.check(ctx); err != nil {
		return Export{}, err
	}
	ceiling := e.b.cfg.ceiling()
	want := choose.Want{Place: o.Place, Ceiling: &ceiling}
	fit, err := e.b.rank(ctx, want)
	if err != nil {
		return Export{}, err
	}
	if o.Provider != "" {
		fit = slices.DeleteFunc(fit, func(c choose.Candidate) bool {
			return !strings.EqualFold(c.Offer.Name, o.Provider) && !strings.EqualFold(c.Offer.Provider.String(), o.Provider)
		})
		if len(fit) == 0 {
			return Export{}, wherry.Errorf(wherry.NoOffer, "no provider that fits is called %s", o.Provider)
		}
	}
	var errs []error
	for _, pick := range fit[:min(len(fit), firstTries)] {
		x, err := e.open(ctx, pick, o)
		if err == nil {
			return x, nil
		}
		errs = append(errs, err)
		if ctx.Err() != nil {
			break
		}
	}
	return Export{}, unreachable(errors.Join(errs...))
}

// open opens it with one provider.
func (e *exports) open(ctx context.Context, pick choose.Candidate, o ExportOptions) (Export, error) {
	through, err := e.b.through(pick)
	if err != nil {
		return Export{}, err
	}
	deal, err := dealOf(pick.Offer, e.b.network)
	if err != nil {
		return Export{}, err
	}
	budget, err := deal.Rate.Cost(o.For, o.Bytes)
	if err != nil {
		return Export{}, err
	}
	key, err := wireguard.GenerateKey()
	if err != nil {
		return Export{}, err
	}
	offer := &pick.Offer.Offer
	conn, endpoint, err := dialProvider(ctx, e.socket, offer)
	if err != nil {
		return Export{}, err
	}
	s, err := e.consumer.Open(ctx, consumer.Request{
		Link: conn, Deal: deal, Hub: through.id, Limits: consumer.Limits{
			Rate: e.b.cfg.ceiling(), Budget: budget, Unacknowledged: e.b.cfg.Consumer.AtRisk,
		},
		Elsewhere: &consumer.Elsewhere{Key: wire.TunnelKey(key.Public()), Redial: func(ctx context.Context) (wire.Link, error) {
			c, _, err := dialProvider(ctx, e.socket, offer)
			if err != nil {
				return nil, err
			}
			return c, nil
		}},
	})
	if err != nil {
		return Export{}, err
	}
	now := time.Now().UTC().Truncate(time.Second)
	x := &export{session: s, row: Export{
		Schema: ExportSchema, ID: "exp_" + s.ID().Short()[len("ses_"):], Provider: or(offer.Name, offer.Provider.String()), Address: offer.Provider,
		Place: offer.Place.String(), Key: key.Public().String(), Opened: now, Expires: now.Add(o.For), Budget: Money{Amount: budget}, Open: true,
	}}
	if !e.add(x, func() { e.keep(context.WithoutCancel(ctx), x, s, through) }) {
		over, cancel := context.WithCancel(ctx)
		cancel()
		_ = s.Run(over) // which leaves it
		return Export{}, wherry.Errorf(wherry.Interrupted, "the program that would pay for it is about to end")
	}
	e.save()
	row := x.row
	row.Config = wireGuardConfig(row, key, s.Accept(), endpoint)
	return row, nil
}

// add takes a new one in and has it kept, unless all are being left: nobody would
// leave that one, and leaving would never be over.
func (e *exports) add(x *export, keep func()) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stop {
		return false
	}
	e.all[x.row.ID] = x
	e.wg.Go(keep)
	return true
}

// keep runs one session to its end.
func (e *exports) keep(ctx context.Context, x *export, s *consumer.Session, through way) {
	watching, stop := context.WithCancel(ctx)
	go e.b.watchHub(watching, through, func(why error) {
		leaving, cancel := context.WithTimeout(ctx, leaveWait)
		defer cancel()
		_, _ = e.revoke(leaving, x.row.ID, why.Error()) // keep below says how it ended
	})
	err := s.Run(ctx)
	stop()
	e.mu.Lock()
	x.row, x.session = x.now(), nil
	x.row.Open = false
	if x.row.Ended == "" && err != nil {
		x.row.Ended = err.Error()
	}
	e.mu.Unlock()
	e.b.log.Info("export has ended", "session", s.ID().Short(), "err", err)
	e.save()
}

// now is the row with the session's figures. The caller holds mu.
func (x *export) now() Export {
	row := x.row
	if x.session != nil {
		st := x.session.State()
		row.Spent, row.Bytes = Money{Amount: st.Spent}, st.Use.Bytes
	}
	return row
}

// list returns all, the newest first.
func (e *exports) list() Exports {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := Exports{Schema: "wherry.exports/1", Items: []Export{}}
	for _, id := range slices.Sorted(maps.Keys(e.all)) {
		out.Items = append(out.Items, e.all[id].now())
	}
	slices.SortStableFunc(out.Items, func(a, b Export) int { return b.Opened.Compare(a.Opened) })
	return out
}

// revoke ends one, and returns it as it ended: what is not spent stays in the
// deposit that it would have come from.
func (e *exports) revoke(ctx context.Context, id, why string) (Export, error) {
	e.mu.Lock()
	x := e.all[id]
	if x == nil {
		e.mu.Unlock()
		return Export{}, wherry.Errorf(wherry.NotFound, "there is no export %s: wherry export list", id)
	}
	s := x.session
	if s != nil && x.row.Ended == "" {
		x.row.Ended = why
	}
	e.mu.Unlock()
	if s != nil {
		if err := s.Close(ctx); err != nil {
			return Export{}, err
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return x.now(), nil
}

// expire ends those whose time is over.
func (e *exports) expire(ctx context.Context) {
	now := time.Now()
	for _, row := range e.list().Items {
		if row.Open && !now.Before(row.Expires) {
			leaving, cancel := context.WithTimeout(ctx, leaveWait)
			if _, err := e.revoke(leaving, row.ID, "its time is over"); err != nil {
				e.b.log.Warn("export not ended", "err", err)
			}
			cancel()
		}
	}
}

// leaveAll ends all sessions at once.
func (e *exports) leaveAll(ctx context.Context) {
	leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveWait)
	defer cancel()
	e.mu.Lock()
	e.stop = true
	e.mu.Unlock()
	var all sync.WaitGroup
	for _, row := range e.list().Items {
		if row.Open {
			all.Go(func() { _, _ = e.revoke(leaving, row.ID, "the program that paid for it has ended") })
		}
	}
	all.Wait()
	e.wg.Wait()
}

// save writes the list. What is lost with it are figures, and no money.
func (e *exports) save() {
	list := e.list()
	kept := 0
	list.Items = slices.DeleteFunc(list.Items, func(x Export) bool {
		if !x.Open {
			kept++
		}
		return kept > keptExports && !x.Open
	})
	text, err := json.MarshalIndent(list, "", "  ")
	if err == nil {
		err = whole.Write(e.file, append(text, '\n'))
	}
	if err != nil {
		e.b.log.Warn("list of exports not written", "err", err)
	}
}

// wireGuardConfig is what wg-quick, a phone or a router reads.
func wireGuardConfig(x Export, key wireguard.PrivateKey, a wire.Accept, endpoint netip.AddrPort) string {
	var b strings.Builder
	secret, inner := wireguard.Key(key.Bytes()), a.Inner
	fmt.Fprintf(&b, "# wherry %s: %s in %s, until %s, for at most %s\n", x.ID, x.Provider, x.Place, x.Expires.Format(time.RFC3339), x.Budget.Amount)
	fmt.Fprintf(&b, "[Interface]\nPrivateKey = %s\n", secret)
	fmt.Fprintf(&b, "Address = %s/32, %s/128\n", inner.Consumer4, inner.Consumer6)
	if a.DNS.IsValid() {
		fmt.Fprintf(&b, "DNS = %s\n", a.DNS)
	}
	fmt.Fprintf(&b, "MTU = %d\n\n[Peer]\nPublicKey = %s\n", wireguard.DefaultMTU, wireguard.Key(a.TunnelKey))
	fmt.Fprintf(&b, "Endpoint = %s\nAllowedIPs = 0.0.0.0/0, ::/0\nPersistentKeepalive = 25\n", endpoint)
	return b.String()
}

// What a running node does about exports when a command asks.

type revokeArgs struct {
	ID string `json:"id"`
}

// tasks are what commands ask for.
func (e *exports) tasks() map[string]task {
	return map[string]task{
		"export": func(ctx context.Context, args json.RawMessage) (any, error) {
			var o ExportOptions
			if err := json.Unmarshal(args, &o); err != nil {
				return nil, wherry.Errorf(wherry.Invalid, "export: %w", err)
			}
			return e.make(ctx, o)
		},
		"exports": func(context.Context, json.RawMessage) (any, error) { return e.list(), nil },
		"revoke": func(ctx context.Context, args json.RawMessage) (any, error) {
			var a revokeArgs
			if err := json.Unmarshal(args, &a); err != nil {
				return nil, wherry.Errorf(wherry.Invalid, "revoke: %w", err)
			}
			return e.revoke(ctx, a.ID, "revoked")
		},
	}
}

// ExportWireGuard asks the running daemon or proxy for an export. Unreachable means
// that none runs, so that nobody would pay for it.
func (c Config) ExportWireGuard(ctx context.Context, o ExportOptions) (x Export, err error) {
	return x, c.askPayer(ctx, "export", o, &x)
}

// Exports lists the exports of the running daemon or proxy.
func (c Config) Exports(ctx context.Context) (l Exports, err error) {
	return l, c.askPayer(ctx, "exports", struct{}{}, &l)
}

// RevokeExport ends one.
func (c Config) RevokeExport(ctx context.Context, id string) (x Export, err error) {
	return x, c.askPayer(ctx, "revoke", revokeArgs{id}, &x)
}

func (c Config) askPayer(ctx context.Context, name string, args, into any) error {
	n, err := LoadNetwork(c.Network)
	if err != nil {
		return err
	}
	who, err := c.Who()
	if err != nil {
		return err
	}
	book, err := c.walletPath(n, who)
	if err != nil {
		return err
	}
	err = askNode(ctx, book, name, args, into)
	if _, gone := os.Stat(controlPath(book)); err != nil && gone != nil {
		return wherry.Errorf(wherry.Unreachable, "nobody runs here who would pay for it: start wherry daemon or wherry proxy")
	}
	return err
}
