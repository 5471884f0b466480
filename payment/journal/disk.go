package journal

import (
	"io"
	"os"
)

// FS is what a journal needs of a file system. Tests put one in that fails.
type FS interface {
	MkdirAll(dir string) error
	List(dir string) ([]string, error)
	ReadFile(name string) ([]byte, error)
	Create(name string) (File, error) // new and empty, whatever was there
	Append(name string) (File, error) // existing; writes go behind the end
	Rename(from, to string) error
	Remove(name string) error
	SyncDir(dir string) error
	// Lock takes a lock that ends with the process, or fails at once.
	Lock(name string) (io.Closer, error)
}

// File is an open file of an FS.
type File interface {
	io.Writer
	Sync() error // of the data; the size is data
	Truncate(size int64) error
	Close() error
}

// Disk is the computer's file system. Files are readable by their owner only.
type Disk struct{}

// MkdirAll implements FS.
func (Disk) MkdirAll(dir string) error { return os.MkdirAll(dir, 0o700) }

// List implements FS.
func (Disk) List(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}

// ReadFile implements FS.
func (Disk) ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

// Create implements FS.
func (Disk) Create(name string) (File, error) {
	return openDisk(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND)
}

// Append implements FS.
func (Disk) Append(name string) (File, error) { return openDisk(name, os.O_WRONLY|os.O_APPEND) }

func openDisk(name string, flag int) (File, error) {
	f, err := os.OpenFile(name, flag, 0o600)
	if err != nil {
		return nil, err
	}
	return diskFile{f}, nil
}

// Rename implements FS.
func (Disk) Rename(from, to string) error { return os.Rename(from, to) }

// Remove implements FS.
func (Disk) Remove(name string) error { return os.Remove(name) }

type diskFile struct{ *os.File }

func (f diskFile) Sync() error { return syncData(f.File) }
