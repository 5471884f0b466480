package servicetest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
)

// page is a web server on loopback with a body of random bytes.
func page(t testing.TB, host string, size int) (addr netip.AddrPort, sum [32]byte) {
	t.Helper()
	body := make([]byte, size)
	_, _ = rand.Read(body)
	l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		t.Skipf("no %s here: %v", host, err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet:
			_, _ = w.Write(body)
		case http.MethodPost:
			h := sha256.New()
			n, _ := io.Copy(h, r.Body)
			fmt.Fprintf(w, "%d %x", n, h.Sum(nil))
		}
	}))
	_ = s.Listener.Close()
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return netip.MustParseAddrPort(l.Addr().String()), sha256.Sum256(body)
}

// client is a web client that goes through the tunnel.
func (c *Consumer) client(t testing.TB) *http.Client {
	tr := &http.Transport{DialContext: c.DialContext}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: 30 * time.Second}
}

func get(t testing.TB, c *http.Client, url string) []byte {
	t.Helper()
	r, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPageThroughTheTunnel(t *testing.T) {
	for _, host := range []string{"127.0.0.1", "::1"} {
		t.Run(host, func(t *testing.T) {
			addr, sum := page(t, host, 3<<20)
			n := NewNetwork()
			p := NewProvider(t, n, NewExit(t, addr))
			c := NewConsumer(t, n, p, 0)
			start := time.Now()
			b := get(t, c.client(t), "http://"+addr.String()+"/")
			t.Logf("%d bytes in %v", len(b), time.Since(start))
			if sha256.Sum256(b) != sum {
				t.Fatalf("the page came through changed, %d bytes", len(b))
			}
		})
	}
}

func TestUploadThroughTheTunnel(t *testing.T) {
	addr, _ := page(t, "127.0.0.1", 1)
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t, addr))
	c := NewConsumer(t, n, p, 0)
	h := sha256.New()
	const size = 5 << 20
	r, err := c.client(t).Post("http://"+addr.String()+"/", "", io.TeeReader(io.LimitReader(rand.Reader, size), h))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, _ := io.ReadAll(r.Body)
	if want := fmt.Sprintf("%d %x", size, h.Sum(nil)); string(b) != want {
		t.Fatalf("the server got %s, want %s", b, want)
	}
}

func TestRefusedDestinationIsResetQuickly(t *testing.T) {
	addr, _ := page(t, "127.0.0.1", 1)
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t, addr))
	c := NewConsumer(t, n, p, 0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, to := range []string{l.Addr().String(), "10.77.0.9:80", "192.168.1.1:80", "10.77.0.1:80"} {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		conn, err := c.DialContext(ctx, "tcp", to)
		cancel()
		if err == nil {
			_ = conn.Close()
			t.Errorf("%s: connected, want a refusal", to)
		} else if ctx.Err() == context.DeadlineExceeded {
			t.Errorf("%s: no answer, want a refusal", to)
		}
	}
}

// anywhere is an exit that would dial whatever it is told to.
type anywhere struct{ asked chan netip.AddrPort }

func (a anywhere) DialContext(ctx context.Context, _ netip.Addr, network string, to netip.AddrPort) (net.Conn, error) {
	a.asked <- to
	return (&net.Dialer{}).DialContext(ctx, network, to.String())
}

func (anywhere) Exchange(context.Context, []byte, bool) ([]byte, error) {
	return nil, errors.New("no names")
}

// TestTheDeviceItselfIsNoDestination checks that even an exit without a policy is not
// asked for the device's own addresses.
func TestTheDeviceItselfIsNoDestination(t *testing.T) {
	n := NewNetwork()
	x := anywhere{make(chan netip.AddrPort, 10)}
	c := NewConsumer(t, n, NewProvider(t, n, x), 0)
	for _, a := range []netip.Addr{Provider4, Provider6} {
		to := netip.AddrPortFrom(a, 4321)
		if conn, err := c.Dial(t.Context(), "tcp", to); wherry.CodeOf(err) != wherry.Refused {
			t.Errorf("%v: %v, %v", to, conn, err)
		}
		u, err := c.Dial(t.Context(), "udp", to)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = u.Write([]byte("x"))
		_ = u.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
		_, _ = u.Read(make([]byte, 10))
		_ = u.Close()
	}
	select {
	case to := <-x.asked:
		t.Errorf("the exit was asked for %v", to)
	default:
	}
}
