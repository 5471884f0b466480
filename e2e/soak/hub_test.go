package soak

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/hub"
	"github.com/wherrynet/wherry/payment/journal"
)

const roleEnv = "WHERRY_TEST_SOAK_HUB"

// order is what the hub process is told.
type order struct {
	Dir    string
	Chains []evm.Config
	Lie    bool // a journal that says yes before it writes
}

func TestMain(m *testing.M) {
	if o := os.Getenv(roleEnv); o != "" {
		if err := runHub(o); err != nil {
			fmt.Fprintln(os.Stderr, "hub:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// key returns the same key for the same name.
func key(name string) *identity.Key {
	h := wherry.Keccak256([]byte("soak " + name))
	k, err := identity.KeyFromBytes(h[:])
	if err != nil {
		panic(err)
	}
	return k
}

const feePPM = 10_000

// runHub is the process that is killed: a hub that answers on a port, whose
// address it prints. Segments and snapshots are small, and money moves on chain
// every few seconds, so that the end comes in the middle of each.
func runHub(order0 string) error {
	var o order
	if err := json.Unmarshal([]byte(order0), &o); err != nil {
		return err
	}
	ctx := context.Background()
	j := journal.Config{Dir: o.Dir, SegmentBytes: 128 << 10}
	if o.Lie {
		j.FS = &liar{}
	}
	cfg := hub.Config{
		Key: key("hub"), Journal: j.Opener(), Poll: 100 * time.Millisecond, SnapshotBytes: 256 << 10,
		CollectEvery: 3 * time.Second, PushEvery: 3 * time.Second, GasWait: time.Millisecond,
		Terms: hub.Terms{FeePPM: feePPM, MinPush: wherry.MustAmount("0.01")},
		Log:   slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	for _, c := range o.Chains {
		ch, err := evm.Open(ctx, c)
		if err != nil {
			return err
		}
		cfg.Chains = append(cfg.Chains, chain.Chain(ch))
	}
	h, err := hub.Open(cfg)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	m := http.NewServeMux()
	m.Handle("/v1/admin/", h.AdminHandler())
	m.Handle("/", h.Handler())
	s := hub.NewServer(m)
	go func() { _ = s.Serve(l) }() // until this process is killed
	fmt.Println("http://" + l.Addr().String())
	return h.Run(ctx)
}

// liar is a disk that keeps what is written to a segment for itself for a while,
// and says that it is synced.
type liar struct{ journal.Disk }

type liarFile struct {
	journal.File
	mu   sync.Mutex
	held [][]byte
}

func (d *liar) wrap(name string, f journal.File, err error) (journal.File, error) {
	if err != nil || !strings.HasSuffix(name, ".log") {
		return f, err
	}
	l := &liarFile{File: f}
	go func() {
		for {
			time.Sleep(50 * time.Millisecond)
			if l.flush() != nil {
				return
			}
		}
	}()
	return l, nil
}

func (d *liar) Create(name string) (journal.File, error) {
	f, err := d.Disk.Create(name)
	return d.wrap(name, f, err)
}

func (d *liar) Append(name string) (journal.File, error) {
	f, err := d.Disk.Append(name)
	return d.wrap(name, f, err)
}

func (f *liarFile) flush() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, b := range f.held {
		if _, err := f.File.Write(b); err != nil {
			return err
		}
	}
	f.held = nil
	return nil
}

func (f *liarFile) Write(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.held = append(f.held, append([]byte(nil), b...))
	return len(b), nil
}

func (f *liarFile) Sync() error { return nil }

func (f *liarFile) Truncate(size int64) error {
	if err := f.flush(); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

func (f *liarFile) Close() error {
	if err := f.flush(); err != nil {
		return err
	}
	return f.File.Close()
}
