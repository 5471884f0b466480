// Package dns makes this machine's programs ask the resolver within the tunnel,
// by whichever program keeps /etc/resolv.conf here, and gives back what was there
// to the byte.
//
//	systemd-resolved    the tunnel's link gets the resolver and all names (resolvectl)
//	NetworkManager      a file in its run-time configuration, read again (nmcli)
//	resolvconf          a record of its own, before all others (resolvconf)
//	nobody              the file itself, replaced in one step
//
// Where a program fails, the file is written. A symbolic link stays one: what it
// points to is written. What another program writes meanwhile becomes what was
// there, and ours is written again; names cannot leak in between, since the
// firewall lets none out.
//
// host/guard is the only caller.
package dns
