// Package earnings is a payee's money with one hub on one chain: the ticks that
// it draws, the batches that it hands in, the payouts that it was given, and
// what became of them on chain.
//
// The provider role charges with it, the node and the command line show it. The
// rules are those of payment/channel; this package makes them durable, in their
// order:
//
//	a tick's number is on the disk before its lock is in an invoice
//	a batch is on the disk before it is sent, and is sent again with the same bytes
//	a payout is on the disk before its preimage is shown to anybody
//	a settlement is on the disk before its transaction leaves
//
// Preimages are not stored: they are made from the provider's key, the hub, the
// chain, the payee, the run of the process and the tick's number. Each run
// draws a name of its own, so that a file restored from an old copy never makes
// a preimage twice.
package earnings
