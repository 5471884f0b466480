// Package server answers the REST interface of a running node on a unix socket,
// for cmd/wherry, for scripts and for other programs on this computer.
//
// Who reaches the socket can spend money, so its file has a group, and whoever
// connects is asked of the kernel: root, the user that the node runs as, and
// members of that group are let in. Everything that comes in is bounded: the
// number of connections, headers, bodies, how long an answer may take and how
// far a reader of events may fall behind.
//
// The package knows no node. What it serves is an Engine, which package node
// fulfils; handlers check, call one method and write what it returned. The
// interface is described by the operations themselves: docs/openapi.yaml is made
// from them, and a test holds the two together.
package server
