// Package guard is the small privileged part of a consumer: a process that may
// change this machine's network (CAP_NET_ADMIN) and reads nothing from it, beside
// the large one that talks to strangers and may change nothing.
//
// The two hold the ends of a socket pair. The unprivileged side has a Client and
// says what it wishes: which tunnel, which endpoints, which resolver. Serve, the
// privileged side, makes firewall, routes, DNS and the interface be so, and keeps
// them so: what another program flushes is put back within a second, and said.
//
// A Wish always closes: what it does not list does not leave this machine. There
// is no wish that opens; Release alone does, and restores what was there before,
// to the byte. (Open is for a person whose guard does not start.) What was there is on disk before anything is changed, so that
// Release works after kill -9 and after a restart too. When the unprivileged side
// dies the guard closes what was open for it, and ends; the rules stay.
//
// host/firewall holds what may leave; docs/security.md has it as a table.
package guard
