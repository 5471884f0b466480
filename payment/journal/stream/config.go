package stream

import (
	"log/slog"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
)

// Config says where a journal is and how it is kept. Servers, Name and Owner are
// needed; other zero values mean the defaults.
type Config struct {
	Servers []string // as nats://host:port or tls://host:port, all of the cluster
	Name    string   // of the stream: letters, digits, - and _
	Owner   string   // whose journal it is; others are refused
	// Who this is, if the servers ask: a name and a password, or a file with the
	// user's credentials as nsc makes it.
	User, Password string
	Creds          string
	CA             string // file with the certificate that signs the servers'; empty means the system's

	Replicas int // servers that each keep the whole; 3. One is for tests alone
	// Silence is how long nothing may come from a writer before a follower takes
	// its place; default 4 s. A quarter of it passes between beats.
	Silence time.Duration
	// Patience is how long a record may wait for the servers before the log
	// gives up; default 20 s, which is more than they need to elect a leader.
	Patience time.Duration

	Log *slog.Logger // nil discards
}

// Scheme is what a journal's address begins with when it is one of this package.
func Scheme(address string) bool {
	return strings.HasPrefix(address, "nats://") || strings.HasPrefix(address, "tls://")
}

var goodName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Parse reads an address of the form
//
//	nats://[user:password@]host:port[,host:port…]/NAME[?creds=FILE&ca=FILE]
//
// or with tls:// for connections that must be encrypted. User and password are
// escaped as in any URL. Errors do not repeat the address, which may hold a secret.
func Parse(address string) (Config, error) {
	bad := func(why string) (Config, error) {
		return Config{}, wherry.Errorf(wherry.Invalid, "journal: %s: want nats://host:port,host:port,host:port/NAME", why)
	}
	scheme, rest, _ := strings.Cut(address, "://")
	if !Scheme(address) {
		return bad("no address of NATS servers")
	}
	rest, query, _ := strings.Cut(rest, "?")
	more, err := url.ParseQuery(query)
	if err != nil {
		return bad("what is behind ? cannot be read")
	}
	c := Config{Creds: more.Get("creds"), CA: more.Get("ca")}
	for k, v := range more {
		if k != "creds" && k != "ca" || len(v) != 1 || v[0] == "" {
			return bad("behind ? stand creds=FILE and ca=FILE")
		}
	}
	if who, behind, ok := strings.Cut(rest, "@"); ok {
		name, word, both := strings.Cut(who, ":")
		var err2 error
		c.User, err = url.PathUnescape(name)
		c.Password, err2 = url.PathUnescape(word)
		if err != nil || err2 != nil || c.User == "" || !both || c.Creds != "" {
			return bad("before @ stand a user and its password, and no creds=FILE is needed then")
		}
		rest = behind
	}
	hosts, name, _ := strings.Cut(rest, "/")
	if !goodName.MatchString(name) {
		return bad("the stream's name is 1 to 64 letters, digits, - and _")
	}
	c.Name = name
	for h := range strings.SplitSeq(hosts, ",") {
		host, port, err := net.SplitHostPort(h)
		if err != nil || host == "" || port == "" || strings.ContainsAny(host, "@/ ") {
			return bad("a server is host:port")
		}
		c.Servers = append(c.Servers, scheme+"://"+h)
	}
	return c, nil
}

// Address returns where the journal is, in the form that Parse takes, without
// what the servers need not know of whoever asks: no password, and no files.
func (c Config) Address() string {
	var b strings.Builder
	for i, s := range c.Servers {
		scheme, host, _ := strings.Cut(s, "://")
		if i == 0 {
			b.WriteString(scheme + "://" + host)
			continue
		}
		b.WriteString("," + host)
	}
	return b.String() + "/" + c.Name
}

func (c *Config) defaults() error {
	if len(c.Servers) == 0 || !goodName.MatchString(c.Name) || c.Owner == "" || len(c.Owner) > 64 {
		return wherry.Errorf(wherry.Invalid, "journal: servers, a name and an owner are needed")
	}
	if c.Replicas == 0 {
		c.Replicas = 3
	}
	if c.Silence == 0 {
		c.Silence = 4 * time.Second
	}
	if c.Patience == 0 {
		c.Patience = 20 * time.Second
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Log = c.Log.With("journal", c.Name)
	return nil
}

// What is asked of the servers, and how often.
func (c *Config) beat() time.Duration  { return c.Silence / 4 }
func (c *Config) fresh() time.Duration { return c.Silence / 2 }
func (c *Config) poll() time.Duration  { return c.Silence / 16 }

// attempt is how long one question may take: an answer of a cluster that has a
// leader takes milliseconds.
func (c *Config) attempt() time.Duration {
	return min(c.Patience, max(c.Silence/4, 300*time.Millisecond))
}

// grace is how long a writer that is there has to go on once the servers answer
// again.
func (c *Config) grace() time.Duration { return c.attempt() + c.beat() }

func (c *Config) snapshots() string       { return c.Name + "_snapshots" }
func (c *Config) logSubject() string      { return "wherry." + c.Name + ".log" }
func (c *Config) manifestSubject() string { return "wherry." + c.Name + ".snapshot" }
func (c *Config) aliveSubject() string    { return "wherry." + c.Name + ".alive" }
func (c *Config) chunkSubject() string    { return "wherry." + c.Name + ".chunk." }
