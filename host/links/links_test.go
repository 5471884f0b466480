package links

import (
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
)

func pre(all ...string) (out []netip.Prefix) {
	for _, s := range all {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

func TestRoutesThatAreNotTheInternet(t *testing.T) {
	const four = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0102010B	0003	0	0	0	00000000	0	0	0
eth0	0002010B	00000000	0001	0	0	0	00FFFFFF	0	0	0
lan0	00004D2D	FE07A8C0	0003	0	0	0	0000FFFF	0	0	0
vpn0	00000000	00000000	0001	0	0	0	00000080	0	0	0
wherry0	0000570A	00000000	0001	0	0	0	0000FFFF	0	0	0
bad
eth0	zz	00000000	0001	0	0	0	00FFFFFF	0	0	0
`
	got := parse4(strings.NewReader(four), "wherry0")
	want := pre("11.1.2.1/32", "11.1.2.0/24", "192.168.7.254/32", "45.77.0.0/16")
	if !slices.Equal(got, want) {
		t.Errorf("IPv4: %v, want %v", got, want)
	}
	const six = `2a0d0001000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
fd770000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001  wherry0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 2a0d0001000000000000000000000001 00000400 00000001 00000000 00000003     eth0
2a0e0020000000000000000000000000 30 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     lan0
20000000000000000000000000000000 03 00000000000000000000000000000000 00 00000000000000000000000000000000 00000400 00000001 00000000 00000001     vpn0
00000000000000000000000000000001 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000001 00000000 80200001       lo
`
	got = parse6(strings.NewReader(six), "wherry0")
	want = pre("2a0d:1::/64", "2a0d:1::1/128", "fe80::1/128", "2a0e:20::/48")
	if !slices.Equal(got, want) {
		t.Errorf("IPv6: %v, want %v", got, want)
	}
	if many := parse4(strings.NewReader(strings.Repeat("lan0\t00004D2D\t00000000\t0001\t0\t0\t0\t0000FFFF\n", mostRoutes+1)), ""); many != nil {
		t.Errorf("the whole internet's table counts as neighbourhood: %d routes", len(many))
	}
}

func TestPortsThatTakePackets(t *testing.T) {
	const tcp = `  sl  local_address rem_address   st tx_queue rx_queue
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000
   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000
   2: 00000000:0016 00000000:0000 0A 00000000:00000000
`
	if got := parsePorts(strings.NewReader(tcp), stateListen); !slices.Equal(got, []uint16{8080, 22}) {
		t.Errorf("%v", got)
	}
}

func TestThisHost(t *testing.T) {
	l, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	all, err := Networks("")
	if err != nil || !slices.Contains(all, netip.MustParsePrefix("127.0.0.1/32")) || !slices.Contains(all, netip.MustParsePrefix("127.0.0.0/8")) {
		t.Errorf("loopback is not among %v, %v", all, err)
	}
	if without, err := Networks("lo"); err != nil || slices.Contains(without, netip.MustParsePrefix("127.0.0.1/32")) {
		t.Errorf("what was left out is among %v, %v", without, err)
	}
	if name, err := InterfaceOf(netip.MustParseAddr("127.0.0.1")); err != nil || name == "" {
		t.Errorf("the interface of loopback: %q, %v", name, err)
	}
	if _, err := InterfaceOf(netip.MustParseAddr("203.0.113.77")); err == nil {
		t.Error("an address that nobody has")
	}
}
