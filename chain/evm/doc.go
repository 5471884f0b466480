// Package evm is a settlement chain behind JSON-RPC: chain.Chain for a Hubs
// contract on any EVM chain.
//
// The node opens one per chain of its network.toml. An endpoint is used only
// after it has shown that it speaks the right chain and that the contract is
// there with the token and the delay expected.
//
// # Several endpoints
//
// Whoever believes one endpoint alone can be told that a deposit arrived which
// never did. With two or more, each kind of question has its own rule:
//
//	what is final            as many as Config.Agree say the same of the same block, value
//	                         and hash; else Unreachable. What only one says never counts
//	newest block             the newest that any has
//	channel, newest block    as the one with the newest block says; leaving when any says so
//	reserve, newest block    the least that any says; a cut is announced when any says so
//	hub, newest block        the least free money; retired when any says so
//	a transaction            mined when any has it in a block, final when enough have it in the
//	                         same block with the same end, unknown when none knows it
//	what it costs            the first that answers
//	sending                  to all; taken when any takes it
//
// All are asked at once. One that does not answer is left alone for a second,
// then two, up to a minute, so that it holds nobody up; one that is far behind
// is not listened to about the newest block; one that says other than enough
// others about what is final is shown as such by Endpoints, and outvoted.
//
// Endpoints see which accounts are asked for.
package evm
