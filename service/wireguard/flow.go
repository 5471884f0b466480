package wireguard

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/waiter"
)

// flow is one connection of a peer's through the exit.
type flow struct {
	p      *peer
	ctx    context.Context
	cancel context.CancelFunc
	half   atomic.Bool  // one direction of a TCP connection has ended
	last   atomic.Int64 // what progress saw

	mu    sync.Mutex // guards what follows
	ended bool
	clean bool           // both directions have ended and been delivered
	ep    tcpip.Endpoint // the stack's end, nil until attach
	wq    *waiter.Queue  // what happens to it
	in    net.Conn       // the same, as a connection
	out   net.Conn       // the end outside
}

// begin makes room for a flow. It returns nil if there is none, or no peer.
func (p *peer) begin(ctx context.Context) *flow {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.gone || len(p.flows) >= p.flowsMax {
		return nil
	}
	fl := &flow{p: p}
	fl.ctx, fl.cancel = context.WithCancel(ctx)
	p.flows[fl] = struct{}{}
	return fl
}

// end cuts off all flows of the peer, for good.
func (p *peer) end() {
	p.mu.Lock()
	p.gone = true
	flows := p.flows
	p.flows = nil
	p.mu.Unlock()
	for fl := range flows {
		fl.end()
	}
}

// attach gives the flow its two ends. If it has ended meanwhile, they end too.
func (fl *flow) attach(ep tcpip.Endpoint, wq *waiter.Queue, in, out net.Conn) {
	fl.mu.Lock()
	fl.ep, fl.wq, fl.in, fl.out = ep, wq, in, out
	ended := fl.ended
	fl.mu.Unlock()
	if ended {
		fl.cut()
	}
}

// end cuts the flow off at both ends. It can be called at any time, by anybody.
func (fl *flow) end() {
	fl.mu.Lock()
	first := !fl.ended
	fl.ended = true
	fl.mu.Unlock()
	if !first {
		return
	}
	fl.cancel()
	fl.cut()
	fl.p.mu.Lock()
	delete(fl.p.flows, fl)
	fl.p.mu.Unlock()
}

func (fl *flow) cut() {
	fl.mu.Lock()
	ep, in, out, clean := fl.ep, fl.in, fl.out, fl.clean
	fl.mu.Unlock()
	if ep == nil {
		return
	}
	if !clean {
		ep.Abort()
	}
	_ = in.Close()
	_ = out.Close()
}

// unsent is how many bytes wait in the stack to be sent to the peer.
func (fl *flow) unsent() uint64 {
	fl.mu.Lock()
	ep := fl.ep
	fl.mu.Unlock()
	if ep == nil {
		return 0
	}
	n, err := ep.GetSockOptInt(tcpip.SendQueueSizeOption)
	if err != nil || n < 0 {
		return 0
	}
	return uint64(n)
}

// progress reports whether the peer has taken something since it was asked last: then
// its silence is that of somebody who listens.
func (fl *flow) progress() bool {
	now := int64(fl.unsent())
	return fl.last.Swap(now) > now
}

// splice copies a TCP connection both ways until both have ended.
func (fl *flow) splice() {
	defer fl.end()
	var other sync.WaitGroup
	sent := false
	other.Go(func() {
		if sent = fl.copy(fl.out, fl.in, nil); !sent {
			fl.end()
		}
	})
	received := fl.copy(fl.in, fl.out, fl.p.paced)
	if !received {
		fl.end()
	}
	other.Wait()
	if sent && received && fl.delivered() {
		fl.mu.Lock()
		fl.clean = true
		fl.mu.Unlock()
	}
}

// deliveredPoll is how often delivered looks by itself.
const deliveredPoll = 250 * time.Millisecond

// delivered waits until the peer has acknowledged the end of the stream: the stack's
// buffer may hold megabytes when the last of them is written. It gives up on a peer
// that takes nothing for a while, and when the flow is ended.
func (fl *flow) delivered() bool {
	entry, changed := waiter.NewChannelEntry(waiter.EventHUp | waiter.EventErr | waiter.WritableEvents)
	fl.wq.EventRegister(&entry)
	defer fl.wq.EventUnregister(&entry)
	t := time.NewTicker(deliveredPoll)
	defer t.Stop()
	left, since := fl.unsent(), time.Now()
	for {
		state := tcp.EndpointState(fl.ep.State())
		if state == tcp.StateClose || state == tcp.StateTimeWait {
			return true
		}
		if state == tcp.StateError {
			return false
		}
		if now := fl.unsent(); now != left {
			left, since = now, time.Now()
		}
		if time.Since(since) > halfClosed {
			return false
		}
		select {
		case <-changed:
		case <-t.C:
		case <-fl.ctx.Done():
			return false
		}
	}
}

// copy moves bytes from one end to the other, and the end of the stream as well. It
// reports whether it came to a clean end. room, if there is one, says how much may
// be handed over now.
func (fl *flow) copy(to, from net.Conn, room func(context.Context, int) (int, error)) bool {
	var b buf
	defer b.put()
	for {
		if fl.half.Load() {
			_ = from.SetReadDeadline(time.Now().Add(halfClosed))
		}
		n, err := from.Read(b.get())
		for rest := b.bytes[:n]; len(rest) > 0; {
			m := len(rest)
			if room != nil {
				var err error
				if m, err = room(fl.ctx, m); err != nil {
					return false
				}
			}
			if _, err := to.Write(rest[:m]); err != nil {
				return false
			}
			rest = rest[m:]
		}
		b.used(n)
		if err == nil || isTimeout(err) && fl.progress() {
			continue
		}
		if !isEOF(err) {
			return false
		}
		if c, ok := to.(interface{ CloseWrite() error }); !ok || c.CloseWrite() != nil {
			return false
		}
		// The other direction may go on, but not be silent for ever.
		fl.last.Store(int64(fl.unsent()))
		fl.half.Store(true)
		_ = to.SetReadDeadline(time.Now().Add(halfClosed))
		return true
	}
}

// relay copies datagrams both ways until it has been silent for idle.
func (fl *flow) relay(idle time.Duration) {
	defer fl.end()
	var heard atomic.Int64
	touch := func() { heard.Store(time.Now().UnixNano()) }
	touch()
	var other sync.WaitGroup
	other.Go(func() {
		defer fl.end()
		fl.datagrams(fl.in, fl.out, fl.p.datagramPasses, touch)
	})
	other.Go(func() {
		defer fl.end()
		fl.datagrams(fl.out, fl.in, nil, touch)
	})
	t := time.NewTimer(idle)
	defer t.Stop()
	for {
		select {
		case <-fl.ctx.Done():
			fl.end()
			other.Wait()
			return
		case <-t.C:
			silent := time.Since(time.Unix(0, heard.Load()))
			if silent >= idle {
				fl.end()
				other.Wait()
				return
			}
			t.Reset(idle - silent)
		}
	}
}

// datagrams copies one way. passes, if there is one, says what is not dropped.
func (fl *flow) datagrams(to, from net.Conn, passes func(int) bool, touch func()) {
	b := make([]byte, udpMost+1)
	for {
		n, err := from.Read(b)
		if err != nil {
			// A refused datagram is reported by the next read; the flow may still be of use.
			if errors.Is(err, errRefused) {
				continue
			}
			return
		}
		if n > udpMost {
			continue
		}
		touch()
		if passes != nil && !passes(n) {
			continue
		}
		_, _ = to.Write(b[:n]) // a datagram that can't be sent is lost
	}
}

// buffers of the size that TCP copies use when there is much to copy.
var bigBuffers = sync.Pool{New: func() any { return new([bigBuffer]byte) }}

const (
	smallBuffer = 4 << 10
	bigBuffer   = 64 << 10
)

// buf is a copy's buffer. It is small while little comes at once, so that an idle
// connection holds little.
type buf struct {
	bytes []byte
	big   *[bigBuffer]byte
	small []byte
	want  bool
}

func (b *buf) get() []byte {
	switch {
	case b.want && b.big == nil:
		b.big = bigBuffers.Get().(*[bigBuffer]byte)
		b.small, b.bytes = nil, b.big[:]
	case !b.want && b.small == nil:
		b.put()
		b.small = make([]byte, smallBuffer)
		b.bytes = b.small
	}
	return b.bytes
}

func (b *buf) used(n int) { b.want = n >= smallBuffer }

func (b *buf) put() {
	if b.big != nil {
		bigBuffers.Put(b.big)
		b.big = nil
	}
}
