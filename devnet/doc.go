// Package devnet is a whole wherry network on one machine: two embedded chains,
// their contracts, a hub on both, three providers, a funded consumer, and a web
// site with a resolver of its own to visit. Each role is an operating-system
// process with a state directory of its own, running the same wherry binary
// that people use; nothing is simulated but the internet.
//
//	  chain A (deposits)            chain B (earnings)
//	    ▲          ▲                  ▲         ▲
//	    │          └────── hub ───────┘         │
//	    │                   ▲ promises          │
//	consumer ══ tunnel ══ provider SE, DE or US ┘
//	    ▲                   │ exit
//	  SOCKS5                ▼
//	   curl               site (demo.test)
//
// It is made for wherrydev and for end-to-end tests. The chains are
// development chains: their money is worth nothing.
package devnet
