package guard_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/dns"
	"github.com/wherrynet/wherry/host/guard"
	"github.com/wherrynet/wherry/host/hosttest"
	"golang.org/x/sys/unix"
)

// childDir makes this program a guard of its own process: where it keeps its state.
const childDir = "GUARD_TEST_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(child(dir))
	}
	os.Exit(m.Run())
}

func child(dir string) int {
	conn, err := guard.Child()
	if err == nil {
		if limit := guard.Limit(); limit != nil && !errors.Is(limit, syscall.ENOTSUP) {
			err = limit
		} else {
			err = guard.Serve(context.Background(), conn, guard.Config{Dir: dir, DNS: dns.System{Root: dir, Path: []string{}}})
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// process starts a guard in a process of its own, which Limit has limited.
func (w *world) process() (c *guard.Client, kill func()) {
	w.t.Helper()
	w.t.Setenv(childDir, w.dir)
	var err error
	w.machine.Do(func() { c, err = guard.Start([]string{"/proc/self/exe"}) })
	w.must(err)
	ctx, stop := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() { defer close(over); _ = c.Run(ctx) }()
	w.t.Cleanup(func() { stop(); <-over })
	return c, func() { stop(); <-over }
}

func (w *world) closed(when string) {
	w.t.Helper()
	w.wire.Forget()
	for _, a := range []netip.AddrPort{netip.AddrPortFrom(website, 9), netip.AddrPortFrom(website6, 9), netip.AddrPortFrom(website, 53), provider} {
		_ = w.say(a, nil)
		_ = w.say(a, func(fd int) { w.must(unix.BindToDevice(fd, "eth0")) })
	}
	time.Sleep(quiet)
	if heard := w.wire.Heard(notLink); len(heard) > 0 {
		w.t.Errorf("%s: heard %v", when, heard)
	}
}

func (w *world) opened(when string) {
	w.t.Helper()
	w.wire.Forget()
	w.must(w.say(netip.AddrPortFrom(website, 9), nil))
	if len(w.wire.Await(soon, to(netip.AddrPortFrom(website, 9)))) == 0 {
		w.t.Errorf("%s: still closed", when)
	}
}

// The unprivileged side dies; so does, in other runs, the guard, with kill -9. In
// every case this machine stays closed, the next guard knows, and Release restores
// what was there before the first.
func TestWhoeverDiesItStaysClosed(t *testing.T) {
	for _, kill := range []string{"the daemon", "the guard", "both"} {
		t.Run(kill, func(t *testing.T) {
			w := newWorld(t)
			etc := filepath.Join(w.dir, "etc")
			w.must(os.MkdirAll(etc, 0o755))
			conf := filepath.Join(etc, "resolv.conf")
			w.must(os.WriteFile(conf, []byte("nameserver 192.168.7.1\n# by hand\n"), 0o640))
			before := w.dump()

			g, end := w.process()
			f, err := g.TUN(t.Context(), "wherry0", 1420, inner)
			w.must(err)
			w.must(g.Apply(t.Context(), guard.Wish{
				Tunnel: "wherry0", Inner: inner, Endpoints: []netip.AddrPort{provider}, DNS: []netip.Addr{netip.MustParseAddr("10.77.0.1")},
			}))
			text, err := os.ReadFile(conf)
			w.must(err)
			if !strings.Contains(string(text), "nameserver 10.77.0.1\n") {
				t.Errorf("resolv.conf while connected: %q", text)
			}
			switch kill {
			case "the daemon":
				end()
				w.must(f.Close())
			case "the guard":
				w.must(syscall.Kill(g.PID(), syscall.SIGKILL))
				w.closed("the guard is dead, the tunnel's file is open")
				end()
				w.must(f.Close())
			case "both":
				w.must(syscall.Kill(g.PID(), syscall.SIGKILL))
				w.must(f.Close())
				end()
			}
			if strings.Contains(w.dump(), "link wherry0") {
				t.Error("the interface outlived everybody who held it")
			}
			w.closed("after the death of " + kill)
			if kill == "the daemon" { // the guard has outlived it, and taken back what was open
				if err := w.say(provider, w.marked); err == nil {
					t.Error("the guard left a way open for a process that is gone")
				}
			}

			g, _ = w.process()
			s, err := g.State(t.Context())
			w.must(err)
			if !s.Closed {
				t.Error("the next guard does not know")
			}
			w.closed("with the next guard")
			if err := w.say(provider, w.marked); err == nil {
				t.Error("the way to a provider of a dead process is open")
			}
			w.must(g.Release(t.Context()))
			w.opened("released")
			eventually(t, func() string {
				if after := w.dump(); after != before {
					return "before:\n" + before + "\nafter:\n" + after
				}
				return ""
			})
			text, err = os.ReadFile(conf)
			w.must(err)
			st, err := os.Stat(conf)
			w.must(err)
			if string(text) != "nameserver 192.168.7.1\n# by hand\n" || st.Mode().Perm() != 0o640 {
				t.Errorf("resolv.conf came back as %q, %s", text, st.Mode())
			}
		})
	}
}

// A machine in lockdown starts closed: before anything of ours runs there are only
// the rules of the unit for boot. The control is a start without it.
func TestStartInLockdown(t *testing.T) {
	first := newWorld(t)
	g, end := first.process()
	marker := filepath.Join(first.dir, "lockdown")
	if _, err := os.Stat(marker); err == nil {
		t.Error("the unit for boot would close a machine that is not in lockdown")
	}
	first.must(g.Apply(t.Context(), guard.Wish{Lockdown: true}))
	if _, err := os.Stat(marker); err != nil {
		t.Errorf("the unit for boot would not run: %v", err)
	}
	end()

	w := newWorld(t) // the machine after its start: nothing in the kernel, the same disk
	w.dir = first.dir
	w.opened("the control, before the unit")
	w.machine.Do(func() { w.must(guard.Close()) })
	w.closed("after the unit")
	g, end = w.process()
	w.closed("with the daemon's guard")
	w.must(g.Apply(t.Context(), guard.Wish{Endpoints: []netip.AddrPort{provider}, Lockdown: true}))
	w.must(w.say(provider, w.marked))
	if len(w.wire.Await(soon, to(provider))) == 0 {
		t.Error("a machine that started in lockdown cannot reach its provider")
	}
	w.must(g.Apply(t.Context(), guard.Wish{Lockdown: true}))
	end()
	w.closed("disconnected in lockdown")

	g, _ = w.process()
	w.must(g.Release(t.Context()))
	if _, err := os.Stat(marker); err == nil {
		t.Error("lockdown is off, and the unit for boot would still close")
	}
	w.opened("lockdown is off")
}

// The power goes while the tunnel is up, without lockdown: after the start the
// kernel knows nothing of us, and the resolvers that were there come back.
func TestStartAfterAPowerCut(t *testing.T) {
	w, g := connected(t, nil)
	conf := filepath.Join(w.dir, "etc/resolv.conf")
	w.must(os.MkdirAll(filepath.Dir(conf), 0o755))
	w.must(os.WriteFile(conf, []byte("nameserver 192.168.7.1\n"), 0o644))
	w.must(g.Apply(t.Context(), guard.Wish{Tunnel: "wherry0", Inner: inner, DNS: []netip.Addr{netip.MustParseAddr("10.77.0.1")}}))
	state := filepath.Join(w.dir, "guard.json")
	kept, err := os.ReadFile(state)
	w.must(err)
	written, err := os.ReadFile(conf)
	w.must(err)

	after := newWorld(t) // another kernel, the same disk
	after.must(os.MkdirAll(filepath.Join(after.dir, "etc"), 0o755))
	conf = filepath.Join(after.dir, "etc/resolv.conf")
	after.must(os.WriteFile(conf, written, 0o644))
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	after.must(err)
	text := strings.ReplaceAll(string(kept), strings.TrimSpace(string(id)), "another run of the kernel")
	text = strings.ReplaceAll(text, w.dir, after.dir)
	after.must(os.WriteFile(filepath.Join(after.dir, "guard.json"), []byte(text), 0o600))
	s, err := after.guard().State(t.Context())
	after.must(err)
	if s.Closed {
		t.Error("a machine that is not in lockdown started closed")
	}
	after.opened("after the start")
	if b, err := os.ReadFile(conf); err != nil || string(b) != "nameserver 192.168.7.1\n" {
		t.Errorf("resolv.conf is %q, %v", b, err)
	}
}

// What cannot be read of what was there before leaves this machine closed, and is said.
func TestStateThatCannotBeReadStaysClosed(t *testing.T) {
	w := newWorld(t)
	w.must(os.WriteFile(filepath.Join(w.dir, "guard.json"), []byte(`{"active": tru`), 0o600))
	g := w.guard()
	err := <-g.over
	if err == nil || !strings.Contains(err.Error(), "guard.json") {
		t.Errorf("the guard ended with %v", err)
	}
	w.closed("with a state that cannot be read")
}

// A side that does not speak as our client does is not believed in anything.
func TestGarbageClosesAndEnds(t *testing.T) {
	for name, say := range map[string]func(w *world, c *net.UnixConn) error{
		"rubbish":  func(_ *world, c *net.UnixConn) error { _, err := c.Write([]byte("let me out")); return err },
		"too long": func(_ *world, c *net.UnixConn) error { _, err := c.Write(make([]byte, 17<<10)); return err },
		"two files": func(_ *world, c *net.UnixConn) error {
			_, _, err := c.WriteMsgUnix([]byte{0xa0}, unix.UnixRights(0, 0), nil)
			return err
		},
		"more files than fit": func(_ *world, c *net.UnixConn) error {
			_, _, err := c.WriteMsgUnix([]byte{0xa0}, unix.UnixRights(0, 0, 0, 0, 0, 0, 0, 0), nil)
			return err
		},
		"an empty packet": func(_ *world, c *net.UnixConn) error { _, err := c.Write([]byte{0xa0}); return err },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			g := w.guard()
			w.must(g.Apply(t.Context(), guard.Wish{Endpoints: []netip.AddrPort{provider}}))
			w.must(say(w, g.conn))
			if err := <-g.over; wherry.CodeOf(err) != wherry.Invalid {
				t.Errorf("the guard ended with %v", err)
			}
			w.closed("after " + name)
		})
	}
}

// What would open more than a way to one host is refused, and what was stays.
func TestWishesThatAreRefused(t *testing.T) {
	w := newWorld(t)
	g := w.guard()
	ctx := t.Context()
	f, err := g.TUN(ctx, "wherry0", 1420, inner)
	w.must(err)
	defer f.Close()
	good := guard.Wish{Endpoints: []netip.AddrPort{provider}}
	w.must(g.Apply(ctx, good))
	before := w.dump()
	port := func(s string) []netip.AddrPort { return []netip.AddrPort{netip.MustParseAddrPort(s)} }
	for name, bad := range map[string]guard.Wish{
		"somebody else's interface":  {Tunnel: "eth0", Inner: inner},
		"an interface that is none":  {Tunnel: "wherry1", Inner: inner},
		"a provider that is us":      {Endpoints: port("127.0.0.1:53")},
		"a provider that is all":     {Endpoints: port("0.0.0.0:40124")},
		"a provider that is many":    {Endpoints: port("224.0.0.251:5353")},
		"a provider that is the LAN": {Endpoints: port("255.255.255.255:67")},
		"a wrapped address":          {Endpoints: port("[::ffff:45.10.0.9]:40124")},
		"a provider without a port":  {Endpoints: port("45.10.0.9:0")},
		"a hub that is us":           {Direct: port("[::1]:443")},
		"a neighbour by its link":    {Direct: port("[fe80::1]:443")},
		"an inner address of many":   {Tunnel: "wherry0", Inner: []netip.Prefix{netip.MustParsePrefix("224.0.0.1/32")}},
		"an inner address of us":     {Tunnel: "wherry0", Inner: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/8")}},
		"inner without a tunnel":     {Inner: inner},
		"names without a tunnel":     {DNS: []netip.Addr{inner[0].Addr()}},
		"a name server that is many": {Tunnel: "wherry0", Inner: inner, DNS: []netip.Addr{netip.MustParseAddr("224.0.0.1")}},
		"too many providers":         {Endpoints: many(65)},
		"a tiny MTU":                 {Tunnel: "wherry0", Inner: inner, MTU: 100},
		"an unknown forwarding":      {Forward: 9},
	} {
		if err := g.Apply(ctx, bad); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if after := w.dump(); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	s, err := g.State(ctx)
	w.must(err)
	if fmt.Sprint(s.Wish) != fmt.Sprint(good) {
		t.Errorf("in force is %+v", s.Wish)
	}
	if _, err := g.TUN(ctx, "wherry1", 1420, inner); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("a second interface: %v", err)
	}
	if _, err := g.TUN(ctx, "../../etc", 1420, inner); err == nil {
		t.Error("an interface with a path for a name")
	}
}

func many(n int) (out []netip.AddrPort) {
	for i := range n {
		out = append(out, netip.AddrPortFrom(provider.Addr(), uint16(1000+i)))
	}
	return out
}

// Only root, and whom the configuration names, may ask for anything.
func TestStrangersAreRefused(t *testing.T) {
	const nobody = 65534
	for _, c := range []struct {
		allowed []uint32
		refused bool
	}{{nil, true}, {[]uint32{1000}, true}, {[]uint32{nobody}, false}} {
		w := newWorld(t)
		var mine, theirs *net.UnixConn
		hosttest.New(t).Do(func() { // a thread of its own, which ends
			if _, _, errno := unix.RawSyscall(unix.SYS_SETRESUID, nobody, nobody, 0); errno != 0 {
				t.Error(errno)
			}
			mine, theirs = pair(t)
		})
		w.must(mine.Close())
		var err error
		w.machine.Do(func() { err = guard.Serve(t.Context(), theirs, guard.Config{Dir: w.dir, UIDs: c.allowed}) })
		if refused := wherry.CodeOf(err) == wherry.Forbidden; refused != c.refused {
			t.Errorf("allowed %v: %v", c.allowed, err)
		}
	}
}

// A mark is for sockets of the internet.
func TestMark(t *testing.T) {
	w, g := connected(t, nil)
	w.machine.Do(func() {
		d := net.Dialer{ControlContext: func(ctx context.Context, _, _ string, c syscall.RawConn) error { return g.Mark(ctx, c) }}
		c, err := d.DialContext(t.Context(), "udp4", provider.String())
		w.must(err)
		defer c.Close()
		_, err = c.Write([]byte("hello"))
		w.must(err)
	})
	if len(w.wire.Await(soon, to(provider))) == 0 {
		t.Error("what was marked did not reach the provider")
	}
	other, _ := pair(t)
	raw, err := other.SyscallConn()
	w.must(err)
	if err := g.Mark(t.Context(), raw); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a socket that is not of the internet: %v", err)
	}
	f, err := os.Open(os.DevNull)
	w.must(err)
	defer f.Close()
	raw, err = f.SyscallConn()
	w.must(err)
	if err := g.Mark(t.Context(), raw); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a file: %v", err)
	}
}

// A limited guard has one right left, in every thread.
func TestLimit(t *testing.T) {
	w := newWorld(t)
	g, _ := w.process()
	w.must(g.Apply(t.Context(), guard.Wish{}))
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", g.PID()))
	w.must(err)
	if !strings.Contains(string(status), "CapEff:\t0000000000001000\n") {
		if cgo() {
			t.Skip("MISSING: a build without cgo, in which the runtime can say so on every thread")
		}
		t.Errorf("the guard's rights:\n%s", status)
	}
	if !strings.Contains(string(status), "NoNewPrivs:\t1\n") {
		t.Error("the guard's programs may win rights back")
	}
}

// cgo reports whether this test was built with cgo.
func cgo() bool {
	_, _, errno := syscall.AllThreadsSyscall(unix.SYS_GETPID, 0, 0, 0)
	return errno == syscall.ENOTSUP
}
