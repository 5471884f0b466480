package nat

import (
	"bytes"
	"errors"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry/internal/needs"
)

// world is a network namespace with three TUN devices: the tunnel that consumers come
// out of, the way to the internet, and a LAN that has private and public addresses.
// The test holds the far end of all three. It lives on the thread of the test.
type world struct {
	t               *testing.T
	tunnel, up, lan *wire
	tag, port       uint16
}

// wire is the far end of a TUN device.
type wire struct {
	fd  int
	got []caught
}

type caught struct {
	seen
	raw []byte
}

// The networks of the world.
var (
	inner4, inner6   = netip.MustParsePrefix("10.87.0.0/16"), netip.MustParsePrefix("fd77:6865:7272:7900::/64")
	client4, client6 = netip.MustParseAddr("10.87.0.2"), netip.MustParseAddr("fd77:6865:7272:7900::2")
	other4, other6   = netip.MustParseAddr("10.87.0.3"), netip.MustParseAddr("fd77:6865:7272:7900::3")
	host4, host6     = netip.MustParseAddr("10.87.0.1"), netip.MustParseAddr("fd77:6865:7272:7900::1")
	public4, public6 = netip.MustParseAddr("45.10.0.2"), netip.MustParseAddr("2a0e:10::2")
	site4, site6     = netip.MustParseAddr("45.99.1.1"), netip.MustParseAddr("2a0e:99::1")
)

const setup = `
ip link set lo up
sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0 net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
ip addr add 10.87.0.1/16 dev wherry0
ip -6 addr add fd77:6865:7272:7900::1/64 dev wherry0 nodad
ip addr add 45.10.0.2/24 dev up0
ip -6 addr add 2a0e:10::2/64 dev up0 nodad
ip addr add 192.168.7.1/24 dev lan0
ip addr add 45.20.0.1/24 dev lan0
ip -6 addr add fd00:7::1/64 dev lan0 nodad
ip -6 addr add 2a0e:20::1/64 dev lan0 nodad
ip link set wherry0 up
ip link set up0 up
ip link set lan0 up
ip route add default dev up0
ip -6 route add default dev up0
ip route add 45.77.0.0/16 dev lan0
`

func newWorld(t *testing.T) *world {
	needs.Root(t)
	needs.File(t, "/dev/net/tun")
	needs.Program(t, "ip")
	runtime.LockOSThread() // and never unlocked: the thread ends with the test, and the namespace with it
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, tunnel: newWire(t, "wherry0"), up: newWire(t, "up0"), lan: newWire(t, "lan0"), tag: 100}
	for line := range strings.SplitSeq(strings.TrimSpace(setup), "\n") {
		w.run(line)
	}
	return w
}

func newWire(t *testing.T, name string) *wire {
	t.Helper()
	fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Close(fd) })
	var req [40]byte
	copy(req[:], name)
	*(*uint16)(unsafe.Pointer(&req[16])) = unix.IFF_TUN | unix.IFF_NO_PI
	if _, _, no := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.TUNSETIFF, uintptr(unsafe.Pointer(&req))); no != 0 {
		t.Fatal(no)
	}
	return &wire{fd: fd}
}

func (w *world) run(line string) string {
	w.t.Helper()
	words := strings.Fields(line)
	out, err := exec.Command(words[0], words[1:]...).CombinedOutput()
	if err != nil {
		w.t.Fatalf("%s: %v: %s", line, err, out)
	}
	return string(out)
}

// send puts a packet into the near end of a device, as if it came from there.
func (w *world) send(on *wire, p packet) uint16 {
	w.t.Helper()
	if p.tag == 0 {
		w.tag++
		p.tag = w.tag
	}
	if _, err := unix.Write(on.fd, p.bytes()); err != nil && !errors.Is(err, unix.EIO) {
		w.t.Fatal(err)
	}
	return p.tag
}

// settle reads what has left by all devices. The kernel forwards in the context of the
// one who writes, so what is going to leave has left, but for what waits for a timer.
func (w *world) settle() {
	w.t.Helper()
	for _, on := range []*wire{w.tunnel, w.up, w.lan} {
		on.got = on.got[:0]
		b := make([]byte, 65536)
		for quiet := 0; quiet < 2; {
			n, err := unix.Read(on.fd, b)
			if err != nil {
				quiet++
				time.Sleep(time.Millisecond)
				continue
			}
			quiet = 0
			if s, ok := read(b[:n]); ok {
				on.got = append(on.got, caught{s, bytes.Clone(b[:n])})
			}
		}
	}
}

// left reports whether a packet of ours left by the device.
func (on *wire) left(tag uint16) (seen, bool) {
	for _, g := range on.got {
		if g.tag == tag && bytes.HasSuffix(g.raw, []byte(magic)) {
			return g.seen, true
		}
	}
	return seen{}, false
}

func sysctl(t *testing.T, name, value string) {
	t.Helper()
	if err := os.WriteFile("/proc/sys/"+strings.ReplaceAll(name, ".", "/"), []byte(value), 0o600); err != nil {
		t.Fatal(err)
	}
}

// load puts rules of somebody else in place.
func (w *world) load(rules string) {
	w.t.Helper()
	cmd := exec.Command(needs.Program(w.t, "nft"), "-f", "-")
	cmd.Stdin = strings.NewReader(rules)
	if out, err := cmd.CombinedOutput(); err != nil {
		w.t.Fatalf("%v: %s", err, out)
	}
}
