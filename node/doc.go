// Package node builds a node from a configuration: the one place where roles
// meet hands, in plain code from top to bottom.
//
// A role (session/consumer, session/provider, payment/hub) decides and asks for
// what it needs through small interfaces; a hand (link, service/wireguard,
// chain/evm, payment/wallet, …) touches one outside thing. This package opens
// the hands, gives them to the roles, runs both and closes them in the reverse
// order. The commands in cmd/wherry only parse, call a method here and print
// what it returns.
package node
