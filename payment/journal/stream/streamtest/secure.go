package streamtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"
)

// TLS has the servers of a cluster encrypt their clients' connections, with
// certificates of an authority made for the test, and returns the file with the
// authority's.
func TLS(tb testing.TB) (change func(*server.Options), ca string) {
	tb.Helper()
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	now := time.Now()
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	raw, err := x509.CreateCertificate(rand.Reader, authority, authority, key.Public(), key)
	must(err)
	ca = filepath.Join(tb.TempDir(), "ca.pem")
	must(os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}), 0o600))
	of := &x509.Certificate{
		SerialNumber: big.NewInt(2), NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		IPAddresses: []net.IP{netip.MustParseAddr("127.0.0.1").AsSlice()}, //nolint:forbidigo // x509 asks for it
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	signed, err := x509.CreateCertificate(rand.Reader, of, authority, key.Public(), key)
	must(err)
	cert := tls.Certificate{Certificate: [][]byte{signed}, PrivateKey: key}
	return func(o *server.Options) {
		o.TLSConfig = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS13}
		o.TLSTimeout = 10
	}, ca
}

// Users lets one user with a password in, and nobody else.
func Users(name, password string) func(*server.Options) {
	return func(o *server.Options) { o.Username, o.Password = name, password }
}

// Credentials lets those in whom an operator has signed, as nsc sets it up, and
// returns the file with the credentials of one.
func Credentials(tb testing.TB) (change func(*server.Options), file string) {
	tb.Helper()
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	pair := func(k nkeys.KeyPair, err error) (nkeys.KeyPair, string) {
		tb.Helper()
		must(err)
		public, err := k.PublicKey()
		must(err)
		return k, public
	}
	operator, operatorName := pair(nkeys.CreateOperator())
	_, system := pair(nkeys.CreateAccount())
	account, accountName := pair(nkeys.CreateAccount())
	user, userName := pair(nkeys.CreateUser())
	o := jwt.NewOperatorClaims(operatorName)
	text, err := o.Encode(operator)
	must(err)
	decoded, err := jwt.DecodeOperatorClaims(text)
	must(err)
	known := &server.MemAccResolver{}
	for _, a := range []string{system, accountName} {
		c := jwt.NewAccountClaims(a)
		if a == accountName {
			c.Limits.JetStreamLimits = jwt.JetStreamLimits{MemoryStorage: jwt.NoLimit, DiskStorage: jwt.NoLimit, Streams: jwt.NoLimit, Consumer: jwt.NoLimit}
		}
		text, err := c.Encode(operator)
		must(err)
		must(known.Store(a, text))
	}
	text, err = jwt.NewUserClaims(userName).Encode(account)
	must(err)
	seed, err := user.Seed()
	must(err)
	creds, err := jwt.FormatUserConfig(text, seed)
	must(err)
	file = filepath.Join(tb.TempDir(), "hub.creds")
	must(os.WriteFile(file, creds, 0o600))
	return func(o *server.Options) {
		o.TrustedOperators, o.AccountResolver, o.SystemAccount = []*jwt.OperatorClaims{decoded}, known, system
	}, file
}
