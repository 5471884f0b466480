package node

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"strings"

	"github.com/wherrynet/wherry"
)

// A book of money has one writer. While a proxy or a provider runs, it is that
// writer, and a command that wants something done with the book asks it: over
// the loopback, at an address and with a word that stand in a file beside the
// book, which its owner alone can read.

// maxControl bounds a question and an answer, in bytes.
const maxControl = 64 << 10

// desk is where a running node says how it is asked.
type desk struct {
	URL  string `json:"url"`
	Word string `json:"word"`
}

// controlPath returns the file that says how whoever has a book open is asked.
func controlPath(book string) string { return book + ".control" }

// task does what a command asks for, with its arguments as JSON.
type task func(ctx context.Context, args json.RawMessage) (any, error)

// serveControl answers for a book until ctx ends. Who asks must have the word.
func serveControl(ctx context.Context, book string, tasks ...map[string]task) error {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen for commands: %w", err)
	}
	defer l.Close()
	var word [32]byte
	_, _ = rand.Read(word[:]) // never fails
	d := desk{URL: "http://" + l.Addr().String(), Word: hex.EncodeToString(word[:])}
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	if err := writeNew(controlPath(book), text); err != nil {
		return fmt.Errorf("say how this node is asked: %w", err)
	}
	defer os.Remove(controlPath(book))
	m := http.NewServeMux()
	for _, some := range tasks {
		for name, do := range some {
			m.HandleFunc("POST /"+name, func(w http.ResponseWriter, r *http.Request) {
				given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
				if subtle.ConstantTimeCompare([]byte(given), []byte(d.Word)) != 1 {
					answerControl(w, nil, wherry.Errorf(wherry.Unauthenticated, "who asks does not know the word"))
					return
				}
				args, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxControl))
				if err != nil {
					answerControl(w, nil, wherry.Errorf(wherry.Invalid, "read the question: %w", err))
					return
				}
				v, err := do(r.Context(), args)
				answerControl(w, v, err)
			})
		}
	}
	return serveFor(ctx, l, m, txPatience+leaveWait)
}

// controlAnswer is what a task came to: a result, an error, or, while something
// is under way still, both.
type controlAnswer struct {
	Result json.RawMessage `json:"result,omitempty"`
	Code   wherry.Code     `json:"code,omitempty"`
	Error  string          `json:"error,omitempty"`
}

func answerControl(w http.ResponseWriter, v any, failed error) {
	var a controlAnswer
	if failed != nil {
		a.Code, a.Error = wherry.CodeOf(failed), failed.Error()
	}
	if v != nil {
		b, err := json.Marshal(v)
		if err != nil && failed == nil {
			a.Code, a.Error = wherry.Internal, err.Error()
		}
		a.Result = b
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(a) // who asked is gone, or has it
}

// askNode asks whoever has a book open. The error is that of the task; NotFound
// means that nobody says how to be asked.
func askNode(ctx context.Context, book, name string, args, into any) error {
	text, err := os.ReadFile(controlPath(book))
	if errors.Is(err, fs.ErrNotExist) {
		return wherry.Errorf(wherry.NotFound, "nobody answers for %s", book)
	}
	if err != nil {
		return fmt.Errorf("ask the running node: %w", err)
	}
	var d desk
	if err := json.Unmarshal(text, &d); err != nil {
		return wherry.Errorf(wherry.Internal, "read %s: %w", controlPath(book), err)
	}
	body, err := json.Marshal(args)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL+"/"+name, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+d.Word)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return wherry.Errorf(wherry.Pending, "the running node goes on with it: run the same command again to follow it")
		}
		return wherry.Errorf(wherry.Unreachable, "the node that has %s open does not answer: %w", book, err)
	}
	defer resp.Body.Close()
	var a controlAnswer
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxControl)).Decode(&a); err != nil {
		return wherry.Errorf(wherry.Internal, "the running node answers %s", resp.Status)
	}
	if len(a.Result) > 0 && into != nil {
		if err := json.Unmarshal(a.Result, into); err != nil {
			return wherry.Errorf(wherry.Internal, "read the running node's answer: %w", err)
		}
	}
	if a.Code != "" {
		if !a.Code.Known() {
			a.Code = wherry.Internal
		}
		return wherry.Errorf(a.Code, "%s", a.Error)
	}
	return nil
}

// elsewhere does something with a book that another process has open: here is
// what happens where it is not.
func elsewhere[T any](ctx context.Context, book, name string, args any, busy error) (T, error) {
	var out T
	err := askNode(ctx, book, name, args, &out)
	if wherry.CodeOf(err) == wherry.NotFound {
		return out, wherry.Errorf(wherry.Conflict, "%w, which takes no commands: end it first, or wait until it has", busy)
	}
	return out, err
}
