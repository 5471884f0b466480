// Package provider is the role that carries and charges: it admits consumers,
// gives each a place in the tunnel, lets traffic flow as far as it is paid for
// and the offer's credit reaches, and asks once per tick, for all sessions of a
// hub together.
//
// A node calls Serve with each connection that the link has authenticated, and
// Run once: it owns the ticks and everything else that happens by itself.
//
//	            ┌─ Serve: one per connection ── accept, promises ─┐
//	consumers ──┤                                                 ▼
//	            └─ Run: control inside the tunnel ──────────► sessions ◄── watch: counts, credit, patience
//	                                                              ▲
//	hub ◄──────────── Run: one loop per hub: invoices, batch, receipts
//
// The decisions about one session are in step.go, a pure machine. What the
// package promises whatever consumers say: no traffic leaves before the hub has
// cleared the opening order; a session carries at most its credit unpaid, in
// bytes and in seconds; a promise that comes after its tick is dropped, since
// by then its preimage may be known; and a preimage goes out only after the
// hub's payout for it is on disk.
package provider
