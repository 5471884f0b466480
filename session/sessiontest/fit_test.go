package sessiontest_test

import (
	"github.com/wherrynet/wherry/payment/earnings"
	"github.com/wherrynet/wherry/payment/wallet"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/provider"
	"github.com/wherrynet/wherry/session/sessiontest"
)

// The real books and the doubles fit where the roles ask for them.
var (
	_ consumer.Payer  = (*wallet.Wallet)(nil)
	_ consumer.Payer  = (*sessiontest.Payer)(nil)
	_ provider.Payee  = (*earnings.Book)(nil)
	_ provider.Payee  = (*sessiontest.Book)(nil)
	_ provider.Tunnel = (*sessiontest.Ends)(nil)
	_ consumer.Tunnel = (*sessiontest.Peer)(nil)
)
