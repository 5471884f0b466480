package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/keystore"
	"github.com/wherrynet/wherry/node"
)

type identityJSON struct {
	Schema string         `json:"schema"`
	Name   wherry.Address `json:"address"`
	Path   string         `json:"path"`
}

type identitiesJSON struct {
	Schema string          `json:"schema"`
	Items  []keystore.Info `json:"items"`
	Next   *string         `json:"next"`
}

func (a *app) identityCmd() *cobra.Command {
	return group("identity", "who you are: Ethereum key pairs, made on this computer",
		"  wherry identity create\n  wherry identity list",
		&cobra.Command{
			Use: "create", Short: "make an identity", Args: cobra.NoArgs,
			Example: "  wherry identity create",
			RunE:    func(*cobra.Command, []string) error { return a.identityCreate() },
		},
		&cobra.Command{
			Use: "list", Short: "list the identities of this computer", Args: cobra.NoArgs,
			Example: "  wherry identity list --json",
			RunE:    func(*cobra.Command, []string) error { return a.identityList() },
		},
		&cobra.Command{
			Use: "import FILE", Short: "take in a key: a geth keystore file, or 64 hexadecimal digits", Args: cobra.ExactArgs(1),
			Example: "  wherry identity import ~/.ethereum/keystore/UTC--2026-…",
			RunE:    func(_ *cobra.Command, args []string) error { return a.identityImport(args[0]) },
		},
		a.identityExportCmd(),
	)
}

func (a *app) identityExportCmd() *cobra.Command {
	var newPasswordFile string
	c := &cobra.Command{
		Use: "export [ADDRESS]", Short: "print a key as an encrypted keystore file, which geth opens", Args: cobra.MaximumNArgs(1),
		Example: "  wherry identity export > backup.json",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				a.identity = args[0]
			}
			return a.identityExport(newPasswordFile)
		},
	}
	c.Flags().StringVar(&newPasswordFile, "new-password-file", "", "`file` with the passphrase of the exported file; default: the same as before")
	return c
}

func (a *app) identityCreate() error {
	cfg, err := a.settings()
	if err != nil {
		return err
	}
	s, err := cfg.Keystore()
	if err != nil {
		return err
	}
	pass, err := a.newPassphrase(cfg)
	if err != nil {
		return err
	}
	info, err := s.Create(pass)
	if err != nil {
		return err
	}
	return a.printIdentity(info, "made")
}

func (a *app) printIdentity(info keystore.Info, did string) error {
	return a.print(identityJSON{"wherry.identity/1", info.Address, info.Path}, func(w io.Writer) {
		fmt.Fprintln(w, info.Address)
		a.note("%s, kept in %s\nwhoever has this file and its passphrase has the money: keep a copy of both, apart", did, info.Path)
	})
}

// newPassphrase asks twice where a person is there to ask.
func (a *app) newPassphrase(cfg node.Config) (string, error) {
	pass, err := cfg.ReadPassphrase()
	if err != nil || cfg.PasswordFile != "" || cfg.Passphrase == nil {
		return pass, err
	}
	f, ok := a.stdin.(*os.File)
	if !ok {
		return pass, nil
	}
	again, err := a.ask(f, "Again: ")
	if err != nil {
		return "", err
	}
	if again != pass {
		return "", wherry.Errorf(wherry.Invalid, "the two passphrases differ; nothing was made")
	}
	return pass, nil
}

func (a *app) identityList() error {
	cfg, err := a.settings()
	if err != nil {
		return err
	}
	s, err := cfg.Keystore()
	if err != nil {
		return err
	}
	all, skipped, err := s.Scan()
	if err != nil {
		return err
	}
	for _, k := range skipped {
		a.note("passed over %s: %v", k.Path, k.Err)
	}
	if all == nil {
		all = []keystore.Info{}
	}
	return a.print(identitiesJSON{Schema: "wherry.identities/1", Items: all}, func(w io.Writer) {
		if len(all) == 0 {
			a.note("no identity yet: wherry identity create")
		}
		for _, i := range all {
			fmt.Fprintf(w, "%s  %s\n", i.Address, i.Path)
		}
	})
}

func (a *app) identityImport(path string) error {
	cfg, err := a.settings()
	if err != nil {
		return err
	}
	s, err := cfg.Keystore()
	if err != nil {
		return err
	}
	const most = 64 << 10
	f, err := os.Open(path)
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "import: %w", err)
	}
	defer f.Close()
	file, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "import: %w", err)
	}
	pass, err := cfg.ReadPassphrase()
	if err != nil {
		return err
	}
	var info keystore.Info
	if len(file) > 0 && file[0] == '{' {
		info, err = s.Import(file, pass, pass)
	} else {
		info, err = s.ImportHex(string(file), pass)
	}
	if err != nil {
		return err
	}
	return a.printIdentity(info, "imported")
}

func (a *app) identityExport(newPasswordFile string) error {
	cfg, err := a.settings()
	if err != nil {
		return err
	}
	who, err := cfg.Who()
	if err != nil {
		return err
	}
	s, err := cfg.Keystore()
	if err != nil {
		return err
	}
	pass, err := cfg.ReadPassphrase()
	if err != nil {
		return err
	}
	next := pass
	if newPasswordFile != "" {
		other := cfg
		other.PasswordFile = newPasswordFile
		if next, err = other.ReadPassphrase(); err != nil {
			return err
		}
	}
	file, err := s.Export(who, pass, next)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s\n", file)
	return err
}
