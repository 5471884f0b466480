// Package socks is the consumer's door into a tunnel for programs: a proxy on one
// local port that speaks SOCKS5 (CONNECT and UDP ASSOCIATE, RFC 1928) and HTTP
// (CONNECT, and requests with an absolute URL, RFC 9110). The first byte of a
// connection tells which.
//
// It hands names on as it gets them, so that they are resolved where the dial
// function does that, and never by this computer. It keeps no record and logs no
// destination. It asks for no password: bind it to a loopback address.
package socks
