package wireguard

import (
	"bytes"
	"encoding/binary"
	"net"
	"os"
	"syscall"
	"testing"

	"github.com/tailscale/wireguard-go/tun"
	"golang.org/x/sys/unix"
	"pgregory.net/rapid"
)

// queueOf returns the two ends of a queue of packets as a TUN has one.
func queueOf(t *testing.T) (in *os.File, out syscall.RawConn) {
	t.Helper()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	_ = unix.SetsockoptInt(fds[0], unix.SOL_SOCKET, unix.SO_SNDBUF, 4<<20)
	in = os.NewFile(uintptr(fds[0]), "in")
	f := os.NewFile(uintptr(fds[1]), "out")
	t.Cleanup(func() { _, _ = in.Close(), f.Close() })
	if out, err = f.SyscallConn(); err != nil {
		t.Fatal(err)
	}
	return in, out
}

func always() bool { return true }

// superpacket is TCP as the kernel hands it over: n bytes of payload in pieces of mss.
func superpacket(seq uint32, n, mss int) []byte {
	payload := make([]byte, n)
	for i := range payload {
		payload[i] = byte(seq) + byte(i)
	}
	raw := segmentOf{src: here4, dst: there4, seq: seq, flags: flagACK | flagPSH, payload: payload}.bytes()
	b := make([]byte, vnetLen, vnetLen+len(raw))
	b = append(b, raw...)
	b[0] = unix.VIRTIO_NET_HDR_F_NEEDS_CSUM
	ne := binary.NativeEndian
	ne.PutUint16(b[2:], uint16(len(raw))) // as a router's kernel says: ignored
	ne.PutUint16(b[6:], ipv4HeaderLen)
	ne.PutUint16(b[8:], 16)
	if n > mss {
		b[1] = unix.VIRTIO_NET_HDR_GSO_TCPV4
		ne.PutUint16(b[4:], uint16(mss))
	} else { // the kernel leaves the sum of the pseudo header there
		sum := tun.PseudoHeaderChecksum(protoTCP, raw[12:16], raw[16:20], uint16(len(raw)-ipv4HeaderLen))
		binary.BigEndian.PutUint16(b[vnetLen+ipv4HeaderLen+16:], sum)
	}
	return b
}

// TestReaderLosesNothing sends rows of large and small packets and reads them in
// turns of any size: the stream comes out whole, in order, cut to size, with spaces.
func TestReaderLosesNothing(t *testing.T) {
	in, out := queueOf(t)
	var r tunReader
	r.call = r.some
	rapid.Check(t, func(t *rapid.T) {
		var want []byte
		sent := rapid.IntRange(1, 20).Draw(t, "packets")
		for range sent {
			n := rapid.SampledFrom([]int{1, 60, 1300, 1380, 5000, 20_000, 65_000}).Draw(t, "size")
			mss := rapid.SampledFrom([]int{536, 1380}).Draw(t, "mss")
			b := superpacket(uint32(len(want)), n, mss)
			want = append(want, b[vnetLen+ipv4HeaderLen+tcpHeaderLen:]...)
			if _, err := in.Write(b); err != nil {
				t.Fatal(err)
			}
		}
		var got []byte
		turns := 0
		for len(got) < len(want) {
			turns++
			slab := make([]byte, 2*65535)
			packets := make([]tun.ReadPacket, 128)
			n, err := r.read(out, slab, packets, always)
			if err != nil || n == 0 {
				t.Fatalf("read %d, %v, after %d of %d bytes", n, err, len(got), len(want))
			}
			end := 0
			for _, p := range packets[:n] {
				if p.Offset < end+tun.ReadPacketSpacing || p.Offset+p.Size+tun.ReadPacketSpacing > len(slab) {
					t.Fatalf("a packet at %d of %d bytes, the one before ended at %d", p.Offset, p.Size, end)
				}
				end = p.Offset + p.Size
				raw := slab[p.Offset:end]
				if len(raw) > 1420 || !checksumsHold(raw, ipv4HeaderLen) {
					t.Fatalf("a packet of %d bytes, or its checksum is wrong", len(raw))
				}
				if seq := binary.BigEndian.Uint32(raw[ipv4HeaderLen+4:]); int(seq) != len(got) {
					t.Fatalf("sequence %d after %d bytes", seq, len(got))
				}
				got = append(got, raw[ipv4HeaderLen+tcpHeaderLen:]...)
			}
		}
		if !bytes.Equal(got, want) {
			t.Fatal("the stream came through changed")
		}
		if turns > sent+1 {
			t.Fatalf("%d turns for %d packets", turns, sent)
		}
	})
}

func TestSmallPacketsAreReadInRows(t *testing.T) {
	in, out := queueOf(t)
	for range 100 {
		if _, err := in.Write(append(make([]byte, vnetLen), datagramBytes(here4, there4, make([]byte, 64))...)); err != nil {
			t.Fatal(err)
		}
	}
	var r tunReader
	r.call = r.some
	n, err := r.read(out, make([]byte, 2*65535), make([]tun.ReadPacket, 128), always)
	if err != nil || n != 100 {
		t.Errorf("%d packets in the first turn, %v", n, err)
	}
}

func TestReaderOutlivesRubbish(t *testing.T) {
	in, out := queueOf(t)
	good := superpacket(0, 100, 1380)
	for _, bad := range [][]byte{
		{},
		make([]byte, vnetLen), make([]byte, vnetLen+1),
		{1, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1},
		append([]byte{1, 1, 0, 0, 0, 0, 255, 255, 255, 255}, make([]byte, 100)...),
		append([]byte{1, 1, 0, 0, 1, 0, 20, 0, 16, 0}, make([]byte, 20)...),
		append([]byte{1, 5, 0, 0, 1, 0, 20, 0, 6, 0}, make([]byte, 100)...),
	} {
		if len(bad) > 0 {
			_, _ = in.Write(bad)
		}
	}
	_, _ = in.Write(good)
	var r tunReader
	r.call = r.some
	packets := make([]tun.ReadPacket, 128)
	n, err := r.read(out, make([]byte, 2*65535), packets, always)
	if err != nil || n == 0 || packets[n-1].Size != len(good)-vnetLen {
		t.Errorf("%d packets, the last of %d, %v", n, packets[max(0, n-1)].Size, err)
	}
}

func TestOnlyTUNsAreTUNs(t *testing.T) {
	f, err := os.Open("/dev/null")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := OpenTUN(f); err == nil {
		t.Error("/dev/null is an interface")
	}
	c, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	s, _ := c.(*net.UDPConn).File()
	defer s.Close()
	if _, err := OpenTUN(s); err == nil {
		t.Error("a socket is an interface")
	}
}
