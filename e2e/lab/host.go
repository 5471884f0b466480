package lab

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// Host is one computer of a lab.
type Host struct {
	Name string
	NS   string // its network namespace
	t    testing.TB
}

// ip runs iproute2, in a namespace if one is named.
func (h *Host) ip(ns string, args ...string) string {
	h.t.Helper()
	if ns != "" {
		args = append([]string{"-n", ns}, args...)
	}
	out, err := exec.Command("ip", args...).CombinedOutput() //nolint:noctx // it asks the kernel and ends
	if err != nil {
		h.t.Fatalf("ip %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// IP runs iproute2 on the host and returns what it says.
func (h *Host) IP(args ...string) string {
	h.t.Helper()
	return h.ip(h.NS, args...)
}

// Address gives an interface an address with its prefix.
func (h *Host) Address(dev string, all ...string) {
	h.t.Helper()
	for _, a := range all {
		args := []string{"address", "add", a, "dev", dev}
		if strings.Contains(a, ":") {
			args = append(args, "nodad")
		}
		h.IP(args...)
	}
}

// Gateway sets the default routes.
func (h *Host) Gateway(all ...string) {
	h.t.Helper()
	for _, a := range all {
		h.Route("default", a)
	}
}

// Route sets a route to a prefix by way of an address.
func (h *Host) Route(to, via string) {
	h.t.Helper()
	family := "-4"
	if strings.Contains(via, ":") {
		family = "-6"
	}
	h.IP(family, "route", "replace", to, "via", via)
}

// Sysctl sets a kernel setting below /proc/sys.
func (h *Host) Sysctl(key, value string) {
	h.t.Helper()
	if err := h.Do(func() error { return os.WriteFile(filepath.Join("/proc/sys", key), []byte(value), 0o644) }); err != nil {
		h.t.Fatalf("%s: %v", key, err)
	}
}

// Forward lets the host pass on what is not for itself.
func (h *Host) Forward() {
	h.t.Helper()
	h.Sysctl("net/ipv4/ip_forward", "1")
	h.Sysctl("net/ipv6/conf/all/forwarding", "1")
}

// NFT runs a script of nftables.
func (h *Host) NFT(script string) {
	h.t.Helper()
	cmd := exec.Command("ip", "netns", "exec", h.NS, "nft", "-f", "-") //nolint:noctx // it asks the kernel and ends
	cmd.Stdin = strings.NewReader(script)
	if out, err := cmd.CombinedOutput(); err != nil {
		h.t.Fatalf("nft on %s: %v\n%s\n%s", h.Name, err, out, script)
	}
}

// Ruleset returns all of the host's nftables, as text.
func (h *Host) Ruleset() string {
	h.t.Helper()
	out, err := exec.Command("ip", "netns", "exec", h.NS, "nft", "-s", "list", "ruleset").CombinedOutput() //nolint:noctx // it asks the kernel and ends
	if err != nil {
		h.t.Fatalf("nft list ruleset on %s: %v\n%s", h.Name, err, out)
	}
	return string(out)
}

// Command is a program to be run on the host. It sees the host's resolv.conf.
func (h *Host) Command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "ip", append([]string{"netns", "exec", h.NS, program}, args...)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	return cmd
}

// Do runs f on a thread that lives on the host. What f opens stays there; what
// it starts on other goroutines does not.
func (h *Host) Do(f func() error) error {
	result := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with this goroutine
		result <- h.enter(f)
	}()
	return <-result
}

func (h *Host) enter(f func() error) error {
	ns, err := os.Open(filepath.Join("/run/netns", h.NS))
	if err != nil {
		return err
	}
	defer ns.Close()
	if err := unix.Setns(int(ns.Fd()), unix.CLONE_NEWNET); err != nil {
		return os.NewSyscallError("setns", err)
	}
	return f()
}

// Dial connects from the host to a literal address.
func (h *Host) Dial(ctx context.Context, network string, to netip.AddrPort) (c net.Conn, err error) {
	err = h.Do(func() error {
		c, err = new(net.Dialer).DialContext(ctx, network, to.String())
		return err
	})
	return c, err
}

// DialContext has the form that http.Transport wants; names are refused.
func (h *Host) DialContext(ctx context.Context, network, to string) (net.Conn, error) {
	at, err := netip.ParseAddrPort(to)
	if err != nil {
		return nil, err
	}
	return h.Dial(ctx, network, at)
}

// Listen listens for TCP on the host until the test ends.
func (h *Host) Listen(at netip.AddrPort) net.Listener {
	h.t.Helper()
	var l net.Listener
	err := h.Do(func() (err error) {
		l, err = new(net.ListenConfig).Listen(context.Background(), "tcp", at.String())
		return err
	})
	if err != nil {
		h.t.Fatalf("listen on %s: %v", h.Name, err)
	}
	h.t.Cleanup(func() { _ = l.Close() })
	return l
}

// ListenPacket opens a UDP socket on the host until the test ends.
func (h *Host) ListenPacket(at netip.AddrPort) net.PacketConn {
	h.t.Helper()
	var c net.PacketConn
	err := h.Do(func() (err error) {
		c, err = new(net.ListenConfig).ListenPacket(context.Background(), "udp", at.String())
		return err
	})
	if err != nil {
		h.t.Fatalf("listen on %s: %v", h.Name, err)
	}
	h.t.Cleanup(func() { _ = c.Close() })
	return c
}

// PIDs returns the processes that run on the host.
func (h *Host) PIDs() (all []int) {
	h.t.Helper()
	for f := range strings.FieldsSeq(h.ip("", "netns", "pids", h.NS)) {
		if pid, err := strconv.Atoi(f); err == nil && pid != os.Getpid() {
			all = append(all, pid)
		}
	}
	return all
}

// remove ends what still runs on the host, and the host.
func (h *Host) remove() {
	out, err := exec.Command("ip", "netns", "pids", h.NS).Output() //nolint:noctx // it reads /proc
	if err != nil {
		return // it is gone
	}
	for f := range strings.FieldsSeq(string(out)) {
		if pid, err := strconv.Atoi(f); err == nil && pid != os.Getpid() {
			_ = syscall.Kill(pid, syscall.SIGKILL) // it is one of ours: nobody else lives here
		}
	}
	if out, err := exec.Command("ip", "netns", "delete", h.NS).CombinedOutput(); err != nil { //nolint:noctx // it unlinks a file
		h.t.Errorf("remove %s: %v\n%s", h.NS, err, out)
	}
	if err := os.RemoveAll(filepath.Join("/etc/netns", h.NS)); err != nil && !errors.Is(err, os.ErrNotExist) {
		h.t.Error(err)
	}
}
