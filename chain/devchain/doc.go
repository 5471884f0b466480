// Package devchain is an Ethereum chain of one's own, inside the process: a
// go-ethereum node without peers that makes blocks by the clock or as soon as a
// transaction arrives, answers JSON-RPC on a local port, and does two things
// that no real chain does when asked to: jump ahead in time and go back a few
// blocks.
//
// cmd/wherrydev runs it as a process of its own, and tests start it in theirs.
// Nothing else may import it: it holds the whole of go-ethereum's node.
//
// The state lives in Config.DataDir and survives a clean stop. After kill -9 the
// chain comes back consistent but a few blocks shorter, which the rest of
// wherry has to take for what it is: a reorg.
//
// Faucet coins belong to a key that everybody knows; there is nothing to
// protect here.
package devchain
