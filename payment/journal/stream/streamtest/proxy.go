package streamtest

import (
	"context"
	"net"
	"sync"
	"testing"
)

// Proxy passes connections on to a server until it is told to hold them: then
// nothing moves in either direction, and no connection ends.
type Proxy struct {
	to   string
	l    net.Listener
	mu   sync.Mutex // guards held; cond is signalled when it changes
	cond *sync.Cond
	held bool
	done bool
}

// NewProxy starts a proxy before an address.
func NewProxy(tb testing.TB, to string) *Proxy {
	tb.Helper()
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	p := &Proxy{to: to, l: l}
	p.cond = sync.NewCond(&p.mu)
	go p.run()
	tb.Cleanup(func() {
		_ = l.Close()
		p.mu.Lock()
		p.done = true
		p.mu.Unlock()
		p.cond.Broadcast()
	})
	return p
}

// Addr returns where the proxy listens.
func (p *Proxy) Addr() string { return p.l.Addr().String() }

// Hold stops or lets go what passes.
func (p *Proxy) Hold(v bool) {
	p.mu.Lock()
	p.held = v
	p.mu.Unlock()
	p.cond.Broadcast()
}

func (p *Proxy) run() {
	for {
		a, err := p.l.Accept()
		if err != nil {
			return
		}
		b, err := new(net.Dialer).DialContext(context.Background(), "tcp", p.to)
		if err != nil {
			_ = a.Close()
			continue
		}
		go p.pass(a, b)
		go p.pass(b, a)
	}
}

func (p *Proxy) pass(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	b := make([]byte, 64<<10)
	for {
		n, err := from.Read(b)
		p.mu.Lock()
		for p.held && !p.done {
			p.cond.Wait()
		}
		done := p.done
		p.mu.Unlock()
		if n > 0 && !done {
			if _, werr := to.Write(b[:n]); werr != nil {
				return
			}
		}
		if err != nil || done {
			return
		}
	}
}
