// Package lab is a small internet on one machine: hosts that are network
// namespaces, cables between them, routers with NAT, and eyes on every cable.
// The end-to-end tests of the tunnel run the real programs on its hosts.
//
//	lab.New ─► Host (a namespace) ── Cable (a veth pair, or a path with delay and loss) ── Host
//	                │                         │
//	                └ Command, Do, Dial       └ Capture: every frame that passed, with its meaning
//
// What it promises:
//
//   - Nothing of it touches the network of the machine: no cable leads out of the
//     namespaces, whatever a program on a host does.
//   - All of it is gone at the end of the test that made it, also after a failure,
//     and what a killed run has left is removed by the next one.
//   - Addresses are of the public kind, since the programs under test refuse
//     private and documentation addresses as they should.
//
// It needs root, and the programs ip and nft. Only tests call it.
package lab
