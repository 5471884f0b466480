package keystore

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	gethstore "github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
)

const pass = "correct horse"

// cheap is a store whose scrypt costs nothing, for tests that are not about it.
func cheap(t testing.TB) *Store {
	t.Helper()
	s, err := open(filepath.Join(t.TempDir(), "keystore"), cost{n: 2, p: 1})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func wantCode(t testing.TB, err error, want wherry.Code) {
	t.Helper()
	if got := wherry.CodeOf(err); got != want {
		t.Fatalf("error %v has the code %q, want %q", err, got, want)
	}
}

func TestGethOpensOurs(t *testing.T) {
	s := cheap(t)
	info := must[Info](t)(s.Create(pass))
	g := gethstore.NewKeyStore(s.Dir(), gethstore.LightScryptN, gethstore.LightScryptP)
	acc := g.Accounts()
	if len(acc) != 1 || wherry.Address(acc[0].Address) != info.Address {
		t.Fatalf("geth sees %v, want only %s", acc, info.Address)
	}
	if err := g.Unlock(acc[0], pass); err != nil {
		t.Fatalf("geth does not unlock our file: %v", err)
	}
	digest := wherry.Keccak256([]byte("hello"))
	theirs, err := g.SignHash(acc[0], digest[:])
	if err != nil {
		t.Fatal(err)
	}
	sig := must[identity.Signature](t)(identity.SignatureFrom65([65]byte(theirs)))
	ours := must[*identity.Key](t)(s.Unlock(info.Address, pass))
	if sig != ours.Sign(digest) {
		t.Error("geth signs otherwise with the same file")
	}
	name := regexp.MustCompile(`^UTC--\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{9}Z--[0-9a-f]{40}$`)
	if !name.MatchString(filepath.Base(info.Path)) {
		t.Errorf("%s is not how geth names its files", info.Path)
	}
}

func TestOursOpensGeths(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "k")
	g := gethstore.NewKeyStore(dir, 2, 1)
	acc, err := g.NewAccount(pass)
	if err != nil {
		t.Fatal(err)
	}
	s := must[*Store](t)(OpenLight(dir))
	infos := must[[]Info](t)(s.List())
	if len(infos) != 1 || infos[0].Address != wherry.Address(acc.Address) {
		t.Fatalf("list of geth's directory: %v, want %s", infos, acc.Address)
	}
	key := must[*identity.Key](t)(s.Unlock(wherry.Address(acc.Address), pass))
	if key.Address() != wherry.Address(acc.Address) {
		t.Errorf("opened the key of %s, want %s", key.Address(), acc.Address)
	}
}

// The two files of the format's own description, one per key derivation.
func TestStandardVectors(t *testing.T) {
	for _, kdf := range []string{"pbkdf2", "scrypt"} {
		t.Run(kdf, func(t *testing.T) {
			data := must[[]byte](t)(os.ReadFile("testdata/" + kdf + ".json"))
			key := must[*identity.Key](t)(decrypt(data, "testpassword"))
			const want = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d"
			if got := hex.EncodeToString(key.Bytes()); got != want {
				t.Errorf("opened %s, want %s", got, want)
			}
		})
	}
}

func TestStandardCostByDefault(t *testing.T) {
	s := must[*Store](t)(Open(filepath.Join(t.TempDir(), "k")))
	if s.cost.n != gethstore.StandardScryptN || s.cost.p != gethstore.StandardScryptP {
		t.Errorf("a store opened without a word costs %+v", s.cost)
	}
}

func TestWrongPassphraseIsLocked(t *testing.T) {
	s := cheap(t)
	info := must[Info](t)(s.Create(pass))
	_, err := s.Unlock(info.Address, pass+" ")
	wantCode(t, err, wherry.Locked)
	for _, want := range []string{info.Address.String(), info.Path, "keyboard layout"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
	if strings.Contains(err.Error(), pass) {
		t.Errorf("%q repeats the passphrase", err)
	}
}

func TestUnknownAddress(t *testing.T) {
	_, err := cheap(t).Unlock(wherry.Address{1}, pass)
	wantCode(t, err, wherry.NotFound)
}

func TestEmptyPassphraseProtectsNothing(t *testing.T) {
	s := cheap(t)
	_, err := s.Create("")
	wantCode(t, err, wherry.Invalid)
	info := must[Info](t)(s.Create(pass))
	_, err = s.Export(info.Address, pass, "")
	wantCode(t, err, wherry.Invalid)
}

func TestExportImport(t *testing.T) {
	a, b := cheap(t), cheap(t)
	info := must[Info](t)(a.Create(pass))
	file := must[[]byte](t)(a.Export(info.Address, pass, "other"))
	_, err := decrypt(file, pass)
	wantCode(t, err, wherry.Locked)
	_, err = b.Import(file, pass, "third")
	wantCode(t, err, wherry.Locked)
	got := must[Info](t)(b.Import(file, "other", "third"))
	if got.Address != info.Address {
		t.Fatalf("imported %s, want %s", got.Address, info.Address)
	}
	must[*identity.Key](t)(b.Unlock(info.Address, "third"))
}

func TestImportHex(t *testing.T) {
	key := must[*identity.Key](t)(identity.Generate())
	digits := hex.EncodeToString(key.Bytes())
	for _, form := range []string{digits, "0x" + digits, " " + strings.ToUpper(digits) + "\n"} {
		info := must[Info](t)(cheap(t).ImportHex(form, pass))
		if info.Address != key.Address() {
			t.Errorf("imported %s, want %s", info.Address, key.Address())
		}
	}
	for _, bad := range []string{
		"", "0x", digits[1:], digits + "00", strings.Repeat("0", 64), strings.Repeat("f", 64),
		digits[:63] + "g",
	} {
		_, err := cheap(t).ImportHex(bad, pass)
		wantCode(t, err, wherry.Invalid)
		if bad != "" && len(bad) > 60 && strings.Contains(err.Error(), bad[:8]) {
			t.Errorf("%q repeats digits of a private key", err)
		}
	}
}

func TestSecondFileOfOneAddressIsRefused(t *testing.T) {
	s := cheap(t)
	info := must[Info](t)(s.Create(pass))
	key := must[*identity.Key](t)(s.Unlock(info.Address, pass))
	_, err := s.Add(key, pass)
	wantCode(t, err, wherry.Conflict)
}

func TestTwoFilesOfOneAddress(t *testing.T) {
	s := cheap(t)
	info := must[Info](t)(s.Create(pass))
	twin := info.Path + "-copy"
	data := must[[]byte](t)(os.ReadFile(info.Path))
	if err := os.WriteFile(twin, data, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := s.Unlock(info.Address, pass)
	wantCode(t, err, wherry.Conflict)
	for _, path := range []string{info.Path, twin} {
		if !strings.Contains(err.Error(), path) {
			t.Errorf("%q does not name %s", err, path)
		}
	}
	if infos := must[[]Info](t)(s.List()); len(infos) != 2 {
		t.Errorf("listed %d files, want both", len(infos))
	}
}

func TestForeignFilesAreSkippedWithAReason(t *testing.T) {
	s := cheap(t)
	info := must[Info](t)(s.Create(pass))
	put := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(s.Dir(), name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("notes.txt", []byte("do not forget the milk"))
	put("huge", make([]byte, maxFile+1))
	put("empty", nil)
	put(".new-1234", []byte("left by a crash"))
	put("key~", []byte("an editor's copy"))
	if err := os.Mkdir(filepath.Join(s.Dir(), "dir"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(s.Dir(), "dangling")); err != nil {
		t.Fatal(err)
	}
	infos, skipped, err := s.Scan()
	if err != nil {
		t.Fatal(err)
	}
	if len(infos) != 1 || infos[0] != info {
		t.Errorf("listed %v, want only %v", infos, info)
	}
	var names []string
	for _, sk := range skipped {
		names = append(names, filepath.Base(sk.Path))
		if sk.Err == nil {
			t.Errorf("%s is skipped without a reason", sk.Path)
		}
	}
	if got := strings.Join(names, " "); got != "dangling empty huge notes.txt" {
		t.Errorf("skipped %s", got)
	}
}

func TestFileOfAnotherKeyIsRefused(t *testing.T) {
	s := cheap(t)
	a, b := must[Info](t)(s.Create(pass)), must[Info](t)(s.Create(pass))
	data := string(must[[]byte](t)(os.ReadFile(a.Path)))
	lie := strings.Replace(data, hex.EncodeToString(a.Address[:]), hex.EncodeToString(b.Address[:]), 1)
	if err := os.WriteFile(a.Path, []byte(lie), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(b.Path); err != nil {
		t.Fatal(err)
	}
	_, err := s.Unlock(b.Address, pass)
	wantCode(t, err, wherry.Invalid)
}

func TestModes(t *testing.T) {
	s := cheap(t)
	info := must[Info](t)(s.Create(pass))
	for path, want := range map[string]os.FileMode{s.Dir(): 0o700, info.Path: 0o600} {
		st := must[os.FileInfo](t)(os.Stat(path))
		if st.Mode().Perm() != want {
			t.Errorf("%s has mode %o, want %o", path, st.Mode().Perm(), want)
		}
	}
}

func TestDirectoryOpenToOthersIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o770); err != nil {
		t.Fatal(err)
	}
	_, err := Open(dir)
	wantCode(t, err, wherry.Forbidden)
	if !strings.Contains(err.Error(), "chmod 700") {
		t.Errorf("%q does not say what to do", err)
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := writeNew(path, []byte("new"), func([]byte) error { return nil })
	if !errors.Is(err, os.ErrExist) {
		t.Errorf("writing over a file: %v", err)
	}
	if got := must[[]byte](t)(os.ReadFile(path)); string(got) != "old" {
		t.Errorf("the file now holds %q", got)
	}
}

func TestFailedCheckLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	err := writeNew(filepath.Join(dir, "f"), []byte("x"), func([]byte) error { return errors.New("bad disk") })
	if err == nil {
		t.Fatal("a file that does not read back was kept")
	}
	if left := must[[]os.DirEntry](t)(os.ReadDir(dir)); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestManyAtOnce(t *testing.T) {
	s := cheap(t)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := s.Create(pass); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if infos := must[[]Info](t)(s.List()); len(infos) != 20 {
		t.Errorf("%d keys, want 20", len(infos))
	}
}

// Each row is one thing that geth's package would panic on, allocate for or
// misread, in a file that is otherwise good.
func TestHostileFiles(t *testing.T) {
	s := cheap(t)
	info := must[Info](t)(s.Create(pass))
	good := must[[]byte](t)(os.ReadFile(info.Path))
	for name, change := range map[string]func(file, crypto, kdf map[string]any){
		"version 1":           func(f, _, _ map[string]any) { f["version"] = 1 },
		"version as text":     func(f, _, _ map[string]any) { f["version"] = "1" },
		"bad address":         func(f, _, _ map[string]any) { f["address"] = "0x12" },
		"other cipher":        func(_, c, _ map[string]any) { c["cipher"] = "aes-256-gcm" },
		"short iv":            func(_, c, _ map[string]any) { c["cipherparams"] = map[string]any{"iv": "00"} },
		"no iv":               func(_, c, _ map[string]any) { delete(c, "cipherparams") },
		"short ciphertext":    func(_, c, _ map[string]any) { c["ciphertext"] = "00" },
		"ciphertext not hex":  func(_, c, _ map[string]any) { c["ciphertext"] = strings.Repeat("zz", 32) },
		"short mac":           func(_, c, _ map[string]any) { c["mac"] = "" },
		"unknown kdf":         func(_, c, _ map[string]any) { c["kdf"] = "none" },
		"no kdfparams":        func(_, c, _ map[string]any) { delete(c, "kdfparams") },
		"salt is a number":    func(_, _, k map[string]any) { k["salt"] = 5 },
		"salt not hex":        func(_, _, k map[string]any) { k["salt"] = "xy" },
		"salt too long":       func(_, _, k map[string]any) { k["salt"] = strings.Repeat("00", maxSalt+1) },
		"dklen below 32":      func(_, _, k map[string]any) { k["dklen"] = 16 },
		"dklen of a gigabyte": func(_, _, k map[string]any) { k["dklen"] = 1 << 30 },
		"n is text":           func(_, _, k map[string]any) { k["n"] = "2" },
		"n is missing":        func(_, _, k map[string]any) { delete(k, "n"); k["N"] = 2 },
		"n of a terabyte":     func(_, _, k map[string]any) { k["n"] = 1 << 30 },
		"n not a power":       func(_, _, k map[string]any) { k["n"] = 1000 },
		"n is a fraction":     func(_, _, k map[string]any) { k["n"] = 2.5 },
		"n and r together":    func(_, _, k map[string]any) { k["n"], k["r"] = 1<<22, 8 },
		"r of zero":           func(_, _, k map[string]any) { k["r"] = 0 },
		"p without end":       func(_, _, k map[string]any) { k["p"] = maxPasses + 1 },
		"rounds without end": func(_, c, k map[string]any) {
			c["kdf"], k["c"], k["prf"] = "pbkdf2", maxRounds+1, "hmac-sha256"
		},
		"other prf":      func(_, c, k map[string]any) { c["kdf"], k["c"], k["prf"] = "pbkdf2", 2, "hmac-md5" },
		"prf is missing": func(_, c, k map[string]any) { c["kdf"], k["c"] = "pbkdf2", 2 },
	} {
		t.Run(name, func(t *testing.T) {
			var file map[string]any
			if err := json.Unmarshal(good, &file); err != nil {
				t.Fatal(err)
			}
			crypto := file["crypto"].(map[string]any)
			change(file, crypto, crypto["kdfparams"].(map[string]any))
			bad := must[[]byte](t)(json.Marshal(file))
			_, err := decrypt(bad, pass)
			wantCode(t, err, wherry.Invalid)
		})
	}
}

func TestUnlockNamesTheBrokenFile(t *testing.T) {
	s := cheap(t)
	info := must[Info](t)(s.Create(pass))
	data := must[[]byte](t)(os.ReadFile(info.Path))
	broken := regexp.MustCompile(`"mac":"[0-9a-f]{64}"`).ReplaceAll(data,
		fmt.Appendf(nil, `"mac":"%s"`, strings.Repeat("0", 64)))
	if err := os.WriteFile(info.Path, broken, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := s.Unlock(info.Address, pass) // a changed mac cannot be told from a wrong passphrase
	wantCode(t, err, wherry.Locked)
	if !strings.Contains(err.Error(), info.Path) {
		t.Errorf("%q does not name %s", err, info.Path)
	}
}

// FuzzFile: whatever a file holds, reading it ends in a key or an error, and
// geth's package agrees on the key. The cost is kept down by the bounds here.
func FuzzFile(f *testing.F) {
	s := cheap(f)
	info := must[Info](f)(s.Create(pass))
	f.Add(must[[]byte](f)(os.ReadFile(info.Path)))
	for _, name := range []string{"pbkdf2", "scrypt"} {
		f.Add(must[[]byte](f)(os.ReadFile("testdata/" + name + ".json")))
	}
	f.Add([]byte(`{"version":3,"crypto":{"kdfparams":{"n":1e99}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		parsed, _, err := parse(data)
		if err != nil {
			wantCode(t, err, wherry.Invalid)
			return
		}
		n, _ := parsed.Crypto.KDFParams["n"].(int)
		r, _ := parsed.Crypto.KDFParams["r"].(int)
		p, _ := parsed.Crypto.KDFParams["p"].(int)
		c, _ := parsed.Crypto.KDFParams["c"].(int)
		if n*r*max(p, 1) > 1<<16 || c > 1<<12 {
			return // within our bounds, and too slow for a fuzzer
		}
		key, err := decrypt(data, pass)
		if err != nil {
			return
		}
		theirs, err := gethstore.DecryptKey(data, pass)
		if err == nil && theirs.Address != common.Address(key.Address()) {
			t.Errorf("we open %s and geth opens %s", key.Address(), theirs.Address)
		}
	})
}

func TestImportRefusesAFileThatLies(t *testing.T) {
	s := cheap(t)
	info := must[Info](t)(s.Create(pass))
	data := string(must[[]byte](t)(os.ReadFile(info.Path)))
	lie := strings.Replace(data, hex.EncodeToString(info.Address[:]), strings.Repeat("11", 20), 1)
	_, err := cheap(t).Import([]byte(lie), pass, pass)
	wantCode(t, err, wherry.Invalid)
}

func TestImportRefusesAnEndlessFile(t *testing.T) {
	s := cheap(t)
	info := must[Info](t)(s.Create(pass))
	data := must[[]byte](t)(os.ReadFile(info.Path))
	long := append(data, strings.Repeat(" ", maxFile)...)
	_, err := cheap(t).Import(long, pass, pass)
	wantCode(t, err, wherry.Invalid)
}
