package devnet

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

// relayerRate is what a coin of the dev chains is worth in tokens.
var relayerRate = wherry.Tokens(100)

// noGas are the roles that own no coins: what they do on chain a relayer does
// for them, from the first top-up to the last of their money.
var noGas = map[string]bool{"consumer": true}

// Relayer returns the relayer's process. It runs beside the hubs, so that a
// consumer without gas leaves when they are gone.
func (n *Net) Relayer() *Process { return n.role("relayer", "relayer", "run") }

// relayerEntry is what network.toml says of the relayer.
func (p plan) relayerEntry() node.RelayerEntry {
	return node.RelayerEntry{
		Name: "dev-relayer", Address: p.People["relayer"], URL: "http://" + p.RelayerAPI.String(), Chains: []uint64{p.ChainA.ID, p.ChainB.ID},
	}
}

// relayerConfig is how the relayer works.
func (p plan) relayerConfig() node.RelayerConfig {
	c := node.RelayerConfig{Listen: p.RelayerAPI}
	for _, ch := range []chainPlan{p.ChainA, p.ChainB} {
		c.Chains = append(c.Chains, node.RelayerChain{ID: ch.ID, Rate: relayerRate})
	}
	return c
}
