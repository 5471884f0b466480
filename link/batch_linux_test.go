package link

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// batcherOn returns a socket and its batcher with the kernel's help switched as
// asked: it may be missing on any machine.
func batcherOn(t *testing.T, glue bool) (*net.UDPConn, *mmsgBatcher) {
	t.Helper()
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: []byte{127, 0, 0, 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	x, err := newBatcher(conn)
	if err != nil {
		t.Fatal(err)
	}
	b := x.(*mmsgBatcher)
	if !glue {
		b.gso.Store(false)
		b.gro = false
		err := b.raw.Control(func(fd uintptr) {
			if err := unix.SetsockoptInt(int(fd), unix.IPPROTO_UDP, unix.UDP_GRO, 0); err != nil {
				t.Error(err)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn, b
}

func TestKernelMayOrMayNotHelp(t *testing.T) {
	for _, sender := range []bool{true, false} {
		for _, receiver := range []bool{true, false} {
			t.Run(fmt.Sprintf("cut %v glue %v", sender, receiver), func(t *testing.T) {
				_, from := batcherOn(t, sender)
				conn, to := batcherOn(t, receiver)
				var want [][]byte
				for i := range 70 {
					want = append(want, bytes.Repeat([]byte{byte(i)}, 1400))
				}
				want = append(want, []byte("a shorter one"))
				if err := from.write(want, local(conn)); err != nil {
					t.Fatal(err)
				}
				slab := make([]byte, slabSize)
				for got := 0; got < len(want); {
					segs, err := to.read(slab, nil)
					if err != nil {
						t.Fatal(err)
					}
					for _, s := range segs {
						if b := slab[s.offset : s.offset+s.size]; !bytes.Equal(b, want[got]) {
							t.Fatalf("datagram %d has %d bytes", got, len(b))
						}
						got++
					}
				}
			})
		}
	}
}

// TestTooLongForItsRegionIsDropped: half a datagram is none.
func TestTooLongForItsRegionIsDropped(t *testing.T) {
	conn, b := batcherOn(t, false)
	_, from := batcherOn(t, false)
	if err := from.write([][]byte{make([]byte, smallRegion+1), []byte("short")}, local(conn)); err != nil {
		t.Fatal(err)
	}
	slab := make([]byte, slabSize)
	for {
		segs, err := b.read(slab, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(segs) == 0 {
			continue
		}
		if len(segs) != 1 || segs[0].size != 5 {
			t.Fatalf("got %v", segs)
		}
		return
	}
}

// TestRunThatTheKernelWillNotCutGoesOneByOne: for a socket without checksums it
// refuses to cut.
func TestRunThatTheKernelWillNotCutGoesOneByOne(t *testing.T) {
	conn, to := batcherOn(t, true)
	_, from := batcherOn(t, true)
	err := from.raw.Control(func(fd uintptr) {
		if err := unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_NO_CHECK, 1); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]byte{[]byte("one"), []byte("two"), []byte("six"), []byte("a longer one"), []byte("4444")}
	if err := from.write(want, local(conn)); err != nil {
		t.Fatal(err)
	}
	slab := make([]byte, slabSize)
	for got := 0; got < len(want); {
		segs, err := to.read(slab, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range segs {
			if b := slab[s.offset : s.offset+s.size]; !bytes.Equal(b, want[got]) {
				t.Fatalf("datagram %d is %q", got, b)
			}
			got++
		}
	}
}

func TestZonesSurvive(t *testing.T) {
	b := &mmsgBatcher{v6: true}
	var name unix.RawSockaddrInet6
	for _, text := range []string{"[fe80::1%7]:5", "[2001:db8::1]:65535", "192.0.2.1:1"} {
		at := netip.MustParseAddrPort(text)
		if _, err := b.sockaddr(&name, at); err != nil {
			t.Fatal(err)
		}
		if got := addrPort(&name); got != at {
			t.Errorf("%s came back as %s", at, got)
		}
	}
	if _, err := b.sockaddr(&name, netip.MustParseAddrPort("[fe80::1%nowhere0]:5")); err == nil {
		t.Error("an interface that is not there was found")
	}
}
