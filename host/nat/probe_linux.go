package nat

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"time"

	"github.com/google/nftables"
	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry"
)

// vnetHeader is what precedes a packet in the file of a TUN device that was made with
// IFF_VNET_HDR: nothing to do with checksums or segments.
const vnetHeader = 10

// Try sends probes into the kernel by the file of the tunnel's interface, and reports
// what became of each. Nothing gets off this host: a table of its own catches what
// would have, and a socket that sees every interface looks whether that is so. The
// tunnel must be idle: while it is tried, nothing of anybody's passes. Try needs
// CAP_NET_ADMIN and CAP_NET_RAW.
//
// A probe that should pass is what shows that the others could have been seen: one at
// least has to be among them.
func Try(ctx context.Context, tunnel string, file io.Writer, probes []Probe) (_ []Result, err error) {
	control := false
	for _, p := range probes {
		control = control || p.Pass
	}
	if !control || len(probes) > mostProbes {
		return nil, wherry.Errorf(wherry.Invalid, "a test without a probe that should pass, or with more than %d", mostProbes)
	}
	seen := observer(tunnel)
	if err := Apply(seen); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, remove(seen.table)) }()
	eyes, err := openEyes()
	if err != nil {
		return nil, err
	}
	defer unix.Close(eyes)

	for i, p := range probes {
		if ctx.Err() != nil {
			return nil, wherry.Errorf(wherry.Interrupted, "the exit's test: %w", ctx.Err())
		}
		b := append(make([]byte, vnetHeader), packetOf(p, i).bytes()...)
		// The kernel refuses some packets at the door (EINVAL for an address that no
		// interface takes): they did not pass.
		if _, err := file.Write(b); err != nil && !errors.Is(err, unix.EINVAL) {
			return nil, wherry.Errorf(wherry.Unreachable, "send a test packet into the tunnel: %w", err)
		}
	}
	return gather(ctx, seen, eyes, probes)
}

// settleWait is how long the last packets may take, and settlePoll how often is looked.
const settleWait, settlePoll = 500 * time.Millisecond, 20 * time.Millisecond

// gather waits until the probes that should pass have been seen, then a moment more for
// those that should not.
func gather(ctx context.Context, table Ruleset, eyes int, probes []Probe) ([]Result, error) {
	results := make([]Result, len(probes))
	for i, p := range probes {
		results[i].Probe = p
	}
	mark := func(tag uint16, where string) {
		if i := int(tag) - firstTag; i >= 0 && i < len(results) && !results[i].Passed {
			results[i].Passed, results[i].Where = true, where
		}
	}
	end := time.Now().Add(settleWait)
	for extra := 0; extra < 2; {
		for _, s := range table.sets {
			tags, err := tagsOf(table.table, s.name)
			if err != nil {
				return nil, err
			}
			for _, tag := range tags {
				mark(tag, map[string]string{"gone": "forward", "here": "input"}[s.name])
			}
		}
		look(eyes, probes, mark)
		missing := false
		for _, r := range results {
			missing = missing || r.Pass && !r.Passed
		}
		if !missing || time.Now().After(end) {
			extra++
		}
		select {
		case <-time.After(settlePoll):
		case <-ctx.Done():
			return nil, wherry.Errorf(wherry.Interrupted, "the exit's test: %w", ctx.Err())
		}
	}
	return results, nil
}

// tagsOf reads what the observer has noted.
func tagsOf(table, name string) ([]uint16, error) {
	conn, err := nftables.New()
	if err != nil {
		return nil, denied("read the exit's test", err)
	}
	t := &nftables.Table{Family: nftables.TableFamilyINet, Name: table}
	all, err := conn.GetSetElements(&nftables.Set{Table: t, Name: name, KeyType: nftables.TypeInetService})
	if err != nil {
		return nil, denied("read the exit's test", err)
	}
	var out []uint16
	for _, e := range all {
		if len(e.Key) >= 2 {
			out = append(out, binary.BigEndian.Uint16(e.Key))
		}
	}
	return out, nil
}

// openEyes opens a socket that sees what leaves by any interface, also what goes past
// the firewall.
func openEyes() (int, error) {
	const every = unix.ETH_P_ALL>>8 | unix.ETH_P_ALL<<8&0xff00 // in network order
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, every)
	if err != nil {
		if errors.Is(err, unix.EPERM) {
			return -1, wherry.Errorf(wherry.Forbidden, "watch what leaves this host: it needs CAP_NET_RAW: %w", err)
		}
		return -1, wherry.Errorf(wherry.Unreachable, "watch what leaves this host: %w", err)
	}
	return fd, nil
}

// look marks the probes among the packets that have left.
func look(eyes int, probes []Probe, mark func(uint16, string)) {
	b := make([]byte, 2048)
	for {
		n, from, err := unix.Recvfrom(eyes, b, 0)
		if err != nil {
			return
		}
		at, ok := from.(*unix.SockaddrLinklayer)
		if !ok || at.Pkttype != unix.PACKET_OUTGOING || !bytes.HasSuffix(b[:n], []byte(magic)) {
			continue
		}
		s, ok := read(b[:n])
		if i := int(s.tag) - firstTag; ok && i >= 0 && i < len(probes) && s.proto == probes[i].Proto {
			mark(s.tag, nameOf(at.Ifindex))
		}
	}
}

func nameOf(index int) string {
	if i, err := net.InterfaceByIndex(index); err == nil {
		return i.Name
	}
	return "an interface that is gone"
}
