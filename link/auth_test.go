package link

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
)

func testKey(n byte) *identity.Key {
	k, err := identity.KeyFromBytes(bytes.Repeat([]byte{n}, 32))
	if err != nil {
		panic(err)
	}
	return k
}

func testControl(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func testPeer(n byte) Peer {
	return Peer{Control: testControl(n).Public().(ed25519.PublicKey), Address: testKey(n).Address()}
}

// serve runs a socket with short bounds until the test ends.
func serve(t *testing.T, change ...func(*Config)) *Socket {
	t.Helper()
	cfg := Config{
		Listen: netip.MustParseAddrPort("127.0.0.1:0"), Key: testKey(1), Control: testControl(1), HandshakeTimeout: 300 * time.Millisecond,
	}
	for _, f := range change {
		f(&cfg)
	}
	s, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Run(t.Context()) }()
	t.Cleanup(func() {
		s.Close()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
	})
	return s
}

// stranger dials s with a plain QUIC client, as a browser would.
func stranger(t *testing.T, s *Socket) *quic.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	conf := &tls.Config{NextProtos: []string{"h3"}, InsecureSkipVerify: true} //nolint:gosec // the stranger does not care
	qc, err := quic.DialAddr(ctx, s.LocalAddr().String(), conf, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { qc.CloseWithError(0, "") })
	return qc
}

// turnedAway waits until s has ended qc, and compares what it said.
func turnedAway(t *testing.T, qc *quic.Conn, want quic.ApplicationErrorCode) {
	t.Helper()
	select {
	case <-qc.Context().Done():
	case <-time.After(10 * time.Second):
		t.Fatal("still connected")
	}
	app, ok := errors.AsType[*quic.ApplicationError](context.Cause(qc.Context()))
	if !ok || !app.Remote || app.ErrorCode != want || app.ErrorMessage != "" {
		t.Errorf("ended with %v, want %#x", context.Cause(qc.Context()), want)
	}
}

func nobodyCame(t *testing.T, s *Socket) {
	t.Helper()
	select {
	case c := <-s.accepted:
		t.Errorf("%s was let in", c.Peer())
	default:
	}
}

func TestCallerThatSaysNothingIsTurnedAway(t *testing.T) {
	s := serve(t)
	turnedAway(t, stranger(t, s), h3NoError)
	open := stranger(t, s)
	st, err := open.OpenStreamSync(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.Write([]byte{0, 0}); err != nil { // half of a length
		t.Fatal(err)
	}
	turnedAway(t, open, h3NoError)
	nobodyCame(t, s)
}

func TestCallerWithABadProofIsTurnedAway(t *testing.T) {
	s := serve(t)
	var other [32]byte
	signed := func(r role, ex []byte) []byte {
		var b bytes.Buffer
		if err := writeProof(&b, testKey(2), r, ex); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, frame := range map[string]func(ex []byte) []byte{
		"garbage":              func([]byte) []byte { return bytes.Repeat([]byte{0xee}, 200) },
		"a browser's request":  func([]byte) []byte { return []byte{1, 16, 0, 0, 0xd1, 0xd7, 0x50} },
		"1 GiB announced":      func([]byte) []byte { return []byte{0x40, 0, 0, 0, 1} },
		"nothing announced":    func([]byte) []byte { return make([]byte, 4) },
		"not a proof":          func([]byte) []byte { return []byte{0, 0, 0, 1, 0xa0} },
		"another connection's": func([]byte) []byte { return signed(dialling, other[:]) },
		"the other role's":     func(ex []byte) []byte { return signed(accepting, ex) },
		"somebody else's address": func(ex []byte) []byte {
			return bytes.Replace(signed(dialling, ex), addr(2), addr(3), 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			qc := stranger(t, s)
			ex, err := exporter(qc)
			if err != nil {
				t.Fatal(err)
			}
			st, err := qc.OpenStreamSync(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := st.Write(frame(ex)); err != nil {
				t.Fatal(err)
			}
			turnedAway(t, qc, h3GeneralError)
			nobodyCame(t, s)
		})
	}
}

func addr(n byte) []byte {
	a := testKey(n).Address()
	return a[:]
}

// TestStrangersProofIsTakenOnce shows that the frames above fail for what is
// wrong with them, and that a proof that was good once is worth nothing later.
func TestStrangersProofIsTakenOnce(t *testing.T) {
	s := serve(t)
	var proof []byte
	for i := range 2 {
		qc := stranger(t, s)
		st, err := qc.OpenStreamSync(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			ex, err := exporter(qc)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := writeProof(&b, testKey(2), dialling, ex); err != nil {
				t.Fatal(err)
			}
			proof = b.Bytes()
		}
		if _, err := st.Write(proof); err != nil {
			t.Fatal(err)
		}
		if i == 1 {
			turnedAway(t, qc, h3GeneralError)
			nobodyCame(t, s)
			continue
		}
		c, err := s.Accept(t.Context())
		if err != nil || c.Peer() != testKey(2).Address() {
			t.Fatalf("got %v", err)
		}
		c.Close()
	}
}

// rival answers callers with a certificate of control key 1 and does with their
// stream what f says.
func rival(t *testing.T, f func(qc *quic.Conn, st *quic.Stream)) netip.AddrPort {
	t.Helper()
	conf, err := serverTLS(testControl(1))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := quic.ListenAddr("127.0.0.1:0", conf, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			qc, err := ln.Accept(t.Context())
			if err != nil {
				return
			}
			st, err := qc.AcceptStream(t.Context())
			if err != nil {
				return
			}
			f(qc, st)
		}
	}()
	return ln.Addr().(*net.UDPAddr).AddrPort()
}

func TestProviderWithABadProofIsLeft(t *testing.T) {
	s := serve(t, func(c *Config) { c.Key = testKey(2) })
	send := func(k *identity.Key, r role) func(*quic.Conn, *quic.Stream) {
		return func(qc *quic.Conn, st *quic.Stream) {
			ex, err := exporter(qc)
			if err == nil {
				err = writeProof(st, k, r, ex)
			}
			if err != nil {
				t.Error(err)
			}
		}
	}
	for name, c := range map[string]struct {
		f    func(*quic.Conn, *quic.Stream)
		peer Peer
		want wherry.Code
	}{
		"control: a good one": {send(testKey(1), accepting), testPeer(1), ""},
		"another identity":    {send(testKey(3), accepting), testPeer(1), wherry.Unreachable},
		"the other role":      {send(testKey(1), dialling), testPeer(1), wherry.Unreachable},
		"our own, reflected": {
			func(_ *quic.Conn, st *quic.Stream) { _, _ = io.Copy(st, st) },
			Peer{Control: testPeer(1).Control, Address: testKey(2).Address()},
			wherry.Unreachable,
		},
		"none":             {func(*quic.Conn, *quic.Stream) {}, testPeer(1), wherry.Unreachable},
		"garbage":          {func(_ *quic.Conn, st *quic.Stream) { st.Write([]byte("HTTP/1.1 200 OK\r\n")) }, testPeer(1), wherry.Unreachable},
		"a closed door":    {func(qc *quic.Conn, _ *quic.Stream) { qc.CloseWithError(h3GeneralError, "") }, testPeer(1), wherry.Refused},
		"too many callers": {func(qc *quic.Conn, _ *quic.Stream) { qc.CloseWithError(h3ExcessiveLoad, "") }, testPeer(1), wherry.Busy},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			conn, err := s.Dial(t.Context(), rival(t, c.f), c.peer)
			if err == nil {
				conn.Close()
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("it took %s", took)
			}
			if wherry.CodeOf(err) != c.want {
				t.Errorf("got %v (%s), want %q", err, wherry.CodeOf(err), c.want)
			}
		})
	}
}

func TestDialEndsWithItsContext(t *testing.T) {
	s := serve(t, func(c *Config) { c.HandshakeTimeout = time.Minute })
	silent, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Dial(ctx, silent.LocalAddr().(*net.UDPAddr).AddrPort(), testPeer(2)); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("got %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	if _, err := s.Dial(ctx, silent.LocalAddr().(*net.UDPAddr).AddrPort(), testPeer(2)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestDialWithoutAPeer(t *testing.T) {
	s := serve(t)
	at := s.LocalAddr()
	for _, p := range []Peer{{}, {Control: testPeer(1).Control}, {Address: testPeer(1).Address}, {Control: make([]byte, 5), Address: testPeer(1).Address}} {
		if _, err := s.Dial(t.Context(), at, p); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%v: %v", p, err)
		}
	}
	if _, err := s.Dial(t.Context(), netip.AddrPort{}, testPeer(1)); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("no address: %v", err)
	}
}

func TestStrangersAreBounded(t *testing.T) {
	for name, max := range map[string]int{"in all": 1, "per source": 4} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(c *Config) { c.MaxStrangers, c.HandshakeTimeout = max, 500*time.Millisecond })
			caller := serve(t, func(c *Config) { c.Key, c.Control = testKey(2), nil })
			first := stranger(t, s) // from the same source as the caller
			_, err := caller.Dial(t.Context(), s.LocalAddr(), testPeer(1))
			if wherry.CodeOf(err) != wherry.Busy {
				t.Errorf("while a stranger is there: %v", err)
			}
			turnedAway(t, first, h3NoError)
			for range 3 { // and proven callers do not take places
				defer dialWhenFree(t, caller, s).Close()
			}
		})
	}
}

// dialWhenFree dials as soon as a place is free: the side that accepts gives one
// back a moment after the other side has heard of it.
func dialWhenFree(t *testing.T, caller, s *Socket) *Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	for {
		c, err := caller.Dial(ctx, s.LocalAddr(), testPeer(1))
		if err == nil {
			return c
		}
		if wherry.CodeOf(err) != wherry.Busy {
			t.Fatalf("no place came free: %v", err)
		}
	}
}

func TestConnectionsAreBounded(t *testing.T) {
	s := serve(t, func(c *Config) { c.MaxConns = 1 })
	caller := serve(t, func(c *Config) { c.Key, c.Control = testKey(2), nil })
	first, err := caller.Dial(t.Context(), s.LocalAddr(), testPeer(1))
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := caller.Dial(t.Context(), s.LocalAddr(), testPeer(1))
	if err == nil { // the refusal may come behind the proof
		var got string
		err = second.ReadFrame(0, &got)
		second.Close()
	}
	if err == nil || errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
	if c, err := s.Accept(t.Context()); err != nil || c.Peer() != testKey(2).Address() {
		t.Errorf("the first: %v", err)
	}
	nobodyCame(t, s)
}

func TestSilentPeerIsUnreachable(t *testing.T) {
	s := serve(t)
	caller := serve(t, func(c *Config) { c.Key, c.Control, c.IdleTimeout = testKey(2), nil, 200*time.Millisecond })
	c, err := caller.Dial(t.Context(), s.LocalAddr(), testPeer(1))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var got string
	if err := c.ReadFrame(0, &got); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("got %v", err)
	}
}

// TestLooksLikeHTTP3 is what a prober sees: the ALPN, TLS 1.3, and a control
// stream with SETTINGS.
func TestLooksLikeHTTP3(t *testing.T) {
	s := serve(t)
	qc := stranger(t, s)
	state := qc.ConnectionState().TLS
	if state.NegotiatedProtocol != "h3" || state.Version != tls.VersionTLS13 {
		t.Errorf("speaks %q over %#x", state.NegotiatedProtocol, state.Version)
	}
	if !testPeer(1).Control.Equal(state.PeerCertificates[0].PublicKey) {
		t.Error("the certificate is not the control key's")
	}
	st, err := qc.AcceptUniStream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := make([]byte, len(h3Settings))
	if _, err := io.ReadFull(st, b); err != nil || !bytes.Equal(b, h3Settings) {
		t.Errorf("got %x, %v", b, err)
	}
	turnedAway(t, qc, h3NoError)
}

func TestOpenWithoutKeys(t *testing.T) {
	if _, err := Open(Config{}); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("no identity: %v", err)
	}
	if _, err := Open(Config{Key: testKey(1), Control: make([]byte, 5)}); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a short control key: %v", err)
	}
}

func FuzzClassify(f *testing.F) {
	for _, b := range [][]byte{
		{},
		{1},
		make([]byte, 148), append([]byte{1, 0, 0, 0}, make([]byte, 144)...), append([]byte{4, 0, 0, 0}, make([]byte, 28)...),
		bytes.Repeat([]byte{0xc0}, 1200), bytes.Repeat([]byte{0x40}, 21),
	} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		switch k := classify(b); k {
		case kindWireGuard:
			if len(b) < minTransport || b[0] < 1 || b[0] > 4 || b[1]|b[2]|b[3] != 0 || b[0] != 4 && len(b) > sizeInitiation {
				t.Errorf("% x is WireGuard's", b)
			}
		case kindQUIC:
			if len(b) < minQUIC || b[0]&0x40 == 0 {
				t.Errorf("% x is QUIC's", b)
			}
		case kindJunk:
			if len(b) >= minQUIC && b[0]&0x40 != 0 {
				t.Errorf("% x is junk", b)
			}
		}
	})
}

func FuzzProof(f *testing.F) {
	var good bytes.Buffer
	if err := writeProof(&good, testKey(1), dialling, make([]byte, 32)); err != nil {
		f.Fatal(err)
	}
	f.Add(good.Bytes())
	f.Add([]byte{0x40, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		who, err := readProof(bytes.NewReader(b), dialling, make([]byte, 32))
		if err == nil && who != testKey(1).Address() {
			t.Errorf("%x proves %s", b, who)
		}
	})
}

// scripted is a stream that says b and then ends.
type scripted struct {
	Stream
	*bytes.Reader
}

func (s scripted) Read(p []byte) (int, error)  { return s.Reader.Read(p) }
func (s scripted) Write(p []byte) (int, error) { return len(p), nil }

func FuzzFrame(f *testing.F) {
	f.Add([]byte{0, 0, 0, 2, 0xa1, 0})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{0, 0, 0, 9, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		c := NewConn(scripted{Reader: bytes.NewReader(b)}, wherry.Address{1}, netip.AddrPort{})
		for {
			var v any
			if err := c.ReadFrame(1000, &v); err != nil {
				if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && wherry.CodeOf(err) != wherry.Invalid {
					t.Errorf("%x: %v", b, err)
				}
				return
			}
		}
	})
}
