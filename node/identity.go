package node

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/keystore"
)

// Keystore opens the node's keystore: one for all networks of a person, or the
// one beside the books where the configuration names a state directory.
func (c Config) Keystore() (*keystore.Store, error) {
	root := c.State
	if root == "" {
		root = StateHome("wherry")
	}
	dir := filepath.Join(root, "keystore")
	if c.LightKeys {
		return keystore.OpenLight(dir)
	}
	return keystore.Open(dir)
}

// Who returns the identity that this node is: the one that the configuration
// names, or the only one there is.
func (c Config) Who() (wherry.Address, error) {
	s, err := c.Keystore()
	if err != nil {
		return wherry.Address{}, err
	}
	if !c.Identity.IsZero() {
		_, err := s.Find(c.Identity)
		return c.Identity, err
	}
	all, err := s.List()
	if err != nil {
		return wherry.Address{}, err
	}
	switch len(all) {
	case 0:
		return wherry.Address{}, wherry.Errorf(wherry.NotFound, "there is no identity in %s yet: wherry identity create", s.Dir())
	case 1:
		return all[0].Address, nil
	}
	return wherry.Address{}, wherry.Errorf(wherry.Invalid, "there are %d identities in %s: name one with --identity 0x…", len(all), s.Dir())
}

// Unlock returns the key of an identity; the zero address means Who.
func (c Config) Unlock(who wherry.Address) (*identity.Key, error) {
	if who.IsZero() {
		var err error
		if who, err = c.Who(); err != nil {
			return nil, err
		}
	}
	s, err := c.Keystore()
	if err != nil {
		return nil, err
	}
	pass, err := c.ReadPassphrase()
	if err != nil {
		return nil, err
	}
	return s.Unlock(who, pass)
}

// ReadPassphrase returns the passphrase from its file, or from whoever can be
// asked.
func (c Config) ReadPassphrase() (string, error) {
	if c.PasswordFile != "" {
		b, err := os.ReadFile(c.PasswordFile)
		if errors.Is(err, fs.ErrNotExist) {
			return "", wherry.Errorf(wherry.Locked, "passphrase: there is no file %s", c.PasswordFile)
		}
		if err != nil {
			return "", wherry.Errorf(wherry.Locked, "passphrase: %w", err)
		}
		line, _, _ := strings.Cut(string(b), "\n")
		return strings.TrimSuffix(line, "\r"), nil
	}
	if c.Passphrase == nil {
		return "", wherry.Errorf(wherry.Locked, "the keystore is locked, and there is nobody to ask for its passphrase: --password-file FILE or WHERRY_PASSWORD_FILE")
	}
	pass, err := c.Passphrase()
	if err != nil {
		return "", fmt.Errorf("passphrase: %w", err)
	}
	return pass, nil
}
