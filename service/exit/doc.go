// Package exit is what leaves a provider: the policy that says where strangers'
// traffic may go, the dialer that holds to it, and the DNS that answers them. Every
// service that carries traffic goes out through it.
//
// A provider dials on behalf of people it doesn't know. Without a policy it would
// hand them its own network: the router, the printer, the database that trusts
// the LAN, the metadata address of a cloud machine. So the policy decides on the
// address that is really dialled, after every resolution, and a second time in
// the moment of the system call, where no trick with names reaches.
//
// It never logs and never keeps a destination or a name; errors don't hold them
// either.
package exit
