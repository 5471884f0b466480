package devnet

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/devchain"
)

// Status is what runs, and whether the books agree.
type Status struct {
	Schema    string          `json:"schema"` // wherrydev.status/2
	Dir       string          `json:"dir"`
	Network   string          `json:"network"` // path of network.toml
	Proxy     string          `json:"proxy"`
	Site      string          `json:"site"`
	Processes []ProcessStatus `json:"processes"`
	Books     *Books          `json:"books"`
	Agree     bool            `json:"agree"`
	Problems  []string        `json:"problems"`
}

// ProcessStatus is one role.
type ProcessStatus struct {
	Name string `json:"name"`
	PID  int    `json:"pid"` // 0 when it does not run
	Log  string `json:"log"`
}

// Status asks everybody. A network that does not run is no error.
func (n *Net) Status(ctx context.Context) (*Status, error) {
	s := &Status{
		Schema: "wherrydev.status/2", Dir: n.Dir, Network: n.NetworkFile(),
		Proxy: n.ProxyURL(), Site: n.SiteURL("/"), Problems: []string{},
	}
	running := 0
	for _, p := range n.Processes() {
		pid, _ := p.PID()
		if pid != 0 {
			running++
		} else {
			s.Problems = append(s.Problems, p.Name+" does not run")
		}
		s.Processes = append(s.Processes, ProcessStatus{Name: p.Name, PID: pid, Log: p.Err()})
	}
	if running == 0 {
		s.Problems = []string{"nothing runs: wherrydev up"}
		return s, nil
	}
	b, wrong, err := n.Settled(ctx, 10*time.Second)
	if err != nil {
		s.Problems = append(s.Problems, err.Error())
		return s, nil
	}
	s.Books = b
	s.Agree = len(wrong) == 0
	s.Problems = append(s.Problems, wrong...)
	return s, nil
}

// Text returns the status for a person.
func (s *Status) Text() string {
	var t strings.Builder
	for _, p := range s.Processes {
		if p.PID == 0 {
			fmt.Fprintf(&t, "✗ %-16s does not run\n", p.Name)
			continue
		}
		fmt.Fprintf(&t, "✓ %-16s process %d\n", p.Name, p.PID)
	}
	if s.Books != nil {
		fmt.Fprintf(&t, "\n%s", s.Books.Text())
		if s.Agree {
			t.WriteString("  the books agree with each other and with both chains\n")
		}
	}
	for _, p := range s.Problems {
		fmt.Fprintf(&t, "! %s\n", p)
	}
	return t.String()
}

// ProxyURL returns where the consumer's proxy answers.
func (n *Net) ProxyURL() string { return "socks5h://" + n.plan.Proxy.String() }

// SiteURL returns the address of a page of the site, as it is asked for through
// a tunnel.
func (n *Net) SiteURL(path string) string {
	return fmt.Sprintf("http://%s:%d%s", SiteName, n.plan.Site.Web.Port(), path)
}

// HowTo says how to use a network that runs.
func (n *Net) HowTo() string {
	return fmt.Sprintf(`
The network runs. Try it:

  curl -x %s %s
  curl -x %s -o /dev/null %s
  wherrydev status        what runs, and whether the books agree
  wherrydev down          stops it; the books stay

  export WHERRY_NETWORK=%s
  wherry offers           the market, as anybody sees it
`, n.ProxyURL(), n.SiteURL("/"), n.ProxyURL(), n.SiteURL("/file"), n.NetworkFile())
}

// UpWithConsumer is Up, and starts the consumer's proxy too, unless a Layout has
// it on a host of its own. When something fails, what was started is stopped again.
func (n *Net) UpWithConsumer(ctx context.Context) error {
	err := n.Up(ctx)
	if err == nil && n.plan.Layout == nil {
		err = n.Consumer().Start(ctx)
	}
	if err != nil && wherry.CodeOf(err) != wherry.Conflict {
		return errors.Join(err, n.Down(context.WithoutCancel(ctx)))
	}
	return err
}

// EachChain does something to both chains of a network that runs.
func (n *Net) EachChain(ctx context.Context, do func(context.Context, *devchain.Remote) error) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, c := range []chainPlan{n.plan.ChainA, n.plan.ChainB} {
		g.Go(func() error {
			r, err := devchain.Dial(gctx, rpcURL(c))
			if err != nil {
				return fmt.Errorf("%w; is the network up? wherrydev status", err)
			}
			defer r.Close()
			return do(gctx, r)
		})
	}
	return g.Wait()
}

// Faucet gives an account coins for gas and tokens, on both chains.
func (n *Net) Faucet(ctx context.Context, to wherry.Address, tokens wherry.Amount) error {
	for _, p := range []chainPlan{n.plan.ChainA, n.plan.ChainB} {
		c, err := n.open(ctx, p)
		if err != nil {
			return fmt.Errorf("%w; is the network up? wherrydev status", err)
		}
		if err := n.coins(ctx, p, to); err != nil {
			return err
		}
		if err := n.send(ctx, c, chain.Transfer{To: to, Amount: tokens}); err != nil {
			return err
		}
	}
	return nil
}

// Reorg lets both chains go back some blocks. drop loses their transactions.
func (n *Net) Reorg(ctx context.Context, blocks uint64, drop bool) error {
	return n.EachChain(ctx, func(ctx context.Context, r *devchain.Remote) error { return r.Reorg(ctx, blocks, drop) })
}

// Chains returns the processes of both chains.
func (n *Net) Chains() []*Process {
	return []*Process{n.chainProcess(n.plan.ChainA), n.chainProcess(n.plan.ChainB)}
}
