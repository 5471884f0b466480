package linktest_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/link"
	"github.com/wherrynet/wherry/link/linktest"
)

func world(t *testing.T) linktest.World {
	control := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	var n linktest.Network
	w := linktest.World{Who: wherry.Address{1}, Peer: link.Peer{Control: control, Address: wherry.Address{2}}}
	caller, callee := n.Node(w.Who, nil), n.Node(w.Peer.Address, control)
	w.Caller, w.Callee = caller, callee
	t.Cleanup(func() {
		caller.Close()
		callee.Close()
	})
	return w
}

func TestNetworkInMemory(t *testing.T) { linktest.Run(t, world) }

func TestNodeThatVanishesIsSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := world(t)
		a, err := w.Caller.Dial(t.Context(), w.Callee.LocalAddr(), w.Peer)
		if err != nil {
			t.Fatal(err)
		}
		b, err := w.Callee.Accept(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		w.Callee.(*linktest.Node).Vanish()
		b.Close()
		if err := a.WriteFrame(0, "is there anybody?"); err != nil {
			t.Errorf("writing into the void: %v", err)
		}
		a.SetReadDeadline(time.Now().Add(time.Hour))
		var got string
		if err := a.ReadFrame(0, &got); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("reading from the void: %v", err)
		}
	})
}
