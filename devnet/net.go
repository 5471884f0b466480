package devnet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/devchain"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/internal/whole"
	"github.com/wherrynet/wherry/node"
)

// What everybody gets at the beginning, and the dev chains' settings.
var (
	consumerTokens = wherry.Tokens(20)      // in the consumer's wallet, on chain A
	hubFunds       = wherry.Tokens(100)     // what each hub can pay out of, on chain B
	minTopUp       = wherry.MustAmount("1") // least top-up by a stranger
)

const (
	exitDelay   = 7 * 24 * time.Hour // wherrydev time jumps over it
	finalDepth  = 4
	blockPeriod = time.Second
	passphrase  = "development"
	checkEvery  = 2 * time.Second // how often nodes look at their hubs
)

// PocketMoney is what everybody has of a chain's own coin, for gas.
var PocketMoney = wherry.Tokens(1)

// Net is one development network on disk.
type Net struct {
	Dir    string                           // everything lies here
	Wherry string                           // path of the wherry program
	Self   string                           // path of this program, which also runs the chains and the site
	Say    func(format string, args ...any) // tells a person what happens; nil is silent
	Loud   bool                             // every role logs all that it can
	plan   plan
}

// Block is the part of 127/8 that a network has for itself: 127.X.Y.1 and up. The zero value is where a
// person looks for it. Networks that run beside each other have different
// blocks, and then none takes a port of another's, also while a process of
// it is dead.
type Block [2]byte

func (b Block) addr(last byte) netip.Addr { return netip.AddrFrom4([4]byte{127, b[0], b[1], last}) }

// Open reads the network in dir, or plans a new one.
func Open(dir, wherryPath, self string) (*Net, error) { return OpenAt(dir, wherryPath, self, Block{}) }

// OpenAt is Open with the addresses of a new network.
func OpenAt(dir, wherryPath, self string, at Block) (*Net, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return nil, err
	}
	p, err := loadPlan(abs, at)
	if err != nil {
		return nil, err
	}
	return &Net{Dir: abs, Wherry: wherryPath, Self: self, plan: p}, nil
}

func (n *Net) say(format string, args ...any) {
	if n.Say != nil {
		n.Say(format, args...)
	}
}

// ConsumerAddress is where the consumer's packets come from. No log may hold it.
func (n *Net) ConsumerAddress() netip.Addr { return n.plan.Block.addr(21) }

func (n *Net) path(parts ...string) string {
	return filepath.Join(append([]string{n.Dir}, parts...)...)
}

// NetworkFile returns the path of the network.toml that all roles read.
func (n *Net) NetworkFile() string { return n.path("network.toml") }

func (n *Net) chainProcess(c chainPlan) *Process {
	dir := n.path("chain-" + c.Name)
	return &Process{Name: "chain " + c.Name, Dir: dir, Path: n.Self, Args: []string{
		"chain", "--id", fmt.Sprint(c.ID), "--data", filepath.Join(dir, "data"), "--listen", c.RPC.String(),
		"--rich", strings.Join(n.rich(), ","),
	}}
}

// rich returns those who own coins for gas from a chain's first block on.
func (n *Net) rich() []string {
	var all []string
	for role, who := range n.plan.People {
		if noGas[role] {
			continue
		}
		all = append(all, who.String())
	}
	slices.Sort(all)
	return all
}

func (n *Net) siteProcess() *Process {
	return n.plan.Layout.at(n.plan.Layout.web(), &Process{Name: "site", Dir: n.path("site"), Path: n.Self, Args: []string{
		"site", "--web", n.plan.Site.Web.String(), "--neighbour", n.plan.Site.Neighbour.String(), "--dns", n.plan.Site.DNS.String(),
		"--dir", n.path("site"),
	}})
}

// role is a process of the wherry program with a configuration of its own.
func (n *Net) role(name string, args ...string) *Process {
	dir := n.path(name)
	args = append(args, "--json", "--config", filepath.Join(dir, "wherry.toml"))
	if n.Loud {
		args = append(args, "-v")
	}
	return &Process{Name: name, Dir: dir, Path: n.Wherry, Args: args}
}

// Hub returns the process of the first hub.
func (n *Net) Hub() *Process { return n.Hubs()[0] }

// Hubs returns the processes of all hubs.
func (n *Net) Hubs() (all []*Process) {
	for _, h := range n.plan.Hubs {
		all = append(all, n.role(h.Role, "hub", "run"))
	}
	return all
}

// Provider returns the process of provider i.
func (n *Net) Provider(i int) *Process {
	return n.plan.Layout.at(n.plan.Layout.provider(i), n.role(n.plan.Providers[i].role(), "provide"))
}

// Consumer returns the consumer's process. args go to wherry proxy.
func (n *Net) Consumer(args ...string) *Process {
	return n.plan.Layout.at(n.plan.Layout.consumer(), n.role("consumer", append([]string{"proxy"}, args...)...))
}

// Processes returns all roles, in the order in which they start.
func (n *Net) Processes() []*Process {
	all := []*Process{n.chainProcess(n.plan.ChainA), n.chainProcess(n.plan.ChainB), n.siteProcess(), n.Relayer()}
	all = append(all, n.Hubs()...)
	all = append(all, n.cheats()...)
	for i := range n.plan.Providers {
		all = append(all, n.Provider(i))
	}
	return append(all, n.Consumer())
}

// Up starts everything but the consumer's proxy, making what is not there yet:
// contracts, identities, money. It may be called again on what an earlier run
// has left, however that ended.
func (n *Net) Up(ctx context.Context) error {
	for _, p := range n.Processes() {
		if pid, ok := p.PID(); ok {
			return wherry.Errorf(wherry.Conflict, "the network in %s runs already (%s is process %d): wherrydev down", n.Dir, p.Name, pid)
		}
	}
	if err := n.plan.choosePorts(ctx); err != nil {
		return err
	}
	if err := n.plan.save(n.Dir); err != nil {
		return err
	}
	if err := n.people(ctx); err != nil {
		return err
	}
	if err := n.startChains(ctx); err != nil {
		return err
	}
	if err := n.configure(); err != nil {
		return err
	}
	if err := n.Relayer().Start(ctx); err != nil {
		return err
	}
	if err := n.fund(ctx); err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return n.deposits(gctx) })
	g.Go(func() error { return n.startRoles(gctx) })
	return g.Wait()
}

func (n *Net) startChains(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, c := range []*chainPlan{&n.plan.ChainA, &n.plan.ChainB} {
		g.Go(func() error {
			if err := n.chainProcess(*c).Start(gctx); err != nil {
				return err
			}
			return n.deploy(gctx, c)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	n.say("two chains: %s (%d) for deposits, %s (%d) for earnings; one contract on each", n.plan.ChainA.Name, n.plan.ChainA.ID, n.plan.ChainB.Name, n.plan.ChainB.ID)
	return n.plan.save(n.Dir)
}

func rpcURL(c chainPlan) string { return "http://" + c.RPC.String() }

// deploy puts the contracts on a chain that has none.
func (n *Net) deploy(ctx context.Context, c *chainPlan) error {
	if !c.Hubs.IsZero() {
		if _, err := n.open(ctx, *c); err == nil {
			return nil
		}
	}
	d, err := evm.Deploy(ctx, rpcURL(*c), devchain.FaucetKey(), exitDelay, minTopUp)
	if err != nil {
		return fmt.Errorf("deploy on %s: %w", c.Name, err)
	}
	c.Hubs, c.Token = d.Contract, d.Token
	return nil
}

func (n *Net) open(ctx context.Context, c chainPlan) (*evm.Chain, error) {
	return evm.Open(ctx, evm.Config{RPC: []string{rpcURL(c)}, ChainID: c.ID, Contract: c.Hubs, Token: c.Token, Depth: finalDepth})
}

// people makes the identities that are not there yet, by the program's own
// command.
func (n *Net) people(ctx context.Context) error {
	if err := whole.Write(n.path("password"), []byte(passphrase+"\n")); err != nil {
		return err
	}
	roles := []string{"consumer", "relayer"}
	beside := map[string]string{} // owners' keys lie beside the hub's, as a careful operator's would not
	for _, h := range n.plan.Hubs {
		roles = append(roles, h.Role, h.owner())
		beside[h.owner()] = h.Role
	}
	for _, p := range n.plan.Providers {
		roles = append(roles, p.role())
	}
	for _, role := range roles {
		if !n.plan.People[role].IsZero() {
			continue
		}
		dir := role
		if d, ok := beside[role]; ok {
			dir = d
		}
		if err := os.MkdirAll(n.path(dir), 0o700); err != nil {
			return err
		}
		c := node.Config{State: n.path(dir), PasswordFile: n.path("password"), LightKeys: true}
		s, err := c.Keystore()
		if err != nil {
			return err
		}
		made, err := s.Create(passphrase)
		if err != nil {
			return fmt.Errorf("identity of %s: %w", role, err)
		}
		n.plan.People[role] = made.Address
		if err := n.plan.save(n.Dir); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// configure writes network.toml and a wherry.toml per role.
func (n *Net) configure() error {
	p := n.plan
	network := node.Network{Name: "dev"}
	for _, h := range p.Hubs {
		network.Hubs = append(network.Hubs, node.HubEntry{
			Name: h.Name, Address: p.People[h.Role], URL: "http://" + h.API.String(), Chains: []uint64{p.ChainA.ID},
		})
	}
	for _, c := range []chainPlan{p.ChainA, p.ChainB} {
		network.Chains = append(network.Chains, node.ChainEntry{
			ID: c.ID, Name: c.Name, RPC: []string{rpcURL(c)}, Hubs: c.Hubs, Token: c.Token, Depth: finalDepth, ExitDelay: exitDelay.String(), MinTopUp: minTopUp,
		})
	}
	network.Relayers = []node.RelayerEntry{p.relayerEntry()}
	for _, o := range p.Providers {
		network.Peers = append(network.Peers, "http://"+o.HTTP.String())
	}
	text, err := network.Encode()
	if err != nil {
		return err
	}
	if err := whole.Write(n.NetworkFile(), text); err != nil {
		return err
	}
	base := func(role string) node.Config {
		return node.Config{Network: n.NetworkFile(), State: n.path(role), Identity: p.People[role], PasswordFile: n.path("password"), LightKeys: true, CheckEvery: node.Duration(checkEvery)}
	}
	for _, h := range p.Hubs {
		c := base(h.Role)
		c.Hub = node.HubConfig{Listen: h.listen(), Admin: h.Admin, FeePPM: h.FeePPM, MinReserve: wherry.MustAmount("0.001"), MinPush: wherry.MustAmount("0.001")}
		if err := n.writeConfig(h.Role, c); err != nil {
			return err
		}
	}
	relayerConfig := base("relayer")
	relayerConfig.Relayer = p.relayerConfig()
	if err := n.writeConfig("relayer", relayerConfig); err != nil {
		return err
	}
	for _, o := range p.Providers {
		c := base(o.role())
		c.Provider = node.ProviderConfig{
			Name: o.Name, Place: o.Place, IPType: o.IPType, PerGiB: o.PerGiB, PerHour: o.PerHour,
			Listen: o.UDP, HTTP: o.HTTP, Chain: p.ChainB.ID, Trust: wherry.Tokens(1), Hubs: n.addresses(o.Hubs),
			Mode: node.ModeNetstack, // everybody lives on this computer, whose firewall is not ours
			Exit: node.ExitConfig{Source: o.UDP.Addr(), Resolver: p.Site.DNS, Allow: []netip.AddrPort{p.Site.Web}},
		}
		if p.Layout != nil { // the site is on the internet, and the exit has an address there
			c.Provider.Mode, c.Provider.Exit = "", node.ExitConfig{Resolver: p.Site.DNS}
		}
		if err := n.writeConfig(o.role(), c); err != nil {
			return err
		}
	}
	c := base("consumer")
	c.Consumer = node.ConsumerConfig{Proxy: p.Proxy, Chain: p.ChainA.ID, Listen: netip.AddrPortFrom(n.ConsumerAddress(), 0)}
	if p.Layout != nil {
		c.Consumer.Listen = netip.AddrPort{}
	}
	return n.writeConfig("consumer", c)
}

func (n *Net) writeConfig(role string, c node.Config) error {
	text, err := c.Encode()
	if err != nil {
		return err
	}
	return whole.Write(n.path(role, "wherry.toml"), text)
}

func (n *Net) startRoles(ctx context.Context) error {
	if err := n.siteProcess().Start(ctx); err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	for i := range n.plan.Providers {
		g.Go(func() error { return n.Provider(i).Start(gctx) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, p := range n.plan.Providers {
		n.say("provider %s in %s: %s per GiB and %s per hour; paid through %s; leaves from %s",
			p.Name, p.Place, p.PerGiB, p.PerHour, strings.Join(p.Hubs, " or "), p.UDP.Addr())
	}
	if n.plan.Layout != nil {
		return nil
	}
	n.say("exception made for this demonstration: providers may reach %s (%s) on loopback, and nothing else there", SiteName, n.plan.Site.Web)
	return nil
}

// Down stops everything, the consumer first. What runs is asked to end and
// keeps its books.
func (n *Net) Down(ctx context.Context) error {
	all := n.Processes()
	var errs []error
	for _, a := range slices.Backward(all) {
		errs = append(errs, a.Stop(ctx))
	}
	return errors.Join(errs...)
}

// Run runs the wherry program once as a role and returns its standard output.
// An error carries the code of the program's exit status and its last words.
func (n *Net) Run(ctx context.Context, role string, args ...string) ([]byte, error) {
	args = append(args, "--json", "--config", n.path(role, "wherry.toml"))
	cmd := exec.CommandContext(ctx, n.Wherry, args...)
	cmd.Dir = n.path(role)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + n.path(role), "NO_COLOR=1"}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if err == nil {
		return out.Bytes(), nil
	}
	var f struct {
		Error struct {
			Code    wherry.Code `json:"code"`
			Message string      `json:"message"`
		} `json:"error"`
	}
	lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
	if json.Unmarshal([]byte(lines[len(lines)-1]), &f) == nil && f.Error.Code.Known() {
		return out.Bytes(), &RunError{Exit: exitOf(err), Err: wherry.Errorf(f.Error.Code, "wherry: %s", f.Error.Message)}
	}
	return out.Bytes(), fmt.Errorf("wherry %s: %w\n%s", strings.Join(args[:2], " "), err, errs.String())
}

// RunError is how a command ended that failed with a code.
type RunError struct {
	Exit int
	Err  error
}

// Error returns what the command said.
func (e *RunError) Error() string { return e.Err.Error() }

// Unwrap returns the error with its code.
func (e *RunError) Unwrap() error { return e.Err }

func exitOf(err error) int {
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		return e.ExitCode()
	}
	return -1
}
