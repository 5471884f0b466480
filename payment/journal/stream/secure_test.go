package stream

import (
	"net/url"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/journal/stream/streamtest"
)

// opens writes a record to the journal at an address, and says why it cannot.
func opens(t *testing.T, address string) error {
	t.Helper()
	cfg, err := Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Owner = "0xhub"
	l, _, err := cfg.Opener(t.Context())(nothing, nothing)
	if err != nil {
		return err
	}
	if err := write(l.(*Log), "a"); err != nil {
		t.Error(err)
	}
	return l.Close()
}

// TestEncryptedAndWithAPassword opens a journal on three servers that ask for TLS
// and for a user, by its address alone, and not with less.
func TestEncryptedAndWithAPassword(t *testing.T) {
	t.Parallel()
	secure, ca := streamtest.TLS(t)
	c := streamtest.New(t, 3, secure, streamtest.Users("hub", "se/cret"))
	address := strings.Replace(c.URL("secure"), "nats://", "tls://hub:se%2Fcret@", 1) + "?ca=" + url.QueryEscape(ca)
	if err := opens(t, address); err != nil {
		t.Fatal(err)
	}
	for why, bad := range map[string]string{
		"another password":      strings.Replace(address, "se%2Fcret", "guess", 1),
		"nobody":                strings.Replace(address, "hub:se%2Fcret@", "", 1),
		"an unknown authority":  strings.Split(address, "?")[0],
		"an authority of which": strings.Replace(address, url.QueryEscape(ca), url.QueryEscape(ca+".none"), 1),
	} {
		err := opens(t, bad)
		if code := wherry.CodeOf(err); code != wherry.Forbidden && code != wherry.Unreachable && code != wherry.Invalid {
			t.Errorf("%s: %v", why, err)
		}
		if err != nil && (strings.Contains(err.Error(), "se/cret") || strings.Contains(err.Error(), "se%2F") || strings.Contains(err.Error(), "guess")) {
			t.Errorf("%s: the error shows a password: %v", why, err)
		}
	}
	if err := opens(t, strings.Replace(address, "se%2Fcret", "guess", 1)); wherry.CodeOf(err) != wherry.Forbidden {
		t.Errorf("another password is no reason to try again: %v", err)
	}
}

// TestCredentialsOfAnOperator opens a journal with a file as nsc makes it, and not
// without, nor with that of another operator.
func TestCredentialsOfAnOperator(t *testing.T) {
	t.Parallel()
	signed, file := streamtest.Credentials(t)
	_, other := streamtest.Credentials(t)
	c := streamtest.New(t, 3, signed)
	if err := opens(t, c.URL("signed")+"?creds="+url.QueryEscape(file)); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{c.URL("signed"), c.URL("signed") + "?creds=" + url.QueryEscape(other)} {
		if err := opens(t, bad); wherry.CodeOf(err) != wherry.Forbidden {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
