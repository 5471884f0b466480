package devnet

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/sync/errgroup"
)

// SiteName is the web site's host name. It stands nowhere but in the resolver
// of the development network.
const SiteName = "demo.test"

// FileSize is the size of the file that the demonstration fetches.
const FileSize = 64 << 20

// fileSeed makes the file's bytes: the same on every machine.
var fileSeed = [32]byte{'w', 'h', 'e', 'r', 'r', 'y'}

// File returns a reader of the site's file: FileSize bytes that don't compress.
func File() io.Reader { return io.LimitReader(rand.NewChaCha8(fileSeed), FileSize) }

// FileHash returns the SHA-256 of the file, in hexadecimal.
func FileHash() string {
	h := sha256.New()
	_, _ = io.Copy(h, File()) // neither side can fail
	return hex.EncodeToString(h.Sum(nil))
}

// Site is a small web site, a neighbour on another port that nobody may reach
// through a tunnel, and the resolver that knows the site's name.
type Site struct {
	Web       netip.AddrPort // the site
	Neighbour netip.AddrPort // a server beside it, outside the providers' exception
	DNS       netip.AddrPort // the resolver, UDP
}

// Run serves until ctx is done. ready is called once everything listens.
func (s Site) Run(ctx context.Context, ready func()) error {
	var lc net.ListenConfig
	web, err := lc.Listen(ctx, "tcp", s.Web.String())
	if err != nil {
		return err
	}
	defer web.Close()
	neighbour, err := lc.Listen(ctx, "tcp", s.Neighbour.String())
	if err != nil {
		return err
	}
	defer neighbour.Close()
	dns, err := lc.ListenPacket(ctx, "udp", s.DNS.String())
	if err != nil {
		return err
	}
	defer dns.Close()
	ready()

	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return serveHTTP(ctx, web, siteHandler()) })
	g.Go(func() error {
		return serveHTTP(ctx, neighbour, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintln(w, "you should not see this")
		}))
	})
	g.Go(func() error { return s.resolve(ctx, dns) })
	return g.Wait()
}

func siteHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "You appear as %s.\n", remoteIP(r))
	})
	mux.HandleFunc("GET /ip", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, remoteIP(r))
	})
	mux.HandleFunc("GET /file", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Length", fmt.Sprint(FileSize))
		_, _ = io.Copy(w, File()) // a visitor who leaves early is no error
	})
	return mux
}

func remoteIP(r *http.Request) string {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return ap.Addr().String()
}

func serveHTTP(ctx context.Context, l net.Listener, h http.Handler) error {
	s := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// resolve answers A questions for the site's name; any other name does not exist.
func (s Site) resolve(ctx context.Context, conn net.PacketConn) error {
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	var buf [1500]byte
	for {
		n, from, err := conn.ReadFrom(buf[:])
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		if answer, ok := s.answer(buf[:n]); ok {
			_, _ = conn.WriteTo(answer, from) // who asked may be gone
		}
	}
}

func (s Site) answer(query []byte) ([]byte, bool) {
	var p dnsmessage.Parser
	h, err := p.Start(query)
	if err != nil || h.Response {
		return nil, false
	}
	q, err := p.Question()
	if err != nil {
		return nil, false
	}
	known := strings.EqualFold(q.Name.String(), SiteName+".")
	h = dnsmessage.Header{ID: binary.BigEndian.Uint16(query), Response: true, Authoritative: true, RecursionDesired: h.RecursionDesired, RecursionAvailable: true}
	if !known {
		h.RCode = dnsmessage.RCodeNameError
	}
	b := dnsmessage.NewBuilder(nil, h)
	b.EnableCompression()
	if b.StartQuestions() != nil || b.Question(q) != nil || b.StartAnswers() != nil {
		return nil, false
	}
	if known && q.Type == dnsmessage.TypeA {
		rh := dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET, TTL: 60}
		if b.AResource(rh, dnsmessage.AResource{A: s.Web.Addr().As4()}) != nil {
			return nil, false
		}
	}
	out, err := b.Finish()
	return out, err == nil
}
