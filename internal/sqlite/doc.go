// Package sqlite opens the SQLite files that hold books of money: write-ahead
// log, every commit on the disk before it returns, one writing process per file,
// and a schema that only moves forward.
//
// payment/wallet and payment/earnings keep their books in it. Reports may open
// the same file read-only from another process.
package sqlite
