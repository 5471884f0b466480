package keystore

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	gethstore "github.com/ethereum/go-ethereum/accounts/keystore"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
)

// Store is a directory of key files. It holds no state beside the path, so it
// is safe for concurrent use, also by several processes.
type Store struct {
	dir  string
	cost cost
}

// cost is what scrypt is asked for when a file is made.
type cost struct{ n, p int }

// Info says what is known about a key without its passphrase.
type Info struct {
	Address wherry.Address `json:"address"`
	Path    string         `json:"path"`
}

// Skipped is a file in the directory that is not a key we can read.
type Skipped struct {
	Path string
	Err  error // why; its code is Invalid, or Internal where the disk would not give it
}

// Open returns the store in dir and makes the directory, for the owner alone,
// where it is missing. Keys are encrypted at geth's standard cost: 256 MiB and
// about a second per passphrase tried. A directory that others may write to is
// Forbidden, because they could put a key of theirs in the place of ours.
func Open(dir string) (*Store, error) {
	return open(dir, cost{gethstore.StandardScryptN, gethstore.StandardScryptP})
}

// OpenLight is Open at geth's light cost: 4 MiB and about a tenth of a second.
// It is for tests and for development networks whose keys are worth nothing.
func OpenLight(dir string) (*Store, error) {
	return open(dir, cost{gethstore.LightScryptN, gethstore.LightScryptP})
}

func open(dir string, c cost) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the keystore: %w", err)
	}
	st, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("open the keystore: %w", err)
	}
	if runtime.GOOS != "windows" && st.Mode().Perm()&0o022 != 0 {
		return nil, wherry.Errorf(wherry.Forbidden,
			"keystore %s: others may write to it; chmod 700 %s closes it", dir, dir)
	}
	return &Store{dir: dir, cost: c}, nil
}

// Dir returns the directory.
func (s *Store) Dir() string { return s.dir }

// Create makes a new key. The passphrase must not be empty.
func (s *Store) Create(passphrase string) (Info, error) {
	key, err := identity.Generate()
	if err != nil {
		return Info{}, err
	}
	return s.Add(key, passphrase)
}

// Add stores a key that was made elsewhere. An address that is already here is
// a Conflict; an empty passphrase is Invalid.
func (s *Store) Add(key *identity.Key, passphrase string) (Info, error) {
	if passphrase == "" {
		return Info{}, wherry.Errorf(wherry.Invalid, "the passphrase is empty: it would protect nothing")
	}
	infos, _, err := s.Scan()
	if err != nil {
		return Info{}, err
	}
	for _, i := range infos {
		if i.Address == key.Address() {
			return Info{}, wherry.Errorf(wherry.Conflict, "%s is already in %s", i.Address, i.Path)
		}
	}
	data, err := encrypt(key, passphrase, s.cost)
	if err != nil {
		return Info{}, fmt.Errorf("encrypt the key: %w", err)
	}
	path := filepath.Join(s.dir, fileName(key.Address(), time.Now()))
	check := func(written []byte) error {
		back, err := decrypt(written, passphrase)
		if err == nil && back.Address() != key.Address() {
			err = errors.New("it holds another key")
		}
		return err
	}
	if err := writeNew(path, data, check); err != nil {
		return Info{}, fmt.Errorf("store the key: %w", err)
	}
	return Info{Address: key.Address(), Path: path}, nil
}

// Import stores the key of a version 3 file that passphrase opens, encrypted
// anew with newPassphrase at this store's cost.
func (s *Store) Import(file []byte, passphrase, newPassphrase string) (Info, error) {
	key, err := decrypt(file, passphrase)
	if err != nil {
		return Info{}, err
	}
	return s.Add(key, newPassphrase)
}

// ImportHex stores a bare private key: 64 hexadecimal digits, with or without
// 0x, and white space around them, which is what `geth account import` reads.
func (s *Store) ImportHex(text, passphrase string) (Info, error) {
	digits := strings.TrimPrefix(strings.TrimSpace(text), "0x")
	raw, err := hex.DecodeString(digits)
	if err != nil || len(raw) != 32 {
		// The text is a secret, so the error does not repeat any of it.
		return Info{}, wherry.Errorf(wherry.Invalid, "private key: want 64 hexadecimal digits")
	}
	defer clear(raw)
	key, err := identity.KeyFromBytes(raw)
	if err != nil {
		return Info{}, err
	}
	return s.Add(key, passphrase)
}

// Export returns a new file for address, encrypted with newPassphrase.
func (s *Store) Export(address wherry.Address, passphrase, newPassphrase string) ([]byte, error) {
	if newPassphrase == "" {
		return nil, wherry.Errorf(wherry.Invalid, "the passphrase is empty: it would protect nothing")
	}
	key, err := s.Unlock(address, passphrase)
	if err != nil {
		return nil, err
	}
	return encrypt(key, newPassphrase, s.cost)
}

// Unlock decrypts the key of address. No such key is NotFound, two files that
// claim it are a Conflict, and a passphrase that does not fit is Locked.
func (s *Store) Unlock(address wherry.Address, passphrase string) (*identity.Key, error) {
	info, err := s.Find(address)
	if err != nil {
		return nil, err
	}
	data, err := readFile(info.Path)
	if err != nil {
		return nil, err
	}
	key, err := decrypt(data, passphrase)
	switch {
	case wherry.CodeOf(err) == wherry.Locked:
		return nil, wherry.Errorf(wherry.Locked, "%s stays locked: the passphrase does not open %s; "+
			"look at capitals and keyboard layout, or import another copy of the key", address, info.Path)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", info.Path, err)
	case key.Address() != address:
		return nil, wherry.Errorf(wherry.Invalid, "%s holds the key of %s, not of %s",
			info.Path, key.Address(), address)
	}
	return key, nil
}

// Find returns the file of address, with Unlock's errors.
func (s *Store) Find(address wherry.Address) (Info, error) {
	infos, _, err := s.Scan()
	if err != nil {
		return Info{}, err
	}
	var found []Info
	for _, i := range infos {
		if i.Address == address {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 0:
		return Info{}, wherry.Errorf(wherry.NotFound, "no key of %s in %s", address, s.dir)
	case 1:
		return found[0], nil
	}
	return Info{}, wherry.Errorf(wherry.Conflict, "two files hold %s: %s and %s; move one of them away",
		address, found[0].Path, found[1].Path)
}

// List returns the keys, oldest first. Two files of one address are both in it.
func (s *Store) List() ([]Info, error) {
	infos, _, err := s.Scan()
	return infos, err
}

// Scan is List, and says which files it passed over and why. Names that begin
// with a point or end in ~ are not looked at, nor are directories.
func (s *Store) Scan() ([]Info, []Skipped, error) {
	entries, err := os.ReadDir(s.dir) // sorted by name, which begins with the time
	if err != nil {
		return nil, nil, fmt.Errorf("read the keystore: %w", err)
	}
	var infos []Info
	var skipped []Skipped
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") {
			continue
		}
		path := filepath.Join(s.dir, name)
		data, err := readFile(path)
		if err != nil {
			skipped = append(skipped, Skipped{path, err})
			continue
		}
		_, addr, err := parse(data)
		if err == nil && addr.IsZero() {
			err = wherry.Errorf(wherry.Invalid, "key file: it does not say its address; import it instead")
		}
		if err != nil {
			skipped = append(skipped, Skipped{path, err})
			continue
		}
		infos = append(infos, Info{Address: addr, Path: path})
	}
	slices.SortStableFunc(infos, func(a, b Info) int { return strings.Compare(a.Path, b.Path) })
	return infos, skipped, nil
}

// readFile reads a key file, which is regular and not larger than it may be.
func readFile(path string) ([]byte, error) {
	st, err := os.Stat(path) // before opening: a pipe would wait for a writer
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, wherry.Errorf(wherry.Invalid, "%s is not a regular file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}
