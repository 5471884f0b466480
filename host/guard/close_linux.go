package guard

import (
	"runtime"

	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/route"
)

// Close closes the network namespace of the calling thread completely and leaves
// it so: for the start of a machine in lockdown, before its network comes up and
// before anything of ours runs. What a guard does later goes on from there.
func Close() error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	fw, err := firewall.Open()
	if err != nil {
		return err
	}
	defer fw.Close()
	if err := fw.Apply(firewall.Build(firewall.Policy{})); err != nil {
		return err
	}
	rt, err := route.Open()
	if err != nil {
		return err
	}
	defer rt.Close()
	return rt.Apply(route.PlanFor(firewall.Policy{}, 0))
}
