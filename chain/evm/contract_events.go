package evm

import (
	"fmt"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// decoders make an Event's fields out of a log, by the log's first topic.
var decoders = map[wherry.Hash]func(*types.Log) (chain.Event, error){
	topic("HubOpened"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackHubOpenedEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{Kind: chain.HubOpened, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Owner)}, nil
	},
	topic("Funded"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackFundedEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{Kind: chain.Funded, Hub: wherry.Address(v.Hub), Amount: clamp(v.Amount), Total: clamp(v.Free)}, nil
	},
	topic("Withdrawn"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackWithdrawnEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{Kind: chain.Withdrawn, Hub: wherry.Address(v.Hub), Amount: clamp(v.Amount), Total: clamp(v.Free)}, nil
	},
	topic("Retired"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackRetiredEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{Kind: chain.HubRetired, Hub: wherry.Address(v.Hub)}, nil
	},
	topic("ToppedUp"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackToppedUpEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.ToppedUp, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Consumer),
			Amount: clamp(v.Amount), Total: clamp(v.Deposited),
		}, nil
	},
	topic("Collected"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackCollectedEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.Collected, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Consumer),
			Amount: clamp(v.Amount), Total: clamp(v.Settled),
		}, nil
	},
	topic("Settled"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackSettledEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.Paid, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Payee),
			Amount: clamp(v.Amount), Total: clamp(v.Settled), Reserve: clamp(v.Reserved),
		}, nil
	},
	topic("Revealed"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackRevealedEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.Revealed, Hub: wherry.Address(v.Hub), Hashlock: v.Hashlock, Preimage: v.Preimage,
		}, nil
	},
	topic("Reserved"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackReservedEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.Reserved, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Payee), Reserve: clamp(v.Reserved),
		}, nil
	},
	topic("CutAnnounced"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackCutAnnouncedEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.CutAnnounced, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Payee), Until: instant(v.UnlockAt),
		}, nil
	},
	topic("Shortfall"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackShortfallEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.Shortfall, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Payee), Amount: clamp(v.Missing),
		}, nil
	},
	topic("ExitRequested"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackExitRequestedEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.ExitRequested, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Consumer), Until: instant(v.ExitAt),
		}, nil
	},
	topic("Exited"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackExitedEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.Exited, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Consumer),
			Amount: clamp(v.Amount), Total: clamp(v.Settled),
		}, nil
	},
	topic("FeePaid"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackFeePaidEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.FeePaid, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Consumer),
			Relayer: wherry.Address(v.Relayer), Amount: clamp(v.Fee),
		}, nil
	},
	topic("TakenBack"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackTakenBackEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.TakenBack, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Consumer), Amount: clamp(v.Amount),
		}, nil
	},
	topic("Skipped"): func(l *types.Log) (chain.Event, error) {
		v, err := hubs.UnpackSkippedEvent(l)
		if err != nil {
			return chain.Event{}, err
		}
		return chain.Event{
			Kind: chain.Skipped, Hub: wherry.Address(v.Hub), Account: wherry.Address(v.Account),
			Total: clamp(v.Total), Reason: chain.Reason(v.Reason) + 1,
		}, nil
	},
}

// topic returns the first topic of the contract's event of a name.
func topic(name string) wherry.Hash {
	e, ok := hubs.GetABI().Events[name]
	if !ok {
		panic("evm: the contract has no event " + name)
	}
	return wherry.Hash(e.ID)
}

// decode makes an Event of a log. An event that is not known is an error: it
// would be a change of money that nobody hears of.
func decode(l *types.Log) (chain.Event, error) {
	if len(l.Topics) == 0 {
		return chain.Event{}, fmt.Errorf("a log of the contract without a topic")
	}
	fill, ok := decoders[wherry.Hash(l.Topics[0])]
	if !ok {
		return chain.Event{}, fmt.Errorf("a log of an unknown kind %s", l.Topics[0])
	}
	ev, err := fill(l)
	if err != nil {
		return chain.Event{}, fmt.Errorf("a log of kind %s: %w", l.Topics[0], err)
	}
	ev.Block, ev.Index, ev.Tx = l.BlockNumber, l.Index, wherry.Hash(l.TxHash)
	return ev, nil
}
