package nat

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/google/nftables"
	"github.com/google/nftables/expr"
	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry"
)

var hooks = map[string]*nftables.ChainHook{
	"prerouting": nftables.ChainHookPrerouting, "input": nftables.ChainHookInput, "forward": nftables.ChainHookForward,
	"output": nftables.ChainHookOutput, "postrouting": nftables.ChainHookPostrouting,
}

// Apply puts the table in place of the one that is there, if any, in one transaction.
// It needs CAP_NET_ADMIN. Error: Forbidden without it, Unreachable when the kernel
// does not take the rules; then what was there still is.
func Apply(r Ruleset) error {
	conn, err := nftables.New(nftables.WithSockOptions(roomy))
	if err != nil {
		return denied("open the firewall", err)
	}
	if err := r.compile(conn); err != nil {
		return err
	}
	if err := conn.Flush(); err != nil {
		return denied("put the exit's firewall in place", err)
	}
	return nil
}

// room is for the networks of a host that knows many, and for the kernel's answers:
// with the system's own limit (208 KiB) they get lost, and with them what became of
// the rules.
const room = 32 << 20 // bytes; no memory is taken before it is needed

func roomy[C interface {
	SetReadBuffer(bytes int) error
	SetWriteBuffer(bytes int) error
}](c C) error {
	return errors.Join(c.SetReadBuffer(room), c.SetWriteBuffer(room))
}

// compile writes the table into the transaction of conn.
func (r Ruleset) compile(conn *nftables.Conn) error {
	c := compiled{table: &nftables.Table{Family: nftables.TableFamilyINet, Name: r.table}, sets: map[string]*nftables.Set{}}
	conn.AddTable(c.table) // so that there is one to delete
	conn.DelTable(c.table)
	conn.AddTable(c.table)
	for _, s := range r.sets {
		made, elements := c.set(s)
		// A list of elements is one attribute, whose length is a 16 bit number.
		const most = 512 // both ends of an interval are elements
		first := min(len(elements), most)
		if err := conn.AddSet(made, elements[:first]); err != nil {
			return fmt.Errorf("set %s: %w", s.name, err)
		}
		for part := range slices.Chunk(elements[first:], most) {
			if err := conn.SetAddElements(made, part); err != nil {
				return fmt.Errorf("set %s: %w", s.name, err)
			}
		}
	}
	chains := map[string]*nftables.Chain{}
	for _, x := range r.chains {
		made := &nftables.Chain{Table: c.table, Name: x.name}
		if x.hook != "" {
			policy := nftables.ChainPolicyAccept // what is not the tunnel's is not ours to judge
			made.Type, made.Hooknum, made.Policy = nftables.ChainType(x.kind), hooks[x.hook], &policy
			made.Priority = new(nftables.ChainPriority(x.prio))
		}
		chains[x.name] = conn.AddChain(made)
	}
	for _, x := range r.chains {
		for _, rule := range x.rules {
			var all []expr.Any
			for _, s := range rule.stmts {
				more, err := c.stmt(s)
				if err != nil {
					return err
				}
				all = append(all, more...)
			}
			conn.AddRule(&nftables.Rule{Table: c.table, Chain: chains[x.name], Exprs: all})
		}
	}
	return nil
}

// Remove takes the table away: the end of an ordered stop. Without one it does
// nothing.
func Remove() error { return remove(Table) }

func remove(table string) error {
	conn, err := nftables.New()
	if err != nil {
		return denied("open the firewall", err)
	}
	t := &nftables.Table{Family: nftables.TableFamilyINet, Name: table}
	conn.AddTable(t) // deleting what is not there would fail
	conn.DelTable(t)
	if err := conn.Flush(); err != nil {
		return denied("take the exit's firewall away", err)
	}
	return nil
}

// Present reports whether the table is there, awake, with as many rules as r has:
// somebody else may have flushed it.
func Present(r Ruleset) (bool, error) {
	conn, err := nftables.New()
	if err != nil {
		return false, denied("open the firewall", err)
	}
	t := &nftables.Table{Family: nftables.TableFamilyINet, Name: r.table}
	tables, err := conn.ListTablesOfFamily(t.Family)
	if err != nil {
		return false, denied("read the exit's firewall", err)
	}
	// We set no flag; with the one of a dormant table its rules are there, and not asked.
	if slices.ContainsFunc(tables, func(have *nftables.Table) bool { return have.Name == r.table && have.Flags != 0 }) {
		return false, nil
	}
	for _, c := range r.chains {
		rules, err := conn.GetRules(t, &nftables.Chain{Table: t, Name: c.name})
		if errors.Is(err, unix.ENOENT) || err == nil && len(rules) != len(c.rules) {
			return false, nil
		}
		if err != nil {
			return false, denied("read the exit's firewall", err)
		}
	}
	return true, nil
}

// denied gives an error of the kernel's a code.
func denied(what string, err error) error {
	if errors.Is(err, os.ErrPermission) || errors.Is(err, unix.EPERM) {
		return wherry.Errorf(wherry.Forbidden, "%s: it needs CAP_NET_ADMIN: %w", what, err)
	}
	return wherry.Errorf(wherry.Unreachable, "%s: %w", what, err)
}
