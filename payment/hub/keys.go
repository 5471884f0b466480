package hub

import (
	"sync"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
)

// keyCache remembers the public keys of consumers: checking against a known key is
// cheaper than recovering it. It has a bound, and forgets anybody when it is
// reached. Its zero value is empty.
type keyCache struct {
	parts [keyParts]struct {
		mu sync.RWMutex // guards by
		by map[wherry.Address]identity.PublicKey
	}
}

const (
	keyParts = 16
	maxKeys  = 1 << 17 // about 20 MB
)

// verify reports whether p's consumer signed it, whatever recovery bit the
// signature has.
func (c *keyCache) verify(p channel.SignedPromise) bool {
	d := p.Digest()
	part := &c.parts[p.Consumer[0]%keyParts]
	part.mu.RLock()
	k, ok := part.by[p.Consumer]
	part.mu.RUnlock()
	if ok {
		return k.Check(d, p.Sig)
	}
	k, err := identity.RecoverKey(d, p.Sig)
	if err != nil || k.Address() != p.Consumer {
		// The other recovery bit is as good: which of them a hub takes must not
		// depend on what it has seen before.
		p.Sig[32] ^= 0x80
		if k, err = identity.RecoverKey(d, p.Sig); err != nil || k.Address() != p.Consumer {
			return false
		}
	}
	part.mu.Lock()
	defer part.mu.Unlock()
	if len(part.by) >= maxKeys/keyParts {
		for other := range part.by {
			delete(part.by, other)
			break
		}
	}
	if part.by == nil {
		part.by = map[wherry.Address]identity.PublicKey{}
	}
	part.by[p.Consumer] = k
	return true
}
