package lab

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/wherrynet/wherry/internal/needs"
)

// Lab is a set of hosts with the cables between them. Its methods end the test
// on an error: a lab that is not as it was drawn proves nothing.
type Lab struct {
	t      testing.TB
	prefix string
	hosts  map[string]*Host
	drawn  []string // what Draw shows
}

// labs counts the labs of this process, so that two tests may run at once.
var labs atomic.Int32

// prefixOf names the namespaces of a process: the next run finds those whose
// process is gone.
const prefixOf = "wherry-"

// New returns a lab without hosts. It skips the test where one cannot be made.
func New(t testing.TB) *Lab {
	t.Helper()
	needs.Root(t)
	needs.File(t, "/dev/net/tun")
	needs.Program(t, "ip")
	needs.Program(t, "nft")
	sweep(t)
	l := &Lab{t: t, prefix: fmt.Sprintf("%s%d-%d-", prefixOf, os.Getpid(), labs.Add(1)), hosts: map[string]*Host{}}
	t.Cleanup(func() {
		for _, h := range l.hosts {
			h.remove()
		}
	})
	return l
}

// sweep removes what runs have left that were killed.
func sweep(t testing.TB) {
	out, err := exec.Command("ip", "netns", "list").Output() //nolint:noctx // it lists a directory
	if err != nil {
		t.Fatalf("list namespaces: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest, ours := strings.CutPrefix(name, prefixOf)
		pid, _, numbered := strings.Cut(rest, "-")
		n, err := strconv.Atoi(pid)
		if !ours || !numbered || err != nil || syscall.Kill(n, 0) == nil {
			continue
		}
		(&Host{t: t, NS: name}).remove()
	}
}

// Host makes a host with nothing but a loopback.
func (l *Lab) Host(name string) *Host {
	l.t.Helper()
	if l.hosts[name] != nil {
		l.t.Fatalf("two hosts are called %s", name)
	}
	h := &Host{t: l.t, Name: name, NS: l.prefix + name}
	h.ip("", "netns", "add", h.NS)
	l.hosts[name] = h
	h.ip(h.NS, "link", "set", "lo", "up")
	// Addresses are there at once, and a host says nothing that no program has asked for.
	for k, v := range map[string]string{
		"net/ipv6/conf/all/accept_dad": "0", "net/ipv6/conf/default/accept_dad": "0",
		"net/ipv6/conf/default/router_solicitations": "0", "net/ipv6/conf/all/router_solicitations": "0",
		"net/ipv4/ping_group_range": "0 2147483647",
	} {
		h.Sysctl(k, v)
	}
	return h
}

// At returns a host by its name.
func (l *Lab) At(name string) *Host {
	l.t.Helper()
	h := l.hosts[name]
	if h == nil {
		l.t.Fatalf("no host is called %s", name)
	}
	return h
}

// Draw writes the topology to the test's log.
func (l *Lab) Draw(picture string) {
	l.t.Helper()
	l.t.Log("\n" + picture + strings.Join(l.drawn, "\n"))
}

// Resolver writes the resolv.conf that programs started by Command see.
func (h *Host) Resolver(text string) {
	h.t.Helper()
	dir := filepath.Join("/etc/netns", h.NS)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "resolv.conf"), []byte(text), 0o644); err != nil {
		h.t.Fatal(err)
	}
}

// ResolverFile returns the path of what Resolver wrote.
func (h *Host) ResolverFile() string { return filepath.Join("/etc/netns", h.NS, "resolv.conf") }
