package node

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/service/shape"
)

// Config is a node's configuration: what every role needs, and a table per
// role. The zero value of a field means its default. It is read from a
// wherry.toml; flags and the environment go before the file.
type Config struct {
	Network      string                 `toml:"network,omitempty" comment:"name or path of the network"`
	State        string                 `toml:"state,omitempty" comment:"directory for keys and books; default: one per network under the state directory of the person"`
	Identity     wherry.Address         `toml:"identity,omitempty" comment:"whose node this is; may be left out while the keystore holds one identity"`
	PasswordFile string                 `toml:"password_file,omitempty" comment:"file with the keystore's passphrase"`
	LightKeys    bool                   `toml:"light_keys,omitempty" comment:"weaker, faster encryption of keys made here: for tests alone"`
	MaxFeePPM    uint64                 `toml:"max_fee_ppm,omitempty" comment:"hubs may ask for a fee up to this, in parts per million, without consent; default: 30000 at first, and never more than was agreed to"`
	CheckEvery   Duration               `toml:"check_every,omitempty" comment:"how often a hub's terms and its proof of solvency are asked for while it is used; default 1m"`
	Consumer     ConsumerConfig         `toml:"consumer,omitempty"`
	Provider     ProviderConfig         `toml:"provider,omitempty"`
	Hub          HubConfig              `toml:"hub,omitempty"`
	Relayer      RelayerConfig          `toml:"relayer,omitempty"`
	Daemon       DaemonConfig           `toml:"daemon,omitempty"`
	Log          *slog.Logger           `toml:"-"` // nil discards
	Relay        RelayOptions           `toml:"-"` // what a command says about relayers
	Passphrase   func() (string, error) `toml:"-"` // asks for the passphrase where there is no file; nil = nobody to ask
}

// ConsumerConfig is how a node buys.
type ConsumerConfig struct {
	Listen       netip.AddrPort `toml:"listen,omitempty" comment:"UDP address of the node's one socket; default 0.0.0.0:0"`
	Proxy        netip.AddrPort `toml:"proxy,omitempty" comment:"where SOCKS5 and HTTP are answered; default 127.0.0.1:1080"`
	MaxPerGiB    wherry.Amount  `toml:"max_per_gib,omitempty" comment:"no provider above this price; default 1"`
	MaxPerHour   wherry.Amount  `toml:"max_per_hour,omitempty" comment:"no provider above this price; default 0.1"`
	Budget       wherry.Amount  `toml:"budget,omitempty" comment:"a session stops before it costs more; default 2"`
	BudgetPerDay wherry.Amount  `toml:"budget_per_day,omitempty" comment:"what all sessions of the computer's tunnel may cost in a day (UTC); default: no limit"`
	MaxFee       wherry.Amount  `toml:"max_fee,omitempty" comment:"no relayer gets more for one request; default 0.5"`
	AtRisk       wherry.Amount  `toml:"at_risk,omitempty" comment:"the most that may be signed without an acknowledgement, over all providers; default 0.05"`
	Chain        uint64         `toml:"chain,omitempty" comment:"the one chain whose deposits are used; default: all"`
	Hub          wherry.Address `toml:"hub,omitempty" comment:"the one hub whose deposits are used; default: all of the network's"`
}

// ProviderConfig is how a node sells.
type ProviderConfig struct {
	Name      string           `toml:"name,omitempty" comment:"what people call this provider, at most 24 bytes"`
	Place     string           `toml:"place,omitempty" comment:"country and city, as in SE/Gothenburg"`
	IPType    string           `toml:"ip_type,omitempty" comment:"residential, hosting or mobile"`
	PerGiB    wherry.Amount    `toml:"per_gib,omitempty" comment:"price per GiB, in tokens"`
	PerHour   wherry.Amount    `toml:"per_hour,omitempty" comment:"price per hour, in tokens"`
	Listen    netip.AddrPort   `toml:"listen,omitempty" comment:"UDP address of the node's one socket; default 0.0.0.0 and a port that is drawn once"`
	Advertise []netip.AddrPort `toml:"advertise,omitempty" comment:"addresses at which consumers reach that socket; default: listen, when it is one address"`
	HTTP      netip.AddrPort   `toml:"http,omitempty" comment:"where this node serves its copy of the catalogue; default: nowhere"`
	Chain     uint64           `toml:"chain,omitempty" comment:"chain on which to be paid; default: the network's last"`
	Hubs      []wherry.Address `toml:"hubs,omitempty" comment:"hubs whose payouts are taken; default: all of the network's"`
	Payee     wherry.Address   `toml:"payee,omitempty" comment:"account that is paid, of this keystore; default: this identity"`
	Trust     wherry.Amount    `toml:"trust,omitempty" comment:"how much a hub may owe beyond its reserve, more than it pays by itself at least; default 2"`
	Seats     uint16           `toml:"seats,omitempty" comment:"sessions at once; default 64"`
	Lease     Duration         `toml:"lease,omitempty" comment:"how long an offer is good for; default 10m"`
	Mode      ExitMode         `toml:"mode,omitempty" comment:"how consumers' traffic leaves: tun (through the kernel, needs rights), netstack (needs none) or auto, the default: tun where it may"`
	Tunnel    string           `toml:"tunnel,omitempty" comment:"name of the network interface in mode tun; default wherry0"`
	Plain     bool             `toml:"plain,omitempty" comment:"send WireGuard's packets as they are, for everybody on the way to recognise; default: masked"`
	Exit      ExitConfig       `toml:"exit,omitempty"`
	Caps      CapsConfig       `toml:"caps,omitempty"`
	Line      shape.Rate       `toml:"line,omitempty" comment:"what goes to all consumers together, as in 100Mbit, a little less than your line sends; divided fairly; default: no bound"`
	EachLine  shape.Rate       `toml:"each_line,omitempty" comment:"what goes to one consumer at most; default: no bound"`
}

// ExitConfig is what leaves a provider, and from where.
type ExitConfig struct {
	Source   netip.Addr       `toml:"source,omitempty" comment:"address to leave from; default: the system chooses"`
	Resolver netip.AddrPort   `toml:"resolver,omitempty" comment:"DNS server that answers consumers; default: the system's"`
	Allow    []netip.AddrPort `toml:"allow,omitempty" comment:"exceptions from the exit policy: addresses that it would refuse"`
	Deny     []netip.Prefix   `toml:"deny,omitempty" comment:"further networks that nobody reaches through this exit"`
	Mail     bool             `toml:"mail,omitempty" comment:"let mail out (port 25); without it nobody sends spam in your name"`
	Inner4   netip.Prefix     `toml:"inner4,omitempty" comment:"network inside the tunnel, one that this host's links do not have; default 10.87.0.0/16"`
	Inner6   netip.Prefix     `toml:"inner6,omitempty" comment:"the same for IPv6; default fd77:6865:7272:7900::/64"`
}

// HubConfig is how a node clears payments.
type HubConfig struct {
	Listen       netip.AddrPort `toml:"listen,omitempty" comment:"where providers and consumers reach the hub; default 127.0.0.1:7080"`
	Admin        netip.AddrPort `toml:"admin,omitempty" comment:"where its operator does, loopback only; default: nowhere"`
	Metrics      netip.AddrPort `toml:"metrics,omitempty" comment:"where /metrics, /healthz and /readyz are answered, for machines that watch; they show sums, and nobody's address; default: nowhere"`
	FeePPM       uint32         `toml:"fee_ppm,omitempty" comment:"parts per million kept of each order; default 10000"`
	MinReserve   wherry.Amount  `toml:"min_reserve,omitempty" comment:"smallest reserve set for a payee"`
	MinPush      wherry.Amount  `toml:"min_push,omitempty" comment:"smallest sum pushed to a payee by itself"`
	MinDeposit   wherry.Amount  `toml:"min_deposit,omitempty" comment:"least deposit that orders are taken on; ten times what collecting it costs, at least"`
	MaxOpen      wherry.Amount  `toml:"max_open,omitempty" comment:"most that may be unrevealed for one payee"`
	CollectEvery Duration       `toml:"collect_every,omitempty" comment:"age at which promises are collected"`
	PushEvery    Duration       `toml:"push_every,omitempty" comment:"age at which payouts are pushed"`
	GasWait      Duration       `toml:"gas_wait,omitempty" comment:"how long what is not urgent waits for gas that costs no more than usual; default 6h"`
	CollectAbove wherry.Amount  `toml:"collect_above,omitempty" comment:"sum at which promises are collected at once"`

	Journal        string   `toml:"journal,omitempty" comment:"where the book is kept: file:DIR, or nats://[user:password@]host:port,host:port,host:port/NAME on three servers; default: in the state directory"`
	JournalCreds   string   `toml:"journal_creds,omitempty" comment:"file with this hub's NATS credentials; default: none"`
	JournalCA      string   `toml:"journal_ca,omitempty" comment:"file with the certificate that signs those of the NATS servers; default: the system's"`
	JournalSilence Duration `toml:"journal_silence,omitempty" comment:"after this long without a word of the hub that serves, another takes its turn; default 4s"`
}

// Duration is a time.Duration with a text form for configuration files.
type Duration time.Duration

// UnmarshalText reads the form of time.ParseDuration, as in 10m.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "duration %q: want 90s, 10m or 12h", text)
	}
	if v < 0 {
		return wherry.Errorf(wherry.Invalid, "duration %q: is negative", text)
	}
	*d = Duration(v)
	return nil
}

// MarshalText writes the form that UnmarshalText reads.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// LoadConfig reads a wherry.toml, strictly. A file that is not there is an
// error: whoever names one means it.
func LoadConfig(path string) (Config, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Config{}, wherry.Errorf(wherry.Invalid, "config: there is no %s", path)
	}
	if err != nil {
		return Config{}, wherry.Errorf(wherry.Invalid, "config: %w", err)
	}
	var c Config
	if err := decodeTOML(b, &c); err != nil {
		return Config{}, wherry.Errorf(wherry.Invalid, "config %s: %w", path, err)
	}
	return c, nil
}

// Encode returns the text of c, with a comment per key.
func (c Config) Encode() ([]byte, error) { return toml.Marshal(c) }

func (c Config) log() *slog.Logger {
	if c.Log != nil {
		return c.Log
	}
	return slog.New(slog.DiscardHandler)
}

// dir returns a directory of the node's state, made when it is not there and
// closed to others.
func (c Config) dir(network string, parts ...string) (string, error) {
	root := c.State
	if root == "" {
		root = filepath.Join(StateHome("wherry"), network)
	}
	d := filepath.Join(append([]string{root}, parts...)...)
	if err := os.MkdirAll(d, 0o700); err != nil {
		return "", wherry.Errorf(wherry.Invalid, "state directory: %w", err)
	}
	return d, nil
}

// or returns v, or def where v is the zero value.
func or[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}

// ErrPort explains an address that somebody else uses.
func errPort(what string, addr netip.AddrPort, err error) error {
	return wherry.Errorf(wherry.Conflict, "%s: cannot listen on %s: %w; choose another port or end the program that uses it", what, addr, fmt.Errorf("%w", err))
}
