// Package consumer is the role that uses and pays: it opens one session with
// one provider, brings up the tunnel, pays each tick by its own count, and
// stops when the provider lies, grows dear, falls silent or the budget is spent.
//
// A node calls Open with a connection to the provider that the link has
// authenticated, and then Run on the Session that it gets; when Run returns, the
// session is over and its error says why, with a code by which the node decides
// whether to try the next provider.
//
// All decisions are in step.go: a pure machine that is fed what happened and
// answers with what to do. The rest carries it out. What the package promises
// whatever a provider says: nothing is signed above the agreed price, above the
// consumer's own count and its tolerance, above the budget, or while three
// earlier promises are without an answer.
package consumer
