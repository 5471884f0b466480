// Package nat is what a provider's kernel does with strangers' packets: one
// nftables table of ours that says which of those that come out of the tunnel go
// on to the internet, gives them the provider's address, and lets nothing back in
// but replies.
//
//	consumers ─► tunnel ─► raw ─► input ─────────► control, DNS (nothing else here)
//	                        │
//	                        └──► forward ─► from ─► rates ─► source ─► leave ─► the internet
//	                                        to ◄──────── replies ◄──────────────┘
//
// node calls it for a provider in TUN mode. Where a packet may go is the exit
// policy's to say (package service/exit makes a Policy here of its own); this
// package turns that into rules and rules into one transaction. Policy.Rules is
// pure and has a text form, which tests compare with what the kernel lists.
//
// What it promises:
//
//   - A change is one transaction: there is no moment with half the rules. Applying
//     the same rules twice is applying them once.
//   - No table but `inet wherry_exit` is touched, and no packet that neither comes
//     from nor goes to the tunnel, but for those that would use this host as a router
//     only because forwarding was switched on for the tunnel's sake.
//   - The table outlives the process that made it: after a crash the exit is closed.
//     Remove takes it away, and what Forward has changed is put back by its Restore.
//   - Source ports of strangers' connections are random and never those of a
//     listener of this host, so that nobody can take a port of ours over (the port
//     shadow attack on VPN servers, CVE-2021-3773).
package nat
