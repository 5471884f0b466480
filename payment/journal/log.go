package journal

// Log is a durable, ordered log of records with one writer: what a hub keeps its
// book in. The journal on disk is one; payment/journal/stream keeps one on other
// machines. Implementations are safe for concurrent use and pass
// payment/journal/journaltest.
type Log interface {
	// Append takes a record and returns its number, from 1. It is not durable
	// before Commit says so. The bytes are copied.
	Append(record []byte) (uint64, error)
	// Commit waits until the record with the given number, and all before it,
	// are durable. An error is final: nothing more is accepted.
	Commit(number uint64) error
	// Last returns the number of the newest record, durable or not.
	Last() uint64
	// Err returns why nothing more is accepted, or nil.
	Err() error
	// SinceSnapshot returns how many bytes would have to be read behind the
	// newest snapshot.
	SinceSnapshot() int64
	// Snapshot replaces the records up to number upTo by what save puts: the
	// state that they make. It is at most Last, and not below that of the newest
	// snapshot; all up to it is durable before save is called. Records may be
	// appended and committed meanwhile: they stay behind the snapshot. A second
	// snapshot waits for the first. An error of save, or of writing what it puts,
	// leaves everything as it was.
	Snapshot(upTo uint64, save func(put func(record []byte) error) error) error
	// Close makes what was appended durable, and lets others open the log.
	Close() error
}

// An Opener opens a log, as Open does: it hands the records of the newest
// snapshot to load and those behind it to replay, in order.
type Opener func(load, replay func(record []byte) error) (Log, Recovery, error)

var _ Log = (*Journal)(nil)

// Opener returns what opens the journal that c describes.
func (c Config) Opener() Opener {
	return func(load, replay func(record []byte) error) (Log, Recovery, error) {
		j, rec, err := Open(c, load, replay)
		if err != nil {
			return nil, rec, err // not a Log that holds a nil *Journal
		}
		return j, rec, nil
	}
}
