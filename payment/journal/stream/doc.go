// Package stream keeps a journal on other machines: in a replicated stream of
// NATS JetStream. A hub whose operator has three servers keeps its book in one,
// and a second hub process takes over when the first is gone.
//
// # Promises
//
// Those of payment/journal: Commit returns nil only when the record and all
// before it are on most of the servers, and opening returns all that was
// acknowledged, in order. What a server calls stored is on its disk when it runs
// with sync_interval: always; docs/hub.md says how to run one.
//
// # One writer
//
// Every message carries the sequence that it is to get, and the server takes it
// only there. So of two writers that believe that it is their turn, one gets a
// message in and the other one is refused: the fence is that number alone, and
// no clock, lease or timeout decides over it.
//
// A writer begins with a message that names its epoch, the one before plus one.
// A follower that has applied everything up to sequence n sends its own for
// n + 1: when the old writer was quicker, it goes on following; when it was not,
// nothing that the old one sends will ever fit again. A writer that has nothing
// to say sends a beat now and then, and silence makes a follower try. That is
// all that time is used for: trying too early costs a handover and no record.
//
// While the servers have no leader nobody can write, and silence says nothing of
// the writer. So a writer also calls, with a message that nobody stores and that
// any server passes on. One whose calls are heard keeps its turn for two beats
// when there is a leader again; one that is dead is replaced with the first
// message that the new leader takes.
//
//	          applied all, and silence              refused at its place
//	follower ──────────────────────► writer ───────────────────────────► fenced
//	   ▲ └── refused: somebody else      │ no answer for long enough        │
//	   │      was quicker                └──────────────► gone ─────────────┤
//	   └─────────────────── opened again, from snapshot and tail ───────────┘
//
// One message is under way at a time, and it holds all that waits. More at once
// would be unsound: when a server refuses one of them late, the next slips into
// its place. An answer that does not come, or that is not plain, decides nothing.
// The writer then reads what stands at the place: its own bytes (stored), another's
// (fenced), nothing (the same bytes again, for the same place). A late copy of a
// message finds its place taken.
//
// A record that is durable proves nothing about the present. So Commit of an old
// number asks the servers again when the last answer is older than half the
// silence after which another takes over: what a hub signs from its book is not
// older than that.
//
// # In the stream
//
// Two streams per journal, NAME and NAME_snapshots. In the first:
//
//	NAME.log       opens, groups of records, beats and a writer's last word
//	NAME.snapshot  which snapshot is complete; the newest counts
//
// All numbers are little endian. A message is
//
//	"WHN1" | crc32c u32 | kind u8 | writer [16] | epoch u64 | place u64 |
//	crc32c of the message before u32 | number of its first record u64 | body
//
// with the checksum over all behind it, and records behind their length as a
// uvarint. Place, the checksum before and the first record's number make gaps,
// forks and moved messages visible: all are damage, named with the sequence.
//
// A snapshot is written as chunks, read back and compared, and only then named in
// the first stream, behind the same fence as records. What it replaces is purged
// last.
package stream
