package tunnel

import (
	"bufio"
	"context"
	"crypto/ecdh"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tailscale/wireguard-go/conn"
	"github.com/tailscale/wireguard-go/device"
	"github.com/tailscale/wireguard-go/tun"

	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/service/exit"
	"github.com/wherrynet/wherry/service/servicetest"
	"github.com/wherrynet/wherry/service/wireguard"
)

// manyPeers is how many consumers a provider has in the third table.
const manyPeers = 500

// memberKey is the key of the i-th consumer. It is no secret.
func memberKey(i int) *ecdh.PrivateKey {
	var b [32]byte
	binary.LittleEndian.PutUint32(b[8:], uint32(i)+1)
	b[31] = 64
	k, err := ecdh.X25519().NewPrivateKey(b[:])
	if err != nil {
		panic(err)
	}
	return k
}

func memberAddr(i int) netip.Addr {
	return netip.AddrFrom4([4]byte{10, 87, byte(1 + i>>8), byte(i)})
}

// many is a provider with many consumers. It answers "add", "remove" and "counts" by
// the microseconds that one takes, or all of them.
func (e end) many(ctx context.Context, in *bufio.Reader) error {
	id, err := identity.Generate()
	if err != nil {
		return err
	}
	s, err := link.Open(link.Config{Listen: e.Listen, Key: id})
	if err != nil {
		return err
	}
	go func() { _ = s.Run(ctx) }()
	w, err := s.OpenWire()
	if err != nil {
		return err
	}
	key, err := wireguard.PrivateKeyFrom(e.Key)
	if err != nil {
		return err
	}
	x, err := exit.New(exit.Config{})
	if err != nil {
		return err
	}
	d, err := wireguard.New(wireguard.Config{Wire: w, PrivateKey: key, TUN: true, Addrs: []netip.Addr{e.Mine}, Exit: x})
	if err != nil {
		return err
	}
	defer d.Close()
	fmt.Println("ready")
	keys := make([]wireguard.Key, manyPeers)
	for i := range keys {
		keys[i] = wireguard.Key(memberKey(i).PublicKey().Bytes())
	}
	counts := make([]wireguard.PeerCount, 0, manyPeers)
	for {
		word, err := in.ReadString('\n')
		if err != nil {
			return nil
		}
		start := time.Now()
		for i, k := range keys {
			switch word {
			case "add\n":
				if err := d.AddPeer(wireguard.Peer{Key: k, Inner: []netip.Addr{memberAddr(i)}}); err != nil {
					return err
				}
				if err := d.SetAllowance(k, 1<<40); err != nil {
					return err
				}
			case "remove\n":
				if _, err := d.RemovePeer(k); err != nil {
					return err
				}
			}
		}
		if word == "counts\n" {
			start = time.Now()
			for range 100 {
				counts = d.Counts(counts[:0])
			}
			fmt.Println(float64(time.Since(start).Microseconds()) / 100)
			continue
		}
		fmt.Println(float64(time.Since(start).Microseconds()) / manyPeers)
	}
}

// silent is the inside of a member of the crowd: nothing ever comes out of it.
type silent struct {
	tun.Device
	done chan struct{}
}

func (s silent) Read([]byte, []tun.ReadPacket) (int, error) { <-s.done; return 0, os.ErrClosed }
func (s silent) Write(bufs [][]byte, _ int) (int, error)    { return len(bufs), nil }
func (s silent) MTU() (int, error)                          { return wireguard.DefaultMTU, nil }
func (s silent) Name() (string, error)                      { return "silent", nil }
func (s silent) Events() <-chan tun.Event                   { return nil }
func (s silent) BatchSize() int                             { return 1 }
func (s silent) Close() error                               { close(s.done); return nil }

// crowd is the many consumers, each a plain device. "go N SECONDS" has them shake hands
// again and again with N under way at once, and answers how many were done.
func (e end) crowd(in *bufio.Reader) error {
	var done atomic.Int64
	finished := make(chan int, 2*manyPeers)
	peers := make([]*device.Peer, manyPeers)
	for i := range peers {
		k := memberKey(i)
		d := device.NewDevice(silent{done: make(chan struct{})}, conn.NewDefaultBind(), &device.Logger{Verbosef: device.DiscardLogf, Errorf: device.DiscardLogf},
			device.WithQueueHandshakeSize(16), device.WithQueueInboundSize(4), device.WithQueueOutboundSize(4), device.WithQueueStagedSize(4))
		d.SetSessionStateFunc(func(_ device.NoisePublicKey, s device.PeerSessionState) {
			if s == device.PeerSessionEstablished {
				done.Add(1)
				finished <- i
			}
		})
		if err := d.IpcSet(fmt.Sprintf("private_key=%s\npublic_key=%s\nendpoint=%v\nallowed_ip=0.0.0.0/0\n",
			hex.EncodeToString(k.Bytes()), hex.EncodeToString(e.Peer[:]), e.Endpoint)); err != nil {
			return err
		}
		if err := d.Up(); err != nil {
			return err
		}
		var ok bool
		if peers[i], ok = d.LookupActivePeer(device.NoisePublicKey(e.Peer)); !ok {
			return fmt.Errorf("no peer")
		}
	}
	fmt.Println("ready")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return nil
		}
		var n int
		var seconds float64
		if _, err := fmt.Sscanf(line, "go %d %f", &n, &seconds); err != nil {
			return err
		}
		for len(finished) > 0 {
			<-finished
		}
		shake := func(i int) {
			peers[i].ExpireCurrentKeypairs()
			_ = peers[i].SendHandshakeInitiation(false)
		}
		before, next := done.Load(), 0
		start := time.Now()
		end := time.After(time.Duration(seconds * float64(time.Second)))
		for range n {
			shake(next)
			next = (next + 1) % manyPeers
		}
	turns:
		for {
			select {
			case <-finished:
				shake(next)
				next = (next + 1) % manyPeers
			case <-end:
				break turns
			}
		}
		fmt.Println(float64(done.Load()-before) / time.Since(start).Seconds())
	}
}

// many is the third table: one provider, many consumers.
func (l *lab) many(b *testing.B) string {
	far := l.with("many")
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	key := newKey(b)
	play := func(s *servicetest.Space, role string, e end) *process {
		text, err := json.Marshal(e)
		if err != nil {
			b.Fatal(err)
		}
		return start(b, s, []string{roleEnv + "=" + role}, string(text)+"\n", self)
	}
	p := play(far.provider, "many", end{Key: [32]byte(key.Bytes()), Listen: far.far.Listen, Mine: netip.MustParseAddr("10.87.0.1")})
	ask := func(p *process, line string) (v float64) {
		p.tell(line + "\n")
		if !p.said.Scan() {
			b.Fatalf("no answer to %q", line)
		}
		_, _ = fmt.Sscan(p.said.Text(), &v)
		return v
	}
	empty, _ := p.rss()
	add := ask(p, "add")
	idle, _ := p.rss()
	crowd := play(far.consumer, "crowd", end{Peer: [32]byte(key.PublicKey().Bytes()), Endpoint: far.near.Endpoint})
	ask(crowd, "go 64 1") // everybody once at least
	time.Sleep(time.Second)
	full, _ := p.rss()
	counts := ask(p, "counts")
	s := fmt.Sprintf("%d consumers: add one %.0f µs, read all counters %.0f µs; memory per consumer %.1f kB before its first handshake, %.1f kB after\n",
		manyPeers, add, counts, (idle-empty)*1024/manyPeers, (full-empty)*1024/manyPeers)
	for _, n := range []int{1, 16, 64, 120, 200, 400} {
		before := p.cpu()
		rate := ask(crowd, fmt.Sprintf("go %d %v", n, *seconds))
		used := p.cpu() - before
		s += fmt.Sprintf("%4d handshakes under way at once, from one address: %6.0f a second, %6.0f per core-second of the provider\n", n, rate, rate**seconds/used)
		time.Sleep(2 * time.Second) // a device that was pressed is cautious for a second
	}
	return s + fmt.Sprintf("remove one: %.0f µs\n", ask(p, "remove"))
}
