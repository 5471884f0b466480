package link

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
)

const (
	alpn          = "h3"
	proofDomain   = "wherry/link/v1"
	exporterLabel = "EXPORTER-wherry-link-v1"
	maxProof      = 128 // bytes of a proof's frame
)

// role is the side of a connection; it is part of what each side signs.
type role byte

const (
	dialling  role = 1
	accepting role = 2
)

// proof is the first frame in each direction: who speaks, and its signature over
// this connection's exporter. Nothing in it is of use on another connection, or
// in the other direction of this one.
type proof struct {
	Address   wherry.Address     `cbor:"1,keyasint"`
	Signature identity.Signature `cbor:"2,keyasint"`
}

// proofDigest is what the side with role r signs.
func proofDigest(r role, exporter []byte) wherry.Hash {
	return wherry.Keccak256([]byte(proofDomain), []byte{byte(r)}, exporter)
}

// exporter returns 32 bytes that only the two ends of qc's TLS session know.
func exporter(qc *quic.Conn) ([]byte, error) {
	state := qc.ConnectionState().TLS
	out, err := state.ExportKeyingMaterial(exporterLabel, nil, 32)
	if err != nil {
		return nil, wherry.Errorf(wherry.Internal, "tls exporter: %w", err)
	}
	return out, nil
}

func writeProof(w io.Writer, k *identity.Key, r role, exporter []byte) error {
	p := proof{Address: k.Address(), Signature: k.Sign(proofDigest(r, exporter))}
	return codec.WriteFrame(w, maxProof, p)
}

// readProof returns who the peer in role r has proven to be.
func readProof(rd io.Reader, r role, exporter []byte) (wherry.Address, error) {
	var p proof
	if err := codec.ReadFrame(rd, maxProof, &p); err != nil {
		return wherry.Address{}, err
	}
	if err := identity.Verify(p.Address, proofDigest(r, exporter), p.Signature); err != nil {
		return wherry.Address{}, err
	}
	return p.Address, nil
}

// serverTLS holds a certificate of the control key. Its other fields are those
// that any certificate needs; callers look at the key alone.
func serverTLS(control ed25519.PrivateKey) (*tls.Config, error) {
	name := pkix.Name{CommonName: "localhost"}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: name, Issuer: name, DNSNames: []string{name.CommonName},
		NotBefore: time.Unix(1_700_000_000, 0), NotAfter: time.Unix(4_000_000_000, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, control.Public(), control)
	if err != nil {
		return nil, wherry.Errorf(wherry.Internal, "make the link certificate: %w", err)
	}
	return &tls.Config{
		Certificates:           []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: control}},
		NextProtos:             []string{alpn},
		MinVersion:             tls.VersionTLS13,
		SessionTicketsDisabled: true, // a resumed session would not show the certificate
	}, nil
}

// errPinned ends a handshake with somebody who is not whom the offer names.
var errPinned = wherry.Errorf(wherry.Unreachable, "somebody else answers there: the certificate is not the offer's control key")

// clientTLS accepts exactly one certificate: that of control.
func clientTLS(control ed25519.PublicKey) *tls.Config {
	return &tls.Config{
		NextProtos:             []string{alpn},
		MinVersion:             tls.VersionTLS13,
		SessionTicketsDisabled: true,
		InsecureSkipVerify:     true, //nolint:gosec // no authority vouches for a peer: VerifyConnection pins its key
		VerifyConnection: func(state tls.ConnectionState) error {
			if len(state.PeerCertificates) == 0 {
				return errPinned
			}
			key, ok := state.PeerCertificates[0].PublicKey.(ed25519.PublicKey)
			if !ok || !key.Equal(control) {
				return errPinned
			}
			return nil
		},
	}
}
