package server

import (
	"context"
	"net"
	"slices"

	"github.com/wherrynet/wherry"
)

// Peer is who is at the other end of the socket, as the kernel says.
type Peer struct {
	UID    uint32
	GID    uint32
	Groups []uint32
}

// Access says who may ask beside root.
type Access struct {
	UID   uint32  // the user that the node runs as
	Group *uint32 // members of this group; nil is nobody
}

// check returns nil for who may ask. A peer that is not known may not.
func (a Access) check(p *Peer) error {
	switch {
	case p == nil:
		return wherry.Errorf(wherry.Forbidden, "the system does not say who asks")
	case p.UID == 0, p.UID == a.UID:
		return nil
	case a.Group != nil && (p.GID == *a.Group || slices.Contains(p.Groups, *a.Group)):
		return nil
	}
	return wherry.Errorf(wherry.Forbidden, "user %d may not use this node: it is for root and the members of its group", p.UID)
}

type peerKey struct{}

// peerContext asks the kernel once per connection. It is http.Server.ConnContext.
func peerContext(ctx context.Context, c net.Conn) context.Context {
	if s, ok := c.(*slotConn); ok {
		c = s.Conn
	}
	u, ok := c.(*net.UnixConn)
	if !ok {
		return ctx
	}
	p, err := credentials(u)
	if err != nil {
		return ctx // nobody is let in without them
	}
	return context.WithValue(ctx, peerKey{}, p)
}

func peerOf(ctx context.Context) *Peer {
	p, _ := ctx.Value(peerKey{}).(*Peer)
	return p
}
