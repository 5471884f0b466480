// Package solvency is the arithmetic with which a hub shows that it can pay: a
// signed and dated statement of what it owes on a chain and of the money that
// backs it, in a form in which each payee finds its own part, nobody reads the
// parts of others, and no part can be left out or made smaller unseen.
//
// What is owed is the root of a Merkle-sum tree. A leaf is the hash of a nonce,
// a payee and its amounts; only the hub and that payee know the nonce, and it is
// another one in each statement, so that a leaf tells nobody else whose it is or
// whether it has changed. A node's hash covers both children with both of their
// sums, so that no sum can be hidden under another. The leaves stand in the order
// of their hashes. What a payee does learn with its own path is the sums of the
// subtrees beside it: in a small tree that may be what one other payee, it does
// not know which, is owed.
//
// What backs it is on chain: reserves, each for one payee only, and what is
// free. Anybody makes both anew from the contract's events, see Position. A
// reserve counts for what its own payee is owed and no more, since it can be paid
// to nobody else.
//
// Statements are numbered from 1 without a gap and each names the one before it,
// so that a hub that shows different books to different askers signs its own
// conviction: two statements with one number.
//
// payment/hub makes statements, node and whoever else is owed checks them. The
// package is pure: no I/O, no clock.
package solvency
