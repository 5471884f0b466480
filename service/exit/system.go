package exit

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/wherrynet/wherry"
)

// resolvConf is where Unix systems name their DNS servers.
const resolvConf = "/etc/resolv.conf"

// serversFresh is how long a reading of it counts.
const serversFresh = 30 * time.Second

// systemServers are the computer's DNS servers. Asking them by ourselves, instead of
// through the system's resolver, keeps its hosts file and search domains out of
// strangers' answers.
type systemServers struct {
	mu    sync.Mutex // guards what follows
	list  []netip.AddrPort
	until time.Time
}

func (s *systemServers) get() []netip.AddrPort {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := time.Now(); now.After(s.until) {
		if f, err := os.Open(resolvConf); err == nil {
			s.list = readServers(f)
			_ = f.Close()
		}
		s.until = now.Add(serversFresh)
	}
	return s.list
}

// readServers reads the servers out of a resolv.conf, three at most as the system
// does.
func readServers(r io.Reader) []netip.AddrPort {
	var out []netip.AddrPort
	lines := bufio.NewScanner(io.LimitReader(r, 64<<10))
	for lines.Scan() && len(out) < 3 {
		f := strings.Fields(lines.Text())
		if len(f) < 2 || f[0] != "nameserver" {
			continue
		}
		if a, err := netip.ParseAddr(f[1]); err == nil {
			out = append(out, netip.AddrPortFrom(a, 53))
		}
	}
	return out
}

// bySystem answers questions for addresses with the system's resolver, where its
// servers can't be found out.
func (d *Dialer) bySystem(ctx context.Context, h dnsmessage.Header, q dnsmessage.Question) ([]byte, error) {
	version := map[dnsmessage.Type]string{dnsmessage.TypeA: "ip4", dnsmessage.TypeAAAA: "ip6"}[q.Type]
	if version == "" {
		return reply(h, q, dnsmessage.RCodeNotImplemented)
	}
	addrs, err := net.DefaultResolver.LookupNetIP(ctx, version, q.Name.String())
	var de *net.DNSError
	switch {
	case errors.As(err, &de) && de.IsNotFound:
		return reply(h, q, dnsmessage.RCodeNameError)
	case err != nil:
		return reply(h, q, dnsmessage.RCodeServerFailure)
	}
	m := dnsmessage.Message{
		Header: dnsmessage.Header{
			ID: h.ID, Response: true, RecursionDesired: h.RecursionDesired, RecursionAvailable: true,
		},
		Questions: []dnsmessage.Question{q},
	}
	for _, a := range addrs[:min(len(addrs), 16)] {
		r := dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 60}}
		if a = a.Unmap(); a.Is4() {
			r.Header.Type, r.Body = dnsmessage.TypeA, &dnsmessage.AResource{A: a.As4()}
		} else {
			r.Header.Type, r.Body = dnsmessage.TypeAAAA, &dnsmessage.AAAAResource{AAAA: a.As16()}
		}
		m.Answers = append(m.Answers, r)
	}
	answer, err := m.Pack()
	if err != nil {
		return nil, wherry.Errorf(wherry.Internal, "pack an answer: %w", err)
	}
	return answer, nil
}
