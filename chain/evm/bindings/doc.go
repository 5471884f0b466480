// Package bindings packs calls to the contracts and unpacks what they answer,
// log and refuse with.
//
// It is generated from contracts/abi by internal/tools/contracts and holds no
// logic: chain/evm is its only caller, and turns its big.Ints into
// wherry.Amounts. Each contract's creation code is in its MetaData.
package bindings
