package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the release build: -ldflags "-X main.version=v1.2.3".
var version = "development"

type versionJSON struct {
	Schema   string `json:"schema"`
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
	CGO      bool   `json:"cgo"`
}

func (a *app) versionCmd() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "say which build this is", Args: cobra.NoArgs,
		Example: "  wherry version --json",
		RunE: func(*cobra.Command, []string) error {
			v := versionJSON{Schema: "wherry.version/1", Version: version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, s := range info.Settings {
					switch s.Key {
					case "vcs.revision":
						v.Commit = s.Value
					case "CGO_ENABLED":
						v.CGO = s.Value == "1"
					}
				}
			}
			return a.print(v, func(w io.Writer) {
				fmt.Fprintf(w, "wherry %s %s %s\n", v.Version, v.Go, v.Platform)
			})
		},
	}
}
