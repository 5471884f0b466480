package wireguard

import (
	"encoding/binary"
	"encoding/hex"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
)

// deaf is a Wire that nothing comes from.
type deaf struct{ done chan struct{} }

func (d deaf) ReadPackets([]byte, []int, []int, []netip.AddrPort) (int, error) {
	<-d.done
	return 0, net.ErrClosed
}
func (d deaf) WritePackets([][]byte, netip.AddrPort) error { return nil }
func (d deaf) BatchSize() int                              { return 1 }
func (d deaf) WritePlain([][]byte, netip.AddrPort) error   { return nil }
func (d deaf) LocalAddr() netip.AddrPort                   { return home }
func (d deaf) Close() error                                { close(d.done); return nil }

// TestAllCountersAreReadAtOnce has five hundred consumers come, be counted, and go.
func TestAllCountersAreReadAtOnce(t *testing.T) {
	const many = 500
	key, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(Config{Wire: deaf{make(chan struct{})}, PrivateKey: key, TUN: true, Addrs: []netip.Addr{device4}})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	keys := make([]Key, many)
	for i := range keys {
		binary.BigEndian.PutUint32(keys[i][:], uint32(i)+1)
		a := netip.AddrFrom4([4]byte{10, 1, byte(i >> 8), byte(i)})
		if err := d.AddPeer(Peer{Key: keys[i], Inner: []netip.Addr{a}}); err != nil {
			t.Fatal(err)
		}
		p := d.peers.byKey(keys[i])
		p.allow(1 << 20)
		p.spend(&p.in, uint64(i), false)
	}
	var took []time.Duration
	var all []PeerCount
	for range 9 {
		start := time.Now()
		all = d.Counts(all[:0])
		took = append(took, time.Since(start))
	}
	if len(all) != many {
		t.Fatalf("%d counts", len(all))
	}
	for _, c := range all {
		if i := slices.Index(keys, c.Key); i < 0 || c.In != uint64(i) || c.Out != 0 {
			t.Errorf("peer %d has %+v", i, c.Count)
		}
	}
	if slices.Sort(took); took[len(took)/2] > time.Millisecond {
		t.Errorf("reading all counters took %v", took[len(took)/2])
	}
	for i, k := range keys {
		if c, err := d.RemovePeer(k); err != nil || c.In != uint64(i) {
			t.Errorf("peer %d ends with %+v, %v", i, c, err)
		}
	}
	if all = d.Counts(all[:0]); len(all) != 0 {
		t.Errorf("%d are left", len(all))
	}
}

// TestKeysAreForgotten looks for the secret in the device after its end.
func TestKeysAreForgotten(t *testing.T) {
	key, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(Config{Wire: deaf{make(chan struct{})}, PrivateKey: key})
	if err != nil {
		t.Fatal(err)
	}
	if !d.cfg.PrivateKey.IsZero() {
		t.Error("the device keeps a second copy of its secret")
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	// WireGuard's own account of itself names the key as long as it has one.
	text, err := d.wg.IpcGet()
	if err != nil {
		t.Fatal(err)
	}
	secret := key.Bytes()
	if strings.Contains(text, hex.EncodeToString(secret[:])) {
		t.Error("a closed device still has its secret")
	}
}
