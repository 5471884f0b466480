package node

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/whole"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// vpnDisk is the file in which the tunnel's state survives. It appears whole, or
// as it was before.
type vpnDisk struct{ path string }

// load reads the state. A file that is not there is a computer on which nobody has
// connected yet; one that is damaged says nothing, and is an error.
func (d vpnDisk) load() (tunnel.Saved, error) {
	none := tunnel.Saved{State: tunnel.Disconnected}
	b, err := os.ReadFile(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return none, nil
	}
	if err != nil {
		return none, wherry.Errorf(wherry.Internal, "read the tunnel's state: %w", err)
	}
	var s tunnel.Saved
	if err := json.Unmarshal(b, &s); err != nil {
		return none, wherry.Errorf(wherry.Invalid, "read the tunnel's state: %w", err)
	}
	return s, nil
}

// save writes the state through to the disk.
func (d vpnDisk) save(s tunnel.Saved) error {
	b, err := json.Marshal(s)
	if err == nil {
		err = whole.Write(d.path, append(b, '\n'))
	}
	if err != nil {
		return wherry.Errorf(wherry.Internal, "write the tunnel's state: %w", err)
	}
	return nil
}
