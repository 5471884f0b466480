package keystore

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	gethstore "github.com/ethereum/go-ethereum/accounts/keystore"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
)

// Limits on what a key file may ask for. The standard parameters of every
// wallet in use lie far below; a file above them is an attack on our memory.
const (
	maxFile   = 64 << 10 // bytes of JSON
	maxMemory = 1 << 30  // bytes that scrypt allocates: 128 × n × r
	maxPasses = 64       // scrypt's p
	maxRounds = 1 << 25  // PBKDF2's c
	maxSalt   = 1 << 10  // bytes
)

// secret is a version 3 file. Fields it has beyond these are ignored, as geth does.
type secret struct {
	Address string               `json:"address"`
	Crypto  gethstore.CryptoJSON `json:"crypto"`
	ID      string               `json:"id"`
	Version int                  `json:"version"`
}

// parse reads a key file without decrypting it and checks everything that
// decrypting relies on. The address may be missing from the file; then it is
// zero. Errors have the code Invalid.
func parse(data []byte) (secret, wherry.Address, error) {
	fail := func(format string, args ...any) (secret, wherry.Address, error) {
		return secret{}, wherry.Address{}, wherry.Errorf(wherry.Invalid, "key file: "+format, args...)
	}
	if len(data) > maxFile {
		return fail("%d bytes: at most %d", len(data), maxFile)
	}
	var s secret
	if err := json.Unmarshal(data, &s); err != nil {
		return fail("%w", err)
	}
	if s.Version != 3 {
		return fail("version %d: only version 3 of Web3 Secret Storage is read", s.Version)
	}
	addr, err := parseAddress(s.Address)
	if err != nil {
		return fail("%w", err)
	}
	if s.Crypto.Cipher != "aes-128-ctr" {
		return fail("cipher %.40q: want aes-128-ctr", s.Crypto.Cipher)
	}
	if err := hexOf(s.Crypto.CipherText, 32, 32); err != nil {
		return fail("ciphertext: %w", err)
	}
	if err := hexOf(s.Crypto.CipherParams.IV, 16, 16); err != nil {
		return fail("iv: %w", err)
	}
	if err := hexOf(s.Crypto.MAC, 32, 32); err != nil {
		return fail("mac: %w", err)
	}
	if s.Crypto.KDFParams, err = checkKDF(s.Crypto.KDF, s.Crypto.KDFParams); err != nil {
		return fail("%w", err)
	}
	return s, addr, nil
}

// parseAddress reads the address field: 40 digits, with or without 0x, or
// nothing at all.
func parseAddress(s string) (wherry.Address, error) {
	if s == "" {
		return wherry.Address{}, nil
	}
	if len(s) == 40 {
		s = "0x" + s
	}
	return wherry.ParseAddress(s)
}

// checkKDF bounds the work that a file asks for and returns the parameters that
// its key derivation uses, and only those.
func checkKDF(kdf string, params map[string]any) (map[string]any, error) {
	salt, ok := params["salt"].(string)
	if !ok {
		return nil, errors.New("salt is missing")
	}
	if err := hexOf(salt, 0, maxSalt); err != nil {
		return nil, fmt.Errorf("salt: %w", err)
	}
	length, err := whole(params, "dklen", 32, 64)
	if err != nil {
		return nil, err
	}
	out := map[string]any{"salt": salt, "dklen": length}
	switch kdf {
	case "scrypt":
		n, err := whole(params, "n", 2, maxMemory/128)
		if err != nil {
			return nil, err
		}
		r, err := whole(params, "r", 1, maxMemory/128/n)
		if err != nil {
			return nil, err
		}
		p, err := whole(params, "p", 1, maxPasses)
		if err != nil {
			return nil, err
		}
		if n&(n-1) != 0 {
			return nil, fmt.Errorf("n is %d: want a power of two", n)
		}
		out["n"], out["r"], out["p"] = n, r, p
	case "pbkdf2":
		c, err := whole(params, "c", 1, maxRounds)
		if err != nil {
			return nil, err
		}
		if params["prf"] != "hmac-sha256" {
			return nil, fmt.Errorf("prf %.40q: want hmac-sha256", params["prf"])
		}
		out["c"], out["prf"] = c, "hmac-sha256"
	default:
		return nil, fmt.Errorf("key derivation %.40q: want scrypt or pbkdf2", kdf)
	}
	return out, nil
}

// whole reads one parameter as an integer between least and most.
func whole(params map[string]any, name string, least, most int) (int, error) {
	f, ok := params[name].(float64)
	if !ok || f != math.Trunc(f) || f < float64(least) || f > float64(most) {
		return 0, fmt.Errorf("%s is %.40v: want a whole number from %d to %d",
			name, params[name], least, most)
	}
	return int(f), nil
}

// hexOf reports whether s is hexadecimal for at least least and at most most bytes.
func hexOf(s string, least, most int) error {
	if len(s) > 2*most || len(s) < 2*least {
		return fmt.Errorf("%d digits: want %d to %d", len(s), 2*least, 2*most)
	}
	_, err := hex.DecodeString(s)
	return err
}

// decrypt opens a key file. A passphrase that does not fit is Locked; anything
// wrong with the file is Invalid.
func decrypt(data []byte, passphrase string) (*identity.Key, error) {
	s, addr, err := parse(data)
	if err != nil {
		return nil, err
	}
	raw, err := gethstore.DecryptDataV3(s.Crypto, passphrase)
	if errors.Is(err, gethstore.ErrDecrypt) {
		return nil, wherry.Errorf(wherry.Locked, "the passphrase does not fit")
	}
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "key file: %w", err)
	}
	defer clear(raw)
	key, err := identity.KeyFromBytes(raw)
	if err != nil {
		return nil, err
	}
	if !addr.IsZero() && addr != key.Address() {
		return nil, wherry.Errorf(wherry.Invalid,
			"key file: it says %s and holds the key of %s", addr, key.Address())
	}
	return key, nil
}

// encrypt makes a key file.
func encrypt(key *identity.Key, passphrase string, c cost) ([]byte, error) {
	raw := key.Bytes()
	defer clear(raw)
	sealed, err := gethstore.EncryptDataV3(raw, []byte(passphrase), c.n, c.p)
	if err != nil {
		return nil, err
	}
	address := key.Address()
	return json.Marshal(secret{
		Address: hex.EncodeToString(address[:]),
		Crypto:  sealed,
		ID:      randomID(),
		Version: 3,
	})
}

// randomID returns a random UUID (RFC 9562, version 4), which the format asks for
// and nothing reads.
func randomID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
