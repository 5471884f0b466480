package wherry

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
)

// Code says what kind of failure an error is. It is part of the API: the same
// word reaches JSON, decides the HTTP status and the exit status, and picks the
// hint that a person is shown.
type Code string

// The codes. Each has one row in the table below; a test holds the two together.
const (
	Invalid         Code = "invalid"         // the request is malformed
	Unauthenticated Code = "unauthenticated" // no or wrong credentials
	Locked          Code = "locked"          // the keystore is locked, or the passphrase wrong
	Forbidden       Code = "forbidden"       // known, and not allowed
	NotFound        Code = "not_found"       // no such thing
	Conflict        Code = "conflict"        // not in this state
	NotFunded       Code = "not_funded"      // the deposit does not cover it
	OverBudget      Code = "over_budget"     // the consumer's own limit says no
	PriceTooHigh    Code = "price_too_high"  // the price is above the consumer's cap
	TermsChanged    Code = "terms_changed"   // a hub's terms are not those that were agreed to
	NoOffer         Code = "no_offer"        // nobody offers what was asked for
	Unreachable     Code = "unreachable"     // somebody is named, and does not answer
	Refused         Code = "refused"         // somebody answered, and is not willing
	Busy            Code = "busy"            // somebody answered, and has no room just now
	Pending         Code = "pending"         // accepted, not final yet
	Timeout         Code = "timeout"         // took too long
	Interrupted     Code = "interrupted"     // the person or the system asked us to stop
	Answer          Code = "no"              // the question was answered, and the answer is no
	Internal        Code = "internal"        // our fault; the text stays in the log
)

// CodeInfo is what a Code means outside the program.
type CodeInfo struct {
	HTTP    int    // status of an HTTP answer
	Exit    int    // exit status of a command
	Meaning string // one line for the documentation
}

// codes is the whole table. docs/json.md and the command line's help are made
// from it.
var codes = map[Code]CodeInfo{
	Invalid:         {http.StatusBadRequest, 2, "the request is malformed"},
	Unauthenticated: {http.StatusUnauthorized, 4, "no or wrong credentials"},
	Locked:          {http.StatusUnauthorized, 4, "the keystore is locked or the passphrase is wrong"},
	Forbidden:       {http.StatusForbidden, 4, "known, not allowed"},
	NotFound:        {http.StatusNotFound, 1, "no such thing"},
	Conflict:        {http.StatusConflict, 1, "not in this state"},
	NotFunded:       {http.StatusPaymentRequired, 5, "the deposit does not cover it"},
	OverBudget:      {http.StatusPaymentRequired, 5, "the consumer's own limit says no"},
	PriceTooHigh:    {http.StatusPaymentRequired, 5, "the price is above the consumer's cap"},
	TermsChanged:    {http.StatusConflict, 5, "a hub's terms are not those that were agreed to"},
	NoOffer:         {http.StatusServiceUnavailable, 6, "nobody offers what was asked for"},
	Unreachable:     {http.StatusServiceUnavailable, 6, "named, and does not answer"},
	Refused:         {http.StatusServiceUnavailable, 6, "answered, and is not willing"},
	Busy:            {http.StatusTooManyRequests, 6, "answered, and has no room just now"},
	Pending:         {http.StatusAccepted, 8, "accepted, not final yet"},
	Timeout:         {http.StatusGatewayTimeout, 6, "took too long"},
	Interrupted:     {http.StatusServiceUnavailable, 130, "asked to stop"},
	Answer:          {http.StatusOK, 3, "the question was answered with no"},
	Internal:        {http.StatusInternalServerError, 1, "our fault; the text stays in the log"},
}

// Codes returns the table, a fresh copy per call.
func Codes() map[Code]CodeInfo {
	return maps.Clone(codes)
}

// Info returns what c means outside the program. A code that is not in the
// table (a peer may send anything) means Internal.
func (c Code) Info() CodeInfo {
	if i, ok := codes[c]; ok {
		return i
	}
	return codes[Internal]
}

// Known reports whether c is in the table.
func (c Code) Known() bool { _, ok := codes[c]; return ok }

// Error is an error that somebody is meant to act on.
type Error struct {
	Code Code
	Err  error // what happened; never nil
}

// Error returns the text of what happened, without the code.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns what happened.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error with a code. The format may hold %w.
func Errorf(code Code, format string, args ...any) error {
	return &Error{Code: code, Err: fmt.Errorf(format, args...)}
}

// CodeOf returns the outermost code that err carries, Internal where nobody
// gave it one, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}
