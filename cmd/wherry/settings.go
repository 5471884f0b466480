package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

func (a *app) setCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "set KEY=VALUE…",
		Short: "change settings, all that are named or none",
		Long: `Changes what is named and nothing else; what is changed holds at once and after
a restart. The default is the first value of each:

` + settingsHelp(),
		Example:           "  wherry set lockdown=on lan=allow\n  wherry set dns-block=ads,trackers",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: completeSettings,
		RunE: func(cmd *cobra.Command, args []string) error {
			var p api.SettingsPatch
			var keys []string
			for _, arg := range args {
				key, value, ok := strings.Cut(arg, "=")
				if !ok {
					return wherry.Errorf(wherry.Invalid, "%s: want KEY=VALUE, as in lan=allow", arg)
				}
				if err := p.Set(key, value); err != nil {
					return fmt.Errorf("%s: %w", key, err)
				}
				keys = append(keys, key)
			}
			return a.apply(cmd, p, keys)
		},
	}
}

func (a *app) unsetCmd() *cobra.Command {
	return &cobra.Command{
		Use:               "unset KEY…",
		Short:             "give settings their defaults",
		Example:           "  wherry unset dns-block",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: completeKeys,
		RunE: func(cmd *cobra.Command, args []string) error {
			var p api.SettingsPatch
			for _, key := range args {
				if err := p.Unset(key); err != nil {
					return err
				}
			}
			return a.apply(cmd, p, args)
		},
	}
}

// apply changes settings and prints those that were named.
func (a *app) apply(cmd *cobra.Command, p api.SettingsPatch, keys []string) error {
	d := a.daemon()
	defer d.Close()
	s, err := d.Set(cmd.Context(), p)
	if err != nil {
		return err
	}
	return a.print(document(s), func(w io.Writer) {
		for _, key := range keys {
			v, err := s.Get(key)
			if err == nil {
				fmt.Fprintf(w, "%s=%s\n", key, v)
			}
		}
	})
}

func document(s api.Settings) api.SettingsDocument {
	return api.SettingsDocument{Schema: api.SettingsSchema, Settings: s.Fill()}
}

func (a *app) getCmd() *cobra.Command {
	return &cobra.Command{
		Use:               "get [KEY]",
		Short:             "show the settings",
		Example:           "  wherry get\n  wherry get lockdown",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeKeys,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 { // what is misspelt is said without a daemon, too
				if _, err := api.DefaultSettings().Get(args[0]); err != nil {
					return err
				}
			}
			d := a.daemon()
			defer d.Close()
			s, err := d.Settings(cmd.Context())
			if err != nil {
				return err
			}
			return a.print(document(s), func(w io.Writer) {
				if len(args) == 1 {
					v, _ := s.Get(args[0]) // looked up above
					fmt.Fprintln(w, v)
					return
				}
				rows := [][]string{{"SETTING", "VALUE", "MEANING"}}
				for _, k := range api.AllSettings() {
					v, _ := s.Get(k.Key) // it is in the list
					rows = append(rows, []string{k.Key, v, k.Meaning})
				}
				table(w, rows)
			})
		},
	}
}

// settingsHelp lists what each key may be.
func settingsHelp() string {
	var b strings.Builder
	for _, k := range api.AllSettings() {
		fmt.Fprintf(&b, "  %s=%s\n      %s\n", k.Key, strings.Join(k.Values, "|"), k.Meaning)
	}
	return strings.TrimRight(b.String(), "\n")
}

// completeSettings offers keys, and behind = what they may be.
func completeSettings(_ *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	var keys []string
	for _, k := range api.AllSettings() {
		if used(args, k.Key+"=") {
			continue
		}
		if strings.HasPrefix(word, k.Key+"=") {
			var values []string
			for _, v := range k.Values {
				if v == strings.ToLower(v) { // upper case stands for something
					values = append(values, k.Key+"="+v)
				}
			}
			return values, cobra.ShellCompDirectiveNoFileComp
		}
		keys = append(keys, k.Key+"=\t"+k.Meaning)
	}
	return keys, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// completeKeys offers the keys that are not named yet.
func completeKeys(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, k := range api.AllSettings() {
		if !used(args, k.Key) && (cmd.Name() != "get" || len(args) == 0) {
			out = append(out, k.Key+"\t"+k.Meaning)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

func used(args []string, prefix string) bool {
	for _, a := range args {
		if strings.HasPrefix(a, prefix) {
			return true
		}
	}
	return false
}
