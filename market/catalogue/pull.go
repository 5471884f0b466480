package catalogue

import (
	"bufio"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/market/offer"
	"golang.org/x/sync/errgroup"
)

// peer is what is known of a node that we pull from.
type peer struct {
	url string

	mu     sync.Mutex // guards what follows
	cursor string     // where its last answer ended
	failed int        // pulls in a row that failed
	lied   uint64     // records in all that no honest peer sends
	warned bool
}

// maxLies ends an answer: a peer that sends so many bad records in one has
// nothing good to say.
const maxLies = 100

// maxBackoff is the longest pause after failures.
const maxBackoff = 10 * time.Minute

// Pull fetches what is new from the node at base, as "http://192.0.2.1:7070",
// and returns how many records were news. Bad records are skipped and counted;
// an answer that is not one, or has too many bad records, is an error with the
// code Refused, a node that does not answer one with Unreachable.
func (c *Catalogue) Pull(ctx context.Context, base string) (added int, err error) {
	p := c.peers[base]
	if p == nil {
		p = &peer{url: base}
	}
	ctx, cancel := context.WithTimeout(ctx, c.cfg.PullTimeout)
	defer cancel()
	for more := true; more && err == nil; {
		var n int
		n, more, err = c.pullPage(ctx, p)
		added += n
	}
	return added, err
}

func (c *Catalogue) pullPage(ctx context.Context, p *peer) (added int, more bool, err error) {
	p.mu.Lock()
	cursor := p.cursor
	p.mu.Unlock()
	from := strings.TrimSuffix(p.url, "/") + OffersPath
	if cursor != "" {
		from += "?since=" + url.QueryEscape(cursor)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return 0, false, wherry.Errorf(wherry.Invalid, "pull offers: %w", err)
	}
	resp, err := c.cfg.Client.Do(req)
	if err != nil {
		return 0, false, wherry.Errorf(wherry.Unreachable, "pull offers: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return 0, false, wherry.Errorf(wherry.Refused, "pull offers: the peer answers %d", resp.StatusCode)
	}
	added, lies, err := c.take(io.LimitReader(resp.Body, c.cfg.MaxPull), p.url)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lied += uint64(lies)
	if lies > 0 && !p.warned {
		p.warned = true // once; the count is in the debug log
		c.cfg.Log.Warn("peer sends offers that nobody signed so", "peer", p.url, "count", lies)
	} else if lies > 0 {
		c.cfg.Log.Debug("peer sends offers that nobody signed so", "peer", p.url, "count", p.lied)
	}
	if err != nil {
		return added, false, err
	}
	next := resp.Header.Get(CursorHeader)
	if len(next) > 128 {
		next = ""
	}
	more = resp.Header.Get(MoreHeader) != "" && next != "" && next != cursor && added > 0
	p.cursor = next
	return added, more, nil
}

var errAnswer = wherry.Errorf(wherry.Refused, "pull offers: the answer is not a list of offers")

// early is the error for an answer whose bytes stop coming.
func early(err error) error {
	return wherry.Errorf(wherry.Refused, "pull offers: the answer ends early: %w", err)
}

// take admits the records of an answer as they arrive.
func (c *Catalogue) take(body io.Reader, source string) (added, lies int, err error) {
	r := bufio.NewReader(body)
	count, err := readHead(r, 4, uint64(2*c.cfg.MaxOffers))
	if err != nil {
		return 0, 0, err
	}
	buf := make([]byte, offer.MaxSize)
	for range count {
		n, err := readHead(r, 2, offer.MaxSize)
		if err != nil {
			return added, lies, err
		}
		if _, err := io.ReadFull(r, buf[:n]); err != nil {
			return added, lies, early(err)
		}
		news, err := c.Add(buf[:n], source, time.Now())
		if news {
			added++
		}
		var why Refusal
		switch errors.As(err, &why); {
		case why == SourceBusy:
			return added, lies, err
		case why.lie():
			if lies++; lies > maxLies {
				return added, lies, wherry.Errorf(wherry.Refused, "pull offers: %d bad records in one answer", lies)
			}
		}
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return added, lies, errAnswer
	}
	return added, lies, nil
}

// readHead reads the head of a CBOR array or byte string of at most limit.
func readHead(r *bufio.Reader, major byte, limit uint64) (uint64, error) {
	first, err := r.ReadByte()
	if err != nil {
		return 0, early(err)
	}
	if first>>5 != major {
		return 0, errAnswer
	}
	n := uint64(first & 0x1f)
	if n >= 24 {
		if n > 26 {
			return 0, errAnswer
		}
		size := 1 << (n - 24)
		n = 0
		for range size {
			b, err := r.ReadByte()
			if err != nil {
				return 0, early(err)
			}
			n = n<<8 | uint64(b)
		}
	}
	if n > limit {
		return 0, wherry.Errorf(wherry.Refused, "pull offers: %d announced: at most %d", n, limit)
	}
	return n, nil
}

// Run pulls from the peers until ctx ends, each at its own pace: a peer that
// fails is asked less and less often. It returns nil.
func (c *Catalogue) Run(ctx context.Context) error {
	var g errgroup.Group
	for _, p := range c.peers {
		g.Go(func() error {
			c.follow(ctx, p)
			return nil
		})
	}
	g.Go(func() error {
		c.keepTidy(ctx)
		return nil
	})
	return g.Wait()
}

func (c *Catalogue) keepTidy(ctx context.Context) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-t.C:
			c.Purge(now)
		}
	}
}

func (c *Catalogue) follow(ctx context.Context, p *peer) {
	for {
		added, err := c.Pull(ctx, p.url)
		if ctx.Err() != nil {
			return
		}
		pause := c.note(p, added, err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// note keeps count of a pull and returns the pause before the next.
func (c *Catalogue) note(p *peer, added int, err error) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil {
		if p.failed > 0 {
			c.cfg.Log.Info("peer answers again", "peer", p.url)
		}
		if added > 0 {
			c.cfg.Log.Debug("new offers", "peer", p.url, "count", added)
		}
		p.failed = 0
		return jitter(c.cfg.Every)
	}
	if p.failed++; p.failed == 1 {
		c.cfg.Log.Warn("no offers from peer", "peer", p.url, "err", err)
	}
	return jitter(min(c.cfg.Every<<min(p.failed, 16), max(maxBackoff, c.cfg.Every)))
}

// jitter returns d, give or take a fifth, so that nodes do not march in step.
func jitter(d time.Duration) time.Duration {
	return d - d/5 + time.Duration(rand.Int64N(int64(2*d/5)+1)) //nolint:gosec // nobody gains by guessing it
}
