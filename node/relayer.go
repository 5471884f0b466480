package node

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/internal/guests"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/relayer"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// RelayerConfig is how a node submits what people without gas have signed.
type RelayerConfig struct {
	Enabled bool           `toml:"enabled,omitempty" comment:"wherry hub run serves this relayer too, under /relayer of its address"`
	Listen  netip.AddrPort `toml:"listen,omitempty" comment:"where wherry relayer run answers; default 127.0.0.1:7090"`
	Account wherry.Address `toml:"account,omitempty" comment:"who has the gas and gets the fees, of this keystore; default: this identity"`
	PerHour int            `toml:"per_hour,omitempty" comment:"requests of one consumer in an hour; default 12"`
	Open    int            `toml:"open,omitempty" comment:"requests on their way at once; default 256"`
	Free    int            `toml:"free_per_day,omitempty" comment:"exits that owe this relayer nothing, finalized in a day for whoever asks; default none"`
	Chains  []RelayerChain `toml:"chain,omitempty" comment:"the chains it works on, with the price of gas in tokens"`
}

// RelayerChain is one chain of a relayer.
type RelayerChain struct {
	ID        uint64        `toml:"id" comment:"chain ID"`
	Rate      wherry.Amount `toml:"rate" comment:"what one whole coin of the chain is worth in tokens"`
	MarginPPM uint64        `toml:"margin_ppm,omitempty" comment:"parts per million on top of what gas costs; default 200000"`
	MinFee    wherry.Amount `toml:"min_fee,omitempty" comment:"smallest fee; default 0.01"`
	SweepFee  wherry.Amount `toml:"sweep_fee,omitempty" comment:"for sweeping one deposit address, whatever gas costs: it is part of the address, so leave it as it is; default 0.1"`
}

// defaultMargin of a relayer is a fifth: gas may become dearer by so much before
// a quote stops paying for it.
const defaultMargin = 200_000

// RelayerEntry is one relayer of a network.
type RelayerEntry struct {
	Name    string         `toml:"name" comment:"what people call it"`
	Address wherry.Address `toml:"address" comment:"who it is: what is signed names it"`
	URL     string         `toml:"url" comment:"where it answers: http://host:port"`
	Chains  []uint64       `toml:"chains" comment:"chains that it works on"`

	outside *outside // as of the network
}

func (n Network) checkRelayers() error {
	seen := map[string]bool{}
	for _, r := range n.Relayers {
		switch {
		case r.Name == "" || seen[r.Name]:
			return fmt.Errorf("relayer %q: it needs a name of its own", r.Name)
		case r.Address.IsZero():
			return fmt.Errorf("relayer %q has no address", r.Name)
		}
		seen[r.Name] = true
		if err := checkURL(r.URL); err != nil {
			return fmt.Errorf("relayer %s: %w", r.Name, err)
		}
		for _, id := range r.Chains {
			if _, err := n.Chain(id); err != nil {
				return fmt.Errorf("relayer %s names chain %d, which is not listed", r.Name, id)
			}
		}
	}
	return nil
}

// RelayerReady says that a relayer answers, and where.
type RelayerReady struct {
	Relayer wherry.Address
	Listen  netip.AddrPort
	Chains  []uint64
}

// How many connections a relayer holds for strangers, in all and for one address.
const (
	relayerGuests     = 1024
	relayerGuestsEach = 32
)

// RelayerRun submits what others have signed until ctx ends, which is no error.
func (c Config) RelayerRun(ctx context.Context, ready func(RelayerReady)) error {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return err
	}
	at := or(c.Relayer.Listen, netip.MustParseAddrPort("127.0.0.1:7090"))
	var lc net.ListenConfig
	public, err := lc.Listen(ctx, "tcp", at.String())
	if err != nil {
		return errPort("relayer", at, err)
	}
	defer public.Close()
	public = guests.Limit(public, relayerGuests, relayerGuestsEach)
	r, err := c.openRelayer(ctx, network, nil)
	if err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return ended(gctx, r.Run(gctx)) })
	g.Go(func() error { return serveHTTP(gctx, public, r.Handler()) })
	if ready != nil {
		said := RelayerReady{Relayer: r.Address(), Listen: public.Addr().(*net.TCPAddr).AddrPort()}
		for _, ch := range c.Relayer.Chains {
			said.Chains = append(said.Chains, ch.ID)
		}
		ready(said)
	}
	return errors.Join(g.Wait(), r.Close())
}

// openRelayer opens the node's relayer. It works through the chains that are open
// already, so that one account's transactions are numbered at one place.
func (c Config) openRelayer(ctx context.Context, network Network, open []chain.Chain) (*relayer.Relayer, error) {
	rc := c.Relayer
	if len(rc.Chains) == 0 {
		return nil, wherry.Errorf(wherry.Invalid, "relayer: the configuration has no table [[relayer.chain]]: it says what a coin of each chain is worth in tokens")
	}
	key, err := c.Unlock(or(rc.Account, c.Identity))
	if err != nil {
		return nil, err
	}
	path, err := c.relayerPath(network)
	if err != nil {
		return nil, err
	}
	cfg := relayer.Config{Key: key, Path: path, PerHour: rc.PerHour, MaxOpen: rc.Open, FreePerDay: rc.Free, Log: c.log()}
	for _, x := range rc.Chains {
		entry, err := network.Chain(x.ID)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(open, func(ch chain.Chain) bool { return ch.Params().ID == x.ID })
		var on chain.Chain
		if i >= 0 {
			on = open[i]
		} else if on, err = network.Open(ctx, x.ID); err != nil {
			return nil, err
		}
		price := relayer.Price{Rate: x.Rate, Margin: or(x.MarginPPM, defaultMargin), Least: or(x.MinFee, wherry.MustAmount("0.01")), Sweep: x.SweepFee}
		cfg.Chains = append(cfg.Chains, relayer.Chain{Chain: on, Price: price, First: entry.FirstBlock})
	}
	return relayer.Open(ctx, cfg)
}

func (c Config) relayerPath(network Network) (string, error) {
	dir, err := c.dir(network.Name, "relayer")
	return filepath.Join(dir, "relayer.db"), err
}

// withRelayer returns a hub's handler with a relayer's beside it.
func withRelayer(h http.Handler, r *relayer.Relayer) http.Handler {
	m := http.NewServeMux()
	m.Handle("/", h)
	m.Handle("/relayer/", http.StripPrefix("/relayer", r.Handler()))
	return m
}

// RelayerState is a relayer's work.
type RelayerState struct {
	Schema  string         `json:"schema"` // wherry.relayer/1
	Relayer wherry.Address `json:"relayer"`
	Open    uint64         `json:"open"`    // on their way
	Waiting uint64         `json:"waiting"` // exits whose date has not come
	Final   uint64         `json:"final"`
	Failed  uint64         `json:"failed"`
	Earned  Money          `json:"earned"` // fees that were paid
	Owed    Money          `json:"owed"`   // fees of exits that are not finalized
	Chains  []RelayerSpent `json:"chains"`
	Items   []RelayerJob   `json:"items"` // the newest first
}

// RelayerSpent is what gas has cost a relayer on one chain, and what is left.
type RelayerSpent struct {
	Chain   uint64 `json:"chain"`
	GasUsed uint64 `json:"gas_used"`
	CostWei string `json:"cost_wei"`
}

// RelayerJob is one request.
type RelayerJob struct {
	ID      wherry.Hash `json:"id"`
	Chain   uint64      `json:"chain"`
	Kind    string      `json:"kind"`
	State   string      `json:"state"`
	Tx      wherry.Hash `json:"tx"`
	Fee     Money       `json:"fee"`
	CostWei string      `json:"cost_wei"`
	Error   string      `json:"error,omitempty"`
}

// relayerItems is how many requests RelayerStatus lists.
const relayerItems = 20

// RelayerStatus reads the books of the node's relayer, beside the one that runs.
func (c Config) RelayerStatus(ctx context.Context) (RelayerState, error) {
	s := RelayerState{Schema: "wherry.relayer/1", Chains: []RelayerSpent{}, Items: []RelayerJob{}}
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return s, err
	}
	if s.Relayer = c.Relayer.Account; s.Relayer.IsZero() {
		if s.Relayer, err = c.Who(); err != nil {
			return s, err
		}
	}
	path, err := c.relayerPath(network)
	if err != nil {
		return s, err
	}
	v, err := relayer.OpenView(ctx, path)
	if wherry.CodeOf(err) == wherry.NotFound {
		return s, nil // it has never run
	}
	if err != nil {
		return s, err
	}
	defer v.Close()
	t, err := v.Totals(ctx)
	if err != nil {
		return s, err
	}
	s.Open, s.Waiting, s.Final, s.Failed = t.Open, t.Waiting, t.Final, t.Failed
	s.Earned, s.Owed = Money{Amount: t.Earned}, Money{Amount: t.Owed}
	for _, x := range t.Chains {
		s.Chains = append(s.Chains, RelayerSpent{x.Chain, x.Gas, x.Wei.BaseString()})
	}
	all, err := v.Newest(ctx, relayerItems)
	for _, x := range all {
		s.Items = append(s.Items, RelayerJob{x.ID, x.Chain, x.Kind.String(), x.State, x.Tx, Money{Amount: x.Fee}, x.Cost.BaseString(), x.Error})
	}
	return s, err
}

// findRelayer returns the relayers that a person means: all of the network's that
// work on a chain for "", the one of a name or an address, or one by its URL.
func (n Network) findRelayers(ref string, chainID uint64) ([]RelayerEntry, error) {
	if strings.Contains(ref, "://") {
		if err := checkURL(ref); err != nil {
			return nil, wherry.Errorf(wherry.Invalid, "relayer: %w", err)
		}
		for _, r := range n.Relayers {
			if r.URL == ref {
				return []RelayerEntry{r}, nil
			}
		}
		return []RelayerEntry{{Name: ref, URL: strings.TrimSuffix(ref, "/")}}, nil
	}
	var out []RelayerEntry
	var names []string
	for _, r := range n.Relayers {
		names = append(names, r.Name)
		if !slices.Contains(r.Chains, chainID) {
			continue
		}
		if ref == "" || strings.EqualFold(ref, r.Name) || strings.EqualFold(ref, r.Address.String()) {
			out = append(out, r)
		}
	}
	switch {
	case len(out) > 0:
		return out, nil
	case ref == "":
		return nil, wherry.Errorf(wherry.NotFunded, "there is no gas in your account on chain %d, and network %s lists no relayer for it: name one by its address: --relayer http://host:port", chainID, n.Name)
	}
	return nil, wherry.Errorf(wherry.NotFound, "network %s has no relayer %q for chain %d: it has %s", n.Name, ref, chainID, or(strings.Join(names, ", "), "none"))
}

// RelayerFees is what relayers take now.
type RelayerFees struct {
	Schema string            `json:"schema"` // wherry.fees/1
	Items  []RelayerFeesItem `json:"items"`
}

// RelayerFeesItem is what one relayer takes on one chain; zero for what it does
// not do.
type RelayerFeesItem struct {
	Name       string         `json:"name"`
	Relayer    wherry.Address `json:"relayer"`
	Chain      uint64         `json:"chain"`
	TopUp      Money          `json:"top_up"`
	Close      Money          `json:"close"` // leaving with the hub's consent
	Leave      Money          `json:"leave"` // leaving alone, the finalizing included
	Sweep      Money          `json:"sweep"` // for each deposit address
	ValidUntil time.Time      `json:"valid_until"`
}

// RelayerFees asks a relayer, or all of the network's, what they take on each of
// the network's chains. Those that do not answer are left out; when none does,
// that is the error.
func (c Config) RelayerFees(ctx context.Context, ref string) (RelayerFees, error) {
	out := RelayerFees{Schema: "wherry.fees/1", Items: []RelayerFeesItem{}}
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(ctx, quoteWait)
	defer cancel()
	var errs []error
	for _, ch := range network.Chains {
		all, err := network.findRelayers(ref, ch.ID)
		errs = append(errs, err)
		for _, r := range all {
			q, err := r.client().Quote(ctx, channel.Chain{ID: ch.ID, Contract: ch.Hubs})
			if err != nil {
				errs = append(errs, err)
				continue
			}
			item := RelayerFeesItem{Name: r.Name, Relayer: q.Relayer, Chain: ch.ID, ValidUntil: time.Unix(int64(min(q.ValidUntil, 1<<40)), 0).UTC()}
			item.TopUp.Amount, _ = q.Of(wire.TopUpPermit)
			item.Close.Amount, _ = q.Of(wire.Close)
			item.Leave.Amount, _ = q.Of(wire.Leave)
			item.Sweep.Amount, _ = q.Of(wire.Sweep)
			out.Items = append(out.Items, item)
		}
	}
	if len(out.Items) == 0 {
		return out, errors.Join(errs...)
	}
	return out, nil
}
