// Package quota is how much a provider carries: caps on the bytes of a day, of a month
// and of an hour of the day, and the ledger that knows what was carried. Sessions have
// a cap of their own, which session/provider keeps to.
//
// node reads the caps from the configuration, keeps the ledger on disk and gives both
// to session/provider, which asks before it admits a session and tells what sessions
// use. The package is pure: time is an argument, with the location whose days and
// hours count.
//
// The ledger keeps days and hours by name, not the time of the last change. So a clock
// that jumps ahead and back again neither forgets what was carried nor counts it twice.
package quota
