package journal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"github.com/wherrynet/wherry"
)

// Damage is what is wrong with a journal, and where. It is found in an error
// with errors.As; the error's code is Internal.
type Damage struct {
	File   string
	Offset int64
	What   string
}

// Error names the file, the offset and what is wrong there.
func (d *Damage) Error() string { return fmt.Sprintf("%s at byte %d: %s", d.File, d.Offset, d.What) }

func damaged(file string, offset int, what string, args ...any) error {
	return wherry.Errorf(wherry.Internal, "journal is damaged: %w", &Damage{file, int64(offset), fmt.Sprintf(what, args...)})
}

// checkHeader returns whether data begins as a file of the given kind and number.
func checkHeader(data []byte, magic [8]byte, number uint64) bool {
	if len(data) < headerBytes || [8]byte(data) != magic {
		return false
	}
	return binary.LittleEndian.Uint64(data[8:]) == number &&
		binary.LittleEndian.Uint32(data[16:]) == crc32.Checksum(data[:16], castagnoli)
}

// group is a group as it was found. A seal has no records.
type group struct {
	first   uint64
	end     int // offset behind it
	records []byte
}

// readGroup returns the group at an offset, if a good one is there.
func readGroup(data []byte, at int) (group, bool) {
	if len(data)-at < groupBytes {
		return group{}, false
	}
	n := binary.LittleEndian.Uint32(data[at:])
	if uint64(n) > uint64(len(data)-at-groupBytes) {
		return group{}, false
	}
	end := at + groupBytes + int(n)
	if binary.LittleEndian.Uint32(data[at+4:]) != groupSum(data[at:end]) {
		return group{}, false
	}
	return group{first: binary.LittleEndian.Uint64(data[at+8:]), end: end, records: data[at+groupBytes : end]}, true
}

// contents is what a file holds.
type contents struct {
	next   uint64 // number of the record behind the last one
	groups int
	sealed bool
	good   int // offset behind the last good group
}

// readGroups hands the records of data, which begins behind a header, to each in
// order. It stops without an error at the first byte that is no good group: the
// caller judges what contents.good < len(data) means. An error is each's own, or
// damage that no crash explains.
func readGroups(name string, data []byte, first uint64, each func(number uint64, record []byte) error) (contents, error) {
	c := contents{next: first, good: headerBytes}
	for c.good < len(data) {
		g, ok := readGroup(data, c.good)
		if !ok {
			return c, nil
		}
		if c.sealed {
			return c, damaged(name, c.good, "bytes behind the seal")
		}
		if g.first != c.next {
			return c, damaged(name, c.good, "record %d where %d belongs", g.first, c.next)
		}
		if c.sealed = len(g.records) == 0; !c.sealed {
			n, err := splitRecords(g.records, func(record []byte) error {
				err := each(c.next, record)
				c.next++
				return err
			})
			if err != nil {
				return c, err
			}
			if n < len(g.records) {
				return c, damaged(name, c.good+groupBytes+n, "a record's length does not fit its group")
			}
		}
		c.good = g.end
		c.groups++
	}
	return c, nil
}

// splitRecords hands the records of a group to each, and returns how many bytes
// it could make sense of.
func splitRecords(b []byte, each func([]byte) error) (int, error) {
	at := 0
	for at < len(b) {
		n, k := binary.Uvarint(b[at:])
		if k <= 0 || n == 0 || n > uint64(len(b)-at-k) {
			return at, nil
		}
		if err := each(b[at+k : at+k+int(n)]); err != nil {
			return at, err
		}
		at += k + int(n)
	}
	return at, nil
}

// used returns how many bytes there are before the zeros at the end, which were
// allocated and never written.
func used(data []byte) int {
	const page = 4096
	zeros := make([]byte, page)
	n := len(data)
	for n >= page && bytes.Equal(data[n-page:n], zeros) {
		n -= page
	}
	for n > 0 && data[n-1] == 0 {
		n--
	}
	return n
}

// goodBehind returns where a good group begins behind an offset, if anywhere.
// Only numbers that a journal may have reached are taken seriously, so that the
// search is fast.
func goodBehind(data []byte, at int, next uint64) (int, bool) {
	for i := at + 1; i+groupBytes <= len(data); i++ {
		first := binary.LittleEndian.Uint64(data[i+8:])
		if first == 0 || first > next+uint64(len(data)) {
			continue
		}
		if _, ok := readGroup(data, i); ok {
			return i, true
		}
	}
	return 0, false
}
