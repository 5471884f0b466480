package wireguard

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tailscale/wireguard-go/conn"
	"github.com/tailscale/wireguard-go/device"
)

// bind puts a Wire under the WireGuard device and learns where peers are.
//
// The device's own code never moves a peer's endpoint. Here each peer has one
// endpoint object for life, and the device tells us, per packet, once it has
// authenticated who sent it. The one message that must be answered before that
// is a handshake's first: its answer goes back to where the message came from,
// found by the index that the sender put into it, and nothing else ever goes
// there.
type bind struct {
	wire Wire
	log  *slog.Logger

	now    atomic.Int64 // when the last batch was read, in Unix nanoseconds
	closed chan struct{}

	mu        sync.RWMutex // guards what follows
	endpoints map[Key]*endpoint
	opened    bool
	shut      bool

	// The rest belongs to the one goroutine that reads.
	offsets, sizes []int
	from           []netip.AddrPort
	sources        map[netip.AddrPort]*source
	last           *source
}

// maxSources bounds the table of senders, which strangers can fill.
const maxSources = 4096

// readRetry is how long the reader waits after an error of the Wire.
const readRetry = 20 * time.Millisecond

var (
	_ conn.Bind                    = (*bind)(nil)
	_ conn.Endpoint                = (*endpoint)(nil)
	_ conn.PeerAwareEndpoint       = (*source)(nil)
	_ conn.InitiationAwareEndpoint = (*source)(nil)
)

func newBind(w Wire, log *slog.Logger) *bind {
	n := max(1, w.BatchSize())
	b := &bind{
		wire: w, log: log, closed: make(chan struct{}),
		offsets: make([]int, n), sizes: make([]int, n), from: make([]netip.AddrPort, n),
		sources: make(map[netip.AddrPort]*source), endpoints: make(map[Key]*endpoint),
	}
	b.now.Store(time.Now().UnixNano())
	return b
}

// add lets the device send to a peer, and learn where it is.
func (b *bind) add(ep *endpoint) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.endpoints[ep.key] = ep
}

// remove forgets the endpoint of a peer.
func (b *bind) remove(k Key) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if ep := b.endpoints[k]; ep != nil {
		ep.gone.Store(true)
	}
	delete(b.endpoints, k)
}

func (b *bind) find(k Key) *endpoint {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.endpoints[k]
}

// Open hands out the one function that reads. The port is the Wire's business.
func (b *bind) Open(uint16) ([]conn.ReceiveFunc, uint16, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.opened {
		return nil, 0, conn.ErrBindAlreadyOpen
	}
	b.opened = true
	return []conn.ReceiveFunc{b.receive}, b.wire.LocalAddr().Port(), nil
}

// Close ends the reader. The device also calls it before Open, which does nothing.
func (b *bind) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.opened || b.shut {
		return nil
	}
	b.shut = true
	close(b.closed)
	return b.wire.Close()
}

// SetMark does nothing: a mark is a property of the Wire's socket.
func (b *bind) SetMark(uint32) error { return nil }

// BatchSize is the Wire's.
func (b *bind) BatchSize() int { return len(b.offsets) }

// ParseEndpoint finds a peer's endpoint by the hexadecimal form of its key, which
// is how a Device names it when it configures the peer.
func (b *bind) ParseEndpoint(s string) (conn.Endpoint, error) {
	var k Key
	if n, err := hex.Decode(k[:], []byte(s)); err != nil || n != len(k) {
		return nil, errors.New("an endpoint is named by its peer's key")
	}
	ep := b.find(k)
	if ep == nil {
		return nil, errors.New("no such peer")
	}
	return ep, nil
}

func (b *bind) receive(slab []byte, packets []conn.ReceivedPacket) (int, error) {
	for {
		n, err := b.wire.ReadPackets(slab, b.offsets, b.sizes, b.from)
		if err != nil {
			select {
			case <-b.closed:
				return 0, net.ErrClosed
			default:
			}
			if errors.Is(err, net.ErrClosed) {
				return 0, net.ErrClosed
			}
			// The error may name an address, so it stays here.
			b.log.Debug("reading from the wire went wrong")
			select {
			case <-b.closed:
				return 0, net.ErrClosed
			case <-time.After(readRetry):
			}
			continue
		}
		b.now.Store(time.Now().UnixNano())
		kept := 0
		for i := range min(n, len(packets), len(b.offsets)) {
			off, size := b.offsets[i], b.sizes[i]
			if off < 0 || size < device.MinMessageSize || off > len(slab) || size > len(slab)-off {
				continue
			}
			packets[kept] = conn.ReceivedPacket{Offset: off, Size: size, Endpoint: b.sourceOf(b.from[i], slab[off:off+size])}
			kept++
		}
		if kept > 0 {
			return kept, nil
		}
	}
}

func (b *bind) sourceOf(from netip.AddrPort, packet []byte) *source {
	if len(packet) == device.MessageInitiationSize && packet[0] == device.MessageInitiationType {
		return &source{b: b, addr: from, sender: binary.LittleEndian.Uint32(packet[4:]), initiation: true}
	}
	if b.last != nil && b.last.addr == from {
		return b.last
	}
	s := b.sources[from]
	if s == nil {
		if len(b.sources) >= maxSources {
			clear(b.sources)
		}
		s = &source{b: b, addr: from}
		b.sources[from] = s
	}
	b.last = s
	return s
}

var errNoEndpoint = errors.New("the peer's endpoint is not known yet")

// Send strips the headroom and hands the packets to the Wire. What goes wrong
// there is as if the packets were lost on the way.
func (b *bind) Send(bufs [][]byte, ep conn.Endpoint, offset int) error {
	if len(bufs) == 0 {
		return nil
	}
	for i := range bufs {
		bufs[i] = bufs[i][offset:]
	}
	var to netip.AddrPort
	switch e := ep.(type) {
	case *endpoint:
		to = e.target(bufs[0])
	case *source:
		to = e.addr
	default:
		return conn.ErrWrongEndpointType
	}
	if !to.IsValid() {
		return errNoEndpoint
	}
	write := b.wire.WritePackets
	if e, ok := ep.(*endpoint); ok && e.plain {
		write = b.wire.WritePlain
	}
	if err := write(bufs, to); err != nil {
		b.log.Debug("writing to the wire went wrong", "packets", len(bufs))
	}
	return nil
}
