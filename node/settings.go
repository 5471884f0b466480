package node

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// settingsFile holds the settings that are not the default, a line of KEY=VALUE
// each: what wherry set is told, kept as a person would write it.
type settingsFile string

// maxSettings bounds the file, in bytes; all keys together need a tenth of it.
const maxSettings = 16 << 10

// load reads the settings; without a file they are the default. A key that nobody
// knows is an error, since a setting that is not obeyed might be the one that
// somebody relies on.
func (f settingsFile) load() (api.Settings, error) {
	b, err := os.ReadFile(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return api.DefaultSettings(), nil
	}
	if err != nil {
		return api.Settings{}, wherry.Errorf(wherry.Invalid, "settings: %w", err)
	}
	if len(b) > maxSettings {
		return api.Settings{}, wherry.Errorf(wherry.Invalid, "settings %s: %d bytes, at most %d", f, len(b), maxSettings)
	}
	s, err := api.ParseSettings(string(b))
	if err != nil {
		return api.Settings{}, wherry.Errorf(wherry.Invalid, "settings %s: %w", f, err)
	}
	return s, nil
}

// save writes the settings through to the disk. The file is the old one or the
// new one, whatever happens meanwhile.
func (f settingsFile) save(s api.Settings) error {
	if err := s.Check(); err != nil {
		return err
	}
	if err := writeNew(string(f), []byte(s.Text())); err != nil {
		return wherry.Errorf(wherry.Internal, "settings not saved: %w", err)
	}
	return syncDir(filepath.Dir(string(f)))
}

// syncDir makes a new name in a directory durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
