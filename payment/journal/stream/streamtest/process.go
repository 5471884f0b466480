package streamtest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// childEnv makes a server of a test's binary; it says which.
const childEnv = "WHERRY_TEST_NATS_SERVER"

// place is which server of a cluster a process is.
type place struct {
	Dir           string
	I             int
	Ports, Routes []int
}

// Main has to be called first by the TestMain of tests that use Processes. In a
// process that was started as a server it never returns.
func Main() {
	text := os.Getenv(childEnv)
	if text == "" {
		return
	}
	var p place
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	s, err := server.NewServer(options(p.Dir, p.I, p.Ports, p.Routes))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	s.Start()
	_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed, or whoever started it is gone
	os.Exit(0)
}

// Processes is a cluster whose servers are processes, so that they can be killed
// as a power cut would kill them: without a last word, and without a flush. Its
// methods are for one goroutine.
type Processes struct {
	tb    testing.TB
	place place
	all   []*exec.Cmd // nil while one is dead
}

// NewProcesses starts n servers, and does not wait until they have found each
// other. The test's TestMain has to call Main.
func NewProcesses(tb testing.TB, n int) *Processes {
	tb.Helper()
	all, err := freePorts(2 * n)
	if err != nil {
		tb.Fatal(err)
	}
	p := &Processes{tb: tb, place: place{Dir: tb.TempDir(), Ports: all[:n], Routes: all[n:]}, all: make([]*exec.Cmd, n)}
	tb.Cleanup(func() {
		for i := range n {
			p.Kill(i)
		}
	})
	for i := range n {
		p.Start(i)
	}
	return p
}

// Start starts a server that does not run, with the files that it had, and waits
// until it takes connections.
func (p *Processes) Start(i int) {
	p.tb.Helper()
	at := p.place
	at.I = i
	text, err := json.Marshal(at)
	if err != nil {
		p.tb.Fatal(err)
	}
	cmd := exec.Command(os.Args[0]) //nolint:noctx // ended by Kill
	cmd.Env = append(os.Environ(), childEnv+"="+string(text))
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil { // open for as long as this process lives
		p.tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		p.tb.Fatal(err)
	}
	p.all[i] = cmd
	Await(p.tb, fmt.Sprintf("server %d answers", i), func() bool {
		c, err := (&net.Dialer{Timeout: time.Second}).DialContext(context.Background(), "tcp", p.addr(i))
		if err != nil {
			return false
		}
		return c.Close() == nil
	})
}

// Kill ends a server with SIGKILL.
func (p *Processes) Kill(i int) {
	if p.all[i] == nil {
		return
	}
	_ = p.all[i].Process.Kill() // it may be gone
	_ = p.all[i].Wait()         // it was killed
	p.all[i] = nil
}

func (p *Processes) addr(i int) string { return fmt.Sprintf("127.0.0.1:%d", p.place.Ports[i]) }

// URL returns a journal's address in this cluster.
func (p *Processes) URL(name string) string {
	var all []string
	for i := range p.all {
		all = append(all, p.addr(i))
	}
	return "nats://" + strings.Join(all, ",") + "/" + name
}
