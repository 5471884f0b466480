// Package servicetest holds what the tests of services share: a network in memory
// that tunnels run over, and the suite that a pair of tunnel ends must pass.
package servicetest
