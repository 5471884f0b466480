// Package bench holds the measurements that the documentation quotes, one folder
// each, one command each. docs/performance.md names the commands and the figures.
package bench
