package api

import (
	"encoding/json"

	"github.com/wherrynet/wherry"
)

// ProblemType is the media type of a Refusal (RFC 9457).
const ProblemType = "application/problem+json"

// Refusal is an error as the REST interface tells it: a problem document of
// RFC 9457 with the code of the error, which is the part to act on, what to try
// and the request that it answers. Errors of the code internal keep their text
// for the log.
type Refusal struct {
	Type    string      `json:"type" doc:"A URI that names the kind of problem: urn:wherry:error: and the code."`
	Title   string      `json:"title" doc:"What the code means."`
	Status  int         `json:"status" doc:"The HTTP status."`
	Detail  string      `json:"detail" doc:"What happened, and why."`
	Code    wherry.Code `json:"code" doc:"One of the codes of docs/json.md."`
	Try     []string    `json:"try" doc:"What may help."`
	Request string      `json:"request,omitempty" doc:"Wherry-Request-Id of the request."`
}

// typePrefix begins the types of our refusals.
const typePrefix = "urn:wherry:error:"

// Refuse returns the problem document of an error. The text of an error that
// nobody gave a code stays in the log: it is not for a stranger.
func Refuse(err error, request string) Refusal {
	code := wherry.CodeOf(err)
	info := code.Info()
	r := Refusal{
		Type: typePrefix + string(code), Title: info.Meaning, Status: info.HTTP, Detail: err.Error(), Code: code, Try: []string{}, Request: request,
	}
	if !code.Known() || code == wherry.Internal {
		r.Type, r.Code, r.Detail = typePrefix+string(wherry.Internal), wherry.Internal, "something went wrong inside; the log says what"
	}
	return r
}

// Err returns the error that a problem document tells of. A document without a
// code that we know is Internal.
func (r Refusal) Err() error {
	code := r.Code
	if !code.Known() {
		code = wherry.Internal
	}
	if r.Detail == "" {
		return wherry.Errorf(code, "%s", code.Info().Meaning)
	}
	return wherry.Errorf(code, "%s", r.Detail)
}

// ParseRefusal reads a problem document. What is none is Internal.
func ParseRefusal(b []byte) Refusal {
	var r Refusal
	if json.Unmarshal(b, &r) != nil || r.Code == "" {
		return Refusal{Code: wherry.Internal, Detail: "the answer is no problem document"}
	}
	return r
}
