package lab

import "net/netip"

// Addresses of the Home topology. They are of the public kind where a packet may
// go to them through an exit, and of the private kind in people's homes.
var (
	HomeLAN      = netip.MustParsePrefix("192.168.10.0/24")
	Consumer4    = netip.MustParseAddr("192.168.10.2")
	Consumer6    = netip.MustParseAddr("2a0d:10::2")
	Router4      = netip.MustParseAddr("192.168.10.1") // on the LAN
	Router6      = netip.MustParseAddr("2a0d:10::1")
	Attacker4    = netip.MustParseAddr("192.168.10.66")
	Attacker6    = netip.MustParseAddr("2a0d:10::66")
	RouterOut4   = netip.MustParseAddr("11.1.0.10")
	Provider4    = netip.MustParseAddr("11.1.0.20")
	Provider6    = netip.MustParseAddr("2a0d:1::20")
	Second4      = netip.MustParseAddr("11.1.0.30")
	Second6      = netip.MustParseAddr("2a0d:1::30")
	ProviderLAN4 = netip.MustParseAddr("192.168.20.80") // what no consumer may reach
	Ledger4      = netip.MustParseAddr("11.1.0.40")
	Web4         = netip.MustParseAddr("11.2.0.80")
	Web6         = netip.MustParseAddr("2a0d:2::80")
	Names4       = netip.MustParseAddr("11.2.0.53") // the resolver of the internet
)

const homePicture = `
   attacker .66 ─┐                                   ┌─ provider 11.1.0.20 ── 192.168.20.80 (its LAN)
                 │ LAN 192.168.10.0/24               ├─ second   11.1.0.30
   consumer .2 ──┴─ router (NAT) 11.1.0.10 ── inet ══┼─ ledger   11.1.0.40  chains, hubs, relayer
                    eyes on br0 and wan               └─ web      11.2.0.80  and .53 the resolver

   IPv6: 2a0d:10::/64 the LAN, 2a0d:1::/64 the internet's hosts, 2a0d:2::/64 web.
`

// Home is a consumer at home behind a router that does NAT, with a neighbour who
// attacks; two providers, the network's servers and a web site on the internet.
type Home struct {
	*Lab
	Consumer, Attacker, Router, Internet, Provider, Second, ProviderLAN, Ledger, Web *Host
}

// Side is the router's port of the consumer: all that leaves the consumer passes
// there, and nothing else does.
const Side = "consumer"

// NewHome builds it.
func (l *Lab) NewHome() *Home {
	l.t.Helper()
	h := &Home{
		Lab: l, Consumer: l.Host("consumer"), Attacker: l.Host("attacker"), Router: l.Host("router"), Internet: l.Host("inet"),
		Provider: l.Host("provider"), Second: l.Host("second"), ProviderLAN: l.Host("plan"), Ledger: l.Host("ledger"), Web: l.Host("web"),
	}
	l.Cable(End{h.Consumer, "eth0"}, End{h.Router, Side}, 0)
	l.Cable(End{h.Attacker, "eth0"}, End{h.Router, "attacker"}, 0)
	l.Cable(End{h.Router, "wan"}, End{h.Internet, "router"}, 0)
	l.Cable(End{h.Provider, "eth0"}, End{h.Internet, "provider"}, 0)
	l.Cable(End{h.Provider, "lan"}, End{h.ProviderLAN, "eth0"}, 0)
	l.Cable(End{h.Second, "eth0"}, End{h.Internet, "second"}, 0)
	l.Cable(End{h.Ledger, "eth0"}, End{h.Internet, "ledger"}, 0)
	l.Cable(End{h.Web, "eth0"}, End{h.Internet, "web"}, 0)
	h.Router.Bridge("br0", Side, "attacker")
	h.Internet.Bridge("br0", "router", "provider", "second", "ledger")
	for host, addrs := range map[*Host][]string{
		h.Consumer: {"192.168.10.2/24", "2a0d:10::2/64"}, h.Attacker: {"192.168.10.66/24", "2a0d:10::66/64"},
		h.Provider: {"11.1.0.20/24", "2a0d:1::20/64"}, h.Second: {"11.1.0.30/24", "2a0d:1::30/64"},
		h.Ledger: {"11.1.0.40/24", "2a0d:1::40/64"}, h.Web: {"11.2.0.80/24", "11.2.0.53/24", "2a0d:2::80/64", "2a0d:2::53/64"},
		h.ProviderLAN: {"192.168.20.80/24"},
	} {
		host.Address("eth0", addrs...)
	}
	h.Router.Address("br0", "192.168.10.1/24", "2a0d:10::1/64")
	h.Router.Address("wan", "11.1.0.10/24", "2a0d:1::10/64")
	h.Internet.Address("br0", "11.1.0.1/24", "2a0d:1::1/64")
	h.Internet.Address("web", "11.2.0.1/24", "2a0d:2::1/64")
	h.Provider.Address("lan", "192.168.20.1/24")
	h.Consumer.Gateway("192.168.10.1", "2a0d:10::1")
	h.Attacker.Gateway("192.168.10.1", "2a0d:10::1")
	h.ProviderLAN.Gateway("192.168.20.1")
	for _, host := range []*Host{h.Router, h.Provider, h.Second, h.Ledger} {
		host.Gateway("11.1.0.1", "2a0d:1::1")
	}
	h.Web.Gateway("11.2.0.1", "2a0d:2::1")
	h.Internet.Route("2a0d:10::/64", "2a0d:1::10")
	for _, host := range []*Host{h.Router, h.Internet} {
		host.Forward()
	}
	h.Router.NFT(`
table inet home {
  chain forward {
    type filter hook forward priority 0; policy drop;
    ct state established,related accept
    iifname "br0" oifname "wan" accept
    meta l4proto ipv6-icmp accept
  }
  chain input {
    type filter hook input priority 0; policy accept;
    ct state established,related accept
    meta l4proto { icmp, ipv6-icmp } accept
    iifname "wan" drop
  }
  chain out {
    type nat hook postrouting priority srcnat;
    meta nfproto ipv4 oifname "wan" masquerade
  }
}`)
	// The internet carries no private addresses, as it should not.
	h.Internet.NFT(`
table inet bogons {
  chain forward {
    type filter hook forward priority 0;
    ip saddr { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 } drop
    ip6 saddr fc00::/7 drop
  }
}`)
	h.Consumer.Resolver("nameserver 192.168.10.1\n")
	for _, host := range []*Host{h.Provider, h.Second, h.Ledger} {
		host.Resolver("nameserver 11.2.0.53\n")
	}
	l.Draw(homePicture)
	return h
}
