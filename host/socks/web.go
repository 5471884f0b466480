package socks

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"sync"
	"time"
)

// headerMost bounds the header of a request to the proxy.
const headerMost = 32 << 10

// web is the HTTP half of the proxy. The standard library's server reads the
// requests; connections reach it by take.
type web struct {
	run    *run
	server *http.Server
	proxy  *httputil.ReverseProxy
	way    *http.Transport
	addr   net.Addr

	conns  chan net.Conn
	done   chan struct{}
	closer sync.Once
}

func newWeb(r *run, addr net.Addr) *web {
	w := &web{run: r, addr: addr, conns: make(chan net.Conn), done: make(chan struct{})}
	w.way = &http.Transport{
		DialContext:           r.Dial,
		DisableCompression:    true,
		MaxIdleConnsPerHost:   4,
		MaxIdleConns:          64,
		IdleConnTimeout:       30 * time.Second,
		ResponseHeaderTimeout: 5 * time.Minute,
	}
	w.proxy = &httputil.ReverseProxy{
		Rewrite:       func(*httputil.ProxyRequest) {}, // the URL is absolute as it is
		Transport:     w.way,
		FlushInterval: -1,
		ErrorLog:      log.New(discard{}, "", 0), // it names destinations
		ErrorHandler: func(rw http.ResponseWriter, _ *http.Request, err error) {
			http.Error(rw, sentence(err), statusOf(err))
		},
	}
	w.server = &http.Server{
		Handler:           w,
		ReadHeaderTimeout: greetTime,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    headerMost,
		ErrorLog:          log.New(discard{}, "", 0),
	}
	return w
}

type discard struct{}

// Write drops p.
func (discard) Write(p []byte) (int, error) { return len(p), nil }

func (w *web) serve(ctx context.Context) error {
	w.server.BaseContext = func(net.Listener) context.Context { return ctx }
	err := w.server.Serve(w)
	if errors.Is(err, http.ErrServerClosed) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

func (w *web) close() {
	_ = w.Close()
	_ = w.server.Close()
	w.way.CloseIdleConnections()
}

// take serves a connection and returns when it is closed.
func (w *web) take(c net.Conn) {
	t := &taken{Conn: c, gone: make(chan struct{})}
	select {
	case w.conns <- t:
		<-t.gone
	case <-w.done:
	}
}

// taken is a connection that says when it is closed.
type taken struct {
	net.Conn
	once sync.Once
	gone chan struct{}
}

// Close closes the connection and lets take return.
func (t *taken) Close() error {
	err := t.Conn.Close()
	t.once.Do(func() { close(t.gone) })
	return err
}

// CloseWrite ends one direction.
func (t *taken) CloseWrite() error {
	if c, ok := t.Conn.(interface{ CloseWrite() error }); ok {
		return c.CloseWrite()
	}
	return errors.ErrUnsupported
}

// Accept waits for take: a web is its server's listener.
func (w *web) Accept() (net.Conn, error) {
	select {
	case c := <-w.conns:
		return c, nil
	case <-w.done:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (w *web) Close() error {
	w.closer.Do(func() { close(w.done) })
	return nil
}

// Addr is that of the real listener.
func (w *web) Addr() net.Addr { return w.addr }

// ServeHTTP answers one request.
func (w *web) ServeHTTP(rw http.ResponseWriter, q *http.Request) {
	switch {
	case q.Method == http.MethodConnect:
		w.connect(rw, q)
	case q.URL.Scheme == "http" && q.URL.Host != "":
		w.proxy.ServeHTTP(rw, q)
	default:
		// A browser that was sent here by a page, or a person who is curious.
		http.Error(rw, "This is a proxy. Set it as one: SOCKS5 or HTTP, on this address.\n", http.StatusBadRequest)
	}
}

func (w *web) connect(rw http.ResponseWriter, q *http.Request) {
	if _, port, err := net.SplitHostPort(q.Host); err != nil || port == "" {
		http.Error(rw, "CONNECT needs host:port.\n", http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(q.Context(), dialTime)
	out, err := w.run.Dial(ctx, "tcp", q.Host)
	cancel()
	if err != nil {
		http.Error(rw, sentence(err), statusOf(err))
		return
	}
	defer out.Close()
	c, rest, err := http.NewResponseController(rw).Hijack()
	if err != nil {
		http.Error(rw, "CONNECT needs HTTP/1.\n", http.StatusBadRequest)
		return
	}
	defer c.Close()
	_ = c.SetDeadline(time.Time{})
	if _, err := c.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n")); err != nil {
		return
	}
	// The request's context ends when the program has sent its last byte, which is too
	// early. When Serve ends it closes c, and that ends this.
	relay(context.WithoutCancel(q.Context()), &buffered{Conn: c, in: rest.Reader}, out)
}
