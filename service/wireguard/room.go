package wireguard

import (
	"context"
	"time"
)

// The hard limit drops packets, and TCP takes that for congestion. So the
// forwarder stops handing over data a little before: when what is counted, plus
// what is waiting in the stack, plus what headers and acknowledgements will add,
// comes to the allowance.

// roomPoll is how often a waiting flow looks again by itself: what waited in the
// stack may have been counted lower than feared.
const roomPoll = 100 * time.Millisecond

// wireCost is what n bytes of TCP payload come to on the wire, with headers and
// with the acknowledgements that come back.
func wireCost(n uint64) uint64 { return n + n/8 + 256 }

// payloadOf is the inverse: how much payload fits into cost.
func payloadOf(cost uint64) uint64 {
	if cost <= 256 {
		return 0
	}
	return (cost - 256) / 9 * 8
}

// roomLeast is the least that is worth handing over.
const roomLeast = 1 << 10

// room waits until more payload fits into the peer's allowance, and returns how much
// of n does.
func (p *peer) room(ctx context.Context, n int) (int, error) {
	for {
		p.mu.Lock()
		more, flows := p.more, len(p.flows)
		p.mu.Unlock()

		allowance, used := p.allowance.Load(), p.used.Load()
		// The cheap question first: would it fit if all send buffers were full?
		if saturatingAdd(used, wireCost(uint64(n)+uint64(flows)*tcpBufferMax)) <= allowance {
			return n, nil
		}
		if taken := saturatingAdd(used, wireCost(p.unsent())); taken < allowance {
			if fits := payloadOf(allowance - taken); fits >= uint64(min(n, roomLeast)) {
				return int(min(uint64(n), fits)), nil
			}
		}
		t := time.NewTimer(roomPoll)
		select {
		case <-more:
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return 0, ctx.Err()
		}
		t.Stop()
	}
}

// unsent is what waits in the stack to be sent to the peer.
func (p *peer) unsent() uint64 {
	p.mu.Lock()
	flows := make([]*flow, 0, len(p.flows))
	for fl := range p.flows {
		flows = append(flows, fl)
	}
	p.mu.Unlock()
	var sum uint64
	for _, fl := range flows {
		sum += fl.unsent()
	}
	return sum
}
