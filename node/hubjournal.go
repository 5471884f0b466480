package node

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/hub"
	"github.com/wherrynet/wherry/payment/journal"
	"github.com/wherrynet/wherry/payment/journal/stream"
)

// runningHub is a hub with a journal of its own, or one that shares a journal
// with other processes.
type runningHub interface {
	Run(context.Context) error
	Handler() http.Handler
	AdminHandler() http.Handler
	WatchHandler() http.Handler
	Close() error
}

// openHub opens a hub with the journal that the configuration names: file:DIR,
// or nats://host:port,…/NAME; dir is where it lies when none is named. A hub whose
// journal other processes share serves only when it is its turn.
func (c Config) openHub(cfg hub.Config, dir string) (runningHub, error) {
	at := c.Hub.Journal
	if stream.Scheme(at) {
		s, err := c.stream(at)
		if err != nil {
			return nil, err
		}
		if q := time.Duration(c.Hub.JournalSilence); q != 0 && q < time.Second {
			return nil, wherry.Errorf(wherry.Invalid, "journal_silence %s: shorter than a second, every hiccup of the network hands the hub over", q)
		}
		if c.Relayer.Enabled && or(c.Relayer.Account, cfg.Key.Address()) == cfg.Key.Address() {
			return nil, wherry.Errorf(wherry.Invalid, "the relayer would send with the hub's key while another machine does too: give it an account of its own, account in the table relayer")
		}
		s.Owner = cfg.Key.Address().String()
		if n, err := journalFiles(dir); err != nil || n > 0 && !handedOver(dir) {
			return nil, errors.Join(err, wherry.Errorf(wherry.Conflict,
				"this hub has a journal in %s: one that goes on elsewhere without it would sign less than was signed: hand it over (wherry hub backup --move, then restore), use that one, or a new key", dir))
		}
		return hub.NewStandby(cfg, func(ctx context.Context) journal.Opener { return s.Follow(ctx) })
	}
	var err error
	if cfg.Dir, err = c.journalOnDisk(dir); err != nil {
		return nil, err
	}
	return hub.Open(cfg)
}

// stream returns the journal at an address, with what the configuration says of it.
func (c Config) stream(at string) (stream.Config, error) {
	s, err := stream.Parse(at)
	if err != nil {
		return s, err
	}
	s.Creds, s.CA = or(s.Creds, c.Hub.JournalCreds), or(s.CA, c.Hub.JournalCA)
	if s.User != "" && s.Creds != "" {
		return s, wherry.Errorf(wherry.Invalid, "journal %s: a user with a password, and journal_creds: one of them", s.Address())
	}
	s.Silence, s.Log = time.Duration(c.Hub.JournalSilence), c.log()
	return s, nil
}

// handedOver reports whether the journal in a directory says that its hub goes on
// from a copy.
func handedOver(dir string) bool {
	found, err := hub.ReadDir(dir, nil)
	return err == nil && found.Moved
}

// journalOnDisk returns the directory of the journal that the configuration
// names; dir where it names none.
func (c Config) journalOnDisk(dir string) (string, error) {
	at := c.Hub.Journal
	if at == "" {
		return dir, nil
	}
	if stream.Scheme(at) {
		return "", wherry.Errorf(wherry.Invalid, "this hub's journal is on other machines, and not in files")
	}
	d, ok := strings.CutPrefix(at, "file:")
	if !ok || d == "" {
		return "", wherry.Errorf(wherry.Invalid, "journal %q: want file:DIR or nats://host:port,host:port,host:port/NAME", at)
	}
	return d, nil
}

// journalFiles counts the parts of a journal in a directory.
func journalFiles(dir string) (int, error) {
	n := 0
	for _, ext := range []string{"*.log", "*.snap"} {
		found, err := filepath.Glob(filepath.Join(dir, ext))
		if err != nil {
			return 0, err
		}
		n += len(found)
	}
	return n, nil
}
