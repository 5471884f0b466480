// Package wallet is a payer's money: what it has on chain, what it has deposited
// at which hub, every promise that it ever signed, what it spent on which
// session, and what it is doing on chain right now.
//
// The consumer role pays with it, the node and the command line show it. It
// holds the payer's key and is the only thing that signs promises with it.
//
// # What it promises
//
// A promise is on the disk before its signature leaves Pay; asked for the same
// invoice again, Pay returns the same bytes, also after a crash. One process has
// the file at a time, and within it all sessions draw on one book, so that no
// two promises ever count the same money.
//
// What touches the chain is a row that moves planned → sent → mined → final or
// failed. Run takes up every row that is not at its end: a plan is sent, a
// transaction whose answer was lost is asked for and sent again unchanged, and
// nothing is paid twice.
//
// A wallet never asks anybody what it may sign: limits come with each order from
// the payer's own side, and the deposit from the payer's own view of the chain.
package wallet
