package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// usage prints how a command is used. The example comes last, where eyes end up.
// It is a function and not a template: with text/template in it the linker
// keeps every method of every type, which makes the program a quarter larger.
func usage(c *cobra.Command) error {
	var b strings.Builder
	line := c.UseLine()
	if !c.Runnable() {
		line = c.CommandPath() + " COMMAND"
	}
	fmt.Fprintf(&b, "Usage:\n  %s\n", line)
	if c.HasAvailableSubCommands() {
		b.WriteString("\nCommands:\n")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, "  %-*s %s\n", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	if c.HasAvailableLocalFlags() {
		fmt.Fprintf(&b, "\nFlags:\n%s\n", strings.TrimRight(c.LocalFlags().FlagUsages(), " \n"))
	}
	if c.HasAvailableInheritedFlags() {
		fmt.Fprintf(&b, "\nFlags of every command:\n%s\n", strings.TrimRight(c.InheritedFlags().FlagUsages(), " \n"))
	}
	fmt.Fprintf(&b, "\nExample:\n%s\n", c.Example)
	_, err := fmt.Fprint(c.OutOrStderr(), b.String())
	return err
}
