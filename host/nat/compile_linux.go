package nat

import (
	"encoding/binary"

	"github.com/google/nftables"
	"github.com/google/nftables/binaryutil"
	"github.com/google/nftables/expr"
	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry"
)

// compiled is a table in the making.
type compiled struct {
	table *nftables.Table
	sets  map[string]*nftables.Set
}

var keyTypes = [...]nftables.SetDatatype{
	key4: nftables.TypeIPAddr, key6: nftables.TypeIP6Addr, keyPort: nftables.TypeInetService, keyProto: nftables.TypeInetProto, keyWay: nftables.TypeIFName,
	key4Port: nftables.MustConcatSetType(nftables.TypeIPAddr, nftables.TypeInetService),
	key6Port: nftables.MustConcatSetType(nftables.TypeIP6Addr, nftables.TypeInetService),
	key4Pair: nftables.MustConcatSetType(nftables.TypeIPAddr, nftables.TypeIPAddr),
	key6Pair: nftables.MustConcatSetType(nftables.TypeIP6Addr, nftables.TypeIP6Addr),
}

// set makes a set and its elements.
func (c *compiled) set(s *set) (*nftables.Set, []nftables.SetElement) {
	out := &nftables.Set{
		Table: c.table, Name: s.name, KeyType: keyTypes[s.kind], Interval: s.interval(),
		Concatenation: s.kind >= key4Port, KeyByteOrder: binaryutil.BigEndian,
	}
	if s.fill {
		out.Dynamic, out.Size, out.HasTimeout, out.Timeout = true, setSize, s.expire > 0, s.expire
	}
	c.sets[s.name] = out
	var all []nftables.SetElement
	for _, x := range s.spans {
		all = append(all, nftables.SetElement{Key: x.first.AsSlice()})
		if end := x.last.Next(); end.IsValid() { // the last address of all has no successor: the interval stays open
			all = append(all, nftables.SetElement{Key: end.AsSlice(), IntervalEnd: true})
		}
	}
	for _, x := range s.ports {
		all = append(all, nftables.SetElement{Key: port(x.First)})
		if x.Last < 1<<16-1 {
			all = append(all, nftables.SetElement{Key: port(x.Last + 1), IntervalEnd: true})
		}
	}
	for _, x := range s.protos {
		all = append(all, nftables.SetElement{Key: []byte{byte(x)}})
	}
	for _, x := range s.ways {
		all = append(all, nftables.SetElement{Key: interfaceKey(x)})
	}
	for _, x := range s.pairs {
		all = append(all, nftables.SetElement{Key: append(x.Addr().AsSlice(), append(port(x.Port()), 0, 0)...)})
	}
	return out, all
}

func port(p uint16) []byte { return binary.BigEndian.AppendUint16(nil, p) }

// interfaceKey is a name as the kernel compares it.
func interfaceKey(name string) []byte {
	b := make([]byte, unix.IFNAMSIZ)
	copy(b, name)
	return b
}

// fieldAt says where a field is.
type fieldAt struct {
	base        expr.PayloadBase
	offset, len uint32
}

var fieldsAt = [...]fieldAt{
	src4: {expr.PayloadBaseNetworkHeader, 12, 4}, dst4: {expr.PayloadBaseNetworkHeader, 16, 4},
	src6: {expr.PayloadBaseNetworkHeader, 8, 16}, dst6: {expr.PayloadBaseNetworkHeader, 24, 16},
	srcPort: {expr.PayloadBaseTransportHeader, 0, 2}, dstPort: {expr.PayloadBaseTransportHeader, 2, 2},
	tcpPort: {expr.PayloadBaseTransportHeader, 2, 2}, udpPort: {expr.PayloadBaseTransportHeader, 2, 2},
	icmp4: {expr.PayloadBaseTransportHeader, 0, 1}, icmp6: {expr.PayloadBaseTransportHeader, 0, 1},
}

// load puts a field into a register.
func load(f field, register uint32) expr.Any {
	if f == way {
		return &expr.Meta{Key: expr.MetaKeyOIFNAME, Register: register}
	}
	if f == proto {
		return &expr.Meta{Key: expr.MetaKeyL4PROTO, Register: register}
	}
	at := fieldsAt[f]
	return &expr.Payload{OperationType: expr.PayloadLoad, DestRegister: register, Base: at.base, Offset: at.offset, Len: at.len}
}

// key puts fields into registers of four bytes, one behind the other as a set's key
// has them.
func key(fields []field) []expr.Any {
	if len(fields) == 1 {
		return []expr.Any{load(fields[0], unix.NFT_REG_1)}
	}
	var out []expr.Any
	register := uint32(unix.NFT_REG32_00)
	for _, f := range fields {
		out = append(out, load(f, register))
		register += (fieldsAt[f].len + 3) / 4
	}
	return out
}

// keyRegister is where key begins.
func keyRegister(fields []field) uint32 {
	if len(fields) == 1 {
		return unix.NFT_REG_1
	}
	return unix.NFT_REG32_00
}

func compare(op expr.CmpOp, data ...byte) expr.Any {
	return &expr.Cmp{Op: op, Register: unix.NFT_REG_1, Data: data}
}

func opOf(not bool) expr.CmpOp {
	if not {
		return expr.CmpOpNeq
	}
	return expr.CmpOpEq
}

var verdicts = [...]expr.Any{
	accept: &expr.Verdict{Kind: expr.VerdictAccept},
	drop:   &expr.Verdict{Kind: expr.VerdictDrop},
	reject: &expr.Reject{Type: unix.NFT_REJECT_ICMPX_UNREACH, Code: unix.NFT_REJECT_ICMPX_ADMIN_PROHIBITED},
}

// stmt compiles one statement.
func (c *compiled) stmt(s stmt) ([]expr.Any, error) {
	switch s := s.(type) {
	case iface:
		k := expr.MetaKeyIIFNAME
		if s.out {
			k = expr.MetaKeyOIFNAME
		}
		return []expr.Any{&expr.Meta{Key: k, Register: unix.NFT_REG_1}, compare(opOf(s.not), interfaceKey(s.name)...)}, nil
	case version:
		v := byte(unix.NFPROTO_IPV4)
		if s.v6 {
			v = unix.NFPROTO_IPV6
		}
		return []expr.Any{&expr.Meta{Key: expr.MetaKeyNFPROTO, Register: unix.NFT_REG_1}, compare(expr.CmpOpEq, v)}, nil
	case isProto:
		return []expr.Any{load(proto, unix.NFT_REG_1), compare(expr.CmpOpEq, byte(s.proto))}, nil
	case within:
		return append(key(s.fields), &expr.Lookup{
			SourceRegister: keyRegister(s.fields), SetName: s.set.name, SetID: c.sets[s.set.name].ID, Invert: s.not,
		}), nil
	case equals:
		return []expr.Any{load(s.field, unix.NFT_REG_1), compare(expr.CmpOpEq, s.value)}, nil
	case inNet:
		n := s.net.Bits() / 8
		return []expr.Any{
			&expr.Payload{OperationType: expr.PayloadLoad, DestRegister: unix.NFT_REG_1, Base: expr.PayloadBaseNetworkHeader, Offset: 24, Len: uint32(n)},
			compare(expr.CmpOpEq, s.net.Addr().AsSlice()[:n]...),
		}, nil
	case hidden:
		return []expr.Any{
			&expr.Payload{OperationType: expr.PayloadLoad, DestRegister: unix.NFT_REG_1, Base: expr.PayloadBaseNetworkHeader, Offset: uint32(24 + s.at), Len: 4},
			&expr.Lookup{SourceRegister: unix.NFT_REG_1, SetName: s.set.name, SetID: c.sets[s.set.name].ID},
		}, nil
	case portOutside:
		return []expr.Any{load(srcPort, unix.NFT_REG_1), &expr.Range{
			Op: expr.CmpOpNeq, Register: unix.NFT_REG_1, FromData: port(s.ports.First), ToData: port(s.ports.Last),
		}}, nil
	case state:
		return ctBits(expr.CtKeySTATE, uint32(s)), nil
	case confirmed:
		return ctBits(expr.CtKeySTATUS, 1<<3), nil
	case reply:
		return []expr.Any{&expr.Ct{Key: expr.CtKeyDIRECTION, Register: unix.NFT_REG_1}, compare(expr.CmpOpEq, 1)}, nil
	case syn:
		return []expr.Any{
			&expr.Payload{OperationType: expr.PayloadLoad, DestRegister: unix.NFT_REG_1, Base: expr.PayloadBaseTransportHeader, Offset: 13, Len: 1},
			&expr.Bitwise{SourceRegister: unix.NFT_REG_1, DestRegister: unix.NFT_REG_1, Len: 1, Mask: []byte{0x12}, Xor: []byte{0}},
			compare(expr.CmpOpEq, 0x02),
		}, nil
	case verdict:
		return []expr.Any{verdicts[s]}, nil
	case enter:
		kind := expr.VerdictJump
		if s.last {
			kind = expr.VerdictGoto
		}
		return []expr.Any{&expr.Verdict{Kind: kind, Chain: s.chain}}, nil
	}
	return c.memory(s)
}

// ctBits matches where one of the bits is set.
func ctBits(key expr.CtKey, bits uint32) []expr.Any {
	return []expr.Any{
		&expr.Ct{Key: key, Register: unix.NFT_REG_1},
		&expr.Bitwise{SourceRegister: unix.NFT_REG_1, DestRegister: unix.NFT_REG_1, Len: 4, Mask: binaryutil.NativeEndian.PutUint32(bits), Xor: make([]byte, 4)},
		compare(expr.CmpOpNeq, 0, 0, 0, 0),
	}
}

// memory compiles the statements that remember, and those that translate.
func (c *compiled) memory(s stmt) ([]expr.Any, error) {
	fill := func(fields []field, of *set, op uint32, e ...expr.Any) []expr.Any {
		return append(key(fields), &expr.Dynset{
			SrcRegKey: keyRegister(fields), SetName: of.name, SetID: c.sets[of.name].ID, Operation: op, Exprs: e,
		})
	}
	switch s := s.(type) {
	case tagged:
		return []expr.Any{
			&expr.Payload{OperationType: expr.PayloadLoad, DestRegister: unix.NFT_REG_1, Base: expr.PayloadBaseNetworkHeader, Offset: uint32(s.at), Len: 2},
			&expr.Dynset{SrcRegKey: unix.NFT_REG_1, SetName: s.set.name, SetID: c.sets[s.set.name].ID, Operation: unix.NFT_DYNSET_OP_UPDATE},
		}, nil
	case meter:
		return fill(s.fields, s.set, unix.NFT_DYNSET_OP_UPDATE, &expr.Limit{
			Type: expr.LimitTypePkts, Rate: uint64(s.rate.PerSecond), Unit: expr.LimitTimeSecond, Burst: s.rate.Burst, Over: true,
		}), nil
	case crowd:
		return fill([]field{s.field}, s.set, unix.NFT_DYNSET_OP_ADD, &expr.Connlimit{Count: s.most, Flags: expr.NFT_CONNLIMIT_F_INV}), nil
	case note:
		return fill(s.fields, s.set, unix.NFT_DYNSET_OP_UPDATE), nil
	case translate:
		family := uint32(unix.NFPROTO_IPV4)
		if s.addr.Is6() {
			family = unix.NFPROTO_IPV6
		}
		out := []expr.Any{&expr.Immediate{Register: unix.NFT_REG_1, Data: s.addr.AsSlice()}}
		nat := &expr.NAT{Type: expr.NATTypeSourceNAT, Family: family, RegAddrMin: unix.NFT_REG_1, FullyRandom: true}
		if s.ports != (Ports{}) {
			nat.RegProtoMin, nat.RegProtoMax, nat.Specified = unix.NFT_REG_2, unix.NFT_REG_3, true
			out = append(out,
				&expr.Immediate{Register: unix.NFT_REG_2, Data: port(s.ports.First)},
				&expr.Immediate{Register: unix.NFT_REG_3, Data: port(s.ports.Last)})
		}
		return append(out, nat), nil
	}
	return nil, wherry.Errorf(wherry.Internal, "a firewall statement %T that nobody compiles", s)
}
