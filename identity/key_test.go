package identity_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
)

func TestKeyIsNeverShown(t *testing.T) {
	k := newKey(t)
	secret := hex.EncodeToString(k.Bytes())
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("key", "key", k)
	slog.New(slog.NewTextHandler(&log, nil)).Info("key", "key", k)
	text, err := json.Marshal(struct{ Key any }{k})
	if err != nil {
		t.Fatal(err)
	}
	shown := log.String() + string(text) + fmt.Sprintf("%v %+v %#v %s %q %x", k, k, k, k, k, k)
	private := new(big.Int).SetBytes(k.Bytes()).String()
	if strings.Contains(strings.ToLower(shown), secret) || strings.Contains(shown, private) {
		t.Errorf("the private key is in %s", shown)
	}
	if !strings.Contains(log.String(), k.Address().String()) {
		t.Errorf("the log does not say whose key it is: %s", log.String())
	}
}

func TestKeyFromBytes(t *testing.T) {
	k := newKey(t)
	back, err := identity.KeyFromBytes(k.Bytes())
	if err != nil || !back.Equal(k) || back.Address() != k.Address() || back.Public() != k.Public() {
		t.Errorf("read back as %v, %v", back, err)
	}
	if k.Equal(newKey(t)) {
		t.Error("two keys are one")
	}
	large := bytes.Repeat([]byte{0xff}, 32)
	for _, bad := range [][]byte{nil, {1}, make([]byte, 32), make([]byte, 33), large, order.Bytes()} {
		if _, err := identity.KeyFromBytes(bad); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%x: %v", bad, err)
		}
	}
}
