package node

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/earnings"
	"github.com/wherrynet/wherry/payment/hub/client"
)

// ForHub returns c with its consumer's business narrowed to one hub, by name or
// address. An empty ref changes nothing.
func (c Config) ForHub(ref string) (Config, error) {
	if ref == "" {
		return c, nil
	}
	n, err := LoadNetwork(c.Network)
	if err != nil {
		return c, err
	}
	h, err := n.FindHub(ref)
	c.Consumer.Hub = h.Address
	return c, err
}

// HubsResult is the hubs of the network.
type HubsResult struct {
	Schema string   `json:"schema"` // wherry.hubs/1
	Items  []HubRow `json:"items"`
	Next   *string  `json:"next"`
}

// HubRow is one hub.
type HubRow struct {
	Hub     wherry.Address `json:"hub"`
	Name    string         `json:"name,omitempty"`
	URL     string         `json:"url"`
	Chains  []uint64       `json:"chains"` // on which it takes deposits
	Answers bool           `json:"answers"`
	Terms   []HubTerms     `json:"terms"`             // that it asks for now; none when it does not answer
	Problem string         `json:"problem,omitempty"` // why this node takes no orders through it
}

// HubTerms are a hub's signed terms for deposits on one chain.
type HubTerms struct {
	Chain             uint64    `json:"chain"`
	FeePPM            uint64    `json:"fee_ppm"`
	MinReserve        Money     `json:"min_reserve"`
	MinPush           Money     `json:"min_push"`
	MaxOpen           Money     `json:"max_open"`
	PayoutLifeSeconds uint64    `json:"payout_life_seconds"`
	ValidUntil        time.Time `json:"valid_until"`
	PaysOn            []uint64  `json:"pays_on"`

	Agreed  bool     `json:"agreed"`            // they can be used without asking a person
	Changes []string `json:"changes,omitempty"` // since what was agreed to
}

// Hubs returns the hubs of the network with what each asks for now.
func (c Config) Hubs(ctx context.Context) (HubsResult, error) {
	r := HubsResult{Schema: "wherry.hubs/1", Items: []HubRow{}}
	network, pins, err := c.openTrust()
	if err != nil {
		return r, err
	}
	rows := make([]HubRow, len(network.Hubs))
	var g errgroup.Group
	for i, h := range network.Hubs {
		g.Go(func() (err error) {
			rows[i], err = pins.row(ctx, h)
			return err
		})
	}
	err = g.Wait()
	r.Items = append(r.Items, rows...)
	return r, err
}

func (c Config) openTrust() (Network, *trust, error) {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return network, nil, err
	}
	pins, err := c.trust(network)
	return network, pins, err
}

// row asks one hub. One that does not answer is no error.
func (t *trust) row(ctx context.Context, h HubEntry) (HubRow, error) {
	r := HubRow{Hub: h.Address, Name: h.Name, URL: h.URL, Chains: h.Chains, Terms: []HubTerms{}, Problem: t.problem(h.Address)}
	if r.Chains == nil {
		r.Chains = []uint64{}
	}
	ctx, cancel := context.WithTimeout(ctx, hubWait)
	defer cancel()
	cl := client.Client{URL: h.URL, Hub: h.Address}
	for _, id := range h.Chains {
		now, err := cl.Terms(ctx, id)
		if err != nil {
			t.log.Debug("hub does not tell its terms", "hub", h.Called(), "chain", id, "err", err)
			continue
		}
		r.Answers = true
		before, known, err := t.agreedTerms(h.Address, id)
		if err != nil {
			return r, err
		}
		terms := HubTerms{
			Chain: id, FeePPM: now.FeePPM, MinReserve: Money{Amount: now.MinReserve}, MinPush: Money{Amount: now.MinPush}, MaxOpen: Money{Amount: now.MaxOpen},
			PayoutLifeSeconds: now.PayoutLife, ValidUntil: time.Unix(int64(min(now.ValidUntil, 1<<40)), 0).UTC(), PaysOn: []uint64{},
			Agreed: current(now, time.Now()) == nil && consents(before, known, now, t.maxFee) == nil,
		}
		for _, p := range now.Payees {
			terms.PaysOn = append(terms.PaysOn, p.ID)
		}
		if known {
			for _, ch := range now.Changes(before) {
				terms.Changes = append(terms.Changes, ch.String())
			}
		}
		r.Terms = append(r.Terms, terms)
	}
	return r, nil
}

// HubResult is one hub.
type HubResult struct {
	Schema string `json:"schema"` // wherry.terms/1
	HubRow
}

// HubShow returns one hub, by name or address, with the terms that it asks for.
func (c Config) HubShow(ctx context.Context, ref string) (HubResult, error) {
	r := HubResult{Schema: "wherry.terms/1"}
	network, pins, err := c.openTrust()
	if err != nil {
		return r, err
	}
	h, err := network.FindHub(ref)
	if err != nil {
		return r, err
	}
	r.HubRow, err = pins.row(ctx, h)
	return r, err
}

// HubAccept agrees to the terms that a hub asks for now, and forgives what it was
// not trusted for: if that is still so, the next check says so again.
func (c Config) HubAccept(ctx context.Context, ref string) (HubResult, error) {
	r := HubResult{Schema: "wherry.terms/1"}
	network, pins, err := c.openTrust()
	if err != nil {
		return r, err
	}
	h, err := network.FindHub(ref)
	if err != nil {
		return r, err
	}
	cl := client.Client{URL: h.URL, Hub: h.Address}
	for _, id := range h.Chains {
		now, err := cl.Terms(ctx, id)
		if err != nil {
			return r, err
		}
		if err := current(now, time.Now()); err != nil {
			return r, err
		}
		if err := pins.agree(now); err != nil {
			return r, err
		}
	}
	if err := pins.forgive(h.Address); err != nil {
		return r, err
	}
	r.HubRow, err = pins.row(ctx, h)
	return r, err
}

// forgive forgets a problem, and the statements that led to it.
func (t *trust) forgive(hub wherry.Address) error {
	for _, role := range []string{payeeRole, payerRole} {
		c, err := t.complaint(hub, role)
		if err != nil {
			return err
		}
		if c.proven() {
			if err := t.save(hub, "seen", seen{Statements: map[uint64][]string{}}); err != nil {
				return err
			}
			if err := t.save(hub, "evidence", c); err != nil {
				return err
			}
		}
		if err := t.complain(hub, role, complaint{}); err != nil {
			return err
		}
	}
	return nil
}

// HubsVerifyResult is what checking hubs found.
type HubsVerifyResult struct {
	Schema string     `json:"schema"` // wherry.solvency/1
	OK     bool       `json:"ok"`     // every hub that was asked can pay, as far as anybody can tell
	Items  []HubCheck `json:"items"`  // one per hub and chain
}

// HubsVerify checks what a hub, or every hub, shows of its solvency, on all chains
// where it is; where this node is paid by it, with its own part. That a hub is
// found wanting is no error.
func (c Config) HubsVerify(ctx context.Context, ref string) (HubsVerifyResult, error) {
	r := HubsVerifyResult{Schema: "wherry.solvency/1", OK: true, Items: []HubCheck{}}
	network, pins, err := c.openTrust()
	if err != nil {
		return r, err
	}
	hubs := network.Hubs
	if ref != "" {
		h, err := network.FindHub(ref)
		if err != nil {
			return r, err
		}
		hubs = []HubEntry{h}
	}
	for _, h := range hubs {
		items, err := c.verifyHub(ctx, network, pins, h)
		if err != nil {
			return r, fmt.Errorf("hub %s: %w", h.Called(), err)
		}
		r.Items = append(r.Items, items...)
	}
	r.OK = !slices.ContainsFunc(r.Items, func(i HubCheck) bool { return !i.OK })
	return r, nil
}

// verifyHub checks one hub on every chain of the network that it is on.
func (c Config) verifyHub(ctx context.Context, n Network, pins *trust, h HubEntry) (out []HubCheck, err error) {
	for _, entry := range n.Chains {
		ch, err := n.Open(ctx, entry.ID)
		if err != nil {
			return nil, err
		}
		defer ch.Close()
		v := verifier{
			hub: client.Client{URL: h.URL, Hub: h.Address}, entry: h, chain: ch, first: entry.FirstBlock, peers: n.Peers, pins: pins,
		}
		var earned channel.SignedPayout
		if entry.ID == c.payeeChain(n) {
			if v.payee, earned, err = c.earnedWith(ctx, n, h); err != nil {
				return nil, err
			}
		}
		check, err := v.check(ctx, earned.Total, time.Now())
		if wherry.CodeOf(err) == wherry.NotFound {
			continue // not on this chain
		}
		if err != nil {
			return nil, err
		}
		out = append(out, check)
	}
	if len(out) == 0 {
		return nil, wherry.Errorf(wherry.NotFound, "it states nothing of any chain of network %s", n.Name)
	}
	return out, nil
}

// earnedWith returns what this node has earned with a hub and the key that is
// paid, or no key when it has no book with it.
func (c Config) earnedWith(ctx context.Context, n Network, h HubEntry) (*identity.Key, channel.SignedPayout, error) {
	var none channel.SignedPayout
	path, err := c.earningsPath(n, h.Address)
	if err != nil {
		return nil, none, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, none, nil // no book: no payee of this hub
	}
	who, err := c.Who()
	if err != nil {
		return nil, none, err
	}
	entry, err := n.Chain(c.payeeChain(n))
	if err != nil {
		return nil, none, err
	}
	payee := or(c.Provider.Payee, who)
	v, err := earnings.OpenView(ctx, path, who, payee, h.Address, entry.domain())
	if err != nil {
		return nil, none, err
	}
	defer v.Close()
	u, err := v.Unlocked(ctx)
	if err != nil {
		return nil, none, err
	}
	key, err := c.Unlock(payee)
	return key, u, err
}
