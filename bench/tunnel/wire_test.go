package tunnel

import (
	"net"
	"net/netip"
	"slices"
	"sync"

	"github.com/tailscale/wireguard-go/conn"
)

// wire is a UDP socket in the form that service/wireguard wants, with the batching
// and offloads of the WireGuard module's own code. It masks nothing and shares its
// socket with nobody, as the rival's.
type wire struct {
	bind conn.Bind
	recv conn.ReceiveFunc
	at   netip.AddrPort

	once    sync.Once
	packets []conn.ReceivedPacket
}

func newWire() (*wire, error) {
	w := &wire{bind: conn.NewStdNetBind()}
	fns, port, err := w.bind.Open(0)
	if err != nil {
		return nil, err
	}
	w.recv = fns[0] // IPv4
	w.at = netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), port)
	w.packets = make([]conn.ReceivedPacket, w.bind.BatchSize())
	return w, nil
}

func (w *wire) ReadPackets(slab []byte, offsets, sizes []int, from []netip.AddrPort) (int, error) {
	n, err := w.recv(slab, w.packets)
	for i, p := range w.packets[:n] {
		offsets[i], sizes[i] = p.Offset, p.Size
		from[i] = p.Endpoint.(*conn.StdNetEndpoint).AddrPort
	}
	return n, err
}

func (w *wire) WritePackets(bufs [][]byte, to netip.AddrPort) error {
	return w.bind.Send(bufs, &conn.StdNetEndpoint{AddrPort: to}, 0)
}

func (w *wire) BatchSize() int            { return w.bind.BatchSize() }
func (w *wire) LocalAddr() netip.AddrPort { return w.at }

func (w *wire) Close() error {
	err := net.ErrClosed
	w.once.Do(func() { err = w.bind.Close() })
	return err
}

// median of a few figures.
func median(xs []float64) float64 {
	xs = slices.Sorted(slices.Values(xs))
	if n := len(xs); n%2 == 0 {
		return (xs[n/2-1] + xs[n/2]) / 2
	}
	return xs[len(xs)/2]
}
