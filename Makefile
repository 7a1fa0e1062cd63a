# Two targets do everything on a fresh machine with Go, git, make and a C compiler:
# `make run` and `make test`. `make help` lists the others.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Prometheus' own tags leave out service discovery that nobody here uses; grpcnotrace
# leaves out golang.org/x/net/trace, which keeps the linker from dropping dead code.
TAGS := grpcnotrace,remove_all_sd,enable_kubernetes_sd,enable_dns_sd,enable_consul_sd
VERSION := $(shell sed -n 's/^  version: //p' builder-config.yaml)

# Packages whose tests run under the race detector. cmd/readygate is generated and
# has no tests; test/e2e drives the built programs and would gain nothing.
# test/derive runs whole gateways against a Prometheus engine, ten times slower with -race;
# what it drives is tested with -race beside its code.
RACE_PACKAGES = $$(go list -tags $(TAGS) ./... | grep -v -e /cmd/readygate$$ -e /test/e2e$$ -e /test/derive$$)
OUR_GO = $$(git ls-files -co --exclude-standard '*.go')

export GOFLAGS := -buildvcs=false -trimpath
export CGO_ENABLED ?= 1
PROMTOOL := $(CURDIR)/bin/promtool
AMTOOL := $(CURDIR)/bin/amtool
ALERTMANAGER := $(CURDIR)/bin/alertmanager
PINT := $(CURDIR)/bin/pint
ADMIT := $(CURDIR)/bin/admit
LINT := $(CURDIR)/bin/golangci-lint
# Environment of the tests: where the programs are that they drive.
TEST_ENV = PROMTOOL=$(PROMTOOL) AMTOOL=$(AMTOOL) ALERTMANAGER=$(ALERTMANAGER) PINT=$(PINT) ADMIT=$(ADMIT) READYGATE=$(CURDIR)/bin/readygate READYCTL=$(CURDIR)/bin/readyctl CHROMIUM=$$($(BROWSER))
BROWSER = command -v chromium || command -v chromium-browser || command -v google-chrome

.PHONY: help
help: ## List the targets
	@sed -n 's/^\([a-zA-Z_-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r t d; do printf '  %-16s %s\n' "$$t" "$$d"; done

.PHONY: run
run: build ## Build the gateway and run it on its embedded default configuration
	@printf '%s\n' '' \
	  "Send OTLP to   $${READYGATE_OTLP_GRPC_ENDPOINT:-127.0.0.1:4317} (gRPC) or http://$${READYGATE_OTLP_HTTP_ENDPOINT:-127.0.0.1:4318} (HTTP)" \
	  "Look at        http://$${READYGATE_PROMETHEUS_ENDPOINT:-127.0.0.1:9464}/metrics   derived RED metrics, and those sent" \
	  "               $${READYGATE_DATA_DIR:-./data}/traces.jsonl and logs.jsonl   scrubbed telemetry" \
	  "               http://$${READYGATE_TELEMETRY_HOST:-127.0.0.1}:$${READYGATE_TELEMETRY_PORT:-8888}/metrics   the gateway itself" \
	  'Try            bin/readyctl demo   (in another terminal)' \
	  'Stop           Ctrl-C' ''
	@GOGC=$${GOGC:-400} GOMEMLIMIT=$${GOMEMLIMIT:-820MiB} exec bin/readygate --config embedded:default

.PHONY: build
build: bin/readygate bin/readyctl ## Build both programs into bin/

# The Go tool knows best what is out of date, so these always ask it.
.PHONY: bin/readygate bin/readyctl
bin/readygate:
	@[ -x $@ ] || echo 'Building the gateway: about 5 minutes the first time on two cores, seconds after that.' >&2
	@CGO_ENABLED=0 go build -tags $(TAGS) -ldflags '-s -w' -o $@ ./cmd/readygate
bin/readyctl:
	@CGO_ENABLED=0 go build -tags $(TAGS) -ldflags '-s -w -X main.version=$(VERSION)' -o $@ ./cmd/readyctl

.PHONY: test
test: build tools-test ## Install what the tests need and run all of them
	$(TEST_ENV) go test -race -timeout 40m -tags $(TAGS) $(RACE_PACKAGES)
	CGO_ENABLED=0 go test -tags $(TAGS) -run 'Alloc|TenMillion' ./internal/detect ./processor/scrubprocessor ./connector/redconnector ./connector/businessconnector
	CGO_ENABLED=0 go test -tags $(TAGS) ./test/derive
	CGO_ENABLED=0 $(TEST_ENV) go test -tags $(TAGS) -count=1 ./test/e2e

.PHONY: test-unit
test-unit: tools-test ## Run the tests that need no built gateway
	$(TEST_ENV) go test -race -timeout 40m -tags $(TAGS) $(RACE_PACKAGES)
	CGO_ENABLED=0 go test -tags $(TAGS) ./test/derive

.PHONY: test-e2e
test-e2e: build tools-test ## Run the end-to-end tests against the built programs
	CGO_ENABLED=0 $(TEST_ENV) go test -tags $(TAGS) -count=1 -v ./test/e2e

.PHONY: tools
tools: tools-test bin/golangci-lint ## Build every development tool into bin/

.PHONY: tools-test
tools-test: bin/promtool bin/amtool bin/alertmanager bin/pint bin/admit browser

# Debian's packages, where they are missing. Each is asked for by what it installs.
APT = apt() { [ "$$(id -u)" = 0 ] && "$$@" || sudo "$$@"; }; apt apt-get update -qq && apt env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
.PHONY: browser
browser: ## Install the browser that draws dashboards in tests, if there is none
	@$(BROWSER) > /dev/null || { echo 'Installing chromium, which draws dashboards in tests.' >&2; $(APT) chromium > /dev/null; }
.PHONY: npm
npm:
	@command -v npm > /dev/null || { echo 'Installing npm, which fetches the types of Grafana.' >&2; $(APT) nodejs npm > /dev/null; }

bin/promtool: tools/promtool/go.mod tools/promtool/go.sum
	cd tools/promtool && CGO_ENABLED=0 go build -tags remove_all_sd -o $(CURDIR)/$@ github.com/prometheus/prometheus/cmd/promtool
bin/amtool: tools/alertmanager/go.mod tools/alertmanager/go.sum
	cd tools/alertmanager && CGO_ENABLED=0 go build -o $(CURDIR)/$@ github.com/prometheus/alertmanager/cmd/amtool
# The module of Alertmanager embeds a user interface that npm builds and that the
# module proxy does not have: an empty page takes its place, in a copy.
bin/alertmanager: tools/alertmanager/go.mod tools/alertmanager/go.sum
	cd tools/alertmanager && go mod download github.com/prometheus/alertmanager
	rm -rf bin/src/alertmanager && mkdir -p bin/src
	cp -R "$$(cd tools/alertmanager && go list -m -f '{{.Dir}}' github.com/prometheus/alertmanager)" bin/src/alertmanager
	chmod -R u+w bin/src/alertmanager && mkdir -p bin/src/alertmanager/ui/app/dist && touch bin/src/alertmanager/ui/app/dist/index.html
	cd bin/src/alertmanager && CGO_ENABLED=0 go build -o $(CURDIR)/$@ ./cmd/alertmanager
bin/pint: tools/pint/go.mod tools/pint/go.sum
	cd tools/pint && CGO_ENABLED=0 go build -o $(CURDIR)/$@ github.com/cloudflare/pint/cmd/pint
# Beside the program, the operator's definition of its objects.
bin/admit: tools/admit/go.mod tools/admit/go.sum tools/admit/main.go
	cd tools/admit && CGO_ENABLED=0 go build -o $(CURDIR)/$@ .
	cp "$$(cd tools/admit && go list -m -f '{{.Dir}}' github.com/prometheus-operator/prometheus-operator)/example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml" $@.yaml
	chmod u+w $@.yaml
bin/golangci-lint: tools/golangci-lint/go.mod tools/golangci-lint/go.sum
	cd tools/golangci-lint && CGO_ENABLED=0 go build -o $(CURDIR)/$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

.PHONY: generate
generate: ## Write all generated files anew: the gateway's main, component metadata, examples
	cd tools/builder && CGO_ENABLED=0 go build -o $(CURDIR)/bin/builder go.opentelemetry.io/collector/cmd/builder
	cd tools/mdatagen && CGO_ENABLED=0 go build -o $(CURDIR)/bin/mdatagen go.opentelemetry.io/collector/cmd/mdatagen
	bin/builder --config builder-config.yaml --skip-get-modules --skip-compilation > bin/builder.log 2>&1 || { cat bin/builder.log >&2; exit 1; }
	gofmt -w cmd/readygate
	for m in processor/*/metadata.yaml connector/*/metadata.yaml extension/*/metadata.yaml; do (cd $$(dirname $$m) && $(CURDIR)/bin/mdatagen metadata.yaml); done
	$(MAKE) --no-print-directory bin/readyctl
	bin/readyctl generate --services examples/shop/services.yaml --out examples/shop/generated
	bin/readyctl scrub rules --format markdown > docs/reference/detectors.md

.PHONY: check
check: check-format lint check-generated check-compare check-types ## Run every check that is no test

.PHONY: check-format
check-format: ## Fail if a Go file is not formatted
	@bad=$$(gofmt -l $(OUR_GO)); [ -z "$$bad" ] || { echo "not formatted; run 'make format':" >&2; echo "$$bad" >&2; exit 1; }

.PHONY: format
format: ## Format all Go files
	gofmt -w $(OUR_GO)

.PHONY: lint
lint: bin/golangci-lint ## Run the linters
	CGO_ENABLED=0 $(LINT) run ./...

# Compares the tree with itself before and after, so that it works on uncommitted
# changes too.
.PHONY: check-generated
check-generated: ## Fail if a generated file is stale
	@state() { git ls-files -co --exclude-standard | while read -r f; do [ ! -f "$$f" ] || sha256sum "$$f"; done; }; \
	state > bin/before.txt; $(MAKE) --no-print-directory generate; state > bin/after.txt; \
	if ! diff bin/before.txt bin/after.txt > bin/stale.txt; then \
	  echo "generated files are stale; run 'make generate' and commit:" >&2; sed -n 's/^> [0-9a-f]*  /  /p' bin/stale.txt >&2; exit 1; fi

.PHONY: check-types
check-types: npm ## Fail if a dashboard of the example is not what Grafana's own types allow
	cd dashboards/testdata/typescript && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node check.mjs $(CURDIR)/examples/shop/generated/dashboards/*.json $(CURDIR)/examples/shop/generated/dashboards-v2/*.json

.PHONY: bench
bench: ## Run the benchmarks of the scrubber and of the connectors
	go test -tags $(TAGS) -run '^$$' -bench . -benchmem ./internal/detect/... ./internal/leaf ./internal/series ./internal/distinct ./internal/money ./internal/route ./processor/scrubprocessor ./connector/...

.PHONY: compare
compare: ## Measure scrub and red beside the Collector's own components
	cd bench/rivals && go test -count=1 -tags grpcnotrace ./... && go run -tags grpcnotrace ./cmd/cpu && go run -tags grpcnotrace ./cmd/derive

.PHONY: check-compare
check-compare: ## Fail if scrub's reach is not complete or bench/rivals is stale
	cd bench/rivals && go mod tidy -diff && go vet -tags grpcnotrace ./... && go test -count=1 -tags grpcnotrace ./...

FUZZTIME ?= 60s
.PHONY: fuzz
fuzz: ## Fuzz every target for FUZZTIME (60s) each
	@go list -tags $(TAGS) -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./internal/... ./connector/... ./processor/... ./extension/... | while read -r p; do \
	  for f in $$(go test -tags $(TAGS) -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	    echo "$$p $$f"; go test -tags $(TAGS) -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p; done; done

.PHONY: clean
clean: ## Remove what was built; ./data is left alone
	rm -rf bin
