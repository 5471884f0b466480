package node

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/payment/hub/client"
)

// backing is what a consumer finds out by itself about one of its hubs: whether what
// backs the hub covers what it owes to payees, on every chain where it is. A
// consumer's deposit does not depend on that, and what it has in flight hardly does;
// but providers stop where a hub cannot pay, and money that is put in comes out
// again only after the delay.
type backing struct {
	entry  HubEntry
	checks []*verifier // one per chain of the network
	pins   *trust
	tell   func(Event) // nil tells nobody

	looking sync.Mutex    // one look at a time
	looked  chan struct{} // closed after the first
	once    sync.Once

	mu  sync.Mutex // guards what follows
	why error      // nothing new is paid through the hub because of it
	say string     // of what kind was what tell was told last
}

// lookWait bounds how long a look may take beside a running proxy: the first one reads
// what has happened to the hub since its contract is there.
const lookWait = 10 * time.Minute

// openBacking prepares checks of a hub, on chains that are open.
func openBacking(n Network, pins *trust, h HubEntry, chains []chain.Chain) *backing {
	b := &backing{entry: h, pins: pins, looked: make(chan struct{})}
	for _, ch := range chains {
		b.checks = append(b.checks, &verifier{
			hub: *clientOf(h), entry: h, chain: ch, first: n.first(ch.Params().ID), peers: n.Peers, pins: pins,
		})
	}
	return b
}

// look checks the hub once. A hub that does not answer, and a chain that cannot be
// read, change nothing, also of what a process before this one has found: the error
// says that.
func (b *backing) look(ctx context.Context) error {
	b.looking.Lock()
	defer b.looking.Unlock()
	defer b.once.Do(func() { close(b.looked) })
	found, line, err := b.find(ctx)
	if found.Text == "" && err != nil {
		b.recall()
		return err
	}
	var why error
	if found.Text != "" {
		found.Since = time.Now().UTC()
		line, why = found.Text, wherry.Errorf(found.Code, "%s", found.Text)
	}
	b.mu.Lock()
	b.why = why
	news := b.news(found)
	b.mu.Unlock()
	if news && b.tell != nil {
		b.tell(Event{Event: EventHub, Hub: b.entry.Called(), Code: found.Code, Reason: line})
	}
	return b.pins.complain(b.entry.Address, payerRole, found)
}

// recall goes by what was last found of a hub that cannot be checked now: one that has
// failed its check is not forgiven for answering no more.
func (b *backing) recall() {
	before, err := b.pins.complaint(b.entry.Address, payerRole)
	if err != nil || before.Text == "" {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.why == nil {
		b.why = wherry.Errorf(before.Code, "%s", before.Text)
	}
}

// news reports whether a person wants to hear it: the first finding, and every one
// that is of another kind. The caller holds mu.
func (b *backing) news(found complaint) bool {
	kinds := []string{"checked"}
	for _, f := range found.Findings {
		kinds = append(kinds, string(f.Flaw))
	}
	said := strings.Join(kinds, " ")
	news := said != b.say
	b.say = said
	return news
}

// find checks the hub on every chain where it is, and returns what is wrong, and
// otherwise what was found in a line.
func (b *backing) find(ctx context.Context) (complaint, string, error) {
	before, err := b.pins.complaint(b.entry.Address, payerRole)
	if err != nil || before.proven() { // until a person forgives it
		return before, "", err
	}
	var lines []string
	var errs []error
	for _, v := range b.checks {
		c, err := v.check(ctx, wherry.Amount{}, time.Now())
		switch {
		case wherry.CodeOf(err) == wherry.NotFound: // not on this chain
		case err != nil:
			errs = append(errs, fmt.Errorf("hub %s: %w", b.entry.Called(), err))
		case !c.OK:
			return c.complaint(b.entry), "", nil
		default:
			lines = append(lines, c.Line())
		}
	}
	if len(lines) == 0 && len(errs) == 0 {
		errs = append(errs, wherry.Errorf(wherry.NotFound, "hub %s states nothing of any chain", b.entry.Called()))
	}
	return complaint{}, strings.Join(lines, "; "), errors.Join(errs...)
}

// trouble returns why nothing new is to be paid through the hub, or nil. It waits a
// moment for the first look; what is not known by then stands in nobody's way.
func (b *backing) trouble(ctx context.Context) error {
	if b == nil {
		return nil
	}
	t := time.NewTimer(hubWait)
	defer t.Stop()
	select {
	case <-b.looked:
	case <-t.C:
	case <-ctx.Done():
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.why
}

// run looks again and again until ctx ends.
func (b *backing) run(ctx context.Context, every time.Duration) {
	said := ""
	for {
		looking, cancel := context.WithTimeout(ctx, lookWait)
		err := b.look(looking)
		cancel()
		if ctx.Err() != nil {
			return
		}
		if text := textOf(err); text != said {
			said = text
			b.pins.log.Debug("hub's statement could not be checked", "hub", b.entry.Called(), "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}

// checkHubs has p check its hubs by itself, as long as the function that it returns
// runs: it pays nothing new through one that fails. tell hears of what it finds.
func (p *purse) checkHubs(ctx context.Context, c Config, tell func(Event)) (run func(context.Context) error, err error) {
	chains, done, err := p.network.openAll(ctx)
	if err != nil {
		return nil, err
	}
	all := p.back(p.network, chains)
	return func(ctx context.Context) error {
		defer done()
		var g sync.WaitGroup
		defer g.Wait()
		for _, b := range all {
			b.tell = tell
			g.Go(func() { b.run(ctx, or(time.Duration(c.CheckEvery), termsEvery)) })
		}
		return nil
	}, nil
}

// back makes the checks of all hubs of p.
func (p *purse) back(n Network, chains []chain.Chain) (all []*backing) {
	p.backings.mu.Lock()
	defer p.backings.mu.Unlock()
	p.backings.by = map[wherry.Address]*backing{}
	for _, w := range p.ways {
		if p.backings.by[w.id.Hub] == nil {
			b := openBacking(n, p.pins, w.hub, chains)
			p.backings.by[w.id.Hub] = b
			all = append(all, b)
		}
	}
	return all
}

// backings are a purse's checks; none where it is open for one command alone.
type backings struct {
	mu sync.Mutex // guards by
	by map[wherry.Address]*backing
}

func (b *backings) of(hub wherry.Address) *backing {
	if b == nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.by[hub]
}

// backed reports why no money is to be put into p's hub. It checks the hub by what
// is there now; step is told when that cannot be done.
func (p *purse) backed(ctx context.Context, step func(string)) error {
	chains, done, err := p.network.openAll(ctx)
	if err != nil {
		return err
	}
	defer done()
	b := openBacking(p.network, p.pins, p.hub, chains)
	looking, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	if err := b.look(looking); err != nil && step != nil {
		step(fmt.Sprintf("whether hub %s can pay could not be checked: %v", p.hub.Called(), err))
	}
	return b.trouble(ctx)
}

// openAll opens all chains of the network; done closes them.
func (n Network) openAll(ctx context.Context) (out []chain.Chain, done func(), err error) {
	var open []*evm.Chain
	done = func() {
		for _, ch := range open {
			ch.Close()
		}
	}
	for _, e := range n.Chains {
		ch, err := n.Open(ctx, e.ID)
		if err != nil {
			done()
			return nil, nil, err
		}
		open = append(open, ch)
		out = append(out, ch)
	}
	return slices.Clip(out), done, nil
}

// clientOf returns what asks a hub.
func clientOf(h HubEntry) *client.Client {
	return &client.Client{URL: h.URL, Hub: h.Address, HTTP: h.outside.client()}
}
