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
	for _, step := range []func(context.Context) error{d.network, d.trip, d.another, d.refusal, d.settle, d.books} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

type demo struct {
	*Net
	out io.Writer
}

func (d *demo) line(format string, args ...any) { fmt.Fprintf(d.out, format+"\n", args...) }

func (d *demo) network(ctx context.Context) error {
	d.line("1. A network of nine processes; nothing leaves this computer")
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

// ride runs the consumer's proxy, uses it, ends it, and shows what was signed
// meanwhile.
func (d *demo) ride(ctx context.Context, use func(*client) error, args ...string) error {
	p := d.Consumer(args...)
	if err := p.Start(ctx); err != nil {
		return err
	}
	events := Follow(p.Out())
	defer events.Close()
	var promises []node.Event
	var opened node.Event
	for opened.Event != node.EventOpened {
		if err := nextEvent(ctx, events, p, &opened); err != nil {
			return err
		}
		if opened.Event == node.EventPromise { // the opening is paid before the tunnel is
			promises = append(promises, opened)
		}
	}
	d.line("  provider %s in %s at %s per GiB; paid and open after %d ms", opened.Provider, opened.Place, opened.PerGiB, opened.Milliseconds)
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
	return d.promises(ctx, p, events, promises)
}

func nextEvent(ctx context.Context, events *Lines, p *Process, into *node.Event) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		line, err := events.Next(ctx, p.exited)
		if err != nil {
			return err
		}
		var e node.Event
		if json.Unmarshal(line, &e) == nil && e.Schema == node.EventSchema {
			*into = e
			return nil
		}
	}
}

// promises prints the promises that were signed, the first and last of them,
// and the end of the session. all holds those that were read already.
func (d *demo) promises(ctx context.Context, p *Process, events *Lines, all []node.Event) error {
	const show = 3
	var closed node.Event
	for {
		var e node.Event
		err := nextEvent(ctx, events, p, &e)
		if errors.Is(err, errEnded) {
			break
		}
		if err != nil {
			return err
		}
		switch e.Event {
		case node.EventPromise:
			all = append(all, e)
		case node.EventClosed:
			closed = e
		}
	}
	if len(all) == 0 {
		return wherry.Errorf(wherry.Internal, "the consumer signed no promise")
	}
	for i, e := range all {
		switch {
		case i < show || i == len(all)-1:
			d.line("  promise %-4d adds %-22s total %s", i+1, e.Amount, e.Total)
		case i == show:
			d.line("  …            %d more", len(all)-show-1)
		}
	}
	d.line("  session over: %s for %s; the hub cleared every promise", closed.Spent, size(closed.Bytes))
	return nil
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
	for i := range d.plan.Providers {
		if strings.Contains(string(page), exitAddress(i).String()) {
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

func (d *demo) books(ctx context.Context) error {
	d.line("\n6. The books, in %s", wherry.Currency)
	b, wrong, err := d.Settled(ctx, 15*time.Second)
	if err != nil {
		return err
	}
	fmt.Fprint(d.out, b.Text())
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
