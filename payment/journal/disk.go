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
	Open(name string) (io.ReadCloser, error) // for reading; Remove does not disturb it
	Create(name string) (File, error)        // new and empty, whatever was there
	Append(name string) (File, error)        // existing; writes go behind its end
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
	// Truncate cuts the file to size; writes go on there.
	Truncate(size int64) error
	// Allocate makes the file size bytes long, with zeros behind what it holds,
	// and sees to it that the disk has room for them. Writes go on where they were.
	Allocate(size int64) error
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

// Open implements FS.
func (Disk) Open(name string) (io.ReadCloser, error) { return os.Open(name) }

// Create implements FS.
func (Disk) Create(name string) (File, error) {
	f, err := openDisk(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Append implements FS.
func (Disk) Append(name string) (File, error) {
	f, err := openDisk(name, os.O_WRONLY)
	if err != nil {
		return nil, err
	}
	if _, err := f.Seek(0, io.SeekEnd); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

func openDisk(name string, flag int) (diskFile, error) {
	f, err := os.OpenFile(name, flag, 0o600)
	return diskFile{f}, err
}

// Rename implements FS.
func (Disk) Rename(from, to string) error { return os.Rename(from, to) }

// Remove implements FS.
func (Disk) Remove(name string) error { return os.Remove(name) }

type diskFile struct{ *os.File }

func (f diskFile) Sync() error { return syncData(f.File) }

func (f diskFile) Truncate(size int64) error {
	if err := f.File.Truncate(size); err != nil {
		return err
	}
	_, err := f.Seek(size, io.SeekStart)
	return err
}

func (f diskFile) Allocate(size int64) error { return allocate(f.File, size) }

// writeZeros allocates where the system has no better way: what is written is there.
func writeZeros(f *os.File, size int64) error {
	st, err := f.Stat()
	if err != nil {
		return err
	}
	zeros := make([]byte, 1<<20)
	for at := st.Size(); at < size; {
		n, err := f.WriteAt(zeros[:min(int64(len(zeros)), size-at)], at)
		if err != nil {
			return err
		}
		at += int64(n)
	}
	return nil
}
