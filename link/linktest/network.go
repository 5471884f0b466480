// Package linktest is a network in memory for tests of what runs over link, and
// the suite that both it and the real Socket pass, so that a test over the one
// says something about the other.
package linktest

import (
	"context"
	"crypto/ed25519"
	"net"
	"net/netip"
	"sync"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/link"
)

// Network is a set of nodes that reach each other in memory. It works in a
// synctest bubble. The zero value is empty and ready.
type Network struct {
	mu    sync.Mutex // guards what follows
	nodes map[netip.AddrPort]*Node
	next  uint16
}

// Node is one node's access to a Network: it dials and accepts as a link.Socket
// does.
type Node struct {
	network *Network
	at      netip.AddrPort
	who     wherry.Address
	control ed25519.PublicKey // nil where it does not accept

	accepted chan *link.Conn
	ended    chan struct{}

	mu    sync.Mutex // guards what follows
	gone  bool
	pipes []*end
}

// Node adds a node that is who. Its address and port are made up. Where control
// is nil it dials and does not accept.
func (n *Network) Node(who wherry.Address, control ed25519.PublicKey) *Node {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.nodes == nil {
		n.nodes = map[netip.AddrPort]*Node{}
	}
	n.next++
	at := netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, byte(n.next>>8) + 1}), 40000+n.next)
	node := &Node{
		network: n, at: at, who: who, control: control,
		accepted: make(chan *link.Conn, 16), ended: make(chan struct{}),
	}
	n.nodes[at] = node
	return node
}

// LocalAddr returns where the node is dialled.
func (n *Node) LocalAddr() netip.AddrPort { return n.at }

// Dial connects to the node at addr, with the codes that link.Socket.Dial has.
func (n *Node) Dial(ctx context.Context, addr netip.AddrPort, peer link.Peer) (*link.Conn, error) {
	n.network.mu.Lock()
	to := n.network.nodes[addr]
	n.network.mu.Unlock()
	if to == nil || !to.answers() || !n.answers() {
		return nil, wherry.Errorf(wherry.Unreachable, "dial %s: nobody answers", peer.Address)
	}
	if to.control == nil || !to.control.Equal(peer.Control) || to.who != peer.Address {
		return nil, wherry.Errorf(wherry.Unreachable, "dial %s: somebody else answers there", peer.Address)
	}
	ours, theirs := pipe()
	select {
	case to.accepted <- link.NewConn(theirs, n.who, n.at):
	case <-to.ended:
		return nil, wherry.Errorf(wherry.Unreachable, "dial %s: nobody answers", peer.Address)
	case <-ctx.Done():
		return nil, wherry.Errorf(wherry.Unreachable, "dial %s: %w", peer.Address, ctx.Err())
	}
	n.keep(ours)
	to.keep(theirs)
	return link.NewConn(ours, to.who, to.at), nil
}

// Accept returns the next caller, as link.Socket.Accept does.
func (n *Node) Accept(ctx context.Context) (*link.Conn, error) {
	select {
	case c := <-n.accepted:
		return c, nil
	case <-n.ended:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close ends the node's connections, so that their other ends notice.
func (n *Node) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.gone {
		return nil
	}
	n.gone = true
	close(n.ended)
	for _, e := range n.pipes {
		_ = e.Close() // a pipe closes without error
	}
	return nil
}

// Vanish ends the node as kill -9 or a cut cable does: nothing more arrives over
// its connections, on either side, and nobody is told.
func (n *Node) Vanish() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.gone {
		return
	}
	n.gone = true
	close(n.ended)
	for _, e := range n.pipes {
		e.out.mute()
		e.in.mute()
	}
}

func (n *Node) answers() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return !n.gone
}

func (n *Node) keep(e *end) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.pipes = append(n.pipes, e)
}
