# Every target is one command that also works by hand. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help pure build build-hub test check race fuzz contracts e2e gen lint soak sim mutants demo devnet bench bench-hub bench-tunnel

GO   ?= go
LINTER ?= $(GO) tool -modfile=tools/go.mod golangci-lint
FUZZ ?= 10s
ROUNDS ?= 1000
RUNS ?= 10000

help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

build: ## build bin/wherry and bin/wherrydev; needs Go alone
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w" -o bin/ ./cmd/wherry ./cmd/wherrydev

build-hub: ## build bin/wherry for a busy hub, with libsecp256k1; needs a C compiler
	CGO_ENABLED=1 $(GO) build -trimpath -ldflags "-s -w" -o bin/ ./cmd/wherry

test: contracts race pure ## everything that has to pass: contracts, then Go with the race detector, then what has two forms without cgo

check: lint test ## what a change has to pass: lint and test

race: ## the Go tests, end to end included, with the race detector; needs a C compiler
	$(GO) test -race -p 3 -timeout 30m ./...

pure: ## the packages whose cryptography is another without cgo, and more seeds of the simulation than the race detector bears
	CGO_ENABLED=0 $(GO) test ./identity/... ./payment/channel ./payment/hub ./sim/payments

fuzz: ## run every fuzz target for FUZZ=10s
	$(GO) run ./internal/tools/fuzz -time $(FUZZ)

contracts: contracts/node_modules/.package-lock.json ## the contracts' tests, and whether what is committed is what they compile to; needs npm
	cd contracts && npm test && cd .. && $(GO) run ./internal/tools/contracts -check

contracts/node_modules/.package-lock.json: contracts/package-lock.json
	cd contracts && npm ci --no-audit --no-fund && touch node_modules/.package-lock.json

e2e: ## the tests with real processes alone; as root those in a lab too, with a table of what was seen outside of the tunnel
	mkdir -p bin && WHERRY_CLAIMS=$(CURDIR)/bin/claims $(GO) test -timeout 30m -count 1 ./e2e/... && cat bin/claims

soak: ## kill a hub ROUNDS=1000 times under load, and compare everybody's books in the end
	$(GO) test -timeout 0 -count 1 -v -run TestKilledHubLosesNothing ./e2e/soak -rounds $(ROUNDS)

sim: ## play RUNS=10000 small worlds of payments in virtual time, some large ones, and a death at every effect
	cd sim/payments && $(GO) test -timeout 0 -count 1 -runs $(RUNS)

mutants: contracts/node_modules/.package-lock.json ## take every guard of the payments out, one by one, and see a test fail
	$(GO) run ./internal/tools/mutants

gen: contracts/node_modules/.package-lock.json ## make the files that programs write; the tree must stay clean
	$(GO) run ./internal/tools/contracts && $(GO) test . ./internal/tools/mutants -run InTheManual -update

lint: ## golangci-lint, at the version that tools/go.mod pins
	$(LINTER) run

demo: build ## the first paid trip: a whole small network on this machine, to the last base unit
	bin/wherrydev demo

devnet: build ## the same network, left running; bin/wherrydev down ends it
	bin/wherrydev up

bench: ## the figures that README and docs quote
	$(GO) test -run '^$$' -bench . ./bench/... ./payment/...

bench-tunnel: ## the tunnel of whole machines beside others, in namespaces; needs root, some minutes, openvpn and shadowsocks-libev if they are to be compared
	$(GO) test -run '^$$' -bench 'Whole$$' -benchtime 1x -timeout 60m ./bench/tunnel -rounds 5 -seconds 2

bench-hub: ## the hub's pay path against crypto alone, SQLite and the build without cgo; needs a C compiler
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/bench-hub-pure ./bench/hub
	CGO_ENABLED=1 $(GO) build -trimpath -o bin/bench-hub ./bench/hub
	bin/bench-hub -pure bin/bench-hub-pure -dir bin
