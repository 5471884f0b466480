package dns

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/wherrynet/wherry"
)

// read returns resolv.conf behind its symbolic links, or that there is none.
func (s System) read() (File, error) {
	path, err := s.target(s.file(confName))
	if err != nil {
		return File{}, err
	}
	f := File{Path: path, Mode: 0o644}
	h, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return f, fmt.Errorf("read %s: %w", confName, err)
	}
	defer h.Close()
	st, err := h.Stat()
	if err != nil {
		return f, fmt.Errorf("read %s: %w", confName, err)
	}
	if !st.Mode().IsRegular() {
		return f, wherry.Errorf(wherry.Conflict, "%s is no file", confName)
	}
	if f.Content, err = io.ReadAll(io.LimitReader(h, maxConf+1)); err != nil {
		return f, fmt.Errorf("read %s: %w", confName, err)
	}
	if len(f.Content) > maxConf {
		return f, wherry.Errorf(wherry.Conflict, "%s has more than %d bytes", confName, maxConf)
	}
	f.Existed, f.Mode, f.UID, f.GID = true, st.Mode().Perm(), -1, -1
	if sys, ok := st.Sys().(*syscall.Stat_t); ok {
		f.UID, f.GID = int(sys.Uid), int(sys.Gid)
	}
	return f, nil
}

// target follows symbolic links of the last part of a path, within Root.
func (s System) target(path string) (string, error) {
	const most = 8
	for range most {
		to, err := os.Readlink(path)
		if err != nil {
			return path, nil //nolint:nilerr // it is no link, or not there
		}
		if filepath.IsAbs(to) {
			path = s.file(to)
		} else {
			path = filepath.Join(filepath.Dir(path), to)
		}
	}
	return "", wherry.Errorf(wherry.Conflict, "%s is a link to a link to a link without end", confName)
}

// write gives the file of f a content, with the mode and owner that it had.
func (s System) write(f File, content []byte) error {
	if err := s.ours(filepath.Dir(f.Path)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", confName, err)
	}
	if err := replace(f.Path, content, f.Mode, f.UID, f.GID); err != nil {
		return fmt.Errorf("write %s: %w", confName, err)
	}
	return nil
}

// ours refuses a directory that somebody else could exchange under our hands: we are
// root, and would write where a link of theirs leads, what they had put into the file.
func (s System) ours(dir string) error {
	behind, err := filepath.EvalSymlinks(dir)
	if err != nil {
		behind = dir // it is not there yet, or not reached: then writing says so
	}
	for _, path := range []string{dir, behind} {
		for ; len(path) > len(s.file("/")); path = filepath.Dir(path) {
			st, err := os.Lstat(path)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return fmt.Errorf("write %s: %w", confName, err)
			}
			sys, ok := st.Sys().(*syscall.Stat_t)
			open := st.IsDir() && st.Mode()&0o002 != 0 && st.Mode()&fs.ModeSticky == 0
			if !ok || sys.Uid != 0 && int(sys.Uid) != os.Geteuid() || open {
				return wherry.Errorf(wherry.Conflict, "%s lies where others than root may write, below %s", confName, path)
			}
		}
	}
	return nil
}

// replace puts a file into place in one step. Where that cannot be (the file is a
// mount of its own in containers, or its directory is read-only) it is overwritten.
func replace(path string, content []byte, mode fs.FileMode, uid, gid int) error {
	if err := exchange(path, content, mode, uid, gid); err == nil {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC|syscall.O_NOFOLLOW, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

func exchange(path string, content []byte, mode fs.FileMode, uid, gid int) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".wherry-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(mode))
	if uid >= 0 && (uid != os.Geteuid() || gid != os.Getegid()) {
		err = errors.Join(err, f.Chown(uid, gid))
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
