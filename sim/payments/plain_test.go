//go:build !race

package payments

// raced reports whether the race detector watches.
const raced = false
