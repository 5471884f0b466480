package link_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/link/linktest"
)

var loopback = netip.MustParseAddrPort("127.0.0.1:0")

func key(n byte) *identity.Key {
	k, err := identity.KeyFromBytes(bytes.Repeat([]byte{n}, 32))
	if err != nil {
		panic(err)
	}
	return k
}

func control(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

// run opens a socket and runs it until the test ends.
func run(t testing.TB, cfg link.Config) *link.Socket {
	t.Helper()
	if !cfg.Listen.IsValid() {
		cfg.Listen = loopback
	}
	if cfg.HandshakeTimeout == 0 {
		cfg.HandshakeTimeout = 2 * time.Second
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	s, err := link.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
	})
	return s
}

func world(t *testing.T) linktest.World {
	callee := run(t, link.Config{Key: key(2), Control: control(2)})
	caller := run(t, link.Config{Key: key(1), HandshakeTimeout: 300 * time.Millisecond})
	return linktest.World{
		Caller: caller, Callee: callee, Who: key(1).Address(),
		Peer: link.Peer{Control: control(2).Public().(ed25519.PublicKey), Address: key(2).Address()},
	}
}

func TestSockets(t *testing.T) { linktest.Run(t, world) }

func TestPortBusy(t *testing.T) {
	s := run(t, link.Config{Key: key(1)})
	_, err := link.Open(link.Config{Key: key(1), Listen: s.LocalAddr()})
	if wherry.CodeOf(err) != wherry.Conflict || wherry.CodeOf(err).Info().Exit != 1 {
		t.Errorf("got %v", err)
	}
	if err == nil || !bytes.Contains([]byte(err.Error()), []byte("port ")) {
		t.Errorf("the error does not name the port: %v", err)
	}
}

func TestClosedSocketGivesThePortBack(t *testing.T) {
	s, err := link.Open(link.Config{Key: key(1), Listen: loopback})
	if err != nil {
		t.Fatal(err)
	}
	at := s.LocalAddr()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context()); err != nil && !errors.Is(err, net.ErrClosed) {
		t.Errorf("run a closed socket: %v", err)
	}
	again, err := link.Open(link.Config{Key: key(1), Listen: at})
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}
