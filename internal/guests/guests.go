// Package guests bounds how many connections a server holds for strangers, in all
// and for one address, before a byte of them is read. The hub, the relayer and
// whoever else listens to everybody wrap their listeners in it; what a connection
// may then ask for is bounded where it is answered.
//
// It promises that no more than so many are open at a time, and that one address
// leaves room for the others. Connections from the loopback count only in all:
// they are this machine's own, or a proxy's that speaks for many.
package guests

import (
	"net"
	"net/netip"
	"sync"
)

// Limit returns l with at most all connections open at a time, and at most each of
// one address: an IPv6 network of 64 bits counts as one. What comes beyond is
// accepted and closed at once, so that whoever sent it knows.
func Limit(l net.Listener, all, each int) net.Listener {
	return &listener{Listener: l, all: all, each: each, by: map[netip.Addr]int{}}
}

type listener struct {
	net.Listener
	all, each int

	mu   sync.Mutex // guards what follows
	open int
	by   map[netip.Addr]int
}

func (l *listener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		who := origin(c.RemoteAddr())
		if l.enter(who) {
			return &guest{Conn: c, leave: sync.OnceFunc(func() { l.leave(who) })}, nil
		}
		_ = c.Close()
	}
}

func (l *listener) enter(who netip.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open >= l.all || !who.IsLoopback() && l.by[who] >= l.each {
		return false
	}
	l.open++
	l.by[who]++
	return true
}

func (l *listener) leave(who netip.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open--
	if l.by[who]--; l.by[who] == 0 {
		delete(l.by, who)
	}
}

// origin returns the address that a connection counts for.
func origin(a net.Addr) netip.Addr {
	at, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return netip.Addr{} // all of another kind are one
	}
	who := at.Addr().Unmap().WithZone("")
	if who.Is6() && !who.IsLoopback() {
		net, _ := who.Prefix(64) // of an IPv6 address there is one
		who = net.Addr()
	}
	return who
}

// guest is a connection that says when it is gone.
type guest struct {
	net.Conn
	leave func()
}

func (g *guest) Close() error {
	defer g.leave()
	return g.Conn.Close()
}
