// Package hosttest is a small network for tests: namespaces without names, joined
// by cables, with an ear on every cable. Nothing of it is visible to the machine
// that it runs on, and the kernel takes all of it away with the test.
//
// It asks for root (internal/needs says so where there is none).
package hosttest
