// Package catalogue is this node's copy of all offers: searched locally, served
// to whoever asks, and filled from the peers that the node is given. Every node
// has one, so there is no server to ask, to trust or to block.
//
// A record is admitted by the cheapest test first: its size and form, whether
// its provider is one that counts, whether it is newer than what is held and not
// from the future, whether its provider is not too busy signing, whether its
// source is not too busy sending, and last the signature. What was admitted is
// relayed in the bytes it came in. A peer can therefore hide offers, but neither
// make nor change one; who asks several peers is hardly blinded.
//
// A provider that signs two different records with one sequence number has made
// the proof of it itself: the catalogue keeps both.
//
// Records survive a restart in a file that is only ever appended to and now and
// then written anew. It is a cache: a torn or damaged end is cut off, and what
// is lost comes back from the peers. A disk that fails is reported once and
// otherwise done without.
//
// Nodes open one, Add what they sign, Run it beside their roles and mount
// Handler on their HTTP server. Gossip will call Add as well.
package catalogue
