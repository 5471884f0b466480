// Package tunnel decides about the whole machine's traffic while somebody wants
// to be connected: in which of six states it is, what may leave the machine in
// each, and what to do about everything that can happen. It is pure: Step takes
// an event and the time, and answers with the next machine and a list of effects
// that package node performs, in their order.
//
// What it promises, whatever the order of events: from the first wish to connect
// until an ordered disconnect has ended its session, the guard is not released;
// nobody is dialled before the guard is known to be closed; with lockdown the
// guard is never released at all; and the effects stand in such an order that a
// crash between any two of them leaves the computer as closed as it was, with
// what is needed to go on already on disk. properties_test.go and crash_test.go
// hold it to that.
//
// Pulse, beside it, tells a provider that has fallen silent from one that merely
// has nothing to say.
package tunnel
