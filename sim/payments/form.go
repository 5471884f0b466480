package payments

// Form is how large a run is, and how bad the world.
type Form struct {
	Hubs, Providers, Consumers int // at most; the seed takes fewer
	Days                       int // at most
	Ticks                      int // of trade per day, a minute each
	Deaths                     int // of each process, at most
	Loss                       int // messages of a hundred
	Reorgs                     int // one block in so many
	Mallory                    Role
	Effects                    map[string]int // counted by process

	// For exhaustive tests: this process dies at this effect, and no other does.
	Victim string
	Fuse   int
}

// Small is a run of some milliseconds; Large has everybody in it.
var (
	Small = Form{Hubs: 2, Providers: 2, Consumers: 3, Days: 2, Ticks: 12, Deaths: 2, Loss: 3, Reorgs: 15, Mallory: Anybody}
	Large = Form{Hubs: 4, Providers: 24, Consumers: 240, Days: 2, Ticks: 20, Deaths: 3, Loss: 3, Reorgs: 15, Mallory: Anybody}
)

// Role is who is dishonest in a run.
type Role uint8

// The roles that Mallory plays. Loss is what the others may suffer by her, and
// the properties say how much.
const (
	Nobody       Role = iota
	Anybody           // the seed decides: often nobody
	PoorHub           // the first hub signs payouts and has no money on the payees' chain
	FalseHub          // the first hub hides payouts, or signs too little, too short or for others
	TwoDevices        // the first consumer pays from two copies of its wallet
	LateProvider      // the first provider shows no preimages before the last moment, and not all
	FalseRelayer      // the relayer withholds, has others send what names it, and sends again
	LostDisk          // the first hub loses its disk and goes on from an older backup
)
