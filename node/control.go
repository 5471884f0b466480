package node

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
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
	"syscall"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/whole"
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

// proof shows whoever asked with a nonce that who answers knows the word.
func (d desk) proof(nonce string) string {
	m := hmac.New(sha256.New, []byte(d.Word))
	m.Write([]byte("wherry control\n" + nonce))
	return hex.EncodeToString(m.Sum(nil))
}

// helloWait bounds how long a node may take to show that it is there.
const helloWait = 5 * time.Second

// gone reports whether the node that wrote d has ended without taking it away, as after
// a crash: nobody answers there, or somebody who does not know the word, and must
// not hear it.
func (d desk) gone(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, helloWait)
	defer cancel()
	var nonce [16]byte
	_, _ = rand.Read(nonce[:]) // never fails
	n := hex.EncodeToString(nonce[:])
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, d.URL+"/?nonce="+n, nil)
	if err != nil {
		return true
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return errors.Is(err, syscall.ECONNREFUSED)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxControl))
	return err == nil && subtle.ConstantTimeCompare(b, []byte(d.proof(n))) != 1
}

// Why nobody was asked.
var (
	errNobody = wherry.Errorf(wherry.NotFound, "nobody says how to be asked")
	// errLeft is errNobody where a node that is gone had left its word.
	errLeft = fmt.Errorf("%w: what a node that is gone has left was taken away", errNobody)
)

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
	if err := whole.Write(controlPath(book), text); err != nil {
		return fmt.Errorf("say how this node is asked: %w", err)
	}
	defer os.Remove(controlPath(book))
	m := http.NewServeMux()
	m.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, d.proof(r.URL.Query().Get("nonce"))) // who asked is gone, or has it
	})
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

// askNode asks whoever has a book open. The error is that of the task, or errNobody,
// or errLeft.
func askNode(ctx context.Context, book, name string, args, into any) error {
	text, err := os.ReadFile(controlPath(book))
	if errors.Is(err, fs.ErrNotExist) {
		return errNobody
	}
	if err != nil {
		return fmt.Errorf("ask the running node: %w", err)
	}
	var d desk
	if err := json.Unmarshal(text, &d); err != nil {
		return wherry.Errorf(wherry.Internal, "read %s: %w", controlPath(book), err)
	}
	if d.gone(ctx) {
		if now, err := os.ReadFile(controlPath(book)); err == nil && bytes.Equal(now, text) {
			_ = os.Remove(controlPath(book)) // the next command finds it again, if at all
		}
		return errLeft
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

// elsewhere does something with a book that another process has open. Where that
// takes no commands it is Conflict; errLeft says that it may be worth opening the book
// once more.
func elsewhere[T any](ctx context.Context, book, name string, args any, busy error) (T, error) {
	var out T
	err := askNode(ctx, book, name, args, &out)
	if errors.Is(err, errNobody) && !errors.Is(err, errLeft) {
		return out, wherry.Errorf(wherry.Conflict, "%w, which takes no commands: end it first, or wait until it has", busy)
	}
	return out, err
}
