// Package e2e proves the main job on real binaries: the same programs that
// people run, as operating-system processes with real chains, sockets and
// files, on a development network of their own. Nothing leaves the machine.
//
// The tests build the programs once, start networks in temporary directories,
// kill what they want to see die, and check the books against the chains to the
// last base unit. Several networks run at a time, each with loopback addresses
// of its own: they wait for blocks most of their time.
package e2e
