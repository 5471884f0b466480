package main

import (
	"io/fs"
	"slices"
)

// withoutModules is a folder without what npm and forge put there.
type withoutModules struct{ fs.FS }

// ReadDir implements fs.ReadDirFS.
func (w withoutModules) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return e.Name() == "node_modules" || e.Name() == "out" || e.Name() == "cache"
	}), err
}
