# One command for everything; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# The first Python that is new enough; a name on the PATH may be a shim that does not run.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)
BIN := .venv/bin
STAMPS := .stamps
ARGS ?=
PYTEST_WORKERS ?= 2
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help run test check dev bench lock schema clean test-python test-frontend test-browser

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: $(STAMPS)/run $(STAMPS)/spa ## Set everything up and open the product with demo data (ARGS="--port 8123")
	@exec $(BIN)/boucle run $(ARGS)

test: $(STAMPS)/dev $(STAMPS)/spa check test-python test-frontend test-browser ## Set everything up and run all checks and tests
	@echo "All checks and tests passed."

check: $(STAMPS)/dev $(STAMPS)/spa ## Linters, types, import contracts, schema freshness
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/boucle schema | diff -u schema.graphql - || { echo "schema.graphql is stale: run make schema"; exit 1; }
	cd frontend && npm run --silent check

test-python: $(STAMPS)/dev $(STAMPS)/conformance $(STAMPS)/spa ## Python tests on SQLite and PostgreSQL, with the real worker and Valkey
	$(BIN)/pytest -n $(PYTEST_WORKERS) --dist worksteal -m "not browser"

test-frontend: $(STAMPS)/node ## Tests of the single-page app
	cd frontend && npm test --silent

test-browser: $(STAMPS)/dev $(STAMPS)/spa ## The real product in Chromium
	$(BIN)/pytest -m browser

dev: $(STAMPS)/dev $(STAMPS)/node ## Run with reload on both sides: API on 8000, screens on 5173
	@$(BIN)/python -m boucle.commands.development $(ARGS)

bench: $(STAMPS)/dev $(STAMPS)/peers ## Measure against peers in the same run (ARGS="--tickets 10000")
	$(BIN)/python -m benchmarks.run $(ARGS)

schema: $(STAMPS)/dev ## Write schema.graphql anew
	$(BIN)/boucle schema > schema.graphql

lock: ## Lock the dependencies anew (needs uv)
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --group pyproject.toml:build --group pyproject.toml:dev -o requirements/dev.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --group pyproject.toml:build -c requirements/dev.txt -o requirements/run.txt

clean: ## Remove everything that was installed or built; data/ stays
	rm -rf .venv $(STAMPS) frontend/node_modules tests/conformance/node_modules benchmarks/peers/*/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache

$(STAMPS)/venv:
	@test -n "$(PYTHON)" || { echo "Boucle needs Python 3.11 or newer, and none was found. Set PYTHON=/path/to/python3."; exit 1; }
	@echo "Creating the Python environment (.venv)"
	@$(PYTHON) -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements/run.txt pyproject.toml | $(STAMPS)/venv
	@echo "Installing Python packages"
	@$(BIN)/pip install -q --require-hashes -r requirements/run.txt
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/dev: requirements/dev.txt pyproject.toml | $(STAMPS)/venv
	@echo "Installing Python packages, with those for tests"
	@$(BIN)/pip install -q --require-hashes -r requirements/dev.txt
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@ $(STAMPS)/run

$(STAMPS)/node: frontend/package.json frontend/package-lock.json
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || { echo "Boucle needs Node 20 or newer to build its screens."; exit 1; }
	@echo "Installing frontend packages"
	@cd frontend && npm ci --silent --no-audit --no-fund
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/conformance: tests/conformance/package.json tests/conformance/package-lock.json
	@cd tests/conformance && npm ci --silent --no-audit --no-fund
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/peers: $(wildcard benchmarks/peers/*/package.json benchmarks/peers/*/package-lock.json)
	@echo "Installing the peers of the benchmarks"
	@for peer in postgraphile graphql-ws; do npm ci --prefix benchmarks/peers/$$peer --silent --no-audit --no-fund || exit 1; done
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/spa: $(STAMPS)/node schema.graphql $(shell find frontend/src frontend/public frontend/index.html -type f 2>/dev/null)
	@echo "Building the screens"
	@cd frontend && npm run --silent build
	@touch $@
