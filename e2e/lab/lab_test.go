package lab_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/netip"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/e2e/lab"
)

// echo answers what comes over TCP and UDP on a host.
func echo(t *testing.T, h *lab.Host, at netip.AddrPort) {
	l := h.Listen(at)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.Copy(c, c); _ = c.Close() }()
		}
	}()
	p := h.ListenPacket(at)
	go func() {
		b := make([]byte, 2048)
		for {
			n, from, err := p.ReadFrom(b)
			if err != nil {
				return
			}
			_, _ = p.WriteTo(b[:n], from)
		}
	}()
}

// ask sends a word and waits for its echo.
func ask(ctx context.Context, h *lab.Host, network string, to netip.AddrPort) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	c, err := h.Dial(ctx, network, to)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(2 * time.Second)); err != nil {
		return 0, err
	}
	began := time.Now()
	if _, err := c.Write([]byte("word")); err != nil {
		return 0, err
	}
	b := make([]byte, 4)
	if _, err := io.ReadFull(c, b); err != nil {
		return 0, err
	}
	return time.Since(began), nil
}

func TestHomeIsAsDrawn(t *testing.T) {
	l := lab.New(t)
	h := l.NewHome()
	eyes, wan := h.Router.Capture(lab.Side), h.Router.Capture("wan")
	for _, a := range []netip.Addr{lab.Web4, lab.Web6, lab.Provider4, lab.Provider6, lab.Ledger4} {
		at := netip.AddrPortFrom(a, 7)
		host := map[netip.Addr]*lab.Host{
			lab.Web4: h.Web, lab.Web6: h.Web, lab.Provider4: h.Provider, lab.Provider6: h.Provider, lab.Ledger4: h.Ledger,
		}[a]
		echo(t, host, at)
		for _, network := range []string{"tcp", "udp"} {
			if _, err := ask(t.Context(), h.Consumer, network, at); err != nil {
				t.Errorf("consumer to %s by %s: %v", at, network, err)
			}
		}
		seen := func() int {
			return eyes.Count(func(p lab.Packet) bool { return p.UDP() && p.Dst == at && bytes.Equal(p.Payload, []byte("word")) })
		}
		for range 200 { // the eyes read after the packet has passed
			if seen() > 0 {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		if n := seen(); n != 1 {
			t.Errorf("%d datagrams to %s were seen on the consumer's cable", n, at)
		}
	}
	if n := wan.Count(func(p lab.Packet) bool { return p.Src.Addr() == lab.Consumer4 || p.Dst.Addr() == lab.Consumer4 }); n > 0 {
		t.Errorf("%d packets with the consumer's own address on the router's outer side", n)
	}

	echo(t, h.ProviderLAN, netip.AddrPortFrom(lab.ProviderLAN4, 7))
	if _, err := ask(t.Context(), h.Consumer, "udp", netip.AddrPortFrom(lab.ProviderLAN4, 7)); err == nil {
		t.Error("the provider's LAN is reached from outside")
	}
	if _, err := ask(t.Context(), h.Provider, "udp", netip.AddrPortFrom(lab.ProviderLAN4, 7)); err != nil {
		t.Errorf("the provider does not reach its LAN: %v", err)
	}
	echo(t, h.Consumer, netip.AddrPortFrom(lab.Consumer6, 7))
	if _, err := ask(t.Context(), h.Web, "udp", netip.AddrPortFrom(lab.Consumer6, 7)); err == nil {
		t.Error("the router lets strangers in by IPv6")
	}
}

// No host reaches what the machine reaches.
func TestLabHasNoWayOut(t *testing.T) {
	l := lab.New(t)
	h := l.NewHome()
	var lc net.ListenConfig
	own, err := lc.Listen(t.Context(), "tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	port := own.Addr().(*net.TCPAddr).AddrPort().Port()
	tried := 0
	for _, a := range addrs {
		p, err := netip.ParsePrefix(a.String())
		if err != nil || !p.Addr().Is4() {
			continue
		}
		to := netip.AddrPortFrom(p.Addr(), port)
		if c, err := (&net.Dialer{Timeout: time.Second}).DialContext(t.Context(), "tcp", to.String()); err != nil {
			t.Errorf("control: the machine does not reach itself at one of its addresses: %v", err)
		} else {
			_ = c.Close()
		}
		for _, host := range []*lab.Host{h.Consumer, h.Internet} {
			if _, err := ask(t.Context(), host, "tcp", to); err == nil {
				t.Errorf("%s reaches the machine itself", host.Name)
			}
		}
		tried++
	}
	if tried == 0 {
		t.Error("the machine has no address, not even a loopback")
	}
}

func TestLongCableDelaysLosesAndReorders(t *testing.T) {
	l := lab.New(t)
	a, b := l.Host("a"), l.Host("b")
	c := l.LongCable(lab.End{Host: a, Dev: "eth0"}, lab.End{Host: b, Dev: "eth0"}, lab.Path{Delay: 30 * time.Millisecond})
	a.Address("eth0", "10.9.0.1/24")
	b.Address("eth0", "10.9.0.2/24")
	at := netip.MustParseAddrPort("10.9.0.2:7")
	echo(t, b, at)
	if _, err := ask(t.Context(), a, "udp", at); err != nil { // ARP
		t.Fatal(err)
	}
	took, err := ask(t.Context(), a, "udp", at)
	if err != nil || took < 60*time.Millisecond {
		t.Errorf("a round trip took %v (%v), over a cable of 30 ms each way", took, err)
	}

	arrived := b.ListenPacket(netip.MustParseAddrPort("10.9.0.2:9"))
	send := func(n int) (got []byte) {
		conn, err := a.Dial(t.Context(), "udp", netip.MustParseAddrPort("10.9.0.2:9"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		for i := range n {
			if _, err := conn.Write([]byte{byte(i)}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Millisecond)
		}
		buf := make([]byte, 16)
		for {
			if err := arrived.SetReadDeadline(time.Now().Add(300 * time.Millisecond)); err != nil {
				t.Fatal(err)
			}
			if _, _, err := arrived.ReadFrom(buf); err != nil {
				return got
			}
			got = append(got, buf[0])
		}
	}
	ordered := func(b []byte) bool {
		for i := 1; i < len(b); i++ {
			if b[i] < b[i-1] {
				return false
			}
		}
		return true
	}
	c.Change(lab.Path{})
	if got := send(100); len(got) != 100 || !ordered(got) {
		t.Errorf("a plain cable: %d of 100 arrived, in order %v", len(got), ordered(got))
	}
	c.Change(lab.Path{Loss: 0.5})
	if got := send(200); len(got) < 50 || len(got) > 150 {
		t.Errorf("half are lost: %d of 200 arrived", len(got))
	}
	c.Change(lab.Path{Reorder: 0.3})
	if got := send(100); len(got) != 100 || ordered(got) {
		t.Errorf("some overtake: %d of 100 arrived, in order %v", len(got), ordered(got))
	}
}

// What a test leaves behind is removed with it.
func TestNothingIsLeft(t *testing.T) {
	var ns string
	t.Run("lab", func(t *testing.T) {
		h := lab.New(t).Host("left")
		ns = h.NS
		if err := h.Command(context.WithoutCancel(t.Context()), "sleep", "1000").Start(); err != nil {
			t.Fatal(err)
		}
		for range 100 {
			if len(h.PIDs()) > 0 {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Error("the program did not start")
	})
	out, err := exec.CommandContext(t.Context(), "ip", "netns", "list").Output()
	if err != nil {
		t.Fatal(err)
	}
	if ns != "" && strings.Contains(string(out), ns) {
		t.Errorf("%s is still there", ns)
	}
}
