package catalogue

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// OffersPath is where Handler answers.
const OffersPath = "/v1/offers"

// Headers of an answer. CursorHeader is what to give as ?since= next time;
// MoreHeader is there when this answer was cut at the page's bound.
const (
	CursorHeader = "Wherry-Cursor"
	MoreHeader   = "Wherry-More"
)

// Handler serves the records to anybody, read only:
//
//	GET /v1/offers[?since=CURSOR]
//
// The answer is one CBOR array of byte strings, each a record as its provider
// signed it; with since, those that came after that answer. A cursor that this
// process did not give means from the start. A HEAD, and a GET with the
// current ETag in If-None-Match, get no body.
func (c *Catalogue) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+OffersPath, c.serveOffers)
	return mux
}

func (c *Catalogue) serveOffers(w http.ResponseWriter, r *http.Request) {
	since := c.parseCursor(r.URL.Query().Get("since"))
	raws, rev, more := c.page(since)
	cursor := c.cursor(rev)
	h := w.Header()
	h.Set(CursorHeader, cursor)
	h.Set("ETag", `"`+cursor+`"`)
	h.Set("Content-Type", "application/cbor")
	h.Set("Cache-Control", "no-cache")
	if more {
		h.Set(MoreHeader, "1")
	}
	if since == 0 && r.Header.Get("If-None-Match") == `"`+cursor+`"` {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := appendHead(nil, 4, len(raws))
	for _, raw := range raws {
		body = append(appendHead(body, 2, len(raw)), raw...)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the asker's connection is the asker's affair
	}
}

// page returns the records that came after since, oldest first, and where that
// leads to.
func (c *Catalogue) page(since uint64) (raws [][]byte, rev uint64, more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if since >= c.rev {
		return nil, c.rev, false
	}
	var after []*entry
	for _, e := range c.held {
		if e.rev > since {
			after = append(after, e)
		}
	}
	slices.SortFunc(after, func(a, b *entry) int { return cmp.Compare(a.rev, b.rev) })
	rev = c.rev
	if len(after) > c.cfg.Page {
		after, more = after[:c.cfg.Page], true
		rev = after[len(after)-1].rev
	}
	for _, e := range after {
		raws = append(raws, e.Raw)
	}
	return raws, rev, more
}

func (c *Catalogue) cursor(rev uint64) string { return c.nonce + "-" + strconv.FormatUint(rev, 10) }

// parseCursor returns the revision that s stands for, 0 where it stands for none
// of ours.
func (c *Catalogue) parseCursor(s string) uint64 {
	nonce, rev, ok := strings.Cut(s, "-")
	if !ok || nonce != c.nonce {
		return 0
	}
	n, err := strconv.ParseUint(rev, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// appendHead appends the head of a CBOR value in its shortest form.
func appendHead(b []byte, major byte, n int) []byte {
	switch {
	case n < 24:
		return append(b, major<<5|byte(n))
	case n < 1<<8:
		return append(b, major<<5|24, byte(n))
	case n < 1<<16:
		return append(b, major<<5|25, byte(n>>8), byte(n))
	}
	return append(b, major<<5|26, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}
