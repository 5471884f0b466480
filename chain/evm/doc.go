// Package evm is a settlement chain behind JSON-RPC: chain.Chain for a Hubs
// contract on any EVM chain.
//
// The node opens one per chain of its network.toml. Endpoints are asked in the
// order given, each for a bounded time; what one cannot answer the next one is
// asked. An endpoint is used only after it has shown that it speaks the right
// chain and that the contract is there with the token and the delay expected.
//
// Endpoints are believed in what they say about the chain. They see which
// accounts are asked for.
package evm
