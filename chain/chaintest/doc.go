// Package chaintest is a settlement chain in memory, and the suite of tests that
// every chain.Chain must pass.
//
// Chain follows the contract's rules to the letter, in the slow and obvious way:
// its state is a handful of maps, copied for every block. Tests of hubs, wallets
// and nodes use it in place of a node; the tests of chain/evm use it as the
// model that the contract is held to.
//
// Nothing happens by itself. Send makes a block, unless Config.Manual says to
// wait for Mine; time moves by a second per block, unless Config.Now gives it;
// Reorg goes back; SetDown takes the chain off the net.
package chaintest
