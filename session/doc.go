// Package session is where everything meets: one consumer using one provider,
// from the first message to the last receipt. It has no code of its own, but is
// the place to start reading.
//
//	session/wire       what the two say to each other
//	session/meter      what was used, what is owed, and how far trust goes
//	session/consumer   the role that uses and pays
//	session/provider   the role that carries and charges
//	session/sessiontest  a small world in memory, and the people who cheat in it
//
// Both roles have a pure machine (step.go): an event and the time go in, the
// next state and a list of effects come out. The hands around it hold the
// connections, the tunnel and the books. What they need of other parts they ask
// for through small interfaces: a tunnel, a payer, a payee, a hub's counter.
//
// # Money within one session
//
// All sums are running totals since the session began. The provider's invoice
// asks for what its count comes to; the consumer pays its own count if that is
// lower, and leaves if the claim is beyond a small tolerance. An invoice is
// worth nothing until the hub has cleared the promise and its payout is on the
// provider's disk; then the receipt shows the preimage, the invoice counts as
// paid, and the allowance of the tunnel moves on:
//
//	   carried ──────────────►│ stops here until more is paid
//	├───────────────┼─────────┤
//	0         paid invoices   + credit
//
// So a provider loses at most the credit, which grows on paid invoices alone
// and never above what its offer states. And a consumer loses at most the
// promises that are under way, one as a rule, and what the opening has paid in
// advance.
package session
