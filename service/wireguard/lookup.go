package wireguard

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/netip"
	"strings"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/wherrynet/wherry"
)

// lookupTry is how long one try of a query waits; the waits grow from there.
const lookupTry = time.Second

// lookupTries is how often a query is sent.
const lookupTries = 4

// Lookup resolves a name by asking the provider, inside the tunnel. Nothing of it is
// seen outside, and the computer's own resolver isn't asked.
func (t *Tunnel) Lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	name, err := dnsmessage.NewName(strings.TrimSuffix(host, ".") + ".")
	if err != nil || host == "" || strings.HasPrefix(host, ".") || strings.Contains(host, "..") {
		return nil, wherry.Errorf(wherry.Invalid, "not a name that DNS knows")
	}
	types := []dnsmessage.Type{dnsmessage.TypeA}
	if t.source(netip.IPv6Unspecified()).IsValid() {
		types = append(types, dnsmessage.TypeAAAA)
	}
	type result struct {
		addrs []netip.Addr
		err   error
	}
	results := make(chan result, len(types))
	for _, typ := range types {
		go func() {
			addrs, err := t.query(ctx, name, typ)
			results <- result{addrs, err}
		}()
	}
	var addrs []netip.Addr
	var first error
	for range types {
		r := <-results
		addrs = append(addrs, r.addrs...)
		if first == nil {
			first = r.err
		}
	}
	switch {
	case len(addrs) > 0:
		return addrs, nil
	case first != nil:
		return nil, first
	}
	return nil, wherry.Errorf(wherry.NotFound, "the name has no address")
}

// query asks for one type, over UDP and if need be over TCP.
func (t *Tunnel) query(ctx context.Context, name dnsmessage.Name, typ dnsmessage.Type) ([]netip.Addr, error) {
	var idBytes [2]byte
	if _, err := rand.Read(idBytes[:]); err != nil {
		return nil, err
	}
	q := question{id: binary.BigEndian.Uint16(idBytes[:]), name: name, typ: typ}
	query, err := q.pack()
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "not a name that DNS knows")
	}
	wait := lookupTry
	for range lookupTries {
		addrs, truncated, err := t.queryUDP(ctx, q, query, wait)
		if truncated {
			return t.queryTCP(ctx, q, query)
		}
		if err == nil || !errors.Is(err, errNoAnswer) {
			return addrs, err
		}
		wait *= 2
	}
	return nil, wherry.Errorf(wherry.Timeout, "the provider doesn't answer DNS")
}

var errNoAnswer = errors.New("no answer")

func (t *Tunnel) queryUDP(ctx context.Context, q question, query []byte, wait time.Duration) (_ []netip.Addr, truncated bool, _ error) {
	c, err := t.Dial(ctx, "udp", t.resolver())
	if err != nil {
		return nil, false, err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	_ = c.SetDeadline(time.Now().Add(wait))
	if _, err := c.Write(query); err != nil {
		return nil, false, errNoAnswer
	}
	b := make([]byte, dnsAnswerMost)
	for {
		n, err := c.Read(b)
		if err != nil {
			if ctx.Err() != nil {
				return nil, false, dialError(ctx, ctx.Err())
			}
			return nil, false, errNoAnswer
		}
		addrs, truncated, err := q.answer(b[:n])
		if errors.Is(err, errNoAnswer) {
			continue // somebody else's
		}
		return addrs, truncated, err
	}
}

func (t *Tunnel) queryTCP(ctx context.Context, q question, query []byte) ([]netip.Addr, error) {
	c, err := t.Dial(ctx, "tcp", t.resolver())
	if err != nil {
		return nil, err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	_ = c.SetDeadline(time.Now().Add(dnsTimeout))
	answer, err := exchangeStream(c, query)
	if err != nil {
		if ctx.Err() != nil {
			return nil, dialError(ctx, ctx.Err())
		}
		return nil, wherry.Errorf(wherry.Timeout, "the provider doesn't answer DNS")
	}
	addrs, truncated, err := q.answer(answer)
	if truncated || errors.Is(err, errNoAnswer) {
		return nil, wherry.Errorf(wherry.Unreachable, "the provider's answer to DNS makes no sense")
	}
	return addrs, err
}

func exchangeStream(c net.Conn, query []byte) ([]byte, error) {
	if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(query))), query...)); err != nil {
		return nil, err
	}
	var size [2]byte
	if _, err := io.ReadFull(c, size[:]); err != nil {
		return nil, err
	}
	answer := make([]byte, binary.BigEndian.Uint16(size[:]))
	_, err := io.ReadFull(c, answer)
	return answer, err
}

// resolver is where the provider answers DNS.
func (t *Tunnel) resolver() netip.AddrPort {
	for _, a := range t.p.Inner {
		if t.source(a).IsValid() {
			return netip.AddrPortFrom(a, dnsPort)
		}
	}
	return netip.AddrPort{}
}

// question is one query.
type question struct {
	id   uint16
	name dnsmessage.Name
	typ  dnsmessage.Type
}

func (q question) pack() ([]byte, error) {
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: q.id, RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: q.name, Type: q.typ, Class: dnsmessage.ClassINET}},
	}
	return m.Pack()
}

// answer reads the addresses out of a message. The error is errNoAnswer if the
// message answers something else.
func (q question) answer(msg []byte) (addrs []netip.Addr, truncated bool, err error) {
	var p dnsmessage.Parser
	h, err := p.Start(msg)
	if err != nil || h.ID != q.id || !h.Response {
		return nil, false, errNoAnswer
	}
	got, err := p.Question()
	if err != nil || got.Type != q.typ || got.Class != dnsmessage.ClassINET ||
		!strings.EqualFold(got.Name.String(), q.name.String()) {
		return nil, false, errNoAnswer
	}
	if h.Truncated {
		return nil, true, nil
	}
	switch h.RCode {
	case dnsmessage.RCodeSuccess:
	case dnsmessage.RCodeNameError:
		return nil, false, wherry.Errorf(wherry.NotFound, "no such name")
	default:
		return nil, false, wherry.Errorf(wherry.Unreachable, "the name can't be resolved just now")
	}
	if err := p.SkipAllQuestions(); err != nil {
		return nil, false, errNoAnswer
	}
	for len(addrs) < lookupMost {
		a, err := p.AnswerHeader()
		if err != nil {
			break // the end, or garbage: what came before it stands
		}
		switch {
		case a.Type == dnsmessage.TypeA && q.typ == a.Type:
			r, err := p.AResource()
			if err != nil {
				return addrs, false, nil
			}
			addrs = append(addrs, netip.AddrFrom4(r.A))
		case a.Type == dnsmessage.TypeAAAA && q.typ == a.Type:
			r, err := p.AAAAResource()
			if err != nil {
				return addrs, false, nil
			}
			addrs = append(addrs, netip.AddrFrom16(r.AAAA))
		default:
			if p.SkipAnswer() != nil {
				return addrs, false, nil
			}
		}
	}
	return addrs, false, nil
}

// lookupMost bounds how many addresses of a name are kept.
const lookupMost = 16
