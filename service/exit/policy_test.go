package exit

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/wherrynet/wherry"
)

func nobody(netip.Addr) bool { return false }

func TestPolicyRefusesWhatIsNotPublic(t *testing.T) {
	var p Policy
	for _, text := range []string{
		"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.1.1",
		"169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
		"198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.251", "239.1.1.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::2", "::10.0.0.1", "::8.8.8.8", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
		"64:ff9b::a00:1", "64:ff9b::7f00:1", "64:ff9b:1::808:808", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
		"2001:20::1", "2001:db8::1", "2002:a00:1::", "2002:7f00:1::1", "2002:c0a8:101::1", "3fff::1", "5f00::1",
		"fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "febf::1", "fec0::1", "ff02::1", "ff05::fb", "2606:4700::1%x",
	} {
		a := netip.MustParseAddr(text)
		if Public(a) {
			t.Errorf("%s counts as public", text)
		}
		if err := p.check("tcp", netip.AddrPortFrom(a, 80), nobody); wherry.CodeOf(err) != wherry.Forbidden {
			t.Errorf("%s: %v, want forbidden", text, err)
		}
	}
	mapped := netip.MustParseAddrPort("[::ffff:8.8.8.8]:443") // on the wire it is nobody's address
	if err := p.check("tcp", mapped, nobody); wherry.CodeOf(err) != wherry.Forbidden {
		t.Errorf("an IPv4 address in the clothes of IPv6: %v, want forbidden", err)
	}
	if err := p.check("tcp", netip.AddrPort{}, nobody); wherry.CodeOf(err) != wherry.Forbidden {
		t.Errorf("no address: %v, want forbidden", err)
	}
}

func TestPolicyLetsThePublicInternetOut(t *testing.T) {
	var p Policy
	for _, text := range []string{
		"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.0", "126.1.1.1", "128.0.0.1",
		"172.15.0.1", "172.32.0.1", "192.0.1.1", "192.167.1.1", "198.17.1.1", "198.20.0.1", "223.255.255.255",
		"64:ff9b::808:808", "2002:808:808::1", "2606:4700:4700::1111", "2a00:1450::1", "2001:200::1",
	} {
		if err := p.check("tcp", netip.AddrPortFrom(netip.MustParseAddr(text), 443), nobody); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if !Public(netip.MustParseAddr(text)) {
			t.Errorf("%s does not count as public", text)
		}
	}
}

func TestPolicyRefusesMailUnlessToldTo(t *testing.T) {
	mail := netip.MustParseAddrPort("8.8.8.8:25")
	if err := (&Policy{}).check("tcp", mail, nobody); wherry.CodeOf(err) != wherry.Forbidden {
		t.Errorf("mail: %v, want forbidden", err)
	}
	if err := (&Policy{Mail: true}).check("tcp", mail, nobody); err != nil {
		t.Errorf("mail that is allowed: %v", err)
	}
}

func TestPolicyRefusesThisHost(t *testing.T) {
	own := func(a netip.Addr) bool { return a == netip.MustParseAddr("8.8.4.4") }
	for _, text := range []string{"8.8.4.4:80", "[::ffff:8.8.4.4]:80", "[64:ff9b::808:404]:80", "[2002:808:404::1]:80"} {
		if err := (&Policy{}).check("tcp", netip.MustParseAddrPort(text), own); wherry.CodeOf(err) != wherry.Forbidden {
			t.Errorf("%s: %v, want forbidden", text, err)
		}
	}
	h := neighbourhood{read: func() ([]netip.Prefix, error) { return []netip.Prefix{netip.MustParsePrefix("8.8.4.0/24")}, nil }}
	if !h.has(netip.MustParseAddr("8.8.4.5")) || h.has(netip.MustParseAddr("8.8.5.4")) {
		t.Error("the neighbourhood is read wrongly")
	}
	h = neighbourhood{read: func() ([]netip.Prefix, error) { return nil, errors.New("no") }}
	if !h.has(netip.MustParseAddr("8.8.4.5")) {
		t.Error("what is not known counts as somebody else's")
	}
}

func TestPolicyExceptionsAreExact(t *testing.T) {
	p := Policy{
		Allow: []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:8080")},
		Deny:  []netip.Prefix{netip.MustParsePrefix("8.8.0.0/16")},
	}
	for text, ok := range map[string]bool{
		"127.0.0.1:8080":          true,
		"[::ffff:127.0.0.1]:8080": false,
		"127.0.0.1:8081":          false,
		"127.0.0.2:8080":          false,
		"[::1]:8080":              false,
		"8.8.8.8:53":              false,
		"[64:ff9b::808:808]:53":   false,
		"9.9.9.9:53":              true,
		"9.9.9.9:0":               false,
	} {
		if err := p.check("tcp", netip.MustParseAddrPort(text), nobody); (err == nil) != ok {
			t.Errorf("%s: %v, allowed should be %v", text, err, ok)
		}
	}
}

func FuzzPolicy(f *testing.F) {
	f.Add([]byte{127, 0, 0, 1}, uint16(80))
	f.Add(make([]byte, 16), uint16(25))
	private := []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("192.168.0.0/16"),
		netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("fc00::/7"), netip.MustParsePrefix("fe80::/10"),
	}
	f.Fuzz(func(t *testing.T, raw []byte, port uint16) {
		a, ok := netip.AddrFromSlice(raw)
		if !ok {
			return
		}
		if (&Policy{}).check("tcp", netip.AddrPortFrom(a, port), nobody) != nil {
			return
		}
		if inner := embedded(a.Unmap()); within(private, inner) || within(private, a.Unmap()) || port == 0 || port == 25 {
			t.Fatalf("%v:%d is let out", a, port)
		}
	})
}

// The text is part of signed offers: a change of it is a change of the policy.
func TestPolicyHasAPublicForm(t *testing.T) {
	const want = `wherry exit policy 1
closed: what is not public, the provider's neighbourhood, other consumers
closed tcp: 0 25 135 139 445
closed udp: 0 7 17 19 25 67-69 111 135-139 161-162 389 445 1900 3702 5353 5355 11211
per second: 200 flows, 100 connections, 20 destinations
open: 4096 flows
`
	p := Policy{Deny: []netip.Prefix{netip.MustParsePrefix("91.0.0.0/24")}, Allow: []netip.AddrPort{netip.MustParseAddrPort("10.0.0.1:80")}}
	if got := p.Public(); got != want {
		t.Errorf("got\n%s", got)
	}
	if mail := (&Policy{Mail: true}); mail.Hash() == p.Hash() || (&Policy{}).Hash() != p.Hash() {
		t.Error("the hash does not tell policies apart, or tells of the provider's own networks")
	}
}
