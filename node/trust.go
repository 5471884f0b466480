package node

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/internal/whole"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/solvency"
)

// firstFee is the highest fee, in parts per million, that a hub may ask at its
// first use without a person's consent, unless the configuration says otherwise.
const firstFee = 30_000

// trust is what a node remembers of hubs: the terms that were agreed to, the
// statements that it was shown, and why it takes no orders through one. It lies
// in small files, so that commands and running roles share it; each file has one
// kind of writer and appears whole.
type trust struct {
	dir    string
	maxFee uint64 // of the configuration; zero when it says nothing
	log    *slog.Logger
	mu     sync.Mutex // one read, change, write at a time in this process
}

// trust opens what the node remembers of hubs.
func (c Config) trust(n Network) (*trust, error) {
	dir, err := c.dir(n.Name, "hubs")
	if err != nil {
		return nil, err
	}
	return &trust{dir: dir, maxFee: c.MaxFeePPM, log: c.log()}, nil
}

func (t *trust) path(hub wherry.Address, what string) string {
	return filepath.Join(t.dir, hub.String()+"."+what+".json")
}

// load reads a file into v, which stays as it is where there is none.
func (t *trust) load(hub wherry.Address, what string, v any) error {
	b, err := os.ReadFile(t.path(hub, what))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "what is remembered of hub %s: %s: %w", hub, t.path(hub, what), err)
	}
	return nil
}

func (t *trust) save(hub wherry.Address, what string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return writeNew(t.path(hub, what), append(b, '\n'))
}

// agreement is the terms of one hub that were agreed to, by chain of deposits: as
// the hub has signed them, in hexadecimal.
type agreement struct {
	Terms map[uint64]string `json:"terms"`
}

// agreedTerms returns the terms for deposits on a chain that were agreed to; ok
// is false when none were.
func (t *trust) agreedTerms(hub wherry.Address, chainA uint64) (terms channel.SignedTerms, ok bool, err error) {
	var a agreement
	if err := t.load(hub, "agreed", &a); err != nil {
		return terms, false, err
	}
	text, ok := a.Terms[chainA]
	if !ok {
		return terms, false, nil
	}
	b, err := hex.DecodeString(text)
	if err == nil {
		err = codec.Unmarshal(b, &terms)
	}
	if err != nil {
		return terms, false, wherry.Errorf(wherry.Invalid, "the terms that were agreed to with hub %s: %w", hub, err)
	}
	return terms, true, nil
}

// agree remembers terms as agreed to.
func (t *trust) agree(terms channel.SignedTerms) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	a := agreement{Terms: map[uint64]string{}}
	if err := t.load(terms.Hub, "agreed", &a); err != nil {
		return err
	}
	b, err := codec.Marshal(terms)
	if err != nil {
		return err
	}
	a.Terms[terms.A.ID] = hex.EncodeToString(b)
	return t.save(terms.Hub, "agreed", a)
}

// agreed asks a hub for its terms for deposits on a chain and holds them against
// what was agreed to. The first terms count as agreed to unless their fee is
// high; later ones that are no worse do, too. Anything else is TermsChanged,
// until a person accepts it.
func (t *trust) agreed(ctx context.Context, h HubEntry, chainA uint64) error {
	_, err := t.terms(ctx, h, chainA)
	return err
}

// terms is agreed, and returns the terms that hold.
func (t *trust) terms(ctx context.Context, h HubEntry, chainA uint64) (channel.SignedTerms, error) {
	now, err := clientOf(h).Terms(ctx, chainA)
	if err != nil {
		return now, err
	}
	if err := current(now, time.Now()); err != nil {
		return now, err
	}
	before, known, err := t.agreedTerms(h.Address, chainA)
	if err != nil {
		return now, err
	}
	if err := consents(before, known, now, t.maxFee); err != nil {
		return now, wherry.Errorf(wherry.CodeOf(err), "hub %s: %w: wherry hubs show %s, and wherry hubs accept %s", h.Called(), err, h.Called(), h.Called())
	}
	switch changes := now.Changes(before); {
	case !known:
		t.log.Warn("first use of a hub, its terms are agreed to", "hub", h.Called(), "fee_ppm", now.FeePPM,
			"min_reserve", now.MinReserve, "min_push", now.MinPush, "max_open", now.MaxOpen, "payout_life_seconds", now.PayoutLife)
		return now, t.agree(now)
	case len(changes) > 0:
		t.log.Info("hub has other terms, no worse than those agreed to", "hub", h.Called(), "changes", fmt.Sprint(changes))
		return now, t.agree(now)
	}
	return now, nil
}

// current refuses terms that are over or make no sense.
func current(t channel.SignedTerms, now time.Time) error {
	if t.ValidUntil < uint64(now.Unix()) {
		return wherry.Errorf(wherry.Refused, "the terms of hub %s are over", t.Hub)
	}
	return t.Check()
}

// consents decides whether terms may be used without asking a person: with what
// was agreed to before, if anything was, and the configured limit of the fee.
func consents(before channel.SignedTerms, known bool, now channel.SignedTerms, maxFee uint64) error {
	if !known {
		if limit := or(maxFee, firstFee); now.FeePPM > limit {
			return wherry.Errorf(wherry.TermsChanged, "it keeps %d parts per million of each order, more than %d", now.FeePPM, limit)
		}
		return nil
	}
	var worse []string
	for _, c := range now.Changes(before) {
		if c.Worse && (c.What != "fee_ppm" || now.FeePPM > maxFee) {
			worse = append(worse, c.String())
		}
	}
	if len(worse) > 0 {
		return wherry.Errorf(wherry.TermsChanged, "its terms are worse than those agreed to: %s", strings.Join(worse, ", "))
	}
	return nil
}

// keptSeen is how many statements of a chain are remembered.
const keptSeen = 16

// seen is the statements that this node was shown, by chain, oldest first.
type seen struct {
	Statements map[uint64][]string `json:"statements"` // as the hub has signed them, in hexadecimal
}

// statements returns what the hub has shown of a chain, oldest first.
func (t *trust) statements(hub wherry.Address, chain uint64) (out []solvency.Statement, err error) {
	var s seen
	if err := t.load(hub, "seen", &s); err != nil {
		return nil, err
	}
	for _, text := range s.Statements[chain] {
		var st solvency.Statement
		b, err := hex.DecodeString(text)
		if err == nil {
			err = codec.Unmarshal(b, &st)
		}
		if err != nil {
			return nil, wherry.Errorf(wherry.Invalid, "the statements of hub %s that were seen: %w", hub, err)
		}
		out = append(out, st)
	}
	return out, nil
}

// remember keeps verified statements that the hub has shown, if they are new.
func (t *trust) remember(statements ...solvency.Statement) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, st := range statements {
		s := seen{Statements: map[uint64][]string{}}
		if err := t.load(st.Hub, "seen", &s); err != nil {
			return err
		}
		text, err := encoded(st)
		if err != nil {
			return err
		}
		all := s.Statements[st.ChainID]
		if slices.Contains(all, text) {
			continue
		}
		all = append(all, text)
		s.Statements[st.ChainID] = all[max(0, len(all)-keptSeen):]
		if err := t.save(st.Hub, "seen", s); err != nil {
			return err
		}
	}
	return nil
}

// encoded returns a statement as it travels, in hexadecimal.
func encoded(s solvency.Statement) (string, error) {
	b, err := codec.Marshal(s)
	return hex.EncodeToString(b), err
}

// complaint is why a provider takes no new orders through a hub, or a consumer pays
// nothing new.
type complaint struct {
	Since    time.Time          `json:"since"`
	Code     wherry.Code        `json:"code"`
	Text     string             `json:"text"`
	Findings []solvency.Finding `json:"findings,omitempty"`
	Evidence []string           `json:"evidence,omitempty"` // statements that contradict each other
}

// proven reports whether the hub has signed its own conviction: that does not
// go away by itself.
func (c complaint) proven() bool {
	return slices.ContainsFunc(c.Findings, func(f solvency.Finding) bool { return f.Flaw == solvency.TwoStatements })
}

// Who complains about a hub, as it stands in the file's name.
const (
	payeeRole = "problem"
	payerRole = "payer"
)

func (t *trust) complaint(hub wherry.Address, role string) (c complaint, err error) {
	return c, t.load(hub, role, &c)
}

// problem returns why no orders are taken through a hub, "" when they are.
func (t *trust) problem(hub wherry.Address) string {
	for _, role := range []string{payeeRole, payerRole} {
		c, err := t.complaint(hub, role)
		if err != nil {
			return err.Error()
		}
		if c.Text != "" {
			return c.Text
		}
	}
	return ""
}

// complain notes a problem, or with a zero one that there is none.
func (t *trust) complain(hub wherry.Address, role string, c complaint) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c.Text == "" {
		err := os.Remove(t.path(hub, role))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	if before, err := t.complaint(hub, role); err == nil && before.Text == c.Text {
		return nil
	}
	return t.save(hub, role, c)
}

// writeNew writes a small file of the node's, whole.
func writeNew(path string, b []byte) error { return whole.Write(path, b) }
