package tunnel

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// programs are Debian's that do the same, measured where they are installed:
//
//	apt-get install --no-install-recommends openvpn shadowsocks-libev
var programs = map[string]string{"openvpn": "openvpn", "shadowsocks": "ss-tunnel"}

func installed(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// openvpn is OpenVPN over UDP with AES-256-GCM, between two ends that know each
// other's certificate.
func (l *lab) openvpn(name string) *contender {
	c := l.with(name)
	dir := l.b.TempDir()
	writeCertificates(l.b, dir)
	common := []string{
		"openvpn", "--dev", "wherry0", "--dev-type", "tun", "--proto", "udp4", "--verb", "3",
		"--data-ciphers", "AES-256-GCM", "--cipher", "AES-256-GCM", "--ca", filepath.Join(dir, "ca.pem"),
		"--txqueuelen", "1000", "--keepalive", "10", "60", "--auth-nocache",
	}
	files := func(name string) []string {
		return []string{"--cert", filepath.Join(dir, name+".pem"), "--key", filepath.Join(dir, name+".key")}
	}
	far := append(append([]string(nil), common...), files("far")...)
	far = append(far, "--tls-server", "--dh", "none", "--lport", "4500", "--float", "--ifconfig", c.far.Mine.String(), c.far.Theirs.String())
	near := append(append([]string(nil), common...), files("near")...)
	near = append(near, "--tls-client", "--nobind", "--remote", c.near.Endpoint.Addr().String(), "4500", "--ifconfig", c.near.Mine.String(), c.near.Theirs.String())
	p := launch(l.b, c.provider, far...)
	c.processes = []*process{launch(l.b, c.consumer, near...), p}
	c.masquerade()
	for end := time.Now().Add(20 * time.Second); exec.Command("ip", "-n", c.consumer.Name, "route", "add", "default", "dev", "wherry0").Run() != nil; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			l.b.Fatal("openvpn does not start")
		}
	}
	c.await()
	return c
}

// shadowsocks is a TCP proxy with aes-256-gcm, by its program that forwards a port.
func (l *lab) shadowsocks(name string) *contender {
	c := l.with(name)
	c.tcpOnly = true
	p := launch(l.b, c.provider, "ss-server", "-s", "0.0.0.0", "-p", "4500", "-k", "bench", "-m", "aes-256-gcm")
	c.processes = []*process{nil, p}
	for _, port := range []uint16{portSink, portSource} {
		c.processes[0] = launch(l.b, c.consumer, "ss-tunnel", "-s", c.near.Endpoint.Addr().String(), "-p", "4500", "-k", "bench", "-m", "aes-256-gcm",
			"-b", "127.0.0.1", "-l", fmt.Sprint(port), "-L", netip.AddrPortFrom(c.web, port).String())
	}
	c.web = netip.MustParseAddr("127.0.0.1")
	c.await()
	return c
}

// await waits until the website answers.
func (c *contender) await() {
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		conn, err := c.dial("tcp4", portSource)
		if err == nil {
			_ = conn.SetDeadline(time.Now().Add(2 * time.Second))
			_, err = conn.Read(make([]byte, 1))
			_ = conn.Close()
		}
		if err == nil {
			return
		}
		if time.Now().After(end) {
			c.b.Fatalf("%s: the website does not answer: %v", c.name, err)
		}
	}
}

// dial connects from the consumer's computer to the website.
func (c *contender) dial(network string, port uint16) (conn net.Conn, err error) {
	d := net.Dialer{Timeout: 2 * time.Second, FallbackDelay: -1}
	if network == "tcp4" {
		d.Control = cubic
	}
	err = c.consumer.Do(func() (err error) {
		conn, err = d.Dial(network, netip.AddrPortFrom(c.web, port).String())
		return err
	})
	return conn, err
}

// writeCertificates makes an authority and a certificate for each end.
func writeCertificates(b *testing.B, dir string) {
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "bench"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour * 24),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	put := func(name, kind string, der []byte) {
		text := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for i, name := range []string{"ca", "far", "near"} {
		key, template := caKey, ca
		if i > 0 {
			if key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
				b.Fatal(err)
			}
			template = &x509.Certificate{
				SerialNumber: big.NewInt(int64(i + 1)), Subject: pkix.Name{CommonName: name}, NotBefore: ca.NotBefore, NotAfter: ca.NotAfter,
				KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
			}
		}
		der, err := x509.CreateCertificate(rand.Reader, template, ca, &key.PublicKey, caKey)
		if err != nil {
			b.Fatal(err)
		}
		put(name+".pem", "CERTIFICATE", der)
		secret, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			b.Fatal(err)
		}
		put(name+".key", "PRIVATE KEY", secret)
	}
}
