// Package channel is the value exchange's arithmetic: the books of a payer, of
// a payee and of the hub between them, as pure values. It decides which promise
// to sign, accept, count, reveal or refuse; it reads no clock, opens no file,
// starts no goroutine and knows nothing of what is being paid for.
//
// # The exchange in one paragraph
//
// A payer (consumer) has one channel per hub on its own chain, A: a deposit,
// and a promise, the running total that it signs to the hub. A payee (provider)
// has, with the same hub, a payout on its own chain, B: the running total that
// the hub signs to it. Once per tick the payee draws a secret R, sends its hash
// h in an invoice, and the payer answers with a promise locked under h whose
// order says how much of the growing total is for whom. The payee hands all
// promises of the tick to the hub, which answers with one payout locked under
// the same h. The payee checks it, keeps it, and only then shows R: to the hub,
// which may now collect the promises and signs the payout unlocked; and to the
// payer, as its receipt. Nobody can take a step that leaves the other with less
// than it had.
//
//	payer ◄── invoice(h, due) ── payee
//	payer ─── promise(total, h, order) ──► payee ─── batch(h, promises, R before) ──► hub
//	                                       payee ◄── payout(total, h, expiry), payout(total before) ── hub
//	payer ◄── receipt(R) ─────── payee
package channel
