package main

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"sync"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

func (a *app) proxyCmd() *cobra.Command {
	var maxPrice, budget, listen string
	c := &cobra.Command{
		Use:   "proxy [PLACE]",
		Short: "SOCKS5 and HTTP on this computer, through the cheapest provider that fits; no root",
		Long: `Opens a tunnel to the cheapest provider that fits, and answers SOCKS5 and HTTP
proxy requests on 127.0.0.1 until it is interrupted. Host names are looked up
through the tunnel. Only programs that use the proxy are covered: everything
else on this computer goes its usual way.`,
		Example: "  wherry proxy se\n  curl -x socks5h://127.0.0.1:1080 https://example.org/",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			var o node.ProxyOptions
			if len(args) == 1 {
				if o.Place, err = wherry.ParsePlace(args[0]); err != nil {
					return err
				}
			}
			if maxPrice != "" {
				if cfg.Consumer.MaxPerGiB, err = wherry.ParseAmount(maxPrice); err != nil {
					return fmt.Errorf("--max-price: %w", err)
				}
			}
			if budget != "" {
				if cfg.Consumer.Budget, err = wherry.ParseAmount(budget); err != nil {
					return fmt.Errorf("--budget: %w", err)
				}
			}
			if listen != "" {
				if cfg.Consumer.Proxy, err = netip.ParseAddrPort(listen); err != nil {
					return wherry.Errorf(wherry.Invalid, "--listen: %w", err)
				}
			}
			p := proxyScreen{app: a}
			o.Ready, o.Events = p.ready, p.event
			return cfg.Proxy(cmd.Context(), o)
		},
	}
	c.Flags().StringVar(&maxPrice, "max-price", "", "no provider above this `price` per GiB")
	c.Flags().StringVar(&budget, "budget", "", "end before the session costs more than this `amount`")
	c.Flags().StringVar(&listen, "listen", "", "`address` to answer on; default 127.0.0.1:1080")
	return c
}

// readyJSON is the line by which a role says that it serves.
type readyJSON struct {
	Schema string `json:"schema"`
	Role   string `json:"role"`
	Listen string `json:"listen"`
}

func (a *app) sayReady(role, listen, text string) {
	if a.json {
		b, _ := json.Marshal(readyJSON{"wherry.ready/1", role, listen}) // strings alone
		fmt.Fprintf(a.out, "%s\n", b)
		return
	}
	a.note("%s", text)
}

// proxyScreen shows what happens, as lines.
type proxyScreen struct {
	*app
	mu sync.Mutex // lines are written whole
}

func (p *proxyScreen) ready(r node.ProxyReady) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sayReady("consumer", r.Listen.String(), fmt.Sprintf("answering SOCKS5 and HTTP on %s; Ctrl-C ends the session", r.Listen))
}

func (p *proxyScreen) event(e node.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.json {
		b, err := json.Marshal(e)
		if err == nil {
			fmt.Fprintf(p.out, "%s\n", b)
		}
		return
	}
	switch e.Event {
	case node.EventOpened:
		p.note("✓ %s, %s · %s %s/GiB + %s/h", e.Provider, e.Place, e.PerGiB, wherry.Currency, e.PerHour)
		p.note("✓ connected in %d ms", e.Milliseconds)
	case node.EventHub:
		if e.Code != "" {
			p.note("! nothing new is paid through hub %s: %s", e.Hub, e.Reason)
		}
	case node.EventClosed:
		why := ""
		if e.Reason != "" {
			why = ": " + e.Reason
		}
		p.note("session over%s; %s %s for %.1f MiB", why, e.Spent, wherry.Currency, float64(e.Bytes)/(1<<20))
	}
}
