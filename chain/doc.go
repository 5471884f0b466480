// Package chain is the settlement chain as wherry needs it: what hubs,
// consumers and payees have in the Hubs contract, what happened to it, and the
// few calls that change it.
//
// The hub, the wallet, the earnings book and the node use it through the Chain
// interface. chain/evm talks to a real chain by JSON-RPC, chain/chaintest keeps
// one in memory and holds the conformance suite that both must pass.
//
// # Two views
//
// A chain can go back. Every read says how it wants to be answered: At Final,
// the block that the configured depth puts beyond a reorg, or At Latest, the
// newest block. Money that arrived counts from Final; a sign that somebody is
// leaving counts from Latest.
//
// # Sending
//
// Nothing here waits for a block. Send signs a transaction, lets the caller
// store it, and hands it to the network; from then on the caller asks for its
// Status. What a caller stores moves like this:
//
//	planned ──► sent ──► mined ──► final
//	              │ ▲      │ └───► failed   (mined, refused by the contract, final)
//	              │ └──────┘ reorg
//	              ▼
//	           unknown ──► Resend, the same bytes
//
// One that waits too long is replaced by another under its nonce, with a higher
// fee: SendBid. Any of the two may be mined, so both are watched, and what became
// of the nonce (Nonces) tells whether somebody else has used it.
//
// Planned is the caller's own word: before Send has called record, nothing has
// left the process. A lost answer is never a failure: the transaction may be on
// its way, and its ID is known before it leaves.
//
// Except for Fund, Withdraw, TopUp and Transfer, which move an amount each
// time, all calls carry running totals or work once, so that repeating one does
// no harm.
//
// # Errors
//
// Unreachable: no endpoint answered in time. NotFunded: the sender lacks tokens
// or gas, or a deposit does not cover it. Conflict, Forbidden and Invalid: the
// contract refused; the chain then holds a Refusal that names the reason.
package chain
