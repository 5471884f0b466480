// Package streamtest runs clusters of real NATS servers in the process of a test,
// for the tests of whatever keeps a journal in one. The product does not link it.
package streamtest

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Cluster is servers with JetStream on files. Its methods are for one goroutine.
type Cluster struct {
	tb      testing.TB
	dir     string
	mu      sync.Mutex // guards servers
	servers []*server.Server
	ports   []int
	routes  []int
	change  []func(*server.Options)
}

// New starts a cluster of n servers and waits until it has a leader. With one
// there is no replication: for tests of everything else, since it is quick. Each
// server's options are changed as is said.
func New(tb testing.TB, n int, change ...func(*server.Options)) *Cluster {
	tb.Helper()
	c := &Cluster{tb: tb, dir: tb.TempDir(), servers: make([]*server.Server, n), change: change}
	all, err := freePorts(2 * n)
	if err != nil {
		tb.Fatal(err)
	}
	c.ports, c.routes = all[:n], all[n:]
	for i := range n {
		c.Start(i)
	}
	tb.Cleanup(func() {
		for i := range n {
			c.Stop(i)
		}
	})
	c.Await("the cluster is whole", func() bool { return n == 1 || c.whole() })
	return c
}

// freePorts returns ports that nobody uses just now.
func freePorts(n int) ([]int, error) {
	var out []int
	for range n {
		l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close()
		out = append(out, l.Addr().(*net.TCPAddr).Port)
	}
	return out, nil
}

// Serve runs a cluster without a test around it, for benchmarks, until stop is
// called. It returns where its servers take clients, and does not wait until they
// have found each other.
func Serve(dir string, n int) (addrs []string, stop func(), err error) {
	all, err := freePorts(2 * n)
	if err != nil {
		return nil, nil, err
	}
	var servers []*server.Server
	stop = func() {
		for _, s := range servers {
			s.Shutdown()
		}
	}
	for i := range n {
		s, err := server.NewServer(options(dir, i, all[:n], all[n:]))
		if err != nil {
			stop()
			return nil, nil, err
		}
		servers = append(servers, s)
		s.Start()
		addrs = append(addrs, fmt.Sprintf("127.0.0.1:%d", all[i]))
	}
	return addrs, stop, nil
}

// options are those of one server of a cluster whose servers have these ports.
func options(dir string, i int, ports, routes []int) *server.Options {
	o := &server.Options{
		ServerName: "s" + strconv.Itoa(i), Host: "127.0.0.1", Port: ports[i], NoLog: true, NoSigs: true,
		JetStream: true, StoreDir: filepath.Join(dir, strconv.Itoa(i)), SyncAlways: true,
	}
	if len(ports) > 1 {
		var all []string
		for _, p := range routes {
			all = append(all, "nats://127.0.0.1:"+strconv.Itoa(p))
		}
		o.Cluster = server.ClusterOpts{Name: "wherrytest", Host: "127.0.0.1", Port: routes[i]}
		o.Routes = server.RoutesFromStr(strings.Join(all, ","))
	}
	return o
}

// Start starts a server that does not run, with the files that it had.
func (c *Cluster) Start(i int) {
	c.tb.Helper()
	o := options(c.dir, i, c.ports, c.routes)
	for _, f := range c.change {
		f(o)
	}
	s, err := server.NewServer(o)
	if err != nil {
		c.tb.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		c.tb.Fatalf("server %d does not start", i)
	}
	c.mu.Lock()
	c.servers[i] = s
	c.mu.Unlock()
}

// Stop stops a server, which keeps its files.
func (c *Cluster) Stop(i int) {
	c.mu.Lock()
	s := c.servers[i]
	c.servers[i] = nil
	c.mu.Unlock()
	if s != nil {
		s.Shutdown()
		s.WaitForShutdown()
	}
}

// whole reports whether there is a leader to whom all servers are known, and that
// all of them follow.
func (c *Cluster) whole() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	leader := false
	for _, s := range c.servers {
		if s == nil || !s.JetStreamIsCurrent() {
			return false
		}
		leader = leader || s.JetStreamIsLeader() && len(s.JetStreamClusterPeers()) == len(c.servers)
	}
	return leader
}

// Leader returns the server that leads a stream, or -1.
func (c *Cluster) Leader(stream string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, s := range c.servers {
		if s != nil && s.JetStreamIsStreamLeader(server.DEFAULT_GLOBAL_ACCOUNT, stream) {
			return i
		}
	}
	return -1
}

// Addr returns where a server takes clients.
func (c *Cluster) Addr(i int) string { return fmt.Sprintf("127.0.0.1:%d", c.ports[i]) }

// URL returns a journal's address in this cluster.
func (c *Cluster) URL(name string) string {
	var all []string
	for i := range c.ports {
		all = append(all, c.Addr(i))
	}
	return "nats://" + strings.Join(all, ",") + "/" + name
}

// Await waits for a condition, generously.
func (c *Cluster) Await(what string, ok func() bool) {
	c.tb.Helper()
	Await(c.tb, what, ok)
}

// Await waits for a condition that other processes or machines bring about.
func Await(tb testing.TB, what string, ok func() bool) {
	tb.Helper()
	for until := time.Now().Add(time.Minute); !ok(); {
		if time.Now().After(until) {
			tb.Fatalf("it never happens that %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
