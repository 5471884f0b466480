package linktest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"net/netip"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/link"
)

// Side is one node's access to the network: a link.Socket, or a Node.
type Side interface {
	Dial(ctx context.Context, addr netip.AddrPort, peer link.Peer) (*link.Conn, error)
	Accept(ctx context.Context) (*link.Conn, error)
	LocalAddr() netip.AddrPort
	Close() error
}

// World is two nodes that can reach each other.
type World struct {
	Caller, Callee Side
	Who            wherry.Address // the caller's
	Peer           link.Peer      // the callee's
}

// Run holds an implementation to what link promises. open makes a fresh world
// and cleans it up with the test.
func Run(t *testing.T, open func(t *testing.T) World) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, w World)
	}{
		{"both sides know who the other is", testProven},
		{"frames go both ways", testFrames},
		{"last words arrive", testLastWords},
		{"frame over the limit", testFrameTooLong},
		{"frame of no bytes", testEmptyFrame},
		{"frame of garbage", testGarbageFrame},
		{"frame that is announced and never comes", testDeadline},
		{"frames of several writers do not mix", testWriters},
		{"wrong control key", testWrongControl},
		{"wrong identity", testWrongIdentity},
		{"nobody there", testNobody},
		{"a peer that is gone ends reading", testPeerCloses},
		{"accept ends with its context", testAcceptEnds},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open(t)) })
	}
}

type message struct {
	Text string `cbor:"1,keyasint"`
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// connect returns both ends of a connection. The callee learns of it with the
// first frame at the latest.
func connect(t *testing.T, w World) (caller, callee *link.Conn) {
	t.Helper()
	ctx := within(t)
	caller, err := w.Caller.Dial(ctx, w.Callee.LocalAddr(), w.Peer)
	if err != nil {
		t.Fatal(err)
	}
	if callee, err = w.Callee.Accept(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		caller.Close()
		callee.Close()
	})
	return caller, callee
}

func testProven(t *testing.T, w World) {
	a, b := connect(t, w)
	if a.Peer() != w.Peer.Address || b.Peer() != w.Who {
		t.Errorf("peers are %s and %s", a.Peer(), b.Peer())
	}
	if a.RemoteAddr() != w.Callee.LocalAddr() {
		t.Errorf("remote address is not the one that was dialled")
	}
}

func testFrames(t *testing.T, w World) {
	a, b := connect(t, w)
	for _, text := range []string{"", "one", string(bytes.Repeat([]byte{'x'}, 40_000))} {
		for _, dir := range [][2]*link.Conn{{a, b}, {b, a}} {
			if err := dir[0].WriteFrame(0, message{text}); err != nil {
				t.Fatal(err)
			}
			var got message
			if err := dir[1].ReadFrame(0, &got); err != nil || got.Text != text {
				t.Fatalf("frame of %d bytes: got %d, %v", len(text), len(got.Text), err)
			}
		}
	}
}

func testLastWords(t *testing.T, w World) {
	a, b := connect(t, w)
	for range 20 {
		if err := a.WriteFrame(0, message{string(make([]byte, 2000))}); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.WriteFrame(0, message{"goodbye"}); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	var got message
	for range 21 {
		if err := b.ReadFrame(0, &got); err != nil {
			t.Fatal(err)
		}
	}
	if got.Text != "goodbye" {
		t.Errorf("the last frame is %q", got.Text)
	}
	if err := b.ReadFrame(0, &got); !errors.Is(err, io.EOF) {
		t.Errorf("after the last frame: %v", err)
	}
}

func refused(t *testing.T, bytes []byte) func(t *testing.T, w World) {
	t.Helper()
	return func(t *testing.T, w World) {
		a, b := connect(t, w)
		if _, err := a.Write(bytes); err != nil {
			t.Fatal(err)
		}
		var got message
		if err := b.ReadFrame(0, &got); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("got %v", err)
		}
	}
}

func testFrameTooLong(t *testing.T, w World) {
	refused(t, []byte{0x40, 0, 0, 0})(t, w) // 1 GiB
	a, _ := connect(t, w)
	if err := a.WriteFrame(10, message{"more than ten bytes"}); err == nil {
		t.Error("a frame over the writer's own limit was written")
	}
}

func testEmptyFrame(t *testing.T, w World) { refused(t, make([]byte, 4))(t, w) }

func testGarbageFrame(t *testing.T, w World) { refused(t, []byte{0, 0, 0, 3, 0xff, 0xff, 0xff})(t, w) }

func testDeadline(t *testing.T, w World) {
	a, b := connect(t, w)
	if _, err := a.Write([]byte{0, 0, 1, 0, 1}); err != nil {
		t.Fatal(err)
	}
	if err := b.SetReadDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	var got message
	if err := b.ReadFrame(0, &got); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func testWriters(t *testing.T, w World) {
	a, b := connect(t, w)
	const writers, each = 8, 20
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			for range each {
				text := string(bytes.Repeat([]byte{byte('a' + i)}, 3000))
				if err := a.WriteFrame(0, message{text}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range writers * each {
		var got message
		if err := b.ReadFrame(0, &got); err != nil {
			t.Fatal(err)
		}
		if got.Text != string(bytes.Repeat([]byte{got.Text[0]}, 3000)) {
			t.Fatal("two frames mixed")
		}
	}
	wg.Wait()
}

func unreachable(t *testing.T, w World, addr netip.AddrPort, p link.Peer) {
	t.Helper()
	c, err := w.Caller.Dial(within(t), addr, p)
	if err == nil {
		c.Close()
	}
	if wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("got %v", err)
	}
}

func testWrongControl(t *testing.T, w World) {
	other := make(ed25519.PublicKey, ed25519.PublicKeySize)
	unreachable(t, w, w.Callee.LocalAddr(), link.Peer{Control: other, Address: w.Peer.Address})
}

func testWrongIdentity(t *testing.T, w World) {
	unreachable(t, w, w.Callee.LocalAddr(), link.Peer{Control: w.Peer.Control, Address: w.Who})
}

func testNobody(t *testing.T, w World) {
	if err := w.Callee.Close(); err != nil {
		t.Fatal(err)
	}
	unreachable(t, w, w.Callee.LocalAddr(), w.Peer)
}

func testPeerCloses(t *testing.T, w World) {
	a, _ := connect(t, w)
	if err := w.Callee.Close(); err != nil {
		t.Fatal(err)
	}
	if err := a.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	var got message
	if err := a.ReadFrame(0, &got); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func testAcceptEnds(t *testing.T, w World) {
	ctx, cancel := context.WithCancel(within(t))
	cancel()
	if _, err := w.Callee.Accept(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
