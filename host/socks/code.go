package socks

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"syscall"

	"github.com/wherrynet/wherry"
)

// codeOf returns the code of a dial's error, guessed where it has none.
func codeOf(err error) wherry.Code {
	var coded *wherry.Error
	var name *net.DNSError
	switch {
	case errors.As(err, &coded):
		return coded.Code
	case errors.Is(err, syscall.ECONNREFUSED):
		return wherry.Refused
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, syscall.ETIMEDOUT):
		return wherry.Timeout
	case errors.As(err, &name):
		return wherry.NotFound
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return wherry.Unreachable
	}
	return wherry.Internal
}

// statusOf finds the HTTP status that a proxy says it with. What concerns money
// keeps its own; the rest is a gateway's.
func statusOf(err error) int {
	switch c := codeOf(err); c {
	case wherry.Forbidden:
		return http.StatusForbidden
	case wherry.Timeout:
		return http.StatusGatewayTimeout
	case wherry.NotFunded, wherry.OverBudget, wherry.PriceTooHigh:
		return c.Info().HTTP
	}
	return http.StatusBadGateway
}

// sentence is what a person reads who meets the error in a browser. It holds nothing
// of the error itself, which may name a destination.
func sentence(err error) string {
	switch codeOf(err) {
	case wherry.Forbidden:
		return "This address is refused by the exit policy.\n"
	case wherry.NotFound:
		return "There is no such name.\n"
	case wherry.Refused:
		return "The connection was refused, by the server or by the provider's exit policy.\n"
	case wherry.Timeout:
		return "The server took too long.\n"
	case wherry.NotFunded, wherry.OverBudget, wherry.PriceTooHigh:
		return "The tunnel is not paid for: see the wherry that runs it.\n"
	}
	return "The server can't be reached through the tunnel.\n"
}
