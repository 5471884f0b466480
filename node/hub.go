package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/internal/guests"
	"github.com/wherrynet/wherry/payment/hub"
)

// HubReady says that the hub answers, and where.
type HubReady struct {
	Hub    wherry.Address
	Listen netip.AddrPort
	FeePPM uint64
}

// How many connections a hub holds for strangers, in all and for one address.
const (
	hubGuests     = 4096
	hubGuestsEach = 256
)

// HubRun clears payments until ctx ends, which is no error.
func (c Config) HubRun(ctx context.Context, ready func(HubReady)) error {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return err
	}
	key, err := c.Unlock(c.Identity)
	if err != nil {
		return err
	}
	dir, err := c.dir(network.Name, "hub")
	if err != nil {
		return err
	}
	var chains []chain.Chain
	first := map[uint64]uint64{}
	for _, e := range network.Chains {
		ch, err := network.Open(ctx, e.ID)
		if err != nil {
			return err
		}
		defer ch.Close()
		chains = append(chains, ch)
		first[e.ID] = e.FirstBlock
	}
	hc := c.Hub
	at := or(hc.Listen, netip.MustParseAddrPort("127.0.0.1:7080"))
	var lc net.ListenConfig
	public, err := lc.Listen(ctx, "tcp", at.String())
	if err != nil {
		return errPort("hub", at, err)
	}
	defer public.Close()
	public = guests.Limit(public, hubGuests, hubGuestsEach)
	var admin net.Listener
	if hc.Admin.IsValid() {
		if !hc.Admin.Addr().IsLoopback() {
			return wherry.Errorf(wherry.Invalid, "hub: admin address %s: only loopback is allowed, since whoever reaches it moves the hub's money", hc.Admin)
		}
		if admin, err = lc.Listen(ctx, "tcp", hc.Admin.String()); err != nil {
			return errPort("hub administration", hc.Admin, err)
		}
		defer admin.Close()
	}
	var watched net.Listener
	if hc.Metrics.IsValid() {
		if watched, err = lc.Listen(ctx, "tcp", hc.Metrics.String()); err != nil {
			return errPort("hub metrics", hc.Metrics, err)
		}
		defer watched.Close()
	}
	fee := uint64(hc.FeePPM)
	open, stop := context.WithCancel(ctx)
	defer stop()
	go hub.BoundGarbage(open) // ends with this function
	h, err := c.openHub(hub.Config{
		Key: key, Chains: chains, Log: c.log(),
		CollectEvery: time.Duration(hc.CollectEvery), PushEvery: time.Duration(hc.PushEvery), CollectAbove: hc.CollectAbove, GasWait: time.Duration(hc.GasWait),
		FirstBlock: first,
		Terms:      hub.Terms{FeePPM: fee, MinPush: hc.MinPush, MinReserve: hc.MinReserve, MinDeposit: hc.MinDeposit, MaxOpen: hc.MaxOpen},
	}, dir)
	if err != nil {
		return err
	}
	handler := h.Handler()
	debug.FreeOSMemory() // what reading the journal took
	g, gctx := errgroup.WithContext(ctx)
	if c.Relayer.Enabled {
		r, err := c.openRelayer(ctx, network, chains)
		if err != nil {
			return errors.Join(err, h.Close())
		}
		defer r.Close()
		handler = withRelayer(handler, r)
		g.Go(func() error { return ended(gctx, r.Run(gctx)) })
	}
	g.Go(func() error { return ended(gctx, h.Run(gctx)) })
	g.Go(func() error { return serveHTTP(gctx, public, handler) })
	if admin != nil {
		g.Go(func() error { return serveFor(gctx, admin, h.AdminHandler(), txPatience+leaveWait) })
	}
	if watched != nil {
		g.Go(func() error { return serveHTTP(gctx, watched, h.WatchHandler()) })
	}
	if ready != nil {
		ready(HubReady{Hub: key.Address(), Listen: public.Addr().(*net.TCPAddr).AddrPort(), FeePPM: fee})
	}
	return errors.Join(g.Wait(), h.Close())
}

// HubStatus asks the node's running hub for its books.
func (c Config) HubStatus(ctx context.Context) (HubState, error) {
	var s hub.Status
	if err := c.hubAdmin(ctx, http.MethodGet, "/v1/admin/status", &s); err != nil {
		return HubState{}, err
	}
	return hubState(s), nil
}

// HubDrain stops the node's running hub from taking orders, waits until those
// that are open have ended, and settles everything. Pending means that some are
// open still: the hub goes on ending them.
func (c Config) HubDrain(ctx context.Context) (HubState, error) {
	var s hub.Status
	if err := c.hubAdmin(ctx, http.MethodPost, "/v1/admin/drain", &s); err != nil {
		return HubState{}, err
	}
	return hubState(s), nil
}

// HubUndrain lets the node's running hub take orders again.
func (c Config) HubUndrain(ctx context.Context) (HubState, error) {
	var s hub.Status
	if err := c.hubAdmin(ctx, http.MethodDelete, "/v1/admin/drain", &s); err != nil {
		return HubState{}, err
	}
	return hubState(s), nil
}

func hubState(s hub.Status) HubState {
	t := s.Totals
	return HubState{
		Schema: "wherry.hub/1", Hub: s.Hub, Serving: s.Serving, Draining: s.Draining, Problem: s.Error, Checks: s.Checks,
		In: Money{Amount: t.Spent}, Out: Money{Amount: t.Earned}, Fee: Money{Amount: t.Fee}, Pending: Money{Amount: t.Pending}, Credit: Money{Amount: t.Credit},
		Collected: Money{Amount: t.In}, Paid: Money{Amount: t.Out},
	}
}

// hubAdmin asks the hub's administration, which answers in JSON.
func (c Config) hubAdmin(ctx context.Context, method, path string, into any) error {
	if !c.Hub.Admin.IsValid() {
		return wherry.Errorf(wherry.Invalid, "the configuration names no address for the hub's administration: admin in its table hub")
	}
	ctx, cancel := context.WithTimeout(ctx, txPatience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, "http://"+c.Hub.Admin.String()+path, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(r)
	if errors.Is(err, context.DeadlineExceeded) {
		return wherry.Errorf(wherry.Pending, "the hub is at it still; the same command again shows how far it is")
	}
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "the hub's administration does not answer, is the hub running? %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return adminFailure(resp)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("hub administration: %w", err)
	}
	return json.Unmarshal(body, into)
}

// adminFailure returns the error that the hub's administration answered with.
func adminFailure(resp *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("hub administration: %w", err)
	}
	var f struct {
		Code    wherry.Code `json:"code"`
		Message string      `json:"message"`
	}
	if json.Unmarshal(body, &f) == nil && f.Code.Known() {
		return wherry.Errorf(f.Code, "hub: %s", f.Message)
	}
	return wherry.Errorf(wherry.Internal, "hub administration: %s", resp.Status)
}
