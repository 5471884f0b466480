// Command wherry is a node: a consumer, a provider or a hub, by its
// sub-command. It parses and prints; the work is in package node.
//
// The terminal's rules: results go to standard output, everything else to
// standard error. An error is one line that says what and why, then lines of
// what to try, then the exit status of its code. With --json a result is one
// object that names its schema, an error is one object on standard error, and
// nothing else is printed. Nothing asks a question when there is no terminal.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
