package servicetest

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"testing"
	"time"
)

// website serves size random bytes in the namespace of the website, and takes what
// is posted.
func (w *Whole) website(t testing.TB, at netip.AddrPort, size int) (sum [32]byte) {
	t.Helper()
	body := make([]byte, size)
	_, _ = rand.Read(body)
	l := w.Web.Listen(at)
	s := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			h := sha256.New()
			_, _ = io.Copy(h, r.Body)
			fmt.Fprintf(rw, "%x", h.Sum(nil))
			return
		}
		_, _ = rw.Write(body)
	})}
	t.Cleanup(func() { _ = s.Close() })
	go func() { _ = s.Serve(l) }()
	return sha256.Sum256(body)
}

// echo answers datagrams in the namespace of the website.
func (w *Whole) echo(at netip.AddrPort) {
	c := w.Web.ListenUDP(at)
	go func() {
		b := make([]byte, 64<<10)
		for {
			n, from, err := c.ReadFrom(b)
			if err != nil {
				return
			}
			_, _ = c.WriteTo(b[:n], from)
		}
	}()
}

// TestWholeMachine carries TCP and UDP of both IP versions from kernel to kernel, and
// compares the counts of both ends.
func TestWholeMachine(t *testing.T) {
	n := NewNetwork()
	w := NewWhole(t, n)
	for _, web := range []netip.Addr{Web4, Web6} {
		at := netip.AddrPortFrom(web, 80)
		sum := w.website(t, at, 4<<20)
		client := w.Here.Client()
		if got := get(t, client, "http://"+at.String()+"/"); sha256.Sum256(got) != sum {
			t.Fatalf("%v: the page came through changed: %d bytes", web, len(got))
		}
		up := make([]byte, 3<<20)
		_, _ = rand.Read(up)
		r, err := client.Post("http://"+at.String()+"/", "", bytes.NewReader(up))
		if err != nil {
			t.Fatal(err)
		}
		got, _ := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if want := fmt.Sprintf("%x", sha256.Sum256(up)); string(got) != want {
			t.Fatalf("%v: what was posted came through changed", web)
		}
		client.CloseIdleConnections()

		w.echo(netip.AddrPortFrom(web, 7))
		c, err := w.Here.DialContext(t.Context(), "udp", netip.AddrPortFrom(web, 7).String())
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []int{1, 600, 1372, 9000} { // the last in fragments
			eventually(t, fmt.Sprintf("%v: a datagram of %d comes back", web, size), func() bool {
				// Again: the first large one teaches the website the path's MTU.
				_, _ = c.Write(up[:size])
				_ = c.SetReadDeadline(time.Now().Add(time.Second))
				b := make([]byte, 64<<10)
				k, err := c.Read(b)
				return err == nil && k == size
			})
		}
		_ = c.Close()
	}
	if w.Provider.Wire.Lost()+w.Consumer.Wire.Lost() > 0 {
		t.Skip("the machine was too slow and lost packets")
	}
	eventually(t, "both count the same", func() bool {
		there, here := w.Provider.Count(w.Consumer.Key), w.Consumer.Count(w.Provider.PublicKey())
		return there.In == here.Out && there.Out == here.In && here.In > 8<<20 && here.Out > 6<<20
	})
}
