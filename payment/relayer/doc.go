// Package relayer submits what people who hold no gas have signed: top-ups,
// leaving a hub, leaving it at once by its consent, and the finalizing of exits,
// for a fee in the token that each signature names. It runs as a program of its
// own or beside a hub; a consumer whose hub is gone needs it to get its money.
//
// # What it promises
//
// The consumer loses nothing to it: a signature names the relayer, the fee and
// what results, works once and for ten minutes, and the contract holds all of
// that. A relayer can refuse, or be slow.
//
// The relayer does not lose to the consumer what it can foresee: a message is
// held against the chain and simulated before gas is spent, and nothing is sent
// that costs more than its fee pays for. What cannot be foreseen costs at most
// the gas of one refused transaction, or of one request to leave whose deposit
// the hub then turns out to own; who did that is not served for a day.
//
// # On the disk
//
//	submitted ──► planned ──► sent ──► mined ──► final
//	   │             │          └────────┴─────► failed
//	   │             └─────────────────────────► failed   its deadline passed, or it would be refused
//	   └─► refused, with a code: nothing is kept
//
// A request is on the disk before it is answered, a transaction before it
// leaves. Both are taken up where they were after a restart. What is owed for
// exits is found again on chain, by a relayer that has lost its disk too.
package relayer
