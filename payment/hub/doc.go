// Package hub is the clearing house: it takes providers' batches of promises,
// answers with payouts, collects what consumers promised on one chain and pays
// what payees earned on another.
//
// node runs one; providers and consumers reach it over HTTP with
// payment/hub/client. What may be accepted is decided by the book of
// payment/channel alone, and everything that changes the book is in
// payment/journal before any signature that follows from it leaves.
//
//	request ─► decode ─► signatures, on all cores ─► book and journal, one
//	         writer ─► one sync for all that wait ─► sign ─► answer
//
// # What it promises
//
// The same batch gets the same bytes back, also after a restart. A hub whose
// journal fails says so and accepts nothing more. One whose journal is older than
// what the chain or a payee can prove takes no orders ever again: it collects,
// pays what it has signed, and says what it knows. Work has bounds: a hub with
// too much in hand answers Busy, and when to come back.
//
// # On chain
//
// Each chain is read from the newest final block that the book knows. Deposits
// count once they are final; a consumer that leaves is noticed at once. Every
// transaction is a record in the journal, planned → sent → mined → final or
// failed, and is taken up again at start. Collecting and paying carry running
// totals, so that doing it twice does no harm.
package hub
