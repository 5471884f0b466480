package wireguard

import (
	"context"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/transport/udp"
	"gvisor.dev/gvisor/pkg/waiter"
)

// endOf is a socket of a stack that nothing happens to; a flow wants one to cut off.
func endOf(t *testing.T) (tcpip.Endpoint, *waiter.Queue) {
	t.Helper()
	n, _ := consumerNIC(t)
	var wq waiter.Queue
	ep, err := n.stack.NewEndpoint(udp.ProtocolNumber, protocolOf(here4.Addr()), &wq)
	if err != nil {
		t.Fatal(tcpipError(err))
	}
	return ep, &wq
}

func TestSilentDatagramFlowsEnd(t *testing.T) {
	ep, wq := endOf(t)
	synctest.Test(t, func(t *testing.T) {
		p := newPeer(Peer{Key: Key{1}}, 10)
		fl := p.begin(t.Context())
		peerSide, in := net.Pipe()
		outside, out := net.Pipe()
		fl.attach(ep, wq, in, out)
		start := time.Now()
		go func() {
			b := make([]byte, 10)
			for range 5 { // something every 50 s keeps it
				time.Sleep(50 * time.Second)
				_, _ = peerSide.Write([]byte("x"))
				_, _ = outside.Read(b)
			}
		}()
		fl.relay(udpIdle)
		if took := time.Since(start); took != 5*50*time.Second+udpIdle {
			t.Errorf("the flow ended after %v", took)
		}
		if len(p.flows) != 0 {
			t.Error("the flow still takes room")
		}
	})
}

func TestFlowsEndWithTheirPeer(t *testing.T) {
	ep, wq := endOf(t)
	synctest.Test(t, func(t *testing.T) {
		p := newPeer(Peer{Key: Key{1}}, 2)
		fl, early := p.begin(t.Context()), p.begin(t.Context())
		if p.begin(t.Context()) != nil {
			t.Error("a third flow where there is room for two")
		}
		_, in := net.Pipe()
		_, out := net.Pipe()
		fl.attach(ep, wq, in, out)
		done := make(chan struct{})
		go func() {
			fl.relay(udpIdle)
			close(done)
		}()
		synctest.Wait()
		p.end()
		<-done
		if fl.ctx.Err() != context.Canceled || early.ctx.Err() != context.Canceled {
			t.Error("a flow's context outlives it")
		}
		// What is attached after the end is closed at once.
		late, other := net.Pipe()
		early.attach(ep, wq, late, other)
		if _, err := late.Write([]byte("x")); err == nil {
			t.Error("a flow that has ended takes data")
		}
		if p.begin(t.Context()) != nil {
			t.Error("a peer that is gone opens a flow")
		}
	})
}
