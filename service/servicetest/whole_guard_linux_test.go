package servicetest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/needs"
	"github.com/wherrynet/wherry/service/wireguard"
)

// reaches dials and says whether it worked within a while.
func reaches(s *Space, to netip.AddrPort) bool { return dials(s, to, 5*time.Second) }

// tries is reaches for what should not work, and looks for a moment only.
func tries(s *Space, to netip.AddrPort) bool { return dials(s, to, 300*time.Millisecond) }

func dials(s *Space, to netip.AddrPort, wait time.Duration) bool {
	ctx, cancel := context.WithTimeout(s.t.Context(), wait)
	defer cancel()
	c, err := s.DialContext(ctx, "tcp", to.String())
	if err != nil {
		return false
	}
	_ = c.Close()
	return true
}

// serveEcho echoes streams on l.
func serveEcho(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			_, _ = io.Copy(c, c)
		}()
	}
}

func says(t *testing.T, c net.Conn, word string) {
	t.Helper()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(c, word); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, len(word))
	if _, err := io.ReadFull(c, b); err != nil || !bytes.Equal(b, []byte(word)) {
		t.Fatalf("%q comes back, %v", b, err)
	}
}

// TestWholeMachineWaitsForItsAllowance has control pass and nothing else, until
// somebody has paid.
func TestWholeMachineWaitsForItsAllowance(t *testing.T) {
	w := JoinWhole(t, NewNetwork())
	web := netip.AddrPortFrom(Web4, 80)
	go serveEcho(w.Web.Listen(web))
	if tries(w.Here, web) {
		t.Fatal("without an allowance the website answers")
	}
	l, err := w.Provider.ListenTCP(netip.AddrPortFrom(Provider4, 700))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go serveEcho(l)
	c, err := w.Consumer.Dial(t.Context(), "tcp", netip.AddrPortFrom(Provider4, 700))
	if err != nil {
		t.Fatalf("control does not pass: %v", err)
	}
	defer c.Close()
	says(t, c, "hello")
	if used := w.Provider.Count(w.Consumer.Key).Total(); used == 0 || used > wireguard.FirstSlack {
		t.Errorf("%d bytes used, the slack is %d", used, wireguard.FirstSlack)
	}

	const allowed = 400 << 10
	if err := w.Provider.SetAllowance(w.Consumer.Key, allowed); err != nil {
		t.Fatal(err)
	}
	out, err := w.Here.DialContext(t.Context(), "tcp", web.String())
	if err != nil {
		t.Fatalf("with an allowance: %v", err)
	}
	defer out.Close()
	_ = out.SetDeadline(time.Now().Add(time.Second))
	for err == nil { // far more than allowed
		_, err = out.Write(make([]byte, 64<<10))
	}
	if used := w.Provider.Count(w.Consumer.Key).Total(); used > allowed || used < allowed*9/10 {
		t.Errorf("%d bytes passed of %d", used, allowed)
	}
	// What is left is less than a segment. A few connections use it up.
	eventually(t, "the website is silent", func() bool { return !tries(w.Here, web) })
	says(t, c, "here is money")
	if err := w.Provider.SetAllowance(w.Consumer.Key, 100<<20); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the website answers again", func() bool { return reaches(w.Here, web) })
}

// TestWholeMachineIsShutFromOutside tries what listens at both ends from the other.
func TestWholeMachineIsShutFromOutside(t *testing.T) {
	w := NewWhole(t, NewNetwork())
	at := ConsumerAddrs(0)[0]
	go serveEcho(w.Here.Listen(netip.AddrPortFrom(netip.IPv4Unspecified(), 22)))
	go serveEcho(w.There.Listen(netip.AddrPortFrom(netip.IPv4Unspecified(), 22)))
	go serveEcho(w.Web.Listen(netip.AddrPortFrom(Web4, 80)))
	if !reaches(w.Here, netip.AddrPortFrom(Web4, 80)) || !reaches(w.Here, netip.AddrPortFrom(at, 22)) {
		t.Fatal("the tunnel doesn't work, or the listener")
	}
	// The provider's computer, on its tunnel address: only what the device serves.
	if tries(w.Here, netip.AddrPortFrom(Provider4, 22)) {
		t.Error("a client reaches what listens on the provider's computer")
	}

	// The consumer's computer, from the website and the provider.
	settle := func() (here, there uint64) {
		eventually(t, "all has arrived", func() bool {
			a, b := w.Provider.Count(w.Consumer.Key), w.Consumer.Count(w.Provider.PublicKey())
			time.Sleep(50 * time.Millisecond)
			return a == w.Provider.Count(w.Consumer.Key) && b == w.Consumer.Count(w.Provider.PublicKey())
		})
		return w.Consumer.Count(w.Provider.PublicKey()).In, w.Provider.Count(w.Consumer.Key).Out
	}
	here, there := settle()
	for _, from := range []*Space{w.Web, w.There} {
		if tries(from, netip.AddrPortFrom(at, 22)) {
			t.Error("the consumer's computer answers strangers")
		}
	}
	here2, there2 := settle()
	if here2 != here {
		t.Errorf("the consumer pays for %d bytes that it did not ask for", here2-here)
	}
	if there2 == there {
		t.Error("nothing came as far as the tunnel: the test shows nothing")
	}

	// With the rule that belongs there, the provider carries none of it.
	needs.Program(t, "nft")
	w.There.Exec("nft", "add table inet x; add chain inet x f { type filter hook forward priority 0 ; }; "+
		"add rule inet x f oifname wherry0 ct state established,related accept; add rule inet x f oifname wherry0 drop")
	if tries(w.Web, netip.AddrPortFrom(at, 22)) {
		t.Error("the consumer's computer answers strangers")
	}
	if _, there3 := settle(); there3 != there2 {
		t.Errorf("%d bytes that nobody asked for are carried", there3-there2)
	}
	if !reaches(w.Here, netip.AddrPortFrom(Web4, 80)) {
		t.Error("answers don't come in any more")
	}
}

func TestWholeMachineRoams(t *testing.T) {
	w := NewWhole(t, NewNetwork())
	web := netip.AddrPortFrom(Web4, 80)
	go serveEcho(w.Web.Listen(web))
	c, err := w.Here.DialContext(t.Context(), "tcp", web.String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for i := range 4 {
		if i > 0 {
			w.Consumer.Wire.Roam()
		}
		says(t, c, fmt.Sprintf("word %d", i))
	}
	// The provider speaks first after a move: only Renew can have told it where.
	served := w.Web.Listen(netip.AddrPortFrom(Web4, 81))
	silent, err := w.Here.DialContext(t.Context(), "tcp", served.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	far, err := served.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	w.Consumer.Wire.Roam()
	if err := w.Consumer.Renew(w.Provider.PublicKey()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	_, _ = far.Write([]byte("x"))
	_ = silent.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.ReadFull(silent, make([]byte, 1)); err != nil {
		t.Errorf("after a move the provider's word does not come: %v", err)
	}
	if err := w.Consumer.Renew(wireguard.Key{9}); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("renewed with nobody: %v", err)
	}
}

// TestWholeMachineSwitches hands the interface from one session to the next and
// back, while the sessions' own control goes on.
func TestWholeMachineSwitches(t *testing.T) {
	n := NewNetwork()
	w := NewWhole(t, n)
	web := netip.AddrPortFrom(Web4, 80)
	go serveEcho(w.Web.Listen(web))
	if !reaches(w.Here, web) {
		t.Fatal("the first session does not work")
	}
	// The second session ends at the same provider, under the next address.
	second := &Consumer{Wire: n.Listen()}
	second.Device = device(t, wireguard.Config{Wire: second.Wire, TUN: true})
	second.join(t, w.Provider, w.Provider.Wire.LocalAddr(), 1)
	if err := w.Provider.SetAllowance(second.Key, 1<<30); err != nil {
		t.Fatal(err)
	}
	l, err := w.Provider.ListenTCP(netip.AddrPortFrom(Provider4, 700))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go serveEcho(l)
	control, err := second.Dial(t.Context(), "tcp", netip.AddrPortFrom(Provider4, 700))
	if err != nil {
		t.Fatalf("a session without the interface has no control: %v", err)
	}
	defer control.Close()
	says(t, control, "spare")

	for _, a := range ConsumerAddrs(0) {
		w.Here.IP(fmt.Sprintf("addr del %v dev wherry0", netip.PrefixFrom(a, a.BitLen())))
	}
	for _, a := range ConsumerAddrs(1) {
		w.Here.IP(fmt.Sprintf("addr add %v dev wherry0 nodad", netip.PrefixFrom(a, a.BitLen())))
	}
	w.Here.IP("route replace default dev wherry0")
	if tries(w.Here, web) {
		t.Error("the first session carries the second's address")
	}
	if err := second.Attach(w.TUN); err != nil {
		t.Fatal(err)
	}
	before := w.Consumer.Count(w.Provider.PublicKey())
	if !reaches(w.Here, web) {
		t.Fatal("the second session does not work")
	}
	if w.Consumer.Count(w.Provider.PublicKey()) != before {
		t.Error("the first session goes on")
	}
	says(t, control, "used")
	// The first ends, and the interface stays; the second lets it go, and nothing passes.
	_ = w.Consumer.Close()
	if !reaches(w.Here, web) {
		t.Error("the end of the first session has taken the interface along")
	}
	second.Detach()
	if tries(w.Here, web) {
		t.Error("without a session something passes")
	}
	if err := second.Attach(w.TUN); err != nil {
		t.Fatal(err)
	}
	if !reaches(w.Here, web) {
		t.Error("attached again it does not work")
	}
	if err := w.Consumer.Attach(w.TUN); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("attached to a closed device: %v", err)
	}
	if !reaches(w.Here, web) {
		t.Error("a closed device has taken the interface away")
	}
	// Somebody removes the interface.
	w.Here.IP("link del wherry0")
	select {
	case <-w.TUN.Done():
	case <-time.After(5 * time.Second):
		t.Fatal("nobody noticed that the interface is gone")
	}
	says(t, control, "still here")
	if err := second.Attach(w.TUN); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("attached to what is gone: %v", err)
	}
}
