package tunnel

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/tailscale/wireguard-go/conn"
	"github.com/tailscale/wireguard-go/device"
	"github.com/tailscale/wireguard-go/tun"
	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/nat"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/service/cloak"
	"github.com/wherrynet/wherry/service/exit"
	"github.com/wherrynet/wherry/service/wireguard"
)

// The test program is also the programs that it measures: with roleEnv set it is one
// end of a tunnel, in a process and a namespace of its own.
const roleEnv = "WHERRY_BENCH_ROLE"

func TestMain(m *testing.M) {
	role := os.Getenv(roleEnv)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := play(role); err != nil {
		fmt.Fprintln(os.Stderr, role+":", err)
		os.Exit(1)
	}
}

// end is what one end of a tunnel is told, in JSON on its standard input.
type end struct {
	Name         string // of the interface
	Key, Peer    [32]byte
	Listen       netip.AddrPort
	Endpoint     netip.AddrPort
	Mine, Theirs netip.Addr
	Web          netip.Addr
	Source       netip.Addr // of the provider, towards the website
	Starts       bool
	Mask         cloak.Key
}

// play is one end until standard input ends.
func play(role string) error {
	in := bufio.NewReader(os.Stdin)
	var e end
	line, err := in.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &e)
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var d interface{ Close() }
	switch role {
	case "bare":
		d, err = e.bare()
	case "consumer", "provider", "proxy", "forwarder":
		d, err = e.ours(ctx, role == "provider" || role == "forwarder", role == "consumer" || role == "provider")
	case "many":
		return e.many(ctx, in)
	case "crowd":
		return e.crowd(in)
	default:
		err = fmt.Errorf("no such role")
	}
	if err != nil {
		return err
	}
	defer d.Close()
	fmt.Println("ready")
	_, _ = in.ReadBytes(0)
	return nil
}

// bare is a plain device of the same module, as its own program makes it.
func (e end) bare() (interface{ Close() }, error) {
	t, err := tun.CreateTUN(e.Name, wireguard.DefaultMTU)
	if err != nil {
		return nil, err
	}
	d := device.NewDevice(t, conn.NewDefaultBind(), device.NewLogger(device.LogLevelError, ""))
	if err := d.IpcSet(e.config()); err != nil {
		return nil, err
	}
	return d, d.Up()
}

// config is e in WireGuard's configuration protocol.
func (e end) config() string {
	s := fmt.Sprintf("private_key=%s\nlisten_port=%d\npublic_key=%s\nendpoint=%v\nallowed_ip=0.0.0.0/0\n",
		hex.EncodeToString(e.Key[:]), e.Listen.Port(), hex.EncodeToString(e.Peer[:]), e.Endpoint)
	if e.Starts { // behind the NAT: the other must not speak first
		s += "persistent_keepalive_interval=25\n"
	}
	return s
}

type closer struct{ *wireguard.Device }

func (c closer) Close() { _ = c.Device.Close() }

// ours is one end as a node makes it: the node's socket, metered, within an allowance.
// Without whole it has no interface and no privilege: the consumer's is a proxy, the
// provider's opens connections.
func (e end) ours(ctx context.Context, provider, whole bool) (interface{ Close() }, error) {
	id, err := identity.Generate()
	if err != nil {
		return nil, err
	}
	s, err := link.Open(link.Config{Listen: e.Listen, Key: id, Mark: mark})
	if err != nil {
		return nil, err
	}
	if !e.Mask.IsZero() {
		m, err := cloak.New(e.Mask)
		if err != nil {
			return nil, err
		}
		s.SetMask(m)
	}
	go func() { _ = s.Run(ctx) }()
	w, err := s.OpenWire()
	if err != nil {
		return nil, err
	}
	key, err := wireguard.PrivateKeyFrom(e.Key)
	if err != nil {
		return nil, err
	}
	cfg := wireguard.Config{Wire: w, PrivateKey: key, TUN: whole}
	peer := wireguard.Peer{Key: e.Peer, Inner: []netip.Addr{e.Theirs}}
	if provider {
		cfg.Addrs = []netip.Addr{e.Mine}
		if cfg.Exit, err = exit.New(exit.Config{Policy: e.policy()}); err != nil {
			return nil, err
		}
	} else {
		peer.Own, peer.Endpoint = []netip.Addr{e.Mine}, e.Endpoint
	}
	d, err := wireguard.New(cfg)
	if err != nil {
		return nil, err
	}
	err = d.AddPeer(peer)
	if err == nil && whole {
		err = e.attach(d)
	}
	switch {
	case err != nil:
	case provider && whole:
		err = e.nat()
	case !provider && whole:
		err = e.close()
	case !provider:
		err = e.forward(ctx, d)
	}
	if err != nil {
		return nil, err
	}
	if provider { // money comes in all the time
		go func() {
			for total := uint64(64 << 20); ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
				total = max(total, d.Count(e.Peer).Total()) + 256<<20
				_ = d.SetAllowance(e.Peer, total)
			}
		}()
	}
	return closer{d}, nil
}

func (e end) attach(d *wireguard.Device) error {
	f, err := openTUN(e.Name)
	if err != nil {
		return err
	}
	t, err := wireguard.OpenTUN(f)
	if err != nil {
		return err
	}
	return d.Attach(t)
}

// forward passes what comes to the website's ports on loopback through the tunnel, as
// a proxy does.
func (e end) forward(ctx context.Context, d *wireguard.Device) error {
	t, err := d.Tunnel(e.Peer)
	if err != nil {
		return err
	}
	for _, port := range []uint16{portSink, portSource} {
		l, err := net.Listen("tcp4", netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), port).String())
		if err != nil {
			return err
		}
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				go func() {
					defer c.Close()
					out, err := t.Dial(ctx, "tcp", netip.AddrPortFrom(e.Web, port))
					if err != nil {
						return
					}
					defer out.Close()
					go func() {
						defer c.Close()
						defer out.Close()
						_, _ = io.CopyBuffer(plain{c}, out, make([]byte, 256<<10))
					}()
					_, _ = io.CopyBuffer(out, plain{c}, make([]byte, 256<<10))
				}()
			}
		}()
	}
	return nil
}

// plain hides what a connection knows of copying.
type plain struct{ io.ReadWriter }

// close shuts the consumer's computer but for the tunnel.
func (e end) close() error {
	k, err := firewall.Open()
	if err != nil {
		return err
	}
	defer k.Close()
	return k.Apply(firewall.Build(firewall.Policy{
		Tunnel: e.Name, Inner: []netip.Addr{e.Mine}, Endpoints: []netip.AddrPort{e.Endpoint},
		Links: []firewall.Link{{Name: "eth0", Prefixes: []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 168, e.Web.As4()[2], 0}), 24)}}},
	}))
}

// nat is the provider's exit in the kernel, with all its rules, and the website as an
// exception: it is a neighbour here.
func (e end) nat() error {
	rules, err := e.policy().Kernel(nat.Policy{
		Tunnel: e.Name, Inner: []netip.Prefix{netip.MustParsePrefix("10.87.0.0/16")},
		Ways:     []nat.Way{{Interface: "out", Addr: e.Source}},
		Local:    []netip.Prefix{netip.PrefixFrom(e.Source, 24).Masked()},
		NATPorts: nat.Ports{First: 20000, Last: 30000},
	}).Rules()
	if err != nil {
		return err
	}
	return nat.Apply(rules)
}

func (e end) policy() (p exit.Policy) {
	for _, port := range []uint16{portSink, portSource, portCount, portEcho} {
		p.Allow = append(p.Allow, netip.AddrPortFrom(e.Web, port))
	}
	return p
}

func mark(c syscall.RawConn) error {
	var err error
	if cerr := c.Control(func(fd uintptr) {
		err = unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_MARK, int(firewall.Mark))
	}); cerr != nil {
		return cerr
	}
	return err
}

func openTUN(name string) (*os.File, error) {
	fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	req, err := unix.NewIfreq(name)
	if err != nil {
		return nil, err
	}
	req.SetUint16(unix.IFF_TUN | unix.IFF_NO_PI | unix.IFF_VNET_HDR)
	if err := unix.IoctlIfreq(fd, unix.TUNSETIFF, req); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), name), nil
}
