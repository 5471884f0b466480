// Package sessiontest is a small world in memory for tests of sessions: links
// and tunnels without a network, a hub that keeps no journal, a wallet and a
// book of earnings that keep everything in variables. They run in virtual time,
// and each can be told to misbehave.
package sessiontest
