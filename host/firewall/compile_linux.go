package firewall

import (
	"encoding/binary"

	"github.com/google/nftables/binaryutil"
	"github.com/google/nftables/expr"
	"golang.org/x/sys/unix"
)

// compile turns a rule into the kernel's instructions: each match loads into
// register 1 and compares; the first that does not hold ends the rule.
func compile(r Rule) (out []expr.Any) {
	for _, m := range r.Matches {
		out = append(out, condition(m)...)
	}
	switch r.Do {
	case Drop:
		return append(out, &expr.Verdict{Kind: expr.VerdictDrop})
	case Accept:
		return append(out, &expr.Verdict{Kind: expr.VerdictAccept})
	case Own:
		return append(out,
			&expr.Immediate{Register: 1, Data: binaryutil.NativeEndian.PutUint32(Mark)},
			&expr.Ct{Key: expr.CtKeyMARK, Register: 1, SourceRegister: true},
			&expr.Verdict{Kind: expr.VerdictAccept})
	case MarkFromFlow:
		return append(out,
			&expr.Ct{Key: expr.CtKeyMARK, Register: 1},
			&expr.Meta{Key: expr.MetaKeyMARK, Register: 1, SourceRegister: true})
	case Masquerade:
		return append(out, &expr.Masq{})
	}
	panic("firewall: unknown action") // a programmer's mistake
}

func condition(m Match) []expr.Any {
	op := expr.CmpOpEq
	if m.Not {
		op = expr.CmpOpNeq
	}
	equals := func(data []byte) *expr.Cmp { return &expr.Cmp{Op: op, Register: 1, Data: data} }
	switch m.Field {
	case Iif:
		return []expr.Any{&expr.Meta{Key: expr.MetaKeyIIFNAME, Register: 1}, equals(padded(m.Text))}
	case Oif:
		return []expr.Any{&expr.Meta{Key: expr.MetaKeyOIFNAME, Register: 1}, equals(padded(m.Text))}
	case Saddr, Daddr:
		return address(m, op)
	case Proto:
		return []expr.Any{&expr.Meta{Key: expr.MetaKeyL4PROTO, Register: 1}, equals([]byte{byte(m.Value)})}
	case Sport:
		return []expr.Any{transport(0, 2), equals(binary.BigEndian.AppendUint16(nil, uint16(m.Value)))}
	case Dport:
		return []expr.Any{transport(2, 2), equals(binary.BigEndian.AppendUint16(nil, uint16(m.Value)))}
	case ICMP6:
		return []expr.Any{
			transport(0, 1),
			&expr.Cmp{Op: expr.CmpOpGte, Register: 1, Data: []byte{byte(m.Value)}},
			&expr.Cmp{Op: expr.CmpOpLte, Register: 1, Data: []byte{byte(m.Upto)}},
		}
	case HopLimit:
		return append(family(unix.NFPROTO_IPV6),
			&expr.Payload{DestRegister: 1, Base: expr.PayloadBaseNetworkHeader, Offset: 7, Len: 1}, equals([]byte{byte(m.Value)}))
	case PacketMark:
		return []expr.Any{&expr.Meta{Key: expr.MetaKeyMARK, Register: 1}, equals(binaryutil.NativeEndian.PutUint32(m.Value))}
	case FlowMark:
		return []expr.Any{&expr.Ct{Key: expr.CtKeyMARK, Register: 1}, equals(binaryutil.NativeEndian.PutUint32(m.Value))}
	case FlowState:
		return []expr.Any{
			&expr.Ct{Key: expr.CtKeySTATE, Register: 1},
			&expr.Bitwise{
				SourceRegister: 1, DestRegister: 1, Len: 4,
				Mask: binaryutil.NativeEndian.PutUint32(m.Value), Xor: make([]byte, 4),
			},
			&expr.Cmp{Op: expr.CmpOpNeq, Register: 1, Data: make([]byte, 4)},
		}
	}
	panic("firewall: unknown field") // a programmer's mistake
}

func transport(offset, length uint32) *expr.Payload {
	return &expr.Payload{DestRegister: 1, Base: expr.PayloadBaseTransportHeader, Offset: offset, Len: length}
}

func family(f byte) []expr.Any {
	return []expr.Any{
		&expr.Meta{Key: expr.MetaKeyNFPROTO, Register: 1},
		&expr.Cmp{Op: expr.CmpOpEq, Register: 1, Data: []byte{f}},
	}
}

// address compares a packet's address with a prefix, of its own family alone.
func address(m Match, op expr.CmpOp) []expr.Any {
	f, offset := byte(unix.NFPROTO_IPV4), uint32(12)
	if m.Prefix.Addr().Is6() {
		f, offset = unix.NFPROTO_IPV6, 8
	}
	raw := m.Prefix.Masked().Addr().AsSlice()
	length := uint32(len(raw))
	if m.Field == Daddr {
		offset += length
	}
	out := append(family(f), &expr.Payload{DestRegister: 1, Base: expr.PayloadBaseNetworkHeader, Offset: offset, Len: length})
	if !m.Prefix.IsSingleIP() {
		mask := make([]byte, length)
		for i := range m.Prefix.Bits() {
			mask[i/8] |= 0x80 >> (i % 8)
		}
		out = append(out, &expr.Bitwise{SourceRegister: 1, DestRegister: 1, Len: length, Mask: mask, Xor: make([]byte, length)})
	}
	return append(out, &expr.Cmp{Op: op, Register: 1, Data: raw})
}

// padded is an interface's name as the kernel compares it.
func padded(name string) []byte {
	b := make([]byte, unix.IFNAMSIZ)
	copy(b, name)
	return b
}
