package payments

import "testing"

// with plays seeds with Mallory in a role, and returns how often the others
// were in danger: how often something that is bounded was measured.
func with(t *testing.T, role Role, measured string) {
	t.Helper()
	n := uint64(max(6, *runs/100))
	form, worst := Small, [2]int64{}
	form.Mallory = role
	from := uint64(1)
	if *seed != 0 {
		from, n = *seed, *seed
	}
	for s := from; s <= n; s++ {
		r := play(t, s, form)
		if len(r.Broken) > 0 {
			t.Fatalf("seed %d\n%s", s, r.Report(s, t.Name(), reportLines()))
		}
		if w := r.Worst[measured]; w[0] > worst[0] {
			worst = w
		}
		if short() && worst[0] > 0 {
			break
		}
	}
	t.Logf("greatest %s: %d of %d", measured, worst[0], worst[1])
	if worst[0] == 0 {
		t.Error("nobody was in danger: this shows nothing")
	}
}

// R13, R9: who stands behind a payout is looked at before more is served.
func TestMalloryIsAHubWithoutMoney(t *testing.T) {
	with(t, PoorHub, "provider: lost to a dishonest hub, of its trust and two ticks")
}

// R9: a payout that falls short gets no preimage.
func TestMalloryIsAHubThatHidesPayouts(t *testing.T) {
	with(t, FalseHub, "answers spoilt")
}

// R7, R14: an order's number is used once, whoever signs it twice.
func TestMalloryHasTwoDevices(t *testing.T) {
	with(t, TwoDevices, "refusals of orders that the hub had seen")
}

// R4: what a consumer signs for a relayer works once, for it alone, and for minutes.
func TestMalloryIsARelayer(t *testing.T) { with(t, FalseRelayer, "redirections tried") }

// R15: a hub that goes on from a backup takes no orders, and pays what it is shown.
func TestHubLosesItsDisk(t *testing.T) { with(t, LostDisk, "disks lost") }

// R6, R9, R12: a preimage that comes late still leaves time to collect.
func TestMalloryShowsPreimagesLate(t *testing.T) { with(t, LateProvider, "preimages shown on chain") }

// reportLines is how much of a failed run is shown: all of it, where one seed is asked for.
func reportLines() int {
	if *seed != 0 {
		return 20_000
	}
	return 0
}
