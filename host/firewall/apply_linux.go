package firewall

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/google/nftables"
	"github.com/google/nftables/expr"
	"github.com/google/nftables/userdata"
	"github.com/wherrynet/wherry"
	"golang.org/x/sys/unix"
)

// Kernel is a way to the nftables of the network namespace that it was opened in,
// whichever thread uses it later. It is for one goroutine at a time.
type Kernel struct {
	conn  *nftables.Conn
	print []byte // of what the last Apply left behind
}

// Open opens the way; Close ends it and changes no rule.
func Open() (*Kernel, error) {
	c, err := nftables.New(nftables.AsLasting(), nftables.WithSockOptions(roomy))
	if err != nil {
		return nil, fmt.Errorf("open nftables: %w", err)
	}
	return &Kernel{conn: c}, nil
}

// room is for the largest transaction, and for the kernel's answer to each of its
// messages, which all come before the first is read. With the system's own limit
// (208 KiB) a machine with two dozen links in its LAN could not be closed: the
// answers get lost, and with them what became of the rules.
const room = 32 << 20 // bytes; no memory is taken before it is needed

func roomy[C interface {
	SetReadBuffer(bytes int) error
	SetWriteBuffer(bytes int) error
}](c C) error {
	return errors.Join(c.SetReadBuffer(room), c.SetWriteBuffer(room))
}

// Close ends the way. The rules stay.
func (k *Kernel) Close() error { return k.conn.CloseLasting() }

var hooks = map[string]*nftables.ChainHook{
	"prerouting": nftables.ChainHookPrerouting, "input": nftables.ChainHookInput, "forward": nftables.ChainHookForward,
	"output": nftables.ChainHookOutput, "postrouting": nftables.ChainHookPostrouting,
}

func ours() *nftables.Table { return &nftables.Table{Name: Name, Family: nftables.TableFamilyINet} }

// Apply makes our table be t, in one transaction: either all of it is in force
// afterwards or, with an error, what was before still is. Chains that are there
// already stay in force while their rules are exchanged, so that no packet meets
// an empty one.
func (k *Kernel) Apply(t Table) error {
	same, err := k.sameChains(t)
	if err != nil {
		return err
	}
	table := k.conn.AddTable(ours())
	if !same {
		k.conn.DelTable(table)
		table = k.conn.AddTable(ours())
	}
	chains := make([]*nftables.Chain, len(t.Chains))
	for i, c := range t.Chains {
		policy := nftables.ChainPolicyAccept
		if c.Drop {
			policy = nftables.ChainPolicyDrop
		}
		chains[i] = k.conn.AddChain(&nftables.Chain{
			Name: c.Name, Table: table, Type: nftables.ChainType(c.Kind), Hooknum: hooks[c.Hook],
			Priority: new(nftables.ChainPriority(c.Priority)), Policy: &policy,
		})
	}
	if same {
		k.conn.FlushTable(table)
	}
	for i, c := range t.Chains {
		for _, r := range c.Rules {
			k.conn.AddRule(&nftables.Rule{
				Table: table, Chain: chains[i], Exprs: compile(r),
				UserData: userdata.AppendString(nil, userdata.TypeComment, r.Name),
			})
		}
	}
	if err := k.conn.Flush(); err != nil {
		return fmt.Errorf("put the firewall's table in place: %w", err)
	}
	k.print, err = k.fingerprint()
	return err
}

// sameChains reports whether our table is there with exactly the chains of t.
func (k *Kernel) sameChains(t Table) (bool, error) {
	have, err := k.chains()
	if err != nil || len(have) != len(t.Chains) {
		return false, err
	}
	for _, c := range t.Chains {
		if !slices.ContainsFunc(have, func(h *nftables.Chain) bool {
			return h.Name == c.Name && string(h.Type) == c.Kind && h.Hooknum != nil && *h.Hooknum == *hooks[c.Hook] &&
				h.Priority != nil && int(*h.Priority) == c.Priority
		}) {
			return false, nil
		}
	}
	return true, nil
}

func (k *Kernel) chains() ([]*nftables.Chain, error) {
	all, err := k.conn.ListChainsOfTableFamily(nftables.TableFamilyINet)
	if err != nil {
		return nil, fmt.Errorf("list the firewall's chains: %w", err)
	}
	return slices.DeleteFunc(all, func(c *nftables.Chain) bool { return c.Table.Name != Name }), nil
}

// Present reports whether our table is in the kernel, whoever put it there: it
// outlives the process that did.
func (k *Kernel) Present() (bool, error) {
	tables, err := k.conn.ListTablesOfFamily(nftables.TableFamilyINet)
	if err != nil {
		return false, fmt.Errorf("list the firewall's tables: %w", err)
	}
	return slices.ContainsFunc(tables, func(t *nftables.Table) bool { return t.Name == Name }), nil
}

// Remove takes our table away, with everything in it. It is no error if there
// was none.
func (k *Kernel) Remove() error {
	k.conn.AddTable(ours())
	k.conn.DelTable(ours())
	k.print = nil
	if err := k.conn.Flush(); err != nil {
		return fmt.Errorf("remove the firewall's table: %w", err)
	}
	return nil
}

// Untouched reports whether our table still is what the last Apply made it.
func (k *Kernel) Untouched() (bool, error) {
	now, err := k.fingerprint()
	if wherry.CodeOf(err) == wherry.Conflict {
		return false, nil // it changed while we were reading
	}
	return err == nil && k.print != nil && bytes.Equal(now, k.print), err
}

// fingerprint describes our table as the kernel has it: flags, chains, policies, and
// the kernel's number and text of each rule.
func (k *Kernel) fingerprint() ([]byte, error) {
	chains, err := k.chains()
	if err != nil {
		return nil, err
	}
	slices.SortFunc(chains, func(a, b *nftables.Chain) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	var b bytes.Buffer
	tables, err := k.conn.ListTablesOfFamily(nftables.TableFamilyINet)
	if err != nil {
		return nil, fmt.Errorf("list the firewall's tables: %w", err)
	}
	for _, t := range tables {
		if t.Name == Name { // with the flag "dormant" its rules are there, and not asked
			fmt.Fprintf(&b, "flags %d\n", t.Flags)
		}
	}
	for _, c := range chains {
		fmt.Fprintf(&b, "%q %q", c.Name, c.Type)
		if c.Hooknum != nil && c.Priority != nil && c.Policy != nil {
			fmt.Fprintf(&b, " %d %d %d", *c.Hooknum, *c.Priority, *c.Policy)
		}
		rules, err := k.conn.GetRules(ours(), c)
		if errors.Is(err, unix.ENOENT) || errors.Is(err, unix.EINTR) {
			return nil, wherry.Errorf(wherry.Conflict, "read chain %s: %w", c.Name, err)
		}
		if err != nil {
			return nil, fmt.Errorf("read chain %s: %w", c.Name, err)
		}
		for _, r := range rules {
			fmt.Fprintf(&b, "\n %d %q", r.Handle, r.UserData)
			for _, e := range r.Exprs {
				data, err := expr.Marshal(byte(nftables.TableFamilyINet), e)
				if err != nil {
					return nil, fmt.Errorf("read a rule of chain %s: %w", c.Name, err)
				}
				fmt.Fprintf(&b, " %x", data)
			}
		}
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}
