// Package meter turns what a session has used into what is owed, and decides
// how far each side goes on trust: what the provider carries unpaid, when it
// asks, what the consumer pays and what it calls a lie.
//
// Both roles of session use it, each with its own count. It reads no clock and
// starts no goroutine: the caller says what has been used, as running totals,
// and every answer is a running total too, so that losing one loses nothing.
// Sums round down, in favour of the payer, and never go back while their
// arguments don't.
package meter
