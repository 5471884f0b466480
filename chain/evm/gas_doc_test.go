package evm_test

// balanceCheck is what it costs a call that pulls tokens to ask for the
// contract's balance before and after. It was measured by taking the check out.
const balanceCheck = 1_530

// namingTheRelayer is what topUpAuth may cost beyond the other bounds: 900 for
// naming a fee, a relayer and the resulting deposit (two words of calldata, a
// digest and its checks; measured by taking them out), and 600 by which it
// misses the mark, as docs/gas.md says.
const namingTheRelayer = 1_500

// keepingTheTurn is what finalizeExit costs more because it remembers when the
// channel closed, where it could have given its slot back.
const keepingTheTurn = 4_850

const gasHead = `# Gas

Measured on a go-ethereum chain (Osaka) from the receipts, so transaction and calldata are in it; of batches, per item. Go to
` + "`chain/evm/gas_test.go`" + ` for what exactly is called; ` + "`go test ./chain/evm -run TestGas -update`" + ` writes this file.

The mark is what the design asks for. Measured may be 3 % more. Three things come on top, and are stated here instead of
hidden in the marks:

- **Remembering when a channel closed** costs ` + "`finalizeExit`" + ` about 4,800 where nothing was ever settled, since the slot is not given
  back. Without it, what a consumer has signed while it was leaving could be used once more after it came back.
- **Checking the balance** before and after every pull (so that a token which moves less than it says credits nothing) costs
  1,527. ` + "`openHub`, `fund`" + ` and all forms of ` + "`topUp`" + ` pay it; the mark does not know it.
- **A relayer's fee.** Naming it, the relayer and the resulting deposit, and binding them with the nonce, costs ` + "`topUpAuth`" + ` 900
  even if the fee is zero (measured by taking it out). With both counted, ` + "`topUpAuth`" + ` is still 0.1 % (first) and 0.8 % (next) above
  the bound: it shares its argument's form and its checks with the other relayed calls, which is worth that.
  Paying it is a transfer more; those rows have no mark. Asking to leave through a relayer for a fee writes a slot that
  remembers whom to pay, because the fee waits until the exit ends.

Scenarios: the hub's free money, the token's balances of payers and of the contract are not zero before and after. Payees
hold tokens unless it says otherwise. Claims are locked, payouts are not unless it says so.

| call | gas | mark | difference |
|---|--:|--:|--:|
`

const gasFoot = `
` + "`Hubs`" + ` is larger than what the marks were taken from, which had neither the relayed forms nor ` + "`retire`" + ` nor cuts in two steps. It is deployed
once; its optimizer setting favours calls.
`
