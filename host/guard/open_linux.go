package guard

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/dns"
	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/route"
)

// Open takes everything of ours back in the network namespace of the calling thread:
// for the person whose machine is closed and whose daemon does not start. What it can
// not restore is its error, and does not keep the machine closed. While a guard runs,
// which would close the machine again, it is a Conflict.
func Open(dir string, names dns.System) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	lock, err := claim(dir, 0)
	if wherry.CodeOf(err) == wherry.Conflict {
		return err
	}
	defer lock.Close() // of nothing, where the disk takes no file
	s, err := load(dir)
	errs := []error{err}
	if s.DNS != nil {
		errs = append(errs, names.Restore(context.Background(), *s.DNS))
	}
	boot, err := bootID()
	if errs = append(errs, err); s.Boot == boot {
		errs = append(errs, route.Restore(s.Settings))
	}
	errs = append(errs, openRoutes(), openFirewall(), forget(dir, errors.Join(errs...) != nil))
	return errors.Join(errs...)
}

func openRoutes() error {
	rt, err := route.Open()
	if err != nil {
		return err
	}
	defer rt.Close()
	return rt.Remove()
}

func openFirewall() error {
	fw, err := firewall.Open()
	if err != nil {
		return err
	}
	return errors.Join(fw.Remove(), fw.Close())
}

// forget takes away what a guard starts from. What could not be restored stays to be
// looked at, under another name.
func forget(dir string, keep bool) error {
	at := filepath.Join(dir, savedName)
	err := os.Remove(filepath.Join(dir, lockdownName))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	var err2 error
	if keep {
		err2 = os.Rename(at, at+".old")
	} else {
		err2 = os.Remove(at)
	}
	if errors.Is(err2, fs.ErrNotExist) {
		err2 = nil
	}
	if err = errors.Join(err, err2); err != nil {
		return fmt.Errorf("forget what this machine's network was before: %w", err)
	}
	return nil
}
