package link

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/wherrynet/wherry"
)

// Peer is whom a caller expects: the control key and the provider of an offer.
type Peer struct {
	Control ed25519.PublicKey
	Address wherry.Address
}

// Dial connects to peer at addr. When somebody else answers there, or nobody,
// the error is Unreachable; a peer that turns us away is Refused. Run must be
// running.
func (s *Socket) Dial(ctx context.Context, addr netip.AddrPort, peer Peer) (*Conn, error) {
	if len(peer.Control) != ed25519.PublicKeySize || peer.Address.IsZero() {
		return nil, wherry.Errorf(wherry.Invalid, "dial a peer without its control key and address")
	}
	if !addr.IsValid() || addr.Port() == 0 {
		return nil, wherry.Errorf(wherry.Invalid, "dial a peer without an address and port")
	}
	ctx, cancel := context.WithTimeout(ctx, 2*s.cfg.HandshakeTimeout)
	defer cancel()
	qc, err := s.transport.Dial(ctx, net.UDPAddrFromAddrPort(addr), clientTLS(peer.Control), s.quicConfig())
	if err != nil {
		return nil, dialError(ctx, peer, err)
	}
	c, err := s.greet(ctx, qc, peer)
	if err != nil {
		_ = qc.CloseWithError(h3GeneralError, "") // the connection is of no use either way
		return nil, dialError(ctx, peer, err)
	}
	return c, nil
}

// greet proves who we are and asks for the same.
func (s *Socket) greet(ctx context.Context, qc *quic.Conn, peer Peer) (*Conn, error) {
	ex, err := exporter(qc)
	if err != nil {
		return nil, err
	}
	st, err := qc.OpenStreamSync(ctx)
	if err != nil {
		return nil, err
	}
	stop := deadline(ctx, st)
	defer stop()
	if err := writeProof(st, s.cfg.Key, dialling, ex); err != nil {
		return nil, err
	}
	who, err := readProof(st, accepting, ex)
	if err != nil {
		return nil, err
	}
	if who != peer.Address {
		return nil, wherry.Errorf(wherry.Unreachable, "somebody else answers there: %s", who)
	}
	return s.newConn(qc, st, who)
}

// deadline makes st's operations end with ctx until stop is called.
func deadline(ctx context.Context, st *quic.Stream) (stop func()) {
	if d, ok := ctx.Deadline(); ok {
		_ = st.SetDeadline(d) // a stream takes any deadline
	}
	cancel := context.AfterFunc(ctx, func() { _ = st.SetDeadline(longAgo) })
	return func() {
		cancel()
		_ = st.SetDeadline(time.Time{})
	}
}

// dialError gives err the code that tells a caller whether to try elsewhere.
func dialError(ctx context.Context, peer Peer, err error) error {
	if cause := context.Cause(ctx); errors.Is(cause, context.Canceled) {
		return fmt.Errorf("dial %s: %w", peer.Address, cause)
	}
	if e, ok := errors.AsType[*wherry.Error](err); ok && e.Code == wherry.Unreachable {
		return fmt.Errorf("dial %s: %w", peer.Address, err)
	}
	if tr, ok := errors.AsType[*quic.TransportError](err); ok && tr.ErrorCode == quic.ConnectionRefused {
		return wherry.Errorf(wherry.Busy, "dial %s: it takes no more callers just now", peer.Address)
	}
	if app, ok := errors.AsType[*quic.ApplicationError](err); ok {
		if app.ErrorCode == h3ExcessiveLoad {
			return wherry.Errorf(wherry.Busy, "dial %s: it takes no more callers just now", peer.Address)
		}
		return wherry.Errorf(wherry.Refused, "dial %s: %w", peer.Address, err)
	}
	return wherry.Errorf(wherry.Unreachable, "dial %s: %w", peer.Address, err)
}

// Accept returns the next caller that has proven who it is. It ends with ctx and
// with the Socket, whose end is net.ErrClosed.
func (s *Socket) Accept(ctx context.Context) (*Conn, error) {
	select {
	case c := <-s.accepted:
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-s.ended:
		return nil, net.ErrClosed
	}
}

// admit takes callers and lets each prove itself, beside the others.
func (s *Socket) admit(ctx context.Context, ln *quic.Listener) error {
	var strangers sync.WaitGroup
	defer strangers.Wait()
	for {
		qc, err := ln.Accept(ctx)
		if err != nil {
			if ctx.Err() != nil || errors.Is(err, net.ErrClosed) || errors.Is(err, quic.ErrServerClosed) {
				return nil
			}
			return fmt.Errorf("take callers: %w", err)
		}
		strangers.Go(func() {
			defer s.gate.leave(qc.Context())
			c, err := s.prove(ctx, qc)
			if err == nil {
				err = s.hold(ctx, c)
			}
			if err != nil {
				s.cfg.Log.Debug("caller turned away", "err", err)
				_ = qc.CloseWithError(turnAway(err), "") // the connection is of no use either way
			}
		})
	}
}

// prove reads a caller's proof and answers with ours.
func (s *Socket) prove(ctx context.Context, qc *quic.Conn) (*Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.HandshakeTimeout)
	defer cancel()
	if control, err := qc.OpenUniStream(); err == nil {
		_, _ = control.Write(h3Settings) // what any HTTP/3 server says first; nobody here reads it
	}
	ex, err := exporter(qc)
	if err != nil {
		return nil, err
	}
	st, err := qc.AcceptStream(ctx)
	if err != nil {
		return nil, err
	}
	stop := deadline(ctx, st)
	defer stop()
	who, err := readProof(st, dialling, ex)
	if err != nil {
		return nil, err
	}
	if err := writeProof(st, s.cfg.Key, accepting, ex); err != nil {
		return nil, err
	}
	return s.newConn(qc, st, who)
}

// hold puts c where Accept finds it, and gives up when nobody comes for it.
func (s *Socket) hold(ctx context.Context, c *Conn) error {
	select {
	case s.accepted <- c:
		return nil
	case <-time.After(s.cfg.HandshakeTimeout):
		c.end()
		return errCrowded
	case <-ctx.Done():
		return ctx.Err()
	}
}

// turnAway picks what a caller is told: nothing that an HTTP/3 server would not
// say.
func turnAway(err error) quic.ApplicationErrorCode {
	switch {
	case errors.Is(err, errCrowded):
		return h3ExcessiveLoad
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return h3NoError
	}
	return h3GeneralError
}

// newConn makes a Conn that Close of the Socket ends.
func (s *Socket) newConn(qc *quic.Conn, st *quic.Stream, who wherry.Address) (*Conn, error) {
	q := &overQUIC{Stream: st, qc: qc}
	remote, _ := qc.RemoteAddr().(*net.UDPAddr)
	c := &Conn{Stream: q, peer: who, remote: remote.AddrPort(), over: q}
	q.done = func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.conns, c)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.conns) >= s.cfg.MaxConns {
		return nil, errCrowded
	}
	s.conns[c] = struct{}{}
	context.AfterFunc(qc.Context(), q.hangUp)
	return c, nil
}
