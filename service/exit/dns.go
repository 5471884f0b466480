package exit

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

const (
	udpTry    = 2 * time.Second // one try over UDP
	udpTries  = 3
	answerMax = 65535
)

// Exchange answers a DNS query in wire format, for a service that speaks DNS with
// its consumers. stream says that the answer goes over TCP and may be long. A query
// that isn't answered for policy's sake gets an answer that says so.
func (d *Dialer) Exchange(ctx context.Context, query []byte, stream bool) ([]byte, error) {
	h, q, err := readQuery(query)
	if err != nil {
		return nil, err
	}
	if !d.mayAsk(q) {
		return reply(h, q, dnsmessage.RCodeRefused)
	}
	servers := d.resolvers()
	if len(servers) == 0 {
		return d.bySystem(ctx, h, q)
	}
	var last error
	for _, s := range servers {
		answer, err := d.forward(ctx, s, query, q, stream)
		if err == nil {
			binary.BigEndian.PutUint16(answer, h.ID)
			return answer, nil
		}
		if ctx.Err() != nil {
			return nil, wherry.Errorf(wherry.Timeout, "ask the resolver: %w", ctx.Err())
		}
		last = err
	}
	if last != nil {
		return reply(h, q, dnsmessage.RCodeServerFailure)
	}
	return nil, wherry.Errorf(wherry.Unreachable, "there is no resolver")
}

func (d *Dialer) resolvers() []netip.AddrPort {
	if d.cfg.Resolver.IsValid() {
		return []netip.AddrPort{d.cfg.Resolver}
	}
	return d.servers.get()
}

// readQuery accepts what resolvers are asked in practice: one question.
func readQuery(query []byte) (dnsmessage.Header, dnsmessage.Question, error) {
	var p dnsmessage.Parser
	h, err := p.Start(query)
	if err != nil || h.Response || h.OpCode != 0 {
		return h, dnsmessage.Question{}, wherry.Errorf(wherry.Invalid, "not a DNS query")
	}
	qs, err := p.AllQuestions()
	if err != nil || len(qs) != 1 {
		return h, dnsmessage.Question{}, wherry.Errorf(wherry.Invalid, "not one DNS question")
	}
	return h, qs[0], nil
}

// typeAXFR and its neighbours ask for whole zones, or for everything.
const (
	typeIXFR = 251
	typeAXFR = 252
	typeANY  = 255
)

// mayAsk says whether a question is for the public DNS. Names of the provider's own
// network (as its resolver may know them) are nobody's business.
func (d *Dialer) mayAsk(q dnsmessage.Question) bool {
	if q.Class != dnsmessage.ClassINET || q.Type == typeIXFR || q.Type == typeAXFR || q.Type == typeANY {
		return false
	}
	name := strings.ToLower(strings.TrimSuffix(q.Name.String(), "."))
	labels := strings.Split(name, ".")
	if name == "" {
		return true // the root's own records
	}
	if len(labels) == 1 && (q.Type == dnsmessage.TypeA || q.Type == dnsmessage.TypeAAAA) {
		return false
	}
	switch last := labels[len(labels)-1]; last {
	case "localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "onion":
		return false
	case "arpa":
		return publicReverse(labels)
	}
	return true
}

// publicReverse says whether a name under arpa is that of a public address.
func publicReverse(labels []string) bool {
	n := len(labels)
	if n < 2 {
		return true
	}
	switch labels[n-2] {
	case "home":
		return false
	case "in-addr":
		if n == 6 {
			a, err := netip.ParseAddr(labels[3] + "." + labels[2] + "." + labels[1] + "." + labels[0])
			return err == nil && Public(a)
		}
		return n == 2
	case "ip6":
		return n == 34 && (labels[n-3] == "2" || labels[n-3] == "3")
	}
	return true
}

// reply makes an answer without records.
func reply(h dnsmessage.Header, q dnsmessage.Question, code dnsmessage.RCode) ([]byte, error) {
	m := dnsmessage.Message{
		Header: dnsmessage.Header{
			ID: h.ID, Response: true, RecursionDesired: h.RecursionDesired, RecursionAvailable: true, RCode: code,
		},
		Questions: []dnsmessage.Question{q},
	}
	return m.Pack()
}

// forward asks a server, under a number and from a port of our own choosing, so that
// nobody off the path can answer in its place.
func (d *Dialer) forward(ctx context.Context, server netip.AddrPort, query []byte, q dnsmessage.Question, stream bool) ([]byte, error) {
	ours := append([]byte(nil), query...)
	if _, err := rand.Read(ours[:2]); err != nil {
		return nil, err
	}
	if stream {
		return d.forwardTCP(ctx, server, ours, q)
	}
	var last error
	for range udpTries {
		answer, err := d.forwardUDP(ctx, server, ours, q)
		if err == nil || ctx.Err() != nil {
			return answer, err
		}
		last = err
	}
	return nil, last
}

func (d *Dialer) forwardUDP(ctx context.Context, server netip.AddrPort, query []byte, q dnsmessage.Question) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, udpTry)
	defer cancel()
	c, err := (&net.Dialer{}).DialContext(ctx, "udp", server.String())
	if err != nil {
		return nil, err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if _, err := c.Write(query); err != nil {
		return nil, err
	}
	b := make([]byte, answerMax)
	for {
		n, err := c.Read(b)
		if err != nil {
			return nil, err
		}
		if answers(b[:n], query, q) {
			return b[:n], nil
		}
	}
}

func (d *Dialer) forwardTCP(ctx context.Context, server netip.AddrPort, query []byte, q dnsmessage.Question) ([]byte, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", server.String())
	if err != nil {
		return nil, err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(query))), query...)); err != nil {
		return nil, err
	}
	var size [2]byte
	if _, err := io.ReadFull(c, size[:]); err != nil {
		return nil, err
	}
	answer := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(c, answer); err != nil {
		return nil, err
	}
	if !answers(answer, query, q) {
		return nil, errors.New("the resolver answered something else")
	}
	return answer, nil
}

// answers reports whether msg is an answer to the query.
func answers(msg, query []byte, q dnsmessage.Question) bool {
	var p dnsmessage.Parser
	h, err := p.Start(msg)
	if err != nil || !h.Response || h.ID != binary.BigEndian.Uint16(query) {
		return false
	}
	got, err := p.Question()
	return err == nil && got.Type == q.Type && got.Class == q.Class &&
		strings.EqualFold(got.Name.String(), q.Name.String())
}

// lookup resolves a name to addresses of one version.
func (d *Dialer) lookup(ctx context.Context, host string, t dnsmessage.Type) ([]netip.Addr, error) {
	name, err := dnsmessage.NewName(strings.TrimSuffix(host, ".") + ".")
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "not a name that DNS knows")
	}
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: name, Type: t, Class: dnsmessage.ClassINET}},
	}
	query, err := m.Pack()
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "not a name that DNS knows")
	}
	answer, err := d.Exchange(ctx, query, false)
	if err != nil {
		return nil, err
	}
	var got dnsmessage.Message
	if err := got.Unpack(answer); err != nil {
		return nil, wherry.Errorf(wherry.Unreachable, "the resolver's answer makes no sense")
	}
	switch got.RCode {
	case dnsmessage.RCodeSuccess:
	case dnsmessage.RCodeNameError:
		return nil, wherry.Errorf(wherry.NotFound, "no such name")
	case dnsmessage.RCodeRefused:
		return nil, wherry.Errorf(wherry.Forbidden, "the exit policy refuses this name")
	default:
		return nil, wherry.Errorf(wherry.Unreachable, "the name can't be resolved just now")
	}
	var addrs []netip.Addr
	for _, r := range got.Answers {
		switch b := r.Body.(type) {
		case *dnsmessage.AResource:
			addrs = append(addrs, netip.AddrFrom4(b.A))
		case *dnsmessage.AAAAResource:
			addrs = append(addrs, netip.AddrFrom16(b.AAAA))
		}
	}
	return addrs, nil
}
