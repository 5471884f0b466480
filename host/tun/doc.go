// Package tun makes the tunnel's interface. A TUN device is a file: the kernel
// removes the interface, its addresses and its routes when the last copy of the
// file is closed, so that nothing has to be cleaned up after a crash.
//
// Devices speak whole segments (IFF_VNET_HDR), which is what lets a tunnel in
// user space take 64 KiB at a time from the kernel. They have no link-local
// address and ask for no router: a link without neighbours has nobody to ask.
package tun
