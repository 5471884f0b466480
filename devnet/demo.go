package devnet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

// Demo shows the main job once, from a fresh network to settled books, and
// checks every claim that it prints. It writes at most 60 lines and stops what
// it has started, whatever happens.
func (n *Net) Demo(ctx context.Context, out io.Writer) (err error) {
	d := &demo{Net: n, out: out}
	n.Say = func(format string, args ...any) { d.line("  "+format, args...) }
	defer func() {
		if e := n.Down(context.WithoutCancel(ctx)); e != nil {
			err = errors.Join(err, e)
		}
	}()
	for _, step := range []func(context.Context) error{d.network, d.trip, d.another, d.refusal, d.settle, d.verify, d.books} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

type demo struct {
	*Net
	mu  sync.Mutex // lines are written whole
	out io.Writer
}

func (d *demo) line(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	fmt.Fprintf(d.out, format+"\n", args...)
}

func (d *demo) network(ctx context.Context) error {
	d.line("1. A network of eleven processes; nothing leaves this computer")
	return d.Up(ctx)
}

// trip buys from the cheapest provider: a page, a refusal and a large file.
func (d *demo) trip(ctx context.Context) error {
	d.line("\n2. A trip: wherry proxy, and whoever is cheapest")
	return d.ride(ctx, func(c *client) error {
		if err := d.visit(ctx, c); err != nil {
			return err
		}
		if err := d.neighbour(ctx, c); err != nil {
			return err
		}
		return d.download(ctx, c)
	})
}

// another shows that another provider leaves from another address.
func (d *demo) another(ctx context.Context) error {
	d.line("\n3. Another trip: wherry proxy se")
	return d.ride(ctx, func(c *client) error { return d.visit(ctx, c) }, "se")
}

// ride runs the consumer's proxy, uses it, ends it, and shows the promises as
// they are signed.
func (d *demo) ride(ctx context.Context, use func(*client) error, args ...string) error {
	p := d.Consumer(args...)
	if err := p.Start(ctx); err != nil {
		return err
	}
	events := Follow(p.Out())
	defer events.Close()
	watch := watcher{demo: d, process: p, events: events, opened: make(chan struct{})}
	watching := make(chan error, 1)
	go func() { watching <- watch.run(ctx) }()
	select {
	case <-watch.opened:
	case err := <-watching:
		return errors.Join(err, wherry.Errorf(wherry.Internal, "no session was opened"))
	}
	c, err := newClient(d.plan.Proxy.String())
	if err != nil {
		return err
	}
	if err := use(c); err != nil {
		return fmt.Errorf("%w\n%s", err, tail(p.Err(), 5))
	}
	c.CloseIdleConnections()
	if err := p.Stop(ctx); err != nil {
		return err
	}
	return <-watching
}

// watcher shows a consumer's events while they happen.
type watcher struct {
	*demo
	process  *Process
	events   *Lines
	opened   chan struct{} // closed when a tunnel is open
	promises int
	last     node.Event // promise
}

// shownPromises is how many promises are shown as they come; then only the last.
const shownPromises = 4

// run returns when the process has ended.
func (w *watcher) run(ctx context.Context) error {
	for {
		e, err := nextEvent(ctx, w.events, w.process)
		if errors.Is(err, errEnded) {
			return w.end()
		}
		if err != nil {
			return err
		}
		w.show(e)
	}
}

func (w *watcher) show(e node.Event) {
	switch e.Event {
	case node.EventOpened:
		w.line("  provider %s in %s at %s per GiB; paid and open after %d ms", e.Provider, e.Place, e.PerGiB, e.Milliseconds)
		close(w.opened)
	case node.EventPromise:
		w.promises++
		w.last = e
		if w.promises <= shownPromises {
			w.promise(e)
		}
	case node.EventClosed:
		if w.promises > shownPromises+1 {
			w.line("  …            %d more", w.promises-shownPromises-1)
		}
		if w.promises > shownPromises {
			w.promise(w.last)
		}
		w.line("  session over: %s for %s", e.Spent, size(e.Bytes))
	}
}

func (w *watcher) promise(e node.Event) {
	w.line("  promise %-4d adds %-22s total %s", w.promises, e.Amount, e.Total)
}

func (w *watcher) end() error {
	if w.promises == 0 {
		return wherry.Errorf(wherry.Internal, "the consumer signed no promise:\n%s", tail(w.process.Err(), 5))
	}
	return nil
}

func nextEvent(ctx context.Context, events *Lines, p *Process) (node.Event, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		line, err := events.Next(ctx, p.exited)
		if err != nil {
			return node.Event{}, err
		}
		var e node.Event
		if json.Unmarshal(line, &e) == nil && e.Schema == node.EventSchema {
			return e, nil
		}
	}
}

type client struct{ *http.Client }

func newClient(proxy string) (*client, error) {
	u, err := url.Parse("socks5h://" + proxy)
	if err != nil {
		return nil, err
	}
	return &client{&http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(u)}, Timeout: 2 * time.Minute}}, nil
}

func (c *client) get(ctx context.Context, to string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, to, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.Do(r)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		_ = resp.Body.Close()
		return nil, wherry.Errorf(wherry.Internal, "%s answers %s", to, resp.Status)
	}
	return resp, nil
}

func (d *demo) visit(ctx context.Context, c *client) error {
	start := time.Now()
	resp, err := c.get(ctx, d.SiteURL("/"))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	if err != nil {
		return err
	}
	d.line("  %s says after %d ms: %s", SiteName, time.Since(start).Milliseconds(), strings.TrimSpace(string(page)))
	for _, p := range d.plan.Providers {
		if strings.Contains(string(page), p.UDP.Addr().String()) {
			return nil
		}
	}
	return wherry.Errorf(wherry.Internal, "the page was not asked for from a provider's address")
}

// neighbour shows that the exception is for the site alone.
func (d *demo) neighbour(ctx context.Context, c *client) error {
	resp, err := c.get(ctx, fmt.Sprintf("http://%s:%d/", SiteName, d.plan.Site.Neighbour.Port()))
	if err == nil {
		_ = resp.Body.Close()
		return wherry.Errorf(wherry.Internal, "a port that the exit policy forbids was reached through the tunnel")
	}
	d.line("  the port beside it stays refused: the exit policy protects whoever runs the provider")
	return nil
}

func (d *demo) download(ctx context.Context, c *client) error {
	start := time.Now()
	resp, err := c.get(ctx, d.SiteURL("/file"))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	h := sha256.New()
	got, err := io.Copy(h, resp.Body)
	if err != nil {
		return fmt.Errorf("after %s of the file: %w", size(uint64(got)), err)
	}
	took := time.Since(start)
	sum := hex.EncodeToString(h.Sum(nil))
	if want := FileHash(); sum != want {
		return wherry.Errorf(wherry.Internal, "the file came with SHA-256 %s, and is %s", sum, want)
	}
	d.line("  64 MiB in %.2f s, %.0f Mbit/s; SHA-256 %s… as it should be", took.Seconds(), float64(got)*8/took.Seconds()/1e6, sum[:16])
	return nil
}

// refusal shows what somebody meets whose price cap is below every offer.
func (d *demo) refusal(ctx context.Context) error {
	d.line("\n4. A second consumer, who would pay 0.01 per GiB: wherry proxy --max-price 0.01")
	if err := d.second(); err != nil {
		return err
	}
	_, err := d.Run(ctx, "consumer-2", "proxy", "--max-price", "0.01")
	e, ok := errors.AsType[*RunError](err)
	if !ok || e.Exit != wherry.PriceTooHigh.Info().Exit {
		return wherry.Errorf(wherry.Internal, "a price cap below every offer: want exit status 5, got %v", err)
	}
	d.line("  %s", e)
	d.line("  exit %d", e.Exit)
	return nil
}

// second makes another consumer, with no money at all.
func (d *demo) second() error {
	const role = "consumer-2"
	if err := os.MkdirAll(d.path(role), 0o700); err != nil {
		return err
	}
	c := node.Config{Network: d.NetworkFile(), State: d.path(role), PasswordFile: d.path("password"), LightKeys: true}
	s, err := c.Keystore()
	if err != nil {
		return err
	}
	if _, err := s.Create(passphrase); err != nil {
		return err
	}
	return d.writeConfig(role, c)
}

func (d *demo) settle(ctx context.Context) error {
	d.line("\n5. The hub settles: wherry hub settle")
	out, err := d.Run(ctx, "hub", "hub", "settle")
	if err != nil {
		return err
	}
	var s node.SettleResult
	if err := json.Unmarshal(out, &s); err != nil {
		return err
	}
	for _, t := range s.Transactions {
		d.line("  %-8s on chain %d: %s FARE for %d, %d gas, %s", t.Call, t.Chain, t.Amount, t.Items, t.GasUsed, t.State)
	}
	return nil
}

// verify shows what a provider's node finds out about the hub that pays it.
func (d *demo) verify(ctx context.Context) error {
	d.line("\n6. Can the hubs pay? wherry hubs verify (what a hub has signed may be a minute old)")
	out, err := d.Run(ctx, "provider-de", "hubs", "verify")
	if err != nil {
		return err
	}
	var r node.HubsVerifyResult
	if err := json.Unmarshal(out, &r); err != nil {
		return err
	}
	for _, i := range r.Items {
		if i.Chain == d.plan.ChainB.ID {
			d.line("  %s", i.Line())
		}
	}
	return nil
}

func (d *demo) books(ctx context.Context) error {
	d.line("\n7. The books, in %s", wherry.Currency)
	b, wrong, err := d.Settled(ctx, time.Minute)
	if err != nil {
		return err
	}
	d.line("%s", strings.TrimRight(b.Text(), "\n"))
	if len(wrong) > 0 {
		return wherry.Errorf(wherry.Internal, "the books do not agree:\n  %s", strings.Join(wrong, "\n  "))
	}
	if b.Hub.In.IsZero() || b.Hub.Paid.IsZero() {
		return wherry.Errorf(wherry.Internal, "the books agree, but nothing was spent or settled")
	}
	d.line("  every sum was checked against the balances of both chains: not one base unit is missing")
	return nil
}

func size(n uint64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }
