package server

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/wherrynet/wherry"
)

// around is what every request goes through: it gets a name and a deadline, who
// asks is checked, and a fault of ours is an answer and a line in the log.
func (s *Server) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := newRequestID()
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, id))
		w.Header().Set(requestHeader, id)
		w.Header().Set("Cache-Control", "no-store")
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerWait)) // events set their own
		defer func() {
			if fault := recover(); fault != nil {
				s.cfg.Log.Error("request not served", "request", id, "err", fmt.Sprint(fault), "stack", string(debug.Stack()))
				s.write(w, r, wherry.Errorf(wherry.Internal, "a fault"))
			}
		}()
		if err := s.cfg.Access.check(peerOf(r.Context())); err != nil {
			s.cfg.Log.Warn("somebody without the right has asked", "request", id, "err", err)
			s.write(w, r, err)
			return
		}
		if r.Header.Get("Origin") != "" { // a page in a browser has no business here
			s.write(w, r, wherry.Errorf(wherry.Forbidden, "requests of web pages are refused"))
			return
		}
		next.ServeHTTP(w, r)
		s.cfg.Log.Debug("request served", "request", id, "method", r.Method, "route", r.Pattern)
	})
}
