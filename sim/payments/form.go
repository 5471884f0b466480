package payments

// Form is how large a run is, and how bad the world.
type Form struct {
	Hubs, Providers, Consumers int // at most; the seed takes fewer
	Days                       int // at most
	Ticks                      int // of trade per day, a minute each
	Deaths                     int // of each process, at most
	Loss                       int // messages of a hundred
	Reorgs                     int // one block in so many
	Mallory                    bool
	Effects                    map[string]int // counted by process

	// For exhaustive tests: this process dies at this effect, and no other does.
	Victim string
	Fuse   int
}

// Small is a run of some milliseconds; Large has everybody in it.
var (
	Small = Form{Hubs: 2, Providers: 2, Consumers: 3, Days: 2, Ticks: 12, Deaths: 2, Loss: 3, Reorgs: 15, Mallory: true}
	Large = Form{Hubs: 4, Providers: 24, Consumers: 240, Days: 2, Ticks: 20, Deaths: 3, Loss: 3, Reorgs: 15, Mallory: true}
)
