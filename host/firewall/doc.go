// Package firewall says what may enter and leave this machine while a tunnel is
// wanted, and puts that into the kernel as one nftables table of our own.
//
// Build is pure: a Policy in, a Table of named rules out. Table.String prints it
// in the syntax of nft, and a golden file holds the result for each state of the
// tunnel, so that a change of what may leave is seen in review. Apply replaces
// the whole table in one transaction: at no instant is half of it in force, and
// until the next Apply or Remove it stays, whatever happens to this process.
//
// The table drops by default in and out and between interfaces. What passes is
// listed rule by rule; each rule has a name, and a test that fails without it.
// Tables of others are neither read nor written: in nftables a packet has to pass
// all of them, so ours closes without opening anything that another one closes.
//
// host/guard is the only caller.
package firewall
