// Package soak kills a hub with SIGKILL under load, again and again, and holds
// what it said against its books and against the chains: make soak ROUNDS=1000.
//
// The hub is a process of its own, the real one over a real journal and two real
// development chains, which live in the process that kills it. Providers with
// consumers pay through it all the while, each by the protocol: the same bytes
// again until there is an answer. Nothing that was answered may be missing
// afterwards, and nothing may count twice, to the last base unit.
//
// A control shows that the detector detects: the same run with a journal that
// says yes before it writes has to be caught.
package soak
