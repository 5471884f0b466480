package exit

import (
	"slices"

	"github.com/wherrynet/wherry/host/nat"
)

// smtp is the port that mail servers take mail at from anybody.
const smtp = 25

// closedTCP are ports that no consumer needs on the internet: they belong to local
// networks, and what speaks to them there from afar is looking for machines to break.
var closedTCP = []nat.Ports{{First: 0, Last: 0}, {First: 135, Last: 135}, {First: 139, Last: 139}, {First: 445, Last: 445}}

// closedUDP are services that answer a small question with a large answer, and those
// that are meant for a local network alone. NTP (123) stays open: clocks need it, and
// nobody can put another's address into a packet that we translate.
var closedUDP = []nat.Ports{
	{First: 0, Last: 0},
	{First: 7, Last: 7},         // echo
	{First: 17, Last: 17},       // quote of the day
	{First: 19, Last: 19},       // chargen
	{First: 67, Last: 69},       // DHCP, TFTP
	{First: 111, Last: 111},     // portmapper
	{First: 135, Last: 139},     // NetBIOS
	{First: 161, Last: 162},     // SNMP
	{First: 389, Last: 389},     // LDAP without a connection
	{First: 445, Last: 445},     // SMB
	{First: 1900, Last: 1900},   // SSDP
	{First: 3702, Last: 3702},   // WS-Discovery
	{First: 5353, Last: 5353},   // multicast DNS
	{First: 5355, Last: 5355},   // LLMNR
	{First: 11211, Last: 11211}, // memcached
}

// ports returns the ports that nothing goes to.
func (p *Policy) ports() (tcp, udp []nat.Ports) {
	tcp, udp = slices.Clone(closedTCP), slices.Clone(closedUDP)
	if !p.Mail {
		mail := nat.Ports{First: smtp, Last: smtp}
		tcp, udp = append(tcp, mail), append(udp, mail)
	}
	return tcp, udp
}

func (p *Policy) closed(network string, port uint16) bool {
	tcp, udp := p.ports()
	list := tcp
	if network == "udp" {
		list = udp
	}
	return slices.ContainsFunc(list, func(r nat.Ports) bool { return r.First <= port && port <= r.Last })
}

// rates returns the Rates that hold.
func (p *Policy) rates() nat.Rates {
	if p.Rates == (nat.Rates{}) {
		return DefaultRates
	}
	return p.Rates
}

// Kernel completes what host says about the host (tunnel, inner networks, ways out,
// neighbourhood, source ports) with what the policy says, for an exit in the kernel.
func (p Policy) Kernel(host nat.Policy) nat.Policy {
	host.Refused = slices.Concat(refused4, refused6)
	host.Global6 = append(slices.Clone(global6), nat64)
	host.Hidden = []nat.Hidden{{Prefix: nat64, At: nat64At}, {Prefix: sixTo4, At: sixTo4At}}
	host.Local = slices.Concat(host.Local, p.Deny)
	host.Allow = p.Allow
	host.ClosedTCP, host.ClosedUDP = p.ports()
	host.Rates = p.rates()
	return host
}
