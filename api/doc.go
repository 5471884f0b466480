// Package api holds what a running node says and is told: its status, its
// settings, the wish to be connected, offers, and how a refusal looks.
//
// The values are those of the REST interface and of --json, field by field;
// docs/json.md and docs/api.md are about them. node fills them in, api/server
// serves them on a socket, client fetches them and cmd/wherry prints them. The
// package is a leaf: it imports the root package alone, does no I/O, reads no
// clock, and all of its values may be copied and compared by their fields.
//
// Times are UTC. Money is never a number, lists are never null, and each object
// that stands alone begins with the name of its schema.
package api
