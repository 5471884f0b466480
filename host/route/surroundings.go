package route

import "github.com/wherrynet/wherry/host/firewall"

// Surroundings is what this machine's network looks like beside our tunnel.
type Surroundings struct {
	Links     []firewall.Link // that are up, sorted by name
	Addresses []string        // of those, as "eth0 192.0.2.1/24"
	Gateways  []string        // default routes of main, as "192.0.2.1 eth0"
}
