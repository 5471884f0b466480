package nat

import (
	"slices"

	"github.com/wherrynet/wherry"
)

const (
	// firstNATPort leaves the ports alone that mean something.
	firstNATPort = 1024

	// leastNATPorts is how many source ports an exit can live with: that many
	// connections to one port of one address at once.
	leastNATPorts = 2048

	// mostNATPorts is as many as are ever taken. The fewer, the less likely that
	// somebody opens a listener among them.
	mostNATPorts = 16384
)

// Free reports whether the range is one, and nobody listens in it.
func (p Ports) Free(listening []uint16) bool {
	return p.First > 0 && !slices.ContainsFunc(listening, func(l uint16) bool { return p.First <= l && l <= p.Last })
}

// FreePorts chooses the range that strangers' source ports are drawn from: high up,
// without a port that somebody on this host listens on and outside of the range that
// the host's own connections come from.
func FreePorts(listening []uint16, own Ports) (Ports, error) {
	taken := []Ports{{0, firstNATPort - 1}}
	if own.First <= own.Last {
		taken = append(taken, own)
	}
	for _, p := range listening {
		taken = append(taken, Ports{p, p})
	}
	slices.SortFunc(taken, func(a, b Ports) int { return int(a.First) - int(b.First) })
	var best Ports
	size := 0
	consider := func(first, end int) { // end is not included
		if n := min(end-first, mostNATPorts); n > 0 && n >= size {
			best, size = Ports{uint16(end - n), uint16(end - 1)}, n
		}
	}
	next := 0
	for _, t := range taken {
		consider(next, int(t.First))
		next = max(next, int(t.Last)+1)
	}
	consider(next, 1<<16)
	if size < leastNATPorts {
		return Ports{}, wherry.Errorf(wherry.Conflict,
			"no %d ports in a row are free of listeners: the exit could not keep strangers off this host's ports", leastNATPorts)
	}
	return best, nil
}
