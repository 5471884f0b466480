// Package payments plays the value exchange: consumers, providers and hubs, two
// chains and a bad network between them, in one process and in virtual time,
// out of one seed. Nobody imports it; its tests are the simulation.
//
// What runs is the product's own code: wallet, earnings, hub and relayer, with their
// SQLite files and their journal. Made up are the computers under them, the
// network, the chains (chaintest) and what is sold. A session here is a price
// for each tick, and nothing else.
//
// # One run
//
// A seed decides everything: who there is, prices, fees, limits and schedules;
// which messages are lost, late or come twice; when chains go back; at which
// write, sync, rename or commit a process dies, and what of its unsynced bytes
// is left. Days of trade and nights in which payouts expire follow each other.
// Then the network is mended, everybody leaves, and the sums are made.
//
// Everybody is a goroutine in a synctest bubble, and each wakes at an instant
// of its own, so that one runs at a time and the same seed is the same run, to
// the last byte. TestSameSeedSameTrace holds it to that.
//
// # What is checked
//
// A ledger that is slow and obvious (maps of whole numbers, no shared code with
// the books) sees everything that was signed and acknowledged. The properties
// that it checks carry the names that docs/testing.md explains: conservation,
// monotony, bounded loss, budget, closed by default, the figures agree,
// liveness, privacy.
package payments
