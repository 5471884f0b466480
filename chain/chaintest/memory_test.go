package chaintest

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// memoryWorld is a World in memory.
type memoryWorld struct{ c *Chain }

func (w memoryWorld) Chain() chain.Chain                                { return w.c }
func (w memoryWorld) Fund(account wherry.Address, tokens wherry.Amount) { w.c.Give(account, tokens) }
func (w memoryWorld) Advance(d time.Duration)                           { w.c.Advance(d) }
func (w memoryWorld) Mine(n int)                                        { w.c.Mine(n) }
func (w memoryWorld) Reorg(n int, drop bool)                            { w.c.Reorg(n, drop) }
func (w memoryWorld) TakeGas(account wherry.Address)                    { w.c.TakeGas(account, wherry.Amount{}) }

func TestMemoryPassesTheSuite(t *testing.T) {
	Suite(t, func(t *testing.T) World { return memoryWorld{New(Config{Depth: 2})} })
}
