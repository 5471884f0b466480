// Package keystore keeps identities on disk, each in a file of its own that is
// encrypted with a passphrase: Web3 Secret Storage, version 3. The files are
// geth's to the letter, name included, so that a key made by `geth account new`
// opens here and one made here opens in geth, and a backup of the directory is
// a backup of everything.
//
// The command line and node call it at the start of every role; nothing else
// should touch key files. It promises that
//
//   - a file appears whole or not at all: it is written under a temporary name,
//     flushed to the disk, read back and decrypted, and only then linked to its
//     final name, whose directory entry is flushed too;
//   - no file is ever overwritten or deleted;
//   - one address means one key: two files that claim the same address are an
//     error that names both, not a choice made in silence;
//   - a file from elsewhere can ask for a bounded amount of work and memory and
//     no more, and cannot crash the program.
//
// It does not hold unlocked keys, ask for passphrases or cache anything: every
// call reads the directory again. A forgotten passphrase cannot be recovered.
package keystore
