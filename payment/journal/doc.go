// Package journal is an append-only durable log of records: what a program
// must not forget is appended, committed, and handed back in the same order when
// the journal is opened again. The hub keeps its book in one.
//
// # Promises
//
// Commit returns nil only when the record and all before it are on disk. Many
// callers that commit at once share one write and one fdatasync. A failed write
// or sync is final: nothing more is accepted or acknowledged until the journal
// is opened again, because nobody can say what a disk holds after that.
//
// Open returns a prefix of what was appended that holds all that was
// acknowledged. What a crash left half written at the very end is cut off and
// reported; any other damage is refused, with file and offset, and nothing is
// changed.
//
// # On disk
//
// A directory holds segments, named after the number of their first record, and
// at most one snapshot in use, named after the last record that is in it.
//
//	00000000000000000001.log   "WHERRYJ1" first crc   group group … seal
//	00000000000000002048.snap  "WHERRYS1" last  crc   group group … seal
//	lock
//
// All numbers are little endian. A group is what one sync made durable:
//
//	length u32 | crc32c u32 | number of its first record u64 | records
//
// with length that of the records, the checksum over length, number and records,
// and each record behind its own length as a uvarint. A seal is a group without
// records, whose number is the next one: it says that the next segment exists.
// Since a group is begun only when the one before is on disk, a bad group with a
// good one behind it is damage, and a bad one at the very end is a crash. That
// damage to the last group looks like a crash is a limit of every such log: the
// reported length says how much there was.
//
// A segment takes its full size on the disk when it begins, so that a full disk
// is noticed before anything is in it, and so that a sync has no file size to
// write. Zeros behind the last group are therefore nothing at all; a journal
// whose segments are as long as what was written opens just as well. Bytes
// further behind the end than one group may reach were never written by a
// journal: they are damage.
//
// Snapshots are written beside, synced, renamed and the directory synced; only
// then are older segments removed. The segment of the newest record in a snapshot is
// ended before, so that what is appended meanwhile stands in another.
// docs/journal.md has the whole format, with the hub's records.
package journal
