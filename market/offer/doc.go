// Package offer is what a provider signs to be found: one service, its price,
// where it leaves to the internet, the hubs it takes payment through, and how
// to reach it.
//
// A record is one CBOR map with integer keys in its deterministic encoding,
// followed by 65 bytes of signature; together at most MaxSize bytes. Whoever
// holds a record relays the bytes as they came, so that keys which this version
// does not know keep their meaning and their signature. A record's key is the
// provider and the service: of two, the one with the higher sequence number
// counts. A record with a lease of zero takes the offer back.
//
// Session roles read offers, market/choose ranks them and market/catalogue
// keeps them. The package is pure: it reads no clock and keeps nothing. Bytes
// from a stranger are checked cheapest first (size, form, values, signature),
// and nothing that comes out of Parse is unsigned, malformed or absurd.
package offer
