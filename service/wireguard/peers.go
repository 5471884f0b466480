package wireguard

import (
	"maps"
	"net/netip"
	"slices"
	"sync"

	"github.com/wherrynet/wherry"
)

// peers finds a peer by anything that a packet says. Adding and removing one costs
// the same however many there are.
type peers struct {
	own []netip.Addr // the device's own addresses, those of its Config

	mu    sync.RWMutex // guards what follows
	keys  map[Key]*peer
	flows map[uint32]*peer
	inner map[netip.Addr]*peer // providers' side: to whom a packet goes, by destination
	owned map[netip.Addr]*peer // consumers' side: by source
}

func newPeers(own []netip.Addr) *peers {
	return &peers{
		own: own, keys: make(map[Key]*peer), flows: make(map[uint32]*peer),
		inner: make(map[netip.Addr]*peer), owned: make(map[netip.Addr]*peer),
	}
}

func (ps *peers) byKey(k Key) *peer {
	ps.mu.RLock()
	defer ps.mu.RUnlock()
	return ps.keys[k]
}

func (ps *peers) byFlow(f uint32) *peer {
	ps.mu.RLock()
	defer ps.mu.RUnlock()
	return ps.flows[f]
}

// byInner returns the peer that has address a in the tunnel.
func (ps *peers) byInner(a netip.Addr) *peer {
	ps.mu.RLock()
	defer ps.mu.RUnlock()
	return ps.inner[a]
}

// byOwned returns the provider that has given this device the address a.
func (ps *peers) byOwned(a netip.Addr) *peer {
	ps.mu.RLock()
	defer ps.mu.RUnlock()
	return ps.owned[a]
}

// all returns everybody who is there.
func (ps *peers) all() []*peer {
	ps.mu.RLock()
	defer ps.mu.RUnlock()
	return slices.Collect(maps.Values(ps.keys))
}

func (ps *peers) isOwn(a netip.Addr) bool { return slices.Contains(ps.own, a) }

// towards returns whose packet it is that goes from src to dst, and whether it
// belongs to the device itself rather than to somebody outside.
func (ps *peers) towards(from, to netip.Addr) (p *peer, own bool) {
	ps.mu.RLock()
	defer ps.mu.RUnlock()
	if len(ps.owned) > 0 {
		if p := ps.owned[from]; p != nil {
			return p, true
		}
	}
	return ps.inner[to], ps.isOwn(from)
}

// add takes a peer in, unless something of it is taken already.
func (ps *peers) add(p *peer) error {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if ps.keys[p.Key] != nil {
		return wherry.Errorf(wherry.Conflict, "a peer with this key is there already")
	}
	if ps.flows[p.flow] != nil {
		return wherry.Errorf(wherry.Conflict, "a peer with a key too much like this one is there already")
	}
	for _, a := range slices.Concat(p.Own, p.Inner) {
		if ps.inner[a] != nil || ps.owned[a] != nil || ps.isOwn(a) {
			return wherry.Errorf(wherry.Conflict, "an address of the new peer is taken")
		}
	}
	ps.keys[p.Key], ps.flows[p.flow] = p, p
	for _, a := range p.Own {
		ps.owned[a] = p
	}
	for _, a := range p.Inner {
		ps.inner[a] = p
	}
	return nil
}

// remove takes a peer out and returns it, nil if there was none.
func (ps *peers) remove(k Key) *peer {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p := ps.keys[k]
	if p == nil {
		return nil
	}
	delete(ps.keys, k)
	delete(ps.flows, p.flow)
	for _, a := range p.Own {
		delete(ps.owned, a)
	}
	for _, a := range p.Inner {
		delete(ps.inner, a)
	}
	return p
}
