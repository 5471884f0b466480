// Package wire holds the messages that a consumer and a provider exchange about
// one session: their fields, bounds, versions and signatures.
//
//	consumer                                  provider
//	   │ open ──────────────────────────────────► │   who I am, which offer, my tunnel key, my hub
//	   │ ◄───────────────────── accept (or refuse)│   your addresses, my tunnel key, the terms, signed
//	   │ ◄──────────────────────────────── invoice│   this much in all, under this hash lock
//	   │ promise ───────────────────────────────► │   signed, locked
//	   │ ◄──────────────────────────────── receipt│   the preimage; traffic may flow
//	   │   … invoice, promise, receipt, once per tick …
//	   │ close ─────────────────────────────────► │   or the other way round, with a reason
//
// The first messages travel on a stream of the link. Once the tunnel is up the
// consumer opens a TCP connection inside it to the provider's inner address and
// ControlPort, says resume, and goes on there, so that control roams and
// survives outages with the tunnel.
//
// A message is one frame of internal/codec that holds a Message. Everything a
// peer sends is bounded before memory is taken for it and checked before it is
// returned: what Read returns is well formed. Whether it is true is for the
// session to find out.
package wire
